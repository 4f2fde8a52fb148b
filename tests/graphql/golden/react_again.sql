-- $1 = "[{\"post_id\": \"2002\", \"user_id\": \"1001\", \"kind\": \"LIKE\"}]"
with "written" as (insert into "api"."reactions" as "target" ("post_id", "user_id", "kind") select "body"."post_id", "body"."user_id", "body"."kind" from json_to_recordset($1::json) as "body" ("post_id" api.snowflake, "user_id" api.snowflake, "kind" api.reaction_kind) on conflict ("post_id", "user_id") do update set "kind" = excluded."kind" returning "target"."kind" as "kind") select row_to_json(t)::text
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount", coalesce("t1_"."rows", '[]') as "records") as o) as "insertIntoReactionCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select "t1"."kind" as "kind"
from (select "one"."kind" as "kind", row_number() over () as "~n"
from "written" as "one") as "t1"
order by "t1"."~n") as r) as "t1_" on true) as t
