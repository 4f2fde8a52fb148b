-- $1 = "1"
-- $2 = "2"
select row_to_json(t.*)::text
from (select 'Query'::text as "__typename", row_to_json("t1e_".*) as "postCollection"
from (select) as "q"
left join lateral (select 'PostConnection'::text as "__typename", coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select 'PageInfo'::text as "__typename") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select 'PostEdge'::text as "__typename", (select row_to_json(o.*)
from (select 'Post'::text as "__typename", row_to_json("t2_".*) as "author", row_to_json("t3e_".*) as "comments") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."author_id" as "author_id", row_number() over () as "~n"
from (select "t1c"."author_id" as "author_id"
from "api"."posts" as "t1c"
order by "t1c"."id"
limit 31) as "t1n"
limit $2::bigint) as "t1"
left join lateral (select 'User'::text as "__typename"
from "api"."users" as "t2"
where ("t2"."id" = "t1"."author_id")) as "t2_" on true
left join lateral (select 'CommentConnection'::text as "__typename"
from (select) as "t3e") as "t3e_" on true) as "t1e") as "t1e_" on true) as t
