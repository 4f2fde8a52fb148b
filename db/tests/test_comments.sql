-- Comments.
begin;
select no_plan();

insert into api.users (id, username, is_private) values
    (1, 'mona', false), (2, 'farid', false), (3, 'samir', false), (4, 'basem', false), (5, 'dina', false);
insert into api.follows (follower_id, followee_id) values (2, 1);
insert into api.blocks (blocker_id, blocked_id) values (1, 4);
insert into api.restricts (restricter_id, restricted_id) values (1, 5);
insert into api.posts (id, author_id, content, visibility) values
    (101, 1, 'for all', 'PUBLIC'), (102, 1, 'for followers', 'FOLLOWERS'), (108, 3, 'by Samir', 'PUBLIC'),
    (109, 1, 'for all, too', 'PUBLIC'), (110, 1, 'answered by followers', 'PUBLIC');
update api.posts set reply_gate = 'FOLLOWERS' where id = 110;
insert into api.comments (id, post_id, author_id, content) values
    (201, 101, 3, 'by Samir'), (202, 108, 4, 'by Basem'), (203, 102, 2, 'by Farid');

create function pg_temp.seen() returns bigint[] language sql
as $$ select array_agg(id order by id) from api.comments where id between 201 and 299 $$;
create function pg_temp.listed(post bigint, sort text, cursor text default null, with_hidden boolean default false, "limit" integer default 20)
returns text language sql as $$
    select string_agg((e.node).content, ' ' order by e.place)
    from unnest((api.list_comments(post, null, sort, cursor, "limit", with_hidden)).edges) with ordinality as e (cursor, node, place)
$$;

-- Samir answers himself, twice down.
set local role authenticated;
set local app.user_id = '3';
select is((api.create_comment(row(101, 201, 'first'))).depth, 1::smallint, 'Samir answers, and an answer stands below');
select is(path::text, '201.' || id, 'its path holds its ancestors') from api.comments where content = 'first';
select throws_ok(
    $$ select api.create_comment(row(108, 201, 'x')) $$, 'DA404', null, 'an answer stays under its post'
);
select throws_ok(
    $$ select api.create_comment(row(101, 999, 'x')) $$, 'DA404', null, 'a missing comment has no answers'
);
select throws_ok(
    $$ select api.create_comment(row(102, 203, 'x')) $$, 'DA404', 'There is no such post.', 'a hidden post takes no comment'
);
select throws_ok(
    $$ select api.create_comment(row(999, null, 'x')) $$, 'DA404', 'There is no such post.', 'and a missing one answers the same'
);
select throws_ok(
    $$ select api.create_comment(row(101, null, '')) $$, '23514', null, 'a comment says something'
);
select throws_ok(
    $$ select api.create_comment(row(101, null, repeat('x', 2201))) $$, '23514', null, 'but not too much'
);
select throws_ok(
    $$ insert into api.comments (post_id, content, path) values (101, 'x', '1.2.3') $$, '42501', null,
    'nobody chooses where a comment stands'
);
select throws_ok(
    $$ insert into api.comments (post_id, content, state) values (101, 'x', 'VISIBLE') $$, '42501', null,
    'nor whether it waits'
);

