-- `like ... including all` leaves out what the planner was told of columns.
create or replace function ops.copy_column_options(parent regclass, leaf text) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    told record;
begin
    for told in
        select
            a.attname,
            array_to_string(a.attoptions, ', ') as options
        from pg_catalog.pg_attribute as a
        where a.attrelid = parent and a.attoptions is not null
    loop
        execute format('alter table partitions.%I alter column %I set (%s)', leaf, told.attname, told.options);
    end loop;
end
$$;
comment on function ops.copy_column_options(regclass, text) is 'Tells the planner of a leaf''s columns what it knows of the table''s.';

-- Leaves in order: <table>_past, one per month, <table>_future. The future leaf must be empty when its bound moves: rows
-- that others refer to can't change leaves. The months ahead see to it that it is. Where it is not, the table stays as it
-- is: neither the months of the others nor a deployment wait for it, and the gauge FUTURE_ROWS tells.
create or replace function ops.add_months(parent regclass, months integer) returns integer
language plpgsql
volatile
set search_path = ''
set lock_timeout = '2s'
as $$
declare
    base constant text := (select c.relname from pg_catalog.pg_class as c where c.oid = parent);
    starts bigint;
    is_used boolean;
    wanted record;
    made integer := 0;
begin
    execute format('select exists (select from partitions.%I)', base || '_future') into is_used;
    if is_used then
        return 0;
    end if;
    select (regexp_match(pg_get_expr(c.relpartbound, c.oid), '\(''?(\d+)''?\) TO'))[1]::bigint into strict starts
    from pg_catalog.pg_class as c
    where c.relnamespace = 'partitions'::regnamespace and c.relname = base || '_future';
    for wanted in
        select
            base || case when month.low = 0 then '_past' else to_char(month.opens, '_YYYY_MM') end as leaf,
            month.low,
            month.high
        from (
            select
                m.opens,
                case when starts = 0 and m.opens = min(m.opens) over () then 0 else api.id_at(m.opens) end as low,
                api.id_at((m.opens at time zone 'UTC' + interval '1 month') at time zone 'UTC') as high
            from ops.months_between(
                case when starts = 0 then now() - interval '1 month' else api.time_of_id(starts) end,
                now() + make_interval(months => months)
            ) as m (opens)
        ) as month
        where month.low >= starts
        order by month.low
    loop
        if made = 0 then
            execute format('alter table %s detach partition partitions.%I', parent, base || '_future');
        end if;
        execute format('create table partitions.%I (like %s including all)', wanted.leaf, parent);
        perform ops.copy_column_options(parent, wanted.leaf);
        execute format('alter table partitions.%I enable row level security', wanted.leaf);
        execute format('alter table partitions.%I force row level security', wanted.leaf);
        execute format(
            'alter table %s attach partition partitions.%I for values from (%s) to (%s)',
            parent, wanted.leaf, wanted.low, wanted.high
        );
        starts := wanted.high;
        made := made + 1;
    end loop;
    if made > 0 then
        execute format(
            'alter table %s attach partition partitions.%I for values from (%s) to (maxvalue)',
            parent, base || '_future', starts
        );
    end if;
    return made;
end
$$;
comment on function ops.add_months(regclass, integer) is
'Adds the monthly leaves that one table lacks, up to so many months ahead; gives the number made, 0 where the last leaf is in use.';

create or replace function ops.months_between(first_moment timestamptz, last_moment timestamptz)
returns setof timestamptz
language sql
stable
rows 5
begin atomic
    select m.opens at time zone 'UTC'
    from generate_series(
        date_trunc('month', first_moment at time zone 'UTC'),
        date_trunc('month', last_moment at time zone 'UTC'),
        interval '1 month'
    ) as m (opens);
end;
comment on function ops.months_between(timestamptz, timestamptz) is
'The first moment of each month, by UTC, from the month of one moment to that of another.';

-- Each table is locked against everybody until the transaction ends: jobs do one in each.
create or replace function ops.add_partitions(months integer default 3, tables integer default 1000) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    parent regclass;
    made integer;
    all_made integer := 0;
begin
    perform pg_advisory_xact_lock(hashtext('ops.add_partitions'));
    for parent in
        select c.oid
        from pg_catalog.pg_partitioned_table as p
        inner join pg_catalog.pg_class as c on c.oid = p.partrelid
        where p.partstrat = 'r' and c.relnamespace in ('api'::regnamespace, 'ops'::regnamespace)
    loop
        made := ops.add_months(parent, months);
        all_made := all_made + made;
        tables := tables - (made > 0)::integer;
        exit when tables = 0;
    end loop;
    return all_made;
end
$$;
comment on function ops.add_partitions(integer, integer) is
'Makes the monthly partitions that are missing, up to so many months ahead, of so many tables; gives the number made.';

select ops.add_partitions();
