-- $1 = "30"
-- $2 = "REEL"
-- $3 = "true"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "reels", row_to_json("t2e_".*) as "creators"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t1"."id")::text as "id") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."id" as "id", row_number() over () as "~n"
from (select "t1c"."id" as "id"
from "api"."list_posts"("type" => $2::text) as "t1c"
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n") filter (where "t2e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t2"."id")::text as "id", row_to_json("t3_".*) as "author") as o) as "node") as o) as "~0", "t2"."~n" as "~n"
from (select "t2n"."author_id" as "author_id", "t2n"."id" as "id", row_number() over () as "~n"
from (select "t2c"."author_id" as "author_id", "t2c"."id" as "id"
from "api"."list_posts"("creators_only" => $3::boolean) as "t2c"
order by "t2c"."id"
limit 31) as "t2n"
limit $1::bigint) as "t2"
left join lateral (select "t3"."username" as "username", "t3"."user_type" as "userType"
from "api"."users" as "t3"
where ("t3"."id" = "t2"."author_id")) as "t3_" on true) as "t2e") as "t2e_" on true) as t
