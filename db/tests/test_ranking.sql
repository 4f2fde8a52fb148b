-- The ranked feed: what stands in it, in which order, page by page, and what is gone from the next read.
begin;
select no_plan();
update feed.delivery_settings set timeline_from = 0;
-- Which posts come first must not hang on the hour at which this runs.
update feed.day_parts set factor = 1;

insert into api.users (id, username, is_private) values
    (1, 'mona', false), (2, 'farid', false), (3, 'samir', false), (4, 'basem', false), (5, 'lubna', true),
    (6, 'star', false), (7, 'other', false);
insert into api.follows (follower_id, followee_id) values (2, 1), (2, 4), (2, 5), (2, 6);
insert into feed.pulled_authors (author_id) values (6);

-- Forty posts within two days, five authors in turn, of whom Farid follows four; some of them not for him.
create temporary table made as
select
    api.id_at(now() - n * interval '1 hour') as id,
    n,
    (array[1, 4, 5, 6, 3])[1 + n % 5]::bigint as author_id
from generate_series(1, 40) as n;
insert into api.posts (id, author_id, content, visibility, created_at)
select
    m.id, m.author_id, 'post ' || m.n,
    case when m.n in (11, 22) then 'PRIVATE' when m.n % 7 = 0 then 'FOLLOWERS' else 'PUBLIC' end, api.time_of_id(m.id)
from made as m;
insert into api.posts (id, author_id, content, created_at)
select api.id_at(now() - n * interval '1 day'), 1, 'old ' || n, now() - n * interval '1 day'
from generate_series(10, 14) as n;
update api.post_stats set likes_count = 60, views_count = 100 where post_id = (select id from made where n = 21);
create function pg_temp.id(number integer) returns bigint language sql
return (select m.id from made as m where m.n = number);

create function pg_temp.page(after text default null, size integer default 20) returns bigint[] language sql
as $$
    select array_agg((e.node).id order by e.place)
    from unnest((api.feed(after, size)).edges) with ordinality as e (cursor, node, place)
$$;
create function pg_temp.next(after text default null, size integer default 20) returns text language sql
as $$ select ((api.feed(after, size)).page_info).end_cursor $$;
-- All pages to the end.
create function pg_temp.walk(size integer, mode text default 'RANKED') returns bigint[] language plpgsql
as $$
declare
    page api.feed_connection := api.feed(null, size, mode);
    seen bigint[] := '{}';
begin
    loop
        seen := seen || array(select (e.node).id from unnest(page.edges) with ordinality as e (cursor, node, place) order by place);
        exit when not (page.page_info).has_next_page;
        page := api.feed((page.page_info).end_cursor, size);
    end loop;
    return seen;
end
$$;
create function pg_temp.visible() returns bigint[] language sql
as $$ select array_agg(p.id order by p.id) from api.posts as p where p.author_id in (1, 2, 4, 5, 6) $$;
create function pg_temp.sorted(given bigint[]) returns bigint[] language sql
return (select array_agg(g order by g) from unnest(given) as g);
create temporary table frozen (ids bigint[], cursor text);
create temporary table before (ranked bigint[], latest bigint[]);
create temporary table gone (deleted bigint, narrowed bigint, archived bigint, expired bigint, hidden bigint);
create function pg_temp.rest() returns bigint[] language sql
as $$ select pg_temp.page(cursor, 50) from frozen $$;
grant all on made, frozen, before, gone to authenticated;

-- Pages.
set local role authenticated;
set local app.user_id = '2';
select is(pg_temp.sorted(pg_temp.walk(7)), pg_temp.visible(), 'pages of seven hold all that he may see, each once');
select is(pg_temp.walk(1), pg_temp.walk(50), 'in one order, whatever the size of a page');
select is(pg_temp.sorted(pg_temp.walk(7, 'LATEST')), pg_temp.visible(), 'LATEST holds the same');
select is(pg_temp.walk(7, 'LATEST'), (select array_agg(v order by v desc) from unnest(pg_temp.visible()) as v), 'newest first');
select is((pg_temp.page())[1], pg_temp.id(21), 'what many like comes first');
select is(
    (pg_temp.walk(10))[31:], (select array_agg(api.id_at(now() - n * interval '1 day') order by n) from generate_series(10, 14) as n),
    'after the ranked ones come older ones, newest first'
);
select is(
    (
        select count(*)
        from unnest(pg_temp.walk(50)) with ordinality as a (id, place)
        inner join unnest(pg_temp.walk(50)) with ordinality as b (id, place) on b.place = a.place + 1
        inner join made as x on x.id = a.id
        inner join made as y on y.id = b.id and y.author_id = x.author_id
    ),
    0::bigint, 'no author twice in a row'
);
select is(api.feed(null, 5, null) is null, false, 'no mode is the default');
select throws_ok($$ select api.feed(null, 5, 'BEST') $$, '23514', null, 'an unknown mode is refused');

