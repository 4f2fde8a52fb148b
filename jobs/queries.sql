-- fan_out --
-- Puts one post into the timelines of its author's followers; gives the number of rows that were new.
select feed.fan_out(%(post_id)s::bigint) as delivered;

-- rebuild_timeline --
-- Fills the timeline of somebody who was away; gives the number of posts.
select feed.rebuild_timeline(%(user_id)s::bigint) as filled;

-- timelines_to_rebuild --
-- Gives so many people whose timelines promise nothing although they are there.
select feed.timelines_to_rebuild(%(batch)s::integer) as user_id;

-- trim_timelines --
-- Cuts the timelines of so many owners; gives the number of rows removed.
select feed.trim_timelines(%(batch)s::integer) as removed;

-- rest_timelines --
-- Empties the timelines of so many people who were not there for a week; gives their number.
select feed.rest_timelines(%(batch)s::integer) as rested;

-- publish_due_drafts --
-- Publishes drafts whose time has come; gives the number published.
select ops.publish_due_drafts(%(batch)s::integer) as published;

-- fold_part --
-- Folds one batch of counter deltas of one part into the statistics tables; gives the number of deltas taken.
select ops.fold_part(%(part)s::integer, %(batch)s::integer) as folded;

-- fold_notices --
-- Makes notifications of one batch of events; gives the number of events taken, and the newest request behind them.
select
    ops.fold_notices(%(batch)s::integer) as folded,
    current_setting('app.request_id', true) as newest_request_id;

-- take_deliveries --
-- Takes pushes or e-mails that are due, with all that is needed to send them.
select
    id,
    recipient_id,
    locale,
    email,
    notice,
    subscriptions,
    request_id
from ops.take_deliveries(%(channel)s, %(batch)s::integer);

-- settle_delivery --
-- Records what became of a push or an e-mail; gives its state then.
select ops.settle_delivery(%(id)s::bigint, %(state)s, %(outcome)s) as state;

-- remove_push_subscription --
-- Forgets a device whose push service knows it no more.
select ops.remove_push_subscription(%(id)s::bigint) as removed;

-- publish_push_key --
-- Tells clients the key under which we push; null where they knew it.
select ops.publish_push_key(%(public_key)s) as published;

-- take_digests --
-- Takes digests that are due.
select
    user_id,
    locale,
    email,
    notices
from ops.take_digests(%(batch)s::integer);

-- settle_digest --
-- Records whether a digest was sent.
select ops.settle_digest(%(user_id)s::bigint, %(is_sent)s, %(outcome)s) as sent;

-- remove_old_deliveries --
-- Gives up and forgets old pushes and e-mails; gives their number.
select ops.remove_old_deliveries(%(batch)s::integer) as removed;

-- index_posts --
-- Indexes one batch of changed posts for search; gives the number of posts.
select ops.index_posts(%(batch)s::integer) as indexed;

-- refresh_trends --
-- Counts anew what is talked about; gives the number of trends.
select ops.refresh_trends() as trends;

-- refresh_district_trends --
-- Counts anew what districts talk about, up to the hour; gives the number of trends.
select ops.refresh_district_trends() as trends;

-- refresh_weights --
-- Brings up to date how well known people and hashtags are; gives the number changed.
select ops.refresh_weights() as changed;

-- fold_views --
-- Adds views to what feeds are ranked by; gives the number of views.
select ops.fold_views(%(batch)s::integer) as folded;

-- refresh_popular --
-- Chooses anew what explore offers; gives the number of posts.
select ops.refresh_popular() as chosen;

-- refresh_usual_rates --
-- Measures how posts of each type usually do; gives the number of types.
select ops.refresh_usual_rates() as types;

-- add_partitions --
-- Makes the partitions of this month and the next ones that so many tables lack; gives the number made.
select ops.add_partitions(%(months)s::integer, %(batch)s::integer) as made;

-- bury_job --
-- Copies a job that has had its last attempt to the dead letters.
select ops.bury_job(%(job_id)s::bigint, %(error)s, %(traceback)s) as buried;

-- bury_failed_jobs --
-- Copies failed jobs that no worker could bury (the task is unknown, the worker died); gives their number.
select ops.bury_failed_jobs() as buried;

-- remove_old_keys --
-- Removes one batch of idempotency keys older than a day; gives their number.
select ops.remove_old_keys(%(batch)s::integer) as removed;

