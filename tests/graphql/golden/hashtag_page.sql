-- $1 = "30"
-- $2 = "sea"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "hashtagCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."name" as "name") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."name" as "name", row_number() over () as "~n"
from (select "t1c"."name" as "name"
from "api"."hashtags" as "t1c"
where ("t1c"."name" = $2::text)
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true) as t
