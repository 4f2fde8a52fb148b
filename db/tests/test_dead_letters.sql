-- Dead letters: sent again, let go, and who did it.
begin;
select no_plan();

insert into ops.dead_letters (job_id, queue, task, args, attempts, error) values
    (9001, 'post.created', 'fanout.deliver', '{"post_id": 101}', 8, 'OSError: no'),
    (9002, 'post.created', 'fanout.deliver', '{"post_id": 102}', 8, 'OSError: no');
create function pg_temp.letter(job bigint) returns bigint language sql
as $$ select id from ops.dead_letters where job_id = job $$;

-- What is deferred names the request; a job that is sent again keeps the one that it had.
set local app.request_id = 'r-1';
select isnt(ops.defer('post.created', 'trial', '{"post_id": 7}'), null, 'a job is deferred');
select isnt(ops.defer('post.created', 'trial', '{"request_id": "r-0"}'), null, 'and one that knows its request');
select results_eq(
    $$ select args ->> 'request_id' from procrastinate.procrastinate_jobs where task_name = 'trial' order by id $$,
    array['r-1', 'r-0'], 'a job carries the id of its request, or the one given'
);
update procrastinate.procrastinate_jobs set status = 'failed' where task_name = 'trial';
select is(ops.bury_failed_jobs(), 2, 'both are buried');
select results_eq(
    $$ select request_id from ops.dead_letters where task = 'trial' order by job_id $$,
    array['r-1', 'r-0'], 'and so does its dead letter'
);
set local app.request_id = '';

select isnt(ops.dlq_redrive(pg_temp.letter(9001), 'dina'), null, 'a dead letter is sent again');
select results_eq(
    $$
    select j.queue_name::text, j.task_name::text, j.args, j.status::text, j.attempts
    from procrastinate.procrastinate_jobs as j
    inner join ops.dead_letter_actions as a on a.job_id = j.id
    $$,
    $$ values ('post.created', 'fanout.deliver', '{"post_id": 101}'::jsonb, 'todo', 0) $$,
    'as a new job with all its tries'
);
select throws_ok(
    format('select ops.dlq_redrive(%s, %L)', pg_temp.letter(9001), 'dina'), 'DA404', null, 'but only once'
);
select throws_ok(
    format('select ops.dlq_discard(%s, %L, %L)', pg_temp.letter(9002), ' ', 'dina'), '23514', null,
    'nothing is discarded without a reason'
);
select lives_ok(
    format('select ops.dlq_discard(%s, %L, %L)', pg_temp.letter(9002), 'the post is gone', 'dina'), 'one is let go'
);
select is((select count(*) from ops.dead_letters where job_id > 9000 and resolved_at is null), 0::bigint, 'none waits any more');
select results_eq(
    'select action::text, who, reason from ops.dead_letter_actions order by id',
    $$ values ('REDRIVEN', 'dina', ''), ('DISCARDED', 'dina', 'the post is gone') $$, 'it is known who did what'
);
select throws_ok('select ops.dlq_redrive(0, ''dina'')', 'DA404', null, 'what is not there is not sent');
set local role worker;
select throws_ok($$ select ops.dlq_redrive(1, 'x') $$, '42501', null, 'the worker decides nothing');
set local role authenticated;
select throws_ok($$ select ops.dlq_discard(1, 'x', 'x') $$, '42501', null, 'nor do users');

select * from finish();
rollback;
