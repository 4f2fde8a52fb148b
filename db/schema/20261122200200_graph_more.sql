-- migrate:up
create domain api.mute_scope as text
constraint mute_scope_is_known check (value in ('ALL', 'TIMELINE', 'NOTIFICATIONS'));
comment on domain api.mute_scope is
e'@graphql({"enum": true})\nWhere something is muted: in feeds, in notifications, or in both.';

create table api.follow_requests (
    follower_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    followee_id api.snowflake not null references api.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (follower_id, followee_id),
    constraint follow_requests_need_two_people check (follower_id <> followee_id)
);
create index follow_requests_by_followee on api.follow_requests (followee_id, follower_id);
alter table api.follow_requests enable row level security;
alter table api.follow_requests force row level security;

comment on table api.follow_requests is
e'@graphql({"name": "FollowRequest"})\nSomebody asks to follow a private account.';
comment on column api.follow_requests.follower_id is 'Who asks.';
comment on column api.follow_requests.followee_id is 'Who is asked.';
comment on column api.follow_requests.created_at is 'Since when.';
comment on constraint follow_requests_follower_id_fkey on api.follow_requests is
'@graphql({"foreign_name": "follower", "local_name": "followRequestsSent"})';
comment on constraint follow_requests_followee_id_fkey on api.follow_requests is
'@graphql({"foreign_name": "followee", "local_name": "followRequests"})';

create table api.mutes (
    muter_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    muted_id api.snowflake not null references api.users (id) on delete cascade,
    scope api.mute_scope not null default 'ALL',
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (muter_id, muted_id),
    constraint mutes_need_two_people check (muter_id <> muted_id)
);
create index mutes_by_muted on api.mutes (muted_id, muter_id);
alter table api.mutes enable row level security;
alter table api.mutes force row level security;

comment on table api.mutes is
e'@graphql({"name": "Mute"})\nOne user does not want to hear of another, who is not told.';
comment on column api.mutes.muter_id is 'Who muted.';
comment on column api.mutes.muted_id is 'Who is muted.';
comment on column api.mutes.scope is 'Where.';
comment on column api.mutes.expires_at is 'Until when; null is for ever.';
comment on column api.mutes.created_at is 'Since when.';
comment on constraint mutes_muter_id_fkey on api.mutes is
'@graphql({"foreign_name": "muter", "local_name": "mutes"})';
comment on constraint mutes_muted_id_fkey on api.mutes is
'@graphql({"foreign_name": "muted", "local_name": "mutedBy"})';

create table api.muted_words (
    id api.snowflake primary key default api.next_id(),
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    word text not null
    constraint muted_words_word_is_short check (length(word) between 1 and 100),
    scope api.mute_scope not null default 'ALL',
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    constraint muted_words_are_listed_once unique (user_id, word)
);
alter table api.muted_words enable row level security;
alter table api.muted_words force row level security;

comment on table api.muted_words is
e'@graphql({"name": "MutedWord"})\nA word or phrase that one does not want to read.';
comment on column api.muted_words.id is 'Identifier.';
comment on column api.muted_words.user_id is 'Who muted it.';
comment on column api.muted_words.word is 'The word or phrase.';
comment on column api.muted_words.scope is 'Where.';
comment on column api.muted_words.expires_at is 'Until when; null is for ever.';
comment on column api.muted_words.created_at is 'Since when.';
comment on constraint muted_words_user_id_fkey on api.muted_words is
'@graphql({"foreign_name": "user", "local_name": "mutedWords"})';

create table api.muted_threads (
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    scope api.mute_scope not null default 'ALL',
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (user_id, post_id)
);
create index muted_threads_by_post on api.muted_threads (post_id, user_id);
alter table api.muted_threads enable row level security;
alter table api.muted_threads force row level security;

comment on table api.muted_threads is
e'@graphql({"name": "MutedThread"})\nA post whose conversation one does not want to hear of.';
comment on column api.muted_threads.user_id is 'Who muted it.';
comment on column api.muted_threads.post_id is 'The post at its root.';
comment on column api.muted_threads.scope is 'Where.';
comment on column api.muted_threads.expires_at is 'Until when; null is for ever.';
comment on column api.muted_threads.created_at is 'Since when.';
comment on constraint muted_threads_user_id_fkey on api.muted_threads is
'@graphql({"foreign_name": "user", "local_name": "mutedThreads"})';
comment on constraint muted_threads_post_id_fkey on api.muted_threads is
'@graphql({"foreign_name": "post", "local_name": "mutes"})';

create table api.restricts (
    restricter_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    restricted_id api.snowflake not null references api.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (restricter_id, restricted_id),
    constraint restricts_need_two_people check (restricter_id <> restricted_id)
);
create index restricts_by_restricted on api.restricts (restricted_id, restricter_id);
alter table api.restricts enable row level security;
alter table api.restricts force row level security;

