-- $1 = "REEL"
-- $2 = "true"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "reels", row_to_json("t3_".*) as "creators"
from (select) as "q"
left join lateral (select coalesce("t2_"."rows", '[]') as "edges"
from "api"."list_posts"("type" => $1::text) as "t1"
left join lateral (select json_agg(r.*) as rows
from (select case when not ("t2"."node" is null) then (select row_to_json(o.*)
from (select (("t2"."node")."id")::text as "id") as o) end as "node" from unnest("t1"."edges") with ordinality as "t2"
order by "t2"."ordinality") as r) as "t2_" on true
where not ("t1" is null)) as "t1_" on true
left join lateral (select coalesce("t4_"."rows", '[]') as "edges"
from "api"."list_posts"("creators_only" => $2::boolean) as "t3"
left join lateral (select json_agg(r.*) as rows
from (select case when not ("t4"."node" is null) then (select row_to_json(o.*)
from (select (("t4"."node")."id")::text as "id", row_to_json("t5_".*) as "author") as o) end as "node" from unnest("t3"."edges") with ordinality as "t4"
left join lateral (select "t5"."username" as "username", "t5"."user_type" as "userType"
from "api"."users" as "t5"
where ("t5"."id" = ("t4"."node")."author_id")) as "t5_" on true
order by "t4"."ordinality") as r) as "t4_" on true
where not ("t3" is null)) as "t3_" on true) as t
