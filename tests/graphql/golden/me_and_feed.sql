-- $1 = "10"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "me", row_to_json("t2_".*) as "feed"
from (select) as "q"
left join lateral (select ("t1"."id")::text as "id", "t1"."username" as "username", "api"."_email"("t1") as "email", "t1"."user_type" as "userType", "t1"."is_verified" as "isVerified", "api"."_follower_count"("t1") as "followerCount"
from "api"."me"() as "t1"
where not ("t1" is null)) as "t1_" on true
left join lateral (select coalesce("t3_"."rows", '[]') as "edges", case when not ("t2"."page_info" is null) then (select row_to_json(o.*)
from (select ("t2"."page_info")."has_next_page" as "hasNextPage", ("t2"."page_info")."end_cursor" as "endCursor") as o) end as "pageInfo"
from "api"."feed"("limit" => $1::integer) as "t2"
left join lateral (select json_agg(r.*) as rows
from (select case when not ("t3"."node" is null) then (select row_to_json(o.*)
from (select (("t3"."node")."id")::text as "id", ("t3"."node")."content" as "content", row_to_json("t4_".*) as "author", row_to_json("t5_".*) as "stats") as o) end as "node" from unnest("t2"."edges") with ordinality as "t3"
left join lateral (select "t4"."username" as "username", "t4"."user_type" as "userType"
from "api"."users" as "t4"
where ("t4"."id" = ("t3"."node")."author_id")) as "t4_" on true
left join lateral (select "t5"."likes_count" as "likesCount", ("t5"."views_count")::text as "viewsCount"
from "api"."post_stats" as "t5"
where ("t5"."post_id" = ("t3"."node")."id")) as "t5_" on true
order by "t3"."ordinality") as r) as "t3_" on true
where not ("t2" is null)) as "t2_" on true) as t
