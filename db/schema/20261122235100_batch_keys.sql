-- migrate:up
-- Identifiers that hold the time: a database that is restored from a backup never gives a key again that the analytics store
-- has seen already, and would take for a repetition.
-- Only ops.seal_batches inserts, and never names the column.
-- squawk-ignore ban-alter-identity
alter table ops.analytics_batches alter column id drop identity;
alter table ops.analytics_batches alter column id set default api.next_id();

-- migrate:down
-- squawk-ignore ban-drop-default
alter table ops.analytics_batches alter column id drop default;
-- squawk-ignore ban-alter-identity
alter table ops.analytics_batches alter column id add generated always as identity;
