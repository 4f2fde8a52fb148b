-- $1 = "2005"
select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "postByPk"
from (select) as "q"
left join lateral (select "t1"."media_urls" as "mediaUrls", "t1"."media_count" as "mediaCount", "t1"."visibility" as "visibility", "t1"."reply_gate" as "replyGate"
from "api"."posts" as "t1"
where ("t1"."id" = $1::bigint)) as "t1_" on true) as t
