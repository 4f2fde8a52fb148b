-- $1 = "[{\"follower_id\": \"1002\", \"followee_id\": \"1004\"}]"
with "written" as (insert into "api"."follows" as "target" ("follower_id", "followee_id") select "body"."follower_id", "body"."followee_id" from json_to_recordset($1::json) as "body" ("follower_id" api.snowflake, "followee_id" api.snowflake) returning "target"."followee_id" as "followee_id", "target"."follower_id" as "follower_id") select set_config('daira.kept', coalesce((select json_agg(w.*)
from "written" as w), '[]')::text, true)

select row_to_json(t.*)::text
from (select (select row_to_json(o.*)
from (select (select count(*) as "count" from json_populate_recordset(null::"api"."follows", current_setting('daira.kept')::json) as "counted") as "affectedCount", coalesce("t1_"."rows", '[]') as "records") as o) as "insertIntoFollowCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select row_to_json("t2_".*) as "follower", row_to_json("t3_".*) as "followee"
from (select "one"."followee_id" as "followee_id", "one"."follower_id" as "follower_id", row_number() over () as "~n" from json_populate_recordset(null::"api"."follows", current_setting('daira.kept')::json) as "one") as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."follower_id")) as "t2_" on true
left join lateral (select "t3"."username" as "username"
from "api"."users" as "t3"
where ("t3"."id" = "t1"."followee_id")) as "t3_" on true
order by "t1"."~n") as r) as "t1_" on true) as t
