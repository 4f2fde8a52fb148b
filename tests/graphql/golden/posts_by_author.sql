-- $1 = "1"
-- $2 = "1002"
-- $3 = "2"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "posts"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t1e"."~n" > $1::bigint)), ('false'::text)::boolean) as "hasNextPage") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array("t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor", (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", "t1"."content" as "content") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."content" as "content", "t1n"."id" as "id", row_number() over () as "~n"
from (select "t1c"."content" as "content", "t1c"."id" as "id"
from "api"."list_posts"("author_id" => $2::bigint) as "t1c"
order by "t1c"."id"
limit 31) as "t1n"
limit $3::bigint) as "t1") as "t1e") as "t1e_" on true) as t
