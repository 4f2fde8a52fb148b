-- $1 = "[{\"blocker_id\": \"1003\", \"blocked_id\": \"1002\"}]"
with "written" as (insert into "api"."blocks" as "target" ("blocker_id", "blocked_id") select "body"."blocker_id", "body"."blocked_id" from json_to_recordset($1::json) as "body" ("blocker_id" api.snowflake, "blocked_id" api.snowflake) returning "target"."blocked_id" as "blocked_id") select set_config('daira.kept', coalesce((select json_agg(w.*)
from "written" as w), '[]')::text, true)

select row_to_json(t.*)::text
from (select (select row_to_json(o.*)
from (select (select count(*) as "count" from json_populate_recordset(null::"api"."blocks", current_setting('daira.kept')::json) as "counted") as "affectedCount", coalesce("t1_"."rows", '[]') as "records") as o) as "insertIntoBlockCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select row_to_json("t2_".*) as "blocked"
from (select "one"."blocked_id" as "blocked_id", row_number() over () as "~n" from json_populate_recordset(null::"api"."blocks", current_setting('daira.kept')::json) as "one") as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."blocked_id")) as "t2_" on true
order by "t1"."~n") as r) as "t1_" on true) as t
