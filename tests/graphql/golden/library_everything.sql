-- $1 = "[{\"visitor\": \"v\", \"shelves\": [{\"mark\": \"A\"}], \"notes\": {\"a\": 1}, \"days\": [\"2026-01-01\"]}, {\"visitor\": \"w\"}]"
-- $2 = "1"
-- $3 = "{\"science-fiction\",\"NOVEL\"}"
-- $4 = "1.5"
-- $5 = "2"
-- $6 = "1"
-- $7 = "{\"visitor\": \"v\", \"shelves\": [{\"mark\": \"A\"}], \"notes\": {\"a\": 1}, \"days\": [\"2026-01-01\"]}"
select row_to_json(t.*)::text
from (select row_to_json("t1e_".*) as "bookCollection", row_to_json("t6_".*) as "describe", "library"."count_visits"("visits" => array(select r from json_populate_recordset(null::library.visit_input, $1::json) as r)) as "countVisits", "library"."add"("a" => $2::integer) as "add"
from (select) as "q"
left join lateral (select (select count(*) as "count"
from "library"."book" as "t1a"
where ("t1a"."genre" = any($3::library.genre[]) and "t1a"."price" > $4::numeric)) as "totalCount", coalesce(json_agg("t1e"."~0"
order by "t1e"."~n") filter (where "t1e"."~n" <= $5::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select "t1"."title" as "heading", case "t1"."genre"::text when 'NOVEL' then 'NOVEL' when 'poetry' then 'poetry' when 'science-fiction' then 'SCIENCE_FICTION' end as "genre", ("t1"."price")::text as "price", ("t1"."sizes")::text[] as "sizes", ("t1"."data")::text as "data", row_to_json("t2_".*) as "author", row_to_json("t5_".*) as "cover") as o) as "node") as o) as "~0", "t1"."~n" as "~n"
from (select "t1n"."author_id" as "author_id", "t1n"."data" as "data", "t1n"."genre" as "genre", "t1n"."id" as "id", "t1n"."price" as "price", "t1n"."sizes" as "sizes", "t1n"."title" as "title", row_number() over () as "~n"
from (select "t1c"."author_id" as "author_id", "t1c"."data" as "data", "t1c"."genre" as "genre", "t1c"."id" as "id", "t1c"."price" as "price", "t1c"."sizes" as "sizes", "t1c"."title" as "title"
from "library"."book" as "t1c"
where ("t1c"."genre" = any($3::library.genre[]) and "t1c"."price" > $4::numeric)
order by "t1c"."id"
limit 4) as "t1n"
limit $5::bigint) as "t1"
left join lateral (select "library"."_loud"("t2") as "loud", row_to_json("t3_".*) as "firstBook", row_to_json("t4e_".*) as "booksOf"
from "library"."author" as "t2"
left join lateral (select "t3"."title" as "heading"
from "library"."first_book"("t2") as "t3"
where not ("t3" is null)) as "t3_" on true
left join lateral (select coalesce(json_agg("t4e"."~0"
order by "t4e"."~n") filter (where "t4e"."~n" <= $6::bigint), ('[]'::text)::json) as "edges"
from (select (select row_to_json(o.*)
from (select (select row_to_json(o.*)
from (select ("t4"."id")::text as "id") as o) as "node") as o) as "~0", "t4"."~n" as "~n"
from (select "t4n"."id" as "id", row_number() over () as "~n"
from (select "t4c"."id" as "id"
from "library"."books_of"("t2") as "t4c"
order by "t4c"."id"
limit 4) as "t4n"
limit $6::bigint) as "t4") as "t4e") as "t4e_" on true
where ("t2"."id" = "t1"."author_id")) as "t2_" on true
left join lateral (select "t5"."colour" as "colour"
from "library"."cover" as "t5"
where ("t5"."book_id" = "t1"."id")) as "t5_" on true) as "t1e") as "t1e_" on true
left join lateral (select "t6"."visitor" as "visitor", coalesce("t7_"."rows", '[]') as "shelves", ("t6"."notes")::text as "notes", "t6"."favourite" as "favourite"
from "library"."describe"("visit" => json_populate_record(null::library.visit_input, $7::json)) as "t6"
left join lateral (select json_agg(r.*) as rows
from (select "t7"."mark" as "mark", "t7"."position" as "position" from unnest("t6"."shelves") with ordinality as "t7"
order by "t7"."ordinality") as r) as "t7_" on true
where not ("t6" is null)) as "t6_" on true) as t
