-- Reactions.
begin;
select no_plan();

insert into api.users (id, username, is_private) values
    (1, 'mona', false), (2, 'farid', false), (3, 'samir', false), (4, 'basem', false);
insert into api.follows (follower_id, followee_id) values (2, 1);
insert into api.blocks (blocker_id, blocked_id) values (1, 4);
insert into api.posts (id, author_id, content, visibility) values
    (101, 1, 'for all', 'PUBLIC'), (102, 1, 'for followers', 'FOLLOWERS'), (108, 3, 'by Samir', 'PUBLIC');
insert into api.reactions (post_id, user_id, kind) values (108, 4, 'LIKE');

-- Farid reacts, thinks again, and takes it back.
set local role authenticated;
set local app.user_id = '2';
select lives_ok($$ insert into api.reactions (post_id, kind) values (102, 'LIKE') $$, 'Farid likes a post for followers');
select lives_ok(
    $$ insert into api.reactions (post_id, user_id, kind) values (102, 2, 'LOVE')
    on conflict (post_id, user_id) do update
    set post_id = excluded.post_id, user_id = excluded.user_id, kind = excluded.kind $$,
    'and loves it after all'
);
select results_eq(
    'select kind::text from api.reactions where post_id = 102', $$ values ('LOVE') $$, 'one person has one reaction'
);
select throws_ok(
    $$ update api.reactions set kind = 'MEH' where post_id = 102 $$, '23514', null, 'of a known kind'
);
select throws_ok(
    'update api.reactions set post_id = 101 where post_id = 102', 'DA403', null, 'which stays where it is'
);
select throws_ok(
    'insert into api.reactions (post_id, user_id) values (101, 3)', '42501', null, 'nobody reacts for another'
);

-- Samir can't react to what he can't see.
set local app.user_id = '3';
select throws_ok('insert into api.reactions (post_id) values (102)', '42501', null, 'Samir reacts to nothing hidden');
select throws_ok('insert into api.reactions (post_id) values (999)', '42501', null, 'nor to what is missing');
select is_empty('select from api.reactions where post_id = 102', 'nor sees who did');
select isnt_empty('select from api.reactions where post_id = 108', 'he sees Basem under his own post');
select is_empty('delete from api.reactions returning post_id', 'and takes nobody''s reaction away');
set local app.user_id = '1';
select is_empty('select from api.reactions where post_id = 108', 'Mona does not see whom she blocked');
set local app.user_id = '4';
select throws_ok('insert into api.reactions (post_id) values (101)', '42501', null, 'the blocked do not react');
set local role anon;
set local app.user_id = '';
select throws_ok('select from api.reactions', '42501', null, 'visitors see the sums only');

reset role;
select is(sum(delta), 1::bigint, 'changing a reaction is not counted twice')
from ops.counter_deltas where counter = 'POST_LIKES' and subject_id = 102;
select isnt(ops.fold_counters(), 0, 'the deltas are folded');
select is(likes_count, 1, 'the sum follows') from api.post_stats where post_id = 102;
set local role authenticated;
set local app.user_id = '2';
select isnt_empty('delete from api.reactions where post_id = 102 returning post_id', 'Farid takes it back');
reset role;
select isnt(ops.fold_counters(), 0, 'and folded again');
select is(likes_count, 0, 'and so does the sum') from api.post_stats where post_id = 102;

select * from finish();
rollback;
