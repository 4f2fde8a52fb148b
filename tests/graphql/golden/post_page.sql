-- $1 = "2002"
-- $2 = "5"
-- $3 = "10"
-- $4 = "11"
-- $5 = "3"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "post"
from (select) as "q"
left join lateral (select ("t1"."id")::text as "id", "t1"."type" as "type", "t1"."content" as "content", "t1"."created_at" as "createdAt", row_to_json("t2_".*) as "author", row_to_json("t3_".*) as "stats", row_to_json("t4e_".*) as "hashtags", row_to_json("t6e_".*) as "comments"
from "api"."get_post"("id" => $1::bigint) as "t1"
left join lateral (select ("t2"."id")::text as "id", "t2"."username" as "username", "t2"."name" as "name", "t2"."is_verified" as "isVerified"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."author_id")) as "t2_" on true
left join lateral (select "t3"."likes_count" as "likesCount", "t3"."comments_count" as "commentsCount", ("t3"."views_count")::text as "viewsCount"
from "api"."post_stats" as "t3"
where ("t3"."post_id" = "t1"."id")) as "t3_" on true
left join lateral (select coalesce(json_agg("t4e"."~0"
order by "t4e"."~n") filter (where "t4e"."~n" <= $2::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select row_to_json("t5_".*) as "hashtag") as o) as "node") as o) as "~0", "t4"."~n" as "~n"
from (select "t4n"."hashtag_id" as "hashtag_id", row_number() over () as "~n"
from (select "t4c"."hashtag_id" as "hashtag_id"
from "api"."post_hashtags" as "t4c"
where (("t4c"."post_id" = "t1"."id"))
order by "t4c"."post_id", "t4c"."hashtag_id"
limit 31) as "t4n"
limit $2::bigint) as "t4"
left join lateral (select "t5"."name" as "name"
from "api"."hashtags" as "t5"
where ("t5"."id" = "t4"."hashtag_id")) as "t5_" on true) as "t4e") as "t4e_" on true
left join lateral (select coalesce(json_agg("t6e"."~0"
order by "t6e"."~n") filter (where "t6e"."~n" <= $3::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t6e"."~n" > $3::bigint)), ('false'::text)::boolean) as "hasNextPage", (array_agg("t6e"."~cursor"
order by "t6e"."~n" desc) filter (where "t6e"."~n" <= $3::bigint))[1] as "endCursor") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t6"."id")::text as "id", "t6"."content" as "content", "t6"."depth" as "depth", row_to_json("t7_".*) as "author", row_to_json("t8e_".*) as "replies") as o) as "node") as o) as "~0", translate(encode(convert_to(jsonb_build_array("t6"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "~cursor", "t6"."~n" as "~n"
from (select "t6n"."author_id" as "author_id", "t6n"."content" as "content", "t6n"."depth" as "depth", "t6n"."id" as "id", row_number() over () as "~n"
from (select "t6c"."author_id" as "author_id", "t6c"."content" as "content", "t6c"."depth" as "depth", "t6c"."id" as "id"
from "api"."comments" as "t6c"
where (("t6c"."post_id" = "t1"."id") and "t6c"."parent_id" is null)
order by "t6c"."id"
limit 31) as "t6n"
limit $4::bigint) as "t6"
left join lateral (select "t7"."username" as "username"
from "api"."users" as "t7"
where ("t7"."id" = "t6"."author_id")) as "t7_" on true
left join lateral (select coalesce(json_agg("t8e"."~0"
order by "t8e"."~n") filter (where "t8e"."~n" <= $5::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t8"."id")::text as "id", "t8"."content" as "content", row_to_json("t9_".*) as "author") as o) as "node") as o) as "~0", "t8"."~n" as "~n"
from (select "t8n"."author_id" as "author_id", "t8n"."content" as "content", "t8n"."id" as "id", row_number() over () as "~n"
from (select "t8c"."author_id" as "author_id", "t8c"."content" as "content", "t8c"."id" as "id"
from "api"."comments" as "t8c"
where (("t8c"."parent_id" = "t6"."id"))
order by "t8c"."id"
limit 31) as "t8n"
limit $5::bigint) as "t8"
left join lateral (select "t9"."username" as "username"
from "api"."users" as "t9"
where ("t9"."id" = "t8"."author_id")) as "t9_" on true) as "t8e") as "t8e_" on true) as "t6e") as "t6e_" on true
where not ("t1" is null)) as "t1_" on true) as t
