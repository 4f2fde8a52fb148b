create or replace function ops.check_jobs()
returns table (workers bigint, waiting bigint, oldest_seconds double precision)
language sql
stable
security definer
set search_path = ''
begin atomic
    select
        (
            select count(*)
            from procrastinate.procrastinate_workers as w
            where w.last_heartbeat > now() - interval '30 seconds'
        ),
        count(*),
        coalesce(extract(epoch from now() - min(e.at)), 0)::double precision
    from procrastinate.procrastinate_jobs as j
    inner join procrastinate.procrastinate_events as e on e.job_id = j.id and e.type = 'deferred'
    where j.status = 'todo' and coalesce(j.scheduled_at, now()) <= now();
end;
comment on function ops.check_jobs() is
'How many workers have shown themselves in the last half minute, and how many jobs are due since when.';
