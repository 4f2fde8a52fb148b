-- migrate:up
create table api.users (
    id api.snowflake primary key default api.next_id(),
    username api.username not null
    constraint users_username_is_unique unique,
    name text not null default ''
    constraint users_name_is_short check (length(name) <= 100),
    bio text not null default ''
    constraint users_bio_is_short check (length(bio) <= 500),
    avatar_url api.web_address,
    locale api.language_tag not null default 'ar',
    user_type api.user_type not null default 'REGULAR',
    is_verified boolean not null default false,
    is_private boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    version integer not null default 1
);
alter table api.users enable row level security;
alter table api.users force row level security;

comment on table api.users is e'@graphql({"name": "User"})\nThe public profile of an account.';
comment on column api.users.id is 'Identifier.';
comment on column api.users.username is 'The handle, unique among all accounts.';
comment on column api.users.name is 'The name to show.';
comment on column api.users.bio is 'A few words about themselves.';
comment on column api.users.avatar_url is 'Address of the picture.';
comment on column api.users.locale is 'The language of the interface.';
comment on column api.users.user_type is 'What kind of account it is.';
comment on column api.users.is_verified is 'Whether DAIRA has checked who this is.';
comment on column api.users.is_private is 'Whether only followers see the posts.';
comment on column api.users.created_at is 'When the account was made.';
comment on column api.users.updated_at is 'When the profile last changed.';
comment on column api.users.deleted_at is 'When the account was closed.';
comment on column api.users.version is 'Counts changes. A change that names another version than the current one is refused.';

-- What nobody but the person may read stands in a table of its own: a column grant can't depend on the row.
create table api.user_private (
    user_id api.snowflake primary key references api.users (id) on delete cascade,
    email text not null
    constraint user_private_email_is_an_address check (
        email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 254
    ),
    email_key text not null generated always as (lower(email collate pg_catalog.pg_unicode_fast)) stored
    constraint user_private_email_is_unique unique,
    email_verified_at timestamptz,
    phone text
    constraint user_private_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$')
    constraint user_private_phone_is_unique unique,
    phone_verified_at timestamptz,
    birth_date date
    constraint user_private_birth_date_is_sane check (birth_date >= date '1900-01-01'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
alter table api.user_private enable row level security;
alter table api.user_private force row level security;

comment on table api.user_private is e'@graphql({"name": "UserPrivate"})\nWhat only the owner of an account may read.';
comment on column api.user_private.user_id is 'Whose data this is.';
comment on column api.user_private.email is 'E-mail address as the person wrote it.';
comment on column api.user_private.email_key is 'E-mail address as accounts are looked up by it.';
comment on column api.user_private.email_verified_at is 'When the address was confirmed.';
comment on column api.user_private.phone is 'Phone number in E.164 form.';
comment on column api.user_private.phone_verified_at is 'When the number was confirmed.';
comment on column api.user_private.birth_date is 'Date of birth.';
comment on column api.user_private.created_at is 'When the row was made.';
comment on column api.user_private.updated_at is 'When it last changed.';
comment on constraint user_private_user_id_fkey on api.user_private is
'@graphql({"foreign_name": "user", "local_name": "private"})';

create table api.user_stats (
    user_id api.snowflake primary key references api.users (id) on delete cascade,
    follower_count integer not null default 0,
    following_count integer not null default 0,
    post_count integer not null default 0
) with (fillfactor = 70);
alter table api.user_stats enable row level security;
alter table api.user_stats force row level security;

comment on table api.user_stats is e'@graphql({"name": "UserStats"})\nWhat is counted about a user, a moment late.';
comment on column api.user_stats.user_id is 'Whose numbers these are.';
comment on column api.user_stats.follower_count is 'How many follow this user.';
comment on column api.user_stats.following_count is 'How many this user follows.';
comment on column api.user_stats.post_count is 'How many posts this user has published.';
comment on constraint user_stats_user_id_fkey on api.user_stats is
'@graphql({"foreign_name": "user", "local_name": "stats"})';

create table ops.reserved_handles (
    handle text primary key
    constraint reserved_handles_handle_is_lowercase check (handle = lower(handle)),
    reason text not null
);
alter table ops.reserved_handles enable row level security;
alter table ops.reserved_handles force row level security;
comment on table ops.reserved_handles is 'Handles that nobody may register.';

-- migrate:down
drop table ops.reserved_handles cascade;
drop table api.user_stats cascade;
drop table api.user_private cascade;
drop table api.users cascade;
