-- $1 = "4194304"
-- $2 = "2026-01-01T00:00:00Z"
select row_to_json(t.*)::text
from (select "api"."time_of_id"("id" => $1::bigint) as "timeOfId", ("api"."id_at"("moment" => $2::timestamp with time zone))::text as "idAt"
from (select) as "q") as t
