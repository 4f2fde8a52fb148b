-- Drafts and scheduled posts.
begin;
select no_plan();

select tap.people();
create function pg_temp.draft(input jsonb, publish_at timestamptz default null) returns bigint language sql
as $$ select id from api.save_draft(jsonb_populate_record(null::api.create_post_input, input), publish_at) $$;
create temporary table kept (name text primary key, id bigint) on commit drop;
grant select, insert on kept to public;

set local role authenticated;
set local app.user_id = '1';
insert into kept values
    ('plain', pg_temp.draft('{"content": "not yet #soon @farid", "poll": {"options": ["a", "b"]}}')),
    ('circle', pg_temp.draft('{"content": "tonight", "circle_id": 11}', now() + interval '1 hour')),
    ('empty', pg_temp.draft('{}', now() + interval '1 hour'));
select is(input ->> 'circle_id', '11', 'identifiers are strings') from api.drafts where input ->> 'content' = 'tonight';
select is(jsonb_typeof(input -> 'circle_id'), 'string', 'as everywhere in JSON') from api.drafts
where input ->> 'content' = 'tonight';
select throws_ok(
    $$ select pg_temp.draft('{"content": "x"}', now() - interval '1 minute') $$, 'DA422', null, 'not for yesterday'
);
select is_empty('select from api.posts', 'a draft is no post');
reset role;
select is_empty($$ select from api.hashtags where name = 'soon' $$, 'and leaves no hashtag');
select is_empty('select from api.post_mentions', 'and no mention');

set local role authenticated;
set local app.user_id = '2';
select is_empty('select from api.drafts', 'nobody else sees it');
select throws_ok(format('select api.publish_draft(%s)', id), 'DA404', null, 'or publishes it: ' || name) from kept;
select throws_ok(format('select api.schedule_draft(%s, null)', id), 'DA404', null, 'or schedules it: ' || name) from kept;
select throws_ok($$ select ops.publish_due_drafts() $$, '42501', null, 'or does the worker''s work');

set local app.user_id = '1';
select throws_ok(
    format($$ select api.update_draft(%s, jsonb_populate_record(null::api.create_post_input, '{}'), 7) $$, id), 'DA409', null,
    'a stale version is a conflict'
) from kept where name = 'plain';
select is((api.publish_draft(id)).content, 'not yet #soon @farid', 'published') from kept where name = 'plain';
select isnt_empty($$ select from api.hashtags where name = 'soon' $$, 'with its hashtag');
select isnt_empty('select from api.polls', 'and its poll');
select throws_ok(format('select api.publish_draft(%s)', id), 'DA404', null, 'once') from kept where name = 'plain';

-- The worker publishes what is due, each on behalf of its author.
set local role worker;
set local app.user_id = '';
select is(ops.publish_due_drafts(), 0, 'nothing is due yet');
reset role;
update api.drafts set publish_at = now();
set local role worker;
select is(ops.publish_due_drafts(), 1, 'now one can be published');
select is(ops.publish_due_drafts(), 0, 'and the rest is not tried again');
set local role authenticated;
set local app.user_id = '7';
select results_eq($$ select content from api.posts where visibility = 'CIRCLE' $$, array['tonight'], 'it is there for its circle');
set local app.user_id = '1';
select alike(failure, '%posts_need_text_or_media%', 'the author reads why') from api.drafts;
select is((api.schedule_draft(id, now() + interval '1 hour')).failure, null, 'and tries again') from kept where name = 'empty';

reset role;
update api.drafts set publish_at = now();
update api.users set state = 'SUSPENDED' where id = 1;
set local role worker;
set local app.user_id = '';
select is(ops.publish_due_drafts(), 0, 'a suspended account publishes nothing');
reset role;
select is(failure, 'The account is suspended.', 'not by a clock either') from api.drafts;
select * from finish();
rollback;
