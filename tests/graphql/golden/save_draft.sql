-- $1 = "{\"content\": \"later\"}"
select set_config('daira.kept', coalesce((select json_agg(r.*)
from "api"."save_draft"("input" => json_populate_record(null::api.create_post_input, $1::json)) as r), '[]')::text, true)

select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "saveDraft"
from (select) as "q"
left join lateral (select "t1"."input" as "input", row_to_json("t2_".*) as "author" from json_populate_recordset(null::"api"."drafts", current_setting('daira.kept')::json) as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."author_id")) as "t2_" on true
where not ("t1" is null)) as "t1_" on true) as t
