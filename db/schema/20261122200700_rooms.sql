-- migrate:up
create domain api.gathering_audience as text
constraint gathering_audience_is_known check (value in ('PUBLIC', 'FOLLOWERS', 'CIRCLE'));
create domain api.room_state as text
constraint room_state_is_known check (value in ('SCHEDULED', 'OPEN', 'ENDED'));
create domain api.room_role as text
constraint room_role_is_known check (value in ('HOST', 'SPEAKER', 'LISTENER'));

comment on domain api.gathering_audience is
e'@graphql({"enum": true})\nWho may come: everybody, the followers, or a circle.';
comment on domain api.room_state is e'@graphql({"enum": true})\nWhether a room is planned, open or over.';
comment on domain api.room_role is
e'@graphql({"enum": true})\nWhat a person does in a room: leads it, speaks or listens.';

create table api.rooms (
    id api.snowflake primary key default api.next_id(),
    creator_id api.snowflake not null references api.users (id) on delete cascade,
    title text not null
    constraint rooms_title_is_short check (length(title) between 1 and 100),
    topic text not null default ''
    constraint rooms_topic_is_short check (length(topic) <= 500),
    audience api.gathering_audience not null default 'PUBLIC',
    circle_id api.snowflake references api.circles (id) on delete cascade,
    state api.room_state not null default 'OPEN',
    capacity integer not null default 500
    constraint rooms_capacity_is_sane check (capacity between 2 and 5000),
    is_recorded boolean not null default false,
    starts_at timestamptz,
    opened_at timestamptz,
    ended_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint rooms_name_their_circle check ((audience = 'CIRCLE') = (circle_id is not null)),
    constraint rooms_planned_have_a_time check (state <> 'SCHEDULED' or starts_at is not null)
);
create index rooms_by_creator on api.rooms (creator_id, id desc);
create index rooms_by_circle on api.rooms (circle_id) where circle_id is not null;
create index rooms_by_state on api.rooms (state, id desc);
alter table api.rooms enable row level security;
alter table api.rooms force row level security;

comment on table api.rooms is e'@graphql({"name": "Room"})\nA Majlis: people meet, some speak and the others listen.';
comment on column api.rooms.id is 'Identifier.';
comment on column api.rooms.creator_id is 'Who made it.';
comment on column api.rooms.title is 'What it is called.';
comment on column api.rooms.topic is 'What it is about.';
comment on column api.rooms.audience is 'Who may come; those invited may in any case.';
comment on column api.rooms.circle_id is 'The circle that may come, where the audience is CIRCLE.';
comment on column api.rooms.state is 'Whether it is planned, open or over.';
comment on column api.rooms.capacity is 'How many it holds.';
comment on column api.rooms.is_recorded is 'Whether it is recorded. Who speaks must have consented.';
comment on column api.rooms.starts_at is 'For when it is planned.';
comment on column api.rooms.opened_at is 'When it was opened.';
comment on column api.rooms.ended_at is 'When it ended.';
comment on column api.rooms.created_at is 'When it was made.';
comment on column api.rooms.updated_at is 'When it last changed.';
comment on column api.rooms.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint rooms_creator_id_fkey on api.rooms is
'@graphql({"foreign_name": "creator", "local_name": "rooms"})';
comment on constraint rooms_circle_id_fkey on api.rooms is
'@graphql({"foreign_name": "circle", "local_name": "rooms"})';

create table api.room_members (
    room_id api.snowflake not null references api.rooms (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    role api.room_role not null default 'LISTENER',
    hand_raised_at timestamptz,
    consents_to_recording boolean not null default false,
    joined_at timestamptz not null default now(),
    left_at timestamptz,
    is_kicked boolean not null default false,
    primary key (room_id, user_id),
    constraint room_members_kicked_are_out check (not is_kicked or left_at is not null)
) with (fillfactor = 80);
create index room_members_by_user on api.room_members (user_id, room_id);
alter table api.room_members enable row level security;
alter table api.room_members force row level security;

comment on table api.room_members is e'@graphql({"name": "RoomMember"})\nA person in a room. Only those in the room see it.';
comment on column api.room_members.room_id is 'The room.';
comment on column api.room_members.user_id is 'Who.';
comment on column api.room_members.role is 'HOST, SPEAKER or LISTENER.';
comment on column api.room_members.hand_raised_at is 'Since when they ask to speak.';
comment on column api.room_members.consents_to_recording is 'Whether they agree to be recorded.';
comment on column api.room_members.joined_at is 'When they came.';
comment on column api.room_members.left_at is 'When they left; null while they are there.';
comment on column api.room_members.is_kicked is 'Whether they were sent out and can''t come back.';
comment on constraint room_members_room_id_fkey on api.room_members is
'@graphql({"foreign_name": "room", "local_name": "members"})';
comment on constraint room_members_user_id_fkey on api.room_members is
'@graphql({"foreign_name": "user", "local_name": "roomMemberships"})';

create table api.room_invites (
    room_id api.snowflake not null references api.rooms (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    inviter_id api.snowflake not null references api.users (id) on delete cascade,
    role api.room_role not null default 'LISTENER',
    created_at timestamptz not null default now(),
    primary key (room_id, user_id)
);
create index room_invites_by_user on api.room_invites (user_id, room_id);
create index room_invites_by_inviter on api.room_invites (inviter_id);
alter table api.room_invites enable row level security;
alter table api.room_invites force row level security;

comment on table api.room_invites is e'@graphql({"name": "RoomInvite"})\nSomebody is asked to come to a room.';
comment on column api.room_invites.room_id is 'The room.';
comment on column api.room_invites.user_id is 'Who is asked.';
comment on column api.room_invites.inviter_id is 'Who asks.';
comment on column api.room_invites.role is 'As what.';
comment on column api.room_invites.created_at is 'Since when.';
comment on constraint room_invites_room_id_fkey on api.room_invites is
'@graphql({"foreign_name": "room", "local_name": "invites"})';
comment on constraint room_invites_user_id_fkey on api.room_invites is
'@graphql({"foreign_name": "user", "local_name": "roomInvites"})';
comment on constraint room_invites_inviter_id_fkey on api.room_invites is
'@graphql({"foreign_name": "inviter", "local_name": "roomInvitesSent"})';

create type api.create_room_input as (
    title text,
    topic text,
    audience api.gathering_audience,
    circle_id api.snowflake,
    capacity integer,
    is_recorded boolean,
    starts_at timestamptz
);
comment on type api.create_room_input is 'What createRoom takes.';
comment on column api.create_room_input.title is 'What it is called.';
comment on column api.create_room_input.topic is 'What it is about.';
comment on column api.create_room_input.audience is 'Who may come; PUBLIC where not given.';
comment on column api.create_room_input.circle_id is 'The circle, where the audience is CIRCLE.';
comment on column api.create_room_input.capacity is 'How many it holds: 2 to 5000, 500 where not given.';
comment on column api.create_room_input.is_recorded is 'Whether it is recorded.';
comment on column api.create_room_input.starts_at is 'For when it is planned; it opens at once where not given.';

-- migrate:down
drop type api.create_room_input cascade;
drop table api.room_invites cascade;
drop table api.room_members cascade;
drop table api.rooms cascade;
drop domain api.room_role cascade;
drop domain api.room_state cascade;
drop domain api.gathering_audience cascade;
