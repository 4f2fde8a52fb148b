-- Events, consents, batches and sums are granted to nobody: the functions that write and read them are their owner's.
grant execute on function
ops.seal_batches(integer, integer), ops.take_batch(interval), ops.read_batch(bigint),
ops.settle_batch(bigint, integer, text), ops.delay_batch(bigint, double precision, text, boolean),
ops.drop_old_events(interval), ops.fold_creator_days(integer)
to worker;

grant execute on function api.my_creator_metrics(date, date) to authenticated;
