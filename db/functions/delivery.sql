-- How posts get into timelines, and out of them. Timelines decide nothing: what a feed shows is checked again when it is read.

-- Followers are taken by key, so that each statement begins where the one before ended, whoever follows meanwhile.
create or replace function feed.fan_out(post_id bigint) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    page_size constant integer := (select s.page_rows from feed.delivery_settings as s);
    author bigint;
    audience text;
    circle bigint;
    last_follower bigint := 0;
    page_rows integer;
    new_rows integer;
    delivered integer := 0;
begin
    select p.author_id, p.visibility, p.circle_id into author, audience, circle
    from api.posts as p
    inner join api.users as u on u.id = p.author_id
    where
        p.id = fan_out.post_id and p.deleted_at is null and u.deleted_at is null
        and p.visibility not in ('PRIVATE', 'GROUP')
        and feed.is_current(p.archived_at, p.expires_at, p.is_highlighted)
        and not exists (select from feed.pulled_authors as a where a.author_id = p.author_id);
    if not found then
        return 0;
    end if;
    loop
        with page as materialized (
            select f.follower_id
            from api.follows as f
            where
                f.followee_id = author and f.follower_id > last_follower
                and case audience
                    when 'CIRCLE' then exists (
                        select from api.circle_members as m where m.circle_id = circle and m.member_id = f.follower_id
                    )
                    when 'CLOSE_FRIENDS' then exists (
                        select from api.close_friends as c where c.owner_id = author and c.friend_id = f.follower_id
                    )
                    else true
                end
            order by f.follower_id
            limit page_size
        ),
        added as (
            insert into feed.timelines (owner_id, post_id, author_id)
            select p.follower_id, fan_out.post_id, author
            from page as p
            left join feed.activity as a on a.user_id = p.follower_id
            where a.resting_since is null and coalesce(a.floor_id, 0) <= fan_out.post_id
            on conflict do nothing
            returning owner_id
        )
        select
            (select count(*) from page),
            (select max(p.follower_id) from page as p),
            (select count(*) from added)
        into page_rows, last_follower, new_rows;
        delivered := delivered + new_rows;
        exit when page_rows < page_size;
    end loop;
    return delivered;
end
$$;
comment on function feed.fan_out(bigint) is
'Puts a post into its active followers'' timelines as the post is now; gives the number that did not have it yet.';

