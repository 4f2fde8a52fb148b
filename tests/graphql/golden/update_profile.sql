-- $1 = "[{\"bio\": \"\\u0645\\u0647\\u0646\\u062f\\u0633\\u0629\", \"locale\": \"ar\"}]"
-- $2 = "1001"
-- $3 = "1"
with "written" as (update "api"."users" as "target" set "bio" = "body"."bio", "locale" = "body"."locale"
from (select * from json_to_recordset($1::json) as "body" ("bio" text, "locale" api.language_tag)
limit 1) as "body"
where ("target"."id" = $2::bigint) returning "target"."bio" as "bio", "target"."locale" as "locale") select row_to_json(t)::text, set_config('daira.rows', (select count(*)::text
from "written"), true), set_config('daira.most', $3::bigint::text, true)
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount", coalesce("t1_"."rows", '[]') as "records") as o) as "updateUserCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select "t1"."bio" as "bio", "t1"."locale" as "locale"
from (select "one"."bio" as "bio", "one"."locale" as "locale", row_number() over () as "~n"
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
