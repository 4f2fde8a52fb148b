-- migrate:up
drop function if exists feed.fetched(bigint, bigint, bigint, integer, bigint[], bigint[], text[]);
drop function if exists feed.ranked_page(bigint, timestamptz, bigint, bigint[], integer, boolean);
drop function if exists feed.fill_timelines(bigint[], bigint[]);
drop function if exists feed.rest_timelines(integer);

-- The promise of a timeline is a row of it, so that whatever empties a partition takes the promises too, for every snapshot.
alter table feed.timelines add column floor_id bigint
constraint timelines_have_floors_at_zero check ((post_id = 0) = (floor_id is not null));
comment on column feed.timelines.floor_id is
'Only where post_id is 0: from this post on the timeline misses nothing that was delivered. Without such a row it promises nothing.';

-- No foreign keys: a row lives for some milliseconds, and one that is left over harms nobody.
create table feed.undelivered (
    post_id bigint primary key,
    author_id bigint not null
);
create index undelivered_by_author on feed.undelivered (author_id, post_id);
alter table feed.undelivered enable row level security;
alter table feed.undelivered force row level security;
comment on table feed.undelivered is 'Posts that are on their way to timelines; until they are there, feeds read them here.';

alter table feed.activity drop column floor_id;
alter table feed.delivery_settings add column timeline_from integer not null default 200;
comment on column feed.delivery_settings.timeline_from is
'Who follows so many reads the timeline; who follows fewer is served faster by fetching from each.';

-- migrate:down
alter table feed.delivery_settings drop column timeline_from;
alter table feed.activity add column floor_id bigint not null default 0;
comment on column feed.activity.floor_id is 'Under this post the timeline keeps nothing; older posts are fetched.';
drop table feed.undelivered cascade;
delete from feed.timelines where post_id = 0;
alter table feed.timelines drop column floor_id cascade;
