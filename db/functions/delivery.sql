-- How posts get into timelines, and out of them. Timelines decide nothing: what a feed shows is checked again when it is read.
--
-- The row of a timeline with post 0 is its promise: of everybody whom the owner follows, and whose posts are delivered, each
-- post from floor_id on is in the timeline or in feed.undelivered (but for those of the muted for good, and private ones).
-- Who may see a post plays no part in it: audiences change without a delivery. It holds whatever runs at once:
--
-- 1. A post comes into feed.undelivered in the transaction that publishes it, or shows it again, and leaves in that which
--    has delivered it. feed.fan_out holds the post's row meanwhile: a change is seen, or comes after with a row of its own.
-- 2. Who begins to follow fills the timeline under a lock on the author that feed.fan_out takes alone. If a delivery held it
--    before, its post was there to be filled in; if it comes after, it sees the follower. The same holds for the unmuted.
--    feed.review_delivery, too, takes the lock alone: followers whom it doesn't see see that the author is delivered again.
-- 3. feed.rebuild_timeline promises while it holds the owner's row alone, which everybody who fills shares: they are seen, or
--    see the promise. What is published meanwhile is delivered, for deliveries ask for no promise.
-- 4. Who takes rows away takes the promise away, or raises its floor, in the same transaction. TRUNCATE, which snapshots don't
--    keep out, takes the promise with the rows because it is one of them.

create or replace function feed.lock_authors(authors bigint[], is_alone boolean) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    lock_id integer;
begin
    for lock_id in select distinct hashint8(a.id) as lock_id from unnest(authors) as a (id) order by lock_id loop
        if is_alone then
            perform pg_advisory_xact_lock(hashtext('feed.timelines'), lock_id);
        else
            perform pg_advisory_xact_lock_shared(hashtext('feed.timelines'), lock_id);
        end if;
    end loop;
end
$$;
comment on function feed.lock_authors(bigint[], boolean) is
'Holds off deliveries of these authors'' posts until the transaction ends; alone, also whoever fills timelines with them.';

-- Followers are taken by key, so that each statement begins where the one before ended, whoever follows meanwhile.
create or replace function feed.fan_out(post_id bigint) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    page_size constant integer := (select s.page_rows from feed.delivery_settings as s);
    author constant bigint := (select p.author_id from api.posts as p where p.id = fan_out.post_id);
    last_follower bigint := 0;
    page_rows integer := page_size;
    new_rows integer;
    delivered integer := 0;
begin
    perform feed.lock_authors(array[author], true);
    perform
    from api.posts as p
    where
        p.id = fan_out.post_id and p.deleted_at is null and p.visibility <> 'PRIVATE'
        and feed.is_current(p.archived_at, p.expires_at, p.is_highlighted)
        and not exists (select from feed.pulled_authors as a where a.author_id = p.author_id)
    for share;
    while found and page_rows = page_size loop
        with page as materialized (
            select f.follower_id
            from api.follows as f
            where f.followee_id = author and f.follower_id > last_follower
            order by f.follower_id
            limit page_size
        ),
        added as (
            insert into feed.timelines (owner_id, post_id, author_id)
            select p.follower_id, fan_out.post_id, author
            from page as p
            left join feed.activity as a on a.user_id = p.follower_id
            where a.resting_since is null
            on conflict do nothing
            returning owner_id
        )
        select
            (select count(*) from page),
            (select max(p.follower_id) from page as p),
            (select count(*) from added)
        into page_rows, last_follower, new_rows;
        delivered := delivered + new_rows;
    end loop;
    delete from feed.undelivered as u where u.post_id = fan_out.post_id;
    return delivered;
end
$$;
comment on function feed.fan_out(bigint) is
'Puts a post into its active followers'' timelines as the post is now; gives the number that did not have it yet.';

