-- migrate:up
drop function if exists api.feed(text, integer);
drop function if exists feed.count_comments(bigint[], bigint[], integer[]);
drop function if exists feed.newest(bigint, bigint, integer);
drop function if exists feed.newest_fetched(bigint, bigint, integer);

create domain api.feed_mode as text
constraint feed_mode_is_known check (value in ('RANKED', 'LATEST'));
comment on domain api.feed_mode is
e'@graphql({"enum": true})\nRANKED puts what matters most to the reader first, LATEST what is newest.';

create table feed.ranking_weights (
    part text primary key
    constraint ranking_weights_part_is_known check (
        part in ('AFFINITY', 'QUALITY', 'FRESHNESS', 'DIVERSITY', 'NEGATIVES')
    ),
    weight double precision not null
    constraint ranking_weights_weight_is_a_share check (weight between 0 and 1)
);
alter table feed.ranking_weights enable row level security;
alter table feed.ranking_weights force row level security;
insert into feed.ranking_weights (part, weight) values
('AFFINITY', 0.35), ('QUALITY', 0.35), ('FRESHNESS', 0.15), ('DIVERSITY', 0.10), ('NEGATIVES', 0.40);
comment on table feed.ranking_weights is
'The score of a post is the sum of its parts, each by its weight; NEGATIVES is taken off. See docs/reference/ranking.md.';
comment on column feed.ranking_weights.part is
'AFFINITY: how close the reader is to the author. QUALITY: how the post does. FRESHNESS: how new it is. DIVERSITY: how
little there is of its author and type before it. NEGATIVES: hides, reports, skips, spam.';
comment on column feed.ranking_weights.weight is 'How much the part counts.';

create table feed.ranking_types (
    type api.post_type primary key,
    half_life_hours double precision not null
    constraint ranking_types_half_life_is_positive check (half_life_hours > 0),
    usual_rate double precision not null
    constraint ranking_types_usual_rate_is_a_share check (usual_rate > 0 and usual_rate < 1)
);
alter table feed.ranking_types enable row level security;
alter table feed.ranking_types force row level security;
insert into feed.ranking_types (type, half_life_hours, usual_rate) values
('REGULAR', 18, 0.05), ('THREAD', 12, 0.05), ('REEL', 48, 0.30), ('STORY', 6, 0.05);
comment on table feed.ranking_types is 'How fast posts of a type grow old, and how they usually do.';
comment on column feed.ranking_types.half_life_hours is 'After so many hours half of the freshness is left.';
comment on column feed.ranking_types.usual_rate is
'Positive responses per impression over the last seven days; ops.refresh_usual_rates keeps it.';

create table feed.day_parts (
    season text not null
    constraint day_parts_season_is_known check (season in ('ORDINARY', 'RAMADAN')),
    hour_of_day smallint not null
    constraint day_parts_hour_is_of_a_day check (hour_of_day between 0 and 23),
    factor double precision not null
    constraint day_parts_factor_is_a_share check (factor > 0 and factor <= 1),
    primary key (season, hour_of_day)
);
alter table feed.day_parts enable row level security;
alter table feed.day_parts force row level security;
insert into feed.day_parts (season, hour_of_day, factor)
select
    s.season,
    h.hour_of_day,
    case
        when s.season = 'ORDINARY' and h.hour_of_day in (20, 21, 22) then 1
        when s.season = 'RAMADAN' and h.hour_of_day in (19, 20, 21, 22, 23, 0, 1) then 1
        else 1 / 1.15
    end
from (values ('ORDINARY'), ('RAMADAN')) as s (season)
cross join generate_series(0, 23) as h (hour_of_day);
comment on table feed.day_parts is
'How much what is published in an hour of the day in Cairo counts: the evening most, in Ramadan from iftar to suhoor.';

create table feed.seasons (
    is_current boolean primary key default true
    constraint seasons_have_one_row check (is_current),
    season text not null default 'ORDINARY'
    constraint seasons_season_is_known check (season in ('ORDINARY', 'RAMADAN'))
);
alter table feed.seasons enable row level security;
alter table feed.seasons force row level security;
insert into feed.seasons default values;
comment on table feed.seasons is 'Which day parts hold now. Staff set it: Ramadan begins when it is announced, not when it is computed.';

create table feed.affinity_weights (
    kind text primary key,
    weight double precision not null
    constraint affinity_weights_weight_is_positive check (weight > 0)
);
alter table feed.affinity_weights enable row level security;
alter table feed.affinity_weights force row level security;
insert into feed.affinity_weights (kind, weight) values
('USER_FOLLOWERS', 1), ('POST_LIKES', 1), ('POST_COMMENTS', 4), ('POST_SAVES', 3), ('POST_SHARES', 4),
('MESSAGES', 6), ('PROFILE_VISITS', 1), ('DWELL', 0.5);
comment on table feed.affinity_weights is
'What brings a reader closer to an author, and how much: counters of ops.counter, and what is found in views and messages.';

create table feed.affinity (
    viewer_id bigint not null references api.users (id) on delete cascade,
    author_id bigint not null references api.users (id) on delete cascade,
    value double precision not null,
    updated_at timestamptz not null,
    primary key (viewer_id, author_id)
) with (fillfactor = 80);
create index affinity_by_author on feed.affinity (author_id);
alter table feed.affinity enable row level security;
alter table feed.affinity force row level security;
comment on table feed.affinity is
'What readers have done with authors. The value is of updated_at and halves every 14 days; it is brought up to date when it is read.';

