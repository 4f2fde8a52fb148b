-- $1 = "30"
-- $2 = "1002"
-- $3 = "true"
-- $4 = "2026-01-01T00:00:00Z"
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
where (("t1c"."id" >= $2::bigint) and ("t1c"."is_private" = $3::boolean) and "t1c"."created_at" > $4::timestamp with time zone)
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true) as t
