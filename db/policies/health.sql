grant execute on function ops.check_jobs() to gateway;
