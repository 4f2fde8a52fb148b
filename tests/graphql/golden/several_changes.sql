-- $1 = "{\"content\": \"first\"}"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "first"
from (select) as "q"
left join lateral (select "t1"."content" as "content"
from "api"."create_post"("input" => json_populate_record(null::api.create_post_input, $1::json)) as "t1"
where not ("t1" is null)) as "t1_" on true) as t

-- $1 = "2005"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "deletePost"
from (select) as "q"
left join lateral (select ("t1"."id")::text as "id"
from "api"."delete_post"("id" => $1::bigint) as "t1"
where not ("t1" is null)) as "t1_" on true) as t

-- $1 = "{\"content\": \"second\"}"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "second"
from (select) as "q"
left join lateral (select "t1"."content" as "content"
from "api"."create_post"("input" => json_populate_record(null::api.create_post_input, $1::json)) as "t1"
where not ("t1" is null)) as "t1_" on true) as t
