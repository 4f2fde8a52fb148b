-- migrate:up
create domain api.share_kind as text
constraint share_kind_is_known check (value in ('LINK', 'MESSAGE', 'STORY', 'GROUP', 'EXTERNAL'));
create domain api.view_source as text
constraint view_source_is_known check (
    value in ('FEED', 'EXPLORE', 'PROFILE', 'SEARCH', 'HASHTAG', 'MESSAGE', 'NOTIFICATION', 'LINK', 'OTHER')
);
create domain api.feedback_kind as text
constraint feedback_kind_is_known check (value in ('HIDE', 'NOT_INTERESTED', 'MORE_LIKE_THIS'));
create domain api.engagement_kind as text
constraint engagement_kind_is_known check (value in ('REACT', 'UNREACT', 'VIEW', 'SAVE', 'UNSAVE', 'SHARE'));
create domain api.engagement_status as text
constraint engagement_status_is_known check (value in ('DONE', 'REPEATED', 'NOT_FOUND'));

comment on domain api.share_kind is e'@graphql({"enum": true})\nBy which way a post was passed on.';
comment on domain api.view_source is e'@graphql({"enum": true})\nWhere a post was seen.';
comment on domain api.feedback_kind is
e'@graphql({"enum": true})\nHIDE takes a post out of one''s feeds; NOT_INTERESTED does so and asks for fewer like it; MORE_LIKE_THIS for more.';
comment on domain api.engagement_kind is e'@graphql({"enum": true})\nWhat happened to a post.';
comment on domain api.engagement_status is
e'@graphql({"enum": true})\nDONE; REPEATED where it was so before, and nothing was counted; NOT_FOUND where there is no such post that one can see.';

create table api.save_folders (
    id api.snowflake primary key default api.next_id(),
    owner_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    name text not null
    constraint save_folders_name_is_short check (length(name) between 1 and 100),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint save_folders_name_is_unique unique (owner_id, name),
    constraint save_folders_are_an_owners unique (id, owner_id)
);
alter table api.save_folders enable row level security;
alter table api.save_folders force row level security;

comment on table api.save_folders is e'@graphql({"name": "SaveFolder"})\nA folder for saved posts; only its owner sees it.';
comment on column api.save_folders.id is 'Identifier.';
comment on column api.save_folders.owner_id is 'Whose folder it is.';
comment on column api.save_folders.name is 'Its name, of at most 100 characters.';
comment on column api.save_folders.created_at is 'When it was made.';
comment on column api.save_folders.updated_at is 'When it last changed.';
comment on column api.save_folders.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint save_folders_owner_id_fkey on api.save_folders is
'@graphql({"foreign_name": "owner", "local_name": "saveFolders"})';

create table api.saves (
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    folder_id api.snowflake,
    created_at timestamptz not null default now(),
    primary key (user_id, post_id),
    constraint saves_folder_id_fkey foreign key (folder_id, user_id)
    references api.save_folders (id, owner_id) on delete set null (folder_id)
);
create index saves_by_post on api.saves (post_id);
create index saves_by_folder on api.saves (folder_id, user_id, post_id desc) where folder_id is not null;
alter table api.saves enable row level security;
alter table api.saves force row level security;

comment on table api.saves is e'@graphql({"name": "Save"})\nA user has put a post by; only the user sees that.';
comment on column api.saves.user_id is 'Who saved it.';
comment on column api.saves.post_id is 'The post.';
comment on column api.saves.folder_id is 'The folder in which it lies, if in one.';
comment on column api.saves.created_at is 'When it was saved.';
comment on constraint saves_user_id_fkey on api.saves is '@graphql({"foreign_name": "user", "local_name": "saves"})';
comment on constraint saves_post_id_fkey on api.saves is '@graphql({"foreign_name": "post", "local_name": "saves"})';
comment on constraint saves_folder_id_fkey on api.saves is '@graphql({"foreign_name": "folder", "local_name": "saves"})';

create table api.shares (
    id api.snowflake primary key default api.next_id(),
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    kind api.share_kind not null default 'LINK',
    target text
    constraint shares_target_is_short check (length(target) between 1 and 200),
    created_at timestamptz not null default now()
);
create index shares_by_user on api.shares (user_id, id desc);
create index shares_by_post on api.shares (post_id, id desc);
alter table api.shares enable row level security;
alter table api.shares force row level security;

comment on table api.shares is e'@graphql({"name": "Share"})\nA user has passed a post on; only the user sees to whom.';
comment on column api.shares.id is 'Identifier.';
comment on column api.shares.user_id is 'Who passed it on.';
comment on column api.shares.post_id is 'The post.';
comment on column api.shares.kind is 'By which way.';
comment on column api.shares.target is 'Where to, as the app names it: another app, a conversation, a group.';
comment on column api.shares.created_at is 'When.';
comment on constraint shares_user_id_fkey on api.shares is '@graphql({"foreign_name": "user", "local_name": "shares"})';
comment on constraint shares_post_id_fkey on api.shares is '@graphql({"foreign_name": "post", "local_name": "shares"})';

