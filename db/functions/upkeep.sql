-- Measures that operators are to know of, and what is over.

create or replace function ops.set_gauge(name text, value bigint) returns bigint
language sql
volatile
set search_path = ''
begin atomic
    insert into ops.gauges as g (name, value)
    values (name, value)
    on conflict (name) do update set value = excluded.value, measured_at = now()
    returning g.value;
end;
comment on function ops.set_gauge(text, bigint) is 'Notes a measure; gives it.';

create or replace function ops.count_future_rows() returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    leaf regclass;
    found bigint;
    total bigint := 0;
begin
    for leaf in
        select c.oid::regclass
        from pg_catalog.pg_class as c
        where c.relnamespace = 'partitions'::regnamespace and c.relkind = 'r' and c.relname like '%\_future'
    loop
        execute format('select count(*) from (select from %s limit 1000) as first', leaf) into found;
        total := total + found;
    end loop;
    return ops.set_gauge('FUTURE_ROWS', total);
end
$$;
comment on function ops.count_future_rows() is
'How many rows, counted up to a thousand for each table, lie beyond the months that have partitions. There should be none.';

create or replace function ops.count_drift() returns bigint
language sql
volatile
security definer
set search_path = ''
begin atomic
    select ops.set_gauge('COUNTER_DRIFT', count(*))
    from ops.counter_drift;
end;
comment on function ops.count_drift() is 'How many counters are not what they count. There should be none.';

create or replace function ops.count_open_reports() returns bigint
language sql
volatile
security definer
set search_path = ''
begin atomic
    select ops.set_gauge('OPEN_REPORTS', count(*))
    from api.reports as r
    where r.state = 'OPEN';
end;
comment on function ops.count_open_reports() is 'How many reports wait for a moderator.';

create or replace function ops.measure_analytics() returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    since timestamptz;
begin
    perform ops.set_gauge('ANALYTICS_UNSENT_BATCHES', count(*))
    from ops.analytics_batches as b
    where b.state = 'SEALED';
    select least(
        (select min(b.oldest_at) from ops.analytics_batches as b where b.state = 'SEALED'),
        (
            select e.occurred_at
            from ops.analytics_events as e
            where (e.written_in, e.id) > (p.written_in, p.event_id) and e.id > p.floor_id
            order by e.written_in, e.id
            limit 1
        ),
        p.views_until + interval '31 minutes'
    ) into strict since
    from ops.analytics_progress as p
    where p.reader = 'EXPORT';
    return ops.set_gauge('ANALYTICS_LAG_SECONDS', greatest(0, extract(epoch from now() - since)::bigint));
end
$$;
comment on function ops.measure_analytics() is
'By how many seconds the analytics store is behind; views count from when their half hour is over.';

-- The place for pacing, called every minute, and empty until there are campaigns: docs/reference/ads.md says what goes here.
create or replace function ops.pace_ads() returns integer
language sql
volatile
security definer
set search_path = ''
return 0;
comment on function ops.pace_ads() is 'Does nothing: there are no campaigns. The place where their spending is spread over the day; gives the number of campaigns.';

create or replace function ops.remove_old_sessions(batch integer default 5000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with old as (
        delete from auth.sessions as s
        where s.id in (
            select o.id
            from auth.sessions as o
            where least(o.ends_at, o.expires_at, o.revoked_at) < now() - interval '30 days'
            limit batch
            for update skip locked
        )
        returning s.id
    )
    select count(*)
    from old;
end;
comment on function ops.remove_old_sessions(integer) is
'Removes sessions that ended a month ago; the audit trail keeps them. Gives their number.';

create or replace function ops.look_for_uploads(batch integer default 1000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with looked_for as (
        select ops.defer('media', 'media.accept', jsonb_build_object('media_id', m.id)) as job_id
        from (
            select m.id
            from api.media as m
            where
                m.status in ('requested', 'uploaded') and m.expires_at < now() - interval '1 hour'
                and not exists (
                    select from procrastinate.procrastinate_jobs as j
                    where
                        j.status in ('todo', 'doing') and j.task_name = 'media.accept'
                        and j.args -> 'media_id' = to_jsonb(m.id)
                )
            order by m.id
            limit batch
        ) as m
    )
    select count(*)
    from looked_for;
end;
comment on function ops.look_for_uploads(integer) is
'Has uploads looked at again whose jobs are lost, so that they are published or end; gives their number.';

-- The posts are held, so that one that is shown again meanwhile is delivered after; one that is being changed is left alone.
create or replace function feed.drop_expired(batch integer default 1000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with expired as materialized (
        select p.id, p.author_id
        from api.posts as p
        where
            p.id >= api.id_at(now() - interval '2 days') and not p.is_highlighted
            and p.expires_at between now() - interval '3 hours' and now()
        order by p.expires_at
        limit batch
        for share skip locked
    ),
    dropped as (
        delete from feed.timelines as t
        using expired as e
        inner join api.follows as f on f.followee_id = e.author_id
        where t.owner_id = f.follower_id and t.post_id = e.id
        returning t.post_id
    )
    select count(*)
    from dropped;
end;
comment on function feed.drop_expired(integer) is
'Takes stories that ended in the last hours out of timelines, where nobody sees them; gives the number of rows.';
