-- migrate:up
-- What staff have held against an account. The moderation workflow fills it; support reads it.
create table ops.strikes (
    id bigint generated always as identity primary key,
    user_id bigint not null references api.users (id) on delete cascade,
    reason_code text not null references api.report_reasons (code) on delete restrict,
    note text not null default ''
    constraint strikes_note_is_short check (length(note) <= 2000),
    created_at timestamptz not null default now(),
    expires_at timestamptz
);
create index strikes_by_user on ops.strikes (user_id, id desc);
create index strikes_by_reason on ops.strikes (reason_code);
alter table ops.strikes enable row level security;
alter table ops.strikes force row level security;
comment on table ops.strikes is 'What staff have held against accounts.';

create table ops.support_uses (
    id bigint generated always as identity primary key,
    happened_at timestamptz not null default clock_timestamp(),
    login text not null default session_user,
    client inet default inet_client_addr(),
    view_name text not null,
    query text not null
);
alter table ops.support_uses enable row level security;
alter table ops.support_uses force row level security;
comment on table ops.support_uses is 'What support staff have looked at.';
create trigger support_uses_append_only
before update or delete or truncate on ops.support_uses
for each statement execute function auth.tg_audit__append_only();

-- migrate:down
drop table ops.support_uses cascade;
drop table ops.strikes cascade;
