-- Timelines: who gets a post, how long they grow, and who rests.
begin;
select no_plan();

insert into api.users (id, username) values (1, 'mona'), (2, 'farid'), (3, 'samir'), (4, 'basem');
insert into api.follows (follower_id, followee_id) values (2, 1), (3, 1), (4, 1), (2, 4);
create function pg_temp.timeline(owner bigint) returns bigint[] language sql
as $$ select array_agg(post_id order by post_id) from feed.timelines where owner_id = owner and post_id > 0 $$;
create function pg_temp.lacking() returns bigint[] language sql
as $$ select array_agg(u order by u) from feed.timelines_to_rebuild() as u $$;
create function pg_temp.floor(owner bigint) returns bigint language sql
as $$ select floor_id from feed.timelines where owner_id = owner and post_id = 0 $$;

-- Only those who were there within a week get posts.
update feed.activity set seen_at = now() - interval '8 days' where user_id = 3;
insert into feed.timelines (owner_id, post_id, author_id) values (3, 1, 1);
insert into api.posts (id, author_id, content) values (101, 1, 'x');
set local role worker;
select is(feed.rest_timelines(10), 1, 'Samir was not there for a week');
select is(feed.rest_timelines(10), 0, 'which is noted once');
select is(feed.fan_out(101), 2, 'a post goes to those who are there');
reset role;
select is(pg_temp.timeline(3), null, 'Samir''s timeline rests, empty');
select is(pg_temp.floor(3), null, 'and promises nothing');
select is(feed.rebuild_timeline(3), 0, 'nor is it rebuilt');
insert into api.posts (id, author_id, content) values (102, 1, 'y');
select is(pg_temp.timeline(3), null, 'and nothing comes in');
delete from procrastinate.procrastinate_jobs;
do $$ begin perform feed.see_user(3); end $$;
select results_eq(
    'select task_name::text, args from procrastinate.procrastinate_jobs',
    $$ values ('fanout.rebuild', '{"user_id": 3}'::jsonb) $$, 'when he comes back a job is to fill it'
);
do $$ begin perform feed.see_user(3); end $$;
select is((select count(*) from procrastinate.procrastinate_jobs), 1::bigint, 'once');
set local role worker;
select is(feed.rebuild_timeline(3), 2, 'with the newest posts');
select is(feed.rebuild_timeline(3), 0, 'which a second time adds nothing to');
reset role;
select is(pg_temp.timeline(3), '{101,102}', 'all of them');
select is(pg_temp.floor(3), 0::bigint, 'so it misses nothing');

-- A session shows that somebody is there.
update feed.activity set seen_at = now() - interval '2 days' where user_id = 2;
insert into auth.sessions (user_id, refresh_key, expires_at, ends_at)
values (2, sha256('k'), now() + interval '1 day', now() + interval '1 day');
select is(seen_at, now(), 'signing in counts') from feed.activity where user_id = 2;
update feed.activity set seen_at = now() - interval '2 days' where user_id = 2;
update auth.sessions set refresh_counter = 1 where user_id = 2;
select is(seen_at, now(), 'and so does renewing') from feed.activity where user_id = 2;
-- A minute ago, but today: with a new day it is written again.
update feed.activity set seen_at = greatest(now() - interval '1 minute', date_trunc('day', now(), 'Africa/Cairo')) where user_id = 2;
update auth.sessions set refresh_counter = 2 where user_id = 2;
select isnt(seen_at, now(), 'it is written once an hour') from feed.activity where user_id = 2;

-- Timelines end.
update feed.delivery_settings set timeline_rows = 3, rebuilt_rows = 2;
delete from feed.timelines where post_id > 0;
insert into feed.timelines (owner_id, post_id, author_id) select 2, n, 1 from generate_series(201, 206) as n;
insert into feed.timelines (owner_id, post_id, author_id) select 4, n, 1 from generate_series(201, 203) as n;
set local role worker;
select is(feed.trim_timelines(10), 3, 'what is too long is cut');
select is(feed.trim_timelines(10), 0, 'once');
reset role;
select is(pg_temp.timeline(2), '{204,205,206}', 'the newest stay');
select is(cardinality(pg_temp.timeline(4)), 3, 'what fits stays');
select is(pg_temp.floor(2), 204::bigint, 'and the timeline misses nothing from there on');
select is(pg_temp.floor(4), 0::bigint, 'or from the beginning');

