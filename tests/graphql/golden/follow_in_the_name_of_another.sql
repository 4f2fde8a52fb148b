-- $1 = "[{\"follower_id\": \"1004\", \"followee_id\": \"1002\"}]"
with "written" as (insert into "api"."follows" as "target" ("follower_id", "followee_id") select "body"."follower_id", "body"."followee_id" from json_to_recordset($1::json) as "body" ("follower_id" api.snowflake, "followee_id" api.snowflake) returning 1) select row_to_json(t)::text
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount") as o) as "insertIntoFollowCollection"
from (select) as "q") as t
