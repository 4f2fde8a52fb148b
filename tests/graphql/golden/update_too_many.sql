-- $1 = "[{\"content\": \"same\"}]"
-- $2 = "1001"
-- $3 = "1"
with "written" as (update "api"."comments" as "target" set "content" = "body"."content"
from (select * from json_to_recordset($1::json) as "body" ("content" text)
limit 1) as "body"
where ("target"."author_id" = $2::bigint) returning 1) select row_to_json(t)::text, set_config('daira.rows', (select count(*)::text
from "written"), true), set_config('daira.most', $3::bigint::text, true)
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount") as o) as "updateCommentCollection"
from (select) as "q") as t

do $$
begin
    if current_setting('daira.rows')::bigint > current_setting('daira.most')::bigint then
        raise exception 'update impacts too many records'
            using errcode = 'cardinality_violation', hint = 'Narrow the filter or raise atMost.';
    end if;
end
$$
