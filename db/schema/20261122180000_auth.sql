-- migrate:up

-- No role but migrator has a grant on these tables: the functions of db/functions/auth.sql are the only way in.

create table auth.credentials (
    user_id bigint primary key references api.users (id) on delete cascade,
    password_hash text not null,
    role text not null default 'authenticated',
    password_changed_at timestamptz not null default now(),
    disabled_at timestamptz,
    created_at timestamptz not null default now(),
    constraint credentials_hash_is_modular check (password_hash ~ '^[$][0-9a-z]+[$]'),
    constraint credentials_role_is_grantable check (
        role in ('authenticated', 'creator', 'advertiser', 'moderator', 'admin')
    )
);
alter table auth.credentials enable row level security;
alter table auth.credentials force row level security;

comment on table auth.credentials is 'How an account proves itself, and the database role that its tokens carry.';
comment on column auth.credentials.password_hash is 'Modular crypt format; made and checked by the gateway.';
comment on column auth.credentials.disabled_at is 'Since when nobody may sign in to this account.';

create table auth.devices (
    id bigint primary key default api.next_id(),
    user_id bigint not null references api.users (id) on delete cascade,
    fingerprint bytea not null,
    user_agent text,
    first_seen_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    constraint devices_are_known_once unique (user_id, fingerprint),
    constraint devices_fingerprint_is_a_digest check (octet_length(fingerprint) = 32)
);
alter table auth.devices enable row level security;
alter table auth.devices force row level security;

comment on table auth.devices is 'Devices from which an account was used: a signal for notices, never a gate.';
comment on column auth.devices.fingerprint is 'Keyed digest of what the client tells about itself; not reversible.';

create table auth.sessions (
    id bigint primary key default api.next_id(),
    user_id bigint not null references api.users (id) on delete cascade,
    device_id bigint references auth.devices (id) on delete set null,
    refresh_key bytea not null,
    refresh_counter bigint not null default 0,
    aal text not null default 'aal1',
    amr text[] not null default '{password}',
    ip inet,
    user_agent text,
    created_at timestamptz not null default now(),
    rotated_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ends_at timestamptz not null,
    revoked_at timestamptz,
    revoked_reason text,
    constraint sessions_key_has_256_bits check (octet_length(refresh_key) = 32),
    constraint sessions_aal_is_known check (aal in ('aal1', 'aal2')),
    constraint sessions_counter_never_negative check (refresh_counter >= 0),
    constraint sessions_revocation_has_a_reason check ((revoked_at is null) = (revoked_reason is null)),
    constraint sessions_reason_is_known check (
        revoked_reason in ('logout', 'logout_others', 'token_reuse', 'password_change', 'account_disabled')
    )
);

create index sessions_user_id_idx on auth.sessions (user_id, id);
create index sessions_device_id_idx on auth.sessions (device_id);
alter table auth.sessions enable row level security;
alter table auth.sessions force row level security;

comment on table auth.sessions is
'One row per sign-in. Refresh tokens are not stored: a token is the session, a counter and a keyed digest of both.';
comment on column auth.sessions.refresh_key is 'Half of the digest''s key; the other half is the gateway''s secret.';
comment on column auth.sessions.refresh_counter is 'The counter of the only refresh token that may be exchanged.';
comment on column auth.sessions.rotated_at is 'When the counter last moved; reuse is tolerated for a few seconds after.';
comment on column auth.sessions.expires_at is 'When the present refresh token dies unless it is exchanged first.';
comment on column auth.sessions.ends_at is 'When the session ends however often it is refreshed.';

create table auth.audit (
    id bigint primary key default api.next_id(),
    action text not null,
    user_id bigint,
    session_id bigint,
    ip inet,
    user_agent text,
    details jsonb not null default '{}',
    happened_at timestamptz not null default now(),
    constraint audit_action_is_known check (
        action in (
            'registered', 'registration_refused', 'logged_in', 'login_failed', 'token_refreshed',
            'token_repeated', 'token_reused', 'logged_out', 'sessions_revoked', 'password_rehashed',
            'made_by_staff', 'deactivated', 'reactivated', 'suspended', 'reinstated', 'verification_decided',
            'confirmation_asked', 'confirmation_refused', 'email_confirmed'
        )
    )
);

create index audit_user_id_idx on auth.audit (user_id, id);
alter table auth.audit enable row level security;
alter table auth.audit force row level security;

comment on table auth.audit is
'What happened to accounts, append-only. No foreign keys: the record outlives what it is about.';

create function auth.tg_audit__append_only() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    raise exception 'The audit trail is append-only.'
        using errcode = 'DA090', hint = 'Add a row that corrects it.';
end;
$$;

comment on function auth.tg_audit__append_only() is 'Refuses to change what was recorded.';

create trigger audit_append_only
before update or delete or truncate on auth.audit
for each statement execute function auth.tg_audit__append_only();

-- migrate:down

drop table auth.audit cascade;
drop function auth.tg_audit__append_only() cascade;
drop table auth.sessions cascade;
drop table auth.devices cascade;
drop table auth.credentials cascade;
