-- Rooms: who finds them, who leads, who speaks, who is sent out.
begin;
select no_plan();

select tap.people();
create function pg_temp.made(title text, audience text, circle bigint default null, capacity integer default null, recorded boolean default false, starts timestamptz default null)
returns bigint language sql
as $$
    select (api.create_room(row(title, 'a topic', audience, circle, capacity, recorded, starts)::api.create_room_input)).id::bigint
$$;
create function pg_temp.room(title text) returns bigint language sql security definer
as $$ select r.id::bigint from api.rooms as r where r.title = room.title $$;
create function pg_temp.titles() returns text[] language sql
as $$ select coalesce(array_agg(title order by title), '{}') from api.rooms $$;
create function pg_temp.present(room bigint) returns text[] language sql
as $$
    select coalesce(array_agg(user_id || ' ' || role order by user_id), '{}') from api.room_members
    where room_id = room and left_at is null
$$;

set local role authenticated;
set local app.user_id = '1';
select isnt(pg_temp.made('all', 'PUBLIC', null, 3), null, 'Mona opens a room for all');
select isnt(pg_temp.made('followers', 'FOLLOWERS'), null, 'one for followers');
select isnt(pg_temp.made('circle', 'CIRCLE', 11), null, 'one for a circle');
select isnt(pg_temp.made('later', 'PUBLIC', null, null, true, now() + interval '1 day'), null, 'and plans a recorded one');
select is(pg_temp.present(pg_temp.room('all')), '{"1 HOST"}', 'she is there, as host');
select is(pg_temp.present(pg_temp.room('later')), '{}', 'but not in the planned one');
select throws_ok($$ select pg_temp.made('x', 'CIRCLE') $$, '23514', null, 'a circle must be named');
select throws_ok($$ select pg_temp.made('', 'PUBLIC') $$, '23514', null, 'a room has a title');
set local app.user_id = '7';
select throws_ok($$ select pg_temp.made('x', 'CIRCLE', 11) $$, 'DA404', null, 'nobody uses another''s circle');
select is(pg_temp.titles(), '{all,circle,later}', 'Dina sees the room of her circle');
set local app.user_id = '2';
select is(pg_temp.titles(), '{all,followers,later}', 'Farid the followers''');
set local app.user_id = '3';
select is(pg_temp.titles(), '{all,later}', 'Samir what is for all');
set local app.user_id = '4';
select is(pg_temp.titles(), '{}', 'Basem nothing');
select throws_ok('select api.join_room(pg_temp.room($$all$$))', 'DA404', null, 'and finds no way in');
set local role anon;
set local app.user_id = '';
select is(pg_temp.titles(), '{all,later}', 'a visitor sees what is for all');
select throws_ok('select from api.room_members', '42501', null, 'but nobody in it');

set local role authenticated;
set local app.user_id = '3';
select throws_ok('select api.join_room(pg_temp.room($$followers$$))', 'DA404', null, 'a stranger does not join the followers');
select throws_ok('select api.join_room(pg_temp.room($$later$$))', 'DA409', null, 'nor what is not open');
select is_empty('select from api.room_members', 'from outside nobody is seen');
select is(api._member_count(r), 1, 'but counted') from api.rooms as r where title = 'all';
select is(role::text, 'LISTENER', 'Samir joins and listens') from api.join_room(pg_temp.room('all'));
select is(pg_temp.present(pg_temp.room('all')), '{"1 HOST","3 LISTENER"}', 'and sees who is there');
select isnt((api.raise_hand(pg_temp.room('all'))).hand_raised_at, null, 'he raises a hand');
select throws_ok(
    'select api.set_room_role(pg_temp.room($$all$$), 3, $$SPEAKER$$)', 'DA403', null, 'a listener makes nobody a speaker'
);
select throws_ok('select api.kick_from_room(pg_temp.room($$all$$), 1)', 'DA403', null, 'and sends nobody out');
select throws_ok('select api.end_room(pg_temp.room($$all$$))', 'DA403', null, 'nor ends it');
select throws_ok('select api.invite_to_room(pg_temp.room($$all$$), 2)', 'DA403', null, 'nor invites');
select is_empty($$ update api.rooms set title = 'his' where title = 'all' returning 1 $$, 'nor names it');
set local app.user_id = '1';
select is(role || (hand_raised_at is null), 'SPEAKERtrue', 'Mona lets him speak')
from api.set_room_role(pg_temp.room('all'), 3, 'SPEAKER');
select is(role::text, 'HOST', 'and makes him a host') from api.set_room_role(pg_temp.room('all'), 3, 'HOST');
set local app.user_id = '3';
select throws_ok('select api.kick_from_room(pg_temp.room($$all$$), 1)', 'DA403', null, 'who does not send her out');
select throws_ok(
    'select api.set_room_role(pg_temp.room($$all$$), 1, $$LISTENER$$)', 'DA403', null, 'nor changes her place'
);
set local app.user_id = '2';
select isnt(api.join_room(pg_temp.room('all')), null, 'Farid comes');
set local app.user_id = '7';
select throws_ok('select api.join_room(pg_temp.room($$all$$))', 'DA409', null, 'then the room is full');
set local app.user_id = '1';
select is(is_kicked, true, 'Mona sends Farid out') from api.kick_from_room(pg_temp.room('all'), 2);
select throws_ok('select api.invite_to_room(pg_temp.room($$all$$), 2)', 'DA409', null, 'who can''t be invited again');
select throws_ok('select api.kick_from_room(pg_temp.room($$all$$), 2)', 'DA404', null, 'nor sent out twice');
select throws_ok('select api.kick_from_room(pg_temp.room($$all$$), 1)', 'DA403', null, 'nobody is sent out of their own room');
set local app.user_id = '2';
select throws_ok('select api.join_room(pg_temp.room($$all$$))', 'DA404', null, 'Farid can''t come back');
select is(pg_temp.titles(), '{followers,later}', 'nor see the room');
select is(count(*), 1::bigint, 'but what became of him') from api.room_members;

