-- What DAIRA's own schema lacks and clients have methods for: a column of ranges, and a function that changes rows.
set role migrator;

create view api.account_spans with (security_invoker) as
select u.username, int4range((u.id - 1000)::integer * 10, (u.id - 1000)::integer * 10 + 10) as span
from api.users as u;
grant select on api.account_spans to anon, authenticated;

reset role;
