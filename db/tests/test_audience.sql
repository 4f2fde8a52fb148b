-- Who sees what: circles, close friends, what is archived and what has ended. Everything else asks the same rule.
begin;
select no_plan();
update feed.delivery_settings set timeline_from = 0;

select tap.people();
insert into api.follows (follower_id, followee_id) values (7, 1);
insert into api.posts (id, author_id, content, visibility, circle_id, archived_at, expires_at) values
    (101, 1, 'for all', 'PUBLIC', null, null, null), (102, 1, 'for followers', 'FOLLOWERS', null, null, null),
    (103, 1, 'for me', 'PRIVATE', null, null, null), (104, 1, 'for the family #wedding', 'CIRCLE', 11, null, null),
    (105, 1, 'for close friends', 'CLOSE_FRIENDS', null, null, null), (106, 1, 'archived', 'PUBLIC', null, now(), null),
    (107, 1, 'over', 'PUBLIC', null, null, now()), (108, 1, 'until tomorrow', 'PUBLIC', null, null, now() + '1 day');
insert into api.comments (id, post_id, author_id, content)
select 200 + p.id, p.id, 1, 'a remark' from api.posts as p;
insert into api.reactions (post_id, user_id) select p.id, 1 from api.posts as p;

create function pg_temp.seen() returns bigint[] language sql
as $$ select array_agg(id order by id) from api.posts $$;
create function pg_temp.commented() returns bigint[] language sql
as $$ select array_agg(post_id order by post_id) from api.comments $$;
create function pg_temp.reacted() returns bigint[] language sql
as $$ select array_agg(post_id order by post_id) from api.reactions $$;
create function pg_temp.counted() returns bigint[] language sql
as $$ select array_agg(post_id order by post_id) from api.post_stats $$;
create function pg_temp.can_see() returns bigint[] language sql
as $$ select array_agg(id order by id) from generate_series(101, 109) as p (id) where api.can_see_post(id) $$;
create function pg_temp.fed() returns bigint[] language sql
as $$ select array_agg((e.node).id order by (e.node).id) from unnest((api.feed(null, 50)).edges) as e (cursor, node) $$;

set local role authenticated;
set local app.user_id = '1';
select is(pg_temp.seen(), '{101,102,103,104,105,106,107,108}', 'the author sees all, the archive too');
select is(pg_temp.fed(), '{101,102,103,104,105,108}', 'but the archive is not in the feed');
set local app.user_id = '2';
select is(pg_temp.seen(), '{101,102,108}', 'a follower sees neither circle nor close friends');
set local app.user_id = '3';
select is(pg_temp.seen(), '{101,108}', 'a stranger what is for all');
set local app.user_id = '4';
select is(pg_temp.seen(), null, 'who is blocked nothing');
set local app.user_id = '7';
select is(pg_temp.seen(), '{101,102,104,105,108}', 'Dina is in the circle and a close friend');
select is(pg_temp.commented(), pg_temp.seen(), 'comments are seen with their posts');
select is(pg_temp.reacted(), pg_temp.seen(), 'and reactions');
select is(pg_temp.counted(), pg_temp.seen(), 'and numbers');
select is(pg_temp.can_see(), pg_temp.seen(), 'can_see_post says the same');
select is(pg_temp.fed(), pg_temp.seen(), 'and so does the feed');
select is_empty('select from api.circles', 'though she does not see the circle');
select is_empty('select from api.circle_members', 'nor that she is in it');
select isnt_empty($$ select from api.hashtags where name = 'wedding' $$, 'she sees the hashtag');
set local app.user_id = '2';
select is_empty($$ select from api.hashtags where name = 'wedding' $$, 'Farid does not: it was never used in public');
select is(pg_temp.fed(), '{101,102,108}', 'his feed has what he sees');
set local role anon;
set local app.user_id = '';
select is(pg_temp.seen(), '{101,108}', 'visitors see what is for all');
select is(pg_temp.can_see(), '{101,108}', 'and nothing else');

-- Delivery goes to all followers, for audiences change without it: the feed asks when it is read.
reset role;
select isnt(feed.fan_out(104), 0, 'a circle''s post is delivered');
select isnt(feed.fan_out(105), 0, 'and one for close friends');
insert into feed.timelines (owner_id, post_id, author_id)
values (2, 104, 1), (2, 105, 1), (2, 106, 1), (2, 107, 1)
on conflict do nothing;
set local role authenticated;
set local app.user_id = '2';
select is(pg_temp.fed(), '{101,102,108}', 'what was delivered, and is not for him, is not shown');

-- Membership is live.
reset role;
delete from api.circle_members;
delete from api.close_friends;
set local role authenticated;
set local app.user_id = '7';
select is(pg_temp.seen(), '{101,102,108}', 'out of the circle, out of its posts');
select is(pg_temp.fed(), '{101,102,108}', 'in the feed, too');
reset role;
insert into api.circle_members (circle_id, member_id) values (11, 7), (11, 4);
set local role authenticated;
select is(pg_temp.seen(), '{101,102,104,108}', 'and in again');
set local app.user_id = '4';
select is(pg_temp.seen(), null, 'a block outweighs membership');
reset role;
delete from api.circles;
set local role authenticated;
set local app.user_id = '7';
select is(pg_temp.seen(), '{101,102,108}', 'a circle''s posts stay hidden when the circle is gone');
set local app.user_id = '1';
select is((select visibility::text from api.posts where id = 104), 'CIRCLE', 'from all but the author');
reset role;
update api.users set state = 'SUSPENDED' where id = 1;
set local role authenticated;
set local app.user_id = '2';
select is(pg_temp.seen(), null, 'a suspended account''s posts are gone');
set local app.user_id = '1';
select is(cardinality(pg_temp.seen()), 8, 'but for itself');

reset role;
select is(count(*), 8::bigint, 'all of it is still there') from api.posts;
select * from finish();
rollback;
