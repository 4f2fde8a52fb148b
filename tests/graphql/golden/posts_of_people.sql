-- $1 = "30"
-- $2 = "1003"
-- $3 = "1"
-- $4 = "2"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "userCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."username" as "username", row_to_json("t2e_".*) as "posts") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."id" as "id", "t1n"."username" as "username", row_number() over () as "~n"
from (select "t1c"."id" as "id", "t1c"."username" as "username"
from "api"."users" as "t1c"
where ("t1c"."id" < $2::bigint)
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1"
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n") filter (where "t2e"."~n" <= $3::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t2e"."~n" > $3::bigint)), ('false'::text)::boolean) as "hasNextPage") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t2"."content" as "content", row_to_json("t3_".*) as "author", row_to_json("t4_".*) as "stats") as o) as "node") as o) as "~0", "t2"."~n" as "~n"
from (select "t2n"."author_id" as "author_id", "t2n"."content" as "content", "t2n"."id" as "id", row_number() over () as "~n"
from (select "t2c"."author_id" as "author_id", "t2c"."content" as "content", "t2c"."id" as "id"
from "api"."posts" as "t2c"
where (("t2c"."author_id" = "t1"."id"))
order by "t2c"."id" desc
limit 31) as "t2n"
limit $4::bigint) as "t2"
left join lateral (select "t3"."username" as "username"
from "api"."users" as "t3"
where ("t3"."id" = "t2"."author_id")) as "t3_" on true
left join lateral (select "t4"."likes_count" as "likesCount", ("t4"."views_count")::text as "viewsCount"
from "api"."post_stats" as "t4"
where ("t4"."post_id" = "t2"."id")) as "t4_" on true) as "t2e") as "t2e_" on true) as "t1e") as "t1e_" on true) as t
