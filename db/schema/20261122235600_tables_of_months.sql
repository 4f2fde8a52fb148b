-- migrate:up
drop function if exists ops.add_partitions(integer);

-- migrate:down
drop function if exists ops.add_partitions(integer, integer);
