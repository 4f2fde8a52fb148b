-- migrate:up
create domain api.join_rule as text
constraint join_rule_is_known check (value in ('OPEN', 'REQUEST', 'INVITE'));
comment on domain api.join_rule is
e'@graphql({"enum": true})\nHow one joins a group: freely, by asking, or by invitation only.';

create table api.groups (
    id api.snowflake primary key default api.next_id(),
    creator_id api.snowflake references api.users (id) on delete set null,
    name text not null
    constraint groups_name_is_short check (length(name) between 3 and 80),
    description text not null default ''
    constraint groups_description_is_short check (length(description) <= 1000),
    rules text not null default ''
    constraint groups_rules_are_short check (length(rules) <= 5000),
    is_private boolean not null default false,
    join_rule api.join_rule not null default 'OPEN',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    version integer not null default 1,
    constraint groups_private_are_not_open check (not is_private or join_rule <> 'OPEN')
);
create index groups_by_creator on api.groups (creator_id) where creator_id is not null;
alter table api.groups enable row level security;
alter table api.groups force row level security;

comment on table api.groups is e'@graphql({"name": "Group"})\nA Halaqa: people with a subject in common.';
comment on column api.groups.id is 'Identifier.';
comment on column api.groups.creator_id is 'Who founded it.';
comment on column api.groups.name is 'What it is called.';
comment on column api.groups.description is 'What it is about.';
comment on column api.groups.rules is 'What its members keep to.';
comment on column api.groups.is_private is 'Whether only members and those invited know of it.';
comment on column api.groups.join_rule is 'How one joins it.';
comment on column api.groups.created_at is 'When it was founded.';
comment on column api.groups.updated_at is 'When it last changed.';
comment on column api.groups.deleted_at is 'When it was closed.';
comment on column api.groups.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint groups_creator_id_fkey on api.groups is
'@graphql({"foreign_name": "creator", "local_name": "foundedGroups"})';

