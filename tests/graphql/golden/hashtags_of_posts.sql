-- $1 = "1"
-- $2 = "30"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "postCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select row_to_json("t2e_".*) as "hashtags", row_to_json("t4e_".*) as "comments", row_to_json("t5e_".*) as "reactions") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."id" as "id", row_number() over () as "~n"
from (select "t1c"."id" as "id"
from "api"."posts" as "t1c"
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1"
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n") filter (where "t2e"."~n" <= $2::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select row_to_json("t3_".*) as "hashtag") as o) as "node") as o) as "~0", "t2"."~n" as "~n"
from (select "t2n"."hashtag_id" as "hashtag_id", row_number() over () as "~n"
from (select "t2c"."hashtag_id" as "hashtag_id"
from "api"."post_hashtags" as "t2c"
where (("t2c"."post_id" = "t1"."id"))
order by "t2c"."post_id", "t2c"."hashtag_id"
limit 31) as "t2n"
limit $2::bigint) as "t2"
left join lateral (select "t3"."name" as "name"
from "api"."hashtags" as "t3"
where ("t3"."id" = "t2"."hashtag_id")) as "t3_" on true) as "t2e") as "t2e_" on true
left join lateral (select coalesce(json_agg("t4e"."~0"
order by "t4e"."~n") filter (where "t4e"."~n" <= $2::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t4"."content" as "content") as o) as "node") as o) as "~0", "t4"."~n" as "~n"
from (select "t4n"."content" as "content", row_number() over () as "~n"
from (select "t4c"."content" as "content"
from "api"."comments" as "t4c"
where (("t4c"."post_id" = "t1"."id"))
order by "t4c"."id"
limit 31) as "t4n"
limit $2::bigint) as "t4") as "t4e") as "t4e_" on true
left join lateral (select coalesce(json_agg("t5e"."~0"
order by "t5e"."~n") filter (where "t5e"."~n" <= $2::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t5"."kind" as "kind", row_to_json("t6_".*) as "user") as o) as "node") as o) as "~0", "t5"."~n" as "~n"
from (select "t5n"."kind" as "kind", "t5n"."user_id" as "user_id", row_number() over () as "~n"
from (select "t5c"."kind" as "kind", "t5c"."user_id" as "user_id"
from "api"."reactions" as "t5c"
where (("t5c"."post_id" = "t1"."id"))
order by "t5c"."post_id", "t5c"."user_id"
limit 31) as "t5n"
limit $2::bigint) as "t5"
left join lateral (select "t6"."username" as "username"
from "api"."users" as "t6"
where ("t6"."id" = "t5"."user_id")) as "t6_" on true) as "t5e") as "t5e_" on true) as "t1e") as "t1e_" on true) as t
