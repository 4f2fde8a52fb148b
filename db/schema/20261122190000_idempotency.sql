-- migrate:up

-- No foreign key: a row lives for a day, and a write should not lock its writer's account for it.
create table ops.idempotency_keys (
    id bigint primary key default api.next_id(),
    user_id bigint not null,
    key text not null,
    route text not null,
    digest bytea not null,
    claimed_at timestamptz not null default now(),
    written_at timestamptz,
    status integer,
    headers jsonb,
    body bytea,
    constraint idempotency_keys_are_a_users_own unique (user_id, key),
    constraint idempotency_keys_key_is_short check (char_length(key) between 1 and 255),
    constraint idempotency_keys_digest_is_one check (octet_length(digest) = 32),
    constraint idempotency_keys_answer_is_whole check (num_nulls(status, headers, body) in (0, 3)),
    constraint idempotency_keys_only_writes_are_answered check (status is null or written_at is not null)
);
create index idempotency_keys_claimed_at_idx on ops.idempotency_keys (claimed_at);
alter table ops.idempotency_keys enable row level security;
alter table ops.idempotency_keys force row level security;

comment on table ops.idempotency_keys is
'Keys by which a client may repeat a write without making it twice, for 24 hours.';
comment on column ops.idempotency_keys.id is 'The claim: a new one whenever the key is taken again.';
comment on column ops.idempotency_keys.route is 'Method and path, for whoever looks.';
comment on column ops.idempotency_keys.digest is 'SHA-256 of method, schema, path, query and body.';
comment on column ops.idempotency_keys.written_at is 'When the write was made, set in its own transaction.';
comment on column ops.idempotency_keys.status is 'The answer''s; null while it is under way or lost.';

-- migrate:down

drop table ops.idempotency_keys cascade;
