-- $1 = "[{\"post_id\": \"1\", \"content\": \"?\"}]"
with "written" as (insert into "api"."comments" as "target" ("post_id", "content") select "body"."post_id", "body"."content" from json_to_recordset($1::json) as "body" ("post_id" api.snowflake, "content" text) returning 1) select row_to_json(t)::text
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount") as o) as "insertIntoCommentCollection"
from (select) as "q") as t
