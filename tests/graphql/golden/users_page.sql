-- $1 = "2"
-- $2 = "3"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "userCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t1e"."~n" > $1::bigint)), ('false'::text)::boolean) as "hasNextPage", ('false'::text)::boolean as "hasPreviousPage", (array_agg("t1e"."~cursor"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint))[1] as "startCursor", (array_agg("t1e"."~cursor"
order by "t1e"."~n" desc) filter (where "t1e"."~n" <= $1::bigint))[1] as "endCursor") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array("t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor", (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array('api'::text, 'users'::text, "t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "nodeId", ("t1"."id")::text as "id", "t1"."username" as "username") as o) as "node") as o) as "~0", translate(encode(convert_to(jsonb_build_array("t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "~cursor", "t1"."~n" as "~n"
from (select "t1n"."id" as "id", "t1n"."username" as "username", row_number() over () as "~n"
from (select "t1c"."id" as "id", "t1c"."username" as "username"
from "api"."users" as "t1c"
order by "t1c"."id"
limit 31) as "t1n"
limit $2::bigint) as "t1") as "t1e") as "t1e_" on true) as t