-- A ranking stays as it was, though everything changes meanwhile.
insert into frozen values (pg_temp.walk(5), pg_temp.next(null, 5));
reset role;
update api.post_stats set likes_count = 90, views_count = 100 where post_id = pg_temp.id(40);
insert into feed.affinity values (2, 4, 100, now());
set local role authenticated;
select isnt((pg_temp.page())[:5], (select ids[:5] from frozen), 'a new ranking is another one');
select is((select pg_temp.page(cursor, 5) from frozen), (select ids[6:10] from frozen), 'the one begun goes on as it was');

-- Cursors are for one reader, as they were given.
set local app.user_id = '1';
select throws_ok('select api.feed(cursor) from frozen', 'DA400', 'The cursor is not one of this feed.', 'nobody else''s');
select throws_ok(format('select api.feed(%L)', pg_temp.next(null, 1) || 'AA'), 'DA400', null, 'nothing added');
select throws_ok(format('select api.feed(%L)', overlay(pg_temp.next(null, 1) placing 'x' from 9)), 'DA400', null, 'nothing changed');
select throws_ok(format('select api.explore(%L)', pg_temp.next(null, 1)), 'DA400', null, 'nor one for another list');
reset role;
select throws_ok(
    format('select feed.next_page(2, %L, 5)', feed.seal_ranked(2, 'R', now() - interval '16 minutes', 1, '{1}')),
    'DA400', 'The cursor is too old.', 'nor one that is too old'
);
select lives_ok(
    format('select feed.next_page(2, %L, 5)', feed.seal_ranked(2, 'R', now() - interval '14 minutes', 1, '{1}')),
    'for 15 minutes it holds'
);
set local role authenticated;
select throws_ok('select from ops.cursor_keys', '42501', null, 'nobody reads the key');
select throws_ok('select from feed.affinity', '42501', null, 'nor affinities');
select throws_ok('select from feed.post_signals', '42501', null, 'nor who was reported');
select throws_ok($$ select feed.seal_latest(2, 1) $$, '42501', null, 'nor makes a cursor');

-- What changes between two pages is gone from the next one.
set local app.user_id = '2';
update frozen set cursor = pg_temp.next(null, 1), ids = pg_temp.walk(50);
select is(pg_temp.rest(), (select ids[2:] from frozen), 'all is there');
reset role;
insert into gone select ids[2], ids[3], ids[4], ids[5], ids[6] from frozen;
update api.posts set deleted_at = now() where id = (select deleted from gone);
update api.posts set visibility = 'PRIVATE' where id = (select narrowed from gone);
update api.posts set archived_at = now() where id = (select archived from gone);
update api.posts set expires_at = now() - interval '1 second' where id = (select expired from gone);
set local role authenticated;
select lives_ok(format('select api.give_feedback(%s)', hidden), 'he hides one') from gone;
select is(pg_temp.rest(), (select ids[7:] from frozen), 'deleted, narrowed, archived, expired, hidden: all are gone');
select is(cardinality(pg_temp.page((select cursor from frozen), 5)), 5, 'and pages are full all the same');
select lives_ok($$ select api.mute_user(4, 'ALL') $$, 'he mutes Basem');
select is_empty('select from unnest(pg_temp.rest()) as r inner join made as m on m.id = r and m.author_id = 4', 'the muted, too');
select lives_ok($$ select api.mute_word('post 16') $$, 'and some words');
select ok(not pg_temp.id(16) = any(pg_temp.rest()), 'and muted words');
select lives_ok($$ select api.give_feedback(pg_temp.id(10), 'NOT_INTERESTED') $$, 'and finds Mona dull');
select is_empty('select from unnest(pg_temp.rest()) as r inner join made as m on m.id = r and m.author_id = 1', 'and of whom he wants less');
select is_empty('select from unnest(pg_temp.walk(9)) as r inner join made as m on m.id = r and m.author_id = 1', 'in new rankings, too');
select is_empty($$ select from unnest(pg_temp.walk(9, 'LATEST')) as r inner join made as m on m.id = r and m.author_id in (1, 4) $$, 'and LATEST');
reset role;
insert into api.blocks (blocker_id, blocked_id) values (5, 2);
insert into feed.timelines (owner_id, post_id, author_id) select 2, m.id, m.author_id from made as m on conflict do nothing;
set local role authenticated;
select is_empty('select from unnest(pg_temp.rest()) as r inner join made as m on m.id = r and m.author_id <> 6', 'the blocking, whatever timelines hold');
select isnt_empty('select from unnest(pg_temp.rest()) as r inner join made as m on m.id = r and m.author_id = 6', 'the others stay');

