-- What people did and saw, for ClickHouse. Nothing here says who a person is: actor_id is a number that stands for somebody
-- who has consented, and 0 is nobody. A batch comes in whole under its own token, which the table remembers.
create table if not exists events
(
    batch_id UInt64 comment 'The batch that brought it: ops.analytics_batches.id.',
    event_id UInt64 comment 'ops.analytics_events.id; 0 for views.',
    occurred_at DateTime64(3, 'UTC') comment 'When.',
    day Date materialized toDate(occurred_at, 'Africa/Cairo') comment 'The day in Cairo.',
    kind LowCardinality(String) comment 'VIEW, or one of ops.analytics_kind.',
    actor_id UInt64 comment 'Who: the number that stands for somebody who has consented, or 0.',
    post_id UInt64 comment 'The post, or 0 where there is none or its author is a minor.',
    author_id UInt64 comment 'The author of the post, or who is followed; 0 for minors.',
    ad_id UInt64 comment 'The advertisement, or 0.',
    post_type LowCardinality(String) comment 'The kind of post.',
    source LowCardinality(String) comment 'VIEW: where it was seen.',
    change Int32 comment '1, or -1 where it was taken back.',
    watch_ms UInt32 comment 'VIEW: for how long, in milliseconds.',
    completion UInt8 comment 'VIEW: how much of a video was played, in percent.',
    amount Int64 comment 'AD_SPEND: money in piastres.',
    governorate LowCardinality(String) comment 'Where the person lives, if they say; of minors never.',
    language LowCardinality(String) comment 'The language of the person''s interface; of minors never.',
    last_active_on Date comment 'ACTIVE: the day of the visit before; 1970-01-01 for the first.',
    cohort Date comment 'ACTIVE, SIGN_UP: the Monday of the week in which the person signed up.'
)
engine = MergeTree
partition by toYYYYMM(day)
order by (kind, day, author_id, post_id)
ttl day + interval 25 month
settings non_replicated_deduplication_window = 10000;
