-- $1 = "1"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "followCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "a", coalesce(json_agg("t1e"."~1"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "b", 'FollowConnection'::text as "__typename"
from (select (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array("t1"."follower_id", "t1"."followee_id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor") as o) as "~0", (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select row_to_json("t2_".*) as "follower", row_to_json("t3_".*) as "followee") as o) as "node", 'FollowEdge'::text as "__typename") as o) as "~1", "t1"."~n" as "~n"
from (select "t1n"."followee_id" as "followee_id", "t1n"."follower_id" as "follower_id", row_number() over () as "~n"
from (select "t1c"."followee_id" as "followee_id", "t1c"."follower_id" as "follower_id"
from "api"."follows" as "t1c"
order by "t1c"."follower_id", "t1c"."followee_id"
limit 31) as "t1n"
limit $1::bigint) as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."follower_id")) as "t2_" on true
left join lateral (select "t3"."username" as "username"
from "api"."users" as "t3"
where ("t3"."id" = "t1"."followee_id")) as "t3_" on true) as "t1e") as "t1e_" on true) as t
