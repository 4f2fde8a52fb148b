-- $1 = "30"
-- $2 = null
-- $3 = "1003"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "userCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select translate(encode(convert_to(jsonb_build_array("t1"."avatar_url", "t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "cursor", (select row_to_json(o.*)
from (select "t1"."username" as "username", "t1"."avatar_url" as "avatarUrl") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."avatar_url" as "avatar_url", "t1n"."id" as "id", "t1n"."username" as "username", row_number() over () as "~n"
from (select "t1c"."avatar_url" as "avatar_url", "t1c"."id" as "id", "t1c"."username" as "username"
from "api"."users" as "t1c"
where ((((("t1c"."avatar_url" < $2::text or ("t1c"."avatar_url" is null and $2::text is not null))) or (not ("t1c"."avatar_url" is distinct from $2::text) and "t1c"."id" < $3::bigint))))
order by "t1c"."avatar_url" desc nulls last, "t1c"."id" desc
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true) as t
