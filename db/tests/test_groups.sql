-- Groups: joining, asking, inviting, roles, bans, and that a private one is nowhere to be seen.
begin;
select no_plan();

select tap.people();
create function pg_temp.made(name text, private boolean, rule text) returns bigint language sql
as $$ select (api.create_group(row(name, 'about', 'be kind', private, rule)::api.create_group_input)).id::bigint $$;
create function pg_temp.grp(name text) returns bigint language sql security definer
as $$ select g.id::bigint from api.groups as g where g.name = grp.name $$;
create function pg_temp.names() returns text[] language sql
as $$ select coalesce(array_agg(name order by name), '{}') from api.groups $$;
create function pg_temp.members(name text) returns text[] language sql
as $$
    select coalesce(array_agg(user_id || ' ' || role order by user_id), '{}') from api.group_members
    where group_id = pg_temp.grp(name)
$$;

set local role authenticated;
set local app.user_id = '1';
select isnt(pg_temp.made('open', null, null), null, 'Mona founds an open group');
select isnt(pg_temp.made('asking', false, 'REQUEST'), null, 'one that is asked');
select isnt(pg_temp.made('secret', true, null), null, 'and a private one');
select is(join_rule::text, 'INVITE', 'which is joined by invitation') from api.groups where name = 'secret';
select is(pg_temp.members('open'), '{"1 OWNER"}', 'she owns them');
select throws_ok($$ select pg_temp.made('x', true, 'OPEN') $$, '23514', null, 'a name has three letters');
select throws_ok($$ select pg_temp.made('xyz', true, 'OPEN') $$, '23514', null, 'and a private group is not open');

set local app.user_id = '3';
select is(pg_temp.names(), '{asking,open}', 'Samir sees what is not private');
select is(api._member_count(g), 1, 'and how many are in it') from api.groups as g where name = 'open';
select is(api._member_count(row(pg_temp.grp('secret'), null, 'x', '', '', true, 'INVITE', now(), now(), null, 1)::api.groups), 0, 'not so of the private one');
select is_empty('select from api.group_members', 'but nobody in it');
select throws_ok('select api.join_group(pg_temp.grp($$secret$$))', 'DA404', null, 'the private one is not there');
select throws_ok('select api.request_group(pg_temp.grp($$secret$$))', 'DA404', null, 'not to ask');
select throws_ok('select api.leave_group(pg_temp.grp($$secret$$))', 'DA404', null, 'not to leave');
select throws_ok('select api.invite_to_group(pg_temp.grp($$secret$$), 2)', 'DA404', null, 'not to invite to');
select throws_ok('select api.set_group_role(pg_temp.grp($$secret$$), 1, $$MEMBER$$)', 'DA404', null, 'not to change');
select throws_ok('select api.ban_from_group(pg_temp.grp($$secret$$), 1)', 'DA404', null, 'not to ban from');
select throws_ok('select api.delete_group(pg_temp.grp($$secret$$))', 'DA404', null, 'not to close');
select throws_ok('select api.delete_group(1)', 'DA404', null, 'exactly as one that is missing');
select is_empty($$ update api.groups set name = 'his' returning 1 $$, 'he names none');
select throws_ok('select api.join_group(pg_temp.grp($$asking$$))', 'DA403', null, 'who must ask does not join');
select throws_ok('select api.request_group(pg_temp.grp($$open$$))', 'DA403', null, 'who can join need not ask');
select is(role::text, 'MEMBER', 'he joins') from api.join_group(pg_temp.grp('open'));
select is(role::text, 'MEMBER', 'once') from api.join_group(pg_temp.grp('open'));
select is(pg_temp.members('open'), '{"1 OWNER","3 MEMBER"}', 'and sees the others');
select is(api._my_role(g)::text, 'MEMBER', 'and what he is') from api.groups as g where name = 'open';
select is(message, 'please', 'elsewhere he asks') from api.request_group(pg_temp.grp('asking'), 'please');
set local app.user_id = '2';
select is_empty('select from api.group_requests', 'nobody else sees who asks');
select throws_ok('select api.accept_group_request(pg_temp.grp($$asking$$), 3)', 'DA403', null, 'nor lets them in');
set local app.user_id = '1';
select is(count(*), 1::bigint, 'but the owner') from api.group_requests;
select throws_ok('select api.accept_group_request(pg_temp.grp($$asking$$), 2)', 'DA404', null, 'who lets in who asked');
select is(role::text, 'MEMBER', 'such as Samir') from api.accept_group_request(pg_temp.grp('asking'), 3);
select is_empty('select from api.group_requests', 'and it is done');

