-- $1 = "30"
-- $2 = "{\"nour\",\"hidden\"}"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "userCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."username" as "username", "t1"."is_private" as "isPrivate", row_to_json("t2e_".*) as "posts") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."id" as "id", "t1n"."is_private" as "is_private", "t1n"."username" as "username", row_number() over () as "~n"
from (select "t1c"."id" as "id", "t1c"."is_private" as "is_private", "t1c"."username" as "username"
from "api"."users" as "t1c"
where ("t1c"."username" = any($2::text[]))
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1"
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n") filter (where "t2e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t2"."content" as "content") as o) as "node") as o) as "~0", "t2"."~n" as "~n"
from (select "t2n"."content" as "content", row_number() over () as "~n"
from (select "t2c"."content" as "content"
from "api"."posts" as "t2c"
where (("t2c"."author_id" = "t1"."id"))
order by "t2c"."id"
limit 31) as "t2n"
limit $1::bigint) as "t2") as "t2e") as "t2e_" on true) as "t1e") as "t1e_" on true) as t
