-- $1 = "2003"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "deletePost"
from (select) as "q"
left join lateral (select ("t1"."id")::text as "id"
from "api"."delete_post"("id" => $1::bigint) as "t1"
where not ("t1" is null)) as "t1_" on true) as t
