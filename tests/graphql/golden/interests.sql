-- $1 = "[{\"user_id\": \"1001\", \"interest_code\": \"football\"}]"
with "written" as (insert into "api"."user_interests" as "target" ("user_id", "interest_code") select "body"."user_id", "body"."interest_code" from json_to_recordset($1::json) as "body" ("user_id" api.snowflake, "interest_code" text) returning 1) select row_to_json(t)::text
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount") as o) as "a"
from (select) as "q") as t

-- $1 = "1001"
-- $2 = "1"
with "written" as (delete
from "api"."user_interests" as "target"
where ("target"."user_id" = $1::bigint) returning 1) select row_to_json(t)::text, set_config('daira.rows', (select count(*)::text
from "written"), true), set_config('daira.most', $2::bigint::text, true)
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount") as o) as "b"
from (select) as "q") as t

do $$
begin
    if current_setting('daira.rows')::bigint > current_setting('daira.most')::bigint then
        raise exception 'delete impacts too many records'
            using errcode = 'cardinality_violation', hint = 'Narrow the filter or raise atMost.';
    end if;
end
$$
