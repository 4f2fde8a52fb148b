-- migrate:up
drop function if exists api.tg_posts__count_deleted() cascade;

create domain api.reply_gate as text
constraint reply_gate_is_known check (value in ('EVERYONE', 'FOLLOWERS', 'FOLLOWING', 'MENTIONED', 'CIRCLE'));
comment on domain api.reply_gate is
e'@graphql({"enum": true})\nWho may comment: everybody, the followers, whom the author follows, who is mentioned, or a circle.';

create table api.sounds (
    id api.snowflake primary key default api.next_id(),
    owner_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    title text not null
    constraint sounds_title_is_short check (length(title) between 1 and 100),
    artist text not null default ''
    constraint sounds_artist_is_short check (length(artist) <= 100),
    audio_url api.web_address not null,
    duration_ms integer
    constraint sounds_duration_is_sane check (duration_ms between 1 and 3600000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    version integer not null default 1
);
create index sounds_by_owner on api.sounds (owner_id, id desc);
alter table api.sounds enable row level security;
alter table api.sounds force row level security;

comment on table api.sounds is e'@graphql({"name": "Sound"})\nMusic or speech that posts play.';
comment on column api.sounds.id is 'Identifier.';
comment on column api.sounds.owner_id is 'Who brought it here.';
comment on column api.sounds.title is 'What it is called.';
comment on column api.sounds.artist is 'Who plays or speaks.';
comment on column api.sounds.audio_url is 'Address of the recording.';
comment on column api.sounds.duration_ms is 'How long it lasts, in milliseconds.';
comment on column api.sounds.created_at is 'When it was added.';
comment on column api.sounds.updated_at is 'When it last changed.';
comment on column api.sounds.deleted_at is 'When it was taken away.';
comment on column api.sounds.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint sounds_owner_id_fkey on api.sounds is
'@graphql({"foreign_name": "owner", "local_name": "sounds"})';

alter table api.posts
add column edited_at timestamptz,
add column expires_at timestamptz,
add column archived_at timestamptz,
add column is_highlighted boolean not null default false,
add column is_sensitive boolean not null default false,
add column is_sponsored boolean not null default false,
add column content_warning text not null default ''
constraint posts_content_warning_is_short check (length(content_warning) <= 200),
add column reply_gate api.reply_gate not null default 'EVERYONE',
add column thread_position smallint
constraint posts_threads_are_not_too_long check (thread_position between 1 and 100),
add column quote_detached_at timestamptz,
-- squawk-ignore adding-foreign-key-constraint
add column circle_id api.snowflake references api.circles (id) on delete set null
constraint posts_name_a_circle_for_circles_only check (circle_id is null or visibility = 'CIRCLE'),
-- squawk-ignore adding-foreign-key-constraint
add column reply_circle_id api.snowflake references api.circles (id) on delete set null
constraint posts_name_a_reply_circle_for_circles_only check (reply_circle_id is null or reply_gate = 'CIRCLE'),
-- squawk-ignore adding-foreign-key-constraint
add column sound_id api.snowflake references api.sounds (id) on delete set null,
-- squawk-ignore adding-foreign-key-constraint
add column quoted_post_id api.snowflake references api.posts (id) on delete set null,
-- squawk-ignore adding-foreign-key-constraint
add column thread_root_id api.snowflake references api.posts (id) on delete cascade
constraint posts_in_threads_have_places check ((thread_root_id is null) = (thread_position is null));

create index posts_by_circle on api.posts (circle_id) where circle_id is not null;
create index posts_by_reply_circle on api.posts (reply_circle_id) where reply_circle_id is not null;
create index posts_by_sound on api.posts (sound_id, id desc) where sound_id is not null;
create index posts_by_quoted on api.posts (quoted_post_id, id desc) where quoted_post_id is not null;
create index posts_by_thread on api.posts (thread_root_id, thread_position) where thread_root_id is not null;

comment on column api.posts.edited_at is 'When its text, media or content warning last changed.';
comment on column api.posts.expires_at is 'From when on nobody but the author sees it.';
comment on column api.posts.archived_at is 'When the author put it away; nobody else sees it since.';
comment on column api.posts.is_highlighted is 'Whether it stands in a highlight, where a story outlives its day.';
comment on column api.posts.is_sensitive is 'Whether the author marked it as sensitive.';
comment on column api.posts.is_sponsored is 'Whether somebody paid for it.';
comment on column api.posts.content_warning is 'What to show before the post itself.';
comment on column api.posts.reply_gate is 'Who may comment.';
comment on column api.posts.thread_position is 'Its place in a thread, from 1. Places of deleted posts stay empty.';
comment on column api.posts.quote_detached_at is 'When the author of the post that it quoted took that out.';
comment on column api.posts.circle_id is 'The circle that may see it.';
comment on column api.posts.reply_circle_id is 'The circle that may comment.';
comment on column api.posts.sound_id is 'The sound that it plays.';
comment on column api.posts.quoted_post_id is 'The post that it quotes.';
comment on column api.posts.thread_root_id is 'The first post of its thread; the first names itself.';
comment on constraint posts_circle_id_fkey on api.posts is
'@graphql({"foreign_name": "circle", "local_name": "posts"})';
comment on constraint posts_reply_circle_id_fkey on api.posts is
'@graphql({"foreign_name": "replyCircle", "local_name": "repliablePosts"})';
comment on constraint posts_sound_id_fkey on api.posts is
'@graphql({"foreign_name": "sound", "local_name": "posts"})';
comment on constraint posts_quoted_post_id_fkey on api.posts is
'@graphql({"foreign_name": "quotedPost", "local_name": "quotes"})';
comment on constraint posts_thread_root_id_fkey on api.posts is
'@graphql({"foreign_name": "threadRoot", "local_name": "threadPosts"})';

alter table api.post_stats
add column reposts_count integer not null default 0,
add column quotes_count integer not null default 0;
comment on column api.post_stats.reposts_count is 'How many passed it on.';
comment on column api.post_stats.quotes_count is 'How many posts for all or for followers quote it.';

-- A former text keeps the audience that it had: whoever sees the post now may not have been among them.
create table api.post_edits (
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    version integer not null,
    content text not null,
    media_urls text[] not null,
    content_warning text not null,
    visibility api.visibility not null,
    circle_id api.snowflake references api.circles (id) on delete set null,
    edited_at timestamptz not null default now(),
    primary key (post_id, version)
);
create index post_edits_by_circle on api.post_edits (circle_id) where circle_id is not null;
alter table api.post_edits enable row level security;
alter table api.post_edits force row level security;

comment on table api.post_edits is e'@graphql({"name": "PostEdit"})\nWhat a post said before it was edited.';
comment on column api.post_edits.post_id is 'The post.';
comment on column api.post_edits.version is 'The version of the post that said so.';
comment on column api.post_edits.content is 'The text as it was.';
comment on column api.post_edits.media_urls is 'The addresses of pictures and videos as they were.';
comment on column api.post_edits.content_warning is 'The content warning as it was.';
comment on column api.post_edits.visibility is 'Who could see it.';
comment on column api.post_edits.circle_id is 'The circle that could see it.';
comment on column api.post_edits.edited_at is 'When it was replaced.';
comment on constraint post_edits_post_id_fkey on api.post_edits is
'@graphql({"foreign_name": "post", "local_name": "edits"})';
comment on constraint post_edits_circle_id_fkey on api.post_edits is
'@graphql({"foreign_name": "circle", "local_name": "postEdits"})';

-- Who sees a post must find its pictures, but not read its author's row in api.media: hence the copies of what never changes.
create table api.post_media (
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    position smallint not null
    constraint post_media_are_ten_at_most check (position between 1 and 10),
    media_id api.snowflake not null references api.media (id) on delete cascade,
    bucket text not null,
    object_key text not null,
    content_type text not null,
    alt_text text not null default ''
    constraint post_media_alt_text_is_short check (length(alt_text) <= 1000),
    primary key (post_id, position),
    constraint post_media_are_shown_once unique (post_id, media_id)
);
create index post_media_by_media on api.post_media (media_id);
alter table api.post_media enable row level security;
alter table api.post_media force row level security;

comment on table api.post_media is e'@graphql({"name": "PostMedia"})\nAn upload that a post shows.';
comment on column api.post_media.post_id is 'The post.';
comment on column api.post_media.position is 'Its place among the others, from 1.';
comment on column api.post_media.media_id is 'The upload.';
comment on column api.post_media.bucket is 'The bucket that holds it.';
comment on column api.post_media.object_key is 'Its key in the bucket.';
comment on column api.post_media.content_type is 'Its media type.';
comment on column api.post_media.alt_text is 'What can be seen or heard, for those who can''t.';
comment on constraint post_media_post_id_fkey on api.post_media is
'@graphql({"foreign_name": "post", "local_name": "media"})';
comment on constraint post_media_media_id_fkey on api.post_media is
'@graphql({"foreign_name": "media", "local_name": "uses"})';

create table api.post_mentions (
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    primary key (post_id, user_id)
);
create index post_mentions_by_user on api.post_mentions (user_id, post_id desc);
alter table api.post_mentions enable row level security;
alter table api.post_mentions force row level security;

comment on table api.post_mentions is e'@graphql({"name": "PostMention"})\nA post names a user by @ and handle.';
comment on column api.post_mentions.post_id is 'The post.';
comment on column api.post_mentions.user_id is 'Who is mentioned.';
comment on constraint post_mentions_post_id_fkey on api.post_mentions is
'@graphql({"foreign_name": "post", "local_name": "mentions"})';
comment on constraint post_mentions_user_id_fkey on api.post_mentions is
'@graphql({"foreign_name": "user", "local_name": "mentions"})';

create table api.polls (
    post_id api.snowflake primary key references api.posts (id) on delete cascade,
    is_multiple boolean not null default false,
    closes_at timestamptz not null,
    created_at timestamptz not null default now(),
    constraint polls_close_in_thirty_days_at_most check (
        closes_at > created_at and closes_at <= created_at + interval '30 days'
    )
);
alter table api.polls enable row level security;
alter table api.polls force row level security;

comment on table api.polls is e'@graphql({"name": "Poll"})\nThe question of a post, with answers to choose from.';
comment on column api.polls.post_id is 'The post that asks.';
comment on column api.polls.is_multiple is 'Whether one may choose several answers.';
comment on column api.polls.closes_at is 'Until when one may vote.';
comment on column api.polls.created_at is 'When it was opened.';
comment on constraint polls_post_id_fkey on api.polls is
'@graphql({"foreign_name": "post", "local_name": "poll"})';

create table api.poll_options (
    post_id api.snowflake not null references api.polls (post_id) on delete cascade,
    position smallint not null
    constraint poll_options_are_ten_at_most check (position between 1 and 10),
    label text not null
    constraint poll_options_label_is_short check (length(label) between 1 and 100),
    primary key (post_id, position)
);
alter table api.poll_options enable row level security;
alter table api.poll_options force row level security;

comment on table api.poll_options is e'@graphql({"name": "PollOption"})\nAn answer that one can choose.';
comment on column api.poll_options.post_id is 'The post that asks.';
comment on column api.poll_options.position is 'Its place among the answers, from 1.';
comment on column api.poll_options.label is 'The answer.';
comment on constraint poll_options_post_id_fkey on api.poll_options is
'@graphql({"foreign_name": "poll", "local_name": "options"})';

create table api.poll_votes (
    post_id api.snowflake not null references api.polls (post_id) on delete cascade,
    voter_id api.snowflake not null references api.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (post_id, voter_id)
);
create index poll_votes_by_voter on api.poll_votes (voter_id, post_id desc);
alter table api.poll_votes enable row level security;
alter table api.poll_votes force row level security;

comment on table api.poll_votes is e'@graphql({"name": "PollVote"})\nSomebody has voted; only they see it.';
comment on column api.poll_votes.post_id is 'The post that asks.';
comment on column api.poll_votes.voter_id is 'Who voted.';
comment on column api.poll_votes.created_at is 'When.';
comment on constraint poll_votes_post_id_fkey on api.poll_votes is
'@graphql({"foreign_name": "poll", "local_name": "votes"})';
comment on constraint poll_votes_voter_id_fkey on api.poll_votes is
'@graphql({"foreign_name": "voter", "local_name": "pollVotes"})';

create table api.poll_choices (
    post_id api.snowflake not null,
    voter_id api.snowflake not null,
    position smallint not null,
    primary key (post_id, voter_id, position),
    constraint poll_choices_vote_fkey foreign key (post_id, voter_id)
    references api.poll_votes (post_id, voter_id) on delete cascade,
    constraint poll_choices_option_fkey foreign key (post_id, position)
    references api.poll_options (post_id, position) on delete cascade
);
create index poll_choices_by_option on api.poll_choices (post_id, position);
alter table api.poll_choices enable row level security;
alter table api.poll_choices force row level security;

comment on table api.poll_choices is e'@graphql({"name": "PollChoice"})\nAn answer that somebody chose; only they see it.';
comment on column api.poll_choices.post_id is 'The post that asks.';
comment on column api.poll_choices.voter_id is 'Who voted.';
comment on column api.poll_choices.position is 'The place of the answer.';
comment on constraint poll_choices_vote_fkey on api.poll_choices is
'@graphql({"foreign_name": "vote", "local_name": "choices"})';
comment on constraint poll_choices_option_fkey on api.poll_choices is
'@graphql({"foreign_name": "option", "local_name": "choices"})';

create table api.reposts (
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    visibility api.visibility not null default 'PUBLIC'
    constraint reposts_are_for_all_or_followers check (visibility in ('PUBLIC', 'FOLLOWERS')),
    created_at timestamptz not null default now(),
    primary key (post_id, user_id)
);
create index reposts_by_user on api.reposts (user_id, created_at desc);
alter table api.reposts enable row level security;
alter table api.reposts force row level security;

comment on table api.reposts is e'@graphql({"name": "Repost"})\nA user passes a post on to their own audience.';
comment on column api.reposts.post_id is 'The post.';
comment on column api.reposts.user_id is 'Who passes it on.';
comment on column api.reposts.visibility is 'Who may see that; of these, who may see the post.';
comment on column api.reposts.created_at is 'When.';
comment on constraint reposts_post_id_fkey on api.reposts is
'@graphql({"foreign_name": "post", "local_name": "reposts"})';
comment on constraint reposts_user_id_fkey on api.reposts is
'@graphql({"foreign_name": "user", "local_name": "reposts"})';

create table api.pinned_posts (
    user_id api.snowflake primary key references api.users (id) on delete cascade,
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    pinned_at timestamptz not null default now()
);
create index pinned_posts_by_post on api.pinned_posts (post_id);
alter table api.pinned_posts enable row level security;
alter table api.pinned_posts force row level security;

comment on table api.pinned_posts is e'@graphql({"name": "PinnedPost"})\nThe post that stands first on a profile.';
comment on column api.pinned_posts.user_id is 'Whose profile.';
comment on column api.pinned_posts.post_id is 'The post.';
comment on column api.pinned_posts.pinned_at is 'Since when.';
comment on constraint pinned_posts_user_id_fkey on api.pinned_posts is
'@graphql({"foreign_name": "user", "local_name": "pinnedPost"})';
comment on constraint pinned_posts_post_id_fkey on api.pinned_posts is
'@graphql({"foreign_name": "post", "local_name": "pins"})';

create table api.story_views (
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    viewer_id api.snowflake not null references api.users (id) on delete cascade,
    viewed_at timestamptz not null default now(),
    primary key (post_id, viewer_id)
);
create index story_views_by_viewer on api.story_views (viewer_id, post_id desc);
alter table api.story_views enable row level security;
alter table api.story_views force row level security;

comment on table api.story_views is e'@graphql({"name": "StoryView"})\nSomebody has looked at a story; only its author is told.';
comment on column api.story_views.post_id is 'The story.';
comment on column api.story_views.viewer_id is 'Who looked.';
comment on column api.story_views.viewed_at is 'When, for the first time.';
comment on constraint story_views_post_id_fkey on api.story_views is
'@graphql({"foreign_name": "post", "local_name": "viewers"})';
comment on constraint story_views_viewer_id_fkey on api.story_views is
'@graphql({"foreign_name": "viewer", "local_name": "storyViews"})';

create table api.highlights (
    id api.snowflake primary key default api.next_id(),
    owner_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    title text not null
    constraint highlights_title_is_short check (length(title) between 1 and 50),
    cover_url api.web_address,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1
);
create index highlights_by_owner on api.highlights (owner_id, id desc);
alter table api.highlights enable row level security;
alter table api.highlights force row level security;

comment on table api.highlights is e'@graphql({"name": "Highlight"})\nStories that stay on a profile under one title.';
comment on column api.highlights.id is 'Identifier.';
comment on column api.highlights.owner_id is 'On whose profile.';
comment on column api.highlights.title is 'What it is called.';
comment on column api.highlights.cover_url is 'Address of the picture to show.';
comment on column api.highlights.created_at is 'When it was made.';
comment on column api.highlights.updated_at is 'When it last changed.';
comment on column api.highlights.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint highlights_owner_id_fkey on api.highlights is
'@graphql({"foreign_name": "owner", "local_name": "highlights"})';

create table api.highlight_items (
    highlight_id api.snowflake not null references api.highlights (id) on delete cascade,
    post_id api.snowflake not null references api.posts (id) on delete cascade,
    added_at timestamptz not null default now(),
    primary key (highlight_id, post_id)
);
create index highlight_items_by_post on api.highlight_items (post_id);
alter table api.highlight_items enable row level security;
alter table api.highlight_items force row level security;

comment on table api.highlight_items is e'@graphql({"name": "HighlightItem"})\nA story in a highlight.';
comment on column api.highlight_items.highlight_id is 'The highlight.';
comment on column api.highlight_items.post_id is 'The story.';
comment on column api.highlight_items.added_at is 'When it was added.';
comment on constraint highlight_items_highlight_id_fkey on api.highlight_items is
'@graphql({"foreign_name": "highlight", "local_name": "items"})';
comment on constraint highlight_items_post_id_fkey on api.highlight_items is
'@graphql({"foreign_name": "post", "local_name": "highlightItems"})';

-- What isn't published stands in no table that others read. The input is kept whole, in the form that createPost takes.
create table api.drafts (
    id api.snowflake primary key default api.next_id(),
    author_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    input jsonb not null
    constraint drafts_input_is_an_object check (jsonb_typeof(input) = 'object'),
    publish_at timestamptz,
    failure text
    constraint drafts_failure_is_short check (length(failure) <= 500),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1
);
create index drafts_by_author on api.drafts (author_id, id desc);
create index drafts_due on api.drafts (publish_at) where publish_at is not null and failure is null;
alter table api.drafts enable row level security;
alter table api.drafts force row level security;

comment on table api.drafts is e'@graphql({"name": "Draft"})\nA post that is not published yet; only its author sees it.';
comment on column api.drafts.id is 'Identifier; the post will have another.';
comment on column api.drafts.author_id is 'Who writes it.';
comment on column api.drafts.input is 'What createPost will be given.';
comment on column api.drafts.publish_at is 'When it will be published by itself.';
comment on column api.drafts.failure is 'Why it could not be published when its time had come.';
comment on column api.drafts.created_at is 'When it was begun.';
comment on column api.drafts.updated_at is 'When it last changed.';
comment on column api.drafts.version is 'Counts changes. A change that names another version than the current one is refused.';
comment on constraint drafts_author_id_fkey on api.drafts is
'@graphql({"foreign_name": "author", "local_name": "drafts"})';

create type api.media_use_input as (
    media_id bigint,
    alt_text text
);
comment on type api.media_use_input is 'An upload that a post shows.';
comment on column api.media_use_input.media_id is 'An upload of one''s own.';
comment on column api.media_use_input.alt_text is 'What can be seen or heard, of at most 1000 characters.';

create type api.poll_input as (
    options text[], -- noqa: LT01
    is_multiple boolean,
    closes_at timestamptz
);
comment on type api.poll_input is 'The answers to a post''s question.';
comment on column api.poll_input.options is 'Two to ten answers of at most 100 characters.';
comment on column api.poll_input.is_multiple is 'Whether one may choose several; false where not given.';
comment on column api.poll_input.closes_at is 'Until when one may vote, 30 days from now at most; a day where not given.';

alter type api.create_post_input
add attribute circle_id bigint,
add attribute media api.media_use_input[],
add attribute reply_gate api.reply_gate,
add attribute reply_circle_id bigint,
add attribute is_sensitive boolean,
add attribute content_warning text,
add attribute sound_id bigint,
add attribute quoted_post_id bigint,
add attribute expires_at timestamptz,
add attribute poll api.poll_input;
comment on column api.create_post_input.visibility is
'Who may see it; where not given, the circle that is named, or everybody.';
comment on column api.create_post_input.circle_id is 'The circle that may see it.';
comment on column api.create_post_input.media is 'Uploads of one''s own, in order, ten at most.';
comment on column api.create_post_input.reply_gate is 'Who may comment; EVERYONE where not given.';
comment on column api.create_post_input.reply_circle_id is 'The circle that may comment.';
comment on column api.create_post_input.is_sensitive is 'Whether to mark it as sensitive.';
comment on column api.create_post_input.content_warning is 'What to show before the post itself, of at most 200 characters.';
comment on column api.create_post_input.sound_id is 'The sound that it plays.';
comment on column api.create_post_input.quoted_post_id is 'The post that it quotes.';
comment on column api.create_post_input.expires_at is 'From when on nobody but the author sees it.';
comment on column api.create_post_input.poll is 'Answers to choose from.';

create type api.update_post_input as (
    content text,
    media_urls text[], -- noqa: LT01
    visibility api.visibility,
    circle_id bigint,
    language api.language_tag,
    reply_gate api.reply_gate,
    reply_circle_id bigint,
    is_sensitive boolean,
    content_warning text,
    version integer
);
comment on type api.update_post_input is 'What updatePost takes. What is not given stays as it is.';
comment on column api.update_post_input.content is 'The text, of at most 5000 characters.';
comment on column api.update_post_input.media_urls is 'Addresses of pictures and videos, ten at most.';
comment on column api.update_post_input.visibility is 'Who may see it.';
comment on column api.update_post_input.circle_id is 'The circle that may see it.';
comment on column api.update_post_input.language is 'The language of the text.';
comment on column api.update_post_input.reply_gate is 'Who may comment.';
comment on column api.update_post_input.reply_circle_id is 'The circle that may comment.';
comment on column api.update_post_input.is_sensitive is 'Whether it is marked as sensitive.';
comment on column api.update_post_input.content_warning is 'What to show before the post itself; empty for nothing.';
comment on column api.update_post_input.version is 'The version that was read; another than the current one is refused.';

create type api.thread_post_input as (
    content text,
    media_urls text[], -- noqa: LT01
    media api.media_use_input[], -- noqa: LT01
    poll api.poll_input
);
comment on type api.thread_post_input is 'One post of a thread.';
comment on column api.thread_post_input.content is 'The text, of at most 5000 characters.';
comment on column api.thread_post_input.media_urls is 'Addresses of pictures and videos, ten at most.';
comment on column api.thread_post_input.media is 'Uploads of one''s own, in order, ten at most.';
comment on column api.thread_post_input.poll is 'Answers to choose from.';

create type api.create_thread_input as (
    posts api.thread_post_input[], -- noqa: LT01
    visibility api.visibility,
    circle_id bigint,
    language api.language_tag,
    reply_gate api.reply_gate,
    reply_circle_id bigint,
    is_sensitive boolean,
    content_warning text
);
comment on type api.create_thread_input is 'What createThread takes.';
comment on column api.create_thread_input.posts is 'The posts in order, 2 to 100.';
comment on column api.create_thread_input.visibility is
'Who may see them; where not given, the circle that is named, or everybody.';
comment on column api.create_thread_input.circle_id is 'The circle that may see them.';
comment on column api.create_thread_input.language is 'The language of the texts.';
comment on column api.create_thread_input.reply_gate is 'Who may comment; EVERYONE where not given.';
comment on column api.create_thread_input.reply_circle_id is 'The circle that may comment.';
comment on column api.create_thread_input.is_sensitive is 'Whether to mark them as sensitive.';
comment on column api.create_thread_input.content_warning is 'What to show before the posts themselves.';

create type api.create_story_input as (
    content text,
    media_urls text[], -- noqa: LT01
    media api.media_use_input[], -- noqa: LT01
    visibility api.visibility,
    circle_id bigint,
    language api.language_tag,
    reply_gate api.reply_gate,
    reply_circle_id bigint,
    is_sensitive boolean,
    content_warning text,
    sound_id bigint
);
comment on type api.create_story_input is 'What createStory takes.';
comment on column api.create_story_input.content is 'The text, of at most 5000 characters.';
comment on column api.create_story_input.media_urls is 'Addresses of pictures and videos, ten at most.';
comment on column api.create_story_input.media is 'Uploads of one''s own, in order, ten at most.';
comment on column api.create_story_input.visibility is
'Who may see it; where not given, the circle that is named, or everybody.';
comment on column api.create_story_input.circle_id is 'The circle that may see it.';
comment on column api.create_story_input.language is 'The language of the text.';
comment on column api.create_story_input.reply_gate is 'Who may comment; EVERYONE where not given.';
comment on column api.create_story_input.reply_circle_id is 'The circle that may comment.';
comment on column api.create_story_input.is_sensitive is 'Whether to mark it as sensitive.';
comment on column api.create_story_input.content_warning is 'What to show before the story itself.';
comment on column api.create_story_input.sound_id is 'The sound that it plays.';

create type api.poll_result as (
    position smallint,
    label text,
    votes integer,
    is_chosen boolean
);
comment on type api.poll_result is 'How often an answer was chosen.';
comment on column api.poll_result.position is 'The place of the answer.';
comment on column api.poll_result.label is 'The answer.';
comment on column api.poll_result.votes is 'How many chose it; null for who may still vote and has not.';
comment on column api.poll_result.is_chosen is 'Whether one has chosen it oneself.';

-- migrate:down
drop type api.poll_result cascade;
drop type api.create_story_input cascade;
drop type api.create_thread_input cascade;
drop type api.thread_post_input cascade;
drop type api.update_post_input cascade;
alter type api.create_post_input
drop attribute poll cascade,
drop attribute expires_at cascade,
drop attribute quoted_post_id cascade,
drop attribute sound_id cascade,
drop attribute content_warning cascade,
drop attribute is_sensitive cascade,
drop attribute reply_circle_id cascade,
drop attribute reply_gate cascade,
drop attribute media cascade,
drop attribute circle_id cascade;
comment on column api.create_post_input.visibility is 'Who may see it; PUBLIC where not given.';
drop type api.poll_input cascade;
drop type api.media_use_input cascade;
drop table api.drafts cascade;
drop table api.highlight_items cascade;
drop table api.highlights cascade;
drop table api.story_views cascade;
drop table api.pinned_posts cascade;
drop table api.reposts cascade;
drop table api.poll_choices cascade;
drop table api.poll_votes cascade;
drop table api.poll_options cascade;
drop table api.polls cascade;
drop table api.post_mentions cascade;
drop table api.post_media cascade;
drop table api.post_edits cascade;
alter table api.post_stats
drop column quotes_count cascade,
drop column reposts_count cascade;
alter table api.posts
drop column edited_at cascade,
drop column expires_at cascade,
drop column archived_at cascade,
drop column is_highlighted cascade,
drop column is_sensitive cascade,
drop column is_sponsored cascade,
drop column content_warning cascade,
drop column reply_gate cascade,
drop column thread_position cascade,
drop column quote_detached_at cascade,
drop column circle_id cascade,
drop column reply_circle_id cascade,
drop column sound_id cascade,
drop column quoted_post_id cascade,
drop column thread_root_id cascade;
drop table api.sounds cascade;
drop domain api.reply_gate cascade;
