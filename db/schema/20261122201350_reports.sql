-- migrate:up
create domain api.report_subject as text
constraint report_subject_is_known check (value in ('USER', 'POST', 'COMMENT', 'MESSAGE', 'ROOM', 'GROUP'));
create domain api.report_state as text
constraint report_state_is_known check (value in ('OPEN', 'ACTIONED', 'DISMISSED'));

comment on domain api.report_subject is e'@graphql({"enum": true})\nWhat kind of thing is reported.';
comment on domain api.report_state is e'@graphql({"enum": true})\nWhat has become of a report.';

create table api.reports (
    id api.snowflake primary key default api.next_id(),
    reporter_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    subject_type api.report_subject not null,
    subject_id api.snowflake not null,
    reason text not null references api.report_reasons (code) on delete restrict,
    details text not null default ''
    constraint reports_details_are_short check (length(details) <= 1000),
    state api.report_state not null default 'OPEN',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1
);
create unique index reports_are_one_at_a_time on api.reports (reporter_id, subject_type, subject_id)
where state = 'OPEN';
create index reports_by_reporter on api.reports (reporter_id, id desc);
create index reports_by_subject on api.reports (subject_type, subject_id, id desc);
create index reports_by_reason on api.reports (reason, id desc);
create index reports_open on api.reports (id) where state = 'OPEN';
alter table api.reports enable row level security;
alter table api.reports force row level security;

comment on table api.reports is
e'@graphql({"name": "Report"})\nA user tells DAIRA of something that should not be there; nobody but staff learns of it.';
comment on column api.reports.id is 'Identifier.';
comment on column api.reports.reporter_id is 'Who reports.';
comment on column api.reports.subject_type is 'What kind of thing is reported.';
comment on column api.reports.subject_id is 'The thing.';
comment on column api.reports.reason is 'Why: the code of a report reason.';
comment on column api.reports.details is 'What the reporter adds, of at most 1000 characters.';
comment on column api.reports.state is 'What has become of it.';
comment on column api.reports.created_at is 'When it was made.';
comment on column api.reports.updated_at is 'When it last changed.';
comment on column api.reports.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint reports_reporter_id_fkey on api.reports is
'@graphql({"foreign_name": "reporter", "local_name": "reports"})';
comment on constraint reports_reason_fkey on api.reports is
'@graphql({"foreign_name": "reportReason", "local_name": "reports"})';

create type api.report_input as (
    subject_type api.report_subject,
    subject_id bigint,
    reason text,
    details text
);
comment on type api.report_input is 'What report takes.';
comment on column api.report_input.subject_type is 'What kind of thing is reported.';
comment on column api.report_input.subject_id is 'The thing.';
comment on column api.report_input.reason is 'Why: the code of a report reason.';
comment on column api.report_input.details is 'What there is to add, of at most 1000 characters.';

-- migrate:down
drop type api.report_input cascade;
drop table api.reports cascade;
drop domain api.report_state cascade;
drop domain api.report_subject cascade;
