-- $1 = "1001"
-- $2 = "1004"
-- $3 = "1"
with "written" as (delete
from "api"."follows" as "target"
where ("target"."follower_id" = $1::bigint and "target"."followee_id" = $2::bigint) returning 1) select row_to_json(t)::text, set_config('daira.rows', (select count(*)::text
from "written"), true), set_config('daira.most', $3::bigint::text, true)
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount") as o) as "deleteFromFollowCollection"
from (select) as "q") as t

do $$
begin
    if current_setting('daira.rows')::bigint > current_setting('daira.most')::bigint then
        raise exception 'delete impacts too many records'
            using errcode = 'cardinality_violation', hint = 'Narrow the filter or raise atMost.';
    end if;
end
$$
