-- What a district talks about: ten of its people, in tens, by the hour, and only what moderators let be shown.
begin;
select no_plan();

select tap.people();
insert into api.users (id, username, created_at)
select n, 'resident_' || n, now() - interval '1 month' from generate_series(1001, 1030) as n;
insert into feed.residents (user_id, district_code, since)
select n, 'EG-C-MAADI', now() - interval '1 month' from generate_series(1001, 1030) as n;

-- People of Maadi post; the hour is over by the time that counts are made.
create temporary sequence places;
create function pg_temp.talk(tag text, first integer, last integer) returns setof text language sql as $$
    insert into api.posts (id, author_id, content)
    select api.id_at(date_trunc('hour', now()) - interval '20 minutes') + nextval('pg_temp.places'), n, 'اليوم #' || tag
    from generate_series(first, last) as n;
    select null::text where false;
$$;
create function pg_temp.tag(named text) returns bigint language sql
as $$ select id from api.hashtags where name = named $$;

select pg_temp.talk('سوق', 1001, 1019);
select pg_temp.talk('تسعة', 1001, 1009);
select pg_temp.talk('مرفوض', 1001, 1010);
select is(
    ops.refresh_district_trends(date_trunc('hour', now()) - interval '1 hour'), 0, 'the hour that goes on is not counted'
);
select is(ops.refresh_district_trends(), 2, 'nineteen and ten people make trends, nine do not');
select results_eq(
    'select hashtag_id, people, state::text from feed.district_trends order by people desc, hashtag_id',
    $$ select pg_temp.tag(v.name), 10, 'PENDING' from (values ('سوق'), ('مرفوض')) as v (name) order by 1 $$,
    'both are told of as ten, and wait for review'
);
select is_empty('select from api.district_trends(''EG-C-MAADI'')', 'nobody is shown them yet');

-- Staff decide; others are refused.
set local role authenticated;
set local app.user_id = '3';
select throws_ok(
    $$ select api.review_district_trend('EG-C-MAADI', 1, 'APPROVED') $$, '42501', null, 'users review nothing'
);
select throws_ok('select api.list_district_trends()', '42501', null, 'nor see what waits');
select throws_ok('select from feed.residents', '42501', null, 'where others live is out of reach');
reset role;
set local role moderator;
select is(count(*), 2::bigint, 'moderators see what waits') from api.list_district_trends();
select throws_ok(
    $$ select api.review_district_trend('EG-C-MAADI', 1, 'PENDING') $$, 'DA422', null, 'a review says yes or no'
);
select throws_ok(
    $$ select api.review_district_trend('EG-C-MAADI', 1, 'APPROVED') $$, 'DA404', null, 'of a trend that there is'
);
select is(
    (api.review_district_trend('EG-C-MAADI', (hashtag).id, case (hashtag).name when 'سوق' then 'APPROVED' else 'REJECTED' end)).state::text,
    case (hashtag).name when 'سوق' then 'APPROVED' else 'REJECTED' end, 'a review is kept'
) from api.list_district_trends();
reset role;
set local role anon;
set local app.user_id = '';
select results_eq(
    $$ select (district).code, (hashtag).name, people from api.district_trends('EG-C-MAADI') $$,
    $$ values ('EG-C-MAADI', 'سوق', 10) $$, 'what was approved is shown'
);
select is_empty('select from api.district_trends(''EG-C-ZAMALEK'')', 'there and nowhere else');
select throws_ok('select api.set_district(''EG-C-MAADI'')', '42501', null, 'visitors live nowhere');
reset role;

-- What was rejected stays out, however many talk of it; what is over is not shown, and need not be reviewed again.
select pg_temp.talk('مرفوض', 1011, 1030);
select is(ops.refresh_district_trends(), 2, 'the count goes on');
select results_eq(
    $$ select (hashtag).name from api.district_trends('EG-C-MAADI') $$, array['سوق'], 'what was rejected stays out'
);
select is(ops.refresh_district_trends(date_trunc('hour', now()) + interval '1 day'), 0, 'a day later nobody does');
select is_empty('select from api.district_trends(''EG-C-MAADI'')', 'what is over is not shown');
select is(ops.refresh_district_trends(date_trunc('hour', now()) + interval '1 second'), 2, 'when it is back');
select is(count(*), 1::bigint, 'it is shown again') from api.district_trends('EG-C-MAADI');

-- Who does not count, so that the tenth is not found out by nine of one's own: each change leaves nine of ten.
create function pg_temp.trends_after(change text) returns bigint language plpgsql as $$
declare
    found bigint;
begin
    delete from feed.district_trends;
    perform pg_temp.talk('عشرة', 1001, 1010);
    execute change;
    perform ops.refresh_district_trends();
    select count(*) into found from feed.district_trends where hashtag_id = pg_temp.tag('عشرة');
    raise exception using errcode = 'PL001';
exception
    when sqlstate 'PL001' then
        return found;
end
$$;
select is(pg_temp.trends_after(change), expected, change)
from (
    values
        ('select 1', 1::bigint),
        ('update feed.residents set since = now() - interval ''6 days'' where user_id = 1010', 0),
        ('update api.users set created_at = now() - interval ''6 days'' where id = 1010', 0),
        ('update api.users set is_private = true where id = 1010', 0),
        (
            $$ insert into api.user_private (user_id, email, birth_date)
            values (1010, 'young@daira.example', now() - interval '15 years') $$, 0
        ),
        ('update api.posts set visibility = ''FOLLOWERS'' where author_id = 1010', 0),
        ('update api.posts set deleted_at = now() where author_id = 1010', 0),
        ('delete from feed.residents where user_id = 1010', 0),
        (
            'update api.posts set deleted_at = now() where author_id = 1010; select pg_temp.talk(''عشرة'', 1009, 1009)', 0
        ),
        ($$ insert into feed.trend_reviews (hashtag_id, state) values (pg_temp.tag('عشرة'), 'BLOCKED') $$, 0)
) as v (change, expected);
-- One's own district is told to oneself.
set local role authenticated;
set local app.user_id = '2';
select is((api.own_district()).code, null, 'Farid has told none');
select is((api.set_district('EG-C-MAADI')).name_en, 'Maadi', 'he tells it');
select is((api.own_district()).code, 'EG-C-MAADI', 'and reads it');
select is(count(*), 1::bigint, 'what his district talks about is what he is shown') from api.district_trends();
select is(((api.explore()).trends)[1].authors, 10, 'and the first thing when he explores');
select throws_ok($$ select api.set_district('EG-C-NOWHERE') $$, 'DA404', null, 'a district that there is');
set local app.user_id = '3';
select is((api.own_district()).code, null, 'Samir does not learn it');
set local app.user_id = '2';
select is((api.set_district()).code, null, 'it is forgotten');
select is((api.own_district()).code, null, 'for good');

select * from finish();
rollback;
