-- $1 = null
-- $2 = "1"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "feed"
from (select) as "q"
left join lateral (select coalesce("t2_"."rows", '[]') as "edges", case when not ("t1"."page_info" is null) then (select row_to_json(o.*)
from (select ("t1"."page_info")."has_next_page" as "hasNextPage", ("t1"."page_info")."has_previous_page" as "hasPreviousPage") as o) end as "pageInfo"
from "api"."feed"("cursor" => $1::text, "limit" => $2::integer) as "t1"
left join lateral (select json_agg(r.*) as rows
from (select "t2"."cursor" as "cursor", case when not ("t2"."node" is null) then (select row_to_json(o.*)
from (select (("t2"."node")."id")::text as "id", translate(encode(convert_to(jsonb_build_array('api'::text, 'posts'::text, ("t2"."node")."id")::text, 'UTF8'), 'base64'), E'\n', '') as "nodeId") as o) end as "node" from unnest("t1"."edges") with ordinality as "t2"
order by "t2"."ordinality") as r) as "t2_" on true
where not ("t1" is null)) as "t1_" on true) as t
