alter table ops.schema_migrations enable row level security;
alter table ops.schema_migrations force row level security;

grant usage on schema ops to gateway, worker;
grant execute on function ops.request_upload(bigint, text, text, text, bigint, interval) to gateway;
grant execute on function ops.finish_upload(text, api.media_status, bigint, text, text) to gateway, worker;
grant execute on function ops.claim_key(bigint, text, text, bytea, interval) to gateway;
grant execute on function ops.mark_key(bigint), ops.settle_key(bigint, integer, jsonb, bytea) to gateway;
grant execute on function ops.remove_old_keys(integer) to worker;
grant execute on function ops.fold_counters(integer), ops.fold_part(integer, integer), ops.recount(bigint[]) to worker;
grant execute on function ops.add_partitions(integer, integer) to worker;
grant execute on function ops.bury_job(bigint, text, text), ops.bury_failed_jobs() to worker;
grant select on ops.dead_letters, ops.gauges to worker;
grant execute on function ops.count_future_rows(), ops.count_drift(), ops.count_open_reports(), ops.measure_analytics()
to worker;
grant execute on function ops.pace_ads(), ops.issue_confirmation(bigint, bytea, interval) to worker;
grant execute on function ops.remove_old_sessions(integer), ops.look_for_uploads(integer) to worker;

-- The worker's client library works on the queue's own tables and functions.
grant usage on schema procrastinate to worker;
grant select, insert, update, delete on all tables in schema procrastinate to worker;
grant usage on all sequences in schema procrastinate to worker;
grant execute on all functions in schema procrastinate to worker;
