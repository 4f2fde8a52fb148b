-- $1 = "20"
-- $2 = "1001"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "userByPk"
from (select) as "q"
left join lateral (select row_to_json("t2e_".*) as "following"
from "api"."users" as "t1"
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n") filter (where "t2e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select row_to_json("t3_".*) as "followee") as o) as "node") as o) as "~0", "t2"."~n" as "~n"
from (select "t2n"."followee_id" as "followee_id", row_number() over () as "~n"
from (select "t2c"."followee_id" as "followee_id"
from "api"."follows" as "t2c"
where (("t2c"."follower_id" = "t1"."id"))
order by "t2c"."follower_id", "t2c"."followee_id"
limit 31) as "t2n"
limit $1::bigint) as "t2"
left join lateral (select "t3"."username" as "username"
from "api"."users" as "t3"
where ("t3"."id" = "t2"."followee_id")) as "t3_" on true) as "t2e") as "t2e_" on true
where ("t1"."id" = $2::bigint)) as "t1_" on true) as t
