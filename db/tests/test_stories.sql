-- Stories: a day, viewers, highlights.
begin;
select no_plan();

select tap.people();
create function pg_temp.story(input jsonb) returns setof api.posts language sql
as $$ select * from api.create_story(jsonb_populate_record(null::api.create_story_input, input)) $$;
create temporary table told (name text primary key, id bigint) on commit drop;
grant select, insert on told to public;

set local role authenticated;
set local app.user_id = '1';
insert into told select 'public', id from pg_temp.story('{"content": "Sunrise over Muqattam"}');
insert into told select 'friends', id from pg_temp.story('{"content": "Psst", "visibility": "CLOSE_FRIENDS"}');
insert into told select 'circle', id from pg_temp.story('{"content": "At home", "circle_id": 11}');
select is(type::text, 'STORY', 'a story is a post of its own kind') from api.posts limit 1;
select is(visibility::text, 'CIRCLE', 'naming a circle is enough') from api.posts where content = 'At home';
select is(expires_at, created_at + interval '24 hours', 'it ends after a day') from api.posts where content = 'Psst';
select throws_ok($$ select pg_temp.story('{}') $$, '23514', null, 'it needs text or media');
select lives_ok(
    $$ insert into api.posts (type, content, expires_at) values ('STORY', 'for ever', now() + interval '1 year') $$,
    'a plain insert makes one, too'
);
select is(expires_at, created_at + interval '24 hours', 'which lasts no longer') from api.posts where content = 'for ever';

set local app.user_id = '2';
select results_eq(
    $$ select content from api.posts where type = 'STORY' order by content $$, array['Sunrise over Muqattam', 'for ever'],
    'a follower sees what is for all'
);
select is((select api.view_story(id) from told where name = 'public'), true, 'and looks at it');
select is((select api.view_story(id) from told where name = 'public'), true, 'twice');
select throws_ok(
    format('select api.view_story(%s)', id), 'DA404', 'There is no such story.', 'what is not for him is not there: ' || name
) from told where name <> 'public';
select is_empty('select from api.story_views', 'he does not see who else looked');
set local app.user_id = '7';
select is((select count(*) from told where api.view_story(id)), 3::bigint, 'Dina sees all three');
set local app.user_id = '1';
select is((select api.view_story(id) from told where name = 'public'), true, 'Mona looks at her own');
select results_eq(
    $$ select v.viewer_id::bigint from api.story_views as v inner join told as t on t.id = v.post_id
    where t.name = 'public' order by 1 $$,
    array[2, 7]::bigint[], 'and sees who else did'
);

-- The day is over.
reset role;
update api.posts set expires_at = now() where type = 'STORY';
set local role authenticated;
set local app.user_id = '2';
select is_empty('select from api.posts', 'it is gone for others');
select throws_ok(
    format('select api.view_story(%s)', id), 'DA404', null, 'there is nothing to look at'
) from told where name = 'public';
set local app.user_id = '1';
select is(count(*), 4::bigint, 'and stays in her archive') from api.posts;
insert into api.highlights (title) values ('Best of');
select lives_ok(
    $$ insert into api.highlight_items (highlight_id, post_id)
    select h.id, t.id from api.highlights as h, told as t where t.name in ('public', 'circle') $$, 'she highlights two'
);
set local app.user_id = '2';
select results_eq('select content from api.posts', array['Sunrise over Muqattam'], 'Farid sees the public one again');
select is(count(*), 1::bigint, 'in its highlight') from api.highlight_items;
select throws_ok(
    $$ insert into api.highlight_items (highlight_id, post_id) select h.id, t.id from api.highlights as h, told as t $$,
    '42501', null, 'to which he adds nothing'
);
set local app.user_id = '1';
delete from api.highlight_items where post_id = (select id from told where name = 'public');
set local app.user_id = '2';
select is_empty('select from api.posts', 'out of the highlight, out of sight');
select is_empty('select from api.highlights', 'and a highlight in which he may see nothing is not shown');
set local app.user_id = '7';
select isnt_empty('select from api.highlights', 'as it is to Dina, for whom the rest is');

reset role;
select is(count(*), 4::bigint, 'nothing is lost') from api.posts;
select * from finish();
rollback;
