-- migrate:up
create domain api.user_state as text
constraint user_state_is_known check (value in ('ACTIVE', 'DEACTIVATED', 'SUSPENDED'));
create domain api.contact_policy as text
constraint contact_policy_is_known check (value in ('EVERYONE', 'FOLLOWED', 'NOBODY'));
create domain api.verification_status as text
constraint verification_status_is_known check (value in ('PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'));

comment on domain api.user_state is
e'@graphql({"enum": true})\nWhether an account is in use, put away by its owner, or suspended by staff.';
comment on domain api.contact_policy is
e'@graphql({"enum": true})\nFrom whom: everybody, only people whom one follows, or nobody.';
comment on domain api.verification_status is
e'@graphql({"enum": true})\nWhat has become of a request for verification.';

alter table api.users add column state api.user_state not null default 'ACTIVE';
alter table api.users add column governorate_code text;
alter table api.users add constraint users_governorate_code_fkey
foreign key (governorate_code) references api.governorates (code) on delete set null not valid;
-- The column is new and empty: there is nothing to read.
-- squawk-ignore constraint-missing-not-valid
alter table api.users validate constraint users_governorate_code_fkey;
create index users_by_governorate on api.users (governorate_code, id) where governorate_code is not null;

comment on column api.users.state is 'Whether the account is in use. Others see it, and what it has made, only while it is ACTIVE.';
comment on column api.users.governorate_code is 'The governorate in which the user lives, if they say.';
comment on constraint users_governorate_code_fkey on api.users is
'@graphql({"foreign_name": "governorate", "local_name": "users"})';

create table api.user_settings (
    user_id api.snowflake primary key references api.users (id) on delete cascade,
    is_discoverable boolean not null default true,
    is_indexable boolean not null default true,
    is_family_mode boolean not null default false,
    message_policy api.contact_policy not null default 'EVERYONE',
    mention_policy api.contact_policy not null default 'EVERYONE',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1
);
alter table api.user_settings enable row level security;
alter table api.user_settings force row level security;
insert into api.user_settings (user_id)
select u.id
from api.users as u;

comment on table api.user_settings is e'@graphql({"name": "UserSettings"})\nWhat a user has chosen; only the owner reads it.';
comment on column api.user_settings.user_id is 'Whose settings these are.';
comment on column api.user_settings.is_discoverable is 'Whether the account is suggested to others and found by search.';
comment on column api.user_settings.is_indexable is 'Whether public posts are found by search and by search engines.';
comment on column api.user_settings.is_family_mode is 'Whether sensitive content is left out.';
comment on column api.user_settings.message_policy is 'Who may write a first message.';
comment on column api.user_settings.mention_policy is 'Whose mentions are notified.';
comment on column api.user_settings.created_at is 'When the row was made.';
comment on column api.user_settings.updated_at is 'When it last changed.';
comment on column api.user_settings.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint user_settings_user_id_fkey on api.user_settings is
'@graphql({"foreign_name": "user", "local_name": "settings"})';

create table api.verification_requests (
    id api.snowflake primary key default api.next_id(),
    user_id api.snowflake not null references api.users (id) on delete cascade,
    user_type api.user_type not null
    constraint verification_requests_ask_for_more check (user_type <> 'REGULAR'),
    statement text not null
    constraint verification_requests_statement_is_short check (length(statement) between 1 and 2000),
    evidence_url api.web_address,
    status api.verification_status not null default 'PENDING',
    decided_at timestamptz,
    note text
    constraint verification_requests_note_is_short check (length(note) <= 2000),
    created_at timestamptz not null default now(),
    constraint verification_requests_are_decided_once check ((status = 'PENDING') = (decided_at is null))
);
create unique index verification_requests_are_one_at_a_time on api.verification_requests (user_id)
where status = 'PENDING';
create index verification_requests_by_user on api.verification_requests (user_id, id desc);
create index verification_requests_waiting on api.verification_requests (status, id);
alter table api.verification_requests enable row level security;
alter table api.verification_requests force row level security;

comment on table api.verification_requests is
e'@graphql({"name": "VerificationRequest"})\nA user asks DAIRA to check who they are.';
comment on column api.verification_requests.id is 'Identifier.';
comment on column api.verification_requests.user_id is 'Who asks.';
comment on column api.verification_requests.user_type is 'The kind of account that is asked for.';
comment on column api.verification_requests.statement is 'Why.';
comment on column api.verification_requests.evidence_url is 'Where that can be checked.';
comment on column api.verification_requests.status is 'What has become of it.';
comment on column api.verification_requests.decided_at is 'When it was decided or withdrawn.';
comment on column api.verification_requests.note is 'What staff say about the decision.';
comment on column api.verification_requests.created_at is 'When it was made.';
comment on constraint verification_requests_user_id_fkey on api.verification_requests is
'@graphql({"foreign_name": "user", "local_name": "verificationRequests"})';