-- No foreign keys: each would lock the row of a post that thousands look at, and be most of the cost of a view. Triggers on
-- posts and people remove the views of what is gone. A row is one viewer, post and half hour: whatever
-- comes in again within it is added to the row, so that nothing is counted twice, whoever sends it how often.
create table api.views (
    window_id api.snowflake not null,
    user_id api.snowflake not null,
    post_id api.snowflake not null,
    source api.view_source not null default 'OTHER',
    dwell_ms integer not null default 0
    constraint views_dwell_ms_is_sane check (dwell_ms between 0 and 86400000),
    completion smallint not null default 0
    constraint views_completion_is_a_percentage check (completion between 0 and 100),
    created_at timestamptz not null default now(),
    primary key (user_id, post_id, window_id)
) partition by range (window_id);
create table partitions.views_future partition of api.views for values from (0) to (maxvalue);
create index views_by_post on api.views (post_id);
alter table api.views enable row level security;
alter table api.views force row level security;
alter table partitions.views_future enable row level security;
alter table partitions.views_future force row level security;

comment on table api.views is
e'@graphql({"name": "View"})\nA user has seen a post. Nobody else is told that, the author only how many did.';
comment on column api.views.window_id is 'The half hour in which it was seen: the smallest identifier that could be made in it.';
comment on column api.views.user_id is 'Who saw it.';
comment on column api.views.post_id is 'The post.';
comment on column api.views.source is 'Where it was seen first.';
comment on column api.views.dwell_ms is 'For how long it was looked at, in milliseconds.';
comment on column api.views.completion is 'How much of a video was played at most, in percent.';
comment on column api.views.created_at is 'When it was seen first.';

create table api.post_feedback (
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    kind api.feedback_kind not null,
    created_at timestamptz not null default now(),
    primary key (user_id, post_id)
);
create index post_feedback_by_post on api.post_feedback (post_id, kind);
alter table api.post_feedback enable row level security;
alter table api.post_feedback force row level security;

comment on table api.post_feedback is
e'@graphql({"name": "PostFeedback"})\nWhat a user wants less or more of; only the user sees it.';
comment on column api.post_feedback.user_id is 'Who says so.';
comment on column api.post_feedback.post_id is 'About which post.';
comment on column api.post_feedback.kind is 'What.';
comment on column api.post_feedback.created_at is 'When.';
comment on constraint post_feedback_user_id_fkey on api.post_feedback is
'@graphql({"foreign_name": "user", "local_name": "postFeedback"})';
comment on constraint post_feedback_post_id_fkey on api.post_feedback is
'@graphql({"foreign_name": "post", "local_name": "feedback"})';

create type api.view_input as (
    post_id bigint,
    source api.view_source,
    dwell_ms integer,
    completion smallint
);
comment on type api.view_input is 'A post that was seen.';
comment on column api.view_input.post_id is 'The post.';
comment on column api.view_input.source is 'Where; OTHER where not given.';
comment on column api.view_input.dwell_ms is 'For how long it was looked at, in milliseconds, since this was last recorded.';
comment on column api.view_input.completion is 'How much of a video was played, in percent.';

create type api.engagement_event_input as (
    kind api.engagement_kind,
    post_id bigint,
    reaction api.reaction_kind,
    source api.view_source,
    dwell_ms integer,
    completion smallint,
    share_kind api.share_kind,
    target text
);
comment on type api.engagement_event_input is 'Something that happened to a post.';
comment on column api.engagement_event_input.kind is 'What happened.';
comment on column api.engagement_event_input.post_id is 'The post.';
comment on column api.engagement_event_input.reaction is 'For REACT: how; LIKE where not given.';
comment on column api.engagement_event_input.source is 'For VIEW: where; OTHER where not given.';
comment on column api.engagement_event_input.dwell_ms is 'For VIEW: for how long, in milliseconds, since this was last recorded.';
comment on column api.engagement_event_input.completion is 'For VIEW: how much of a video was played, in percent.';
comment on column api.engagement_event_input.share_kind is 'For SHARE: by which way; LINK where not given.';
comment on column api.engagement_event_input.target is 'For SHARE: where to.';

create type api.engagement_result as (
    post_id api.snowflake,
    kind api.engagement_kind,
    status api.engagement_status
);
comment on type api.engagement_result is 'What has become of an event; results stand in the order of the events.';
comment on column api.engagement_result.post_id is 'The post.';
comment on column api.engagement_result.kind is 'What happened.';
comment on column api.engagement_result.status is 'What has become of it.';

-- migrate:down
drop type api.engagement_result cascade;
drop type api.engagement_event_input cascade;
drop type api.view_input cascade;
drop table api.post_feedback cascade;
drop table api.views cascade;
drop table api.shares cascade;
drop table api.saves cascade;
drop table api.save_folders cascade;
drop domain api.engagement_status cascade;
drop domain api.engagement_kind cascade;
drop domain api.feedback_kind cascade;
drop domain api.view_source cascade;
drop domain api.share_kind cascade;
