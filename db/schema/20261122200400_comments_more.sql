-- migrate:up
create domain api.comment_sort as text
constraint comment_sort_is_known check (value in ('TOP', 'NEWEST', 'OLDEST'));
comment on domain api.comment_sort is e'@graphql({"enum": true})\nTOP: most liked first; NEWEST; OLDEST.';
create domain api.comment_approval as text
constraint comment_approval_is_known check (value in ('NOBODY', 'STRANGERS', 'EVERYBODY'));
comment on domain api.comment_approval is
e'@graphql({"enum": true})\nWhose comments wait for approval: nobody''s, those of people who do not follow one, or everybody''s.';

-- A row is made at the first like or reply: most comments have neither.
create table api.comment_stats (
    comment_id api.snowflake primary key references api.comments (id) on delete cascade,
    post_id api.snowflake not null,
    likes_count integer not null default 0,
    replies_count integer not null default 0
) with (fillfactor = 70);
create index comment_stats_by_likes on api.comment_stats (post_id, likes_count desc, comment_id desc)
where likes_count > 0;
alter table api.comment_stats enable row level security;
alter table api.comment_stats force row level security;

comment on table api.comment_stats is e'@graphql({"name": "CommentStats"})\nWhat is counted about a comment, a moment late.';
comment on column api.comment_stats.comment_id is 'Whose numbers these are.';
comment on column api.comment_stats.post_id is 'The post that the comment is about.';
comment on column api.comment_stats.likes_count is 'How many like it.';
comment on column api.comment_stats.replies_count is 'How many comments answer it directly.';
comment on constraint comment_stats_comment_id_fkey on api.comment_stats is
'@graphql({"foreign_name": "comment", "local_name": "stats"})';

create table api.comment_likes (
    comment_id api.snowflake not null references api.comments (id) on delete cascade,
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (comment_id, user_id)
);
create index comment_likes_by_user on api.comment_likes (user_id, comment_id desc);
alter table api.comment_likes enable row level security;
alter table api.comment_likes force row level security;

comment on table api.comment_likes is e'@graphql({"name": "CommentLike"})\nA user likes a comment.';
comment on column api.comment_likes.comment_id is 'The comment.';
comment on column api.comment_likes.user_id is 'Who likes it.';
comment on column api.comment_likes.created_at is 'Since when.';
comment on constraint comment_likes_comment_id_fkey on api.comment_likes is
'@graphql({"foreign_name": "comment", "local_name": "likes"})';
comment on constraint comment_likes_user_id_fkey on api.comment_likes is
'@graphql({"foreign_name": "user", "local_name": "commentLikes"})';

create table api.pinned_comments (
    post_id api.snowflake primary key references api.posts (id) on delete cascade,
    comment_id api.snowflake not null references api.comments (id) on delete cascade,
    created_at timestamptz not null default now()
);
create index pinned_comments_by_comment on api.pinned_comments (comment_id);
alter table api.pinned_comments enable row level security;
alter table api.pinned_comments force row level security;

comment on table api.pinned_comments is
e'@graphql({"name": "PinnedComment"})\nThe comment that the author of a post shows before all others.';
comment on column api.pinned_comments.post_id is 'The post.';
comment on column api.pinned_comments.comment_id is 'The comment.';
comment on column api.pinned_comments.created_at is 'Since when.';
comment on constraint pinned_comments_post_id_fkey on api.pinned_comments is
'@graphql({"foreign_name": "post", "local_name": "pinnedComment"})';
comment on constraint pinned_comments_comment_id_fkey on api.pinned_comments is
'@graphql({"foreign_name": "comment", "local_name": "pins"})';

-- Apart from the comment, because its author reads that and is not to learn of this.
create table api.withheld_comments (
    comment_id api.snowflake primary key references api.comments (id) on delete cascade,
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    parent_id api.snowflake,
    owner_id api.snowflake not null references api.users (id) on delete cascade,
    created_at timestamptz not null default now()
);
create index withheld_comments_by_owner on api.withheld_comments (owner_id, comment_id desc);
create index withheld_comments_by_post on api.withheld_comments (post_id, comment_id);
alter table api.withheld_comments enable row level security;
alter table api.withheld_comments force row level security;

