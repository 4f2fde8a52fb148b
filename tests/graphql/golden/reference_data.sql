-- $1 = "2"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "governorateCollection", row_to_json("t2e_".*) as "languageCollection"
from (select) as "q"
left join lateral (select coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."code" as "code", "t1"."name_en" as "nameEn", "t1"."name_ar" as "nameAr") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."code" as "code", "t1n"."name_ar" as "name_ar", "t1n"."name_en" as "name_en", row_number() over () as "~n"
from (select "t1c"."code" as "code", "t1c"."name_ar" as "name_ar", "t1c"."name_en" as "name_en"
from "api"."governorates" as "t1c"
order by "t1c"."name_en", "t1c"."code"
limit 31) as "t1n"
limit $1::bigint) as "t1") as "t1e") as "t1e_" on true
left join lateral (select coalesce(json_agg("t2e"."~0"
order by "t2e"."~n") filter (where "t2e"."~n" <= $1::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t2"."code" as "code") as o) as "node") as o) as "~0", "t2"."~n" as "~n"
from (select "t2n"."code" as "code", row_number() over () as "~n"
from (select "t2c"."code" as "code"
from "api"."languages" as "t2c"
order by "t2c"."code"
limit 31) as "t2n"
limit $1::bigint) as "t2") as "t2e") as "t2e_" on true) as t
