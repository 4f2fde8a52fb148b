-- migrate:up
create domain feed.reason as text
constraint reason_is_known check (value in ('FOLLOW'));
comment on domain feed.reason is 'Why a post stands in a timeline.';

-- A cache: rows may be missing or stale, and nothing here decides what anybody may see. Hence no foreign keys, which
-- would also make delivery to ten thousand followers several times slower; so would an index by author, for the few
-- hundred rows of an owner that an unfollow looks through.
create table feed.timelines (
    owner_id bigint not null,
    post_id bigint not null,
    author_id bigint not null,
    reason feed.reason not null default 'FOLLOW',
    inserted_at timestamptz not null default now(),
    primary key (owner_id, post_id)
) partition by hash (owner_id);
create table partitions.timelines_0 partition of feed.timelines for values with (modulus 8, remainder 0);
create table partitions.timelines_1 partition of feed.timelines for values with (modulus 8, remainder 1);
create table partitions.timelines_2 partition of feed.timelines for values with (modulus 8, remainder 2);
create table partitions.timelines_3 partition of feed.timelines for values with (modulus 8, remainder 3);
create table partitions.timelines_4 partition of feed.timelines for values with (modulus 8, remainder 4);
create table partitions.timelines_5 partition of feed.timelines for values with (modulus 8, remainder 5);
create table partitions.timelines_6 partition of feed.timelines for values with (modulus 8, remainder 6);
create table partitions.timelines_7 partition of feed.timelines for values with (modulus 8, remainder 7);
alter table feed.timelines enable row level security;
alter table feed.timelines force row level security;
alter table partitions.timelines_0 enable row level security;
alter table partitions.timelines_0 force row level security;
alter table partitions.timelines_1 enable row level security;
alter table partitions.timelines_1 force row level security;
alter table partitions.timelines_2 enable row level security;
alter table partitions.timelines_2 force row level security;
alter table partitions.timelines_3 enable row level security;
alter table partitions.timelines_3 force row level security;
alter table partitions.timelines_4 enable row level security;
alter table partitions.timelines_4 force row level security;
alter table partitions.timelines_5 enable row level security;
alter table partitions.timelines_5 force row level security;
alter table partitions.timelines_6 enable row level security;
alter table partitions.timelines_6 force row level security;
alter table partitions.timelines_7 enable row level security;
alter table partitions.timelines_7 force row level security;
comment on table feed.timelines is 'What was delivered to whom. A cache, rebuilt from follows and posts at any time.';

create table feed.pulled_authors (
    author_id bigint primary key references api.users (id) on delete cascade,
    since timestamptz not null default now()
);
alter table feed.pulled_authors enable row level security;
alter table feed.pulled_authors force row level security;
comment on table feed.pulled_authors is 'Authors with so many followers that their posts are fetched when a feed is read.';

create type api.page_info as (
    has_next_page boolean,
    has_previous_page boolean,
    start_cursor text,
    end_cursor text
);
comment on type api.page_info is 'Where a page stands among its neighbours.';
comment on column api.page_info.has_next_page is 'Whether there is more after this page.';
comment on column api.page_info.has_previous_page is 'Whether there is something before this page.';
comment on column api.page_info.start_cursor is 'The cursor of the first item.';
comment on column api.page_info.end_cursor is 'The cursor of the last item; give it to get the next page.';

create type api.feed_edge as (
    cursor text,
    node api.posts
);
comment on type api.feed_edge is 'A post in a feed.';
comment on column api.feed_edge.cursor is 'Where the post stands in the feed.';
comment on column api.feed_edge.node is 'The post.';

create type api.feed_connection as (
    edges api.feed_edge[], -- noqa: LT01
    page_info api.page_info
);
comment on type api.feed_connection is 'A page of a feed.';
comment on column api.feed_connection.edges is 'The posts, newest first.';
comment on column api.feed_connection.page_info is 'Where the page stands.';

-- migrate:down
drop type api.feed_connection cascade;
drop type api.feed_edge cascade;
drop type api.page_info cascade;
drop table feed.pulled_authors cascade;
drop table feed.timelines cascade;
drop domain feed.reason;
