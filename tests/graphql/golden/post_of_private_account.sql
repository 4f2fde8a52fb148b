-- $1 = "2004"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "post", row_to_json("t2_".*) as "postByPk"
from (select) as "q"
left join lateral (select "t1"."content" as "content"
from "api"."get_post"("id" => $1::bigint) as "t1"
where not ("t1" is null)) as "t1_" on true
left join lateral (select "t2"."content" as "content"
from "api"."posts" as "t2"
where ("t2"."id" = $1::bigint)) as "t2_" on true) as t
