-- $1 = "3"
-- $2 = "REGULAR"
-- $3 = "{\"PUBLIC\",\"FOLLOWERS\"}"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "postCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", "t1"."type" as "type", "t1"."visibility" as "visibility") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."id" as "id", "t1n"."type" as "type", "t1n"."visibility" as "visibility", row_number() over () as "~n"
from (select "t1c"."id" as "id", "t1c"."type" as "type", "t1c"."visibility" as "visibility"
from "api"."posts" as "t1c"
where ("t1c"."type" = $2::text and "t1c"."visibility" = any($3::text[]))
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true) as t
