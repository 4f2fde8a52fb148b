-- migrate:up
create extension if not exists pg_trgm with schema extensions;

create domain api.search_type as text
constraint search_type_is_known check (
    value in ('ALL', 'USERS', 'POSTS', 'HASHTAGS', 'SOUNDS', 'GROUPS', 'EVENTS')
);
comment on domain api.search_type is e'@graphql({"enum": true})\nWhat is searched for.';

-- Public posts by their words. Filled by a job, a moment late; who may see what is found is decided at each search.
create table feed.post_index (
    post_id bigint primary key,
    author_id bigint not null,
    words tsvector not null
);
create index post_index_words on feed.post_index using gin (words);
alter table feed.post_index enable row level security;
alter table feed.post_index force row level security;
comment on table feed.post_index is 'The stems of public posts.';

create table ops.stale_posts (
    id bigint generated always as identity primary key,
    post_id bigint not null
);
alter table ops.stale_posts enable row level security;
alter table ops.stale_posts force row level security;
comment on table ops.stale_posts is 'Posts whose words are to be indexed anew.';

-- What has a name: people (by name and by handle), hashtags, sounds, groups, events.
create table feed.name_index (
    kind text not null
    constraint name_index_kind_is_known check (kind in ('USERS', 'HASHTAGS', 'SOUNDS', 'GROUPS', 'EVENTS')),
    subject_id bigint not null,
    name text not null,
    weight real not null default 0,
    primary key (kind, subject_id, name)
);
create index name_index_beginnings on feed.name_index (name text_pattern_ops, weight desc);
create index name_index_trigrams on feed.name_index using gin (name extensions.gin_trgm_ops);
alter table feed.name_index enable row level security;
alter table feed.name_index force row level security;
comment on table feed.name_index is 'Names in their normal form, and how well known what bears them is.';

create table api.recent_searches (
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    query text not null
    constraint recent_searches_query_is_short check (length(query) between 1 and 200),
    searched_at timestamptz not null default now(),
    primary key (user_id, query)
);
alter table api.recent_searches enable row level security;
alter table api.recent_searches force row level security;
comment on table api.recent_searches is
e'@graphql({"name": "RecentSearch"})\nWhat one has searched for. Nobody else sees it; the last fifty are kept.';
comment on column api.recent_searches.user_id is 'Who searched.';
comment on column api.recent_searches.query is 'The words.';
comment on column api.recent_searches.searched_at is 'When, the last time.';
comment on constraint recent_searches_user_id_fkey on api.recent_searches is
'@graphql({"foreign_name": "user", "local_name": "recentSearches"})';

create domain api.trend_state as text
constraint trend_state_is_known check (value in ('WAITING', 'SHOWN', 'BLOCKED'));
comment on domain api.trend_state is e'@graphql({"enum": true})\nWhether staff let a hashtag be shown as a trend.';
create table feed.trend_reviews (
    hashtag_id bigint primary key references api.hashtags (id) on delete cascade,
    state api.trend_state not null default 'WAITING',
    reviewed_by bigint references api.users (id) on delete set null,
    reviewed_at timestamptz
);
create index trend_reviews_by_reviewer on feed.trend_reviews (reviewed_by);
alter table feed.trend_reviews enable row level security;
alter table feed.trend_reviews force row level security;
comment on table feed.trend_reviews is 'Which hashtags staff let be shown as trends.';

create table feed.trends (
    hashtag_id bigint not null references api.hashtags (id) on delete cascade,
    governorate_code text not null default '',
    language text not null default '',
    authors integer not null,
    score real not null,
    refreshed_at timestamptz not null default now(),
    primary key (governorate_code, language, hashtag_id)
);
create index trends_by_hashtag on feed.trends (hashtag_id);
alter table feed.trends enable row level security;
alter table feed.trends force row level security;
comment on table feed.trends is
'Hashtags that many more people use than a day ago; governorate and language are empty where all are counted.';

create type api.search_result as (
    users api.users[], -- noqa: LT01
    posts api.posts[], -- noqa: LT01
    hashtags api.hashtags[], -- noqa: LT01
    sounds api.sounds[], -- noqa: LT01
    groups api.groups[], -- noqa: LT01
    events api.events[], -- noqa: LT01
    page_info api.page_info
);
comment on type api.search_result is 'What a search found, of each kind, best first.';
comment on column api.search_result.users is 'People.';
comment on column api.search_result.posts is 'Posts.';
comment on column api.search_result.hashtags is 'Hashtags.';
comment on column api.search_result.sounds is 'Sounds.';
comment on column api.search_result.groups is 'Groups.';
comment on column api.search_result.events is 'Events.';
comment on column api.search_result.page_info is 'Where the page stands.';

create type api.search_suggestion as (kind api.search_type, id api.snowflake, label text, detail text);
comment on type api.search_suggestion is 'What somebody who has typed this far may mean.';
comment on column api.search_suggestion.kind is 'What it is.';
comment on column api.search_suggestion.id is 'Its identifier.';
comment on column api.search_suggestion.label is 'A person''s name, or the name of what it is.';
comment on column api.search_suggestion.detail is 'A person''s handle.';

create type api.trend as (hashtag api.hashtags, authors integer, score real);
comment on type api.trend is 'A hashtag that is talked about.';
comment on column api.trend.hashtag is 'The hashtag.';
comment on column api.trend.authors is 'How many people have used it in the last hours; at least three.';
comment on column api.trend.score is 'How unusual that is.';

-- migrate:down
drop type api.trend cascade;
drop type api.search_suggestion cascade;
drop type api.search_result cascade;
drop table feed.trends cascade;
drop table feed.trend_reviews cascade;
drop domain api.trend_state;
drop table api.recent_searches cascade;
drop table feed.name_index cascade;
drop table ops.stale_posts cascade;
drop table feed.post_index cascade;
drop domain api.search_type;
drop extension pg_trgm;
