-- What is counted: events, consent, and the batches in which both go to the analytics store. Rows of a transaction that
-- still runs are not taken, hence this play says that they were written in one of long ago.
begin;
select no_plan();

create function tap.settle_down() returns setof text language sql
as $$
    update ops.analytics_events set written_in = '3' where written_in = pg_current_xact_id();
    select null::text where false
$$;
create function tap.seal() returns integer language sql
as $$ select tap.settle_down(); select ops.seal_batches(1000, 20) $$;
create temporary view sent as
select r.*
from ops.analytics_batches as b
cross join lateral ops.read_batch(b.id) as r
where b.state = 'SEALED';
-- Three half hours of views are over, whatever the minute.
update ops.analytics_progress set views_until = ops.views_are_final_until() - interval '90 minutes';

-- Mona lets statistics follow her, Farid does not, Lubna is a minor.
insert into api.users (id, username, governorate_code, locale) values
    (1, 'mona', 'EG-C', 'ar'), (2, 'farid', 'EG-ALX', 'en-US'), (3, 'lubna', 'EG-C', 'ar');
insert into api.user_private (user_id, email, birth_date) values
    (1, 'm@daira.example', now() - interval '30 years'), (3, 'l@daira.example', now() - interval '15 years');
select throws_ok(
    'update api.user_settings set allows_analytics = true where user_id = 3', 'DA403', null, 'a minor can''t consent'
);
select is((select allows_analytics from api.user_settings where user_id = 2), false, 'nobody consents by being there');
set local role authenticated;
set local app.user_id = '1';
select is(
    (select s.allows_analytics from api.update_settings(row(null, null, null, null, null, null, true)) as s), true,
    'Mona consents'
);
reset role;
select results_eq(
    'select user_id, is_given from ops.consent_register', 'values (1::bigint, true)', 'which is registered'
);
select throws_ok('delete from ops.consent_register', 'DA090', null, 'for good');

-- What they do.
insert into api.posts (id, author_id, content) values (101, 1, 'x'), (102, 3, 'x');
insert into api.reactions (post_id, user_id) values (101, 2), (102, 1);
insert into api.comments (post_id, author_id, content) values (101, 2, 'x');
insert into api.follows (follower_id, followee_id) values (2, 1), (1, 3);
delete from api.reactions where post_id = 101;
insert into ops.counter_deltas (counter, subject_id, delta) values ('POST_LIKES', 101, 5);
update feed.activity set seen_at = now() - interval '3 days' where user_id = 2;
update feed.activity set seen_at = now() where user_id in (1, 2);
insert into api.views (window_id, user_id, post_id, dwell_ms, completion, source, created_at)
select api.id_at(p.views_until), v.viewer, v.post, 1500, 80, 'PROFILE', p.views_until
from ops.analytics_progress as p
cross join (values (1, 101), (2, 101), (3, 102)) as v (viewer, post)
where p.reader = 'EXPORT';
select lives_ok('select ops.fold_counters()', 'deltas are folded');

