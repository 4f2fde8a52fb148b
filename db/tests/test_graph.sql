-- Follows and blocks.
begin;
select no_plan();

insert into api.users (id, username, is_private) values
    (1, 'mona', false), (2, 'farid', false), (3, 'samir', false), (4, 'basem', false), (5, 'lubna', true);
insert into api.posts (id, author_id, content, visibility) values
    (101, 1, 'for all', 'PUBLIC'), (102, 1, 'for followers', 'FOLLOWERS'), (103, 1, 'for me', 'PRIVATE');
insert into api.follows (follower_id, followee_id) values (3, 5);
delete from ops.counter_deltas;

-- Farid follows Mona.
set local role authenticated;
set local app.user_id = '2';
select lives_ok('insert into api.follows (followee_id) values (1)', 'Farid follows Mona');
select results_eq(
    'select follower_id::bigint, followee_id::bigint from api.follows', 'values (2::bigint, 1::bigint)',
    'and sees that he does'
);
select lives_ok(
    'insert into api.follows (followee_id) values (1) on conflict do nothing', 'following twice changes nothing'
);
select throws_ok('insert into api.follows (followee_id) values (2)', '23514', null, 'nobody follows themselves');
select throws_ok(
    'insert into api.follows (follower_id, followee_id) values (3, 1)', '42501', null, 'nor signs somebody else up'
);
select throws_ok(
    'insert into api.follows (followee_id) values (5)', '42501', null, 'a private account is not followed unasked'
);
select throws_ok(
    'insert into api.follows (followee_id) values (999)', '42501', null, 'and a missing one answers the same'
);
reset role;
select set_eq(
    'select post_id from feed.timelines where owner_id = 2 and post_id > 0', array[101, 102]::bigint[],
    'his timeline has her posts, but not the private one'
);
select set_eq(
    'select counter::text, subject_id, delta from ops.counter_deltas',
    $$ values ('USER_FOLLOWERS', 1::bigint, 1), ('USER_FOLLOWING', 2::bigint, 1) $$,
    'one follower more is recorded once'
);

-- Who sees that he follows her.
set local role authenticated;
set local app.user_id = '3';
select isnt_empty('select from api.follows where follower_id = 2', 'a stranger sees a follow between open accounts');
select isnt_empty('select from api.follows where followee_id = 5', 'Samir sees that he follows Lubna');
set local app.user_id = '2';
select is_empty('select from api.follows where followee_id = 5', 'Farid does not see who follows a private account');

-- Mona takes a follower away; Farid comes back; then he leaves.
set local app.user_id = '1';
select isnt_empty('delete from api.follows where follower_id = 2 returning 1', 'Mona can remove a follower');
reset role;
select is_empty('select from feed.timelines where owner_id = 2 and post_id > 0', 'and her posts leave his timeline');
set local role authenticated;
set local app.user_id = '2';
insert into api.follows (followee_id) values (1);
set local app.user_id = '3';
select is_empty('delete from api.follows where follower_id = 2 returning 1', 'a third person ends nothing');

-- Mona blocks Farid, who follows her.
set local app.user_id = '1';
select lives_ok('insert into api.blocks (blocked_id) values (2)', 'Mona blocks Farid');
select isnt_empty('select from api.blocks', 'she sees her blocks');
select is_empty('select from api.users where id = 2', 'and him no more');
select throws_ok('insert into api.blocks (blocked_id) values (1)', '23514', null, 'nobody blocks themselves');
select throws_ok(
    'insert into api.blocks (blocker_id, blocked_id) values (3, 2)', '42501', null, 'nor in another''s name'
);
set local app.user_id = '2';
select is_empty('select from api.blocks', 'Farid does not learn that he is blocked');
select is_empty('select from api.follows', 'he follows her no more');
select is_empty('select from api.posts where author_id = 1', 'and sees nothing of hers');
select throws_ok('insert into api.follows (followee_id) values (1)', '42501', null, 'nor can he follow again');
select is_empty('delete from api.blocks returning 1', 'nor lift the block');
set local app.user_id = '3';
select is_empty('select from api.blocks', 'a third person sees no block');
set local role anon;
set local app.user_id = '';
select throws_ok('select from api.follows', '42501', null, 'visitors see no follows');
select throws_ok('select from api.blocks', '42501', null, 'nor blocks');

reset role;
select is_empty('select from feed.timelines where owner_id = 2 and post_id > 0', 'the block emptied his timeline of her');
select is(count(*), 1::bigint, 'the block is there, seen by the superuser') from api.blocks;
set local role authenticated;
set local app.user_id = '1';
select isnt_empty('delete from api.blocks where blocked_id = 2 returning 1', 'Mona lifts the block');
set local app.user_id = '2';
select isnt_empty('select from api.posts where author_id = 1', 'and Farid sees her public posts again');
select is_empty('select from api.follows where follower_id = 2', 'but follows nobody by that');