create or replace function feed.fill_timelines(owners bigint[], authors bigint[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    insert into feed.timelines (owner_id, post_id, author_id)
    select
        pair.owner_id,
        newest.id,
        pair.author_id
    from unnest(owners, authors) as pair (owner_id, author_id)
    inner join api.follows as f on f.follower_id = pair.owner_id and f.followee_id = pair.author_id
    left join feed.activity as a on a.user_id = pair.owner_id
    cross join lateral (
        select p.id
        from api.posts as p
        where
            p.author_id = pair.author_id and p.deleted_at is null and p.visibility not in ('PRIVATE', 'GROUP')
            and p.id >= coalesce(a.floor_id, 0)
        order by p.id desc
        limit (select s.filled_rows from feed.delivery_settings as s)
    ) as newest
    where
        a.resting_since is null
        and not exists (select from feed.pulled_authors as w where w.author_id = pair.author_id)
    on conflict (owner_id, post_id) do nothing;
end;
comment on function feed.fill_timelines(bigint[], bigint[]) is
'Puts the newest posts of each author into the timeline of the follower named at the same place.';

-- With hysteresis, so that an author between the two numbers doesn't flap. The newest posts of an author who is delivered
-- again are delivered at once, because from now on nobody fetches them.
create or replace function feed.review_delivery(author_ids bigint[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    owners bigint[];
    authors bigint[];
begin
    insert into feed.pulled_authors (author_id)
    select u.user_id
    from api.user_stats as u
    cross join feed.delivery_settings as s
    where u.user_id = any(author_ids) and u.follower_count >= s.pulled_from
    on conflict (author_id) do nothing;
    with demoted as (
        delete from feed.pulled_authors as a
        using api.user_stats as u, feed.delivery_settings as s
        where a.author_id = any(author_ids) and u.user_id = a.author_id and u.follower_count < s.pushed_below
        returning a.author_id
    )
    select array_agg(f.follower_id), array_agg(f.followee_id) into owners, authors
    from demoted as d
    inner join api.follows as f on f.followee_id = d.author_id;
    perform feed.fill_timelines(owners, authors);
end
$$;
comment on function feed.review_delivery(bigint[]) is
'Decides anew whether the posts of these authors are delivered or fetched.';

-- A post that was narrowed or archived may not have been delivered; delivering it twice adds nothing.
create or replace function api.tg_posts__deliver_again() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform ops.defer('post.created', 'fanout.deliver', jsonb_build_object('post_id', new.id));
    return null;
end
$$;
comment on function api.tg_posts__deliver_again() is 'Delivers a post that more people may see than before.';
create or replace trigger posts_deliver_again
after update of visibility, circle_id, archived_at, deleted_at, is_highlighted on api.posts
for each row
when (
    new.deleted_at is null and new.archived_at is null and new.visibility not in ('PRIVATE', 'GROUP')
    and (
        old.visibility <> new.visibility or old.circle_id is distinct from new.circle_id
        or old.archived_at is not null or old.deleted_at is not null or (new.is_highlighted and not old.is_highlighted)
    )
)
execute function api.tg_posts__deliver_again();

-- A mute that ends by itself is left to the reader, who checks every post anyway: nobody would bring the posts back.
create or replace function api.tg_mutes__clear_timelines() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    delete from feed.timelines as t
    using changed as m
    where
        t.owner_id = m.muter_id and t.author_id = m.muted_id and m.scope <> 'NOTIFICATIONS' and m.expires_at is null;
    perform feed.fill_timelines(array_agg(m.muter_id), array_agg(m.muted_id))
    from changed as m
    where m.scope = 'NOTIFICATIONS' or m.expires_at is not null;
    return null;
end
$$;
comment on function api.tg_mutes__clear_timelines() is 'Takes the posts of the muted out of timelines.';
create or replace trigger mutes_clear_timelines_when_added after insert on api.mutes
referencing new table as changed for each statement execute function api.tg_mutes__clear_timelines();
create or replace trigger mutes_clear_timelines_when_changed after update on api.mutes
referencing new table as changed for each statement execute function api.tg_mutes__clear_timelines();

create or replace function api.tg_mutes__fill_timelines() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform feed.fill_timelines(array_agg(m.muter_id), array_agg(m.muted_id))
    from removed as m;
    return null;
end
$$;
comment on function api.tg_mutes__fill_timelines() is 'Brings the posts of who is muted no more back into timelines.';
create or replace trigger mutes_fill_timelines after delete on api.mutes
referencing old table as removed for each statement execute function api.tg_mutes__fill_timelines();

-- Who comes back after a rest begins with an empty timeline, which a job fills after the commit: a delivery at the same
-- moment has either seen that the rest is over, or its post is there to be read by the job.
create or replace function feed.see_user(user_id bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    rested boolean;
begin
    insert into feed.activity as a (user_id)
    values (see_user.user_id)
    on conflict on constraint activity_pkey do update
    set seen_at = now(), resting_since = null
    where
        a.seen_at < now() - interval '1 hour' or a.resting_since is not null
        or ops.cairo_day(a.seen_at) < ops.cairo_day(now())
    returning old.resting_since is not null into rested;
    if rested then
        delete from feed.timelines as t where t.owner_id = see_user.user_id;
        perform ops.defer('user.action', 'fanout.rebuild', jsonb_build_object('user_id', see_user.user_id));
    end if;
end
$$;
comment on function feed.see_user(bigint) is
'Notes, once an hour and at the beginning of a day, that somebody is there; has the timeline of one who comes back made anew.';

create or replace function auth.tg_sessions__see_user() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform feed.see_user(new.user_id);
    return null;
end
$$;
comment on function auth.tg_sessions__see_user() is 'Somebody who signs in or renews a session is there.';
create or replace trigger sessions_see_user after insert or update of refresh_counter on auth.sessions
for each row execute function auth.tg_sessions__see_user();

create or replace function feed.rebuild_timeline(user_id bigint) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    filled integer;
begin
    with size as (
        select s.rebuilt_rows
        from feed.delivery_settings as s
    ),
    newest as (
        select p.id, p.author_id
        from size
        cross join lateral (
            select p.id, p.author_id
            from api.follows as f
            cross join lateral (
                select p.id, p.author_id
                from api.posts as p
                where
                    p.author_id = f.followee_id and p.deleted_at is null
                    and p.visibility not in ('PRIVATE', 'GROUP')
                order by p.id desc
                limit size.rebuilt_rows
            ) as p
            where
                f.follower_id = rebuild_timeline.user_id
                and not exists (select from feed.pulled_authors as w where w.author_id = f.followee_id)
            order by p.id desc
            limit size.rebuilt_rows
        ) as p
    ),
    added as (
        insert into feed.timelines (owner_id, post_id, author_id)
        select rebuild_timeline.user_id, n.id, n.author_id
        from newest as n
        on conflict (owner_id, post_id) do nothing
        returning post_id
    ),
    noted as (
        update feed.activity as a
        set
            floor_id = case
                when (select count(*) from newest) < size.rebuilt_rows then 0
                else (select min(n.id) from newest as n)
            end
        from size
        where a.user_id = rebuild_timeline.user_id
    )
    select count(*) into filled
    from added;
    return filled;
end
$$;
comment on function feed.rebuild_timeline(bigint) is
'Fills the timeline of somebody who was away with the newest posts; gives the number of posts.';

create or replace function feed.rest_timelines(batch integer default 1000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with rested as (
        update feed.activity as a
        set resting_since = now(), floor_id = 0
        from (
            select a.user_id
            from feed.activity as a
            cross join feed.delivery_settings as s
            where a.resting_since is null and a.seen_at < now() - s.active_for
            order by a.user_id
            limit batch
            for update of a skip locked
        ) as idle
        where a.user_id = idle.user_id
        returning a.user_id
    ),
    emptied as (
        delete from feed.timelines as t
        using rested as r
        where t.owner_id = r.user_id
    )
    select count(*)
    from rested;
end;
comment on function feed.rest_timelines(integer) is
'Empties the timelines of people not seen for a week, to whom nothing is delivered from now on; gives their number.';

-- An index-only pass over the keys finds who has too many; their floor rises first, so that nothing old comes in again.
create or replace function feed.trim_timelines(batch integer default 1000) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    removed integer;
begin
    with size as (
        select s.timeline_rows
        from feed.delivery_settings as s
    ),
    long as (
        select t.owner_id
        from feed.timelines as t
        group by t.owner_id
        having count(*) > (select size.timeline_rows from size)
        limit batch
    ),
    cut as materialized (
        select long.owner_id, kept.post_id as floor_id
        from size
        cross join long
        cross join lateral (
            select t.post_id
            from feed.timelines as t
            where t.owner_id = long.owner_id
            order by t.post_id desc
            offset size.timeline_rows - 1
            limit 1
        ) as kept
    ),
    raised as (
        insert into feed.activity as a (user_id, floor_id)
        select cut.owner_id, cut.floor_id
        from cut
        inner join api.users as u on u.id = cut.owner_id
        order by cut.owner_id
        on conflict (user_id) do update set floor_id = excluded.floor_id
    )
    delete from feed.timelines as t
    using cut
    where t.owner_id = cut.owner_id and t.post_id < cut.floor_id;
    get diagnostics removed = row_count;
    return removed;
end
$$;
comment on function feed.trim_timelines(integer) is
'Cuts the timelines that have grown too long; gives the number of rows removed.';

create or replace function api.tg_users__seen() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into feed.activity (user_id)
    select u.id
    from added as u;
    return null;
end
$$;
comment on function api.tg_users__seen() is 'New users count as being there.';
create or replace trigger users_seen after insert on api.users
referencing new table as added for each statement execute function api.tg_users__seen();
