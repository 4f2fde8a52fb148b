-- migrate:up
create type api.performance_metric as (
    day date,
    posts_count integer,
    views_count bigint,
    watch_seconds double precision,
    completed_count bigint,
    reactions_count integer,
    comments_count integer,
    shares_count integer,
    saves_count integer,
    reposts_count integer,
    followers_gained integer,
    engagement_rate double precision
);
comment on type api.performance_metric is e'@graphql({"name": "PerformanceMetric"})\nWhat became of one''s posts on a day.';
comment on column api.performance_metric.day is 'The day, by Cairo.';
comment on column api.performance_metric.posts_count is 'How many posts one published.';
comment on column api.performance_metric.views_count is
'How often one''s posts were seen; a viewer counts once in half an hour, which is over when it is counted.';
comment on column api.performance_metric.watch_seconds is
'For how long one''s posts were looked at; null under ten views, as it would tell of single viewers.';
comment on column api.performance_metric.completed_count is
'How many views came to 90 percent of a video and more; null under ten views.';
comment on column api.performance_metric.reactions_count is 'Reactions, less those that were taken back.';
comment on column api.performance_metric.comments_count is 'Comments, less those that were deleted or hidden.';
comment on column api.performance_metric.shares_count is 'How often posts were passed on.';
comment on column api.performance_metric.saves_count is 'How often posts were saved, less those taken out.';
comment on column api.performance_metric.reposts_count is 'Reposts, less those that were taken back.';
comment on column api.performance_metric.followers_gained is 'New followers, less those who left.';
comment on column api.performance_metric.engagement_rate is
'Reactions, comments, shares, saves and reposts for each view; null without views.';

-- migrate:down
drop type api.performance_metric cascade;