-- A timeline that is emptied promises nothing until it is rebuilt.
truncate feed.timelines;
insert into feed.timelines (owner_id, post_id, author_id) select 2, n, 1 from generate_series(201, 206) as n;
set local role worker;
select is(feed.trim_timelines(10), 0, 'nothing is cut meanwhile');
select is(pg_temp.lacking(), array[1, 2, 3, 4]::bigint[], 'all are to be rebuilt');
select is(feed.rebuild_timeline(2), 2, 'with the newest');
select is(pg_temp.lacking(), array[1, 3, 4]::bigint[], 'which is done');
reset role;
select is(pg_temp.floor(2), 101::bigint, 'that many, and no older ones');
do $$ begin perform feed.rebuild_timeline(u) from unnest('{1,3,4}'::bigint[]) as u; end $$;

-- What is archived or deleted meanwhile is not delivered; shown again it is.
insert into api.posts (id, author_id, content) values (301, 1, 'later');
select is((select count(*) from feed.undelivered where post_id = 301), 1::bigint, 'a new post is on its way');
update api.posts set archived_at = now() where id = 301;
set local role worker;
select is(feed.fan_out(301), 0, 'an archived post goes to nobody');
reset role;
select is_empty('select from feed.undelivered where post_id = 301', 'which ends the way');
delete from procrastinate.procrastinate_jobs;
update api.posts set archived_at = null where id = 301;
select is((select count(*) from procrastinate.procrastinate_jobs), 1::bigint, 'shown again it is delivered again');
select is((select count(*) from feed.undelivered where post_id = 301), 1::bigint, 'and is on its way again');
update api.posts set visibility = 'FOLLOWERS' where id = 301;
select is((select count(*) from procrastinate.procrastinate_jobs), 1::bigint, 'another audience needs no delivery');
update api.posts set content = 'edited' where id = 301;
select is((select count(*) from procrastinate.procrastinate_jobs), 1::bigint, 'nor does an edit');
update api.posts set visibility = 'PRIVATE' where id = 301;
select is((select count(*) from procrastinate.procrastinate_jobs), 1::bigint, 'nor a post that is private now');
update api.posts set visibility = 'CLOSE_FRIENDS' where id = 301;
select is((select count(*) from procrastinate.procrastinate_jobs), 2::bigint, 'but one that is so no more');

-- Unfollowed, blocked and muted people leave the timeline in the same transaction.
update feed.delivery_settings set timeline_rows = 800, rebuilt_rows = 200;
delete from feed.timelines where post_id > 0;
update feed.timelines set floor_id = 0;
delete from api.posts;
insert into api.posts (id, author_id, content) values (401, 1, 'x'), (402, 4, 'x');
do $$ begin perform feed.fan_out(401), feed.fan_out(402); end $$;
select is(pg_temp.timeline(2), '{401,402}', 'two authors');
insert into api.mutes (muter_id, muted_id, scope) values (2, 1, 'ALL');
select is(pg_temp.timeline(2), '{402}', 'the muted is taken out');
update api.mutes set scope = 'NOTIFICATIONS' where muter_id = 2;
select is(pg_temp.timeline(2), '{401,402}', 'muted for notifications only he is back');
update api.mutes set scope = 'TIMELINE' where muter_id = 2;
delete from api.mutes where muter_id = 2;
select is(pg_temp.timeline(2), '{401,402}', 'and when muted no more');
insert into api.blocks (blocker_id, blocked_id) values (1, 2);
select is(pg_temp.timeline(2), '{402}', 'who is blocked loses the posts');
delete from api.follows where follower_id = 2;
select is(pg_temp.timeline(2), null, 'and so does who unfollows');

-- Of an author with many posts the newest are filled in, and the timeline promises no more than these.
update feed.delivery_settings set filled_rows = 2;
insert into api.posts (id, author_id, content) values (403, 4, 'y'), (404, 4, 'z');
insert into api.follows (follower_id, followee_id) values (2, 4);
select is(pg_temp.timeline(2), '{403,404}', 'the newest are filled in');
select is(pg_temp.floor(2), 403::bigint, 'and the promise begins with them');
select is(pg_temp.floor(3), 0::bigint, 'for nobody else');

select * from finish();
rollback;
