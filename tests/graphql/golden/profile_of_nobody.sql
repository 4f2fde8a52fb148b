-- $1 = "1"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "userByPk"
from (select) as "q"
left join lateral (select "t1"."username" as "username"
from "api"."users" as "t1"
where ("t1"."id" = $1::bigint)) as "t1_" on true) as t
