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

-- Settings, handles, ages, deactivation, verification, staff.
reset role;
set local app.user_id = '';
insert into api.users (id, username, governorate_code) values
    (3, 'samir', 'EG-C'), (10, 'nadia', null), (11, 'hala', null), (12, 'staff_one', null), (13, 'staff_two', null);
insert into api.user_private (user_id, email) select u.id, u.username || '@daira.example' from api.users as u
where u.id in (3, 10, 11, 12, 13);
insert into auth.credentials (user_id, password_hash, role)
values (10, '$x$', 'authenticated'), (12, '$x$', 'moderator'), (13, '$x$', 'admin');
insert into api.posts (id, author_id, content) values (310, 10, 'by Nadia');

-- Samir edits his profile and his settings.
set local role authenticated;
set local app.user_id = '3';
select results_eq(
    $$ select name, bio, governorate_code, version
    from api.update_profile(row('Samir', null, null, null, null, null, 1)::api.update_profile_input) $$,
    $$ values ('Samir', '', 'EG-C', 2) $$, 'a profile changes where something is given'
);
select is((p).governorate_code, null, 'an empty text takes a value away')
from api.update_profile(row(null, null, null, null, '', null, null)::api.update_profile_input) as p;
select throws_ok(
    $$ select api.update_profile(row('x', null, null, null, null, null, 1)::api.update_profile_input) $$,
    'DA409', 'The row has changed since it was read.', 'a stale version is a conflict'
);
select throws_ok(
    $$ select api.update_profile(row(null, null, null, null, 'EG-XX', null, null)::api.update_profile_input) $$,
    '23503', null, 'a governorate is one of those there are'
);
select is((s).message_policy::text, 'NOBODY', 'settings change alike')
from api.update_settings(row(null, null, null, 'NOBODY', null, 1, null)::api.update_settings_input) as s;
select throws_ok(
    $$ select api.update_settings(row(null, null, null, 'SOME', null, null, null)::api.update_settings_input) $$,
    '23514', null, 'within what there is'
);
select is_empty('select from api.user_settings where user_id <> 3', 'another''s settings are not seen');
select is((select s.version from api.user_settings as s where s.user_id = 1), null, 'nor is that they are there');

-- His handle.
select is((u).username::text, 'samir2026', 'a handle changes, whatever digits it is written with')
from api.change_handle(' Samir٢٠٢٦') as u;
select throws_ok($$ select api.change_handle('samir_again') $$, 'DA429', null, 'once in thirty days');
select lives_ok($$ select api.change_handle('samir2026') $$, 'what is no change does not count');
set local app.user_id = '11';
select is((api.get_user(username => 'SAMIR')).id::bigint, 3::bigint, 'the old handle leads to the new one');
select is((api.get_user(username => 'samir2026')).id::bigint, 3::bigint, 'as does the new one');
select is(api.get_user(username => 'nobody_here') is null, true, 'an unknown one leads nowhere');
select is(api.is_username_available('samir'), false, 'the old handle is kept from others');
select throws_ok($$ select api.change_handle('samir') $$, '23505', null, 'who are told that it is taken');
select throws_ok($$ select api.change_handle('0fficia1') $$, '23505', null, 'as is what looks like a reserved one');
select throws_ok($$ select api.change_handle('x') $$, '23514', null, 'a handle is well-formed');
select is(api.is_username_available('hala.new'), true, 'another is free');
select throws_ok($$ select api.change_handle(null) $$, '23502', null, 'and none is not one');
reset role;
update ops.handle_changes set changed_at = now() - interval '91 days' where old_handle = 'samir';
set local role authenticated;
select is((u).username::text, 'samir', 'after a while somebody else may have it') from api.change_handle('samir') as u;
select is((api.get_user(username => 'samir')).id::bigint, 11::bigint, 'and it leads to them');
set local app.user_id = '3';
select is((u).username::text, 'samir.3', 'after thirty days he may change again') from api.change_handle('samir.3') as u;
set local app.user_id = '4';
select is(api.get_user(id => 1) is null, true, 'nobody finds who has blocked them');
select is(api.get_user(username => 'mona') is null, true, 'by handle neither');

-- Nadia tells her birth date: she is fifteen.
set local app.user_id = '10';
select throws_ok(
    $$ select api.set_birth_date((now() - interval '12 years')::date) $$, 'DA403', null, 'twelve is too young'
);
select is(api._is_minor(u), false, 'before, nothing is known') from api.me() as u;
select is(api.set_birth_date((now() - interval '15 years')::date), true, 'fifteen is a minor');
select is(u.is_private, true, 'whose account becomes private') from api.me() as u;
select results_eq(
    'select is_discoverable, is_indexable, message_policy::text from api.user_settings',
    $$ values (false, false, 'FOLLOWED') $$, 'hard to find and to write to'
);
select is(api._is_minor(u), true, 'she sees that she is one') from api.me() as u;
select throws_ok(
    $$ select api.set_birth_date(date '1990-01-01') $$, 'DA403', 'The date of birth never changes.', 'it is told once'
);
select throws_ok(
    $$ select api.update_settings(row(true, null, null, null, null, null, null)::api.update_settings_input) $$,
    'DA403', 'The account of a minor is not shown to strangers.', 'a minor is not made discoverable'
);
select throws_ok('update api.user_settings set is_indexable = true', 'DA403', null, 'not by hand either');
set local app.user_id = '11';
select is(api._is_minor(u), null, 'nobody else is told') from api.get_user(id => 10) as u;
select is_empty($$ select from api.list_users('nadia') $$, 'nor is she listed');
select isnt_empty($$ select from api.list_users('sam') $$, 'others are, by the beginning of the handle');
select is_empty($$ select from api.list_users(governorate_code => 'EG-ALX') $$, 'and by what they say of themselves');
reset role;
update api.user_private set birth_date = (now() at time zone 'Africa/Cairo')::date - interval '18 years' where user_id = 10;
select is(ops.is_minor(10), false, 'on the eighteenth birthday, in Cairo, one is of age');
update api.user_private set birth_date = birth_date + 1 where user_id = 10;
select is(ops.is_minor(10), true, 'the day before, not');
update ops.age_rules set adult_age = 16;
select is(ops.is_minor(10), false, 'the ages are settings');
update ops.age_rules set adult_age = 18;

