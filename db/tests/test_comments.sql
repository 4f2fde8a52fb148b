-- Comments.
begin;
select no_plan();

insert into api.users (id, username, is_private) values
    (1, 'mona', false), (2, 'farid', false), (3, 'samir', false), (4, 'basem', false);
insert into api.follows (follower_id, followee_id) values (2, 1);
insert into api.blocks (blocker_id, blocked_id) values (1, 4);
insert into api.posts (id, author_id, content, visibility) values
    (101, 1, 'for all', 'PUBLIC'), (102, 1, 'for followers', 'FOLLOWERS'), (108, 3, 'by Samir', 'PUBLIC');
insert into api.comments (id, post_id, author_id, content) values
    (201, 101, 3, 'by Samir'), (202, 108, 4, 'by Basem'), (203, 102, 2, 'by Farid');

create function pg_temp.seen() returns bigint[] language sql
as $$ select array_agg(id order by id) from api.comments where id between 201 and 299 $$;

-- Samir answers himself, twice down.
set local role authenticated;
set local app.user_id = '3';
select lives_ok(
    $$ insert into api.comments (post_id, parent_id, content) values (101, 201, 'first') $$, 'Samir answers'
);
select is(depth, 1::smallint, 'an answer stands below') from api.comments where content = 'first';
select is(path::text, '201.' || id, 'its path holds its ancestors') from api.comments where content = 'first';
select throws_ok(
    $$ insert into api.comments (post_id, parent_id, content) values (108, 201, 'x') $$, 'DA404', null,
    'an answer stays under its post'
);
select throws_ok(
    $$ insert into api.comments (post_id, parent_id, content) values (101, 999, 'x') $$, 'DA404', null,
    'a missing comment has no answers'
);
select throws_ok(
    $$ insert into api.comments (post_id, parent_id, content) values (102, 203, 'x') $$, 'DA404', null,
    'a hidden one looks missing'
);
select throws_ok(
    $$ insert into api.comments (post_id, content) values (102, 'x') $$, '42501', null, 'a hidden post takes no comment'
);
select throws_ok(
    $$ insert into api.comments (post_id, content) values (999, 'x') $$, '42501', null, 'and a missing one answers the same'
);
select throws_ok(
    $$ insert into api.comments (post_id, content) values (101, '') $$, '23514', null, 'a comment says something'
);
select throws_ok(
    $$ insert into api.comments (post_id, content) values (101, repeat('x', 2201)) $$, '23514', null, 'but not too much'
);
select throws_ok(
    $$ insert into api.comments (post_id, content, path) values (101, 'x', '1.2.3') $$, '42501', null,
    'nobody chooses where a comment stands'
);

-- Who sees which.
select is(pg_temp.seen(), '{201,202}', 'Samir sees comments of posts that he sees');
set local app.user_id = '1';
select is(pg_temp.seen(), '{201,203}', 'Mona does not see whom she blocked, under anybody''s post');
set local app.user_id = '2';
select is(pg_temp.seen(), '{201,202,203}', 'Farid sees those for followers too');
set local app.user_id = '4';
select is(pg_temp.seen(), '{202}', 'Basem sees nothing under Mona''s posts');
set local role anon;
set local app.user_id = '';
select is(pg_temp.seen(), '{201,202}', 'a visitor sees the public ones');
select throws_ok(
    $$ insert into api.comments (post_id, content) values (101, 'x') $$, '42501', null, 'and writes none'
);

-- Changing and deleting.
set local role authenticated;
set local app.user_id = '2';
select is_empty($$ update api.comments set content = 'x' where id = 201 returning id $$, 'Farid changes no comment of Samir''s');
select throws_ok('select api.delete_comment(201)', 'DA404', null, 'nor deletes it');
set local app.user_id = '3';
select lives_ok($$ update api.comments set content = 'edited', version = 1 where id = 201 $$, 'Samir edits his');
select throws_ok(
    $$ update api.comments set content = 'late', version = 1 where id = 201 $$, 'DA409', null, 'a late edit is a conflict'
);
select isnt((api.delete_comment(201)).deleted_at, null, 'he deletes it');
select is_empty('select from api.comments where id = 201', 'and it is gone');
select isnt_empty($$ select from api.comments where content = 'first' $$, 'its answer stays');
select throws_ok(
    $$ insert into api.comments (post_id, parent_id, content) values (101, 201, 'x') $$, 'DA404', null,
    'a deleted comment takes no answer'
);

reset role;
select isnt(ops.fold_counters(), 0, 'the deltas are folded');
select is(comments_count, 1, 'counted are comments that are there') from api.post_stats where post_id = 101;
delete from api.comments where post_id = 108;
select isnt(ops.fold_counters(), 0, 'and folded again');
select is(comments_count, 0, 'also when rows are removed') from api.post_stats where post_id = 108;
select throws_ok(
    'update api.comments set post_id = 108 where id = 203', 'DA403', null, 'a comment is not moved'
);

select * from finish();
rollback;
