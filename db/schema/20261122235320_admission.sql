-- migrate:up
drop function if exists api.tg_follows__admit() cascade;

-- migrate:down
select 1;
