-- migrate:up
create domain ops.counter as text
constraint counter_is_known check (
    value in (
        'POST_LIKES', 'POST_COMMENTS', 'POST_SHARES', 'POST_SAVES', 'POST_VIEWS', 'POST_REPOSTS', 'POST_QUOTES',
        'POST_HIDES', 'POST_REPORTS', 'COMMENT_LIKES', 'COMMENT_REPLIES', 'USER_FOLLOWERS', 'USER_FOLLOWING',
        'USER_POSTS'
    )
);
comment on domain ops.counter is 'What is counted, named after the table and the column that hold the sum.';

-- Writers append, a job folds: sixteen writers on one hot row reach 2,500 updates a second, and 9,000 appends.
create table ops.counter_deltas (
    id bigint generated always as identity primary key,
    counter ops.counter not null,
    subject_id bigint not null,
    delta integer not null
);
alter table ops.counter_deltas enable row level security;
alter table ops.counter_deltas force row level security;
comment on table ops.counter_deltas is 'Changes of counters that are not in the sums yet.';

create table ops.dead_letters (
    id bigint generated always as identity primary key,
    job_id bigint not null
    constraint dead_letters_job_id_is_unique unique,
    queue text not null,
    task text not null,
    args jsonb not null,
    attempts integer not null,
    error text not null,
    traceback text not null default '',
    failed_at timestamptz not null default now(),
    resolved_at timestamptz
);
create index dead_letters_waiting on ops.dead_letters (queue, failed_at) where resolved_at is null;
alter table ops.dead_letters enable row level security;
alter table ops.dead_letters force row level security;
comment on table ops.dead_letters is 'Jobs that failed for the last time, kept until somebody sends them again or lets them go.';

-- migrate:down
drop table ops.dead_letters cascade;
drop table ops.counter_deltas cascade;
drop domain ops.counter;
