-- migrate:up
alter table ops.dead_letters add column request_id text;
comment on column ops.dead_letters.request_id is 'The request that caused the job, as logs name it; null where the clock did.';

alter table ops.notices add column request_id text;
alter table ops.notices alter column request_id set default nullif(current_setting('app.request_id', true), '');
comment on column ops.notices.request_id is 'The request that caused the event.';

alter table ops.deliveries add column request_id text;
comment on column ops.deliveries.request_id is 'The newest request of the events that it tells of.';

-- migrate:down
alter table ops.deliveries drop column request_id cascade;
alter table ops.notices drop column request_id cascade;
alter table ops.dead_letters drop column request_id cascade;
