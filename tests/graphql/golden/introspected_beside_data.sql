select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "me"
from (select) as "q"
left join lateral (select "t1"."username" as "username"
from "api"."me"() as "t1"
where not ("t1" is null)) as "t1_" on true) as t
