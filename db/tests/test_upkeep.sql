-- What is over is removed, and what should never be is measured.
begin;
select no_plan();

insert into api.users (id, username) values (1, 'mona'), (2, 'farid');
insert into api.follows (follower_id, followee_id) values (2, 1);

-- Measures.
set local role worker;
select is(ops.count_future_rows(), 0::bigint, 'nothing lies beyond the partitions');
reset role;
insert into api.posts (id, author_id, content) values (9000000000000000000, 1, 'from the future');
set local role worker;
select is(ops.count_future_rows(), 1::bigint, 'until it does');
select is(ops.count_open_reports(), 0::bigint, 'no report is open');
select is(ops.count_drift(), 0::bigint, 'all is counted');
reset role;
update api.user_stats set follower_count = 7 where user_id = 1;
set local role worker;
select is(ops.count_drift(), 1::bigint, 'a counter that is off is found');
select results_eq(
    'select name::text, value from ops.gauges order by name',
    $$ values ('COUNTER_DRIFT', 1::bigint), ('FUTURE_ROWS', 1), ('OPEN_REPORTS', 0) $$, 'the last measures are kept'
);
select is(ops.pace_ads(), 0, 'there are no campaigns');
reset role;

-- Sessions.
insert into auth.sessions (id, user_id, refresh_key, created_at, expires_at, ends_at) values
    (11, 1, sha256('a'), now(), now() + interval '1 day', now() + interval '1 day'),
    (12, 1, sha256('b'), now() - interval '90 days', now() - interval '40 days', now() + interval '1 day'),
    (13, 1, sha256('c'), now() - interval '20 days', now() - interval '10 days', now() + interval '1 day');
set local role worker;
select is(ops.remove_old_sessions(), 1, 'a session that ended long ago is removed');
reset role;
select set_eq('select id from auth.sessions', array[11, 13]::bigint[], 'others stay');

-- Stories.
insert into api.posts (id, author_id, content, expires_at) values
    (api.id_at(now() - interval '26 hours'), 1, 'over', now() - interval '2 hours'),
    (api.id_at(now() - interval '1 hour'), 1, 'on', now() + interval '23 hours');
insert into feed.timelines (owner_id, post_id, author_id)
select 2, id, 1 from api.posts where expires_at is not null;
set local role worker;
select is(feed.drop_expired(), 1, 'a story that has ended leaves timelines');
select is(feed.drop_expired(), 0, 'once');
reset role;

-- Uploads.
insert into api.media (id, owner_id, bucket, object_key, content_type, expires_at) values
    (21, 1, 'media', 'a/21', 'image/png', now() - interval '2 hours'),
    (22, 1, 'media', 'a/22', 'image/png', now() + interval '2 hours');
delete from procrastinate.procrastinate_jobs;
set local role worker;
select is(ops.look_for_uploads(), 1, 'an upload whose job is lost is looked at again');
select is(ops.look_for_uploads(), 0, 'which one job is enough for');
reset role;
select is(args, '{"media_id": 21}', 'the right one') from procrastinate.procrastinate_jobs;

select * from finish();
rollback;
