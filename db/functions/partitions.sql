-- Attaching a table that stands ready takes a weaker lock than creating it in place: readers and writers carry on.
create or replace function ops.add_partitions(months integer default 3, first_month date default null) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    wanted record;
    made integer := 0;
begin
    perform pg_advisory_xact_lock(hashtext('ops.add_partitions'));
    for wanted in
        select
            parent.oid::regclass as parent,
            format('%s_%s', parent.relname, to_char(month.starts, 'YYYY_MM')) as leaf,
            api.id_at(month.starts at time zone 'UTC') as low,
            api.id_at((month.starts + interval '1 month') at time zone 'UTC') as high
        from pg_catalog.pg_partitioned_table as partitioned
        inner join pg_catalog.pg_class as parent on parent.oid = partitioned.partrelid
        cross join generate_series(
            date_trunc('month', coalesce(first_month, now() at time zone 'UTC' - interval '1 month')),
            date_trunc('month', now() at time zone 'UTC' + make_interval(months => months)),
            interval '1 month'
        ) as month (starts)
        where partitioned.partstrat = 'r' and parent.relnamespace = 'api'::regnamespace
        order by parent.relname, month.starts
    loop
        continue when to_regclass(format('partitions.%I', wanted.leaf)) is not null;
        execute format('create table partitions.%I (like %s including all)', wanted.leaf, wanted.parent);
        execute format('alter table partitions.%I enable row level security', wanted.leaf);
        execute format('alter table partitions.%I force row level security', wanted.leaf);
        execute format(
            'alter table %s attach partition partitions.%I for values from (%s) to (%s)',
            wanted.parent, wanted.leaf, wanted.low, wanted.high
        );
        made := made + 1;
    end loop;
    return made;
end
$$;
comment on function ops.add_partitions(integer, date) is
'Makes the monthly partitions that are missing, from the month before this one (or the month given) to so many months
ahead; gives the number made. Fails when the default partition holds rows of a month to be made.';

select ops.add_partitions();
