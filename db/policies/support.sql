grant usage on schema support to support;
grant select on
support.accounts, support.sessions, support.account_events, support.strikes, support.content, support.deliveries
to support;
grant execute on function support.why_not_in_feed(text, bigint) to support;
-- The views call these as their reader.
grant execute on function support.record_use(text), support.masked_email(text), support.masked_phone(text) to support;
