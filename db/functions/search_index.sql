-- What is found, indexed: posts by a job, names where they are written.

create or replace function ops.index_posts(batch integer default 2000) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
    taken bigint[];
begin
    with removed as (
        delete from ops.stale_posts as d
        where d.ctid = any(array(
            select w.ctid
            from ops.stale_posts as w
            order by w.id
            limit batch
            for update skip locked
        ))
        returning d.post_id
    )
    select array_agg(distinct r.post_id) into taken
    from removed as r;
    delete from feed.post_index as i
    where i.post_id = any(taken);
    insert into feed.post_index (post_id, author_id, words)
    select p.id, p.author_id, feed.lexemes(p.content)
    from api.posts as p
    where p.id = any(taken) and p.deleted_at is null and p.archived_at is null and p.visibility = 'PUBLIC'
    on conflict (post_id) do update
    set words = excluded.words;
    return coalesce(cardinality(taken), 0);
end
$$;
comment on function ops.index_posts(integer) is
'Indexes one batch of changed posts; gives the number of posts. Words of posts that are not public are never indexed.';

create or replace function api.tg_posts__index() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.stale_posts (post_id)
    select p.id from changed as p;
    return null;
end
$$;
comment on function api.tg_posts__index() is 'Has changed posts indexed for search.';
create or replace trigger posts_index_added after insert on api.posts
referencing new table as changed for each statement execute function api.tg_posts__index();
create or replace trigger posts_index_changed after update on api.posts
referencing new table as changed for each statement execute function api.tg_posts__index();

create or replace function ops.index_users(user_ids bigint[]) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from feed.name_index as i
    where i.kind = 'USERS' and i.subject_id = any(user_ids);
    insert into feed.name_index (kind, subject_id, name, weight)
    select 'USERS', u.id, named.name, coalesce(ln(1 + s.follower_count), 0)
    from api.users as u
    left join api.user_stats as s on s.user_id = u.id
    cross join lateral (
        select feed.normal_form(u.name)
        union
        select feed.normal_form(u.username::text)
    ) as named (name)
    where u.id = any(user_ids) and u.deleted_at is null and named.name <> ''
    on conflict do nothing;
end
$$;
comment on function ops.index_users(bigint[]) is 'Indexes the names and handles of these users, with how well known they are.';

create or replace function api.tg_users__index() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform ops.index_users(array(select u.id from changed as u));
    return null;
end
$$;
comment on function api.tg_users__index() is 'Indexes the names of users for search.';
create or replace trigger users_index_added after insert on api.users
referencing new table as changed for each statement execute function api.tg_users__index();
create or replace trigger users_index_changed after update on api.users
referencing new table as changed for each statement execute function api.tg_users__index();

-- Argument 0 is the kind, argument 1 the column with the name. What is deleted or not listed has no name to be found by.
create or replace function feed.tg_names__index() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    with named as (
        select
            (to_jsonb(c) ->> 'id')::bigint as id,
            feed.normal_form(to_jsonb(c) ->> tg_argv[1]) as name,
            to_jsonb(c) ->> 'deleted_at' is null and coalesce((to_jsonb(c) ->> 'is_listed')::boolean, true) as is_there
        from changed as c
    ),
    gone as (
        delete from feed.name_index as i
        using named as n
        where i.kind = tg_argv[0] and i.subject_id = n.id and (i.name <> n.name or not n.is_there)
    )
    insert into feed.name_index (kind, subject_id, name)
    select tg_argv[0], n.id, n.name
    from named as n
    where n.is_there and n.name <> ''
    on conflict do nothing;
    return null;
end
$$;
comment on function feed.tg_names__index() is 'Indexes the names of hashtags, sounds, groups and events for search.';
create or replace trigger hashtags_index_added after insert on api.hashtags
referencing new table as changed for each statement execute function feed.tg_names__index('HASHTAGS', 'name');
create or replace trigger hashtags_index_changed after update on api.hashtags
referencing new table as changed for each statement execute function feed.tg_names__index('HASHTAGS', 'name');
create or replace trigger sounds_index_added after insert on api.sounds
referencing new table as changed for each statement execute function feed.tg_names__index('SOUNDS', 'title');
create or replace trigger sounds_index_changed after update on api.sounds
referencing new table as changed for each statement execute function feed.tg_names__index('SOUNDS', 'title');
create or replace trigger groups_index_added after insert on api.groups
referencing new table as changed for each statement execute function feed.tg_names__index('GROUPS', 'name');
create or replace trigger groups_index_changed after update on api.groups
referencing new table as changed for each statement execute function feed.tg_names__index('GROUPS', 'name');
create or replace trigger events_index_added after insert on api.events
referencing new table as changed for each statement execute function feed.tg_names__index('EVENTS', 'title');
create or replace trigger events_index_changed after update on api.events
referencing new table as changed for each statement execute function feed.tg_names__index('EVENTS', 'title');

create or replace function ops.refresh_weights() returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with weighed as (
        update feed.name_index as i
        set weight = known.weight
        from (
            select 'USERS' as kind, s.user_id as subject_id, ln(1 + s.follower_count)::real as weight
            from api.user_stats as s
            union all
            select 'HASHTAGS', h.hashtag_id, ln(1 + count(*))::real
            from api.post_hashtags as h
            group by h.hashtag_id
        ) as known
        where i.kind = known.kind and i.subject_id = known.subject_id and abs(i.weight - known.weight) > 0.1
        returning 1
    )
    select count(*)
    from weighed;
end;
comment on function ops.refresh_weights() is 'Brings up to date how well known people and hashtags are; gives the number changed.';