-- Invitations.
set local app.user_id = '1';
select is(role::text, 'SPEAKER', 'Mona invites Samir to the circle''s room, to speak')
from api.invite_to_room(pg_temp.room('circle'), 3, 'SPEAKER');
select throws_ok('select api.invite_to_room(pg_temp.room($$circle$$), 4)', 'DA404', null, 'but not whom she blocks');
select is(count(*), 1::bigint, 'she sees the invitation') from api.room_invites;
set local app.user_id = '7';
select is_empty('select from api.room_invites', 'Dina does not');
set local app.user_id = '3';
select is(pg_temp.titles(), '{all,circle,later}', 'he finds it');
select is(role::text, 'SPEAKER', 'and speaks') from api.join_room(pg_temp.room('circle'));

-- A recorded room.
set local app.user_id = '2';
select throws_ok('select api.open_room(pg_temp.room($$later$$))', 'DA403', null, 'only Mona opens hers');
set local app.user_id = '1';
select is(state::text, 'OPEN', 'when it is time') from api.open_room(pg_temp.room('later'));
select throws_ok('select api.open_room(pg_temp.room($$later$$))', 'DA409', null, 'once');
set local app.user_id = '2';
select isnt(api.join_room(pg_temp.room('later')), null, 'Farid joins without consent');
set local app.user_id = '1';
select throws_ok(
    'select api.set_room_role(pg_temp.room($$later$$), 2, $$SPEAKER$$)', 'DA403', null, 'and does not speak'
);
set local app.user_id = '2';
select is(consents_to_recording, true, 'until he consents') from api.join_room(pg_temp.room('later'), true);
set local app.user_id = '1';
select is(role::text, 'SPEAKER', 'and may') from api.set_room_role(pg_temp.room('later'), 2, 'SPEAKER');

-- Who is blocked leaves.
set local app.user_id = '1';
insert into api.blocks (blocked_id) values (2);
reset role;
set local app.user_id = '';
select is(left_at is not null, true, 'who is blocked is out of the room') from api.room_members
where room_id = pg_temp.room('later') and user_id = 2;
set local role authenticated;

-- The end.
set local app.user_id = '1';
select isnt(api.leave_room(pg_temp.room('all')), null, 'Mona leaves');
select throws_ok('select api.leave_room(pg_temp.room($$all$$))', 'DA404', null, 'once');
select is(state::text, 'OPEN', 'a host is left') from api.rooms where title = 'all';
set local app.user_id = '3';
select isnt(api.leave_room(pg_temp.room('all')), null, 'the last host leaves');
select is(state::text, 'ENDED', 'and it is over') from api.rooms where title = 'all';
select throws_ok('select api.join_room(pg_temp.room($$all$$))', 'DA409', null, 'for all');
set local app.user_id = '1';
select is(state::text, 'ENDED', 'Mona ends another') from api.end_room(pg_temp.room('later'));
select is(pg_temp.present(pg_temp.room('later')), '{}', 'and everybody is out');
select throws_ok('select api.end_room(pg_temp.room($$later$$))', 'DA409', null, 'once');
select isnt(pg_temp.made('handed over', 'PUBLIC'), null, 'Mona opens a room');
select isnt(pg_temp.made('parted', 'PUBLIC'), null, 'and one more');
set local app.user_id = '7';
select isnt(api.join_room(r.id), null, 'Dina joins: ' || r.title) from api.rooms as r where r.title in ('handed over', 'parted');
set local app.user_id = '1';
select isnt(api.set_room_role(r.id, 7, 'HOST'), null, 'she is a host: ' || r.title) from api.rooms as r where r.title in ('handed over', 'parted');
select isnt(api.leave_room(r.id), null, 'Mona leaves: ' || r.title) from api.rooms as r where r.title in ('handed over', 'parted');
select is(state::text, 'OPEN', 'it stays open: ' || title) from api.rooms where title in ('handed over', 'parted');
select is(is_kicked, true, 'its creator sends Dina out') from api.kick_from_room(pg_temp.room('handed over'), 7);
select is(state::text, 'ENDED', 'a room ends whose last host is sent out') from api.rooms where title = 'handed over';
select isnt(api.block_user(7), null, 'and blocks her');
select is(state::text, 'ENDED', 'so does a room whose last host is blocked') from api.rooms where title = 'parted';
set local app.user_id = '9';
select throws_ok($$ select pg_temp.made('x', 'PUBLIC') $$, 'DA403', null, 'a suspended account makes none');
reset role;
set local app.user_id = '';
select is(count(*), 6::bigint, 'the superuser still sees them all') from api.rooms;

select * from finish();
rollback;
