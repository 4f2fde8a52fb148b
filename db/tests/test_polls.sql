-- Polls.
begin;
select no_plan();

select tap.people();
create function pg_temp.post(input jsonb) returns bigint language sql
as $$ select id from api.create_post(jsonb_populate_record(null::api.create_post_input, input)) $$;
create function pg_temp.votes(asked bigint) returns integer[] language sql
as $$ select array_agg(votes order by position) from api.poll_results(asked) $$;
create temporary table asked (name text primary key, id bigint) on commit drop;
grant select, insert on asked to public;

set local role authenticated;
set local app.user_id = '1';
insert into asked values
    ('one', pg_temp.post('{"content": "Tea?", "poll": {"options": ["yes", "no", "mint"]}}')),
    ('many', pg_temp.post('{"content": "When?", "poll": {"options": ["Mon", "Tue"], "is_multiple": true}}')),
    ('circle', pg_temp.post('{"content": "Who cooks?", "circle_id": 11, "poll": {"options": ["me", "you"]}}'));
select is(is_multiple, false, 'one answer unless said otherwise') from api.polls where post_id = (select id from asked where name = 'one');
select is(pg_temp.votes(id), '{0,0,0}', 'the author sees the numbers at once') from asked where name = 'one';
select throws_ok(
    $$ select pg_temp.post('{"content": "x", "poll": {"options": ["alone"]}}') $$, 'DA422', null, 'one answer is no poll'
);
select throws_ok(
    $$ select pg_temp.post('{"content": "x", "poll": {"options": ["a", "b"], "closes_at": "2020-01-01"}}') $$, '23514', null,
    'nor is one that is closed'
);

set local app.user_id = '2';
select is(pg_temp.votes(id), '{null,null,null}', 'before voting the numbers are hidden') from asked where name = 'one';
select throws_ok(
    format('select api.vote(%s, %L::integer[])', id, positions), 'DA422', null, 'not a vote: ' || positions
) from asked cross join (values ('{}'), ('{1,2}'), ('{4}'), ('{0}')) as v (positions) where name = 'one';
select throws_ok(format('select api.vote(%s, %L::integer[])', id, '{1,1}'), 'DA422', null, 'no answer counts twice') from asked
where name = 'many';
select results_eq(
    format('select label, votes, is_chosen from api.vote(%s, %L::integer[])', id, '{3}'),
    $$ values ('yes', 0, false), ('no', 0, false), ('mint', 1, true) $$, 'a vote answers the results'
) from asked where name = 'one';
select throws_ok(format('select api.vote(%s, %L::integer[])', id, '{1}'), 'DA409', null, 'one vote each') from asked
where name = 'one';
select is((select array_agg(votes order by position) from api.vote(id, '{1,2}')), '{1,1}', 'several where the poll allows it')
from asked where name = 'many';
select throws_ok(format('select api.vote(%s, %L::integer[])', id, '{1}'), 'DA404', null, 'a hidden poll is not there')
from asked where name = 'circle';
select throws_ok('select api.vote(99, array[1])', 'DA404', null, 'like one that never was');
select is(pg_temp.votes(id), null, 'nor are its results') from asked where name = 'circle';
select is_empty($$ select from api.poll_options where label = 'you' $$, 'nor its answers');
select is(count(*), 2::bigint, 'his votes are his') from api.poll_votes;

set local app.user_id = '1';
select is(pg_temp.votes(id), '{0,0,1}', 'the author sees the sums') from asked where name = 'one';
select is_empty('select from api.poll_votes', 'but not who voted');
select is_empty('select from api.poll_choices', 'nor what');
set local role anon;
set local app.user_id = '';
select is(pg_temp.votes(id), '{null,null,null}', 'visitors wait for the end') from asked where name = 'one';

reset role;
update api.polls set created_at = now() - interval '2 days', closes_at = now();
set local role anon;
select is(pg_temp.votes(id), '{0,0,1}', 'which shows the results to all') from asked where name = 'one';
set local role authenticated;
set local app.user_id = '3';
select throws_ok(format('select api.vote(%s, %L::integer[])', id, '{1}'), 'DA422', 'The poll is closed.', 'and ends the voting')
from asked where name = 'one';

reset role;
select is(count(*), 3::bigint, 'three choices were made') from api.poll_choices;
select * from finish();
rollback;
