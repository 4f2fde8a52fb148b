-- $1 = "1002"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "userByPk"
from (select) as "q"
left join lateral (select "t1"."username" as "username", row_to_json("t2_".*) as "governorate", row_to_json("t3_".*) as "settings", row_to_json("t4_".*) as "pinnedPost"
from "api"."users" as "t1"
left join lateral (select "t2"."name_en" as "nameEn"
from "api"."governorates" as "t2"
where ("t2"."code" = "t1"."governorate_code")) as "t2_" on true
left join lateral (select "t3"."mention_policy" as "mentionPolicy"
from "api"."user_settings" as "t3"
where ("t3"."user_id" = "t1"."id")) as "t3_" on true
left join lateral (select row_to_json("t5_".*) as "post"
from "api"."pinned_posts" as "t4"
left join lateral (select "t5"."content" as "content"
from "api"."posts" as "t5"
where ("t5"."id" = "t4"."post_id")) as "t5_" on true
where ("t4"."user_id" = "t1"."id")) as "t4_" on true
where ("t1"."id" = $1::bigint)) as "t1_" on true) as t
