-- $1 = "[{\"post_id\": \"2005\", \"user_id\": \"1001\", \"kind\": \"LIKE\"}]"
with "written" as (insert into "api"."reactions" as "target" ("post_id", "user_id", "kind") select "body"."post_id", "body"."user_id", "body"."kind" from json_to_recordset($1::json) as "body" ("post_id" api.snowflake, "user_id" api.snowflake, "kind" api.reaction_kind) returning "target"."kind" as "kind", "target"."post_id" as "post_id") select set_config('daira.kept', coalesce((select json_agg(w.*)
from "written" as w), '[]')::text, true)

select row_to_json(t.*)::text
from (select (select row_to_json(o.*)
from (select (select count(*) as "count" from json_populate_recordset(null::"api"."reactions", current_setting('daira.kept')::json) as "counted") as "affectedCount", coalesce("t1_"."rows", '[]') as "records") as o) as "insertIntoReactionCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select "t1"."kind" as "kind", row_to_json("t2_".*) as "post"
from (select "one"."kind" as "kind", "one"."post_id" as "post_id", row_number() over () as "~n" from json_populate_recordset(null::"api"."reactions", current_setting('daira.kept')::json) as "one") as "t1"
left join lateral (select "t2"."content" as "content"
from "api"."posts" as "t2"
where ("t2"."id" = "t1"."post_id")) as "t2_" on true
order by "t1"."~n") as r) as "t1_" on true) as t
