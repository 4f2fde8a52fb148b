-- Jobs: how they are queued, and buried when they have failed.

create or replace function ops.defer(queue text, task text, args jsonb) returns bigint
language sql
volatile
security definer
set search_path = ''
begin atomic
    select (
        procrastinate.procrastinate_defer_jobs_v1(
            array[
                row(
                    queue, task, 0, null, null,
                    jsonb_strip_nulls(
                        jsonb_build_object('request_id', nullif(current_setting('app.request_id', true), ''))
                    ) || args,
                    null
                )::procrastinate.procrastinate_job_to_defer_v1
            ]
        )
    )[1];
end;
comment on function ops.defer(text, text, jsonb) is
'Queues a job in the transaction of the caller, with the id of the request that causes it; gives the job''s number. For
triggers and definer functions: nobody else may.';

create or replace function ops.bury_job(job_id bigint, error text, traceback text) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    insert into ops.dead_letters (job_id, queue, task, args, attempts, error, traceback, request_id)
    select
        j.id,
        j.queue_name,
        j.task_name,
        j.args,
        j.attempts + 1,
        bury_job.error,
        bury_job.traceback,
        j.args ->> 'request_id'
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
        insert into ops.dead_letters (job_id, queue, task, args, attempts, error, request_id)
        select
            j.id,
            j.queue_name,
            j.task_name,
            j.args,
            j.attempts,
            'The worker died, or did not know the task.',
            j.args ->> 'request_id'
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
