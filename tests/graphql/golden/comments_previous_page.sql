-- $1 = "2"
-- $2 = "2002"
-- $3 = "3003"
-- $4 = "3"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "commentCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n" desc) filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select (exists (select 1
from "api"."comments" as "t1b"
where ("t1b"."post_id" = $2::bigint and (("t1b"."id" < $3::bigint) is distinct
from ('true'::text)::boolean)))) as "hasNextPage", coalesce(bool_or(("t1e"."~n" > $1::bigint)), ('false'::text)::boolean) as "hasPreviousPage", (array_agg("t1e"."~cursor"
order by "t1e"."~n" desc) filter (where "t1e"."~n" <= $1::bigint))[1] as "startCursor") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array("t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor", (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", "t1"."content" as "content") as o) as "node") as o) as "~0", translate(encode(convert_to(jsonb_build_array("t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "~cursor", "t1"."~n" as "~n"
from (select "t1n"."content" as "content", "t1n"."id" as "id", row_number() over () as "~n"
from (select "t1c"."content" as "content", "t1c"."id" as "id"
from "api"."comments" as "t1c"
where ("t1c"."post_id" = $2::bigint and "t1c"."id" < $3::bigint)
order by "t1c"."id" desc
limit 31) as "t1n"
limit $4::bigint) as "t1") as "t1e") as "t1e_" on true) as t
