-- migrate:up
create domain auth.one_time_token_type as text
constraint one_time_token_type_is_known check (value in ('CONFIRM_EMAIL'));
comment on domain auth.one_time_token_type is 'What a one-time token proves.';

-- No role but migrator has a grant on this table. A new token of a type takes the place of the one before.
create table auth.one_time_tokens (
    user_id bigint not null references api.users (id) on delete cascade,
    type auth.one_time_token_type not null,
    token_hash bytea not null
    constraint one_time_tokens_hash_is_unique unique
    constraint one_time_tokens_hash_is_a_digest check (octet_length(token_hash) = 32),
    email_key text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (user_id, type)
);
alter table auth.one_time_tokens enable row level security;
alter table auth.one_time_tokens force row level security;
comment on table auth.one_time_tokens is 'Proofs that were sent to somebody by e-mail, and have yet to come back.';
comment on column auth.one_time_tokens.token_hash is 'SHA-256 of the token, which stands in the e-mail alone.';
comment on column auth.one_time_tokens.email_key is 'The address that it was sent to; it proves nothing about another one.';

-- migrate:down
drop table auth.one_time_tokens cascade;
drop domain auth.one_time_token_type;
