select row_to_json(t.*)::text
from (select 'Query'::text as "__typename"
from (select) as "q") as t