-- Timelines are a cache.
insert into before values (pg_temp.walk(4), pg_temp.walk(4, 'LATEST'));
reset role;
truncate feed.timelines;
insert into feed.timelines (owner_id, post_id, author_id) select 2, pg_temp.id(3), 6;
set local role authenticated;
select is(pg_temp.walk(4), (select ranked from before), 'a feed is the same with and without timelines');
select is(pg_temp.walk(4, 'LATEST'), (select latest from before), 'in both orders');

-- What one has seen sinks.
update frozen set ids = pg_temp.walk(50);
select lives_ok(
    $$ select api.record_views(array[row(ids[1], 'FEED', 2000, null)]::api.view_input[]) from frozen $$, 'the first post'
);
select is((pg_temp.walk(50))[1], (select ids[2] from frozen), 'is second once it is seen');
select ok((select (pg_temp.walk(50))[1] <> ids[1] and ids[1] = any(pg_temp.walk(50)) from frozen), 'but it is still there');

-- Explanations.
select results_eq(
    $$ select e.post_id::bigint, round((0.35 * e.affinity + 0.35 * e.quality + 0.15 * e.freshness + 0.1 * e.diversity - 0.4 * e.negatives - e.score)::numeric, 9)
    from api.explain_post(pg_temp.id(38)) as e $$,
    $$ select pg_temp.id(38), 0::numeric $$, 'the parts make up the score'
);
select is((api.explain_post((select ids[1] from frozen))).is_seen, true, 'it says what is seen');
select throws_ok(format('select api.explain_post(%s)', (select deleted from gone)), 'DA404', null, 'of what he cannot see nothing is said');
select throws_ok('select api.explain_post(999)', 'DA404', null, 'as of what is not there');
reset role;
insert into feed.post_signals (post_id, reports) values (pg_temp.id(38), 2);
set local role authenticated;
select is((api.explain_post(pg_temp.id(38))).negatives, 0::double precision, 'two reports stay between those two and staff');
reset role;
update feed.post_signals set reports = 3 where post_id = pg_temp.id(38);
set local role authenticated;
select is((api.explain_post(pg_temp.id(38))).negatives, 0.75::double precision, 'three are told');

-- Affinity and signals come from what people do.
reset role;
delete from api.post_feedback;
delete from ops.counter_deltas;
delete from feed.affinity;
delete from feed.post_signals;
set local role authenticated;
set local app.user_id = '7';
select is((api.react_post(pg_temp.id(3))).kind::text, 'LIKE', 'somebody likes a post');
select isnt((api.save_post(pg_temp.id(3))).post_id, null, 'and saves it');
select isnt((api.report(row('POST', pg_temp.id(3), 'SPAM', null)::api.report_input)).id, null, 'and reports it');
select is((api.give_feedback(pg_temp.id(3))).kind::text, 'HIDE', 'and hides it');
insert into api.follows (followee_id) values (6);
reset role;
select ok(ops.fold_counters() > 0, 'deltas are folded');
select results_eq('select viewer_id, author_id, value from feed.affinity', 'values (7::bigint, 6::bigint, 5::double precision)', 'a like, a save and a follow');
select results_eq('select hides, reports from feed.post_signals', 'values (1, 1)', 'a hide and a report');
set local role authenticated;
select is(api.unreact_post(pg_temp.id(3)), true, 'the like is taken back');
select is(api.withdraw_feedback(pg_temp.id(3)), true, 'and the hide');
reset role;
update api.reports set state = 'DISMISSED';
update feed.affinity set updated_at = now() - interval '14 days';
select ok(ops.fold_counters() > 0, 'deltas are folded');
select results_eq('select value from feed.affinity', 'values (1.5::double precision)', 'half is left after a fortnight, and the like is off');
select results_eq('select hides, reports from feed.post_signals', 'values (0, 0)', 'nobody hides it, and staff dismissed the report');
select is_empty($$ select from ops.counter_drift where subject_id = pg_temp.id(3) and counter in ('POST_HIDES', 'POST_REPORTS') $$, 'a recount finds the same');

