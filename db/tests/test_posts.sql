-- What authors do with posts: threads, edits, media, mentions, quotes, reposts, pins, archive, reply gates, lists.
begin;
select no_plan();

select tap.people();
insert into api.users (id, username, is_private, user_type) values (10, 'nagwa.new', false, 'CREATOR');
insert into ops.handle_changes (user_id, old_handle, new_handle) values (10, 'nagwa', 'nagwa.new');
insert into api.media (id, owner_id, bucket, object_key, content_type, status, rejection) values
    (31, 1, 'media-public', '1/a', 'image/png', 'ready', null), (32, 1, 'media-public', '1/b', 'video/mp4', 'uploaded', null),
    (33, 2, 'media-public', '2/c', 'image/png', 'ready', null), (34, 1, 'media-public', '1/d', 'image/png', 'rejected', 'bad');
create function pg_temp.post(input jsonb) returns bigint language sql
as $$ select id from api.create_post(jsonb_populate_record(null::api.create_post_input, input)) $$;
create function pg_temp.change(post bigint, input jsonb) returns setof api.posts language sql
as $$ select * from api.update_post(post, jsonb_populate_record(null::api.update_post_input, input)) $$;
create function pg_temp.thread(input jsonb) returns setof api.posts language sql
as $$ select * from api.create_thread(jsonb_populate_record(null::api.create_thread_input, input)) $$;
create function pg_temp.mentioned(post bigint) returns bigint[] language sql
as $$ select array_agg(user_id order by user_id) from api.post_mentions where post_id = post $$;
create temporary table made (name text primary key, id bigint) on commit drop;
grant select, insert on made to public;

-- Threads.
set local role authenticated;
set local app.user_id = '1';
select throws_ok($$ select pg_temp.thread('{"posts": [{"content": "alone"}]}') $$, 'DA422', null, 'one post is no thread');
select throws_ok(
    $$ select pg_temp.thread('{"posts": [{"content": "good"}, {"content": ""}]}') $$, '23514', null, 'a bad post'
);
select is_empty('select from api.posts', 'takes the others with it');
select results_eq(
    $$ select content, type::text, thread_position::integer from pg_temp.thread('{"visibility": "FOLLOWERS",
    "posts": [{"content": "one"}, {"content": "two"}, {"content": "three"}]}') $$,
    $$ values ('one', 'THREAD', 1), ('two', 'THREAD', 2), ('three', 'THREAD', 3) $$, 'a thread is made in order'
);
select is(count(distinct thread_root_id), 1::bigint, 'under one root') from api.posts;
select is(thread_root_id, id, 'which is the first') from api.posts where content = 'one';
select lives_ok($$ select api.delete_post(id) from api.posts where content = 'two' $$, 'a post in the middle goes');
select results_eq(
    'select content, thread_position::integer from api.posts order by thread_root_id, thread_position',
    $$ values ('one', 1), ('three', 3) $$, 'the chain stays'
);
set local app.user_id = '3';
select is_empty('select from api.posts', 'and is for followers, all of it');

-- Media of one's own, in order, with their descriptions.
set local app.user_id = '1';
insert into made values
    ('media', pg_temp.post('{"media": [{"media_id": 32}, {"media_id": "31", "alt_text": "A cat on a wall"}]}'));
select results_eq(
    'select position::integer, object_key, alt_text from api.post_media order by position',
    $$ values (1, '1/b', ''), (2, '1/a', 'A cat on a wall') $$, 'a post shows uploads'
);
select throws_ok(
    format($$ select pg_temp.post('{"media": [{"media_id": %s}]}') $$, id), 'DA404', null, 'not one to show: ' || id
) from (values (33), (34), (99)) as bad (id);
set local app.user_id = '3';
select is(count(*), 2::bigint, 'others find them') from api.post_media;
select is_empty('select from api.media', 'but not what she uploaded');

-- Edits.
set local app.user_id = '1';
insert into made values ('edited', pg_temp.post('{"content": "frist", "visibility": "PRIVATE"}'));
select is((pg_temp.change(id, '{"content": "first", "version": 1}')).version, 2, 'an edit counts') from made where name = 'edited';
select throws_ok(
    format($$ select pg_temp.change(%s, '{"content": "late", "version": 1}') $$, id), 'DA409', null, 'a late one is a conflict'
) from made where name = 'edited';
select isnt((pg_temp.change(id, '{"visibility": "PUBLIC"}')).edited_at, null, 'it carries a mark') from made where name = 'edited';
select isnt_empty($$ select pg_temp.change(id, '{"content": "First!"}') from made where name = 'edited' $$, 'and is edited again');
select is(count(*), 2::bigint, 'the author reads all former texts') from api.post_edits;
set local app.user_id = '3';
select results_eq('select content from api.post_edits', array['first'], 'others those that were for them');
select throws_ok(
    format($$ select pg_temp.change(%s, '{"content": "x"}') $$, id), 'DA404', null, 'and edit nothing'
) from made where name = 'edited';

