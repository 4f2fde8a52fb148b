-- $1 = "1002"
-- $2 = "1"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "posts"
from (select) as "q"
left join lateral (select coalesce("t2_"."rows", '[]') as "edges", case when not ("t1"."page_info" is null) then (select row_to_json(o.*)
from (select ("t1"."page_info")."has_next_page" as "hasNextPage") as o) end as "pageInfo"
from "api"."list_posts"("author_id" => $1::bigint, "limit" => $2::integer) as "t1"
left join lateral (select json_agg(r.*) as rows
from (select "t2"."cursor" as "cursor", case when not ("t2"."node" is null) then (select row_to_json(o.*)
from (select (("t2"."node")."id")::text as "id", ("t2"."node")."content" as "content") as o) end as "node" from unnest("t1"."edges") with ordinality as "t2"
order by "t2"."ordinality") as r) as "t2_" on true
where not ("t1" is null)) as "t1_" on true) as t
