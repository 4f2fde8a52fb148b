-- What there is to discover. After search.sql in the order of names, whose rule of what may be found it asks.

-- What may be shown to strangers: public, current, not sensitive, by open accounts in use that let themselves be found.
-- Heat is what a post has had in responses, by the hour: (responses + 1) / (hours + 2) ^ 1.8, as forums do.
create or replace function ops.refresh_popular() returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    number integer;
begin
    -- Two runs would both write what neither has seen.
    perform pg_advisory_xact_lock(hashtext('ops.refresh_popular'));
    delete from feed.popular_posts;
    insert into feed.popular_posts (post_id, author_id, language, governorate_code, interests, heat)
    select
        hot.id,
        hot.author_id,
        hot.language,
        hot.governorate_code,
        array(
            select distinct i.code
            from api.post_hashtags as ph
            inner join api.hashtags as h on h.id = ph.hashtag_id and h.is_listed
            inner join api.interests as i on h.name in (i.code, lower(i.name_en), i.name_ar)
            where ph.post_id = hot.id
        ),
        hot.heat
    from (
        select
            p.id,
            p.author_id,
            coalesce(split_part(p.language, '-', 1), '') as language,
            coalesce(p.governorate_code, '') as governorate_code,
            (s.likes_count + s.comments_count + s.shares_count + s.saves_count + s.reposts_count + 1)
            / power(greatest(extract(epoch from now() - p.created_at)::double precision, 0) / 3600 + 2, 1.8) as heat,
            row_number() over (
                partition by p.author_id
                order by s.likes_count + s.comments_count + s.shares_count + s.saves_count desc, p.id desc
            ) as place
        from feed.public_posts as p
        inner join api.post_stats as s on s.post_id = p.id
        left join api.user_settings as c on c.user_id = p.author_id
        where
            p.id >= api.id_at(now() - interval '7 days') and p.created_at <= now() + interval '1 minute'
            and p.expires_at is null and p.type <> 'STORY' and not p.is_sensitive and not p.is_sponsored
            and coalesce(c.is_discoverable, true) and coalesce(c.is_indexable, true)
    ) as hot
    where hot.place <= 3
    order by hot.heat desc, hot.id desc
    limit 5000;
    get diagnostics number = row_count;
    return number;
end
$$;
comment on function ops.refresh_popular() is
'Finds the posts of the last week that strangers may be shown, three of an author at most; gives their number.';

-- Four streams, each the hottest of its kind: in all, in the viewer's language, from the governorate, of the interests.
create or replace function feed.explored(viewer bigint) returns bigint[]
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    with reader as materialized (
        select
            split_part(u.locale, '-', 1) as language,
            coalesce(u.governorate_code, '-') as governorate_code,
            array(select i.interest_code from api.user_interests as i where i.user_id = viewer) as interests
        from api.users as u
        where u.id = viewer
    ),
    hot as materialized (
        (
            select p.post_id, p.author_id, p.heat
            from feed.popular_posts as p
            order by p.heat desc, p.post_id desc
            limit 150
        )
        union
        (
            select p.post_id, p.author_id, p.heat
            from feed.popular_posts as p
            where p.language = (select r.language from reader as r)
            order by p.heat desc, p.post_id desc
            limit 100
        )
        union
        (
            select p.post_id, p.author_id, p.heat
            from feed.popular_posts as p
            where p.governorate_code = (select r.governorate_code from reader as r)
            order by p.heat desc, p.post_id desc
            limit 50
        )
        union
        (
            select p.post_id, p.author_id, p.heat
            from feed.popular_posts as p
            where p.interests && (select r.interests from reader as r)
            order by p.heat desc, p.post_id desc
            limit 50
        )
    ),
    strangers as (
        select array_agg(h.post_id order by h.heat desc, h.post_id desc) as posts
        from hot as h
        inner join feed.findable_posts as f on f.id = h.post_id
        where
            h.author_id <> viewer
            and (select true from feed.viewer_follows as v where v.user_id = h.author_id) is null
            and (select true from feed.discoverable_users as d where d.user_id = h.author_id)
    )
    select (feed.readable(viewer, s.posts, true))[:200]
    from strangers as s;
end;
comment on function feed.explored(bigint) is 'What the viewer may discover: by strangers, 200 posts at most.';

