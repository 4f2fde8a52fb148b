-- migrate:up
create domain api.comment_state as text
constraint comment_state_is_known check (value in ('VISIBLE', 'HIDDEN', 'HELD'));
comment on domain api.comment_state is
e'@graphql({"enum": true})\nVISIBLE; HIDDEN by the post''s author, shown on request; or HELD, which only its author and the post''s author see.';

-- A deleted comment keeps its place and nothing else, so that its replies keep theirs.
create table api.comments (
    id api.snowflake not null default api.next_id(),
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    author_id api.snowflake default auth.uid() references api.users (id) on delete set null,
    parent_id api.snowflake,
    path extensions.ltree not null,
    depth smallint not null generated always as (extensions.nlevel(path) - 1) stored
    constraint comments_are_not_too_deep check (depth <= 50),
    content text
    constraint comments_content_is_short check (length(content) between 1 and 2200),
    state api.comment_state not null default 'VISIBLE',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    edited_at timestamptz,
    deleted_at timestamptz,
    version integer not null default 1,
    primary key (id),
    constraint comments_deleted_are_empty check (
        num_nulls(author_id, content) = case when deleted_at is null then 0 else 2 end
    ),
    constraint comments_parent_id_fkey foreign key (parent_id) references api.comments (id) on delete cascade
) partition by range (id);
create table partitions.comments_future partition of api.comments for values from (0) to (maxvalue);
create index comments_by_post on api.comments (post_id, id);
create index comments_by_author on api.comments (author_id, id desc);
create index comments_by_parent on api.comments (parent_id, id) where parent_id is not null;
-- The B-tree's order of paths is the order of the tree: what stands below a comment is one range of it.
create index comments_by_path on api.comments (post_id, path);
alter table api.comments enable row level security;
alter table api.comments force row level security;
alter table partitions.comments_future enable row level security;
alter table partitions.comments_future force row level security;

comment on table api.comments is e'@graphql({"name": "Comment"})\nA remark under a post, or an answer to another remark.';
comment on column api.comments.id is 'Identifier; later comments have greater ones.';
comment on column api.comments.post_id is 'The post that it is about.';
comment on column api.comments.author_id is 'Who wrote it; null once it is deleted.';
comment on column api.comments.parent_id is 'The comment that it answers.';
comment on column api.comments.path is 'Its ancestors and itself, outermost first.';
comment on column api.comments.depth is 'How many comments stand above it.';
comment on column api.comments.content is 'The text, of at most 2200 characters; null once it is deleted.';
comment on column api.comments.state is 'Who sees it besides its author and the author of the post.';
comment on column api.comments.created_at is 'When it was written.';
comment on column api.comments.updated_at is 'When it last changed.';
comment on column api.comments.edited_at is 'When its text last changed; null where it never did.';
comment on column api.comments.deleted_at is 'When it was deleted.';
comment on column api.comments.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint comments_post_id_fkey on api.comments is
'@graphql({"foreign_name": "post", "local_name": "comments"})';
comment on constraint comments_author_id_fkey on api.comments is
'@graphql({"foreign_name": "author", "local_name": "comments"})';
comment on constraint comments_parent_id_fkey on api.comments is
'@graphql({"foreign_name": "parent", "local_name": "replies"})';

-- migrate:down
drop table api.comments cascade;
drop domain api.comment_state cascade;
