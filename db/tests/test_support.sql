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
    array['The reader follows its author', 'The reader may see the post'], 'what keeps a post out of a feed is told'
);
select is_empty($$ select * from support.why_not_in_feed('farid', 102) where not answer $$, 'or that nothing does');
select results_eq(
    $$ select question from support.why_not_in_feed('basem', 101) where not answer $$,
    array['The reader follows its author', 'Neither has blocked the other', 'The reader may see the post'],
    'blocks are told, for staff must know'
);
select throws_ok('select from api.users', '42501', null, 'tables are out of reach');
select throws_ok('select from ops.support_uses', '42501', null, 'as is the record of uses');
reset role;

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
