-- Events: seats, waiting, and what answers tell of whom.
begin;
select no_plan();

select tap.people();
create function pg_temp.made(title text, audience text, circle bigint default null, capacity integer default null)
returns bigint language sql
as $$
    select (api.create_event(row(
        title, null, audience, circle, 'EG-C', 'Zamalek', null,
        (current_date + 7 + time '20:00') at time zone 'Africa/Cairo', null, null, capacity
    )::api.create_event_input)).id::bigint
$$;
create function pg_temp.event(title text) returns bigint language sql security definer
as $$ select e.id::bigint from api.events as e where e.title = event.title $$;
create function pg_temp.titles() returns text[] language sql
as $$ select coalesce(array_agg(title order by title), '{}') from api.events $$;
create function pg_temp.answer(title text, given text) returns text language sql
as $$ select r.answer || case when r.is_waiting then ' waiting' else '' end from api.rsvp_event(pg_temp.event(title), given) as r $$;

set local role authenticated;
set local app.user_id = '1';
select isnt(pg_temp.made('all', 'PUBLIC', null, 2), null, 'Mona announces an event for all, with two seats');
select isnt(pg_temp.made('followers', 'FOLLOWERS'), null, 'one for followers');
select isnt(pg_temp.made('circle', 'CIRCLE', 11), null, 'one for a circle');
select is(api._starts_at_local(e), to_char(current_date + 7, 'YYYY-MM-DD"T20:00:00"'), 'its time is Cairo''s')
from api.events as e where title = 'all';
select is(
    api._starts_at_local(jsonb_populate_record(null::api.events, jsonb_build_object('starts_at', t, 'time_zone', 'Africa/Cairo'))),
    told, 'in ' || season
)
from (
    values ('winter', '2025-01-15 18:00Z', '2025-01-15T20:00:00'), ('summer', '2025-07-15 18:00Z', '2025-07-15T21:00:00')
) as v (season, t, told);
select throws_ok(
    $$ select api.create_event(row('x', null, null, null, null, null, null, now(), null, 'Cairo/Nowhere', null)) $$, '22023',
    null, 'the time zone must be one'
);
select throws_ok(
    $$ select api.create_event(row('x', null, null, null, null, null, null, now(), now() - interval '1 day', null, null)) $$,
    '23514', null, 'and the end after the beginning'
);
set local app.user_id = '7';
select is(pg_temp.titles(), '{all,circle}', 'Dina sees what is for her');
set local app.user_id = '2';
select is(pg_temp.titles(), '{all,followers}', 'Farid too');
select is(pg_temp.answer('all', 'GOING'), 'GOING', 'he goes');
set local app.user_id = '4';
select is(pg_temp.titles(), '{}', 'Basem sees nothing');
select throws_ok($$ select pg_temp.answer('all', 'GOING') $$, 'DA404', null, 'and answers nothing');
set local app.user_id = '3';
select throws_ok($$ select pg_temp.answer('followers', 'GOING') $$, 'DA404', null, 'a stranger does not answer followers'' events');
select is_empty($$ update api.events set title = 'his' returning 1 $$, 'nor changes one');
select throws_ok('select api.cancel_event(pg_temp.event($$all$$))', 'DA404', null, 'nor calls it off');
select throws_ok('select api.set_event_capacity(pg_temp.event($$all$$), 9)', 'DA404', null, 'nor adds seats');
set local app.user_id = '5';
select is(pg_temp.answer('all', 'GOING'), 'GOING', 'Lubna takes the last seat');
set local app.user_id = '3';
select is(pg_temp.answer('all', 'GOING'), 'GOING waiting', 'Samir waits');
select is(pg_temp.answer('all', 'GOING'), 'GOING waiting', 'however often he asks');
set local app.user_id = '7';
select is(pg_temp.answer('all', 'GOING'), 'GOING waiting', 'Dina behind him');

-- Who is seen going.
select is(api._going_count(e), 1, 'who does not follow Lubna does not see her, nor is she counted') from api.events as e
where title = 'all';
select results_eq(
    'select user_id::bigint from api.event_rsvps order by 1', array[2, 7]::bigint[], 'the list says the same, beside her own'
);
set local app.user_id = '2';
select is(api._going_count(e), 2, 'who follows her does') from api.events as e where title = 'all';
set local app.user_id = '1';
select is(api._going_count(e), 2, 'and so does who holds the event') from api.events as e where title = 'all';
select is(count(*), 4::bigint, 'with those who wait') from api.event_rsvps;
set local app.user_id = '3';
insert into api.blocks (blocked_id) values (2);
select is(api._going_count(e), 0, 'whom one blocks one does not see') from api.events as e where title = 'all';
set local role anon;
set local app.user_id = '';
select throws_ok('select from api.event_rsvps', '42501', null, 'a visitor sees nobody');
select is(pg_temp.titles(), '{all}', 'but the event');

-- Seats come free.
set local role authenticated;
set local app.user_id = '2';
select is(pg_temp.answer('all', 'NO'), 'NO', 'Farid gives his seat back');
set local app.user_id = '3';
select is(is_waiting, false, 'and Samir has it') from api.event_rsvps where user_id = 3;
set local app.user_id = '7';
select is(is_waiting, true, 'Dina still waits') from api.event_rsvps where user_id = 7;
set local app.user_id = '1';
select is(capacity, 3, 'Mona adds a seat') from api.set_event_capacity(pg_temp.event('all'), 3);
set local app.user_id = '7';
select is(is_waiting, false, 'which is Dina''s') from api.event_rsvps where user_id = 7;
select is(pg_temp.answer('all', 'MAYBE'), 'MAYBE', 'who is not sure any more');
select is(api._maybe_count(e), 1, 'which counts') from api.events as e where title = 'all';
set local app.user_id = '5';
insert into api.blocks (blocked_id) values (1);
reset role;
set local app.user_id = '';
select is_empty('select from api.event_rsvps where user_id = 5', 'who blocks the holder does not come');
set local role authenticated;
set local app.user_id = '1';
select isnt((api.cancel_event(pg_temp.event('all'))).cancelled_at, null, 'Mona calls it off');
select is_empty($$ update api.events set title = 'late' where title = 'all' returning 1 $$, 'nothing changes after that');
select isnt_empty($$ update api.events set title = 'renamed' where title = 'followers' returning 1 $$, 'but in another');
set local app.user_id = '2';
select throws_ok($$ select pg_temp.answer('all', 'GOING') $$, 'DA409', null, 'and nobody answers');
set local app.user_id = '9';
select throws_ok($$ select pg_temp.made('x', 'PUBLIC') $$, 'DA403', null, 'a suspended account announces nothing');
reset role;
set local app.user_id = '';
select is(count(*), 3::bigint, 'the superuser still sees all answers') from api.event_rsvps;

select * from finish();
rollback;
