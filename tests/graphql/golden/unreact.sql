-- $1 = "2002"
-- $2 = "1001"
-- $3 = "1"
with "written" as (delete
from "api"."reactions" as "target"
where ("target"."post_id" = $1::bigint and "target"."user_id" = $2::bigint) returning "target"."kind" as "kind") select row_to_json(t)::text, set_config('daira.rows', (select count(*)::text
from "written"), true), set_config('daira.most', $3::bigint::text, true)
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount", coalesce("t1_"."rows", '[]') as "records") as o) as "deleteFromReactionCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select "t1"."kind" as "kind"
from (select "one"."kind" as "kind", row_number() over () as "~n"
from "written" as "one") as "t1"
order by "t1"."~n") as r) as "t1_" on true) as t

do $$
begin
    if current_setting('daira.rows')::bigint > current_setting('daira.most')::bigint then
        raise exception 'delete impacts too many records'
            using errcode = 'cardinality_violation', hint = 'Narrow the filter or raise atMost.';
    end if;
end
$$
