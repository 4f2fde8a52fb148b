-- $1 = "1"
-- $2 = "1001"
-- $3 = "1002"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "nour", row_to_json("t3_".*) as "omar"
from (select) as "q"
left join lateral (select ("t1"."id")::text as "key", "t1"."username" as "handle", row_to_json("t2e_".*) as "latest"
from "api"."users" as "t1"
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n" desc) filter (where "t2e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t2"."content" as "text") as o) as "node") as o) as "~0", "t2"."~n" as "~n"
from (select "t2n"."content" as "content", row_number() over () as "~n"
from (select "t2c"."content" as "content"
from "api"."posts" as "t2c"
where (("t2c"."author_id" = "t1"."id"))
order by "t2c"."id" desc
limit 31) as "t2n"
limit $1::bigint) as "t2") as "t2e") as "t2e_" on true
where ("t1"."id" = $2::bigint)) as "t1_" on true
left join lateral (select ("t3"."id")::text as "key", "t3"."username" as "handle", row_to_json("t4e_".*) as "latest"
from "api"."users" as "t3"
left join lateral (select coalesce(json_agg("t4e"."~0"
order by "t4e"."~n" desc) filter (where "t4e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t4"."content" as "text") as o) as "node") as o) as "~0", "t4"."~n" as "~n"
from (select "t4n"."content" as "content", row_number() over () as "~n"
from (select "t4c"."content" as "content"
from "api"."posts" as "t4c"
where (("t4c"."author_id" = "t3"."id"))
order by "t4c"."id" desc
limit 31) as "t4n"
limit $1::bigint) as "t4") as "t4e") as "t4e_" on true
where ("t3"."id" = $3::bigint)) as "t3_" on true) as t
