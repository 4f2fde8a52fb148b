-- $1 = "1"
-- $2 = "2"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "me"
from (select) as "q"
left join lateral (select row_to_json("t2e_".*) as "posts"
from "api"."me"() as "t1"
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n") filter (where "t2e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t2e"."~n" > $1::bigint)), ('false'::text)::boolean) as "hasNextPage") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t2"."id")::text as "id", "t2"."content" as "content") as o) as "node", translate(encode(convert_to(jsonb_build_array("t2"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor") as o) as "~0", "t2"."~n" as "~n"
from (select "t2n"."content" as "content", "t2n"."id" as "id", row_number() over () as "~n"
from (select "t2c"."content" as "content", "t2c"."id" as "id"
from "api"."posts" as "t2c"
where (("t2c"."author_id" = "t1"."id"))
order by "t2c"."id"
limit 31) as "t2n"
limit $2::bigint) as "t2") as "t2e") as "t2e_" on true
where not ("t1" is null)) as "t1_" on true) as t
