-- $1 = "3"
-- $2 = "4"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "postCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select (array_agg("t1e"."~cursor"
order by "t1e"."~n" desc) filter (where "t1e"."~n" <= $1::bigint))[1] as "endCursor", coalesce(bool_or(("t1e"."~n" > $1::bigint)), ('false'::text)::boolean) as "hasNextPage") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array("t1"."~0", "t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor", (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", row_to_json("t2_".*) as "stats") as o) as "node") as o) as "~0", translate(encode(convert_to(jsonb_build_array("t1"."~0", "t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "~cursor", "t1"."~n" as "~n"
from (select "t1n"."id" as "id", "t1n"."~0" as "~0", row_number() over () as "~n"
from (select "t1c"."id" as "id", "t1c0_"."v" as "~0"
from "api"."posts" as "t1c"
left join lateral (select "t1c0"."likes_count" as "v"
from "api"."post_stats" as "t1c0"
where ("t1c0"."post_id" = "t1c"."id")) as "t1c0_" on true
order by "t1c0_"."v" desc nulls last, "t1c"."id"
limit 31) as "t1n"
limit $2::bigint) as "t1"
left join lateral (select "t2"."likes_count" as "likesCount"
from "api"."post_stats" as "t2"
where ("t2"."post_id" = "t1"."id")) as "t2_" on true) as "t1e") as "t1e_" on true) as t
