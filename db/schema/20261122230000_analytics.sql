-- migrate:up
create domain ops.analytics_kind as text
constraint analytics_kind_is_known check (
    value in (
        'SIGN_UP', 'ACTIVE', 'POST', 'REACTION', 'COMMENT', 'SHARE', 'SAVE', 'REPOST', 'FOLLOW',
        'AD_IMPRESSION', 'AD_CLICK', 'AD_SPEND'
    )
);
create domain ops.analytics_source as text
constraint analytics_source_is_known check (value in ('EVENTS', 'VIEWS'));
create domain ops.analytics_batch_state as text
constraint analytics_batch_state_is_known check (value in ('SEALED', 'SENT'));
create domain ops.analytics_reader as text
constraint analytics_reader_is_known check (value in ('EXPORT', 'CREATORS'));

comment on domain ops.analytics_kind is 'What happened. Views are not among them: they are read from api.views.';
comment on domain ops.analytics_source is 'Where the rows of a batch come from: ops.analytics_events or api.views.';
comment on domain ops.analytics_batch_state is 'SEALED: which rows it has is settled. SENT: the analytics store has them.';
comment on domain ops.analytics_reader is
'Who reads events and views from beginning to end: the export, and the figures that creators are shown.';

alter table api.user_settings add column allows_analytics boolean not null default false;
comment on column api.user_settings.allows_analytics is
'Whether what one does may be put together under a made-up number for statistics; without that it is counted without the person.';
alter type api.update_settings_input add attribute allows_analytics boolean;
comment on column api.update_settings_input.allows_analytics is
'Whether what one does may be put together under a made-up number for statistics.';

-- Who has consented. The number is the only name that a person has in the analytics store: once the row is gone, so is
-- the way back from there, and a new consent begins with a new number.
create table ops.analytics_people (
    user_id bigint primary key references api.users (id) on delete cascade,
    analytics_id bigint not null default ('x' || right(replace(gen_random_uuid()::text, '-', ''), 15))::bit(60)::bigint
    constraint analytics_people_number_is_unique unique,
    consented_at timestamptz not null default now()
);
alter table ops.analytics_people enable row level security;
alter table ops.analytics_people force row level security;
comment on table ops.analytics_people is 'People who let statistics follow them, and the number that stands for each.';

create table ops.consent_register (
    id bigint primary key default api.next_id(),
    user_id bigint not null,
    purpose text not null
    constraint consent_register_purpose_is_known check (purpose in ('ANALYTICS')),
    is_given boolean not null,
    recorded_at timestamptz not null default now()
);
create index consent_register_by_user on ops.consent_register (user_id, id);
alter table ops.consent_register enable row level security;
alter table ops.consent_register force row level security;
comment on table ops.consent_register is
'Every consent given and withdrawn, append-only. No foreign key: the law wants the record to outlive the account.';

-- Append-only. Transactions commit in another order than identifiers are made, so readers go by the transaction: what is
-- under the oldest one that still runs can't grow any more.
create table ops.analytics_events (
    written_in xid8 not null default pg_current_xact_id(),
    id bigint not null default api.next_id(),
    kind ops.analytics_kind not null,
    actor_id bigint,
    subject_id bigint,
    change smallint not null default 1,
    amount bigint not null default 0,
    last_active_on date,
    occurred_at timestamptz not null default now(),
    primary key (written_in, id)
) partition by range (id);
create table partitions.analytics_events_future partition of ops.analytics_events for values from (0) to (maxvalue);
alter table ops.analytics_events enable row level security;
alter table ops.analytics_events force row level security;
alter table partitions.analytics_events_future enable row level security;
alter table partitions.analytics_events_future force row level security;
comment on table ops.analytics_events is
'What people did, for statistics; views of posts are in api.views. No foreign keys: it is history, and written in bulk.';
comment on column ops.analytics_events.written_in is 'The transaction that wrote it.';
comment on column ops.analytics_events.subject_id is 'The post, the person followed, or the advertisement.';
comment on column ops.analytics_events.change is 'One for what was done, minus one for what was taken back; sums where several came together.';
comment on column ops.analytics_events.amount is 'Money in piastres, where it is about money.';
comment on column ops.analytics_events.last_active_on is
'For ACTIVE: the day, by Cairo, on which the person was last there before. It lets weeks and months be counted without anybody''s name.';

alter table ops.counter_deltas add column happened_at timestamptz not null default now();
comment on column ops.counter_deltas.happened_at is 'When; statistics by the day ask for it.';

create table ops.analytics_progress (
    reader ops.analytics_reader primary key,
    written_in xid8 not null default '0',
    event_id bigint not null default 0,
    floor_id bigint not null default 0,
    views_until timestamptz not null default date_bin('30 minutes', now(), timestamptz '2025-01-01 00:00:00Z'),
    due_at timestamptz not null default now()
);
alter table ops.analytics_progress enable row level security;
alter table ops.analytics_progress force row level security;
insert into ops.analytics_progress (reader) values ('EXPORT'), ('CREATORS');
comment on table ops.analytics_progress is 'How far each reader of events and views has come.';
comment on column ops.analytics_progress.written_in is 'The transaction of the last event taken.';
comment on column ops.analytics_progress.event_id is 'The last event taken.';
comment on column ops.analytics_progress.floor_id is
'Events up to here are taken, whatever their transaction: they come from a cluster that this database was restored from.';
comment on column ops.analytics_progress.views_until is 'Views before this half hour are taken.';
comment on column ops.analytics_progress.due_at is 'Not before then is the analytics store tried again.';

