-- read_current_config: the pgrst settings in force in this transaction among the names in $1 (text[])
select
    n.name,
    pg_catalog.current_setting('pgrst.' || n.name, true) as value
from unnest($1::text[]) as n (name)
where pg_catalog.current_setting('pgrst.' || n.name, true) <> ''