-- Views count when their half hour is over: here one is, and the next is not.
delete from api.views;
update ops.ranking_progress set folded_until = ops.views_are_final_until() - interval '30 minutes';
insert into api.views (window_id, user_id, post_id, source, dwell_ms, completion)
select api.id_at(ops.views_are_final_until() - w * interval '30 minutes'), v.who, pg_temp.id(8), v.source, v.dwell, v.completion
from (values (7, 'FEED', 500, 0), (3, 'PROFILE', 12000, 95)) as v (who, source, dwell, completion)
cross join generate_series(0, 1) as w;
select is(ops.fold_views(), 2, 'two of four');
select is(ops.fold_views(), 0, 'and never twice');
-- In parts it comes to the same.
delete from feed.post_signals where post_id = pg_temp.id(8);
update ops.ranking_progress set folded_until = ops.views_are_final_until() - interval '30 minutes';
select is(ops.fold_views(1) + ops.fold_views(1) + ops.fold_views(1), 2, 'a view at a time');
select results_eq(
    'select impressions, completed, skips from feed.post_signals where post_id = pg_temp.id(8)',
    'values (2::bigint, 1::bigint, 1::bigint)', 'one skipped, one looked on to the end'
);
select results_eq(
    'select value from feed.affinity where viewer_id = 3 and author_id = 6',
    'values (3::double precision)', 'who looks for long, twice now, and at a profile, comes closer'
);

-- Explore: strangers' public posts, and nothing else.
insert into api.users (id, username, locale, governorate_code) values (30, 'reader', 'ar', 'EG-C');
insert into api.user_settings (user_id) values (1), (3), (4), (5), (6), (7) on conflict do nothing;
update api.users set governorate_code = 'EG-C' where id = 3;
delete from api.blocks;
insert into api.follows (follower_id, followee_id) values (30, 6);
select ok(ops.refresh_popular() > 0, 'popular posts are found');
create function pg_temp.found(after text default null, size integer default 20) returns bigint[] language sql
as $$
    select array_agg((e.node).id order by e.place)
    from unnest((api.explore(after, size)).edges) with ordinality as e (cursor, node, place)
$$;
set local role authenticated;
set local app.user_id = '30';
select is(
    (select array_agg(distinct m.author_id) from unnest(pg_temp.found()) as f inner join made as m on m.id = f),
    array[1, 3, 4]::bigint[], 'by strangers: not by whom one follows, nor by private accounts'
);
select is(cardinality(pg_temp.found()), 9, 'three of each');
select is((select author_id from made where id = (pg_temp.found())[1]), 3::bigint, 'a neighbour first');
select is(
    pg_temp.found(null, 4) || pg_temp.found(((api.explore(null, 4)).page_info).end_cursor, 20), pg_temp.found(),
    'page by page each once'
);
select is((api.explore(((api.explore(null, 4)).page_info).end_cursor)).trends, null, 'trends stand on the first page');
reset role;
update api.user_settings set is_indexable = false where user_id = 1;
update api.user_settings set is_discoverable = false where user_id = 4;
update api.posts set visibility = 'FOLLOWERS' where id = (select post_id from feed.popular_posts where author_id = 3 order by post_id limit 1);
set local role authenticated;
select is((select array_agg(distinct m.author_id) from unnest(pg_temp.found()) as f inner join made as m on m.id = f), array[3]::bigint[], 'who will not be found is not, at once');
select is(cardinality(pg_temp.found()), 2, 'nor a post that was narrowed');
set local app.user_id = '';
select throws_ok('select api.explore()', 'DA401', null, 'without a user there is nothing to explore');
set local role anon;
select throws_ok('select api.explore()', '42501', null, 'nor for visitors');
select throws_ok('select api.explain_post(1)', '42501', null, 'who get no explanations');

select * from finish();
rollback;
