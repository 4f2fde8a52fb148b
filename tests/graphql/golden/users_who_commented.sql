-- $1 = "30"
-- $2 = "What"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "userCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."username" as "username") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."username" as "username", row_number() over () as "~n"
from (select "t1c"."username" as "username"
from "api"."users" as "t1c"
where (exists (select 1
from "api"."comments" as "t1c_0"
where ("t1c_0"."author_id" = "t1c"."id" and "t1c_0"."content" ^@ $2::text)))
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true) as t
