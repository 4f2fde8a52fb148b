-- describe_schema: schema $1 as one JSON document: all of it where $2 is 'true', else what the current role may touch
with exposed as (
    select n.oid, n.nspname
    from pg_catalog.pg_namespace as n
    where n.nspname = $1::text
),
tables as (
    select json_build_object(
        'name', c.relname,
        'comment', pg_catalog.obj_description(c.oid, 'pg_class'),
        'columns', (
            select coalesce(json_agg(json_build_object(
                'name', a.attname,
                'comment', pg_catalog.col_description(c.oid, a.attnum),
                'nullable', not (a.attnotnull or (t.typtype = 'd' and t.typnotnull)),
                'type', case
                    when b.typnamespace = 'pg_catalog'::regnamespace then pg_catalog.format_type(b.oid, null)
                    else s.type
                end,
                'default', case
                    when a.attidentity <> '' or a.attgenerated <> '' then null
                    when t.typtype = 'd' and d.adbin is null then t.typdefault
                    else pg_catalog.pg_get_expr(d.adbin, d.adrelid)
                end,
                'max_length', case
                    when b.oid in ('bpchar'::regtype, 'varchar'::regtype) and m.modifier >= 4 then m.modifier - 4
                end,
                'enum', (
                    select coalesce(json_agg(e.enumlabel order by e.enumsortorder), '[]')
                    from pg_catalog.pg_enum as e
                    where e.enumtypid = b.oid
                )
            ) order by a.attnum), '[]')
            from pg_catalog.pg_attribute as a
            inner join pg_catalog.pg_type as t on t.oid = a.atttypid
            left outer join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
            cross join lateral (
                with recursive bases (type, modifier) as (
                    select t.oid, a.atttypmod
                    union all
                    select y.typbasetype, y.typtypmod
                    from bases as x
                    inner join pg_catalog.pg_type as y on y.oid = x.type
                    where y.typtype = 'd'
                )
                select x.type, x.modifier
                from bases as x
                inner join pg_catalog.pg_type as y on y.oid = x.type
                where y.typtype <> 'd'
            ) as m
            inner join pg_catalog.pg_type as b on b.oid = m.type
            inner join pg_catalog.pg_type as shown on shown.oid = case when t.typtype = 'd' then t.oid else b.oid end
            inner join pg_catalog.pg_type as item
                on item.oid = case
                    when shown.typcategory = 'A' and shown.typelem <> 0 then shown.typelem
                    else shown.oid
                end
            inner join pg_catalog.pg_namespace as n on n.oid = item.typnamespace
            cross join lateral (
                select case
                    when n.nspname = 'pg_catalog' then pg_catalog.format_type(shown.oid, null)
                    else pg_catalog.format('%I.%I', n.nspname, item.typname)
                        || case when item.oid <> shown.oid then '[]' else '' end
                end as type
            ) as s
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        )
    ) as document,
    c.relname
    from pg_catalog.pg_class as c
    inner join exposed as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
        and not c.relispartition
        and (
            $2::boolean
            or pg_catalog.pg_has_role(c.relowner, 'usage')
            or pg_catalog.has_table_privilege(
                c.oid, 'select, insert, update, delete, truncate, references, trigger'
            )
            or pg_catalog.has_any_column_privilege(c.oid, 'select, insert, update, references')
        )
),
functions as (
    select json_build_object(
        'name', p.proname,
        'comment', pg_catalog.obj_description(p.oid, 'pg_proc'),
        'is_volatile', p.provolatile = 'v',
        'arguments', (
            select coalesce(json_agg(json_build_object(
                'name', coalesce(p.proargnames[u.position], ''),
                'type', case
                    when n.nspname = 'pg_catalog' then pg_catalog.format_type(t.oid, null)
                    else pg_catalog.format('%I.%I', n.nspname, item.typname)
                        || case when item.oid <> t.oid then '[]' else '' end
                end,
                'required', u.position <= p.pronargs - p.pronargdefaults,
                'is_variadic', p.provariadic <> 0 and u.position = p.pronargs
            ) order by u.position), '[]')
            from unnest(p.proargtypes::oid[]) with ordinality as u (type, position)
            inner join pg_catalog.pg_type as t on t.oid = u.type
            inner join pg_catalog.pg_type as item
                on item.oid = case when t.typcategory = 'A' and t.typelem <> 0 then t.typelem else t.oid end
            inner join pg_catalog.pg_namespace as n on n.oid = item.typnamespace
        )
    ) as document,
    p.proname,
    p.pronargs,
    p.oid
    from pg_catalog.pg_proc as p
    inner join exposed as e on e.oid = p.pronamespace
    where p.prokind = 'f'
        and p.prorettype not in ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype)
        and ($2::boolean or pg_catalog.has_function_privilege(p.oid, 'execute'))
        and (
            p.pronargs = 0
            or not exists (
                select 1
                from pg_catalog.generate_series(1, p.pronargs) as g (position)
                where coalesce(p.proargnames[g.position], '') = ''
            )
            or (
                p.pronargs = 1
                and p.proargtypes[0] in (
                    'json'::regtype, 'jsonb'::regtype, 'text'::regtype, 'bytea'::regtype, 'xml'::regtype
                )
            )
        )
)
select json_build_object(
    'comment', (select pg_catalog.obj_description(e.oid, 'pg_namespace') from exposed as e),
    'tables', (select coalesce(json_agg(t.document order by t.relname), '[]') from tables as t),
    'functions', (select coalesce(json_agg(f.document order by f.proname, f.pronargs, f.oid), '[]') from functions as f)
)::text
