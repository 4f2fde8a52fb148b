-- $1 = "[{\"post_id\": \"2002\", \"parent_id\": \"3001\", \"content\": \"Yes\"}]"
with "written" as (insert into "api"."comments" as "target" ("post_id", "parent_id", "content") select "body"."post_id", "body"."parent_id", "body"."content" from json_to_recordset($1::json) as "body" ("post_id" api.snowflake, "parent_id" api.snowflake, "content" text) returning "target"."content" as "content", "target"."depth" as "depth", "target"."parent_id" as "parent_id") select set_config('daira.kept', coalesce((select json_agg(w.*)
from "written" as w), '[]')::text, true)

select row_to_json(t.*)::text
from (select (select row_to_json(o.*)
from (select coalesce("t1_"."rows", '[]') as "records") as o) as "insertIntoCommentCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select "t1"."content" as "content", "t1"."depth" as "depth", row_to_json("t2_".*) as "parent"
from (select "one"."content" as "content", "one"."depth" as "depth", "one"."parent_id" as "parent_id", row_number() over () as "~n" from json_populate_recordset(null::"api"."comments", current_setting('daira.kept')::json) as "one") as "t1"
left join lateral (select "t2"."content" as "content"
from "api"."comments" as "t2"
where ("t2"."id" = "t1"."parent_id")) as "t2_" on true
order by "t1"."~n") as r) as "t1_" on true) as t
