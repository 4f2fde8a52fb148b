-- Counters: deltas are folded into sums, sums are checked against what they count.

-- Rows are locked in the order of their keys and the tables always in the same order, so that two folds never deadlock.
-- Two of whatever comes next have hot posts in common, and one waits for the other; two parts never have.
-- Each sum is joined once, by key: the planner takes an array for ten rows, and would compare all with all. Statistics of the
-- queue are of a moment at which it was empty, or not: without scans the plan is the same, whatever they say.
create or replace function ops.fold_part(part integer, batch integer default 20000) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
    deltas ops.counter_deltas[];
begin
    if part is null or pg_try_advisory_xact_lock(hashtext('ops.fold_part'), part) then
        with taken as (
            delete from ops.counter_deltas as d
            where d.ctid = any(array(
                select w.ctid
                from ops.counter_deltas as w
                where part is null or abs(hashint8(w.subject_id) % 4) = part
                order by w.id
                limit batch
                for update skip locked
            ))
            returning d.*
        )
        select array_agg(t) into deltas
        from taken as t;
        perform ops.add_deltas(deltas);
    end if;
    return coalesce(cardinality(deltas), 0);
end
$$;
comment on function ops.fold_part(integer, integer) is
'Adds one batch of counter deltas to the sums, of one of four parts (0 to 3) of what is counted, or of all (null); gives the
number of deltas taken, none where somebody else is at this part.';

create or replace function ops.fold_counters(batch integer default 20000) returns integer
language sql
volatile
security definer
set search_path = ''
return ops.fold_part(null, batch);
comment on function ops.fold_counters(integer) is
'Adds one batch of counter deltas to the sums; gives the number of deltas taken.';

