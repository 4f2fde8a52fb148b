-- $1 = "{\"type\": \"REGULAR\", \"content\": \"Hello from DAIRA! \", \"media_urls\": [\"https://example.com/image.jpg\"]}"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "createPost"
from (select) as "q"
left join lateral (select ("t1"."id")::text as "id", "t1"."type" as "type", "t1"."content" as "content", "t1"."created_at" as "createdAt"
from "api"."create_post"("input" => json_populate_record(null::api.create_post_input, $1::json)) as "t1"
where not ("t1" is null)) as "t1_" on true) as t
