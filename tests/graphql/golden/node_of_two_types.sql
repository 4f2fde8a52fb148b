-- $1 = "1002"
-- $2 = "2002"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "a", row_to_json("t2_".*) as "b"
from (select) as "q"
left join lateral (select 'User'::text as "__typename", translate(encode(convert_to(jsonb_build_array('api'::text, 'users'::text, "t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "nodeId", "t1"."username" as "username"
from "api"."users" as "t1"
where ("t1"."id" = $1::bigint)) as "t1_" on true
left join lateral (select 'Post'::text as "__typename", translate(encode(convert_to(jsonb_build_array('api'::text, 'posts'::text, "t2"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "nodeId", "t2"."content" as "content", row_to_json("t3_".*) as "author"
from "api"."posts" as "t2"
left join lateral (select "t3"."username" as "username"
from "api"."users" as "t3"
where ("t3"."id" = "t2"."author_id")) as "t3_" on true
where ("t2"."id" = $2::bigint)) as "t2_" on true) as t