-- The private one.
select isnt(api.invite_to_group(pg_temp.grp('secret'), 2), null, 'Mona invites Farid');
select throws_ok('select api.invite_to_group(pg_temp.grp($$secret$$), 4)', 'DA404', null, 'but not whom she blocks');
set local app.user_id = '7';
select is(pg_temp.names(), '{asking,open}', 'Dina knows nothing of it');
select is_empty('select from api.group_invites', 'nor of the invitations');
set local app.user_id = '2';
select is(pg_temp.names(), '{asking,open,secret}', 'Farid finds the group');
select is(count(*), 1::bigint, 'and his invitation') from api.group_invites;
select is_empty('select from api.group_members', 'but sees nobody in it');
select is(role::text, 'MEMBER', 'he joins') from api.join_group(pg_temp.grp('secret'));
select is(pg_temp.members('secret'), '{"1 OWNER","2 MEMBER"}', 'and sees them');
select throws_ok('select api.invite_to_group(pg_temp.grp($$secret$$), 3)', 'DA403', null, 'a member invites nobody here');
set local role anon;
set local app.user_id = '';
select is(pg_temp.names(), '{asking,open}', 'nor does a visitor');

-- Roles.
set local role authenticated;
set local app.user_id = '2';
select isnt(api.join_group(pg_temp.grp('open')), null, 'Farid joins the open group');
set local app.user_id = '1';
select is(role::text, 'ADMIN', 'and becomes an admin') from api.set_group_role(pg_temp.grp('open'), 2, 'ADMIN');
set local app.user_id = '2';
select is(role::text, 'MODERATOR', 'who makes moderators') from api.set_group_role(pg_temp.grp('open'), 3, 'MODERATOR');
select throws_ok('select api.set_group_role(pg_temp.grp($$open$$), 3, $$ADMIN$$)', 'DA403', null, 'but no admins');
select throws_ok('select api.set_group_role(pg_temp.grp($$open$$), 1, $$MEMBER$$)', 'DA403', null, 'and unmakes no owner');
select throws_ok('select api.set_group_role(pg_temp.grp($$open$$), 999, $$MEMBER$$)', 'DA404', null, 'nor nobody');
select isnt_empty($$ update api.groups set description = 'his' where name = 'open' returning 1 $$, 'he describes the group');
select throws_ok('select api.delete_group(pg_temp.grp($$open$$))', 'DA403', null, 'but does not close it');
set local app.user_id = '7';
select isnt(api.join_group(pg_temp.grp('open')), null, 'Dina joins');
set local app.user_id = '3';
select throws_ok('select api.remove_group_member(pg_temp.grp($$open$$), 2)', 'DA403', null, 'a moderator removes no admin');
select throws_ok('select api.set_group_role(pg_temp.grp($$open$$), 7, $$MODERATOR$$)', 'DA403', null, 'and makes nobody anything');
select isnt(api.remove_group_member(pg_temp.grp('open'), 7), null, 'but removes a member');
set local app.user_id = '7';
select isnt(api.join_group(pg_temp.grp('open')), null, 'who comes back');
set local app.user_id = '3';
select is(reason, 'spam', 'and bans her') from api.ban_from_group(pg_temp.grp('open'), 7, 'spam');
select is(count(*), 1::bigint, 'moderators see bans') from api.group_bans;
set local app.user_id = '7';
select is(pg_temp.names(), '{asking}', 'who is banned sees the group no more');
select throws_ok('select api.join_group(pg_temp.grp($$open$$))', 'DA404', null, 'nor joins');
select is_empty('select from api.group_bans', 'nor reads why');
set local app.user_id = '1';
select throws_ok('select api.invite_to_group(pg_temp.grp($$open$$), 7)', 'DA409', null, 'nor is invited');
select isnt(api.unban_from_group(pg_temp.grp('open'), 7), null, 'until it is lifted');
select throws_ok('select api.unban_from_group(pg_temp.grp($$open$$), 7)', 'DA404', null, 'once');
select is(count(*), 3::bigint, 'Mona sees three members') from api.group_members where group_id = pg_temp.grp('open');

