-- Delivery and the feed.
begin;
select no_plan();
update feed.delivery_settings set timeline_from = 0;

insert into api.users (id, username, is_private) values
    (1, 'mona', false), (2, 'farid', false), (3, 'samir', false), (4, 'basem', false), (5, 'lubna', true),
    (7, 'star', false);
insert into api.follows (follower_id, followee_id) values (2, 1), (2, 5), (2, 7), (3, 1);
insert into feed.pulled_authors (author_id) values (7);
insert into api.posts (id, author_id, content, visibility) values
    (101, 1, 'for all', 'PUBLIC'),
    (102, 1, 'for followers', 'FOLLOWERS'),
    (103, 1, 'for me', 'PRIVATE'),
    (105, 5, 'private account', 'PUBLIC'),
    (107, 7, 'by a star', 'PUBLIC'),
    (108, 3, 'by Samir', 'PUBLIC'),
    (109, 2, 'by Farid himself', 'PRIVATE');

create function pg_temp.page(after text default null, size integer default 20) returns bigint[] language sql
as $$
    select array_agg((e.node).id order by e.place)
    from unnest((api.feed(after, size)).edges) with ordinality as e (cursor, node, place)
$$;
create function pg_temp.info(after text default null, size integer default 20) returns api.page_info language sql
as $$ select (api.feed(after, size)).page_info $$;

-- The worker delivers.
set local role worker;
select is(feed.fan_out(101), 2, 'a post goes to all followers');
select is(feed.fan_out(101), 0, 'and a second delivery adds nothing');
select is(feed.fan_out(102), 2, 'those for followers too');
select is(feed.fan_out(103), 0, 'a private one to nobody');
select is(feed.fan_out(105), 1, 'a private account''s to its followers');
select is(feed.fan_out(107), 0, 'one by an author whose posts are fetched is not delivered');
select is(feed.fan_out(999), 0, 'nor one that is not there');
select throws_ok('select from feed.timelines', '42501', null, 'the worker itself reads no timelines');
reset role;
select results_eq(
    'select owner_id, post_id from feed.timelines where post_id > 0 order by 1, 2',
    $$ values (2::bigint, 101::bigint), (2, 102), (2, 105), (3, 101), (3, 102) $$, 'timelines hold what was delivered'
);

-- Farid reads his feed.
set local role authenticated;
set local app.user_id = '2';
select is(pg_temp.page(), '{109,107,105,102,101}', 'newest first: followed, fetched and his own, not Samir''s');
select is((pg_temp.info()).has_next_page, false, 'that is all');
select is((pg_temp.info()).has_previous_page, false, 'from the beginning');
select is(pg_temp.page(null, 2), '{109,107}', 'a page of two');
select is((pg_temp.info(null, 2)).has_next_page, true, 'has another after it');
select is(pg_temp.page((pg_temp.info(null, 2)).end_cursor, 2), '{105,102}', 'which goes on where the first ended');
select is((pg_temp.info((pg_temp.info(null, 2)).end_cursor, 2)).has_previous_page, true, 'and knows of one before it');
select is(pg_temp.page((pg_temp.info(null, 4)).end_cursor, 2), '{101}', 'the last page is short');
select is(pg_temp.page((pg_temp.info(null, 5)).end_cursor, 2), null, 'after the end there is nothing');
select is((pg_temp.info((pg_temp.info(null, 5)).end_cursor)).end_cursor, null, 'and no cursor');
select is(cardinality(pg_temp.page(null, 0)), 1, 'a page has at least one');
select throws_ok(
    format('select api.feed(%L)', bad), 'DA400', 'The cursor is not one of this feed.', 'not a cursor: ' || bad
) from (values ('x'), (''), ('ZjE6'), ('!!'), ('ZjI6MTI'), (repeat('A', 4000)), ('//////')) as b (bad);
select throws_ok('select feed.fan_out(101)', '42501', null, 'users deliver nothing');
select throws_ok('select from feed.timelines', '42501', null, 'and read no timelines');
set local role anon;
set local app.user_id = '';
select throws_ok('select api.feed()', '42501', null, 'visitors have no feed');
set local role authenticated;
select throws_ok('select api.feed()', 'DA401', null, 'nor has a token without a user');

