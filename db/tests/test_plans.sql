-- Under row-level security a filter reaches an index only if its comparison is leak-proof. Sequential scans are priced out
-- here, so that a plan without an index shows that none can be used.
begin;
select no_plan();

insert into api.users (id, username) values (1, 'mona'), (2, 'farid');
insert into api.posts (id, author_id, content) select 100 + i, 1, 'x' from generate_series(1, 50) as i;

-- The conditions that PostgreSQL checks by index, for the relation asked about.
create function pg_temp.index_conditions(query text) returns text
language plpgsql as $$
declare
    plan json;
begin
    execute 'explain (format json) ' || query into plan;
    return (
        select string_agg(regexp_replace(condition #>> '{}', '\(([a-z_.]+)\)::bigint', '\1', 'g'), '; ')
        from jsonb_path_query(plan::jsonb, 'strict $.**."Index Cond"') as condition
    );
end
$$;
create function pg_temp.newest_first(query text) returns boolean
language plpgsql as $$
declare
    plan json;
begin
    execute 'explain (format json) ' || query into plan;
    return not jsonb_path_exists(plan::jsonb, 'strict $.**."Node Type" ? (@ == "Sort" || @ == "Merge Append")');
end
$$;

create function pg_temp.plan(query text) returns text
language plpgsql as $$
declare
    plan json;
begin
    execute 'explain (format json, verbose) ' || query into plan;
    return plan::text;
end
$$;
select unalike(
    pg_temp.plan('select id from feed.visible_posts where id = 101'), '%admits(%',
    'the rule of visibility is put into the query: each of its arguments is named once'
);

set local enable_seqscan = off;
set local enable_bitmapscan = off;

create temporary table reads (query text, wanted text) on commit drop;
grant select on reads to public;
insert into reads values
    ('select content from api.posts where id = 101', 'id = 101'),
    ('select content from api.posts where id in (101, 102)', 'id = ANY'),
    ('select content from api.posts where id < 140 order by id desc limit 20', 'id < 140'),
    ('select content from api.posts where author_id = 1 order by id desc limit 20', 'author_id = 1'),
    ('select name from api.users where id = 1', 'id = 1'),
    ('select name from api.users where username = ''mona''', 'username)::text = ''mona'''),
    ('select likes_count from api.post_stats where post_id = 101', 'post_id = 101'),
    ('select follower_count from api.user_stats where user_id = 1', 'user_id = 1'),
    ('select content from api.comments where post_id = 101 order by id limit 20', 'post_id = 101'),
    ('select content from api.comments where author_id = 1 order by id desc limit 20', 'author_id = 1'),
    ('select content from api.comments where parent_id = 201 order by id limit 20', 'parent_id = 201'),
    ('select likes_count from api.comment_stats where comment_id = 201', 'comment_id = 201'),
    ('select comment_id from api.pinned_comments where post_id = 101', 'post_id = 101'),
    ('select name from api.hashtags where name = ''cairo''', 'name = ''cairo'''),
    ('select content from api.posts where sound_id = 1 order by id desc limit 20', 'sound_id = 1'),
    ('select content from api.posts where quoted_post_id = 101 order by id desc limit 20', 'quoted_post_id = 101'),
    ('select content from api.posts where thread_root_id = 101 order by thread_position', 'thread_root_id = 101'),
    ('select alt_text from api.post_media where post_id = 101 order by position', 'post_id = 101'),
    ('select post_id from api.post_mentions where user_id = 1 order by post_id desc limit 20', 'user_id = 1'),
    ('select content from api.post_edits where post_id = 101 order by version', 'post_id = 101'),
    ('select label from api.poll_options where post_id = 101 order by position', 'post_id = 101'),
    ('select post_id from api.reposts where user_id = 1 order by created_at desc limit 20', 'user_id = 1'),
    ('select post_id from api.pinned_posts where user_id = 1', 'user_id = 1'),
    ('select title from api.highlights where owner_id = 1 order by id desc limit 20', 'owner_id = 1'),
    ('select post_id from api.highlight_items where highlight_id = 1', 'highlight_id = 1'),
    ('select title from api.sounds where id = 1', 'id = 1'),
    ('select title from api.sounds where owner_id = 1 order by id desc limit 20', 'owner_id = 1'),
    ('select content from api.get_post(101)', 'id = '),
    ('select post_id from api.post_hashtags where hashtag_id = 1 order by post_id desc limit 20', 'hashtag_id = 1'),
    ('select name_en from api.governorates where code = ''EG-C''', 'code = ''EG-C''');

create index planted on api.users (lower(name));

-- And of whatever index there is or will be, by what stands first in it: the filter must reach an index.
create view pg_temp.unreachable as
select
    i.indexrelid::regclass::text as index_name,
    i.indrelid,
    format(
        'select from %s where %s = (select null::%s) and %s',
        i.indrelid::regclass, pg_get_indexdef(i.indexrelid, 1, true), format_type(a.atttypid, null),
        coalesce(pg_get_expr(i.indpred, i.indrelid), 'true')
    ) as query,
    '%' || btrim(pg_get_indexdef(i.indexrelid, 1, false), '()') || '%' as wanted
from pg_index as i
inner join pg_class as c on c.oid = i.indrelid and c.relkind in ('r', 'p') and not c.relispartition
inner join pg_attribute as a on a.attrelid = i.indexrelid and a.attnum = 1
inner join pg_am as m on m.oid = (select x.relam from pg_class as x where x.oid = i.indexrelid)
where c.relnamespace = 'api'::regnamespace and m.amname = 'btree';
create function pg_temp.unreachable_for(who name) returns setof text
language plpgsql as $$
declare
    tried record;
begin
    for tried in select u.* from pg_temp.unreachable as u where has_any_column_privilege(who, u.indrelid, 'select') loop
        execute format('set local role %I', who);
        if pg_temp.index_conditions(tried.query) like tried.wanted is not true then
            return next tried.index_name;
        end if;
        reset role;
    end loop;
end
$$;

set local enable_bitmapscan = on;
select set_eq(
    format('select pg_temp.unreachable_for(%L)', who), array['api.planted'],
    format('%s: no indexed filter reads a whole table, but the one planted', who)
)
from unnest('{anon,authenticated,creator,moderator,admin}'::name[]) as r (who)
where set_config('app.user_id', '2', true) is not null;
set local enable_bitmapscan = off;

select unalike(
    pg_temp.plan($$
        select id from feed.visible_posts where is_sponsored order by id desc limit 20
    $$), '%sponsored%', 'sponsored posts have an index of their own, which leaves nothing to check'
);

set local role anon;
set local app.user_id = '';
select alike(pg_temp.index_conditions(query), '%' || wanted || '%', 'visitor: ' || query) from reads;
set local role moderator;
set local app.user_id = '2';
select alike(pg_temp.index_conditions(query), '%' || wanted || '%', 'moderator: ' || query) from reads;
set local role authenticated;
select alike(pg_temp.index_conditions(query), '%' || wanted || '%', 'user: ' || query) from reads;
select alike(pg_temp.index_conditions(query), '%' || wanted || '%', query)
from (
    values
    ('select from api.follows where followee_id = 1 order by follower_id limit 20', 'followee_id = 1'),
    ('select from api.follows where follower_id = 1 order by followee_id limit 20', 'follower_id = 1'),
    ('select from api.reactions where post_id = 101', 'post_id = 101'),
    ('select from api.reactions where user_id = 1 order by post_id desc limit 20', 'user_id = 1'),
    ('select from api.drafts where author_id = 2 order by id desc limit 20', 'author_id = 2'),
    ('select from api.story_views where post_id = 101', 'post_id = 101'),
    ('select from api.poll_votes where voter_id = 2 order by post_id desc limit 20', 'voter_id = 2'),
    ('select from api.media where owner_id = 2 order by id desc limit 20', 'owner_id = 2'),
    ('select from api.comment_likes where comment_id = 201', 'comment_id = 201'),
    ('select from api.comment_likes where user_id = 2 order by comment_id desc limit 20', 'user_id = 2'),
    ('select from api.withheld_comments where owner_id = 2 order by comment_id desc limit 20', 'owner_id = 2'),
    ('select from api.comment_keywords where user_id = 2', 'user_id = 2'),
    ('select from api.save_folders where owner_id = 2 order by name', 'owner_id = 2'),
    ('select from api.saves where user_id = 2 order by post_id desc limit 20', 'user_id = 2'),
    ('select from api.saves where folder_id = 301 order by post_id desc limit 20', 'folder_id = 301'),
    ('select from api.shares where user_id = 2 order by id desc limit 20', 'user_id = 2'),
    ('select from api.views where user_id = 2 and post_id = 101', 'user_id = 2'),
    ('select from api.post_feedback where user_id = 2 and post_id = 101', 'user_id = 2'),
    ('select from api.reports where reporter_id = 2 order by id desc limit 20', 'reporter_id = 2'),
    ('select from api.reports where subject_type = ''POST'' and subject_id = 101', 'subject_id = 101'),
    ('select content from api.messages where thread_id = 1 order by id desc limit 50', 'thread_id = 1'),
    ('select content from api.messages where thread_id = 1 and id > 7 order by id limit 50', 'id > 7'),
    ('select content from api.messages where id = 1', 'id = 1'),
    ('select from api.messages where sender_id = 1 order by id desc limit 20', 'sender_id = 1'),
    ('select from api.messages where reply_to_id = 1', 'reply_to_id = 1'),
    ('select from api.message_reactions where message_id = 1', 'message_id = 1'),
    ('select title from api.rooms where id = 1', 'id = 1'),
    ('select from api.room_members where room_id = 1', 'room_id = 1'),
    ('select title from api.events where id = 1', 'id = 1'),
    ('select from api.event_rsvps where event_id = 1', 'event_id = 1'),
    ('select name from api.groups where id = 1', 'id = 1'),
    ('select from api.group_members where group_id = 1', 'group_id = 1'),
    ('select from api.thread_members where thread_id = 1', 'thread_id = 1'),
    ('select from api.thread_members where user_id = 1 order by thread_id desc limit 20', 'user_id = 1'),
    -- people and graph
    ('select from api.users where governorate_code = ''EG-C'' order by id limit 20', 'governorate_code = ''EG-C'''),
    ('select from api.user_settings where user_id = 2', 'user_id = 2'),
    ('select from api.verification_requests where user_id = 2 order by id desc limit 5', 'user_id = 2'),
    ('select from api.follow_requests where followee_id = 2 order by follower_id limit 20', 'followee_id = 2'),
    ('select from api.follow_requests where follower_id = 2 order by followee_id limit 20', 'follower_id = 2'),
    ('select from api.mutes where muter_id = 2 and muted_id = 1', 'muted_id = 1'),
    ('select from api.muted_words where user_id = 2 and word = ''x''', 'word = ''x'''),
    ('select from api.muted_threads where user_id = 2 and post_id = 101', 'post_id = 101'),
    ('select from api.restricts where restricter_id = 2 order by restricted_id limit 20', 'restricter_id = 2'),
    ('select from api.close_friends where owner_id = 2 order by friend_id limit 20', 'owner_id = 2'),
    ('select from api.circles where owner_id = 2 and name = ''x''', 'name = ''x'''),
    ('select from api.circle_members where circle_id = 11 order by member_id limit 20', 'circle_id = 11'),
    ('select from api.circle_members where member_id = 1', 'member_id = 1'),
    ('select username from api.list_followers(1) as u where u.id > 7 order by u.id limit 20', 'followee_id = ''1'''),
    ('select username from api.list_followers(1) as u order by u.id limit 20', 'followee_id = ''1'''),
    ('select username from api.list_following(1) as u order by u.id desc limit 20', 'follower_id = ''1'''),
    ('select username from api.list_users(query => ''mo'') as u order by u.username limit 20', 'username'),
    ('select username from api.list_users(governorate_code => ''EG-C'') as u order by u.id limit 20', 'governorate_code = ''EG-C'''),
    ('update api.posts set content = ''y'' where id = 101', 'id = 101'),
    ('update api.reactions set kind = ''WOW'' where post_id = 101 and user_id = 2', 'post_id = 101')
) as v (query, wanted);
select unalike(
    pg_temp.index_conditions($$ select from api.users where lower(name) = 'mona' $$), '%lower(name)%',
    'the test can fail: lower() is not leak-proof'
);
-- What a page asks for is set up whole, however little of it is read: a policy that takes in the policies of two
-- partitioned tables, one within the other, grows with the product of their months.
select unalike(pg_temp.plan(query), '%"Relation Name": "posts_%', 'posts are asked about by a function: ' || query)
from (
    values
    ('select likes_count from api.comment_stats where comment_id = 201'),
    ('select comment_id from api.pinned_comments where post_id = 101'),
    ('select user_id from api.comment_likes where comment_id = 201')
) as v (query);
select alike(
    pg_temp.plan('select content from api.comments where post_id = 101'), '%"Relation Name": "posts_%',
    'the test can fail: the policy of comments takes in that of posts'
);
select alike(
    pg_temp.plan('select content from api.messages order by id desc limit 20'), '%thread_id)::bigint = ANY%',
    'a list of all messages is first told by one''s threads'
);
select is(
    pg_temp.newest_first('select content from api.posts order by id desc limit 20'), true,
    'months are read newest first, not merged'
);
select is(
    pg_temp.newest_first('select content from api.posts order by created_at desc limit 20'), false, 'the test can fail: sorted'
);

reset role;
select alike(
    pg_temp.index_conditions($$ select from api.users where lower(name) = 'mona' $$), '%lower(name)%',
    'though the index is there for who has no policies'
);

select * from finish();
rollback;
