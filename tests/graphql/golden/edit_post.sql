-- $1 = "2001"
-- $2 = "{\"content\": \"\\u0645\\u0633\\u0627\\u0621 \\u0627\\u0644\\u062e\\u064a\\u0631\"}"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "updatePost"
from (select) as "q"
left join lateral (select "t1"."content" as "content", "t1"."version" as "version"
from "api"."update_post"("id" => $1::bigint, "input" => json_populate_record(null::api.update_post_input, $2::json)) as "t1"
where not ("t1" is null)) as "t1_" on true) as t
