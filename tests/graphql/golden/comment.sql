-- $1 = "[{\"post_id\": \"2005\", \"content\": \"Thank you\"}]"
with "written" as (insert into "api"."comments" as "target" ("post_id", "content") select "body"."post_id", "body"."content" from json_to_recordset($1::json) as "body" ("post_id" api.snowflake, "content" text) returning "target"."author_id" as "author_id", "target"."content" as "content", "target"."depth" as "depth", "target"."post_id" as "post_id") select set_config('daira.kept', coalesce((select json_agg(w.*)
from "written" as w), '[]')::text, true)

select row_to_json(t.*)::text
from (select (select row_to_json(o.*)
from (select coalesce("t1_"."rows", '[]') as "records") as o) as "insertIntoCommentCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select "t1"."content" as "content", "t1"."depth" as "depth", row_to_json("t2_".*) as "author", row_to_json("t3_".*) as "post"
from (select "one"."author_id" as "author_id", "one"."content" as "content", "one"."depth" as "depth", "one"."post_id" as "post_id", row_number() over () as "~n" from json_populate_recordset(null::"api"."comments", current_setting('daira.kept')::json) as "one") as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."author_id")) as "t2_" on true
left join lateral (select "t3"."content" as "content"
from "api"."posts" as "t3"
where ("t3"."id" = "t1"."post_id")) as "t3_" on true
order by "t1"."~n") as r) as "t1_" on true) as t