create table api.group_members (
    group_id api.snowflake not null references api.groups (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    role api.member_role not null default 'MEMBER',
    created_at timestamptz not null default now(),
    primary key (group_id, user_id)
);
create index group_members_by_user on api.group_members (user_id, group_id);
alter table api.group_members enable row level security;
alter table api.group_members force row level security;

comment on table api.group_members is e'@graphql({"name": "GroupMember"})\nSomebody belongs to a group. Its members see each other.';
comment on column api.group_members.group_id is 'The group.';
comment on column api.group_members.user_id is 'Who.';
comment on column api.group_members.role is 'OWNER, ADMIN, MODERATOR or MEMBER.';
comment on column api.group_members.created_at is 'Since when.';
comment on constraint group_members_group_id_fkey on api.group_members is
'@graphql({"foreign_name": "group", "local_name": "members"})';
comment on constraint group_members_user_id_fkey on api.group_members is
'@graphql({"foreign_name": "user", "local_name": "groupMemberships"})';

create table api.group_requests (
    group_id api.snowflake not null references api.groups (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    message text not null default ''
    constraint group_requests_message_is_short check (length(message) <= 500),
    created_at timestamptz not null default now(),
    primary key (group_id, user_id)
);
create index group_requests_by_user on api.group_requests (user_id, group_id);
alter table api.group_requests enable row level security;
alter table api.group_requests force row level security;

comment on table api.group_requests is e'@graphql({"name": "GroupRequest"})\nSomebody asks to join a group.';
comment on column api.group_requests.group_id is 'The group.';
comment on column api.group_requests.user_id is 'Who asks.';
comment on column api.group_requests.message is 'What they say.';
comment on column api.group_requests.created_at is 'Since when.';
comment on constraint group_requests_group_id_fkey on api.group_requests is
'@graphql({"foreign_name": "group", "local_name": "requests"})';
comment on constraint group_requests_user_id_fkey on api.group_requests is
'@graphql({"foreign_name": "user", "local_name": "groupRequests"})';

create table api.group_invites (
    group_id api.snowflake not null references api.groups (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    inviter_id api.snowflake not null references api.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (group_id, user_id)
);
create index group_invites_by_user on api.group_invites (user_id, group_id);
create index group_invites_by_inviter on api.group_invites (inviter_id);
alter table api.group_invites enable row level security;
alter table api.group_invites force row level security;

comment on table api.group_invites is e'@graphql({"name": "GroupInvite"})\nSomebody is asked to join a group.';
comment on column api.group_invites.group_id is 'The group.';
comment on column api.group_invites.user_id is 'Who is asked.';
comment on column api.group_invites.inviter_id is 'Who asks.';
comment on column api.group_invites.created_at is 'Since when.';
comment on constraint group_invites_group_id_fkey on api.group_invites is
'@graphql({"foreign_name": "group", "local_name": "invites"})';
comment on constraint group_invites_user_id_fkey on api.group_invites is
'@graphql({"foreign_name": "user", "local_name": "groupInvites"})';
comment on constraint group_invites_inviter_id_fkey on api.group_invites is
'@graphql({"foreign_name": "inviter", "local_name": "groupInvitesSent"})';

create table api.group_bans (
    group_id api.snowflake not null references api.groups (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    banned_by api.snowflake references api.users (id) on delete set null,
    reason text not null default ''
    constraint group_bans_reason_is_short check (length(reason) <= 500),
    created_at timestamptz not null default now(),
    primary key (group_id, user_id)
);
create index group_bans_by_user on api.group_bans (user_id, group_id);
create index group_bans_by_moderator on api.group_bans (banned_by) where banned_by is not null;
alter table api.group_bans enable row level security;
alter table api.group_bans force row level security;

comment on table api.group_bans is
e'@graphql({"name": "GroupBan"})\nSomebody is kept out of a group, which they do not see any more.';
comment on column api.group_bans.group_id is 'The group.';
comment on column api.group_bans.user_id is 'Who.';
comment on column api.group_bans.banned_by is 'Which moderator decided it.';
comment on column api.group_bans.reason is 'Why.';
comment on column api.group_bans.created_at is 'Since when.';
comment on constraint group_bans_group_id_fkey on api.group_bans is
'@graphql({"foreign_name": "group", "local_name": "bans"})';
comment on constraint group_bans_user_id_fkey on api.group_bans is
'@graphql({"foreign_name": "user", "local_name": "groupBans"})';
comment on constraint group_bans_banned_by_fkey on api.group_bans is
'@graphql({"foreign_name": "moderator", "local_name": "groupBansMade"})';

alter table api.posts
-- squawk-ignore adding-foreign-key-constraint
add column group_id api.snowflake references api.groups (id) on delete cascade
constraint posts_of_groups_name_them check ((visibility = 'GROUP') = (group_id is not null));
create index posts_by_group on api.posts (group_id, id desc) where group_id is not null;
comment on column api.posts.group_id is 'The group whose members may see it, where the visibility is GROUP.';
comment on constraint posts_group_id_fkey on api.posts is
'@graphql({"foreign_name": "group", "local_name": "posts"})';

create type api.create_group_input as (
    name text,
    description text,
    rules text,
    is_private boolean,
    join_rule api.join_rule
);
comment on type api.create_group_input is 'What createGroup takes.';
comment on column api.create_group_input.name is 'What it is called, 3 to 80 characters.';
comment on column api.create_group_input.description is 'What it is about.';
comment on column api.create_group_input.rules is 'What its members keep to.';
comment on column api.create_group_input.is_private is 'Whether only members know of it.';
comment on column api.create_group_input.join_rule is
'How one joins it. Where not given: OPEN, or INVITE for a private one.';

-- migrate:down
drop type api.create_group_input cascade;
alter table api.posts drop column group_id cascade;
drop table api.group_bans cascade;
drop table api.group_invites cascade;
drop table api.group_requests cascade;
drop table api.group_members cascade;
drop table api.groups cascade;
drop domain api.join_rule cascade;
