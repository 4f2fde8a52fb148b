grant execute on function ops.find_upload(bigint) to worker;