select is(ops.seal_batches(), 1, 'what a running transaction has written waits; views do not');
select is(tap.seal(), 1, 'then it is sealed');
select is(tap.seal(), 0, 'once');
select is((select p.analytics_id from ops.analytics_people as p), s.actor_id, 'Mona has her number')
from sent as s where s.kind = 'POST' and s.post_id = 101;
select bag_eq(
    $$ select kind, actor_id <> 0, post_id, author_id, change, watch_ms, completion, source, governorate, language from sent $$,
    $$ values
        ('SIGN_UP', true, 0::bigint, 0::bigint, 1, 0, 0, '', 'EG-C', 'ar'), ('ACTIVE', true, 0, 0, 1, 0, 0, '', 'EG-C', 'ar'),
        ('SIGN_UP', false, 0, 0, 1, 0, 0, '', 'EG-ALX', 'en'), ('ACTIVE', false, 0, 0, 1, 0, 0, '', 'EG-ALX', 'en'),
        ('ACTIVE', false, 0, 0, 1, 0, 0, '', 'EG-ALX', 'en'),
        ('SIGN_UP', false, 0, 0, 1, 0, 0, '', '', ''), ('ACTIVE', false, 0, 0, 1, 0, 0, '', '', ''),
        ('POST', true, 101, 1, 1, 0, 0, '', 'EG-C', 'ar'), ('POST', false, 0, 0, 1, 0, 0, '', '', ''),
        ('REACTION', false, 101, 1, 1, 0, 0, '', 'EG-ALX', 'en'), ('REACTION', false, 101, 1, -1, 0, 0, '', 'EG-ALX', 'en'),
        ('REACTION', true, 0, 0, 1, 0, 0, '', 'EG-C', 'ar'), ('COMMENT', false, 101, 1, 1, 0, 0, '', 'EG-ALX', 'en'),
        ('FOLLOW', false, 0, 1, 1, 0, 0, '', 'EG-ALX', 'en'), ('FOLLOW', true, 0, 0, 1, 0, 0, '', 'EG-C', 'ar'),
        ('VIEW', true, 101, 1, 1, 1500, 80, 'PROFILE', 'EG-C', 'ar'), ('VIEW', false, 101, 1, 1, 1500, 80, 'PROFILE', 'EG-ALX', 'en'),
        ('VIEW', false, 0, 0, 1, 1500, 80, 'PROFILE', '', '')
    $$,
    'each event once, with the name of who has consented, and nothing that leads to a minor'
);
select is(
    (select s.last_active_on from sent as s where s.kind = 'ACTIVE' and s.last_active_on > '1970-01-01'),
    ops.cairo_day(now() - interval '3 days'), 'a visit tells which day the last one was'
);
select is_empty('select from ops.analytics_events where actor_id = 1 and last_active_on is not null', 'a second visit on a day is none');

-- A half hour with many views goes in parts that have each view once between them.
create temporary table whole as select * from ops.analytics_batches where source = 'VIEWS';
delete from ops.analytics_batches where source = 'VIEWS';
select is(ops.seal_views((select window_id from whole), 1), 3, 'a half hour in parts');
select is((select count(*) from sent where kind = 'VIEW'), 3::bigint, 'has all views');
delete from ops.analytics_batches where source = 'VIEWS';
insert into ops.analytics_batches select * from whole;

-- Withdrawn: from the next batch that is sent on.
update api.user_settings set allows_analytics = false where user_id = 1;
select is_empty('select from sent where actor_id <> 0', 'who has withdrawn has no name');
select is_empty('select from ops.analytics_people', 'nor a number any more');
select results_eq(
    'select is_given from ops.consent_register order by id', 'values (true), (false)', 'both are registered'
);

-- Batches: taken once, for a while; delayed, they are due later; sent, they are over.
set local role worker;
select results_eq('select attempts from ops.take_batch()', 'values (1)', 'a batch is taken');
select results_eq('select attempts from ops.take_batch()', 'values (1)', 'then the next');
select is_empty('select from ops.take_batch()', 'none is taken twice at a time');
reset role;
create temporary table ids as select array_agg(id order by id) as ids from ops.analytics_batches;
grant select on ids to worker;
update ops.analytics_batches set due_at = now();
set local role worker;
select is(ops.delay_batch(ids[1], 60, 'away', true), true, 'the store is away') from ids;
select is_empty('select from ops.take_batch()', 'so nothing is sent');
select is(ops.settle_batch(ids[2], 3, 'abc'), true, 'until it is there') from ids;
select is(ops.settle_batch(ids[2], 3, 'abc'), false, 'a batch is settled once') from ids;
reset role;
update ops.analytics_batches set due_at = now() where state = 'SEALED';
set local role worker;
select results_eq('select attempts from ops.take_batch()', 'values (2)', 'then the first is tried again');
reset role;

