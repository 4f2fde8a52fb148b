-- $1 = "2002"
select set_config('daira.kept', coalesce((select json_agg(r.*)
from "api"."repost"("id" => $1::bigint) as r), '[]')::text, true)

select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "repost"
from (select) as "q"
left join lateral (select row_to_json("t2_".*) as "user", row_to_json("t3_".*) as "post" from json_populate_recordset(null::"api"."reposts", current_setting('daira.kept')::json) as "t1"
left join lateral (select "t2"."username" as "username"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."user_id")) as "t2_" on true
left join lateral (select "t3"."content" as "content"
from "api"."posts" as "t3"
where ("t3"."id" = "t1"."post_id")) as "t3_" on true
where not ("t1" is null)) as "t1_" on true) as t