comment on table api.withheld_comments is
e'@graphql({"name": "WithheldComment"})\nA comment by somebody whom the post''s author restricts: nobody but these two sees it until it is approved.';
comment on column api.withheld_comments.comment_id is 'The comment.';
comment on column api.withheld_comments.post_id is 'The post that it is about.';
comment on column api.withheld_comments.parent_id is 'The comment that it answers.';
comment on column api.withheld_comments.owner_id is 'The author of the post, who may approve it.';
comment on column api.withheld_comments.created_at is 'Since when.';
comment on constraint withheld_comments_comment_id_fkey on api.withheld_comments is
'@graphql({"foreign_name": "comment", "local_name": "withholdings"})';
comment on constraint withheld_comments_post_id_fkey on api.withheld_comments is
'@graphql({"foreign_name": "post", "local_name": "withheldComments"})';
comment on constraint withheld_comments_owner_id_fkey on api.withheld_comments is
'@graphql({"foreign_name": "owner", "local_name": "withheldComments"})';

create table api.comment_settings (
    user_id api.snowflake primary key default auth.uid() references api.users (id) on delete cascade,
    approval api.comment_approval not null default 'NOBODY',
    updated_at timestamptz not null default now()
);
alter table api.comment_settings enable row level security;
alter table api.comment_settings force row level security;

comment on table api.comment_settings is
e'@graphql({"name": "CommentSettings"})\nHow a user wants to be answered; only the user reads it. Without a row nothing waits for approval.';
comment on column api.comment_settings.user_id is 'Whose posts this is about.';
comment on column api.comment_settings.approval is 'Whose comments wait for approval.';
comment on column api.comment_settings.updated_at is 'When it last changed.';
comment on constraint comment_settings_user_id_fkey on api.comment_settings is
'@graphql({"foreign_name": "user", "local_name": "commentSettings"})';

create table api.comment_keywords (
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    keyword text not null
    constraint comment_keywords_keyword_is_short check (length(keyword) between 2 and 100),
    created_at timestamptz not null default now(),
    primary key (user_id, keyword)
);
alter table api.comment_keywords enable row level security;
alter table api.comment_keywords force row level security;

comment on table api.comment_keywords is
e'@graphql({"name": "CommentKeyword"})\nComments that contain this are hidden under the user''s posts; only the user reads it.';
comment on column api.comment_keywords.user_id is 'Whose posts this is about.';
comment on column api.comment_keywords.keyword is 'A word or a phrase, of 2 to 100 characters.';
comment on column api.comment_keywords.created_at is 'Since when.';
comment on constraint comment_keywords_user_id_fkey on api.comment_keywords is
'@graphql({"foreign_name": "user", "local_name": "commentKeywords"})';

-- What reports and appeals are about; nobody who uses the API reads it.
create table ops.deleted_comments (
    comment_id bigint primary key references api.comments (id) on delete cascade,
    author_id bigint not null references api.users (id) on delete cascade,
    content text not null,
    deleted_at timestamptz not null default now()
);
create index deleted_comments_by_author on ops.deleted_comments (author_id, comment_id desc);
alter table ops.deleted_comments enable row level security;
alter table ops.deleted_comments force row level security;
comment on table ops.deleted_comments is 'What deleted comments said.';

create type api.create_comment_input as (
    post_id bigint,
    parent_id bigint,
    content text
);
comment on type api.create_comment_input is 'What createComment takes.';
comment on column api.create_comment_input.post_id is 'The post that it is about.';
comment on column api.create_comment_input.parent_id is 'The comment that it answers, where it answers one.';
comment on column api.create_comment_input.content is 'The text, of at most 2200 characters.';

create type api.comment_edge as (
    cursor text,
    node api.comments
);
comment on type api.comment_edge is
e'@graphql({"name": "CommentPageEdge"})\nA comment in a list.';
comment on column api.comment_edge.cursor is 'Where the comment stands in the list.';
comment on column api.comment_edge.node is 'The comment.';

create type api.comment_connection as (
    edges api.comment_edge[], -- noqa: LT01
    page_info api.page_info
);
comment on type api.comment_connection is e'@graphql({"name": "CommentPage"})\nA page of comments.';
comment on column api.comment_connection.edges is 'The comments, in the order that was asked for.';
comment on column api.comment_connection.page_info is 'Where the page stands.';

-- migrate:down
drop type api.comment_connection cascade;
drop type api.comment_edge cascade;
drop type api.create_comment_input cascade;
drop table ops.deleted_comments cascade;
drop table api.comment_keywords cascade;
drop table api.comment_settings cascade;
drop table api.withheld_comments cascade;
drop table api.pinned_comments cascade;
drop table api.comment_likes cascade;
drop table api.comment_stats cascade;
drop domain api.comment_approval cascade;
drop domain api.comment_sort cascade;
