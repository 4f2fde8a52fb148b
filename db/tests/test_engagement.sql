-- Reactions, saves, shares, views, feedback, and batches of them.
begin;
select no_plan();

insert into api.users (id, username, is_private) values
    (1, 'mona', false), (2, 'farid', false), (3, 'samir', false), (4, 'basem', false);
insert into api.follows (follower_id, followee_id) values (2, 1);
insert into api.blocks (blocker_id, blocked_id) values (1, 4);
insert into api.posts (id, author_id, content, visibility) values
    (101, 1, 'for all', 'PUBLIC'), (102, 1, 'for followers', 'FOLLOWERS'), (108, 3, 'by Samir', 'PUBLIC');
insert into api.reactions (post_id, user_id, kind) values (108, 4, 'LIKE');
create function pg_temp.events(variadic events api.engagement_event_input[]) returns text language sql as $$
    select string_agg(r.post_id || ' ' || r.status, ', ') from api.record_engagement(events) as r
$$;

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

-- By function: at once, once, and for what one sees.
set local role authenticated;
set local app.user_id = '2';
select is((api.react_post(101)).kind::text, 'LIKE', 'Farid reacts by function');
select is((api.react_post(101, 'WOW')).kind::text, 'WOW', 'twice');
select is(api._my_reaction(p), 'WOW', 'and reads it at once') from api.posts as p where id = 101;
select is(api.unreact_post(101), true, 'he takes it back');
select is(api.unreact_post(101), false, 'once');
select is(api._my_reaction(p), null, 'and reads that') from api.posts as p where id = 101;
select throws_ok('select api.react_post(999)', 'DA404', 'There is no such post.', 'a missing post takes no reaction');
set local app.user_id = '3';
select throws_ok('select api.react_post(102)', 'DA404', 'There is no such post.', 'a hidden one answers the same');

-- Saves are private.
set local app.user_id = '2';
insert into api.save_folders (name) values ('recipes');
select is((api.save_post(101)).folder_id, null, 'Farid saves a post');
select is((api.save_post(101, id)).folder_id::bigint, id::bigint, 'and moves it to a folder') from api.save_folders;
select is(api._is_saved(p), id = 101, 'which he sees') from api.posts as p where id in (101, 102);
delete from api.save_folders;
select is(folder_id, null, 'without the folder it is still saved') from api.saves;
insert into api.save_folders (name) values ('sweets');
set local app.user_id = '1';
select is_empty('select from api.saves', 'Mona does not see who saved');
select is_empty('select from api.save_folders', 'nor where');
reset role;
select is(ops.fold_counters() > 0, true, 'but how many');
select is(saves_count, 1, 'is known') from api.post_stats where post_id = 101;
set local role authenticated;
set local app.user_id = '2';
select is(api.unsave_post(101), true, 'he lets it go');

-- Shares and feedback.
select is((api.share_post(101, 'EXTERNAL', 'whatsapp')).kind::text, 'EXTERNAL', 'Farid passes a post on');
select throws_ok($$ select api.share_post(101, 'PIGEON') $$, '23514', null, 'by a known way');
select is((api.give_feedback(108)).kind::text, 'HIDE', 'he hides a post');
select is((api.give_feedback(108, 'NOT_INTERESTED')).kind::text, 'NOT_INTERESTED', 'and finds it dull');
insert into api.follows (followee_id) values (3);
select is_empty(
    $$ select from unnest((api.feed()).edges) as e where (e.node).id = 108 $$, 'his feed leaves it out'
);
select is(api.withdraw_feedback(108), true, 'he thinks again');
select isnt_empty(
    $$ select from unnest((api.feed()).edges) as e where (e.node).id = 108 $$, 'and it is back'
);

