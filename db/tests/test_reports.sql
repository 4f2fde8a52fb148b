-- Reports.
begin;
select no_plan();

select tap.people();
insert into api.posts (id, author_id, content, visibility) values (101, 1, 'for all', 'PUBLIC'), (102, 1, 'for followers', 'FOLLOWERS');
insert into api.comments (id, post_id, author_id, content) values (201, 101, 2, 'x'), (202, 102, 2, 'x');

create function pg_temp.report(type text, id bigint, reason text default 'SPAM', details text default null) returns api.reports
language sql as $$ select api.report(row(type, id, reason, details)) $$;
create temporary table made (id bigint) on commit drop;
grant insert, select on made to authenticated;

-- Samir reports, and may say it twice.
set local role authenticated;
set local app.user_id = '3';
insert into made select id from pg_temp.report('POST', 101, 'HARASSMENT', 'See the picture.');
select is(id::bigint, (select id from made), 'one report of one thing is open at a time') from pg_temp.report('POST', 101);
select is((pg_temp.report('USER', 1)).state::text, 'OPEN', 'he reports Mona, too');
select is((pg_temp.report('COMMENT', 201)).details, '', 'and a comment');
select throws_ok($$ select pg_temp.report('POST', 102) $$, 'DA404', null, 'but no post that he can''t see');
select throws_ok($$ select pg_temp.report('POST', 999) $$, 'DA404', null, 'nor a missing one, which answers the same');
select throws_ok($$ select pg_temp.report('COMMENT', 202) $$, 'DA404', null, 'nor what stands below it');
select throws_ok($$ select pg_temp.report('USER', 3) $$, 'DA404', null, 'nor himself');
select throws_ok($$ select pg_temp.report('USER', 6) $$, 'DA404', null, 'nor who is gone');
select throws_ok($$ select pg_temp.report('CAT', 1) $$, '23514', null, 'nor cats');
select throws_ok(format('select pg_temp.report(%L, 999)', type), 'DA404', null, format('nor a %s that is not there for him', lower(type)))
from unnest('{MESSAGE,ROOM,GROUP}'::text[]) as type;
select throws_ok($$ select pg_temp.report('USER', 2, 'DULL') $$, '23503', null, 'a reason is on the list');
select throws_ok($$ select pg_temp.report('USER', 2, 'SPAM', repeat('x', 1001)) $$, '23514', null, 'and the rest is short');
select is(count(*), 3::bigint, 'he sees his own') from api.reports;

-- Others.
set local app.user_id = '1';
select is_empty('select from api.reports', 'Mona learns nothing');
set local app.user_id = '4';
select throws_ok($$ select pg_temp.report('POST', 101) $$, 'DA404', null, 'to Basem Mona''s posts do not exist');
set local role moderator;
set local app.user_id = '7';
select is(count(*), 3::bigint, 'a moderator reads all') from api.reports;
select throws_ok($$ update api.reports set state = 'DISMISSED' $$, '42501', null, 'and decides by way of functions only');
reset role;
update api.reports set state = 'DISMISSED' where subject_type = 'POST';
set local role authenticated;
set local app.user_id = '3';
select isnt((pg_temp.report('POST', 101)).id::bigint, (select id from made), 'once decided, it may be reported anew');

select * from finish();
rollback;
