-- Search and suggestions. What is found is checked against the same views as everything else that people see: no search
-- tells of anything that its reader could not read.

-- Names that begin so come first, better known ones before others; then names that are alike.
create or replace function feed.named_like(kinds text[], given text, wanted integer)
returns table (kind text, subject_id bigint, likeness real)
language sql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
begin atomic
    select alike.kind, alike.subject_id, max(alike.likeness)
    from (
        (
            select i.kind, i.subject_id, (2 + i.weight)::real as likeness
            from feed.name_index as i
            where starts_with(i.name, feed.normal_form(given)) and i.kind = any(kinds)
            order by i.weight desc
            limit wanted
        )
        union all
        (
            select i.kind, i.subject_id, extensions.word_similarity(feed.normal_form(given), i.name)
            from feed.name_index as i
            where
                length(feed.normal_form(given)) >= 3
                and i.name operator(extensions.%>) feed.normal_form(given) -- noqa: LT01
                and i.kind = any(kinds)
            order by extensions.word_similarity(feed.normal_form(given), i.name) desc, i.weight desc
            limit wanted
        )
    ) as alike
    group by alike.kind, alike.subject_id
    order by max(alike.likeness) desc, alike.subject_id;
end;
comment on function feed.named_like(text[], text, integer) is 'What bears such a name, whoever may see it.';

create or replace view feed.findable_users as
select a.author_id as user_id
from feed.authors as a
where
    a.is_own or a.is_followed
    or (select true from feed.discoverable_users as d where d.user_id = a.author_id);
comment on view feed.findable_users is 'People whom the viewer may find by search.';

create or replace view feed.findable_posts as
select p.id
from feed.visible_posts as p
where
    p.is_current
    and (
        p.author_id = (select auth.uid())
        or (select s.is_indexable from api.user_settings as s where s.user_id = p.author_id) is not false
    );
comment on view feed.findable_posts is 'Posts that the viewer may find by search.';

-- Frequent words fill a page from the newest posts; where these do not, the index of words has few to give. PostgreSQL
-- would guess which way is better, and read all posts where two frequent words never stand together.
create or replace function feed.found_posts(given text, is_loose boolean, before bigint, wanted integer)
returns bigint[]
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
    sought constant tsquery := feed.search_query(given, is_loose);
    found bigint[];
begin
    if sought is null then
        return '{}';
    end if;
    found := array(
        select i.post_id
        from (
            select
                n.post_id,
                n.words
            from feed.post_index as n
            where n.post_id < before
            order by n.post_id desc
            limit 5000
        ) as i
        where i.words @@ sought and (select true from feed.findable_posts as p where p.id = i.post_id)
        order by i.post_id desc
        limit wanted
    );
    if cardinality(found) = wanted then
        return found;
    end if;
    return array(
        with matching as materialized (
            select i.post_id
            from feed.post_index as i
            where i.words @@ sought and i.post_id < before
        )
        select m.post_id
        from (
            select n.post_id
            from matching as n
            order by n.post_id desc
            offset 0
        ) as m
        where (select true from feed.findable_posts as p where p.id = m.post_id)
        limit wanted
    );
end
$$;
comment on function feed.found_posts(text, boolean, bigint, integer) is
'The newest posts with all words of the query that the viewer may find.';

create or replace function api.search(
    query text, type api.search_type default 'ALL', cursor text default null, "limit" integer default 20
) returns api.search_result
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    sought constant text := left(coalesce($1, ''), 200);
    page_size constant integer := least(greatest(coalesce($4, 20), 1), 50);
    before constant bigint := coalesce(feed.decode_cursor($3), 9223372036854775807);
    found bigint[] := '{}';
    result api.search_result;