-- Posts.
set local app.user_id = '2';
select is(visibility::text, 'GROUP', 'Farid writes in the private group')
from api.create_group_post(pg_temp.grp('secret'), 'among us #hush');
select is(content, 'among us #hush', 'and reads it') from api.posts;
select throws_ok($$ update api.posts set visibility = 'PUBLIC' $$, '23514', null, 'it does not leave the group');
set local app.user_id = '1';
select is(content, 'among us #hush', 'so does Mona, a member') from api.posts;
select is(api.can_see_post(id), true, 'as everything agrees') from api.posts;
set local app.user_id = '3';
select is_empty('select from api.posts', 'Samir, who is none, does not');
select is_empty($$ select from api.hashtags where name = 'hush' $$, 'nor its hashtag');
select is_empty('select from api.post_stats', 'nor its numbers');
select throws_ok(
    'select api.create_group_post(pg_temp.grp($$secret$$), $$x$$)', 'DA404', null, 'nor writes there'
);
select throws_ok(
    'select api.create_post(row(null, $$x$$, null, $$GROUP$$, null, null, null, null, null, null, null, null, null, null, null))',
    '23514', null, 'a group''s post names its group'
);
set local app.user_id = '7';
select throws_ok('select api.create_group_post(pg_temp.grp($$asking$$), $$x$$)', 'DA403', null, 'who is no member writes not');
select throws_ok('select api.remove_group_post(1)', 'DA404', null, 'and removes nothing');
set local app.user_id = '1';
select isnt(api.remove_group_post((select id from api.posts)), null, 'an owner removes it');
select is_empty('select from api.posts', 'and it is gone');
select isnt(api.create_group_post(pg_temp.grp('secret'), 'second'), null, 'Mona writes');
select isnt(api.ban_from_group(pg_temp.grp('secret'), 2), null, 'and bans Farid');
set local app.user_id = '2';
select is_empty('select from api.posts', 'who reads no more');
reset role;
set local app.user_id = '';
select isnt_empty(
    $$ select from procrastinate.procrastinate_jobs where task_name = 'fanout.deliver' $$,
    'timelines hold posts of groups, too: who is a member is asked when they are read'
);
set local role authenticated;

-- Leaving.
set local app.user_id = '1';
select throws_ok('select api.leave_group(pg_temp.grp($$open$$))', 'DA409', null, 'the last owner does not leave');
select throws_ok(
    'select api.set_group_role(pg_temp.grp($$open$$), 1, $$MEMBER$$)', 'DA409', null, 'nor give the role away to nobody'
);
select isnt(api.set_group_role(pg_temp.grp('open'), 2, 'OWNER'), null, 'she passes it on');
select isnt(api.leave_group(pg_temp.grp('open')), null, 'and leaves');
select is_empty('select from api.group_members where group_id = pg_temp.grp($$open$$)', 'then she sees nobody there');
set local app.user_id = '2';
select isnt(api.delete_group(pg_temp.grp('open')), null, 'Farid closes it');
select is(pg_temp.names(), '{asking}', 'and it is gone');
select throws_ok('select api.delete_group(pg_temp.grp($$open$$))', 'DA404', null, 'for good');
select throws_ok('select api.decline_group_invite(pg_temp.grp($$asking$$))', 'DA404', null, 'no invitation, nothing to decline');
set local app.user_id = '9';
select throws_ok($$ select pg_temp.made('xyz', false, 'OPEN') $$, 'DA403', null, 'a suspended account founds none');
reset role;
set local app.user_id = '';
select is(count(*), 3::bigint, 'the superuser still sees them all') from api.groups;

select * from finish();
rollback;
