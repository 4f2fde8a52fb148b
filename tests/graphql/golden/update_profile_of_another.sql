-- $1 = "[{\"bio\": \"taken\"}]"
-- $2 = "1002"
-- $3 = "1"
with "written" as (update "api"."users" as "target" set "bio" = "body"."bio"
from (select * from json_to_recordset($1::json) as "body" ("bio" text)
limit 1) as "body"
where ("target"."id" = $2::bigint) returning "target"."id" as "id") select row_to_json(t)::text, set_config('daira.rows', (select count(*)::text
from "written"), true), set_config('daira.most', $3::bigint::text, true)
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount", coalesce("t1_"."rows", '[]') as "records") as o) as "updateUserCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select ("t1"."id")::text as "id"
from (select "one"."id" as "id", row_number() over () as "~n"
from "written" as "one") as "t1"
order by "t1"."~n") as r) as "t1_" on true) as t

do $$
begin
    if current_setting('daira.rows')::bigint > current_setting('daira.most')::bigint then
        raise exception 'update impacts too many records'
            using errcode = 'cardinality_violation', hint = 'Narrow the filter or raise atMost.';
    end if;
end
$$
