-- migrate:up
-- Partitioned by month over id rather than created_at: id holds the time, and alone it can be the primary key.
create table api.posts (
    id api.snowflake not null default api.next_id(),
    author_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    type api.post_type not null default 'REGULAR',
    content text not null default ''
    constraint posts_content_is_short check (length(content) <= 5000),
    visibility api.visibility not null default 'PUBLIC',
    media_urls text[] not null default '{}'
    constraint posts_media_urls_are_ten_at_most check (cardinality(media_urls) <= 10),
    media_count smallint not null default 0
    constraint posts_media_are_ten_at_most check (media_count between 0 and 10),
    language api.language_tag,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    version integer not null default 1,
    primary key (id),
    constraint posts_need_text_or_media check (
        content <> '' or cardinality(media_urls) > 0 or media_count > 0
    ),
    constraint posts_media_urls_are_web_addresses check (
        media_urls::api.web_address[] is not null and array_position(media_urls, null) is null
    )
) partition by range (id);
-- No default partition: beside one the planner can't read partitions newest first, and a page of twenty would open them
-- all. The last leaf takes everything from the last month on; ops.add_partitions moves its lower bound up.
create table partitions.posts_future partition of api.posts for values from (0) to (maxvalue);
create index posts_by_author on api.posts (author_id, id desc);
alter table api.posts enable row level security;
alter table api.posts force row level security;
alter table partitions.posts_future enable row level security;
alter table partitions.posts_future force row level security;

comment on table api.posts is e'@graphql({"name": "Post"})\nWhat a user has published.';
comment on column api.posts.id is 'Identifier; later posts have greater ones.';
comment on column api.posts.author_id is 'Who wrote it.';
comment on column api.posts.type is 'What kind of post it is.';
comment on column api.posts.content is 'The text, of at most 5000 characters.';
comment on column api.posts.visibility is 'Who may see it.';
comment on column api.posts.media_urls is 'Addresses of pictures and videos, ten at most.';
comment on column api.posts.media_count is 'How many uploads it shows.';
comment on column api.posts.language is 'The language of the text, where known.';
comment on column api.posts.created_at is 'When it was published.';
comment on column api.posts.updated_at is 'When it last changed.';
comment on column api.posts.deleted_at is 'When it was deleted.';
comment on column api.posts.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint posts_author_id_fkey on api.posts is
'@graphql({"foreign_name": "author", "local_name": "posts"})';

create table api.post_stats (
    post_id api.snowflake primary key references api.posts (id) on delete cascade,
    likes_count integer not null default 0,
    comments_count integer not null default 0,
    shares_count integer not null default 0,
    saves_count integer not null default 0,
    views_count bigint not null default 0
) with (fillfactor = 70);
alter table api.post_stats enable row level security;
alter table api.post_stats force row level security;

comment on table api.post_stats is e'@graphql({"name": "PostStats"})\nWhat is counted about a post, a moment late.';
comment on column api.post_stats.post_id is 'Whose numbers these are.';
comment on column api.post_stats.likes_count is 'How many reacted.';
comment on column api.post_stats.comments_count is 'How many comments it has.';
comment on column api.post_stats.shares_count is 'How often it was shared.';
comment on column api.post_stats.saves_count is 'How many saved it.';
comment on column api.post_stats.views_count is 'How often it was seen.';
comment on constraint post_stats_post_id_fkey on api.post_stats is
'@graphql({"foreign_name": "post", "local_name": "stats"})';

create table api.media (
    id api.snowflake primary key default api.next_id(),
    owner_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    bucket text not null
    constraint media_bucket_is_well_formed check (bucket ~ '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$'),
    object_key text not null
    constraint media_object_key_is_short check (length(object_key) between 1 and 512)
    constraint media_object_key_is_unique unique,
    file_name text not null default ''
    constraint media_file_name_is_short check (length(file_name) <= 255),
    content_type text not null
    constraint media_content_type_is_well_formed check (
        content_type ~ '^[a-z0-9.+-]+/[a-z0-9.+-]+$' and length(content_type) <= 127
    ),
    byte_size bigint
    constraint media_byte_size_is_positive check (byte_size > 0),
    status api.media_status not null default 'requested',
    rejection text
    constraint media_rejection_is_short check (length(rejection) <= 500),
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint media_say_why_rejected check ((status = 'rejected') = (rejection is not null))
);
create index media_by_owner on api.media (owner_id, id desc);
create index media_unfinished on api.media (expires_at) where status = 'requested';
alter table api.media enable row level security;
alter table api.media force row level security;

