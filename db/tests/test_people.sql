-- People: what a profile shows to whom, and what its owner may change.
begin;
select no_plan();

insert into api.users (id, username, name, is_private, deleted_at) values
    (1, 'mona', 'Mona', false, null),
    (2, 'farid', 'Farid', false, null),
    (4, 'basem', 'Basem', false, null),
    (6, 'gone_girl', 'Gone', false, now());
insert into api.user_private (user_id, email, phone) values (1, 'mona@daira.example', '+201001234567');
insert into api.blocks (blocker_id, blocked_id) values (1, 4);

select is(count(*), 4::bigint, 'every new user has statistics') from api.user_stats;

-- Mona reads and changes her own profile.
set local role authenticated;
set local app.user_id = '1';
select is((m).username::text, 'mona', 'me is the signed-in user') from api.me() as m;
select is(api._email(m), 'mona@daira.example', 'and shows her own address') from api.me() as m;
select is(api._follower_count(m), 0, 'and her followers') from api.me() as m;
select lives_ok($$ update api.users set name = 'Mona H.', version = 1 where id = 1 $$, 'she renames herself');
select is(version, 2, 'a change counts the version up') from api.users where id = 1;
select cmp_ok(updated_at, '>=', created_at, 'and says when') from api.users where id = 1;
select throws_ok(
    $$ update api.users set name = 'again', version = 1 where id = 1 $$,
    'DA409', 'The row has changed since it was read.', 'a change of an older version is a conflict'
);
select lives_ok($$ update api.users set bio = 'x' where id = 1 $$, 'a change without a version is not checked');
select throws_ok(
    $$ update api.users set is_verified = true where id = 1 $$, '42501', null, 'nobody verifies themselves'
);
select throws_ok(
    $$ update api.users set username = 'other' where id = 1 $$, '42501', null, 'nor renames their handle'
);
select throws_ok(
    $$ update api.users set bio = repeat('x', 501) where id = 1 $$, '23514', null, 'a long biography is refused'
);
select throws_ok(
    $$ update api.users set avatar_url = 'javascript:alert(1)' where id = 1 $$, '23514', null,
    'a picture is an http address'
);
select throws_ok($$ delete from api.users where id = 1 $$, '42501', null, 'nobody deletes rows of users');
select throws_ok(
    $$ insert into api.users (username) values ('sock_puppet') $$, '42501', null, 'nor makes accounts by hand'
);
select throws_ok(
    $$ update api.user_private set email = 'x@y.example' $$, '42501', null, 'an address is not simply overwritten'
);

-- Farid sees the profile, not what is private, and changes nothing of it.
set local app.user_id = '2';
select is(count(*), 3::bigint, 'Farid sees everybody but the closed account') from api.users;
select is(api._email(u), null, 'another''s address is not shown') from api.users as u where u.id = 1;
select is_empty('select from api.user_private', 'nor found');
select is(api._follower_count(u), 0, 'the number of followers is') from api.users as u where u.id = 1;
select is_empty($$ update api.users set bio = 'pwned' where id = 1 returning id $$, 'he changes no profile of hers');

-- Basem, blocked, does not see Mona, nor her numbers.
set local app.user_id = '4';
select is_empty('select from api.users where id = 1', 'the blocked do not see the profile');
select is_empty($$ select from api.users where username = 'mona' $$, 'nor find it by handle');
select is_empty('select from api.user_stats where user_id = 1', 'nor its numbers');
select isnt_empty('select from api.users where id = 4', 'they still see themselves');

-- The closed account with a token that is still valid.
set local app.user_id = '6';
select is(api.me() is null, true, 'a closed account is nobody');
select throws_ok(
    $$ update api.users set name = 'back' where id = 6 $$, 'DA403', 'The account is closed.', 'and can not be revived by hand'
);

-- A visitor.
set local role anon;
set local app.user_id = '';
select is(api.me() is null, true, 'a visitor is nobody');
select is(count(*), 3::bigint, 'but sees the public profiles') from api.users;
select throws_ok('select from api.user_private', '42501', null, 'private data is not granted at all');
select throws_ok($$ update api.users set name = 'x' $$, '42501', null, 'a visitor changes nothing');

reset role;
select is(bio, 'x', 'after all this the profile holds what its owner wrote') from api.users where id = 1;
select throws_ok(
    $$ insert into api.users (username) values ('mona') $$, '23505', null, 'a handle is taken once'
);
select throws_ok(
    $$ insert into api.users (username) values ('admin') $$, '23505',
    'duplicate key value violates unique constraint "users_username_is_unique"', 'a reserved handle looks taken'
);
select throws_ok(
    format('insert into api.users (username) values (%L)', bad), '23514', null, 'not a handle: ' || bad
) from (values ('Mona'), ('a'), ('.mona'), ('mona.'), ('mo na'), ('مني'), (repeat('a', 31))) as b (bad);
select throws_ok(
    $$ insert into api.user_private (user_id, email) values (2, 'MONA@daira.example') $$, '23505', null,
    'an address is taken whatever its letters'' case'
);

select * from finish();
rollback;