create table feed.post_signals (
    post_id bigint primary key references api.posts (id) on delete cascade,
    impressions bigint not null default 0,
    completed bigint not null default 0,
    watched double precision not null default 0,
    skips bigint not null default 0,
    hides integer not null default 0,
    reports integer not null default 0,
    spam double precision not null default 0
    constraint post_signals_spam_is_a_share check (spam between 0 and 1)
) with (fillfactor = 80);
alter table feed.post_signals enable row level security;
alter table feed.post_signals force row level security;
comment on table feed.post_signals is
'What ranking knows of a post beyond its statistics; nobody reads it, for it tells of reports. Moderation writes spam.';

create table ops.ranking_progress (
    is_current boolean primary key default true
    constraint ranking_progress_has_one_row check (is_current),
    folded_until timestamptz not null default date_bin('30 minutes', now(), timestamptz '2025-01-01 00:00:00Z')
);
alter table ops.ranking_progress enable row level security;
alter table ops.ranking_progress force row level security;
insert into ops.ranking_progress default values;
comment on table ops.ranking_progress is 'Up to when views and messages are in the signals of ranking.';

-- The half hours of views are folded when they are over.
create index views_by_window on api.views using brin (window_id) with (pages_per_range = 16);

alter table ops.counter_deltas add column actor_id bigint;

-- HMAC-SHA-256's key, exclusively or'ed with its two pads (0x36 and 0x5c).
create table ops.cursor_keys (
    id smallint primary key,
    inner_key bytea not null,
    outer_key bytea not null,
    created_at timestamptz not null default now()
);
alter table ops.cursor_keys enable row level security;
alter table ops.cursor_keys force row level security;
insert into ops.cursor_keys (id, inner_key, outer_key)
select
    1,
    string_agg(set_byte('\x00', 0, (k.byte | 54) - (k.byte & 54)), ''::bytea order by k.n),
    string_agg(set_byte('\x00', 0, (k.byte | 92) - (k.byte & 92)), ''::bytea order by k.n)
from (
    select
        b.n,
        case when b.n < 32 then get_byte(secret.key, b.n) else 0 end as byte
    from (
        select sha256(string_agg(uuid_send(gen_random_uuid()), ''::bytea)) as key
        from generate_series(1, 4)
    ) as secret
    cross join generate_series(0, 63) as b (n)
) as k;
comment on table ops.cursor_keys is 'What cursors of feeds are signed with. Read by definer functions alone.';

create table feed.popular_posts (
    post_id bigint primary key,
    author_id bigint not null,
    language text not null default '',
    governorate_code text not null default '',
    interests text[] not null default '{}',
    heat double precision not null
);
create index popular_posts_by_heat on feed.popular_posts (heat desc, post_id desc);
create index popular_posts_by_language on feed.popular_posts (language, heat desc);
create index popular_posts_by_governorate on feed.popular_posts (governorate_code, heat desc);
create index popular_posts_by_interest on feed.popular_posts using gin (interests);
alter table feed.popular_posts enable row level security;
alter table feed.popular_posts force row level security;
comment on table feed.popular_posts is
'Public posts that do well, for strangers to find. A cache: who may see them is decided at each read.';

create type api.post_explanation as (
    post_id api.snowflake,
    affinity double precision,
    quality double precision,
    freshness double precision,
    diversity double precision,
    negatives double precision,
    score double precision,
    is_seen boolean
);
comment on type api.post_explanation is
'Why a post stands where it stands in one''s ranked feed: score = 0.35 affinity + 0.35 quality + 0.15 freshness + 0.10 diversity - 0.40 negatives.';
comment on column api.post_explanation.post_id is 'The post.';
comment on column api.post_explanation.affinity is 'How close one is to its author by what one has done; 0 to 1, like all parts.';
comment on column api.post_explanation.quality is 'How it does beside others of its type; 0.5 is as usual.';
comment on column api.post_explanation.freshness is 'How new it is.';
comment on column api.post_explanation.diversity is 'How little there is of its author and its type before it.';
comment on column api.post_explanation.negatives is
'How many found it unwanted. What fewer than three people have said by hiding and reporting it is not told.';
comment on column api.post_explanation.score is 'The parts, each by its weight.';
comment on column api.post_explanation.is_seen is 'Whether one has seen it this week; such posts come after the others.';

create type api.explore_connection as (
    edges api.feed_edge[], -- noqa: LT01
    trends api.trend[], -- noqa: LT01
    page_info api.page_info
);
comment on type api.explore_connection is 'A page of what is to be discovered.';
comment on column api.explore_connection.edges is 'The posts, best first.';
comment on column api.explore_connection.trends is 'Hashtags that are talked about; on the first page.';
comment on column api.explore_connection.page_info is 'Where the page stands.';

create type feed.ranking_slice as (
    found bigint[], -- noqa: LT01
    left_over bigint[] -- noqa: LT01
);
comment on type feed.ranking_slice is 'What a page takes of a ranking, and what is left.';

-- migrate:down
drop type feed.ranking_slice cascade;
drop type api.explore_connection cascade;
drop type api.post_explanation cascade;
drop table feed.popular_posts cascade;
drop table ops.cursor_keys cascade;
alter table ops.counter_deltas drop column actor_id cascade;
drop index api.views_by_window;
drop table ops.ranking_progress cascade;
drop table feed.post_signals cascade;
drop table feed.affinity cascade;
drop table feed.affinity_weights cascade;
drop table feed.seasons cascade;
drop table feed.day_parts cascade;
drop table feed.ranking_types cascade;
drop table feed.ranking_weights cascade;
drop domain api.feed_mode cascade;
