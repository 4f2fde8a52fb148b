-- Weights, signals, affinity and keys are granted to nobody: the functions that read and fill them are their owner's.
grant execute on function api.explain_post(bigint), api.explore(text, integer) to authenticated;
grant usage on schema ops to worker;
grant execute on function ops.fold_views(integer), ops.refresh_usual_rates(), ops.refresh_popular() to worker;