-- She puts her account away, and takes it out again.
set local role authenticated;
set local app.user_id = '10';
update api.users set is_private = false where id = 10;
select is((u).state::text, 'DEACTIVATED', 'an account is put away') from api.deactivate_account() as u;
select throws_ok(
    $$ insert into api.posts (content) values ('x') $$, 'DA403', 'The account is deactivated.', 'and writes nothing'
);
select is((api.me()).id::bigint, 10::bigint, 'she still sees it');
set local app.user_id = '11';
select is_empty('select from api.users where id = 10', 'others do not');
select is_empty('select from api.posts where author_id = 10', 'nor what it has made');
select is(api.get_user(username => 'nadia') is null, true, 'nor by handle');
set local app.user_id = '10';
select is((u).state::text, 'ACTIVE', 'it is taken out again') from api.reactivate_account() as u;
set local app.user_id = '11';
select isnt_empty('select from api.posts where author_id = 10', 'and all is back');

-- Staff suspend her.
select throws_ok($$ select api.suspend_user(10, 'spam') $$, '42501', null, 'a user suspends nobody');
set local role moderator;
set local app.user_id = '12';
select is((u).state::text, 'SUSPENDED', 'a moderator does') from api.suspend_user(10, 'spam') as u;
select throws_ok($$ select api.suspend_user(13, 'x') $$, 'DA404', null, 'not staff');
select throws_ok($$ select api.suspend_user(12, 'x') $$, 'DA404', null, 'nor themselves');
set local role authenticated;
set local app.user_id = '10';
select isnt_empty('select from api.posts', 'the suspended read');
select throws_ok(
    $$ insert into api.posts (content) values ('x') $$, 'DA403', 'The account is suspended.', 'they write nothing'
);
select throws_ok('update api.posts set content = $$ x $$', 'DA403', null, 'change nothing');
select throws_ok('select api.delete_post(310)', 'DA403', null, 'not by a function either');
select throws_ok('select api.reactivate_account()', 'DA403', null, 'nor lift it themselves');
set local app.user_id = '11';
select is_empty('select from api.users where id = 10', 'nobody sees them');
set local role moderator;
set local app.user_id = '12';
select is((u).state::text, 'ACTIVE', 'staff end it') from api.reinstate_user(10, 'appeal') as u;
reset role;
select set_eq(
    $$ select action from auth.audit where user_id = 10 $$,
    array['deactivated', 'reactivated', 'suspended', 'reinstated'], 'all of it is recorded'
);

-- She asks to be verified.
set local role authenticated;
set local app.user_id = '10';
select is((r).status::text, 'PENDING', 'a request waits')
from api.verify_creator(row(null, 'I sing', null)::api.verify_creator_input) as r;
select is((r).statement, 'I sing well', 'asked again, it says something else')
from api.verify_creator(row('CREATOR', 'I sing well', null)::api.verify_creator_input) as r;
select is(count(*), 1::bigint, 'and is the same one') from api.verification_requests;
select throws_ok(
    $$ select api.decide_verification(1, true) $$, '42501', null, 'she does not decide'
);
set local role moderator;
select throws_ok(
    format('select api.decide_verification(%s, true)', (select id from api.verification_requests)), 'DA404', null,
    'not even were she staff'
);
set local app.user_id = '12';
select is((r).status::text, 'APPROVED', 'staff do')
from api.verification_requests as v
cross join lateral api.decide_verification(v.id, true, 'checked') as r;
set local role authenticated;
set local app.user_id = '10';
select results_eq(
    'select is_verified, user_type::text from api.me()', $$ values (true, 'CREATOR') $$, 'she is a verified creator'
);
select throws_ok('select api.withdraw_verification()', 'DA404', null, 'what is decided is not withdrawn');
reset role;
select is(role, 'creator', 'her next token says so') from auth.credentials where user_id = 10;

-- An admin makes an account.
set local role moderator;
select throws_ok(
    $$ select api.create_user(row('by_staff', 'b@daira.example', null, null, null, null)::api.create_user_input) $$,
    '42501', null, 'a moderator makes no accounts'
);
set local role admin;
set local app.user_id = '13';
select is((u).is_private, true, 'an admin does, also a minor''s')
from api.create_user(
    row('by_staff', 'b@daira.example', null, null, null, (now() - interval '14 years')::date)::api.create_user_input
) as u;
reset role;
select is_empty($$ select from auth.find_credentials('b@daira.example') $$, 'into which nobody can sign in');

-- Visitors read, and act nowhere.
set local role anon;
set local app.user_id = '';
select is((api.get_user(username => 'mona')).id::bigint, 1::bigint, 'a visitor finds a user');
select throws_ok('select api.deactivate_account()', '42501', null, 'and acts nowhere');

select * from finish();
rollback;
