-- $1 = "30"
-- $2 = "2002"
-- $3 = "1001"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "reactionCollection", row_to_json("t3_".*) as "reactionByPk"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."kind" as "kind", row_to_json("t2_".*) as "user") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."kind" as "kind", "t1n"."user_id" as "user_id", row_number() over () as "~n"
from (select "t1c"."kind" as "kind", "t1c"."user_id" as "user_id"
from "api"."reactions" as "t1c"
where ("t1c"."post_id" = $2::bigint)
order by "t1c"."post_id", "t1c"."user_id"
limit 31) as "t1n"
limit $1::bigint) as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."user_id")) as "t2_" on true) as "t1e") as "t1e_" on true
left join lateral (select "t3"."kind" as "kind"
from "api"."reactions" as "t3"
where ("t3"."post_id" = $2::bigint and "t3"."user_id" = $3::bigint)) as "t3_" on true) as t