-- Views: once in half an hour, the time added up.
select results_eq(
    $$ select status::text from api.record_views(array[row(101, 'FEED', 1000, 40), row(102, null, null, null), row(101, null, 500, 20), row(999, null, 1, null)]::api.view_input[]) $$,
    $$ values ('DONE'), ('DONE'), ('DONE'), ('NOT_FOUND') $$, 'Farid sees posts'
);
select results_eq(
    $$ select status::text from api.record_views(array[row(101, 'PROFILE', 250, 90)]::api.view_input[]) $$,
    $$ values ('REPEATED') $$, 'one of them again'
);
select results_eq(
    'select source::text, dwell_ms, completion from api.views where post_id = 101', $$ values ('FEED', 1750, 90::smallint) $$,
    'which is one view'
);
select throws_ok(
    $$ select api.record_views(array[row(101, null, -5000, null)]::api.view_input[]) $$, '23514', null, 'time does not run backwards'
);
set local app.user_id = '1';
select is_empty('select from api.views', 'Mona does not see who saw');
reset role;
select is(ops.fold_counters() > 0, true, 'but how many');
select is(views_count, 1::bigint, 'did') from api.post_stats where post_id = 101;

-- Batches.
set local role authenticated;
set local app.user_id = '2';
select is(
    pg_temp.events(
        row('REACT', 101, 'LOVE', null, null, null, null, null), row('SAVE', 101, null, null, null, null, null, null),
        row('REACT', 101, 'SAD', null, null, null, null, null), row('SHARE', 102, null, null, null, null, 'MESSAGE', null),
        row('REACT', 999, null, null, null, null, null, null), row('UNSAVE', 108, null, null, null, null, null, null),
        row('VIEW', 108, null, null, 10, null, null, null)
    ),
    '101 DONE, 101 DONE, 101 DONE, 102 DONE, 999 NOT_FOUND, 108 REPEATED, 108 DONE', 'a batch answers for each event'
);
select is(kind::text, 'SAD', 'the last word counts') from api.reactions where post_id = 101 and user_id = 2;
select is(
    pg_temp.events(row('REACT', 101, 'SAD', null, null, null, null, null), row('SAVE', 101, null, null, null, null, null, null)),
    '101 REPEATED, 101 REPEATED', 'sent again it changes nothing'
);
select is(
    pg_temp.events(row('UNREACT', 101, null, null, null, null, null, null), row('UNSAVE', 101, null, null, null, null, null, null)),
    '101 DONE, 101 DONE', 'and is undone by its opposite'
);
select is_empty($$ select api.record_engagement('{}') $$, 'an empty batch is empty');
select throws_ok(
    $$ select api.record_engagement(array_fill(row('VIEW', 101, null, null, null, null, null, null)::api.engagement_event_input, array[101])) $$,
    'DA400', null, 'a batch holds a hundred'
);
set local app.user_id = '4';
select is(
    pg_temp.events(row('REACT', 101, null, null, null, null, null, null), row('VIEW', 102, null, null, null, null, null, null)),
    '101 NOT_FOUND, 102 NOT_FOUND', 'to Basem Mona''s posts do not exist'
);

-- Drift and repair.
reset role;
select is_empty('select * from ops.counter_drift', 'all is counted exactly');
delete from ops.counter_deltas;
update api.post_stats set likes_count = 41, views_count = 9 where post_id = 101;
update api.user_stats set post_count = 7 where user_id = 1;
select isnt_empty('select from ops.counter_drift', 'and if not it is found');
set local role worker;
select is(ops.recount('{1}'), 1, 'what belongs to one is repaired');
select is(ops.recount() > 1, true, 'then all');
select is(ops.recount(), 0, 'then none');
select is(ops.fold_counters() > 0, true, 'the repairs are deltas');
reset role;
select results_eq(
    'select likes_count, views_count from api.post_stats where post_id = 101', 'values (0, 1::bigint)', 'and the sums are right again'
);

-- What is gone for good was never seen, and saw nothing.
insert into api.users (id, username) values (9, 'gone');
insert into api.posts (id, author_id, content) values (998, 1, 'gone');
insert into api.views (window_id, user_id, post_id) values (1, 9, 101), (1, 1, 998);
set local role migrator;
delete from api.users where id = 9;
delete from api.posts where id = 998;
reset role;
select is_empty('select from api.views where 9 = user_id or 998 = post_id', 'views go with who or what is gone');
select is(ops.fold_counters() > 0, true, 'and are no longer counted');
select is_empty($$ select * from ops.counter_drift where counter = 'POST_VIEWS' $$, 'neither more nor less');

select * from finish();
rollback;
