-- Posts, their statistics and hashtags.
begin;
select no_plan();

insert into api.users (id, username, is_private) values
    (1, 'mona', false), (2, 'farid', false), (3, 'samir', false), (4, 'basem', false), (5, 'lubna', true);
insert into api.follows (follower_id, followee_id) values (2, 1), (2, 5);
insert into api.blocks (blocker_id, blocked_id) values (1, 4);
delete from procrastinate.procrastinate_jobs;
create function pg_temp.post(input jsonb) returns setof api.posts language sql
as $$ select * from api.create_post(jsonb_populate_record(null::api.create_post_input, input)) $$;

-- Mona publishes.
set local role authenticated;
set local app.user_id = '1';
select is(author_id::bigint, 1::bigint, 'the post is hers')
from pg_temp.post('{"type": "REGULAR", "content": "Hello #Cairo", "media_urls": ["https://example.com/i.jpg"]}');
select is(visibility::text, 'PUBLIC', 'and public where nothing else was said') from api.posts;
select is(abs(extract(epoch from api.time_of_id(id) - created_at)) < 5, true, 'its identifier holds its time')
from api.posts;
select throws_ok(
    $$ select pg_temp.post('{"content": ""}') $$, '23514', null, 'an empty post is refused'
);
select throws_ok(
    $$ select pg_temp.post('{"type": "SONG", "content": "la la"}') $$, '23514', null, 'so is an unknown type'
);
select throws_ok(
    $$ select pg_temp.post(jsonb_build_object('content', repeat('x', 5001))) $$, '23514', null, 'and a long text'
);
select throws_ok(
    $$ select pg_temp.post(jsonb_build_object('media_urls', array_fill('https://e.example/'::text, array[11]))) $$,
    '23514', null, 'and eleven pictures'
);
select throws_ok(
    format($$ select pg_temp.post(jsonb_build_object('media_urls', array[%L])) $$, bad), '23514', null, 'not an address: ' || bad
) from (values ('ftp://e.example/x'), ('javascript:x'), ('https://'), ('https://e.example/ x')) as b (bad);
select throws_ok(
    $$ select pg_temp.post('{"content": "x", "media_urls": [null]}') $$, '23514', null, 'nor is nothing'
);
select throws_ok(
    $$ insert into api.posts (author_id, content) values (2, 'forged') $$, '42501', null, 'nobody signs for another'
);
select throws_ok(
    $$ insert into api.posts (id, content) values (1, 'old') $$, '42501', null, 'nor chooses an identifier'
);
select lives_ok($$ insert into api.posts (content, visibility) values ('plain insert', 'PRIVATE') $$, 'a plain insert works');

reset role;
select is(count(*), 2::bigint, 'every post has statistics') from api.post_stats;
select is(count(*), 1::bigint, 'the public one waits to be delivered, in the writer''s own transaction')
from procrastinate.procrastinate_jobs
where queue_name = 'post.created' and task_name = 'fanout.deliver' and (args ->> 'post_id')::bigint in (select id from api.posts where content like 'Hello%');
select is(count(*), 0::bigint, 'nothing else waits') from procrastinate.procrastinate_jobs
where (args ->> 'post_id')::bigint not in (select id from api.posts where content like 'Hello%');

insert into api.posts (id, author_id, content, visibility, deleted_at) values
    (102, 1, 'for followers #Secret', 'FOLLOWERS', null),
    (103, 1, 'for me', 'PRIVATE', null),
    (104, 1, 'deleted', 'PUBLIC', now()),
    (105, 5, 'public words of a private account #hidden', 'PUBLIC', null),
    (106, 4, 'by Basem', 'PUBLIC', null);
update api.posts set content = 'Hello #Cairo and #القَاهِرة', visibility = 'PUBLIC' where content like 'Hello%';

create function pg_temp.seen() returns bigint[] language sql
as $$ select array_agg(id order by id) from api.posts where id between 102 and 199 $$;

