-- migrate:up
create table api.follows (
    follower_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    followee_id api.snowflake not null references api.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (follower_id, followee_id),
    constraint follows_need_two_people check (follower_id <> followee_id)
);
create index follows_by_followee on api.follows (followee_id, follower_id);
alter table api.follows enable row level security;
alter table api.follows force row level security;

comment on table api.follows is e'@graphql({"name": "Follow"})\nOne user follows another.';
comment on column api.follows.follower_id is 'Who follows.';
comment on column api.follows.followee_id is 'Who is followed.';
comment on column api.follows.created_at is 'Since when.';
comment on constraint follows_follower_id_fkey on api.follows is
'@graphql({"foreign_name": "follower", "local_name": "following"})';
comment on constraint follows_followee_id_fkey on api.follows is
'@graphql({"foreign_name": "followee", "local_name": "followers"})';

create table api.blocks (
    blocker_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    blocked_id api.snowflake not null references api.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (blocker_id, blocked_id),
    constraint blocks_need_two_people check (blocker_id <> blocked_id)
);
create index blocks_by_blocked on api.blocks (blocked_id, blocker_id);
alter table api.blocks enable row level security;
alter table api.blocks force row level security;

comment on table api.blocks is e'@graphql({"name": "Block"})\nOne user has blocked another; neither sees the other.';
comment on column api.blocks.blocker_id is 'Who blocked.';
comment on column api.blocks.blocked_id is 'Who is blocked.';
comment on column api.blocks.created_at is 'Since when.';
comment on constraint blocks_blocker_id_fkey on api.blocks is
'@graphql({"foreign_name": "blocker", "local_name": "blocks"})';
comment on constraint blocks_blocked_id_fkey on api.blocks is
'@graphql({"foreign_name": "blocked", "local_name": "blockedBy"})';

-- migrate:down
drop table api.blocks cascade;
drop table api.follows cascade;
