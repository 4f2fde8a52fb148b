-- $1 = "30"
-- $2 = "omar"
-- $3 = "0"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "postCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", row_to_json("t2_".*) as "author") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."author_id" as "author_id", "t1n"."id" as "id", row_number() over () as "~n"
from (select "t1c"."author_id" as "author_id", "t1c"."id" as "id"
from "api"."posts" as "t1c"
where (exists (select 1
from "api"."users" as "t1c_0"
where ("t1c_0"."id" = "t1c"."author_id" and "t1c_0"."username" = $2::text)) and exists (select 1
from "api"."post_stats" as "t1c_1"
where ("t1c_1"."post_id" = "t1c"."id" and "t1c_1"."likes_count" > $3::integer)))
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."author_id")) as "t2_" on true) as "t1e") as "t1e_" on true) as t
