-- $1 = "2"
-- $2 = "2002"
-- $3 = "3"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "commentCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t1e"."~n" > $1::bigint)), ('false'::text)::boolean) as "hasNextPage", (array_agg("t1e"."~cursor"
order by "t1e"."~n" desc) filter (where "t1e"."~n" <= $1::bigint))[1] as "endCursor") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array("t1"."created_at", "t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor", (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", "t1"."content" as "content", "t1"."created_at" as "createdAt", row_to_json("t2_".*) as "parent") as o) as "node") as o) as "~0", translate(encode(convert_to(jsonb_build_array("t1"."created_at", "t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "~cursor", "t1"."~n" as "~n"
from (select "t1n"."content" as "content", "t1n"."created_at" as "created_at", "t1n"."id" as "id", "t1n"."parent_id" as "parent_id", row_number() over () as "~n"
from (select "t1c"."content" as "content", "t1c"."created_at" as "created_at", "t1c"."id" as "id", "t1c"."parent_id" as "parent_id"
from "api"."comments" as "t1c"
where ("t1c"."post_id" = $2::bigint)
order by "t1c"."created_at" desc, "t1c"."id"
limit 31) as "t1n"
limit $3::bigint) as "t1"
left join lateral (select ("t2"."id")::text as "id"
from "api"."comments" as "t2"
where ("t2"."id" = "t1"."parent_id")) as "t2_" on true) as "t1e") as "t1e_" on true) as t