-- Who sees what.
set local role authenticated;
set local app.user_id = '1';
select is(pg_temp.seen(), '{102,103}', 'Mona sees her own, but nothing deleted, private or of whom she blocked');
set local app.user_id = '2';
select is(pg_temp.seen(), '{102,105,106}', 'Farid sees what is for followers');
set local app.user_id = '3';
select is(pg_temp.seen(), '{106}', 'Samir sees what is for all');
set local app.user_id = '4';
select is(pg_temp.seen(), '{106}', 'Basem sees nothing of Mona, who blocked him');
set local app.user_id = '5';
select is(pg_temp.seen(), '{105,106}', 'Lubna sees her own');
set local role anon;
set local app.user_id = '';
select is(pg_temp.seen(), '{106}', 'a visitor sees what is for all');
select throws_ok($$ insert into api.posts (content) values ('x') $$, '42501', null, 'and publishes nothing');
set local role moderator;
set local app.user_id = '3';
select is(pg_temp.seen(), '{106}', 'a moderator sees no more than others without a report');

-- Statistics and hashtags give nothing away.
set local role authenticated;
set local app.user_id = '3';
select is_empty('select from api.post_stats where post_id in (102, 103, 104, 105)', 'hidden posts have no numbers');
select isnt_empty('select from api.post_stats where post_id = 106', 'seen ones do');
select results_eq(
    'select name from api.hashtags order by name', array['cairo', 'القاهرة'], 'a word used in private is not listed'
);
select is_empty('select from api.post_hashtags where post_id in (102, 105)', 'nor tied to its post');
set local app.user_id = '2';
select results_eq(
    'select name from api.hashtags order by name', array['cairo', 'hidden', 'secret', 'القاهرة'],
    'who sees the post sees its words'
);

-- Changing and deleting.
set local app.user_id = '2';
select is_empty($$ update api.posts set content = 'pwned' where id = 102 returning id $$, 'Farid changes nothing of hers');
select throws_ok('select api.delete_post(102)', 'DA404', null, 'nor deletes it');
select throws_ok('select api.delete_post(999)', 'DA404', null, 'as if it were not there');
set local app.user_id = '1';
select lives_ok($$ update api.posts set content = 'edited', version = 1 where id = 102 $$, 'Mona edits a post');
select throws_ok(
    $$ update api.posts set content = 'late', version = 1 where id = 102 $$, 'DA409', null, 'a late edit is a conflict'
);
select throws_ok($$ update api.posts set author_id = 2 where id = 102 $$, '42501', null, 'a post is not given away');
select throws_ok($$ delete from api.posts where id = 102 $$, '42501', null, 'rows of posts are not deleted');
select isnt((api.delete_post(102)).deleted_at, null, 'deleting marks the post');
select is_empty('select from api.posts where id = 102', 'and it is gone');
select is_empty($$ update api.posts set content = 'undead' where id = 102 returning id $$, 'for good');

reset role;
select is(content, 'edited', 'the superuser still reads what was written') from api.posts where id = 102;
select throws_ok(
    'update api.posts set author_id = 2 where id = 102', 'DA403', null, 'not even the owner of the table moves a post'
);
select is_empty(
    $$ select from api.post_hashtags as ph inner join api.hashtags as h on h.id = ph.hashtag_id
    where ph.post_id = 102 and h.name = 'secret' $$, 'an edit takes the old words away'
);
select isnt(ops.fold_counters(), 0, 'the deltas are folded');
select is(post_count, 1, 'counted are posts for all or for followers that are there') from api.user_stats where user_id = 1;

-- Reading hashtags.
select is(array(select ops.parse_hashtags(t)), expected, t)
from (
    values
        ('no tags', '{}'::text[]),
        ('#one#two', '{one}'),
        ('a#b &#39; x/#y', '{}'),
        ('#2026 #x2026', '{x2026}'),
        ('(#Straße) #STRASSE', '{strasse}'),
        ('#مِصر #مصـــر', '{مصر}'),
        ('#a_b, #c-d', '{a_b,c}')
) as v (t, expected);

-- Uploads.
select lives_ok($$ select ops.request_upload(1, 'media-public', 'a.jpg', 'image/jpeg') $$, 'an upload is registered');
set local role authenticated;
set local app.user_id = '1';
select alike(object_key, '1/%.jpeg', 'its key is made here') from api.media;
set local app.user_id = '2';
select is_empty('select from api.media', 'and nobody else sees it');
select throws_ok(
    $$ insert into api.media (bucket, object_key, content_type) values ('media-public', 'x', 'image/png') $$, '42501',
    null, 'nor claims a key'
);
select throws_ok(
    $$ select ops.request_upload(1, 'media-public', 'a.jpg', 'image/jpeg') $$, '42501', null, 'nor asks for another'
);

select * from finish();
rollback;