comment on table api.media is e'@graphql({"name": "Media"})\nA picture, video or sound that a user uploads.';
comment on column api.media.id is 'Identifier.';
comment on column api.media.owner_id is 'Who uploads it.';
comment on column api.media.bucket is 'The bucket that holds it.';
comment on column api.media.object_key is 'Its key in the bucket.';
comment on column api.media.file_name is 'What the file was called where it came from.';
comment on column api.media.content_type is 'Its media type.';
comment on column api.media.byte_size is 'Its size in bytes, once known.';
comment on column api.media.status is 'How far it has come.';
comment on column api.media.rejection is 'Why it was refused.';
comment on column api.media.expires_at is 'Until when it must have been uploaded.';
comment on column api.media.created_at is 'When the upload was asked for.';
comment on column api.media.updated_at is 'When the row last changed.';
comment on constraint media_owner_id_fkey on api.media is
'@graphql({"foreign_name": "owner", "local_name": "media"})';

create table api.hashtags (
    id api.snowflake primary key default api.next_id(),
    name text not null
    constraint hashtags_name_is_short check (length(name) between 1 and 100)
    constraint hashtags_name_is_unique unique,
    is_listed boolean not null default false,
    created_at timestamptz not null default now()
);
alter table api.hashtags enable row level security;
alter table api.hashtags force row level security;

comment on table api.hashtags is e'@graphql({"name": "Hashtag"})\nA word that was marked with # in a post.';
comment on column api.hashtags.id is 'Identifier.';
comment on column api.hashtags.name is 'The word without #, in small letters and without vowel marks.';
comment on column api.hashtags.is_listed is 'Whether anybody has used it in public.';
comment on column api.hashtags.created_at is 'When it was first used.';

create table api.post_hashtags (
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    hashtag_id api.snowflake not null references api.hashtags (id) on delete cascade,
    primary key (post_id, hashtag_id)
);
create index post_hashtags_by_hashtag on api.post_hashtags (hashtag_id, post_id desc);
alter table api.post_hashtags enable row level security;
alter table api.post_hashtags force row level security;

comment on table api.post_hashtags is e'@graphql({"name": "PostHashtag"})\nA post uses a hashtag.';
comment on column api.post_hashtags.post_id is 'The post.';
comment on column api.post_hashtags.hashtag_id is 'The hashtag.';
comment on constraint post_hashtags_post_id_fkey on api.post_hashtags is
'@graphql({"foreign_name": "post", "local_name": "hashtags"})';
comment on constraint post_hashtags_hashtag_id_fkey on api.post_hashtags is
'@graphql({"foreign_name": "hashtag", "local_name": "posts"})';

create type api.create_post_input as (
    type api.post_type,
    content text,
    media_urls text[], -- noqa: LT01
    visibility api.visibility,
    language api.language_tag
);
comment on type api.create_post_input is 'What createPost takes.';
comment on column api.create_post_input.type is 'What kind of post it is; REGULAR where not given.';
comment on column api.create_post_input.content is 'The text, of at most 5000 characters.';
comment on column api.create_post_input.media_urls is 'Addresses of pictures and videos, ten at most.';
comment on column api.create_post_input.visibility is 'Who may see it; PUBLIC where not given.';
comment on column api.create_post_input.language is 'The language of the text.';

-- migrate:down
drop type api.create_post_input cascade;
drop table api.post_hashtags cascade;
drop table api.hashtags cascade;
drop table api.media cascade;
drop table api.post_stats cascade;
drop table api.posts cascade;
