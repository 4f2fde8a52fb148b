-- $1 = "20"
-- $2 = "21"
-- $3 = "1001"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "userByPk"
from (select) as "q"
left join lateral (select row_to_json("t2e_".*) as "followers"
from "api"."users" as "t1"
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n") filter (where "t2e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges", (select row_to_json(o.*)
from (select coalesce(bool_or(("t2e"."~n" > $1::bigint)), ('false'::text)::boolean) as "hasNextPage", (array_agg("t2e"."~cursor"
order by "t2e"."~n" desc) filter (where "t2e"."~n" <= $1::bigint))[1] as "endCursor") as o) as "pageInfo"
from (select (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array("t2"."created_at", "t2"."follower_id", "t2"."followee_id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor", (select row_to_json(o.*)
from (select "t2"."created_at" as "createdAt", row_to_json("t3_".*) as "follower") as o) as "node") as o) as "~0", translate(encode(convert_to(jsonb_build_array("t2"."created_at", "t2"."follower_id", "t2"."followee_id")::text, 'UTF8'), 'base64'), E'\n', '') as "~cursor", "t2"."~n" as "~n"
from (select "t2n"."created_at" as "created_at", "t2n"."followee_id" as "followee_id", "t2n"."follower_id" as "follower_id", row_number() over () as "~n"
from (select "t2c"."created_at" as "created_at", "t2c"."followee_id" as "followee_id", "t2c"."follower_id" as "follower_id"
from "api"."follows" as "t2c"
where (("t2c"."followee_id" = "t1"."id"))
order by "t2c"."created_at" desc, "t2c"."follower_id", "t2c"."followee_id"
limit 31) as "t2n"
limit $2::bigint) as "t2"
left join lateral (select ("t3"."id")::text as "id", "t3"."username" as "username", "t3"."name" as "name", "t3"."avatar_url" as "avatarUrl", "t3"."is_verified" as "isVerified"
from "api"."users" as "t3"
where ("t3"."id" = "t2"."follower_id")) as "t3_" on true) as "t2e") as "t2e_" on true
where ("t1"."id" = $3::bigint)) as "t1_" on true) as t
