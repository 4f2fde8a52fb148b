-- $1 = "2001"
select set_config('daira.kept', coalesce((select json_agg(r.*)
from "api"."pin_post"("id" => $1::bigint) as r), '[]')::text, true)

select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "pinPost"
from (select) as "q"
left join lateral (select row_to_json("t2_".*) as "post" from json_populate_recordset(null::"api"."pinned_posts", current_setting('daira.kept')::json) as "t1"
left join lateral (select ("t2"."id")::text as "id"
from "api"."posts" as "t2"
where ("t2"."id" = "t1"."post_id")) as "t2_" on true
where not ("t1" is null)) as "t1_" on true) as t

select row_to_json(t.*)::text
from (select "api"."unpin_post"() as "unpinPost"
from (select) as "q") as t
