-- $1 = "1001"
-- $2 = "1002"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "iFollow", row_to_json("t2_".*) as "followsMe"
from (select) as "q"
left join lateral (select "t1"."created_at" as "createdAt"
from "api"."follows" as "t1"
where ("t1"."follower_id" = $1::bigint and "t1"."followee_id" = $2::bigint)) as "t1_" on true
left join lateral (select "t2"."created_at" as "createdAt"
from "api"."follows" as "t2"
where ("t2"."follower_id" = $2::bigint and "t2"."followee_id" = $1::bigint)) as "t2_" on true) as t
