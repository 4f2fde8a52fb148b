-- $1 = "30"
-- $2 = "{\"https://example.com/2.jpg\"}"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "postCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t1"."id")::text as "id", "t1"."media_urls" as "mediaUrls", "t1"."version" as "version", "t1"."created_at" as "createdAt") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."created_at" as "created_at", "t1n"."id" as "id", "t1n"."media_urls" as "media_urls", "t1n"."version" as "version", row_number() over () as "~n"
from (select "t1c"."created_at" as "created_at", "t1c"."id" as "id", "t1c"."media_urls" as "media_urls", "t1c"."version" as "version"
from "api"."posts" as "t1c"
where ("t1c"."media_urls" && $2::text[])
order by "t1c"."id"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true) as t
