-- $1 = "{\"posts\": [{\"content\": \"one\"}, {\"content\": \"two\"}]}"
select set_config('daira.kept', coalesce((select json_agg(r.*)
from "api"."create_thread"("input" => json_populate_record(null::api.create_thread_input, $1::json)) as r), '[]')::text, true)

-- $1 = "30"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "createThread"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."content" as "content", "t1"."thread_position" as "threadPosition") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."content" as "content", "t1n"."thread_position" as "thread_position", row_number() over () as "~n"
from (select "t1c"."content" as "content", "t1c"."thread_position" as "thread_position" from json_populate_recordset(null::"api"."posts", current_setting('daira.kept')::json) as "t1c"
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true) as t
