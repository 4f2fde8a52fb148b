-- migrate:up
create domain ops.dead_letter_action as text
constraint dead_letter_action_is_known check (value in ('REDRIVEN', 'DISCARDED'));
comment on domain ops.dead_letter_action is 'What an operator did with a dead letter.';

create table ops.dead_letter_actions (
    id bigint generated always as identity primary key,
    dead_letter_id bigint not null references ops.dead_letters (id) on delete cascade,
    action ops.dead_letter_action not null,
    who text not null
    constraint dead_letter_actions_name_somebody check (length(btrim(who)) between 1 and 200),
    reason text not null default '',
    job_id bigint,
    acted_at timestamptz not null default now(),
    constraint dead_letter_actions_discard_for_a_reason check (action <> 'DISCARDED' or length(btrim(reason)) > 0),
    constraint dead_letter_actions_redrive_as_a_job check ((action = 'REDRIVEN') = (job_id is not null))
);
create index dead_letter_actions_by_letter on ops.dead_letter_actions (dead_letter_id);
alter table ops.dead_letter_actions enable row level security;
alter table ops.dead_letter_actions force row level security;
comment on table ops.dead_letter_actions is 'Who sent dead letters again or let them go, and why.';
comment on column ops.dead_letter_actions.job_id is 'The job that does it again.';

create table feed.delivery_settings (
    is_only boolean primary key default true
    constraint delivery_settings_are_one_row check (is_only),
    pulled_from integer not null default 10000,
    pushed_below integer not null default 8000,
    page_rows integer not null default 10000
    constraint delivery_settings_page_is_positive check (page_rows > 0),
    timeline_rows integer not null default 800,
    rebuilt_rows integer not null default 200,
    filled_rows integer not null default 100
    constraint delivery_settings_fill_is_positive check (filled_rows > 0),
    active_for interval not null default '7 days',
    constraint delivery_settings_do_not_flap check (pushed_below between 1 and pulled_from),
    constraint delivery_settings_rebuild_fits check (rebuilt_rows between 1 and timeline_rows)
);
alter table feed.delivery_settings enable row level security;
alter table feed.delivery_settings force row level security;
insert into feed.delivery_settings default values;
comment on table feed.delivery_settings is 'To whom posts are delivered, and how many a timeline keeps. One row.';
comment on column feed.delivery_settings.pulled_from is 'With so many followers an author''s posts are fetched, not delivered.';
comment on column feed.delivery_settings.pushed_below is 'Under so many they are delivered again.';
comment on column feed.delivery_settings.page_rows is 'Followers that one statement delivers to.';
comment on column feed.delivery_settings.timeline_rows is 'How many posts a timeline keeps.';
comment on column feed.delivery_settings.rebuilt_rows is 'How many posts the timeline of somebody who returns begins with.';
comment on column feed.delivery_settings.filled_rows is 'How many posts a new follower gets of the author.';
comment on column feed.delivery_settings.active_for is 'Who was not seen for so long gets nothing delivered.';

-- Kept apart from devices and sessions, so that delivery reads one narrow index. A user without a row counts as active.
create table feed.activity (
    user_id bigint primary key references api.users (id) on delete cascade,
    seen_at timestamptz not null default now(),
    resting_since timestamptz,
    floor_id bigint not null default 0
);
create index activity_awake on feed.activity (seen_at) where resting_since is null;
alter table feed.activity enable row level security;
alter table feed.activity force row level security;
insert into feed.activity (user_id)
select u.id
from api.users as u;
comment on table feed.activity is 'When users were last seen, to the hour, and whose timelines rest meanwhile.';
comment on column feed.activity.resting_since is 'Since when nothing is delivered; the timeline is empty.';
comment on column feed.activity.floor_id is 'Under this post the timeline keeps nothing; older posts are fetched.';

-- migrate:down
drop table feed.activity cascade;
drop table feed.delivery_settings cascade;
drop table ops.dead_letter_actions cascade;
drop domain ops.dead_letter_action;
