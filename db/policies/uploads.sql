-- Clients never write api.media: the gateway signs addresses for them, and gateway and worker settle what arrived.
grant usage on schema ops to gateway, worker;
grant execute on function
ops.request_upload(text, text, text, text, interval),
ops.find_own_upload(text),
ops.settle_upload(bigint, text, text, bigint, text)
to gateway;
grant execute on function
ops.find_upload(bigint),
ops.settle_upload(bigint, text, text, bigint, text)
to worker;