reset role;
select isnt(ops.fold_counters(), 0, 'the deltas are folded');
select is(follower_count, 0, 'after folding Mona has the followers that she has') from api.user_stats where user_id = 1;
select is(following_count, 0, 'and Farid follows as many as he does') from api.user_stats where user_id = 2;

-- The same by functions, and all that goes beyond a follow.
reset role;
set local app.user_id = '';
insert into api.users (id, username) values (7, 'dina'), (8, 'minor'), (9, 'suspended'), (10, 'nadia');
insert into api.user_private (user_id, email, birth_date)
values (8, 'm@daira.example', (now() - interval '15 years')::date);
update api.users set is_private = false where id = 8;
update api.users set state = 'SUSPENDED' where id = 9;
insert into api.posts (id, author_id, content, visibility) values
    (105, 5, 'by Lubna', 'PUBLIC'), (110, 10, 'by Nadia', 'PUBLIC');
delete from api.follows;
delete from ops.counter_deltas;

-- Farid follows an open account, asks a private one and a minor, and finds nobody else.
set local role authenticated;
set local app.user_id = '2';
select is((r).follow_state::text, 'FOLLOWING', 'an open account is followed') from api.follow_user(1) as r;
select is((r).follow_state::text, 'FOLLOWING', 'twice changes nothing') from api.follow_user(1) as r;
select is((r).follow_state::text, 'REQUESTED', 'a private one is asked') from api.follow_user(5) as r;
select is((r).follow_state::text, 'REQUESTED', 'twice changes nothing here either') from api.follow_user(5) as r;
select is((r).follow_state::text, 'REQUESTED', 'a minor is asked, open or not') from api.follow_user(8) as r;
select throws_ok('insert into api.follows (followee_id) values (8)', '42501', null, 'and not followed by hand');
select throws_ok('select api.follow_user(9)', 'DA404', 'There is no such user.', 'the suspended are not there');
select throws_ok('select api.follow_user(999)', 'DA404', 'There is no such user.', 'as those who never were');
select throws_ok('select api.follow_user(2)', '23514', null, 'nobody follows themselves');
select results_eq(
    'select followee_id::bigint from api.follow_requests order by 1', array[5, 8]::bigint[], 'he sees what he has asked'
);
select is_empty('select from api.posts where id = 105', 'asking shows nothing');
select results_eq(
    'select user_id::bigint, following, requested, followed_by from api.relationships(array[1, 5, 9, 2, 999]) order by 1',
    'values (1::bigint, true, false, false), (5::bigint, false, true, false)',
    'one look-up tells how he stands to many, and leaves out whom he does not see'
);
reset role;
select set_eq(
    'select counter::text, subject_id, delta from ops.counter_deltas',
    $$ values ('USER_FOLLOWERS', 1::bigint, 1), ('USER_FOLLOWING', 2::bigint, 1) $$, 'requests are not counted'
);

-- Lubna declines, then accepts.
set local role authenticated;
set local app.user_id = '5';
select results_eq(
    'select follower_id::bigint from api.follow_requests order by 1', array[2]::bigint[], 'Lubna sees who asks');
select is((r).requested_by, true, 'as a relationship too') from api.relationships(array[2]) as r;
select is((r).requested_by, false, 'she declines') from api.reject_follow(2) as r;
select throws_ok('select api.accept_follow(2)', 'DA404', 'There is no such request.', 'and there is nothing to accept');
set local app.user_id = '2';
select is((r).follow_state::text, 'REQUESTED', 'he may ask again') from api.follow_user(5) as r;
select is((r).follow_state::text, 'NONE', 'and take it back') from api.cancel_follow(5) as r;
select lives_ok('select api.follow_user(5)', 'and ask once more');
set local app.user_id = '5';
select is((r).followed_by, true, 'she accepts') from api.accept_follow(2) as r;
select lives_ok('select api.accept_follow(2)', 'twice changes nothing');
set local app.user_id = '2';
select isnt_empty('select from api.posts where id = 105', 'Farid sees her posts');
select is((r).follow_state::text, 'FOLLOWING', 'and follows') from api.relationships(array[5]) as r;
reset role;
select isnt_empty('select from feed.timelines where owner_id = 2 and post_id = 105', 'his timeline is filled');
select is_empty('select from api.follow_requests where follower_id = 2 and followee_id = 5', 'the request is gone');
select is(sum(delta), 1::bigint, 'and the follow is counted')
from ops.counter_deltas where counter = 'USER_FOLLOWERS' and subject_id = 5;

