-- $1 = "2"
-- $2 = "1002"
-- $3 = "3"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "userCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t1e"."~n" > $1::bigint)), ('false'::text)::boolean) as "hasNextPage", (exists (select 1
from "api"."users" as "t1b"
where ((("t1b"."id" > $2::bigint) is distinct
from ('true'::text)::boolean)))) as "hasPreviousPage") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."username" as "username") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."username" as "username", row_number() over () as "~n"
from (select "t1c"."username" as "username"
from "api"."users" as "t1c"
where ("t1c"."id" > $2::bigint)
order by "t1c"."id"
limit 31) as "t1n"
limit $3::bigint) as "t1") as "t1e") as "t1e_" on true) as t
