-- $1 = "[{\"name\": \"A\", \"points\": \"5\"}, {\"name\": \"B\"}]"
with "written" as (insert into "library"."member" as "target" ("name", "points") select "body"."name", "body"."points" from json_to_recordset((select json_agg(jsonb_build_object('points', 10) || o) from jsonb_array_elements($1::jsonb) as o)) as "body" ("name" text, "points" bigint) returning "target"."id" as "id", "target"."name" as "name", "target"."points" as "points", "target"."tutor_id" as "tutor_id") select set_config('daira.kept', coalesce((select json_agg(w.*)
from "written" as w), '[]')::text, true)

select row_to_json(t.*)::text
from (select (select row_to_json(o.*)
from (select (select count(*) as "count" from json_populate_recordset(null::"library"."member", current_setting('daira.kept')::json) as "counted") as "affectedCount", coalesce("t1_"."rows", '[]') as "records") as o) as "insertIntoMemberCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select translate(encode(convert_to(jsonb_build_array('library'::text, 'member'::text, "t1"."id")::text, 'UTF8'), 'base64'), E'\n', '') as "nodeId", "t1"."name" as "name", ("t1"."points")::text as "points", row_to_json("t2_".*) as "tutor"
from (select "one"."id" as "id", "one"."name" as "name", "one"."points" as "points", "one"."tutor_id" as "tutor_id", row_number() over () as "~n" from json_populate_recordset(null::"library"."member", current_setting('daira.kept')::json) as "one") as "t1"
left join lateral (select "t2"."name" as "name"
from "library"."member" as "t2"
where ("t2"."id" = "t1"."tutor_id")) as "t2_" on true
order by "t1"."~n") as r) as "t1_" on true) as t

-- $1 = "[{\"name\": \"A\"}]"
-- $2 = "nobody"
-- $3 = "3"
with "written" as (update "library"."member" as "target" set "name" = "body"."name"
from (select * from json_to_recordset($1::json) as "body" ("name" text)
limit 1) as "body"
where ("target"."name" = $2::text) returning 1) select row_to_json(t)::text, set_config('daira.rows', (select count(*)::text
from "written"), true), set_config('daira.most', $3::bigint::text, true)
from (select (select row_to_json(o.*)
from (select (select count(*) as "count"
from "written" as "counted") as "affectedCount") as o) as "updateMemberCollection"
from (select) as "q") as t

do $$
begin
    if current_setting('daira.rows')::bigint > current_setting('daira.most')::bigint then
        raise exception 'update impacts too many records'
            using errcode = 'cardinality_violation', hint = 'Narrow the filter or raise atMost.';
    end if;
end
$$

-- $1 = "0"
-- $2 = "1"
with "written" as (delete
from "library"."loan" as "target"
where ("target"."member_id" = $1::integer) returning "target"."book_id" as "book_id") select row_to_json(t)::text, set_config('daira.rows', (select count(*)::text
from "written"), true), set_config('daira.most', $2::bigint::text, true)
from (select (select row_to_json(o.*)
from (select coalesce("t1_"."rows", '[]') as "records") as o) as "deleteFromLoanCollection"
from (select) as "q"
left join lateral (select json_agg(r.*) as rows
from (select row_to_json("t2_".*) as "book"
from (select "one"."book_id" as "book_id", row_number() over () as "~n"
from "written" as "one") as "t1"
left join lateral (select "t2"."title" as "heading"
from "library"."book" as "t2"
where ("t2"."id" = "t1"."book_id")) as "t2_" on true
order by "t1"."~n") as r) as "t1_" on true) as t

do $$
begin
    if current_setting('daira.rows')::bigint > current_setting('daira.most')::bigint then
        raise exception 'delete impacts too many records'
            using errcode = 'cardinality_violation', hint = 'Narrow the filter or raise atMost.';
    end if;
end
$$
