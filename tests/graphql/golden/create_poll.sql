-- $1 = "{\"content\": \"Tea?\", \"poll\": {\"options\": [\"Yes\", \"No\"]}}"
select set_config('daira.kept', coalesce((select json_agg(r.*)
from "api"."create_post"("input" => json_populate_record(null::api.create_post_input, $1::json)) as r), '[]')::text, true)

-- $1 = "30"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "createPost"
from (select) as "q"
left join lateral (select "t1"."content" as "content", row_to_json("t2_".*) as "poll" from json_populate_recordset(null::"api"."posts", current_setting('daira.kept')::json) as "t1"
left join lateral (select "t2"."is_multiple" as "isMultiple", row_to_json("t3e_".*) as "options"
from "api"."polls" as "t2"
left join lateral (select coalesce(json_agg("t3e"."~0"
order by "t3e"."~n") filter (where "t3e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t3"."position" as "position", "t3"."label" as "label") as o) as "node") as o) as "~0", "t3"."~n" as "~n"
from (select "t3n"."label" as "label", "t3n"."position" as "position", row_number() over () as "~n"
from (select "t3c"."label" as "label", "t3c"."position" as "position"
from "api"."poll_options" as "t3c"
where (("t3c"."post_id" = "t2"."post_id"))
order by "t3c"."post_id", "t3c"."position"
limit 31) as "t3n"
limit $1::bigint) as "t3") as "t3e") as "t3e_" on true
where ("t2"."post_id" = "t1"."id")) as "t2_" on true
where not ("t1" is null)) as "t1_" on true) as t