create or replace function ops.add_deltas(deltas ops.counter_deltas[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    counted_users bigint[];
begin
    if deltas is null then
        return;
    end if;
    perform ops.add_to_post_stats(deltas);
    perform ops.add_to_comment_stats(deltas);
    perform feed.fold_feedback(deltas);
    perform feed.fold_affinity(deltas);
    perform ops.note_deltas(deltas);
    counted_users := ops.add_to_user_stats(deltas);
    perform feed.review_delivery(counted_users);
end
$$;
comment on function ops.add_deltas(ops.counter_deltas[]) is 'Adds these deltas to all that counts.';

create or replace function ops.add_to_post_stats(deltas ops.counter_deltas[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    with sums as (
        select
            d.subject_id,
            coalesce(sum(d.delta) filter (where d.counter = 'POST_LIKES'), 0) as likes,
            coalesce(sum(d.delta) filter (where d.counter = 'POST_COMMENTS'), 0) as comments,
            coalesce(sum(d.delta) filter (where d.counter = 'POST_SHARES'), 0) as shares,
            coalesce(sum(d.delta) filter (where d.counter = 'POST_SAVES'), 0) as saves,
            coalesce(sum(d.delta) filter (where d.counter = 'POST_VIEWS'), 0) as views,
            coalesce(sum(d.delta) filter (where d.counter = 'POST_REPOSTS'), 0) as reposts,
            coalesce(sum(d.delta) filter (where d.counter = 'POST_QUOTES'), 0) as quotes
        from unnest(deltas) as d
        where d.counter like 'POST%'
        group by d.subject_id
    ),
    locked as materialized (
        select sums.*
        from sums
        inner join api.post_stats as s on s.post_id = sums.subject_id
        order by s.post_id
        for update of s
    )
    update api.post_stats as s
    set
        likes_count = s.likes_count + locked.likes,
        comments_count = s.comments_count + locked.comments,
        shares_count = s.shares_count + locked.shares,
        saves_count = s.saves_count + locked.saves,
        views_count = s.views_count + locked.views,
        reposts_count = s.reposts_count + locked.reposts,
        quotes_count = s.quotes_count + locked.quotes
    from locked
    where s.post_id = locked.subject_id;
end;
comment on function ops.add_to_post_stats(ops.counter_deltas[]) is 'Adds deltas to the sums of posts.';

-- A comment's row is made here, at its first like or answer.
create or replace function ops.add_to_comment_stats(deltas ops.counter_deltas[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    with sums as (
        select
            d.subject_id,
            coalesce(sum(d.delta) filter (where d.counter = 'COMMENT_LIKES'), 0) as likes,
            coalesce(sum(d.delta) filter (where d.counter = 'COMMENT_REPLIES'), 0) as replies
        from unnest(deltas) as d
        where d.counter like 'COMMENT%'
        group by d.subject_id
    )
    insert into api.comment_stats as s (comment_id, post_id, likes_count, replies_count)
    select
        c.id,
        c.post_id,
        sums.likes,
        sums.replies
    from sums
    inner join api.comments as c on c.id = sums.subject_id
    order by c.id
    on conflict (comment_id) do update
    set
        likes_count = s.likes_count + excluded.likes_count,
        replies_count = s.replies_count + excluded.replies_count;
end;
comment on function ops.add_to_comment_stats(ops.counter_deltas[]) is 'Adds deltas to the sums of comments.';

create or replace function ops.add_to_user_stats(deltas ops.counter_deltas[]) returns bigint[]
language sql
volatile
set search_path = ''
begin atomic
    with sums as (
        select
            d.subject_id,
            coalesce(sum(d.delta) filter (where d.counter = 'USER_FOLLOWERS'), 0) as followers,
            coalesce(sum(d.delta) filter (where d.counter = 'USER_FOLLOWING'), 0) as following,
            coalesce(sum(d.delta) filter (where d.counter = 'USER_POSTS'), 0) as posts
        from unnest(deltas) as d
        where d.counter like 'USER%'
        group by d.subject_id
    ),
    locked as materialized (
        select sums.*
        from sums
        inner join api.user_stats as s on s.user_id = sums.subject_id
        order by s.user_id
        for update of s
    ),
    changed as (
        update api.user_stats as s
        set
            follower_count = s.follower_count + locked.followers,
            following_count = s.following_count + locked.following,
            post_count = s.post_count + locked.posts
        from locked
        where s.user_id = locked.subject_id
        returning s.user_id, locked.followers
    )
    select array_agg(c.user_id) filter (where c.followers <> 0)
    from changed as c;
end;
comment on function ops.add_to_user_stats(ops.counter_deltas[]) is
'Adds deltas to the sums of users; gives those whose number of followers changed.';

-- What the sums should be. A condition on the subject reaches the indexes of every table named here.
create or replace view ops.counter_facts with (security_invoker = true) as
select
    'POST_LIKES' as counter,
    r.post_id::bigint as subject_id,
    count(*) as total
from api.reactions as r
group by r.post_id
union all
select
    'POST_COMMENTS',
    c.post_id::bigint,
    count(*)
from api.comments as c
where c.deleted_at is null and c.state <> 'HELD'
group by c.post_id
union all
select
    'POST_COMMENTS',
    w.post_id::bigint,
    -count(*)
from api.withheld_comments as w
group by w.post_id
union all
select
    'POST_SHARES',
    s.post_id::bigint,
    count(*)
from api.shares as s
group by s.post_id
union all
select
    'POST_SAVES',
    s.post_id::bigint,
    count(*)
from api.saves as s
group by s.post_id
union all
select
    'POST_VIEWS',
    v.post_id::bigint,
    count(*)
from api.views as v
group by v.post_id
union all
select
    'COMMENT_LIKES',
    l.comment_id::bigint,
    count(*)
from api.comment_likes as l
group by l.comment_id
union all
select
    'COMMENT_REPLIES',
    c.parent_id::bigint,
    count(*)
from api.comments as c
where c.parent_id is not null and c.deleted_at is null and c.state <> 'HELD'
group by c.parent_id
union all
select
    'COMMENT_REPLIES',
    w.parent_id::bigint,
    -count(*)
from api.withheld_comments as w
where w.parent_id is not null
group by w.parent_id
union all
select
    'USER_FOLLOWERS',
    f.followee_id::bigint,
    count(*)
from api.follows as f
group by f.followee_id
union all
select
    'USER_FOLLOWING',
    f.follower_id::bigint,
    count(*)
from api.follows as f
group by f.follower_id
union all
select
    'USER_POSTS',
    p.author_id::bigint,
    count(*)
from api.posts as p
where ops.is_counted(p)
group by p.author_id
union all
select
    'POST_QUOTES',
    p.quoted_post_id::bigint,
    count(*)
from api.posts as p
where p.quoted_post_id is not null and ops.is_counted(p)
group by p.quoted_post_id
union all
select
    'POST_REPOSTS',
    r.post_id::bigint,
    count(*)
from api.reposts as r
group by r.post_id
union all
select
    'POST_HIDES',
    f.post_id::bigint,
    count(*)
from api.post_feedback as f
where f.kind <> 'MORE_LIKE_THIS'
group by f.post_id
union all
select
    'POST_REPORTS',
    r.subject_id::bigint,
    count(*)
from api.reports as r
where r.subject_type = 'POST' and r.state <> 'DISMISSED'
group by r.subject_id;
comment on view ops.counter_facts is 'What is counted, counted anew.';

create or replace view ops.counter_sums with (security_invoker = true) as
select
    c.counter,
    s.post_id::bigint as subject_id,
    c.total
from api.post_stats as s
cross join lateral (
    values
        ('POST_LIKES', s.likes_count::bigint), ('POST_COMMENTS', s.comments_count), ('POST_SHARES', s.shares_count),
        ('POST_SAVES', s.saves_count), ('POST_VIEWS', s.views_count), ('POST_REPOSTS', s.reposts_count),
        ('POST_QUOTES', s.quotes_count)
) as c (counter, total)
union all
select
    c.counter,
    s.comment_id::bigint,
    c.total
from api.comment_stats as s
cross join lateral (
    values ('COMMENT_LIKES', s.likes_count::bigint), ('COMMENT_REPLIES', s.replies_count)
) as c (counter, total)
union all
select
    c.counter,
    s.user_id::bigint,
    c.total
from api.user_stats as s
cross join lateral (
    values
        ('USER_FOLLOWERS', s.follower_count::bigint), ('USER_FOLLOWING', s.following_count),
        ('USER_POSTS', s.post_count)
) as c (counter, total)
union all
select
    c.counter,
    s.post_id,
    c.total
from feed.post_signals as s
cross join lateral (
    values ('POST_HIDES', s.hides::bigint), ('POST_REPORTS', s.reports)
) as c (counter, total)
union all
select
    d.counter::text,
    d.subject_id,
    d.delta::bigint
from ops.counter_deltas as d;
comment on view ops.counter_sums is 'What has been counted: the sums that clients read, and the deltas that are not in them yet.';

-- One statement sees one moment, whoever writes and folds meanwhile: the difference is the same before and after a fold.
create or replace view ops.counter_drift with (security_invoker = true) as
select
    d.counter,
    d.subject_id,
    sum(d.total)::bigint as drift
from (
    select
        f.counter,
        f.subject_id,
        f.total
    from ops.counter_facts as f
    union all
    select
        s.counter,
        s.subject_id,
        -s.total
    from ops.counter_sums as s
) as d
group by d.counter, d.subject_id
having sum(d.total) <> 0;
comment on view ops.counter_drift is 'By how much counters are short of what they count. No rows: all is exact.';

create or replace function ops.recount(subject_ids bigint[] default null) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    repaired integer;
begin
    if subject_ids is null then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select d.counter, d.subject_id, d.drift
        from ops.counter_drift as d;
    else
        insert into ops.counter_deltas (counter, subject_id, delta)
        select d.counter, d.subject_id, d.drift
        from ops.counter_drift as d
        where d.subject_id = any(subject_ids);
    end if;
    get diagnostics repaired = row_count;
    return repaired;
end
$$;
comment on function ops.recount(bigint[]) is
'Counts anew for these posts, comments and users, or for all, and repairs what differs by deltas; gives the number of
counters repaired.';
