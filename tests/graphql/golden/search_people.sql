-- $1 = "5"
-- $2 = "al%"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "userCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", "t1"."username" as "username", "t1"."name" as "name", "t1"."avatar_url" as "avatarUrl") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."avatar_url" as "avatar_url", "t1n"."id" as "id", "t1n"."name" as "name", "t1n"."username" as "username", row_number() over () as "~n"
from (select "t1c"."avatar_url" as "avatar_url", "t1c"."id" as "id", "t1c"."name" as "name", "t1c"."username" as "username"
from "api"."users" as "t1c"
where ((("t1c"."username" ilike $2::text) or ("t1c"."name" ilike $2::text)))
order by "t1c"."username", "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true) as t