-- Where nobody is known, what two have in common stands in for affinity.
create or replace function feed.rank_explored(viewer bigint, given bigint[], moment timestamptz) returns bigint[]
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    with reader as materialized (
        select
            split_part(u.locale, '-', 1) as language,
            u.governorate_code,
            array(select i.interest_code from api.user_interests as i where i.user_id = viewer) as interests
        from api.users as u
        where u.id = viewer
    ),
    scored as materialized (
        select
            s.post_id,
            s.author_id,
            s.is_seen,
            s.score
            + (select w.weight from feed.ranking_weights as w where w.part = 'AFFINITY')
            * (1 - s.affinity)
            * (
                0.4 * coalesce(p.language = r.language, false)::integer
                + 0.3 * coalesce(p.governorate_code = r.governorate_code, false)::integer
                + 0.3 * coalesce(p.interests && r.interests, false)::integer
            ) as score
        from feed.score(viewer, given, moment, api.id_at(moment - interval '7 days')) as s
        cross join reader as r
        left join feed.popular_posts as p on p.post_id = s.post_id
    )
    select
        feed.spread(
            array_agg(s.post_id order by s.is_seen asc, s.score desc, s.post_id desc),
            array_agg(s.author_id order by s.is_seen asc, s.score desc, s.post_id desc)
        )
    from scored as s;
end;
comment on function feed.rank_explored(bigint, bigint[], timestamptz) is 'What is to be discovered, best first.';

create or replace function feed.explored_trends(viewer bigint) returns api.trend[]
language sql
stable
set search_path = ''
begin atomic
    with near as materialized (
        select
            t.hashtag,
            t.people,
            row_number() over () as place
        from api.district_trends() as t
    )
    select
        array(
            select row(n.hashtag, n.people, 0)::api.trend
            from near as n
            order by n.place
        )
        || array(
            select t
            from api.users as u
            cross join api.trends(u.governorate_code) as t
            where u.id = viewer and (t.hashtag).id not in (select (n.hashtag).id from near as n)
        );
end;
comment on function feed.explored_trends(bigint) is
'What is talked about in the viewer''s district, without scores, and then in the viewer''s governorate.';

create or replace function feed.explored_page(viewer bigint, given text, page_size integer)
returns api.explore_connection
language plpgsql
stable
set search_path = ''
as $$
declare
    content bytea;
    made_at timestamptz := now();
    ranked bigint[];
    slice feed.ranking_slice;
    trends api.trend[];
    end_cursor text;
    edges api.feed_edge[];
begin
    if given is null then
        ranked := feed.rank_explored(viewer, feed.explored(viewer), made_at);
        trends := feed.explored_trends(viewer);
    else
        content := feed.unseal(viewer, given, 'E');
        made_at := feed.made_at(content);
        ranked := feed.ids_of(substr(content, 18));
    end if;
    slice := feed.take(viewer, ranked, page_size, true);
    if cardinality(slice.found) > 0 then
        end_cursor := feed.seal_ranked(viewer, 'E', made_at, 0, slice.left_over);
    end if;
    select
        array_agg(
            row(case when f.place = cardinality(slice.found) then end_cursor end, p)::api.feed_edge order by f.place
        )
    into edges
    from unnest(slice.found) with ordinality as f (id, place)
    inner join api.posts as p on p.id = f.id;
    return row(
        coalesce(edges, '{}'), trends,
        row(cardinality(slice.left_over) > 0, given is not null, null, end_cursor)::api.page_info
    )::api.explore_connection;
end
$$;
comment on function feed.explored_page(bigint, text, integer) is 'A page of what is to be discovered.';

create or replace function api.explore(cursor text default null, "limit" integer default 20)
returns api.explore_connection
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if auth.uid() is null then
        raise exception 'Only a signed-in user can explore.'
            using errcode = 'DA401', hint = 'Sign in and send the access token.';
    end if;
    return feed.explored_page(auth.uid(), $1, least(greatest(coalesce($2, 20), 1), 50));
end
$$;
comment on function api.explore(text, integer) is
'Public posts of the last week by people whom one does not follow, and what is talked about. A page holds 1 to 50 posts;
go on with pageInfo.endCursor, within 15 minutes.';