-- What changes after delivery changes what is seen, whatever the timelines hold.
reset role;
create temporary table delivered on commit drop as
select * from feed.timelines;
truncate feed.timelines;
set local role authenticated;
set local app.user_id = '2';
select is(pg_temp.page(), '{109,107,105,102,101}', 'without timelines the feed is the same');
select is(pg_temp.page((pg_temp.info(null, 2)).end_cursor, 2), '{105,102}', 'page by page');
reset role;
insert into feed.timelines select * from delivered;
insert into feed.timelines (owner_id, post_id, author_id) values (2, 103, 1), (2, 108, 1), (2, 108000, 1);
set local role authenticated;
select is(pg_temp.page(), '{109,107,105,102,101}', 'nor do posts that are private, a stranger''s or not there change it');
reset role;
update api.posts set visibility = 'PRIVATE' where id = 102;
update api.posts set deleted_at = now() where id = 107;
update api.users set deleted_at = now() where id = 5;
set local role authenticated;
select is(pg_temp.page(), '{109,101}', 'narrowed and deleted posts and closed accounts are gone at once');
reset role;
update api.posts set visibility = 'FOLLOWERS' where id = 102;
delete from api.follows where follower_id = 2 and followee_id = 1;
insert into feed.timelines select * from delivered on conflict do nothing;
set local role authenticated;
select is(pg_temp.page(), '{109}', 'a delivery that comes after unfollowing shows nothing');
reset role;
insert into api.follows (follower_id, followee_id) values (2, 1);
set local role authenticated;
select is(pg_temp.page(), '{109,102,101}', 'following again does');
reset role;
insert into api.blocks (blocker_id, blocked_id) values (1, 2);
insert into feed.timelines select * from delivered on conflict do nothing;
set local role authenticated;
select is(pg_temp.page(), '{109}', 'a block hides all, in the feed of the blocked');

-- Farid mutes words, a thread, a person. What was delivered and what is fetched are left out alike.
reset role;
set local app.user_id = '';
insert into api.users (id, username) values (20, 'muter'), (21, 'told'), (22, 'pulled');
insert into api.follows (follower_id, followee_id) values (20, 21), (20, 22);
insert into feed.pulled_authors (author_id) values (22);
insert into api.posts (id, author_id, content) values
    (121, 21, 'tea'), (122, 21, 'The END of the film'), (123, 21, 'a thread'), (124, 22, 'tea'), (125, 22, 'the end'),
    (126, 20, 'my own end');
do $$ begin perform feed.fan_out(p) from generate_series(121, 123) as p; end $$;
set local role authenticated;
set local app.user_id = '20';
select is(pg_temp.page(), array[126, 125, 124, 123, 122, 121]::bigint[], 'all, at first');
select lives_ok($$ select api.mute_word('End') $$, 'a word is muted');
select is(pg_temp.page(), array[126, 124, 123, 121]::bigint[], 'posts with it are left out, but for one''s own');
select is(pg_temp.page(null, 1), array[126]::bigint[], 'pages are as long as before');
select lives_ok('select api.mute_post(123)', 'a thread is muted');
select is(pg_temp.page(), array[126, 124, 121]::bigint[], 'and left out');
select lives_ok($$ select api.mute_user(22, 'NOTIFICATIONS') $$, 'a person is muted in notifications');
select is(pg_temp.page(), array[126, 124, 121]::bigint[], 'which is not the feed');
select lives_ok($$ select api.mute_user(22, 'TIMELINE') $$, 'and in the feed');
select is(pg_temp.page(), array[126, 121]::bigint[], 'which is');
select isnt_empty('select from api.posts where author_id = 22', 'what is muted can be seen all the same');
select lives_ok($$ select api.mute_word('End', 'ALL', now() - interval '1 hour') $$, 'a mute ends in time');
select is(pg_temp.page(), array[126, 122, 121]::bigint[], 'and the posts are back');
reset role;
delete from feed.timelines where owner_id = 20;
set local role authenticated;
select is(pg_temp.page(), array[126, 122, 121]::bigint[], 'the same without timelines');
reset role;
delete from api.users where id in (20, 21, 22);
set local app.user_id = '2';

-- Authors with many followers.
reset role;
update api.user_stats set follower_count = 10000 where user_id = 1;
do $$ begin perform feed.review_delivery('{1,7}'); end $$;
select set_eq('select author_id from feed.pulled_authors', array[1]::bigint[], 'from 10,000 followers on posts are fetched');
update api.user_stats set follower_count = 9000 where user_id = 1;
do $$ begin perform feed.review_delivery('{1}'); end $$;
select isnt_empty('select from feed.pulled_authors', 'down to 8,000');
delete from feed.timelines where post_id > 0;
update api.user_stats set follower_count = 7999 where user_id = 1;
do $$ begin perform feed.review_delivery('{1}'); end $$;
select is_empty('select from feed.pulled_authors', 'below that they are delivered again');
select set_eq(
    'select post_id from feed.timelines where post_id > 0', array[101, 102]::bigint[], 'beginning with the newest'
);

select * from finish();
rollback;
