-- read_privileges: what role $1 may touch in the schemas $2 (text[]), as one JSON document
with exposed as (
    select n.oid, n.nspname
    from pg_catalog.pg_namespace as n
    where n.nspname = any($2::text[]) and pg_catalog.has_schema_privilege($1::name, n.oid, 'usage')
),
tables as (
    select json_build_object(
        'schema', e.nspname,
        'name', c.relname,
        'select', coalesce(json_agg(a.attname)
            filter (where pg_catalog.has_column_privilege($1::name, c.oid, a.attnum, 'select')), '[]'),
        'insert', coalesce(json_agg(a.attname)
            filter (where pg_catalog.has_column_privilege($1::name, c.oid, a.attnum, 'insert')), '[]'),
        'update', coalesce(json_agg(a.attname)
            filter (where pg_catalog.has_column_privilege($1::name, c.oid, a.attnum, 'update')), '[]'),
        'delete', pg_catalog.has_table_privilege($1::name, c.oid, 'delete')
    ) as document
    from pg_catalog.pg_class as c
    inner join exposed as e on e.oid = c.relnamespace
    inner join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    group by e.nspname, c.oid, c.relname
)
select json_build_object(
    'tables', (select coalesce(json_agg(t.document), '[]') from tables as t),
    'functions', (
        select coalesce(json_agg(p.oid::bigint), '[]')
        from pg_catalog.pg_proc as p
        inner join exposed as e on e.oid = p.pronamespace
        where pg_catalog.has_function_privilege($1::name, p.oid, 'execute')
    )
)::text
