-- $1 = "{\"content\": \"morning\", \"visibility\": \"PUBLIC\"}"
select set_config('daira.kept', coalesce((select json_agg(r.*)
from "api"."create_story"("input" => json_populate_record(null::api.create_story_input, $1::json)) as r), '[]')::text, true)

select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "createStory"
from (select) as "q"
left join lateral (select "t1"."type" as "type", "t1"."content" as "content", row_to_json("t2_".*) as "author" from json_populate_recordset(null::"api"."posts", current_setting('daira.kept')::json) as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."author_id")) as "t2_" on true
where not ("t1" is null)) as "t1_" on true) as t