select throws_ok(
    $$ select api.create_comment(row(110, null, 'x')) $$, 'DA403', null, 'nor one whose author wants followers only'
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
select isnt(edited_at, null, 'which shows') from api.comments where id = 201;
select throws_ok(
    $$ update api.comments set content = 'late', version = 1 where id = 201 $$, 'DA409', null, 'a late edit is a conflict'
);
select isnt((api.delete_comment(201)).deleted_at, null, 'he deletes it');
select results_eq(
    'select author_id::bigint, content from api.comments where id = 201', 'values (null::bigint, null)',
    'its place stays, without author and text'
);
select isnt_empty($$ select from api.comments where content = 'first' $$, 'because its answer stays');
select throws_ok(
    $$ select api.create_comment(row(101, 201, 'x')) $$, 'DA404', null, 'a deleted comment takes no answer'
);
select isnt(api.delete_comment(id), null, 'and the answer is deleted') from api.comments where content = 'first';
select is_empty('select from api.comments where post_id = 101', 'then nothing is left to see');
reset role;
select results_eq(
    'select content from ops.deleted_comments order by comment_id', $$ values ('edited'), ('first') $$,
    'what was said is kept for reports'
);
select is(ops.fold_counters() > 0, true, 'the deltas are folded');
select is(comments_count, 0, 'counted are comments that are there') from api.post_stats where post_id = 101;
select throws_ok(
    'update api.comments set post_id = 108 where id = 203', 'DA403', null, 'a comment is not moved'
);
delete from api.comments where post_id = 108;
select is(ops.fold_counters() > 0, true, 'and folded again');
select is(comments_count, 0, 'also when rows are removed') from api.post_stats where post_id = 108;

-- Who is gone leaves empty places.
insert into api.users (id, username) values (7, 'leaver');
insert into api.comments (id, post_id, author_id, content) values (221, 109, 7, 'soon gone');
insert into api.comments (id, post_id, parent_id, author_id, content) values (222, 109, 221, 3, 'answer');
delete from api.users where id = 7;
set local role anon;
select results_eq(
    'select id::bigint, content from api.comments where post_id = 109 order by id', $$ values (221::bigint, null), (222, 'answer') $$,
    'the answers to people who are gone stay'
);
select is(array_agg(id order by path), '{221,222}', 'and stand below an empty place') from api.comment_thread(221);
reset role;
delete from api.comments where post_id = 109;

-- Lists: Farid, Samir and Mona write under 109, and like.
insert into api.comments (id, post_id, author_id, content) values
    (231, 109, 2, 'a'), (232, 109, 3, 'b'), (233, 109, 1, 'c'), (234, 109, 2, 'd'), (235, 109, 4, 'blocked');
insert into api.comments (id, post_id, parent_id, author_id, content) values (236, 109, 231, 3, 'e'), (237, 109, 231, 2, 'f');
insert into api.comment_likes (comment_id, user_id) values (232, 1), (232, 2), (231, 3), (237, 3);
select is(ops.fold_counters() > 0, true, 'likes are folded');
set local role authenticated;
set local app.user_id = '1';
select is(pg_temp.listed(109, 'NEWEST'), 'd c b a', 'newest first');
select is(pg_temp.listed(109, 'OLDEST'), 'a b c d', 'oldest first');
select is(pg_temp.listed(109, 'TOP'), 'b a d c', 'most liked first');
select is(pg_temp.listed(109, sort, (api.list_comments(109, null, sort, null, 2)).page_info.end_cursor), rest, 'a page goes on, by ' || sort)
from (values ('TOP', 'd c'), ('NEWEST', 'b a'), ('OLDEST', 'c d')) as v (sort, rest);
select is((api.list_comments(109, null, 'TOP', null, 3)).page_info.has_next_page, true, 'there is more');
select is((api.list_comments(109, null, 'TOP', null, 4)).page_info.has_next_page, false, 'there is not');
select throws_ok(
    format('select api.list_comments(109, null, ''TOP'', %L)', (api.list_comments(109, null, 'NEWEST')).page_info.end_cursor),
    'DA400', null, 'a cursor belongs to its order'
);
select throws_ok(format('select api.list_comments(109, null, ''TOP'', %L)', c), 'DA400', null, 'no cursor at all')
from unnest('{x,!!!,YzE6,/w}'::text[]) as c;
select throws_ok('select api.list_comments(999)', 'DA404', null, 'a missing post has no list');
select is((select string_agg((e.node).content, ' ') from unnest((api.list_comments(109, 231, sort)).edges) as e), wanted, 'answers, by ' || sort)
from (values ('TOP', 'f e'), ('NEWEST', 'f e'), ('OLDEST', 'e f')) as v (sort, wanted);
select is(string_agg(content, ' ' order by path), 'a e f', 'a thread in its order') from api.comment_thread(231);
select results_eq(
    'select api._likes_count(c), api._replies_count(c), api._is_liked(c), api._is_liked_by_author(c) from api.comments as c where id in (231, 232) order by id',
    'values (1, 2, false, false), (2, 0, true, true)', 'what is counted, what the viewer and what the author like'
);

-- Mona pins one, hides one.
select is((api.pin_comment(231)).comment_id::bigint, 231::bigint, 'Mona pins a comment');
select is((api.pin_comment(233)).comment_id::bigint, 233::bigint, 'then another');
select throws_ok('select api.pin_comment(236)', 'DA404', null, 'which answers the post itself');
select is(pg_temp.listed(109, 'TOP', "limit" => 2), 'c b', 'it comes first');
select is(
    pg_temp.listed(109, 'TOP', (api.list_comments(109, null, 'TOP', null, 2)).page_info.end_cursor), 'a d', 'and once'
);
select is(api._is_pinned(c), true, 'and says so') from api.comments as c where id = 233;
select is((api.hide_comment(231)).state::text, 'HIDDEN', 'Mona hides a comment');
set local app.user_id = '3';
select is(pg_temp.listed(109, 'TOP'), 'c b blocked d', 'lists leave it out');
select is(pg_temp.listed(109, 'TOP', null, true), 'c b a blocked d', 'unless they are asked');
select throws_ok('select api.hide_comment(234)', 'DA404', null, 'Samir hides none under Mona''s post');
select is(api.unpin_comment(109), false, 'nor ends the pinning');
set local app.user_id = '1';
select is((api.approve_comment(231)).state::text, 'VISIBLE', 'Mona shows it again');
select is(api.unpin_comment(109), true, 'and pins none');
select is(pg_temp.listed(109, 'OLDEST'), 'a b c d', 'so that all is as before');

-- Likes.
set local app.user_id = '3';
select lives_ok('select api.like_comment(231), api.like_comment(231)', 'Samir likes, and may say it twice');
select is(count(*), 1::bigint, 'which is one like') from api.comment_likes where comment_id = 231;
select is(api.unlike_comment(231), true, 'he takes it back');
select is(api.unlike_comment(231), false, 'once');
select throws_ok('select api.like_comment(203)', 'DA404', null, 'he likes nothing that he can''t see');
set local app.user_id = '4';
select throws_ok('select api.like_comment(233)', 'DA404', null, 'nor does Basem');

-- Mona restricts Dina, who does not notice.
set local app.user_id = '5';
select is((api.create_comment(row(109, 231, 'by Dina'))).state::text, 'VISIBLE', 'Dina answers');
select isnt_empty($$ select from api.comments where content = 'by Dina' $$, 'and sees it');
select is_empty('select from api.withheld_comments', 'and nothing else');
set local app.user_id = '2';
select is_empty($$ select from api.comments where content = 'by Dina' $$, 'Farid does not');
select is(count(*), 3::bigint, 'in the thread neither') from api.comment_thread(231);
reset role;
select is(ops.fold_counters() > 0, true, 'deltas are folded');
select is(replies_count, 2, 'it is not counted') from api.comment_stats where comment_id = 231;
set local role authenticated;
set local app.user_id = '1';
select isnt_empty($$ select from api.comments where content = 'by Dina' $$, 'Mona sees it');
select is((api.approve_comment(comment_id)).content, 'by Dina', 'and approves it') from api.withheld_comments;
set local app.user_id = '2';
select isnt_empty($$ select from api.comments where content = 'by Dina' $$, 'then Farid sees it');
reset role;
select is(ops.fold_counters() > 0, true, 'deltas are folded');
select is(replies_count, 3, 'and it is counted') from api.comment_stats where comment_id = 231;
set local role authenticated;
set local app.user_id = '5';
select isnt(api.create_comment(row(109, null, 'to be deleted')), null, 'Dina writes again');
select isnt(api.delete_comment(id), null, 'and deletes it') from api.comments where content = 'to be deleted';

-- Mona wants to approve what strangers write, and hides a word.
set local app.user_id = '1';
insert into api.comment_settings (approval) values ('STRANGERS');
insert into api.comment_keywords (keyword) values ('رَديء');
set local app.user_id = '3';
select is((api.create_comment(row(109, null, 'by a stranger'))).state::text, 'HELD', 'a stranger waits');
set local app.user_id = '2';
select is_empty($$ select from api.comments where content = 'by a stranger' $$, 'nobody else sees it');
select is((api.create_comment(row(109, null, 'by a follower'))).state::text, 'VISIBLE', 'a follower does not');
select is((api.create_comment(row(109, null, 'كلام رديء'))).state::text, 'HIDDEN', 'a hidden word hides');
update api.comments set content = 'رديء' where content = 'by a follower';
select is(state::text, 'HIDDEN', 'also when it comes later') from api.comments where content = 'رديء';
set local app.user_id = '1';
select is((api.create_comment(row(109, null, 'رديء بصوتي'))).state::text, 'VISIBLE', 'but not from herself');
select is((api.approve_comment(id)).state::text, 'VISIBLE', 'she lets the stranger in') from api.comments where content = 'by a stranger';
set local app.user_id = '3';
update api.comments set content = 'by a stranger, changed' where content = 'by a stranger';
select is(state::text, 'HELD', 'until he changes it') from api.comments where content like 'by a stranger%';

reset role;
select is_empty('select * from ops.counter_drift', 'all is counted exactly');
select * from finish();
rollback;