comment on table api.restricts is
e'@graphql({"name": "Restrict"})\nWhat one user answers another is shown to nobody else; who is not told.';
comment on column api.restricts.restricter_id is 'Who restricts.';
comment on column api.restricts.restricted_id is 'Who is restricted.';
comment on column api.restricts.created_at is 'Since when.';
comment on constraint restricts_restricter_id_fkey on api.restricts is
'@graphql({"foreign_name": "restricter", "local_name": "restricts"})';
comment on constraint restricts_restricted_id_fkey on api.restricts is
'@graphql({"foreign_name": "restricted", "local_name": "restrictedBy"})';

create table api.close_friends (
    owner_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    friend_id api.snowflake not null references api.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (owner_id, friend_id),
    constraint close_friends_need_two_people check (owner_id <> friend_id)
);
create index close_friends_by_friend on api.close_friends (friend_id, owner_id);
alter table api.close_friends enable row level security;
alter table api.close_friends force row level security;

comment on table api.close_friends is
e'@graphql({"name": "CloseFriend"})\nSomebody whom a user counts among their close friends. Only the user sees the list.';
comment on column api.close_friends.owner_id is 'Whose friend it is.';
comment on column api.close_friends.friend_id is 'The friend.';
comment on column api.close_friends.created_at is 'Since when.';
comment on constraint close_friends_owner_id_fkey on api.close_friends is
'@graphql({"foreign_name": "owner", "local_name": "closeFriends"})';
comment on constraint close_friends_friend_id_fkey on api.close_friends is
'@graphql({"foreign_name": "friend", "local_name": "closeFriendOf"})';

create table api.circles (
    id api.snowflake primary key default api.next_id(),
    owner_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    name text not null
    constraint circles_name_is_short check (length(name) between 1 and 50),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint circles_name_is_unique unique (owner_id, name)
);
alter table api.circles enable row level security;
alter table api.circles force row level security;

comment on table api.circles is
e'@graphql({"name": "Circle"})\nA named audience. Only the owner knows that it is there and who is in it.';
comment on column api.circles.id is 'Identifier.';
comment on column api.circles.owner_id is 'Whose circle it is.';
comment on column api.circles.name is 'What the owner calls it.';
comment on column api.circles.created_at is 'When it was made.';
comment on column api.circles.updated_at is 'When it last changed.';
comment on column api.circles.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint circles_owner_id_fkey on api.circles is
'@graphql({"foreign_name": "owner", "local_name": "circles"})';

create table api.circle_members (
    circle_id api.snowflake not null references api.circles (id) on delete cascade,
    member_id api.snowflake not null references api.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (circle_id, member_id)
);
create index circle_members_by_member on api.circle_members (member_id, circle_id);
alter table api.circle_members enable row level security;
alter table api.circle_members force row level security;

comment on table api.circle_members is
e'@graphql({"name": "CircleMember"})\nSomebody in a circle. Members do not learn that they are in it.';
comment on column api.circle_members.circle_id is 'The circle.';
comment on column api.circle_members.member_id is 'Who is in it.';
comment on column api.circle_members.created_at is 'Since when.';
comment on constraint circle_members_circle_id_fkey on api.circle_members is
'@graphql({"foreign_name": "circle", "local_name": "members"})';
comment on constraint circle_members_member_id_fkey on api.circle_members is
'@graphql({"foreign_name": "member", "local_name": "circleMemberships"})';

create domain api.follow_state as text
constraint follow_state_is_known check (value in ('NONE', 'REQUESTED', 'FOLLOWING'));
comment on domain api.follow_state is
e'@graphql({"enum": true})\nWhether one follows somebody, has asked to, or neither.';

create type api.relationship as (
    user_id api.snowflake,
    follow_state api.follow_state,
    following boolean,
    followed_by boolean,
    requested boolean,
    requested_by boolean,
    blocking boolean,
    muting boolean,
    restricting boolean,
    close_friend boolean
);
comment on type api.relationship is 'How the signed-in user and somebody else stand to each other.';
comment on column api.relationship.user_id is 'The other one.';
comment on column api.relationship.follow_state is 'Whether one follows them, has asked to, or neither.';
comment on column api.relationship.following is 'Whether one follows them.';
comment on column api.relationship.followed_by is 'Whether they follow one.';
comment on column api.relationship.requested is 'Whether one has asked to follow them.';
comment on column api.relationship.requested_by is 'Whether they have asked to follow one.';
comment on column api.relationship.blocking is 'Whether one has blocked them.';
comment on column api.relationship.muting is 'Whether one has muted them, anywhere.';
comment on column api.relationship.restricting is 'Whether one has restricted them.';
comment on column api.relationship.close_friend is 'Whether one counts them among the close friends.';

create type api.suggestion as (
    node api.users,
    mutual_count integer
);
comment on type api.suggestion is 'Somebody whom one may want to follow.';
comment on column api.suggestion.node is 'Who.';
comment on column api.suggestion.mutual_count is 'How many of those whom one follows follow them, counted up to a bound.';

-- migrate:down
drop type api.suggestion cascade;
drop type api.relationship cascade;
drop domain api.follow_state cascade;
drop table api.circle_members cascade;
drop table api.circles cascade;
drop table api.close_friends cascade;
drop table api.restricts cascade;
drop table api.muted_threads cascade;
drop table api.muted_words cascade;
drop table api.mutes cascade;
drop table api.follow_requests cascade;
drop domain api.mute_scope cascade;