-- Circles are one's own.
set local app.user_id = '3';
select throws_ok($$ select pg_temp.post('{"content": "x", "circle_id": 11}') $$, 'DA404', null, 'another''s circle');
select throws_ok($$ select pg_temp.post('{"content": "x", "circle_id": 12}') $$, 'DA404', null, 'is as good as none');
select throws_ok(
    $$ insert into api.posts (content, visibility, circle_id) values ('x', 'CIRCLE', 11) $$, 'DA404', null, 'in REST, too'
);
select throws_ok($$ select pg_temp.post('{"content": "x", "visibility": "CIRCLE"}') $$, 'DA404', null, 'a circle has a name');
set local app.user_id = '1';
select throws_ok(
    $$ select pg_temp.post('{"content": "x", "visibility": "PUBLIC", "circle_id": 11}') $$, '23514', null,
    'a circle and everybody is a contradiction'
);
insert into made values ('circle', pg_temp.post('{"content": "for the circle", "circle_id": 11}'));
select is((pg_temp.change(id, '{"visibility": "FOLLOWERS"}')).circle_id::bigint, null, 'for followers it names none')
from made where name = 'circle';
select is((pg_temp.change(id, '{"circle_id": 11}')).visibility::text, 'CIRCLE', 'and goes back') from made where name = 'circle';

-- Mentions.
reset role;
update api.user_settings set mention_policy = 'FOLLOWED' where user_id = 3;
update api.user_settings set mention_policy = 'NOBODY' where user_id = 7;
set local role authenticated;
insert into made values ('mentions', pg_temp.post(
    '{"content": "@farid, @SAMIR @basem @dina @nagwa @nobody a@farid.example /@lubna @mona."}'
));
select is(pg_temp.mentioned(id), '{2,10}', 'mentioned: Farid, and Nagwa by her old handle; nobody against their wish')
from made where name = 'mentions';
reset role;
insert into api.follows (follower_id, followee_id) values (3, 1);
set local role authenticated;
select isnt_empty($$ select pg_temp.change(id, '{"content": "@samir @farid"}') from made where name = 'mentions' $$, 'an edit');
select is(pg_temp.mentioned(id), '{2,3}', 'mentions anew; Samir follows her now') from made where name = 'mentions';
reset role;
delete from api.follows where follower_id = 3 and followee_id = 1;

-- Quotes.
set local role authenticated;
set local app.user_id = '1';
insert into made values ('original', pg_temp.post('{"content": "Koshary is a salad"}'));
insert into made values ('for followers', pg_temp.post('{"content": "between us", "visibility": "FOLLOWERS"}'));
set local app.user_id = '2';
insert into made
select 'quote of ' || name, pg_temp.post(jsonb_build_object('content', 'Hear, hear', 'quoted_post_id', id))
from made where name in ('original', 'for followers');
set local app.user_id = '3';
select throws_ok(
    format($$ select pg_temp.post('{"content": "x", "quoted_post_id": %s}') $$, id), 'DA404', null, 'what one can''t see'
) from made where name = 'for followers';
select throws_ok($$ select pg_temp.post('{"content": "x", "quoted_post_id": 99}') $$, 'DA404', null, 'or is not there');
select results_eq(
    $$ select m.name, q.content from made as m inner join api.posts as p on p.id = m.id
    left join api.posts as q on q.id = p.quoted_post_id where m.name like 'quote of%' order by m.name $$,
    $$ values ('quote of for followers', null), ('quote of original', 'Koshary is a salad') $$,
    'a quote shows what its reader may see'
);
select throws_ok(format('select api.detach_quote(%s)', id), 'DA404', null, 'only the quoted detach') from made
where name = 'quote of original';
set local app.user_id = '1';
select is(api.detach_quote(id), true, 'Mona takes her post out') from made where name = 'quote of original';
select is(quoted_post_id::bigint, null, 'the quote stands alone') from api.posts
where id = (select id from made where name = 'quote of original');
select throws_ok(format('select api.detach_quote(%s)', id), 'DA404', null, 'once') from made where name = 'quote of original';