-- Of an author with more posts than are filled in, the older ones stay out, so the promise begins after them.
create or replace function feed.fill_timelines(owners bigint[], authors bigint[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform ops.share_people(owners);
    perform feed.lock_authors(authors, false);
    with filled as (
        select
            pair.owner_id,
            pair.author_id,
            newest.id
        from unnest(owners, authors) as pair (owner_id, author_id)
        inner join api.follows as f on f.follower_id = pair.owner_id and f.followee_id = pair.author_id
        inner join feed.timelines as t on t.owner_id = pair.owner_id and t.post_id = 0
        cross join lateral (
            select p.id
            from api.posts as p
            where
                p.author_id = pair.author_id and p.deleted_at is null and p.visibility <> 'PRIVATE'
                and p.id >= t.floor_id
            order by p.id desc
            limit (select s.filled_rows from feed.delivery_settings as s)
        ) as newest
        where not exists (select from feed.pulled_authors as w where w.author_id = pair.author_id)
    ),
    added as (
        insert into feed.timelines (owner_id, post_id, author_id)
        select f.owner_id, f.id, f.author_id
        from filled as f
        on conflict (owner_id, post_id) do nothing
    ),
    ended as (
        select c.owner_id, max(c.floor_id) as floor_id
        from (
            select f.owner_id, min(f.id) as floor_id
            from filled as f
            group by f.owner_id, f.author_id
            having count(*) = (select s.filled_rows from feed.delivery_settings as s)
        ) as c
        group by c.owner_id
    )
    update feed.timelines as t
    set floor_id = greatest(t.floor_id, e.floor_id)
    from ended as e
    where t.owner_id = e.owner_id and t.post_id = 0;
end
$$;
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
    demoted constant bigint[] := array(
        select a.author_id
        from feed.pulled_authors as a
        inner join api.user_stats as u on u.user_id = a.author_id
        cross join feed.delivery_settings as s
        where a.author_id = any(author_ids) and u.follower_count < s.pushed_below
    );
    owners bigint[];
    authors bigint[];
begin
    insert into feed.pulled_authors (author_id)
    select u.user_id
    from api.user_stats as u
    cross join feed.delivery_settings as s
    where u.user_id = any(author_ids) and u.follower_count >= s.pulled_from
    on conflict (author_id) do nothing;
    perform feed.lock_authors(demoted, true);
    delete from feed.pulled_authors as a where a.author_id = any(demoted);
    select array_agg(f.follower_id), array_agg(f.followee_id) into owners, authors
    from api.follows as f
    where f.followee_id = any(demoted);
    perform feed.fill_timelines(owners, authors);
end
$$;
comment on function feed.review_delivery(bigint[]) is
'Decides anew whether the posts of these authors are delivered or fetched.';

-- A post that was private, archived or over may not have been delivered; delivering it twice adds nothing.
create or replace function api.tg_posts__deliver_again() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into feed.undelivered (post_id, author_id)
    values (new.id, new.author_id)
    on conflict do nothing;
    perform ops.defer('post.created', 'fanout.deliver', jsonb_build_object('post_id', new.id));
    return null;
end
$$;
comment on function api.tg_posts__deliver_again() is 'Delivers a post that is shown again.';
create or replace trigger posts_deliver_again
after update of visibility, archived_at, deleted_at, expires_at, is_highlighted on api.posts
for each row
when (
    new.deleted_at is null and new.archived_at is null and new.visibility <> 'PRIVATE'
    and (
        old.visibility = 'PRIVATE' or old.archived_at is not null or old.deleted_at is not null
        or old.expires_at is distinct from new.expires_at or (new.is_highlighted and not old.is_highlighted)
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
    using (
        select d.owner_id, d.post_id
        from changed as m
        inner join feed.timelines as d on d.owner_id = m.muter_id and d.author_id = m.muted_id
        where m.scope <> 'NOTIFICATIONS' and m.expires_at is null
        for update of d skip locked
    ) as left_over
    where t.owner_id = left_over.owner_id and t.post_id = left_over.post_id;
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

-- The row of who is there is held, too: a rest that begins meanwhile sees the promise, and takes it away.
create or replace function feed.rebuild_timeline(user_id bigint) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    size constant integer := (select s.rebuilt_rows from feed.delivery_settings as s);
    filled integer;
begin
    perform ops.part_people(array[user_id]);
    perform from feed.activity as a where a.user_id = rebuild_timeline.user_id for share;
    if
        exists (
            select from feed.activity as a
            where a.user_id = rebuild_timeline.user_id and a.resting_since is not null
        )
        or exists (select from feed.timelines as t where t.owner_id = rebuild_timeline.user_id and t.post_id = 0)
    then
        return 0;
    end if;
    with newest as materialized (
        select p.id, p.author_id
        from api.follows as f
        cross join lateral (
            select p.id, p.author_id
            from api.posts as p
            where p.author_id = f.followee_id and p.deleted_at is null and p.visibility <> 'PRIVATE'
            order by p.id desc
            limit size
        ) as p
        where
            f.follower_id = rebuild_timeline.user_id
            and not exists (select from feed.pulled_authors as w where w.author_id = f.followee_id)
        order by p.id desc
        limit size
    ),
    promised as (
        insert into feed.timelines (owner_id, post_id, author_id, floor_id)
        select rebuild_timeline.user_id, 0, 0, case when count(*) < size then 0 else min(n.id) end
        from newest as n
    ),
    added as (
        insert into feed.timelines (owner_id, post_id, author_id)
        select rebuild_timeline.user_id, n.id, n.author_id
        from newest as n
        on conflict (owner_id, post_id) do nothing
        returning post_id
    )
    select count(*) into filled
    from added;
    return filled;
end
$$;
comment on function feed.rebuild_timeline(bigint) is
'Fills a timeline that promises nothing with the newest posts, unless it rests; gives the number of posts.';

create or replace function feed.timelines_to_rebuild(batch integer default 1000) returns setof bigint
language sql
stable
security definer
set search_path = ''
rows 1000
begin atomic
    select a.user_id
    from feed.activity as a
    where
        a.resting_since is null
        and (select true from feed.timelines as t where t.owner_id = a.user_id and t.post_id = 0) is null
    order by a.seen_at desc
    limit batch;
end;
comment on function feed.timelines_to_rebuild(integer) is
'Whose timelines promise nothing although they are there, as after a TRUNCATE; those seen last come first.';

-- In two statements: the second sees the promises of rebuilds that the first has waited for.
create or replace function feed.rest_timelines(batch integer default 1000) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    idle bigint[];
begin
    with rested as (
        update feed.activity as a
        set resting_since = now()
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
    )
    select array_agg(r.user_id) into idle
    from rested as r;
    delete from feed.timelines as t where t.owner_id = any(idle);
    return coalesce(cardinality(idle), 0);
end
$$;
comment on function feed.rest_timelines(integer) is
'Empties the timelines of people not seen for a week, to whom nothing is delivered from now on; gives their number.';

-- An index-only pass over the keys finds who has too many. Where nothing is promised nothing is cut: a rebuild at the same
-- moment may be about to promise it.
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
        having count(*) > (select size.timeline_rows from size) + 1 and min(t.post_id) = 0
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
        update feed.timelines as t
        set floor_id = greatest(t.floor_id, cut.floor_id)
        from cut
        where t.owner_id = cut.owner_id and t.post_id = 0
        returning t.owner_id, cut.floor_id
    )
    delete from feed.timelines as t
    using raised as r
    where t.owner_id = r.owner_id and t.post_id > 0 and t.post_id < r.floor_id;
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
    insert into feed.timelines (owner_id, post_id, author_id, floor_id)
    select u.id, 0, 0, 0
    from added as u
    on conflict do nothing;
    return null;
end
$$;
comment on function api.tg_users__seen() is
'New users count as being there; who follows nobody has a timeline that misses nothing.';
create or replace trigger users_seen after insert on api.users
referencing new table as added for each statement execute function api.tg_users__seen();
