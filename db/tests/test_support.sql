-- Support staff: they see what helps, masked, and each look is recorded.
begin;
select no_plan();

select tap.people();
insert into api.user_private (user_id, email, phone) values (1, 'mona.ali@mail.example', '+201001234567')
on conflict (user_id) do update set email = excluded.email, phone = excluded.phone;
insert into api.posts (id, author_id, content, visibility) values
    (101, 1, 'for all', 'PUBLIC'), (102, 1, 'a secret', 'FOLLOWERS'), (105, 5, 'of a private account', 'PUBLIC');
insert into auth.credentials (user_id, password_hash) select id, '$2b$12$x' from api.users;
insert into auth.sessions (user_id, refresh_key, ip, expires_at, ends_at)
values (1, sha256('x'), '41.33.12.7', now() + interval '1 day', now() + interval '1 month');
insert into ops.strikes (user_id, reason_code) values (4, 'SPAM');
insert into api.reactions (post_id, user_id) values (101, 2);
select isnt(ops.fold_notices(), 0, 'Mona is told of something');

set local role support;
select results_eq(
    $$ select email, phone, open_sessions from support.accounts where username = 'mona' $$,
    $$ values ('m***@m***.example', '+20*****567', 1::bigint) $$, 'an account is shown with masked addresses'
);
select is(network, '41.33.12.0/24'::cidr, 'a session with the network alone') from support.sessions where username = 'mona';
select results_eq(
    'select post_id::bigint, content from support.content order by post_id',
    $$ values (101::bigint, 'for all'), (102::bigint, null), (105::bigint, null) $$,
    'the words of posts that are not public are not shown'
);
select is(reason, 'Spam', 'strikes are shown') from support.strikes where username = 'basem';
select is(count(*), 1::bigint, 'notifications are shown') from support.deliveries where username = 'mona' and kind = 'REACTION';
select results_eq(
    $$ select question from support.why_not_in_feed('samir', 102) where not answer $$,
    array['The reader follows its author', 'The reader is in its audience'], 'what keeps a post out of a feed is told'
);
select is_empty($$ select * from support.why_not_in_feed('farid', 102) where not answer $$, 'or that nothing does');
select results_eq(
    $$ select question from support.why_not_in_feed('basem', 101) where not answer $$,
    array['Its author has not blocked the reader', 'The reader follows its author'],
    'blocks are told, for staff must know'
);
select throws_ok('select from api.users', '42501', null, 'tables are out of reach');
select throws_ok('select from ops.support_uses', '42501', null, 'as is the record of uses');
reset role;

-- Each reason, and no other, for a post of Mona's that Farid would have in his feed.
create function pg_temp.reasons(change text) returns text[]
language plpgsql
as $$
declare
    found text[];
begin
    execute change;
    select array_agg(w.question order by w.place) into found
    from support.why_not_in_feed('farid', 101) with ordinality as w (question, answer, explanation, place)
    where not w.answer;
    raise exception using errcode = 'PL001';
exception
    when sqlstate 'PL001' then
        return coalesce(found, '{}');
end
$$;
select is(pg_temp.reasons(change), expected, coalesce(expected[1], 'nothing keeps it out'))
from (
    values
        ('select 1', '{}'::text[]),
        ($$ update api.users set state = 'DEACTIVATED' where id = 2 $$, array['The reader exists and is active']),
        ('update api.posts set deleted_at = now() where id = 101', array['The post is not deleted']),
        ('update api.posts set archived_at = now() where id = 101', array['The post is not archived']),
        ($$ update api.posts set expires_at = now() - interval '1 minute' where id = 101 $$, array['The post is not over']),
        ($$ update api.users set state = 'SUSPENDED' where id = 1 $$, array['Its author is active']),
        ('update api.users set deleted_at = now() where id = 1', array['Its author is active']),
        (
            'insert into api.blocks (blocker_id, blocked_id) values (2, 1)',
            array['The reader has not blocked its author', 'The reader follows its author']
        ),
        (
            'insert into api.blocks (blocker_id, blocked_id) values (1, 2)',
            array['Its author has not blocked the reader', 'The reader follows its author']
        ),
        ('delete from api.follows where follower_id = 2 and followee_id = 1', array['The reader follows its author']),
        ($$ update api.posts set visibility = 'PRIVATE' where id = 101 $$, array['The reader is in its audience']),
        (
            $$ update api.posts set visibility = 'CIRCLE', circle_id = 11 where id = 101 $$,
            array['The reader is in its audience']
        ),
        ('insert into api.mutes (muter_id, muted_id) values (2, 1)', array['The reader has not muted its author']),
        (
            'insert into api.muted_threads (user_id, post_id) values (2, 101)',
            array['The reader has not muted its thread']
        ),
        (
            $$ insert into api.muted_words (user_id, word) values (2, 'for all') $$,
            array['The reader has muted none of its words']
        ),
        (
            $$ insert into api.post_feedback (user_id, post_id, kind) values (2, 101, 'HIDE') $$,
            array['The reader has not hidden the post']
        ),
        (
            $$ insert into api.post_feedback (user_id, post_id, kind) values (2, 102, 'NOT_INTERESTED') $$,
            array['The reader has not said to be not interested']
        ),
        (
            'update feed.delivery_settings set timeline_from = 0; delete from feed.undelivered where post_id = 101;'
            || 'delete from feed.timelines where owner_id = 2 and post_id = 101;'
            || 'update feed.timelines set floor_id = 1 where owner_id = 2 and post_id = 0',
            array['The feed offers it']
        ),
        (
            'insert into api.views (user_id, post_id, window_id) values (2, 101, api.id_at(now()))',
            array['The reader has not seen it within seven days']
        )
) as v (change, expected);

-- The way that it takes is told, and is never a reason.
create function pg_temp.way(change text) returns text
language plpgsql
as $$
declare
    found text;
begin
    execute change;
    select w.explanation into found
    from support.why_not_in_feed('farid', 101) as w
    where w.question = 'The feed offers it' and w.answer;
    raise exception using errcode = 'PL001';
exception
    when sqlstate 'PL001' then
        return found;
end
$$;
select alike(pg_temp.way(change), expected, expected)
from (
    values
        ('insert into feed.pulled_authors (author_id) values (1)', 'Fetched: its author has so many followers%'),
        ('update feed.activity set resting_since = now() where user_id = 2', 'Fetched: the reader''s timeline rests%'),
        ('insert into feed.timelines (owner_id, post_id, author_id) values (2, 101, 1)', 'It was delivered%'),
        ('update feed.timelines set floor_id = 1000 where owner_id = 2 and post_id = 0', 'Fetched: it lies below the floor%'),
        ('select 1', 'Fetched: it is on its way%'),
        ('delete from feed.undelivered', 'Fetched, or a fault%')
) as v (change, expected);

select bag_eq(
    'select view_name from ops.support_uses',
    array['accounts', 'sessions', 'content', 'strikes', 'deliveries', 'why_not_in_feed', 'why_not_in_feed', 'why_not_in_feed'],
    'each use is recorded, once'
);
select ok(query like '%support.accounts%', 'with the query') from ops.support_uses where view_name = 'accounts';
select throws_ok('delete from ops.support_uses', 'DA090', null, 'for good');
select ok('log_statement=all' = any(setconfig), 'and the server logs each statement')
from pg_db_role_setting where setrole = 'support'::regrole;

select * from finish();
rollback;