begin
    if type in ('ALL', 'POSTS') then
        found := feed.found_posts(sought, false, before, page_size + 1);
        if cardinality(found) <= page_size then
            found := found || array(
                select more.id
                from unnest(feed.found_posts(sought, true, before, page_size + 1)) as more (id)
                where more.id <> all(found)
                order by more.id desc
                limit page_size + 1 - cardinality(found)
            );
        end if;
        result.posts := array(
            select p
            from unnest(found[:page_size]) with ordinality as f (id, place)
            inner join api.posts as p on p.id = f.id
            order by f.place
        );
    end if;
    if cursor is null and type in ('ALL', 'USERS') then
        result.users := array(
            select u
            from feed.named_like('{USERS}', sought, 200) as n
            inner join feed.findable_users as f on f.user_id = n.subject_id
            inner join api.users as u on u.id = n.subject_id
            order by n.likeness desc, u.id
            limit page_size
        );
    end if;
    if cursor is null and type in ('ALL', 'HASHTAGS') then
        result.hashtags := array(
            select h
            from feed.named_like('{HASHTAGS}', ltrim(sought, '#'), 100) as n
            inner join api.hashtags as h on h.id = n.subject_id and h.is_listed
            order by n.likeness desc, h.id
            limit page_size
        );
    end if;
    if cursor is null and type in ('ALL', 'SOUNDS') then
        result.sounds := array(
            select s
            from feed.named_like('{SOUNDS}', sought, 100) as n
            inner join api.sounds as s on s.id = n.subject_id and s.deleted_at is null
            inner join feed.authors as a on a.author_id = s.owner_id and a.is_open
            order by n.likeness desc, s.id
            limit page_size
        );
    end if;
    if cursor is null and type in ('ALL', 'GROUPS') then
        result.groups := array(
            select g
            from feed.named_like('{GROUPS}', sought, 100) as n
            inner join feed.visible_groups as v on v.id = n.subject_id
            inner join api.groups as g on g.id = n.subject_id
            order by n.likeness desc, g.id
            limit page_size
        );
    end if;
    if cursor is null and type in ('ALL', 'EVENTS') then
        result.events := array(
            select e
            from feed.named_like('{EVENTS}', sought, 100) as n
            inner join feed.visible_events as v on v.id = n.subject_id
            inner join api.events as e on e.id = n.subject_id
            order by n.likeness desc, e.id
            limit page_size
        );
    end if;
    result.page_info := row(
        cardinality(found) > page_size, $3 is not null,
        feed.encode_cursor(found[1]), feed.encode_cursor((select min(f.id) from unnest(found[:page_size]) as f (id)))
    )::api.page_info;
    return result;
end
$$;
comment on function api.search(text, api.search_type, text, integer) is
'Finds people, posts, hashtags, sounds, groups and events; pages after the first hold posts alone. Arabic is found in all its spellings, also by Latin letters (Franco).';

create or replace function api.suggest(query text, "limit" integer default 10) returns setof api.search_suggestion
language sql
stable
security definer
rows 10
set search_path = ''
begin atomic
    select
        n.kind,
        n.subject_id,
        coalesce(u.name, h.name),
        u.username
    from feed.named_like('{USERS,HASHTAGS}', ltrim(left(query, 100), '#@'), 50) as n
    left join (
        select u.id, u.name, u.username
        from api.users as u
        inner join feed.findable_users as f on f.user_id = u.id
    ) as u on n.kind = 'USERS' and u.id = n.subject_id
    left join api.hashtags as h on n.kind = 'HASHTAGS' and h.id = n.subject_id and h.is_listed
    where query <> '' and (u.id is not null or h.id is not null)
    order by n.likeness desc, n.subject_id asc
    limit least(greatest(coalesce("limit", 10), 1), 20);
end;
comment on function api.suggest(text, integer) is 'People and hashtags that somebody who has typed this far may mean.';

create or replace function api.save_search(query text) returns api.recent_searches
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := auth.uid();
    saved api.recent_searches;