create table ops.analytics_batches (
    id bigint generated always as identity primary key,
    source ops.analytics_source not null,
    state ops.analytics_batch_state not null default 'SEALED',
    rows integer not null
    constraint analytics_batches_have_rows check (rows >= 0),
    after_written_in xid8,
    after_id bigint,
    until_written_in xid8,
    until_id bigint,
    window_id bigint,
    part smallint,
    parts smallint,
    oldest_at timestamptz not null,
    attempts integer not null default 0,
    due_at timestamptz not null default now(),
    sealed_at timestamptz not null default now(),
    sent_at timestamptz,
    checksum text,
    error text,
    constraint analytics_batches_are_a_range_or_a_part check (
        case source
            when 'EVENTS' then num_nulls(after_written_in, after_id, until_written_in, until_id) = 0
            else num_nulls(window_id, part, parts) = 0 and part < parts
        end
    ),
    constraint analytics_batches_sent_are_checked check (
        (state = 'SENT') = (sent_at is not null and checksum is not null)
    )
);
create index analytics_batches_unsent on ops.analytics_batches (id) where state = 'SEALED';
create unique index analytics_batches_have_a_window_once on ops.analytics_batches (window_id, part)
where window_id is not null;
create unique index analytics_batches_have_events_once on ops.analytics_batches (until_written_in, until_id)
where until_id is not null;
alter table ops.analytics_batches enable row level security;
alter table ops.analytics_batches force row level security;
comment on table ops.analytics_batches is
'What is sent to the analytics store together. The id is the key under which the store takes the batch once.';
comment on column ops.analytics_batches.rows is 'How many rows it had when it was sealed, and once it is sent, then.';
comment on column ops.analytics_batches.after_written_in is 'Events: the transaction of the last event that is not in it any more.';
comment on column ops.analytics_batches.until_written_in is 'Events: the transaction of the last event in it.';
comment on column ops.analytics_batches.window_id is 'Views: the half hour.';
comment on column ops.analytics_batches.part is 'Views: which of so many parts of the half hour, by viewer.';
comment on column ops.analytics_batches.oldest_at is 'When its oldest row happened, about; how late it is.';
comment on column ops.analytics_batches.due_at is 'Not before then is it sent again; while somebody sends it, when that one is given up.';
comment on column ops.analytics_batches.checksum is 'SHA-256 of the rows as they were sent.';
comment on column ops.analytics_batches.error is 'Why it was not sent the last time.';

-- What creators are told of themselves, by the day. Watch time waits for enough viewers; api.my_creator_metrics sees to it.
create table ops.creator_days (
    user_id bigint not null references api.users (id) on delete cascade,
    day date not null,
    posts integer not null default 0,
    views bigint not null default 0,
    watch_ms bigint not null default 0,
    completed bigint not null default 0,
    reactions integer not null default 0,
    comments integer not null default 0,
    shares integer not null default 0,
    saves integer not null default 0,
    reposts integer not null default 0,
    followers integer not null default 0,
    primary key (user_id, day)
) with (fillfactor = 80);
alter table ops.creator_days enable row level security;
alter table ops.creator_days force row level security;
comment on table ops.creator_days is 'What became of each creator''s posts on each day, by Cairo. Kept by ops.fold_creator_days.';

-- A domain of one small table, which the workers write a row at a time.
-- squawk-ignore ban-drop-constraint
alter domain ops.gauge drop constraint gauge_is_known;
-- squawk-ignore ban-alter-domain-with-add-constraint
alter domain ops.gauge add constraint gauge_is_known check (
    value in ('FUTURE_ROWS', 'OPEN_REPORTS', 'COUNTER_DRIFT', 'ANALYTICS_LAG_SECONDS', 'ANALYTICS_UNSENT_BATCHES')
);

-- migrate:down
delete from ops.gauges where name like 'ANALYTICS%';
-- squawk-ignore ban-drop-constraint
alter domain ops.gauge drop constraint gauge_is_known;
-- squawk-ignore ban-alter-domain-with-add-constraint
alter domain ops.gauge add constraint gauge_is_known check (
    value in ('FUTURE_ROWS', 'OPEN_REPORTS', 'COUNTER_DRIFT')
);
drop table ops.creator_days cascade;
drop table ops.analytics_batches cascade;
drop table ops.analytics_progress cascade;
alter table ops.counter_deltas drop column happened_at cascade;
drop table ops.analytics_events cascade;
drop table ops.consent_register cascade;
drop table ops.analytics_people cascade;
alter type api.update_settings_input drop attribute allows_analytics cascade;
alter table api.user_settings drop column allows_analytics cascade;
drop domain ops.analytics_reader cascade;
drop domain ops.analytics_batch_state cascade;
drop domain ops.analytics_source cascade;
drop domain ops.analytics_kind cascade;
