-- $1 = "1"
-- $2 = "omar"
-- $3 = "2"
-- $4 = "3"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "userCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", "t1"."username" as "username", "t1"."name" as "name", "t1"."bio" as "bio", "t1"."avatar_url" as "avatarUrl", "t1"."is_verified" as "isVerified", "t1"."is_private" as "isPrivate", row_to_json("t2_".*) as "stats", row_to_json("t3e_".*) as "posts") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."avatar_url" as "avatar_url", "t1n"."bio" as "bio", "t1n"."id" as "id", "t1n"."is_private" as "is_private", "t1n"."is_verified" as "is_verified", "t1n"."name" as "name", "t1n"."username" as "username", row_number() over () as "~n"
from (select "t1c"."avatar_url" as "avatar_url", "t1c"."bio" as "bio", "t1c"."id" as "id", "t1c"."is_private" as "is_private", "t1c"."is_verified" as "is_verified", "t1c"."name" as "name", "t1c"."username" as "username"
from "api"."users" as "t1c"
where ("t1c"."username" = $2::text)
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1"
left join lateral (select "t2"."follower_count" as "followerCount", "t2"."following_count" as "followingCount"
from "api"."user_stats" as "t2"
where ("t2"."user_id" = "t1"."id")) as "t2_" on true
left join lateral (select coalesce(json_agg("t3e"."~0"
order by "t3e"."~n") filter (where "t3e"."~n" <= $3::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t3e"."~n" > $3::bigint)), ('false'::text)::boolean) as "hasNextPage", (array_agg("t3e"."~cursor"
order by "t3e"."~n" desc) filter (where "t3e"."~n" <= $3::bigint))[1] as "endCursor") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array("t3"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor", (select row_to_json(o.*)
from (select ("t3"."id")::text as "id", "t3"."type" as "type", "t3"."content" as "content", row_to_json("t4_".*) as "stats") as o) as "node") as o) as "~0", translate(encode(convert_to(jsonb_build_array("t3"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "~cursor", "t3"."~n" as "~n"
from (select "t3n"."content" as "content", "t3n"."id" as "id", "t3n"."type" as "type", row_number() over () as "~n"
from (select "t3c"."content" as "content", "t3c"."id" as "id", "t3c"."type" as "type"
from "api"."posts" as "t3c"
where (("t3c"."author_id" = "t1"."id"))
order by "t3c"."id" desc
limit 31) as "t3n"
limit $4::bigint) as "t3"
left join lateral (select "t4"."likes_count" as "likesCount", "t4"."comments_count" as "commentsCount"
from "api"."post_stats" as "t4"
where ("t4"."post_id" = "t3"."id")) as "t4_" on true) as "t3e") as "t3e_" on true) as "t1e") as "t1e_" on true) as t
