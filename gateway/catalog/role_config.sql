-- read_role_config: name and value of each pgrst setting of the connecting role; those for this database alone win
select distinct on (s.name)
    s.name,
    s.value
from pg_catalog.pg_db_role_setting as d
inner join pg_catalog.pg_roles as r on r.oid = d.setrole
cross join lateral (
    select
        pg_catalog.substr(pg_catalog.split_part(c.setting, '=', 1), 7) as name,
        pg_catalog.substr(c.setting, pg_catalog.strpos(c.setting, '=') + 1) as value
    from unnest(d.setconfig) as c (setting)
    where c.setting like 'pgrst.%'
) as s
where r.rolname = session_user
    and d.setdatabase in (0, (select b.oid from pg_catalog.pg_database as b where b.datname = current_database()))
order by s.name, d.setdatabase desc
