-- read_role_limits: role, name and value of the daira settings of each role that the connecting role may switch to
select distinct on (s.rolname, s.name)
    s.rolname,
    s.name,
    s.value
from (
    select
        r.rolname,
        d.setdatabase,
        pg_catalog.substr(pg_catalog.split_part(c.setting, '=', 1), 7) as name,
        pg_catalog.substr(c.setting, pg_catalog.strpos(c.setting, '=') + 1) as value
    from pg_catalog.pg_db_role_setting as d
    inner join pg_catalog.pg_roles as r on r.oid = d.setrole
    cross join lateral unnest(d.setconfig) as c (setting)
    where c.setting like 'daira.%'
        and pg_catalog.pg_has_role(session_user, r.oid, 'member')
        and d.setdatabase in (0, (select b.oid from pg_catalog.pg_database as b where b.datname = current_database()))
) as s
order by s.rolname, s.name, s.setdatabase desc