-- Who sees who follows whom.
set local role authenticated;
set local app.user_id = '3';
select results_eq(
    'select id::bigint from api.list_followers(1) order by 1', array[2]::bigint[], 'followers of an open account');
select results_eq(
    'select id::bigint from api.list_following(2) order by 1', array[1]::bigint[], 'without those of a private one');
select is_empty('select from api.list_followers(5)', 'nobody, of a private one');
set local app.user_id = '5';
select results_eq(
    'select id::bigint from api.list_followers(5) order by 1', array[2]::bigint[], 'she sees her own');
select is((r).followed_by, false, 'and takes one away') from api.remove_follower(2) as r;
set local app.user_id = '2';
select is_empty('select from api.posts where id = 105', 'who sees her posts no more');
select is((r).follow_state::text, 'NONE', 'an end to a follow') from api.unfollow_user(1) as r;
select lives_ok('select api.unfollow_user(1)', 'twice changes nothing');
select is((r).follow_state::text, 'NONE', 'unfollowing takes a request back as well')
from api.unfollow_user(8) as r;

-- Circles and close friends are the owner's secret.
set local app.user_id = '1';
select is((c).name, 'family', 'Mona makes a circle') from api.create_circle(' family ', array[2, 7, 1]) as c;
select throws_ok($$ select api.create_circle('family') $$, '23505', null, 'one of a name');
select throws_ok($$ select api.create_circle('x', array[9]) $$, 'DA404', null, 'of people whom she sees');
select results_eq(
    'select member_id::bigint from api.circle_members order by 1', array[2, 7]::bigint[], 'she sees who is in it, herself not'
);
select is((r).close_friend, true, 'Dina is a close friend') from api.add_close_friend(7) as r;
select lives_ok('select api.add_close_friend(7)', 'twice changes nothing');
select is((r).name, 'kin', 'a circle is renamed')
from api.circles as c cross join lateral api.rename_circle(c.id, 'kin', 1) as r;
select throws_ok(
    format('select api.rename_circle(%s, $$ k $$, 1)', (select id from api.circles)), 'DA409', null,
    'not by a stale version'
);
reset role;
create temporary table circle on commit drop as select id::bigint as id from api.circles;
grant select on circle to public;
set local role authenticated;
set local app.user_id = '7';
select is_empty('select from api.circles', 'Dina does not know that there is a circle');
select is_empty('select from api.circle_members', 'nor that she is in it');
select is_empty('select from api.close_friends', 'nor that she is a close friend');
select throws_ok(
    format('select api.%s', f.call), 'DA404', 'There is no such circle of yours.', 'what is not one''s own is not there'
)
from circle as c
cross join lateral (
    values
        (format('delete_circle(%s)', c.id)), (format('rename_circle(%s, $$ x $$)', c.id)),
        (format('add_circle_members(%s, array[3])', c.id)), (format('remove_circle_members(%s, array[7])', c.id))
) as f (call);
set local app.user_id = '1';
select lives_ok(format('select api.add_circle_members(%s, array[3, 2])', c.id), 'members are added') from circle as c;
select lives_ok(format('select api.remove_circle_members(%s, array[3])', c.id), 'and removed') from circle as c;
reset role;
insert into api.users (id, username) select 1000 + i, 'many_' || i from generate_series(1, 501) as i;
set local role authenticated;
select throws_ok(
    format('select api.add_circle_members(%s, array(select generate_series(1001, 1499)))', c.id), 'DA422', null,
    'a circle has its limit'
) from circle as c;
reset role;
insert into api.muted_words (user_id, word) select 1, 'word ' || i from generate_series(1, 199) as i;
insert into api.close_friends (owner_id, friend_id) select 1, 1000 + i from generate_series(1, 499) as i;
insert into api.circles (owner_id, name) select 1, 'circle ' || i from generate_series(1, 49) as i;
set local role authenticated;
select throws_ok('select api.add_close_friend(2)', 'DA422', null, 'so has the list of close friends');
select throws_ok($$ select api.create_circle('one more') $$, 'DA422', null, 'and the number of circles');
select is((w).word, 'اسم الفيلم', 'words are muted') from api.mute_word(' اسم الفيلم ', 'TIMELINE') as w;
select is((w).expires_at, timestamptz '2100-01-01Z', 'again, for a time')
from api.mute_word('اسم الفيلم', 'ALL', '2100-01-01Z') as w;
select throws_ok($$ select api.mute_word('one more') $$, 'DA422', null, 'up to a number');
select is(api.unmute_word('اسم الفيلم'), true, 'and read again');
select is(api.unmute_word('اسم الفيلم'), false, 'once');