-- Reposts.
set local app.user_id = '2';
select is((api.repost(id)).visibility::text, 'PUBLIC', 'Farid passes it on') from made where name = 'original';
select is((api.repost(id, 'FOLLOWERS')).visibility::text, 'FOLLOWERS', 'then to his followers only') from made where name = 'original';
select is(api.unrepost(id), false, 'what was not passed on is not taken back') from made where name = 'edited';
select throws_ok(format('select api.repost(%s, %L)', id, 'CIRCLE'), '23514', null, 'to circles nothing is passed on') from made
where name = 'original';
select throws_ok(format('select api.repost(%s)', id), 'DA404', null, 'nor what one can''t see') from made where name = 'circle';
set local app.user_id = '7';
select throws_ok(format('select api.repost(%s)', id), 'DA404', null, 'nor what a circle was told') from made where name = 'circle';
select is_empty('select from api.reposts', 'Dina does not follow Farid');
set local app.user_id = '3';
select is(count(*), 1::bigint, 'Samir does') from api.reposts;
set local app.user_id = '2';
select is(api.unrepost(id), true, 'taken back') from made where name = 'original';

-- Pins.
set local app.user_id = '1';
select lives_ok(format('select api.pin_post(%s)', id), 'pinned: ' || name) from made where name in ('original', 'for followers');
select is(count(*), 1::bigint, 'one at a time') from api.pinned_posts;
select throws_ok(format('select api.pin_post(%s)', id), 'DA404', null, 'nothing of others') from made where name = 'quote of original';
set local app.user_id = '3';
select is_empty('select from api.pinned_posts', 'who may not see the post sees no pin');
set local app.user_id = '1';
select is(api.unpin_post(), true, 'unpinned');

-- Archive.
select isnt((api.archive_post(id)).archived_at, null, 'put away') from made where name = 'original';
select is((api.archive_post(id)).version, 2, 'twice is once') from made where name = 'original';
set local app.user_id = '2';
select is_empty($$ select from api.posts where id = (select id from made where name = 'original') $$, 'gone for others');
select throws_ok(format('select api.unarchive_post(%s)', id), 'DA404', null, 'who do not bring it back') from made
where name = 'original';
set local app.user_id = '1';
select is((api.unarchive_post(id)).archived_at, null, 'as she does') from made where name = 'original';

-- Reply gates.
reset role;
insert into api.follows (follower_id, followee_id) values (1, 3);
insert into api.posts (id, author_id, content, visibility, reply_gate, reply_circle_id) values
    (501, 1, 'a', 'PUBLIC', 'EVERYONE', null), (502, 1, 'b', 'PUBLIC', 'FOLLOWERS', null),
    (503, 1, 'c', 'PUBLIC', 'FOLLOWING', null), (504, 1, 'd @farid @nagwa', 'PUBLIC', 'MENTIONED', null),
    (505, 1, 'e', 'PUBLIC', 'CIRCLE', 11), (506, 1, 'f', 'PRIVATE', 'EVERYONE', null);
create function pg_temp.open_to(who text) returns bigint[] language sql
as $$
    select set_config('app.user_id', who, true);
    select array_agg(id order by id) from feed.repliable_posts where id between 501 and 506
$$;
select is(pg_temp.open_to(who::text), posts, name)
from (
    values
    (1, '{501,502,503,504,505,506}'::bigint[], 'the author replies to all'), (2, '{501,502,504}', 'a follower who is mentioned'),
    (3, '{501,503}', 'somebody whom she follows'), (4, null, 'somebody blocked'), (7, '{501,505}', 'a member of the circle')
) as v (who, posts, name);

-- Lists.
create function pg_temp.listed(variadic args text[]) returns text[] language plpgsql
as $$
declare
    names text[];
begin
    execute format(
        'select array_agg((e.node).content order by (e.node).id) from unnest((api.list_posts(%s)).edges) as e '
        'where (e.node).id between 601 and 699',
        array_to_string(args || '"limit" => 50'::text, ',')
    ) into names;
    return names;
end
$$;
insert into api.posts (id, author_id, type, content, visibility, language, is_sponsored, archived_at) values
    (601, 10, 'REEL', 'reel #مِصر', 'PUBLIC', 'ar', false, null), (602, 10, 'REGULAR', 'ad', 'PUBLIC', 'en', true, null),
    (603, 3, 'REGULAR', 'samir #مصر', 'PUBLIC', 'ar', false, null), (604, 3, 'REGULAR', 'his own #مصر', 'PRIVATE', 'ar', false, null),
    (605, 10, 'REGULAR', 'archived', 'PUBLIC', 'ar', false, now());