-- remove_expired_messages --
-- Removes one batch of messages that have disappeared; gives their number.
select ops.remove_expired_messages(%(batch)s::integer) as removed;

-- remove_old_message_keys --
-- Forgets one batch of keys of messages sent more than 30 days ago; gives their number.
select ops.remove_old_message_keys(%(batch)s::integer) as removed;

-- forget_worker --
-- Removes a worker that is known to be gone, so that its jobs count as stalled at once.
select procrastinate_unregister_worker_v1(%(worker_id)s::bigint);

-- remove_idle_workers --
-- Removes workers without a heartbeat, so that their jobs count as stalled.
select procrastinate_prune_stalled_workers_v1(%(seconds)s::double precision) as worker_id;

-- queue_state --
-- Waiting, running and failed jobs per queue; the age in seconds of the oldest that is due, and of nearly all.
select
    jobs.queue_name as queue,
    count(*) filter (where jobs.status = 'todo') as waiting,
    count(*) filter (where jobs.status = 'doing') as running,
    count(*) filter (where jobs.status = 'failed') as failed,
    coalesce(max(due.age), 0)::double precision as oldest_seconds,
    coalesce(percentile_cont(0.95) within group (order by due.age), 0)::double precision as p95_seconds
from procrastinate_jobs as jobs
inner join procrastinate_events as events
    on events.job_id = jobs.id and events.type = 'deferred'
cross join lateral (
    select
        case
            when jobs.status = 'todo' and coalesce(jobs.scheduled_at, now()) <= now()
                then extract(epoch from now() - greatest(events.at, jobs.scheduled_at))
        end as age
) as due
group by jobs.queue_name;

-- gauges --
-- What was measured last.
select
    name,
    value
from ops.gauges;

-- count_future_rows --
-- Measures how many rows lie beyond the months that have partitions.
select ops.count_future_rows() as found;

-- count_drift --
-- Measures how many counters are not what they count.
select ops.count_drift() as found;

-- count_open_reports --
-- Measures how many reports wait for a moderator.
select ops.count_open_reports() as found;

-- pace_ads --
-- Has campaigns paced; gives their number.
select ops.pace_ads() as paced;

-- remove_old_sessions --
-- Removes one batch of sessions that ended a month ago; gives their number.
select ops.remove_old_sessions(%(batch)s::integer) as removed;

-- look_for_uploads --
-- Has uploads looked at again whose jobs are lost; gives their number.
select ops.look_for_uploads(%(batch)s::integer) as found;

-- drop_expired --
-- Takes stories that have ended out of timelines; gives the number of rows.
select feed.drop_expired(%(batch)s::integer) as removed;

-- dead_letters --
-- Dead letters per queue that nobody has sent again or discarded.
select queue, count(*) as dead from ops.dead_letters where resolved_at is null group by queue;

-- find_upload --
-- What there is to know about an upload that waits for acceptance.
select
    object_key,
    content_type,
    status,
    is_late
from ops.find_upload(%(media_id)s::bigint);

-- finish_upload --
-- Records what became of an upload; null where that was done before.
select
    (
        ops.finish_upload(
            %(object_key)s::text, %(status)s, %(byte_size)s::bigint, null, %(rejection)s::text
        )
    ).status;

-- issue_confirmation --
-- Keeps the hash of a new token; tells where to send the token.
select
    status,
    email,
    locale
from ops.issue_confirmation(%(user_id)s::bigint, %(token_hash)s::bytea, %(life)s::interval);

-- seal_batches --
-- Seals events and views that have come in; gives the number of batches.
select ops.seal_batches(%(batch)s::integer, %(unsent)s::integer) as sealed;

-- take_batch --
-- Takes the oldest batch that is due to be sent.
select
    id,
    attempts
from ops.take_batch();

-- settle_batch --
-- Notes that the analytics store has a batch.
select ops.settle_batch(%(id)s::bigint, %(rows)s::integer, %(checksum)s) as settled;

-- delay_batch --
-- Has a batch sent again later.
select ops.delay_batch(%(id)s::bigint, %(seconds)s::double precision, %(error)s, %(is_away)s) as delayed;

-- measure_analytics --
-- By how many seconds the analytics store is behind.
select ops.measure_analytics() as late;

-- fold_creator_days --
-- Adds the next events and views to what creators are told; gives the number of both.
select ops.fold_creator_days(%(batch)s::integer) as folded;

-- drop_old_events --
-- Drops months of events that everybody has; gives their number.
select ops.drop_old_events() as dropped;