begin
    if viewer is null then
        raise exception 'Only a signed-in user has recent searches.'
            using errcode = 'DA401', hint = 'Sign in and send the access token.';
    end if;
    insert into api.recent_searches as r (user_id, query)
    values (viewer, $1)
    on conflict on constraint recent_searches_pkey do update
    set searched_at = now()
    returning r.* into saved;
    delete from api.recent_searches as r
    where r.user_id = viewer and r.query in (
        select old.query
        from api.recent_searches as old
        where old.user_id = viewer
        order by old.searched_at desc
        offset 50
    );
    return saved;
end
$$;
comment on function api.save_search(text) is 'Remembers what one has searched for.';

-- Surprise as a chi-square against yesterday, of people rather than posts; fewer than three people make no trend.
create or replace function ops.refresh_trends() returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    number integer;
begin
    delete from feed.trends;
    with uses as (
        select distinct
            h.hashtag_id,
            p.author_id,
            p.id >= api.id_at(now() - interval '4 hours') as is_new,
            coalesce(p.governorate_code, '') as governorate_code,
            coalesce(split_part(p.language, '-', 1), '') as language
        from feed.public_posts as p
        inner join api.post_hashtags as h on h.post_id = p.id
        inner join api.hashtags as t on t.id = h.hashtag_id and t.is_listed
        where p.id >= api.id_at(now() - interval '28 hours') and not p.is_sensitive
    ),
    counted as (
        select
            x.hashtag_id,
            coalesce(x.governorate_code, '') as governorate_code,
            coalesce(x.language, '') as language,
            count(distinct x.author_id) filter (where x.is_new) as observed,
            greatest(count(distinct x.author_id) filter (where not x.is_new) / 6.0, 1) as expected
        from uses as x
        group by grouping sets (
            (x.hashtag_id), (x.hashtag_id, x.governorate_code), (x.hashtag_id, x.language)
        )
    ),
    kept as (
        insert into feed.trends (hashtag_id, governorate_code, language, authors, score)
        select c.hashtag_id, c.governorate_code, c.language, c.observed, (c.observed - c.expected) ^ 2 / c.expected
        from counted as c
        where c.observed >= 3 and c.observed > c.expected
        on conflict do nothing
        returning hashtag_id
    ),
    new_ones as (
        insert into feed.trend_reviews (hashtag_id)
        select distinct k.hashtag_id
        from kept as k
        on conflict do nothing
    )
    select count(*) into number
    from kept;
    return number;
end
$$;
comment on function ops.refresh_trends() is
'Counts which hashtags are used by unusually many people, in all Egypt, by governorate and by language; gives their number.';

create or replace function api.trends(
    governorate_code text default null, language text default null, "limit" integer default 10
) returns setof api.trend
language sql
stable
security definer
rows 10
set search_path = ''
begin atomic
    select h, t.authors, t.score
    from feed.trends as t
    inner join feed.trend_reviews as r on r.hashtag_id = t.hashtag_id and r.state = 'SHOWN'
    inner join api.hashtags as h on h.id = t.hashtag_id
    where t.governorate_code = coalesce($1, '') and t.language = coalesce($2, '')
    order by t.score desc, h.id asc
    limit least(greatest(coalesce($3, 10), 1), 50);
end;
comment on function api.trends(text, text, integer) is
'Hashtags that are talked about: in a governorate, in a language, or in all. Staff have looked at each.';

create or replace function api.review_trend(hashtag_id bigint, state api.trend_state) returns api.trend_state
language sql
volatile
security definer
set search_path = ''
begin atomic
    insert into feed.trend_reviews as r (hashtag_id, state, reviewed_by, reviewed_at)
    values (hashtag_id, state, auth.uid(), now())
    on conflict (hashtag_id) do update
    set state = excluded.state, reviewed_by = excluded.reviewed_by, reviewed_at = excluded.reviewed_at
    returning r.state;
end;
comment on function api.review_trend(bigint, api.trend_state) is 'Lets a hashtag be shown as a trend, or not. For moderators.';
