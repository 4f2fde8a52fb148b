-- migrate:up
create domain api.rsvp_answer as text
constraint rsvp_answer_is_known check (value in ('GOING', 'MAYBE', 'NO'));
comment on domain api.rsvp_answer is
e'@graphql({"enum": true})\nWhat somebody answers to an event: GOING, MAYBE or NO.';

create table api.events (
    id api.snowflake primary key default api.next_id(),
    creator_id api.snowflake not null references api.users (id) on delete cascade,
    title text not null
    constraint events_title_is_short check (length(title) between 1 and 150),
    description text not null default ''
    constraint events_description_is_short check (length(description) <= 5000),
    audience api.gathering_audience not null default 'PUBLIC',
    circle_id api.snowflake references api.circles (id) on delete cascade,
    governorate_code text references api.governorates (code) on delete set null,
    place text not null default ''
    constraint events_place_is_short check (length(place) <= 300),
    online_url api.web_address,
    starts_at timestamptz not null,
    ends_at timestamptz,
    time_zone text not null default 'Africa/Cairo'
    constraint events_time_zone_is_known check (timezone(time_zone, timestamptz '2026-01-01 00:00+00') is not null),
    capacity integer
    constraint events_capacity_is_sane check (capacity between 1 and 100000),
    cancelled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint events_end_after_they_start check (ends_at > starts_at),
    constraint events_name_their_circle check ((audience = 'CIRCLE') = (circle_id is not null))
);
create index events_by_creator on api.events (creator_id, id desc);
create index events_by_circle on api.events (circle_id) where circle_id is not null;
create index events_by_governorate on api.events (governorate_code, starts_at) where governorate_code is not null;
create index events_by_start on api.events (starts_at, id);
alter table api.events enable row level security;
alter table api.events force row level security;

comment on table api.events is e'@graphql({"name": "SocialEvent"})\nSomething that takes place at a time.';
comment on column api.events.id is 'Identifier.';
comment on column api.events.creator_id is 'Who holds it.';
comment on column api.events.title is 'What it is called.';
comment on column api.events.description is 'What it is about.';
comment on column api.events.audience is 'Who may come.';
comment on column api.events.circle_id is 'The circle that may come, where the audience is CIRCLE.';
comment on column api.events.governorate_code is 'In which governorate.';
comment on column api.events.place is 'Where.';
comment on column api.events.online_url is 'Where online.';
comment on column api.events.starts_at is 'When it begins.';
comment on column api.events.ends_at is 'When it ends, where that is known.';
comment on column api.events.time_zone is 'By which clock its time is told; Cairo''s where nothing else was said.';
comment on column api.events.capacity is 'How many can go; null is any number.';
comment on column api.events.cancelled_at is 'When it was called off.';
comment on column api.events.created_at is 'When it was announced.';
comment on column api.events.updated_at is 'When it last changed.';
comment on column api.events.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint events_creator_id_fkey on api.events is
'@graphql({"foreign_name": "creator", "local_name": "events"})';
comment on constraint events_circle_id_fkey on api.events is
'@graphql({"foreign_name": "circle", "local_name": "events"})';
comment on constraint events_governorate_code_fkey on api.events is
'@graphql({"foreign_name": "governorate", "local_name": "events"})';

create table api.event_rsvps (
    event_id api.snowflake not null references api.events (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    answer api.rsvp_answer not null,
    is_waiting boolean not null default false,
    answered_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    primary key (event_id, user_id),
    constraint event_rsvps_only_who_goes_waits check (not is_waiting or answer = 'GOING')
);
create index event_rsvps_by_user on api.event_rsvps (user_id, event_id);
create index event_rsvps_by_answer on api.event_rsvps (event_id, answer, is_waiting, answered_at, user_id);
alter table api.event_rsvps enable row level security;
alter table api.event_rsvps force row level security;

comment on table api.event_rsvps is e'@graphql({"name": "EventRsvp"})\nWhat somebody has answered to an event.';
comment on column api.event_rsvps.event_id is 'The event.';
comment on column api.event_rsvps.user_id is 'Who answered.';
comment on column api.event_rsvps.answer is 'GOING, MAYBE or NO.';
comment on column api.event_rsvps.is_waiting is 'Whether they wait for a seat.';
comment on column api.event_rsvps.answered_at is 'Since when this is the answer.';
comment on column api.event_rsvps.created_at is 'When they first answered.';
comment on constraint event_rsvps_event_id_fkey on api.event_rsvps is
'@graphql({"foreign_name": "event", "local_name": "rsvps"})';
comment on constraint event_rsvps_user_id_fkey on api.event_rsvps is
'@graphql({"foreign_name": "user", "local_name": "rsvps"})';

create type api.create_event_input as (
    title text,
    description text,
    audience api.gathering_audience,
    circle_id api.snowflake,
    governorate_code text,
    place text,
    online_url api.web_address,
    starts_at timestamptz,
    ends_at timestamptz,
    time_zone text,
    capacity integer
);
comment on type api.create_event_input is 'What createEvent takes.';
comment on column api.create_event_input.title is 'What it is called.';
comment on column api.create_event_input.description is 'What it is about.';
comment on column api.create_event_input.audience is 'Who may come; PUBLIC where not given.';
comment on column api.create_event_input.circle_id is 'The circle, where the audience is CIRCLE.';
comment on column api.create_event_input.governorate_code is 'In which governorate.';
comment on column api.create_event_input.place is 'Where.';
comment on column api.create_event_input.online_url is 'Where online.';
comment on column api.create_event_input.starts_at is 'When it begins.';
comment on column api.create_event_input.ends_at is 'When it ends.';
comment on column api.create_event_input.time_zone is 'By which clock its time is told; Africa/Cairo where not given.';
comment on column api.create_event_input.capacity is 'How many can go.';

-- migrate:down
drop type api.create_event_input cascade;
drop table api.event_rsvps cascade;
drop table api.events cascade;
drop domain api.rsvp_answer cascade;
