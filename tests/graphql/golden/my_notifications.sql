-- $1 = "20"
-- $2 = "21"
-- $3 = "2"
select row_to_json(t.*)::text
from (select "api"."unread_count"() as "unreadCount", row_to_json("t1e_".*) as "notificationCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t1e"."~n" > $1::bigint)), ('false'::text)::boolean) as "hasNextPage") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."kind" as "kind", "t1"."read_at" as "readAt", row_to_json("t2e_".*) as "actors") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."id" as "id", "t1n"."kind" as "kind", "t1n"."read_at" as "read_at", row_number() over () as "~n"
from (select "t1c"."id" as "id", "t1c"."kind" as "kind", "t1c"."read_at" as "read_at"
from "api"."notifications" as "t1c"
order by "t1c"."id" desc
limit 31) as "t1n"
limit $2::bigint) as "t1"
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n") filter (where "t2e"."~n" <= $3::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select row_to_json("t3_".*) as "actor") as o) as "node") as o) as "~0", "t2"."~n" as "~n"
from (select "t2n"."actor_id" as "actor_id", row_number() over () as "~n"
from (select "t2c"."actor_id" as "actor_id"
from "api"."notification_actors" as "t2c"
where (("t2c"."notification_id" = "t1"."id"))
order by "t2c"."notification_id", "t2c"."actor_id"
limit 31) as "t2n"
limit $3::bigint) as "t2"
left join lateral (select "t3"."username" as "username"
from "api"."users" as "t3"
where ("t3"."id" = "t2"."actor_id")) as "t3_" on true) as "t2e") as "t2e_" on true) as "t1e") as "t1e_" on true) as t
