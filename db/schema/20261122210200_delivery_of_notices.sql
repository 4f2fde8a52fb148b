-- migrate:up
create table ops.digests (
    user_id bigint primary key references api.users (id) on delete cascade,
    due_at timestamptz not null,
    attempts smallint not null default 0,
    sent_at timestamptz,
    outcome text not null default ''
);
create index digests_due on ops.digests (due_at);
alter table ops.digests enable row level security;
alter table ops.digests force row level security;
comment on table ops.digests is 'When the next digest of each person who wants one is due.';

create table ops.push_keys (
    is_only boolean primary key default true
    constraint push_keys_are_one_row check (is_only),
    public_key text not null
    constraint push_keys_are_base64url check (public_key ~ '^[A-Za-z0-9_-]{87}$')
);
alter table ops.push_keys enable row level security;
alter table ops.push_keys force row level security;
comment on table ops.push_keys is 'The public key under which the workers push (RFC 8292). One row.';

-- migrate:down
drop table ops.push_keys cascade;
drop table ops.digests cascade;
