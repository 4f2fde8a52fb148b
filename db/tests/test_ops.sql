-- Identifiers, counters, jobs, dead letters and partitions.
begin;
select no_plan();

-- Identifiers.
select is(count(distinct api.next_id()), 10000::bigint, 'identifiers differ') from generate_series(1, 10000);
select cmp_ok(api.next_id(), '<', api.id_at(clock_timestamp() + interval '1 second'), 'they follow the clock');
select is(api.time_of_id(api.id_at(t)), t, 'and tell the time')
from (values (timestamptz '2025-01-01Z'), ('2026-12-31 23:59:59.999Z'), ('2093-01-01Z')) as v (t);
select is(api.id_at('2025-01-01Z'), 0::bigint, 'counting from 2025');
set local daira.node = '7';
select is((api.next_id() >> 12) & 1023, 7::bigint, 'the node is part of them');

-- Counters.
insert into api.users (id, username) values (1, 'mona'), (2, 'farid');
insert into api.posts (id, author_id, content) values (101, 1, 'x');
delete from ops.counter_deltas;
insert into ops.counter_deltas (counter, subject_id, delta)
select counter, subject_id, delta
from (
    values ('POST_LIKES', 101, 1), ('POST_VIEWS', 101, 40), ('USER_FOLLOWERS', 1, 2), ('POST_LIKES', 999, 1)
) as v (counter, subject_id, delta)
cross join generate_series(1, 10);
set local role worker;
select is(ops.fold_counters(30), 30, 'a batch takes as many deltas as it is told');
select is(ops.fold_counters(30), 10, 'then what is left');
select is(ops.fold_counters(), 0, 'then none');
select is(sum(ops.fold_part(part)), 0::bigint, 'by parts neither') from generate_series(0, 3) as part;
select throws_ok('delete from ops.counter_deltas', '42501', null, 'the worker takes none by hand');
reset role;
select is(likes_count, 10, 'likes are added up') from api.post_stats where post_id = 101;
select is(views_count, 400::bigint, 'views too') from api.post_stats where post_id = 101;
select is(follower_count, 20, 'and followers') from api.user_stats where user_id = 1;
select is_empty('select from ops.counter_deltas', 'a delta of what is gone is dropped');
select throws_ok(
    $$ insert into ops.counter_deltas (counter, subject_id, delta) values ('LIKES', 1, 1) $$, '23514', null,
    'only known counters are counted'
);

-- Jobs.
delete from procrastinate.procrastinate_jobs;
select cmp_ok(ops.defer('post.created', 'fanout.deliver', '{"post_id": 101}'), '>', 0::bigint, 'a job is queued');
set local role authenticated;
select throws_ok($$ select ops.defer('q', 't', '{}') $$, '42501', null, 'users queue no jobs of their own');
select throws_ok('select from procrastinate.procrastinate_jobs', '42501', null, 'nor read them');
set local role worker;
set local search_path = procrastinate, tap;
select is(
    (procrastinate_fetch_job_v2(null, (select worker_id from procrastinate_register_worker_v1()))).task_name::text,
    'fanout.deliver', 'the worker fetches it'
);
select is(
    ops.bury_job(id, 'ValueError: no', 'Traceback'), true, 'buries it'
) from procrastinate_jobs;
select is(ops.bury_job(id, 'ValueError: still no', 'Traceback'), true, 'once') from procrastinate_jobs;
select results_eq(
    'select queue, task, error from ops.dead_letters',
    $$ values ('post.created', 'fanout.deliver', 'ValueError: still no') $$, 'and reads it among the dead letters'
);
update procrastinate_jobs set status = 'failed';
select is(ops.bury_failed_jobs(), 0, 'what is buried is not buried again');
reset role;
delete from ops.dead_letters;
set local role worker;
select is(ops.bury_failed_jobs(), 1, 'what failed unseen is found');
reset role;
set local search_path = tap, extensions, public;

-- Partitions.
-- The month may have turned since this database was made: its first leaf ends where the month began in which it was.
create function pg_temp.bound(leaf text, side text) returns timestamp language sql
return (
    select api.time_of_id((regexp_match(pg_get_expr(c.relpartbound, c.oid), side || ' \(''?(\d+)'))[1]::bigint) at time zone 'UTC'
    from pg_class as c where c.oid = ('partitions.' || leaf)::regclass
);
select is(
    pg_temp.bound('posts_future', 'FROM'), pg_temp.bound('posts_past', 'TO') + interval '4 months',
    'a new database has its month and three ahead'
);
select lives_ok('select ops.add_partitions()', 'the months that are missing are made');
select is(ops.add_partitions(), 0, 'once');
select is(ops.add_partitions(4), count(*)::integer, 'one month more makes a leaf for each table')
from pg_partitioned_table as p inner join pg_class as c on c.oid = p.partrelid
where p.partstrat = 'r';
insert into api.posts (id, author_id, content)
select api.id_at(now() + make_interval(months => m)), 1, 'in ' || m from generate_series(0, 4) as m;
select is(count(distinct tableoid), 5::bigint, 'each month has its own leaf')
from api.posts where id > api.id_at(now() - interval '1 minute');
select is(tableoid::regclass::text, 'partitions.posts_past', 'what is older than last month has one for all')
from api.posts where id = 101;
insert into api.posts (id, author_id, content) values (api.id_at(now() + interval '7 months'), 1, 'far ahead');
select is(tableoid::regclass::text, 'partitions.posts_future', 'what is far ahead too') from api.posts where content = 'far ahead';
set local role worker;
select is(
    ops.add_partitions(8), 4 * (count(*)::integer - 1), 'the bound of a leaf in use does not move, those of other tables do'
)
from pg_partitioned_table as p inner join pg_class as c on c.oid = p.partrelid
where p.partstrat = 'r';
select is(ops.add_partitions(9, 2), 2, 'of so many tables as are asked for');
reset role;
select is(count(*), 7::bigint, 'and no post is lost') from api.posts;
set local role authenticated;
select throws_ok('select ops.add_partitions()', '42501', null, 'users make no partitions');
select throws_ok('select from partitions.posts_past', '42501', null, 'nor read one past the policies');

reset role;
select * from finish();
rollback;
