-- $1 = "2003"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "postByPk"
from (select) as "q"
left join lateral (select "t1"."content" as "content", row_to_json("t2_".*) as "author", row_to_json("t3_".*) as "quotedPost", row_to_json("t4_".*) as "sound", row_to_json("t5_".*) as "poll"
from "api"."posts" as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."author_id")) as "t2_" on true
left join lateral (select ("t3"."id")::text as "id"
from "api"."posts" as "t3"
where ("t3"."id" = "t1"."quoted_post_id")) as "t3_" on true
left join lateral (select ("t4"."id")::text as "id"
from "api"."sounds" as "t4"
where ("t4"."id" = "t1"."sound_id")) as "t4_" on true
left join lateral (select "t5"."closes_at" as "closesAt"
from "api"."polls" as "t5"
where ("t5"."post_id" = "t1"."id")) as "t5_" on true
where ("t1"."id" = $1::bigint)) as "t1_" on true) as t