-- Egypt's law on children is in motion: the ages are settings. There is one row.
create table ops.age_rules (
    is_current boolean primary key default true
    constraint age_rules_have_one_row check (is_current),
    minimum_age smallint not null default 13,
    adult_age smallint not null default 18,
    constraint age_rules_are_in_order check (minimum_age between 0 and adult_age)
);
alter table ops.age_rules enable row level security;
alter table ops.age_rules force row level security;
insert into ops.age_rules default values;
comment on table ops.age_rules is 'From which age one may have an account, and from which one is no minor.';

-- What a reader can't tell apart: letters and digits that look alike, and marks between them.
create function ops.fold_handle(handle text)
returns text
language sql
immutable
strict
return replace(replace(
    translate(
        lower(normalize(handle, nfkc)),
        '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹0123456789l|!$@_.-',
        'oizeasgtbgoizeasgtbgoizeasgtbgiiisa'
    ),
    'rn', 'm'
), 'vv', 'w');
comment on function ops.fold_handle(text) is 'A handle as the eye reads it; two that fold alike can be mistaken for each other.';

create index reserved_handles_folded on ops.reserved_handles (ops.fold_handle(handle));

create table ops.handle_changes (
    id bigint primary key default api.next_id(),
    user_id bigint not null references api.users (id) on delete cascade,
    old_handle text not null,
    new_handle text not null,
    changed_at timestamptz not null default now()
);
create index handle_changes_by_user on ops.handle_changes (user_id, id desc);
create index handle_changes_by_old_handle on ops.handle_changes (old_handle, id desc);
alter table ops.handle_changes enable row level security;
alter table ops.handle_changes force row level security;
comment on table ops.handle_changes is 'Handles that people had: they lead to the new one, and wait before others may have them.';

-- It has got the date of birth as a further argument.
drop function if exists auth.register_account(text, text, text, inet, text);

create type api.update_profile_input as (
    name text,
    bio text,
    avatar_url text,
    locale text,
    governorate_code text,
    is_private boolean,
    version integer
);
comment on type api.update_profile_input is 'What is to change of a profile; what is not given stays.';
comment on column api.update_profile_input.name is 'The name to show.';
comment on column api.update_profile_input.bio is 'A few words about themselves.';
comment on column api.update_profile_input.avatar_url is 'Address of the picture; an empty text takes it away.';
comment on column api.update_profile_input.locale is 'The language of the interface.';
comment on column api.update_profile_input.governorate_code is 'The governorate; an empty text takes it away.';
comment on column api.update_profile_input.is_private is 'Whether only followers see the posts.';
comment on column api.update_profile_input.version is 'The version that was read; if the profile has changed since, it is a conflict.';

create type api.update_settings_input as (
    is_discoverable boolean,
    is_indexable boolean,
    is_family_mode boolean,
    message_policy text,
    mention_policy text,
    version integer
);
comment on type api.update_settings_input is 'What is to change of the settings; what is not given stays.';
comment on column api.update_settings_input.is_discoverable is 'Whether the account is suggested to others and found by search.';
comment on column api.update_settings_input.is_indexable is 'Whether public posts are found by search and by search engines.';
comment on column api.update_settings_input.is_family_mode is 'Whether sensitive content is left out.';
comment on column api.update_settings_input.message_policy is 'Who may write a first message: EVERYONE, FOLLOWED or NOBODY.';
comment on column api.update_settings_input.mention_policy is 'Whose mentions are notified: EVERYONE, FOLLOWED or NOBODY.';
comment on column api.update_settings_input.version is 'The version that was read; if the settings have changed since, it is a conflict.';

create type api.verify_creator_input as (
    user_type text,
    statement text,
    evidence_url text
);
comment on type api.verify_creator_input is 'A request for verification.';
comment on column api.verify_creator_input.user_type is 'The kind of account asked for: CREATOR (the default), BUSINESS or OFFICIAL.';
comment on column api.verify_creator_input.statement is 'Why.';
comment on column api.verify_creator_input.evidence_url is 'Where that can be checked.';

create type api.create_user_input as (
    username text,
    email text,
    name text,
    user_type text,
    locale text,
    birth_date date
);
comment on type api.create_user_input is 'An account that staff make for somebody.';
comment on column api.create_user_input.username is 'The handle.';
comment on column api.create_user_input.email is 'E-mail address.';
comment on column api.create_user_input.name is 'The name to show.';
comment on column api.create_user_input.user_type is 'What kind of account it is; REGULAR unless given.';
comment on column api.create_user_input.locale is 'The language of the interface; ar unless given.';
comment on column api.create_user_input.birth_date is 'Date of birth, if known.';

-- migrate:down
drop type api.create_user_input cascade;
drop type api.verify_creator_input cascade;
drop type api.update_settings_input cascade;
drop type api.update_profile_input cascade;
drop table ops.handle_changes cascade;
drop index ops.reserved_handles_folded;
drop function ops.fold_handle(text) cascade;
drop table ops.age_rules cascade;
drop table api.verification_requests cascade;
drop table api.user_settings cascade;
alter table api.users drop column governorate_code cascade;
alter table api.users drop column state cascade;
drop domain api.verification_status cascade;
drop domain api.contact_policy cascade;
drop domain api.user_state cascade;