-- Mutes and restrictions, of which nobody is told.
select is((r).muting, true, 'Mona mutes Samir') from api.mute_user(3, 'TIMELINE') as r;
select is((r).muting, false, 'a mute that is over counts no more')
from api.mute_user(3, 'ALL', now() - interval '1 hour') as r;
select is((r).muting, true, 'one for ever does') from api.mute_user(3) as r;
select throws_ok($$ select api.mute_user(3, 'HERE') $$, '23514', null, 'scopes are a closed set');
select throws_ok('select api.mute_user(9)', 'DA404', null, 'only people whom she sees');
select is((r).restricting, true, 'she restricts him') from api.restrict_user(3) as r;
select is((t).scope::text, 'NOTIFICATIONS', 'and mutes a conversation') from api.mute_post(110, 'NOTIFICATIONS') as t;
select throws_ok('select api.mute_post(105)', 'DA404', null, 'of a post that she sees');
set local app.user_id = '3';
select is_empty('select from api.mutes union all select from api.restricts', 'Samir learns nothing of it');
select is((r).muting or (r).restricting or (r).blocking, false, 'not by the look-up') from api.relationships(array[1]) as r;
set local app.user_id = '1';
select is((r).muting, false, 'it ends') from api.unmute_user(3) as r;
select is((r).restricting, false, 'as does the restriction') from api.unrestrict_user(3) as r;
select is(api.unmute_post(110), true, 'and the silence');

-- A block ends everything between two people, both ways.
select is((r).follow_state::text, 'REQUESTED', 'Mona asks Lubna') from api.follow_user(5) as r;
set local app.user_id = '5';
select lives_ok('select api.add_close_friend(1)', 'who counts her among her friends');
select lives_ok($$ select api.create_circle('work', array[1]) $$, 'and has her in a circle');
select is((r).blocking, true, 'and then blocks her') from api.block_user(1) as r;
select lives_ok('select api.block_user(1)', 'twice changes nothing');
select is_empty(
    'select from api.follow_requests union all select from api.close_friends union all select from api.circle_members',
    'nothing is left'
);
set local app.user_id = '1';
select throws_ok('select api.follow_user(5)', 'DA404', 'There is no such user.', 'Mona finds nobody to follow');
select is_empty('select from api.relationships(array[5])', 'nor to look up');
select throws_ok('select api.add_close_friend(5)', 'DA404', null, 'nor to befriend');
select lives_ok('select api.block_user(5)', 'she can block back all the same');
set local app.user_id = '5';
select is(r is null, true, 'Lubna lifts her block') from api.unblock_user(1) as r;
select is_empty('select from api.users where id = 1', 'and still does not see Mona');
select throws_ok('select api.block_user(999)', 'DA404', null, 'nobody is blocked who never was');

-- Suggestions: Samir follows Farid, who follows others.
reset role;
set local app.user_id = '';
delete from api.follows;
update api.users set is_private = true where id = 1001;
update api.user_settings set is_discoverable = false where user_id = 1002;
insert into api.mutes (muter_id, muted_id) values (3, 1003);
insert into api.blocks (blocker_id, blocked_id) values (1004, 3), (3, 1005);
update api.users set state = 'DEACTIVATED' where id = 1006;
insert into api.follows (follower_id, followee_id)
select 2, unnest(array[3, 8, 9, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009]);
insert into api.follows (follower_id, followee_id) values (3, 2), (3, 7), (7, 1008), (3, 1009);
set local role authenticated;
set local app.user_id = '3';
select results_eq(
    'select (s.node).id::bigint, s.mutual_count from api.suggest_users() as s',
    'values (1008::bigint, 2), (1007::bigint, 1)',
    'friends of friends: nobody private, hidden, muted, blocked, gone, of minor age or followed already'
);
select is(count(*), 1::bigint, 'as many as wanted') from api.suggest_users(1);
select is((r).following, true, 'a profile shows the relationship')
from api.users as u cross join lateral api._relationship(u) as r where u.id = 2;

-- The suspended change nothing here either.
set local app.user_id = '9';
select throws_ok('select api.follow_user(1)', 'DA403', 'The account is suspended.', 'the suspended follow nobody');
select throws_ok('select api.block_user(1)', 'DA403', null, 'and block nobody');
set local app.user_id = '';
select throws_ok('select api.follow_user(1)', 'DA401', null, 'a token without a user neither');

select * from finish();
rollback;
