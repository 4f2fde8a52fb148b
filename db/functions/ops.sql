create or replace function ops.defer(queue text, task text, args jsonb) returns bigint
language sql
volatile
security definer
set search_path = ''
begin atomic
    select (
        procrastinate.procrastinate_defer_jobs_v1(
            array[row(queue, task, 0, null, null, args, null)::procrastinate.procrastinate_job_to_defer_v1]
        )
    )[1];
end;
comment on function ops.defer(text, text, jsonb) is
'Queues a job in the transaction of the caller; gives its number. For triggers and definer functions: nobody else may.';

-- Rows are locked in the order of their keys and the tables always in the same order, so that two folds never deadlock.
create or replace function ops.fold_counters(batch integer default 20000) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    deltas ops.counter_deltas[];
    counted_users bigint[];
begin
    with taken as (
        delete from ops.counter_deltas as d
        where d.id in (
            select w.id
            from ops.counter_deltas as w
            order by w.id
            limit batch
            for update skip locked
        )
        returning d.*
    )
    select array_agg(t) into deltas
    from taken as t;
    if deltas is null then
        return 0;
    end if;
    perform ops.add_to_post_stats(deltas);
    counted_users := ops.add_to_user_stats(deltas);
    perform feed.review_delivery(counted_users);
    return cardinality(deltas);
end
$$;
comment on function ops.fold_counters(integer) is
'Adds one batch of counter deltas to the sums; gives the number of deltas taken.';

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
        select s.post_id
        from api.post_stats as s
        where s.post_id in (select sums.subject_id from sums)
        order by s.post_id
        for update
    )
    update api.post_stats as s
    set
        likes_count = s.likes_count + sums.likes,
        comments_count = s.comments_count + sums.comments,
        shares_count = s.shares_count + sums.shares,
        saves_count = s.saves_count + sums.saves,
        views_count = s.views_count + sums.views,
        reposts_count = s.reposts_count + sums.reposts,
        quotes_count = s.quotes_count + sums.quotes
    from locked
    inner join sums on sums.subject_id = locked.post_id
    where s.post_id = locked.post_id;
end;
comment on function ops.add_to_post_stats(ops.counter_deltas[]) is 'Adds deltas to the sums of posts.';

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
        select s.user_id
        from api.user_stats as s
        where s.user_id in (select sums.subject_id from sums)
        order by s.user_id
        for update
    ),
    changed as (
        update api.user_stats as s
        set
            follower_count = s.follower_count + sums.followers,
            following_count = s.following_count + sums.following,
            post_count = s.post_count + sums.posts
        from locked
        inner join sums on sums.subject_id = locked.user_id
        where s.user_id = locked.user_id
        returning s.user_id, sums.followers
    )
    select array_agg(c.user_id) filter (where c.followers <> 0)
    from changed as c;
end;
comment on function ops.add_to_user_stats(ops.counter_deltas[]) is
'Adds deltas to the sums of users; gives those whose number of followers changed.';

create or replace function ops.bury_job(job_id bigint, error text, traceback text) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    insert into ops.dead_letters (job_id, queue, task, args, attempts, error, traceback)
    select j.id, j.queue_name, j.task_name, j.args, j.attempts + 1, bury_job.error, bury_job.traceback
    from procrastinate.procrastinate_jobs as j
    where j.id = bury_job.job_id
    on conflict (job_id) do update
    set
        attempts = excluded.attempts,
        error = excluded.error,
        traceback = excluded.traceback,
        failed_at = now(),
        resolved_at = null
    returning true;
end;
comment on function ops.bury_job(bigint, text, text) is 'Copies a job that has had its last attempt to the dead letters.';

create or replace function ops.bury_failed_jobs() returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with buried as (
        insert into ops.dead_letters (job_id, queue, task, args, attempts, error)
        select j.id, j.queue_name, j.task_name, j.args, j.attempts, 'The worker died, or did not know the task.'
        from procrastinate.procrastinate_jobs as j
        where j.status = 'failed'
        on conflict (job_id) do nothing
        returning job_id
    )
    select count(*)
    from buried;
end;
comment on function ops.bury_failed_jobs() is
'Copies failed jobs that no worker has buried to the dead letters; gives their number.';
