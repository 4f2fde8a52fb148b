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
    'select post_id from feed.timelines where owner_id = 2', array[101, 102]::bigint[],
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
select is_empty('select from feed.timelines where owner_id = 2', 'and her posts leave his timeline');
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
select is_empty('select from feed.timelines where owner_id = 2', 'the block emptied his timeline of her');
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

select * from finish();
rollback;
