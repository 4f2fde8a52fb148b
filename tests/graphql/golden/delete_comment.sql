-- $1 = "3004"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "deleteComment"
from (select) as "q"
left join lateral (select "t1"."content" as "content"
from "api"."delete_comment"("id" => $1::bigint) as "t1"
where not ("t1" is null)) as "t1_" on true) as t