-- What Mona is told: all of it, with or without consent, hers alone, and watch time from ten views on.
set local role worker;
select ok(ops.fold_creator_days() > 1, 'events and half hours are added');
select is(sum(ops.fold_creator_days()), 2::bigint, 'the other half hours follow') from generate_series(1, 5);
select is(ops.fold_creator_days(), 0, 'each once');
reset role;
create temporary view told as
select posts_count, views_count, watch_seconds, reactions_count, comments_count, followers_gained, engagement_rate
from api.my_creator_metrics();
grant select on told to authenticated;
create temporary view hers as select * from ops.creator_days where user_id = 1;
set local role authenticated;
select results_eq(
    'select sum(posts_count), sum(views_count), sum(watch_seconds), sum(comments_count), sum(followers_gained) from told',
    $$ values (1::bigint, 2::numeric, null::double precision, 1::bigint, 1::bigint) $$, 'Mona is told what became of her posts'
);
set local app.user_id = '2';
select is_empty('select from told', 'Farid has none of it');
reset role;
update ops.creator_days set views = 10, watch_ms = 15000, completed = 5, reactions = 4, comments = 1
where user_id = 1 and views > 0;
set local role authenticated;
set local app.user_id = '1';
select results_eq(
    'select views_count, watch_seconds, engagement_rate from told where views_count > 0',
    $$ values (10::bigint, 15::double precision, 0.5::double precision) $$, 'ten views tell of nobody'
);
select is_empty('select from api.my_creator_metrics(current_date + 2)', 'days can be chosen');
reset role;

-- Back-pressure, and the lag that tells of it.
insert into api.posts (author_id, content) select 1, 'x' from generate_series(1, 50);
select tap.settle_down();
select is(ops.seal_batches(10, 3), 2, 'no more batches wait than may');
select is((select sum(rows) from ops.analytics_batches where state = 'SEALED' and rows = 10), 20::bigint, 'the others stay events');
update ops.analytics_batches set oldest_at = now() - interval '3 hours' where state = 'SEALED';
set local role worker;
select is(ops.measure_analytics(), 10800::bigint, 'the lag is that of the oldest');
reset role;
select is(value, 3::bigint, 'and the batches are counted') from ops.gauges where name = 'ANALYTICS_UNSENT_BATCHES';

-- Restored to a cluster whose transactions begin anew: what is left is taken, then what is new.
delete from ops.analytics_batches;
update ops.analytics_progress set written_in = '9000000000000', event_id = 0;
update ops.analytics_events set written_in = '9000000000001' where id in (select max(id) from ops.analytics_events);
select is(ops.seal_batches(), 1, 'what the old cluster had not sent is sealed');
select is((select rows from ops.analytics_batches), 1, 'and nothing else');
select is(ops.seal_batches(), 0, 'that is all of it');
insert into api.posts (author_id, content) values (1, 'new');
select is(tap.seal(), 1, 'new events follow');
select is(count(*), 0::bigint, 'under keys that no backup has given before')
from ops.analytics_batches where id < api.id_at(now() - interval '1 minute');
select is((select rows from ops.analytics_batches order by id desc limit 1), 1, 'alone');

-- Months go when they are over for everybody: here the first leaf, kept just as long as it has been over.
create temporary table over as
select now() - api.time_of_id((regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''?(\d+)'))[1]::bigint) as since
from pg_class as c
where c.oid = 'partitions.analytics_events_past'::regclass;
select is(ops.drop_old_events(since + interval '1 second'), 0, 'a month stays while it is kept') from over;
select is(ops.has_unsent_events('partitions.analytics_events_past'), false, 'what is empty waits for nobody');
insert into ops.analytics_events (written_in, id, kind) values ('9000000000002', 7, 'POST');
select is(ops.has_unsent_events('partitions.analytics_events_past'), true, 'what was not sealed is waited for');
select is(ops.drop_old_events(since), 0, 'so it stays') from over;
update ops.analytics_progress set written_in = '9000000000003';
select is(ops.drop_old_events(since), 1, 'then it goes') from over;
select hasnt_table('partitions', 'analytics_events_past', 'all of it');

select * from finish();
rollback;
