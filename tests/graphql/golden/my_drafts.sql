-- $1 = "30"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "draftCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", "t1"."input" as "input", "t1"."publish_at" as "publishAt") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."id" as "id", "t1n"."input" as "input", "t1n"."publish_at" as "publish_at", row_number() over () as "~n"
from (select "t1c"."id" as "id", "t1c"."input" as "input", "t1c"."publish_at" as "publish_at"
from "api"."drafts" as "t1c"
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true) as t
