-- $1 = "30"
-- $2 = "2002"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "postStatsCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t1"."views_count")::text as "viewsCount", row_to_json("t2_".*) as "post") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."post_id" as "post_id", "t1n"."views_count" as "views_count", row_number() over () as "~n"
from (select "t1c"."post_id" as "post_id", "t1c"."views_count" as "views_count"
from "api"."post_stats" as "t1c"
where ("t1c"."post_id" = $2::bigint)
order by "t1c"."post_id"
limit 31) as "t1n"
limit $1::bigint) as "t1"
left join lateral (select row_to_json("t3_".*) as "stats", row_to_json("t4_".*) as "author"
from "api"."posts" as "t2"
left join lateral (select "t3"."likes_count" as "likesCount"
from "api"."post_stats" as "t3"
where ("t3"."post_id" = "t2"."id")) as "t3_" on true
left join lateral (select row_to_json("t5_".*) as "stats"
from "api"."users" as "t4"
left join lateral (select "t5"."follower_count" as "followerCount"
from "api"."user_stats" as "t5"
where ("t5"."user_id" = "t4"."id")) as "t5_" on true
where ("t4"."id" = "t2"."author_id")) as "t4_" on true
where ("t2"."id" = "t1"."post_id")) as "t2_" on true) as "t1e") as "t1e_" on true) as t
