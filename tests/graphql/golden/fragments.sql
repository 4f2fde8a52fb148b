-- $1 = "1"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "me", row_to_json("t3_".*) as "again"
from (select) as "q"
left join lateral (select 'User'::text as "__typename", "t1"."username" as "name", ("t1"."id")::text as "id", translate(encode(convert_to(jsonb_build_array('api'::text, 'users'::text, "t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "nodeId", row_to_json("t2e_".*) as "posts"
from "api"."me"() as "t1"
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
limit $1::bigint) as "t2") as "t2e") as "t2e_" on true
where not ("t1" is null)) as "t1_" on true
left join lateral (select 'User'::text as "__typename", "t3"."username" as "name", "t3"."locale" as "locale"
from "api"."me"() as "t3"
where not ("t3" is null)) as "t3_" on true) as t
