-- migrate:up
create table api.reactions (
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    kind api.reaction_kind not null default 'LIKE',
    created_at timestamptz not null default now(),
    primary key (post_id, user_id)
);
create index reactions_by_user on api.reactions (user_id, post_id desc);
alter table api.reactions enable row level security;
alter table api.reactions force row level security;

comment on table api.reactions is e'@graphql({"name": "Reaction"})\nWhat a user feels about a post; one per person, changeable.';
comment on column api.reactions.post_id is 'The post.';
comment on column api.reactions.user_id is 'Who reacted.';
comment on column api.reactions.kind is 'How.';
comment on column api.reactions.created_at is 'When.';
comment on constraint reactions_post_id_fkey on api.reactions is
'@graphql({"foreign_name": "post", "local_name": "reactions"})';
comment on constraint reactions_user_id_fkey on api.reactions is
'@graphql({"foreign_name": "user", "local_name": "reactions"})';

-- migrate:down
drop table api.reactions cascade;
