-- read_catalog: the exposed schemas as one JSON document; $1 is a text[] of their names, $2 of those that are
-- searched behind them
with exposed as (
    select n.oid, n.nspname, a.position
    from unnest($1::text[]) with ordinality as a (name, position)
    inner join pg_catalog.pg_namespace as n on n.nspname = a.name
),
relation as (
    select c.oid, c.relname, c.relkind, c.reltype, c.relrowsecurity, e.nspname
    from pg_catalog.pg_class as c
    inner join exposed as e on e.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
),
relations as (
    select json_build_object(
        'oid', r.oid::bigint,
        'schema', r.nspname,
        'name', r.relname,
        'kind', r.relkind,
        'row_type', r.reltype::bigint,
        'comment', pg_catalog.obj_description(r.oid, 'pg_class'),
        'has_row_security', r.relrowsecurity,
        'insertable', r.relkind in ('r', 'p') or (pg_catalog.pg_relation_is_updatable(r.oid, true) & 8) = 8,
        'updatable', r.relkind in ('r', 'p') or (pg_catalog.pg_relation_is_updatable(r.oid, true) & 4) = 4,
        'deletable', r.relkind in ('r', 'p') or (pg_catalog.pg_relation_is_updatable(r.oid, true) & 16) = 16,
        'columns', (
            select coalesce(json_agg(json_build_object(
                'name', a.attname,
                'position', a.attnum,
                'type', a.atttypid::bigint,
                'nullable', not a.attnotnull,
                'has_default', a.atthasdef,
                'default', case
                    when a.attidentity <> '' then (
                        select pg_catalog.format('nextval(%L)', pg_catalog.format('%I.%I', sn.nspname, s.relname))
                        from pg_catalog.pg_depend as d
                        inner join pg_catalog.pg_class as s on s.oid = d.objid and s.relkind = 'S'
                        inner join pg_catalog.pg_namespace as sn on sn.oid = s.relnamespace
                        where d.refobjid = r.oid and d.refobjsubid = a.attnum and d.deptype = 'i'
                    )
                    when a.atthasdef and a.attgenerated = '' then (
                        select pg_catalog.pg_get_expr(d.adbin, d.adrelid)
                        from pg_catalog.pg_attrdef as d
                        where d.adrelid = r.oid and d.adnum = a.attnum
                    )
                end,
                'is_generated', a.attgenerated <> '',
                'identity', a.attidentity,
                'comment', pg_catalog.col_description(r.oid, a.attnum)
            ) order by a.attnum), '[]')
            from pg_catalog.pg_attribute as a
            where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
        ),
        'keys', (
            select coalesce(json_agg(json_build_object(
                'primary', i.indisprimary,
                'name', (select c.relname from pg_catalog.pg_class as c where c.oid = i.indexrelid),
                'columns', (
                    select json_agg(a.attname order by k.position)
                    from unnest(i.indkey::int2[]) with ordinality as k (attnum, position)
                    inner join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum = k.attnum
                    where k.position <= i.indnkeyatts
                )
            ) order by i.indisprimary desc, i.indexrelid), '[]')
            from pg_catalog.pg_index as i
            where i.indrelid = r.oid and i.indisunique and i.indpred is null and i.indexprs is null and i.indisvalid
        )
    ) as document
    from relation as r
),
foreign_keys as (
    select json_build_object(
        'name', k.conname,
        'schema', r.nspname,
        'table', r.relname,
        'columns', (
            select json_agg(a.attname order by u.position)
            from unnest(k.conkey) with ordinality as u (attnum, position)
            inner join pg_catalog.pg_attribute as a on a.attrelid = k.conrelid and a.attnum = u.attnum
        ),
        'target_schema', t.nspname,
        'target', t.relname,
        'target_columns', (
            select json_agg(a.attname order by u.position)
            from unnest(k.confkey) with ordinality as u (attnum, position)
            inner join pg_catalog.pg_attribute as a on a.attrelid = k.confrelid and a.attnum = u.attnum
        ),
        'is_one_to_one', exists (
            select 1
            from pg_catalog.pg_index as i
            where i.indrelid = k.conrelid and i.indisunique and i.indpred is null and i.indexprs is null
                and i.indkey::int2[] <@ k.conkey
        ),
        'comment', pg_catalog.obj_description(k.oid, 'pg_constraint')
    ) as document
    from pg_catalog.pg_constraint as k
    inner join relation as r on r.oid = k.conrelid
    inner join relation as t on t.oid = k.confrelid
    where k.contype = 'f' and k.conparentid = 0
),
-- what views are made of: every rule and key outside the system's schemas, as the base tables need not be exposed
own as (
    select c.oid, c.relname, c.relkind, c.relnamespace
    from pg_catalog.pg_class as c
    inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
        and exists (select 1 from relation as r where r.relkind in ('v', 'm'))
),
views as (
    select json_build_object(
        'oid', o.oid::bigint,
        'names', (
            select json_object_agg(a.attnum, a.attname)
            from pg_catalog.pg_attribute as a
            where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
        ),
        'rule', w.ev_action::text
    ) as document
    from own as o
    inner join pg_catalog.pg_rewrite as w on w.ev_class = o.oid and w.ev_type = '1'
    where o.relkind in ('v', 'm')
),
base_keys as (
    select json_build_object(
        'name', k.conname,
        'table', k.conrelid::bigint,
        'columns', k.conkey,
        'target', k.confrelid::bigint,
        'target_columns', k.confkey,
        'is_primary', k.contype = 'p',
        'is_one_to_one', exists (
            select 1
            from pg_catalog.pg_index as i
            where i.indrelid = k.conrelid and i.indisunique and i.indpred is null and i.indexprs is null
                and i.indkey::int2[] <@ k.conkey
        ),
        'comment', pg_catalog.obj_description(k.oid, 'pg_constraint')
    ) as document
    from pg_catalog.pg_constraint as k
    inner join own as o on o.oid = k.conrelid
    where k.contype in ('f', 'p') and k.conparentid = 0
),
-- domains with casts from and to json and text: another way to write their values
casts as (
    select json_build_object(
        'source', c.castsource::bigint, 'target', c.casttarget::bigint, 'schema', n.nspname, 'name', p.proname
    ) as document
    from pg_catalog.pg_cast as c
    inner join pg_catalog.pg_proc as p on p.oid = c.castfunc
    inner join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
    inner join pg_catalog.pg_type as s on s.oid = c.castsource
    inner join pg_catalog.pg_type as t on t.oid = c.casttarget
    where (s.typtype = 'd' and t.oid in ('json'::regtype, 'text'::regtype))
        or (t.typtype = 'd' and s.oid in ('json'::regtype, 'text'::regtype))
),
-- computed fields may stand in the extra search path too
function as (
    select p.*, n.nspname
    from pg_catalog.pg_proc as p
    inner join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
    where p.prokind = 'f'
        and p.prorettype not in ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype)
        and (
            n.oid in (select e.oid from exposed as e)
            or (
                n.nspname = any($2::text[]) and p.pronargs = 1
                and p.proargtypes[0] in (select r.reltype from relation as r)
            )
        )
),
argument as (
    select
        f.oid,
        u.position,
        coalesce(f.proargnames[u.position], '') as name,
        u.type,
        coalesce(f.proargmodes[u.position], 'i') as mode
    from function as f
    cross join lateral unnest(coalesce(f.proallargtypes, f.proargtypes::oid[])) with ordinality as u (type, position)
),
functions as (
    select json_build_object(
        'oid', f.oid::bigint,
        'schema', f.nspname,
        'name', f.proname,
        'arguments', (
            select coalesce(json_agg(json_build_object(
                'name', a.name,
                'type', a.type::bigint,
                'mode', a.mode,
                'has_default', a.mode in ('i', 'b', 'v') and a.input > f.pronargs - f.pronargdefaults,
                'default', pg_catalog.pg_get_function_arg_default(f.oid, a.position::integer)
            ) order by a.position), '[]')
            from (
                select g.*, count(*) filter (where g.mode in ('i', 'b', 'v')) over (order by g.position) as input
                from argument as g
                where g.oid = f.oid
            ) as a
        ),
        'returns', f.prorettype::bigint,
        'returns_set', f.proretset,
        'rows', f.prorows,
        'volatility', f.provolatile,
        'settings', coalesce(f.proconfig, '{}'),
        'comment', pg_catalog.obj_description(f.oid, 'pg_proc')
    ) as document
    from function as f
),
used (type) as (
    select a.atttypid
    from relation as r
    inner join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    union
    select r.reltype from relation as r
    union
    select a.type from argument as a
    union
    select f.prorettype from function as f
    union
    select t.oid
    from pg_catalog.pg_type as t
    inner join exposed as e on e.oid = t.typnamespace
    where t.typtype in ('d', 'e', 'r')
),
reachable as (
    with recursive walk (type) as (
        select u.type from used as u
        union
        select inner_type.type
        from walk as w
        inner join pg_catalog.pg_type as t on t.oid = w.type
        cross join lateral (
            select t.typelem as type where t.typelem <> 0 and t.typcategory = 'A'
            union all
            select t.typbasetype where t.typbasetype <> 0
            union all
            select a.atttypid
            from pg_catalog.pg_attribute as a
            where t.typrelid <> 0 and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
        ) as inner_type
    )
    select w.type from walk as w where w.type <> 0
),
types as (
    select json_build_object(
        'oid', t.oid::bigint,
        'schema', n.nspname,
        'name', t.typname,
        'sql', case
            -- -1 and not null: bpchar, not character, which is character(1) and cuts values off
            when n.nspname = 'pg_catalog' then pg_catalog.format_type(t.oid, -1)
            when t.typcategory = 'A' and t.typelem <> 0 then (
                select pg_catalog.format('%I.%I[]', en.nspname, et.typname)
                from pg_catalog.pg_type as et
                inner join pg_catalog.pg_namespace as en on en.oid = et.typnamespace
                where et.oid = t.typelem
            )
            else pg_catalog.format('%I.%I', n.nspname, t.typname)
        end,
        'kind', t.typtype,
        'category', t.typcategory,
        'element', case when t.typcategory = 'A' then t.typelem::bigint else 0 end,
        'base', t.typbasetype::bigint,
        'relation', (
            select json_build_array(rn.nspname, c.relname)
            from pg_catalog.pg_class as c
            inner join pg_catalog.pg_namespace as rn on rn.oid = c.relnamespace
            where c.oid = t.typrelid and c.relkind <> 'c'
        ),
        'attributes', (
            select coalesce(json_agg(json_build_array(a.attname, a.atttypid::bigint) order by a.attnum), '[]')
            from pg_catalog.pg_attribute as a
            where t.typrelid <> 0 and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
        ),
        'labels', (
            select coalesce(json_agg(l.enumlabel order by l.enumsortorder), '[]')
            from pg_catalog.pg_enum as l
            where l.enumtypid = t.oid
        ),
        'checks', (
            select coalesce(json_agg(pg_catalog.pg_get_constraintdef(k.oid) order by k.conname), '[]')
            from pg_catalog.pg_constraint as k
            where t.typtype = 'd' and k.contypid = t.oid and k.contype = 'c'
        ),
        'comment', pg_catalog.obj_description(t.oid, 'pg_type')
    ) as document
    from reachable as r
    inner join pg_catalog.pg_type as t on t.oid = r.type
    inner join pg_catalog.pg_namespace as n on n.oid = t.typnamespace
),
handlers as (
    select json_build_object(
        'schema', e.nspname,
        'name', p.proname,
        'media', t.typname,
        'row_type', case p.proargtypes[0]
            when 'pg_catalog.anyelement'::regtype then 0
            else p.proargtypes[0]::bigint
        end,
        'is_binary', t.typbasetype = 'pg_catalog.bytea'::regtype
    ) as document
    from pg_catalog.pg_aggregate as a
    inner join pg_catalog.pg_proc as p on p.oid = a.aggfnoid and p.pronargs = 1
    inner join exposed as e on e.oid = p.pronamespace
    inner join pg_catalog.pg_type as t on t.oid = p.prorettype and t.typtype = 'd' and t.typname like '%/%'
),
-- PostGIS: what writes a row as a feature
features as (
    select json_build_array(n.nspname, p.proname) as document
    from pg_catalog.pg_proc as p
    inner join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
    where p.proname = 'st_asgeojson' and p.proargtypes[0] = 'pg_catalog.record'::regtype
    order by n.nspname
    limit 1
),
settings as (
    select
        r.rolname,
        pg_catalog.split_part(s.setting, '=', 1) as name,
        pg_catalog.substr(s.setting, pg_catalog.strpos(s.setting, '=') + 1) as value
    from pg_catalog.pg_db_role_setting as d
    inner join pg_catalog.pg_roles as r on r.oid = d.setrole
    cross join lateral unnest(d.setconfig) as s (setting)
    where d.setdatabase in (0, (select b.oid from pg_catalog.pg_database as b where b.datname = current_database()))
        and pg_catalog.pg_has_role(current_user, r.oid, 'member')
),
role_settings as (
    select s.rolname, json_object_agg(s.name, s.value) as document
    from settings as s
    inner join pg_catalog.pg_settings as g on g.name = s.name
    where g.context = 'user' and s.rolname <> current_user
    group by s.rolname
)
select json_build_object(
    'schemas', (
        select coalesce(json_agg(
            json_build_array(e.nspname, pg_catalog.obj_description(e.oid, 'pg_namespace')) order by e.position
        ), '[]')
        from exposed as e
    ),
    'relations', (select coalesce(json_agg(r.document), '[]') from relations as r),
    'foreign_keys', (select coalesce(json_agg(k.document), '[]') from foreign_keys as k),
    'views', (select coalesce(json_agg(v.document), '[]') from views as v),
    'base_keys', (select coalesce(json_agg(k.document), '[]') from base_keys as k),
    'casts', (select coalesce(json_agg(c.document), '[]') from casts as c),
    'feature', (select f.document from features as f),
    'handlers', (select coalesce(json_agg(h.document), '[]') from handlers as h),
    'functions', (select coalesce(json_agg(f.document), '[]') from functions as f),
    'types', (select coalesce(json_agg(t.document), '[]') from types as t),
    'role_settings', (select coalesce(json_object_agg(s.rolname, s.document), '{}') from role_settings as s),
    'timezones', (select json_agg(z.name) from pg_catalog.pg_timezone_names as z)
)::text
