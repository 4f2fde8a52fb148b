-- $1 = "{\"content\": \"A \\\"quoted\\\" text with a \\\\ in it.\", \"media_urls\": []}"
select set_config('daira.kept', coalesce((select json_agg(r.*)
from "api"."create_post"("input" => json_populate_record(null::api.create_post_input, $1::json)) as r), '[]')::text, true)

select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "createPost"
from (select) as "q"
left join lateral (select 'Post'::text as "__typename", "t1"."content" as "content", row_to_json("t2_".*) as "author", row_to_json("t3_".*) as "stats" from json_populate_recordset(null::"api"."posts", current_setting('daira.kept')::json) as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."author_id")) as "t2_" on true
left join lateral (select "t3"."likes_count" as "likesCount"
from "api"."post_stats" as "t3"
where ("t3"."post_id" = "t1"."id")) as "t3_" on true
where not ("t1" is null)) as "t1_" on true) as t
