create or replace function api.create_post(input api.create_post_input) returns api.posts
language sql
volatile
begin atomic
    insert into api.posts (type, content, visibility, media_urls, language)
    values (
        coalesce((input).type, 'REGULAR'),
        coalesce((input).content, ''),
        coalesce((input).visibility, 'PUBLIC'),
        coalesce((input).media_urls, '{}'),
        (input).language
    )
    returning *;
end;
comment on function api.create_post(api.create_post_input) is
'Publishes a post. Words marked with # become hashtags; the followers'' feeds show it within a second.';

create or replace function api.delete_post(id bigint) returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    deleted api.posts;
begin
    update api.posts as p
    set deleted_at = now()
    where p.id = delete_post.id and p.author_id = auth.uid() and p.deleted_at is null
    returning p.* into deleted;
    if not found then
        raise exception 'There is no such post of yours.'
            using errcode = 'DA404', hint = 'Only the author can delete a post, and only once.';
    end if;
    return deleted;
end
$$;
comment on function api.delete_post(bigint) is 'Deletes a post of one''s own.';

-- The collation is named because the cluster's own may know no letters beyond ASCII.
create or replace function ops.parse_hashtags(content text) returns setof text
language sql
immutable
strict
rows 3
begin atomic
    select distinct tags.name
    from regexp_matches(
        normalize(content, nfkc) collate pg_catalog.pg_unicode_fast,
        '(?:^|[^[:alnum:]_&/])#([[:alnum:]_\u064B-\u0652\u0670\u0640]{1,100})(?![[:alnum:]_])',
        'g'
    ) as found (groups)
    cross join lateral (
        values (
            casefold(
                regexp_replace(found.groups[1], '[\u064B-\u0652\u0670\u0640]', '', 'g')
                collate pg_catalog.pg_unicode_fast
            )
        )
    ) as tags (name)
    where tags.name ~ '[^0-9_]'
    order by tags.name
    limit 30;
end;
comment on function ops.parse_hashtags(text) is
'The hashtags of a text: at most 30, casefolded, without Arabic vowel marks and lengthening strokes.';

-- A hashtag is listed once a public account has used it in a public post; before that its name would give away
-- what was written in private.
create or replace function api.tg_posts__tag() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if tg_op = 'UPDATE' then
        delete from api.post_hashtags as h
        using changed as p
        where h.post_id = p.id;
    end if;
    if not exists (select from changed as p where p.content like '%#%') then
        return null;
    end if;
    insert into api.hashtags (name)
    select distinct tags.name
    from changed as p
    cross join lateral ops.parse_hashtags(p.content) as tags (name)
    order by tags.name
    on conflict (name) do nothing;
    insert into api.post_hashtags (post_id, hashtag_id)
    select p.id, h.id
    from changed as p
    cross join lateral ops.parse_hashtags(p.content) as tags (name)
    inner join api.hashtags as h on h.name = tags.name;
    update api.hashtags as h
    set is_listed = true
    from changed as p
    inner join api.users as u on u.id = p.author_id
    inner join api.post_hashtags as ph on ph.post_id = p.id
    where h.id = ph.hashtag_id and not h.is_listed
        and p.visibility = 'PUBLIC' and p.deleted_at is null and not u.is_private;
    return null;
end
$$;
comment on function api.tg_posts__tag() is 'Reads the hashtags out of posts.';

create or replace function api.tg_posts__publish() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into api.post_stats (post_id)
    select p.id from added as p;
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_POSTS', p.author_id, count(*)
    from added as p
    where p.deleted_at is null
    group by p.author_id;
    perform ops.defer(
        'post.created',
        'fanout.deliver',
        jsonb_strip_nulls(
            jsonb_build_object(
                'post_id', p.id,
                'request_id', nullif(current_setting('app.request_id', true), '')
            )
        )
    )
    from added as p
    where p.visibility <> 'PRIVATE' and p.deleted_at is null;
    return null;
end
$$;
comment on function api.tg_posts__publish() is
'Gives new posts their statistics, counts them and has them delivered to followers.';

create or replace function api.tg_posts__count_deleted() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_POSTS', n.author_id, sum((n.deleted_at is null)::integer - (o.deleted_at is null)::integer)
    from added as n
    inner join removed as o on o.id = n.id
    where (n.deleted_at is null) <> (o.deleted_at is null)
    group by n.author_id;
    return null;
end
$$;
comment on function api.tg_posts__count_deleted() is 'Records how many posts users have lost.';

create or replace trigger posts_version before update on api.posts
for each row execute function ops.tg_rows__version();
create or replace trigger posts_keep before update of id, author_id, type, created_at on api.posts
for each row execute function ops.tg_rows__keep('id', 'author_id', 'type', 'created_at');
create or replace trigger posts_publish after insert on api.posts
referencing new table as added for each statement execute function api.tg_posts__publish();
create or replace trigger posts_tag_added after insert on api.posts
referencing new table as changed for each statement execute function api.tg_posts__tag();
create or replace trigger posts_tag_changed after update on api.posts
referencing new table as changed for each statement execute function api.tg_posts__tag();
create or replace trigger posts_count_deleted after update on api.posts
referencing old table as removed new table as added for each statement execute function api.tg_posts__count_deleted();