set local role authenticated;
set local app.user_id = '2';
select is(pg_temp.listed(args), names, 'posts of ' || args)
from (
    values
    ('author_id => null', '{"reel #مِصر",ad,"samir #مصر"}'::text[]), ('author_id => 10', '{"reel #مِصر",ad}'),
    ('hashtag => ''#مصر''', '{"reel #مِصر","samir #مصر"}'), ('hashtag => ''مصر'', author_id => 3', '{"samir #مصر"}'),
    ('type => ''REEL''', '{"reel #مِصر"}'), ('language => ''en''', '{ad}'), ('sponsored_only => true', '{ad}'),
    ('creators_only => true', '{"reel #مِصر",ad}'), ('hashtag => ''none''', null), ('since => now()', null),
    ('until => now()', '{"reel #مِصر",ad,"samir #مصر"}')
) as v (args, names);
set local app.user_id = '10';
select is((l.page_info).has_next_page, true, 'a page of one has another after it') from api.list_posts(author_id => 10, "limit" => 1) as l;
select is(
    (select (e.node).id::bigint from unnest(after.edges) as e), 601::bigint, 'which goes on where the first ended'
) from api.list_posts(author_id => 10, "limit" => 1) as l
cross join lateral api.list_posts(author_id => 10, "limit" => 1, cursor => (l.page_info).end_cursor) as after;
select throws_ok($$ select api.list_posts(cursor => 'x') $$, 'DA400', null, 'not a cursor');
select is(pg_temp.listed('author_id => 10'), '{"reel #مِصر",ad}', 'one''s own archive is not among them');
select is(content, 'archived', 'though one reads it by key') from api.get_post(605);
set local app.user_id = '2';
select is_empty('select from api.get_post(605)', 'as others do not');

-- Hashtags are listed while they are used in public.
reset role;
insert into api.posts (id, author_id, content) values (701, 1, '#fleeting');
select is(is_listed, true, 'used in public') from api.hashtags where name = 'fleeting';
update api.posts set visibility = 'FOLLOWERS' where id = 701;
select is(is_listed, false, 'no longer') from api.hashtags where name = 'fleeting';
update api.posts set visibility = 'PUBLIC' where id = 701;
select is(is_listed, true, 'again') from api.hashtags where name = 'fleeting';
update api.users set is_private = true where id = 1;
select is(is_listed, false, 'by an account that is private now') from api.hashtags where name = 'fleeting';
update api.users set is_private = false where id = 1;
select is(is_listed, true, 'and open again') from api.hashtags where name = 'fleeting';
update api.posts set deleted_at = now() where id = 701;
select is(is_listed, false, 'deleted') from api.hashtags where name = 'fleeting';

-- What is counted is what everybody may count.
delete from ops.counter_deltas;
update api.user_stats set post_count = 0;
insert into api.posts (id, author_id, type, content, visibility, circle_id, quoted_post_id) values
    (801, 9, 'REGULAR', 'x', 'PUBLIC', null, 601), (802, 9, 'REGULAR', 'x', 'PRIVATE', null, 601),
    (803, 9, 'REGULAR', 'x', 'CLOSE_FRIENDS', null, 601), (804, 9, 'STORY', 'x', 'PUBLIC', null, 601),
    (805, 9, 'REGULAR', 'x', 'PUBLIC', null, 601);
update api.posts set archived_at = now() where id = 805;
insert into api.reposts (post_id, user_id) values (601, 2), (601, 3);
delete from api.reposts where user_id = 3;
select isnt(ops.fold_counters(), 0, 'folded');
select is(post_count, 1, 'one post counts') from api.user_stats where user_id = 9;
select results_eq(
    'select quotes_count, reposts_count from api.post_stats where post_id = 601', $$ values (1, 1) $$, 'one quote, one repost'
);
update api.posts set quoted_post_id = null where id = 801;
select isnt(ops.fold_counters(), 0, 'folded');
select is(quotes_count, 0, 'a detached quote does not count') from api.post_stats where post_id = 601;

-- Sounds.
set local role authenticated;
set local app.user_id = '1';
insert into api.sounds (title, audio_url) values ('Oud in the rain', 'https://e.example/oud.mp3');
select isnt(pg_temp.post(jsonb_build_object('type', 'REEL', 'content', 'rain', 'sound_id', id)), null, 'a reel plays it') from api.sounds;
set local app.user_id = '2';
select is(count(*), 1::bigint, 'the page of the sound') from api.posts where sound_id = (select id from api.sounds);
select throws_ok(format('select api.delete_sound(%s)', id), 'DA404', null, 'which others do not take away') from api.sounds;
set local app.user_id = '4';
select is_empty('select from api.sounds', 'who is blocked does not hear it');
select throws_ok(
    $$ insert into api.posts (content, sound_id) values ('x', 99) $$, 'DA404', null, 'and names none'
);
set local app.user_id = '1';
select isnt((api.delete_sound(id)).deleted_at, null, 'she does') from api.sounds;
select is_empty('select from api.sounds', 'and it is gone');

reset role;
select * from finish();
rollback;
