-- Pushes and e-mails: checked again before they go, settled once, and tried again later and later.
begin;
select no_plan();

insert into api.users (id, username, name, locale) values (1, 'mona', 'Mona', 'en'), (2, 'farid', 'Farid', 'ar'), (3, 'samir', 'Samir', 'ar');
insert into api.user_private (user_id, email, email_verified_at) values (1, 'mona@example.com', now()), (3, 'samir@example.com', null);
insert into api.posts (id, author_id, content) values (101, 1, 'secret words');
insert into api.notifications (id, recipient_id, kind, post_id, has_actors, position) values
    (1001, 1, 'REACTION', 101, true, 1), (1002, 1, 'FOLLOW', null, true, 2), (1003, 3, 'SECURITY', null, false, 3);
insert into api.notification_actors (notification_id, actor_id, recipient_id) values (1001, 2, 1), (1001, 3, 1), (1002, 2, 1);
create function pg_temp.queue(channel text) returns void language sql
as $$
    delete from ops.deliveries;
    insert into ops.deliveries (notification_id, recipient_id, channel)
    select id, recipient_id, channel from api.notifications
$$;
do $$ begin perform pg_temp.queue('EMAIL'); end $$;

set local role worker;
select results_eq(
    $$ select recipient_id, locale, email, notice ->> 'title', notice ->> 'others' from ops.take_deliveries('EMAIL') $$,
    $$ values
        (1::bigint, 'en', 'mona@example.com', 'Reaction to your post', '1'),
        (1, 'en', 'mona@example.com', 'New follower', '0'),
        (3, 'ar', 'samir@example.com', 'أمان الحساب', '0') $$,
    'what is due comes with what is to be said, in the recipient''s language'
);
select is_empty($$ select from ops.take_deliveries('EMAIL') $$, 'what was taken is nobody else''s');
select throws_ok('select from ops.deliveries', '42501', null, 'the worker reads the table itself not at all');
reset role;
select is(ops.settle_delivery(min(id), 'SENT', '250'), 'SENT', 'one is sent') from ops.deliveries;
select is(ops.settle_delivery(min(id), 'SENT', '250'), null, 'and settled once') from ops.deliveries;
select is(ops.settle_delivery(max(id), 'WAITING', '450'), 'WAITING', 'one is tried again') from ops.deliveries;
select ok(due_at > now(), 'later') from ops.deliveries order by id desc limit 1;
update ops.deliveries set attempts = 6 where state = 'WAITING';
select is(ops.settle_delivery(max(id), 'WAITING', '450'), 'FAILED', 'six times at most') from ops.deliveries;

-- What has changed meanwhile.
do $$ begin perform pg_temp.queue('PUSH'); end $$;
insert into api.blocks (blocker_id, blocked_id) values (1, 2);
update api.notifications set read_at = now() where id = 1003;
select results_eq(
    $$ select (notice ->> 'id')::bigint, notice ->> 'actor', notice ->> 'others' from ops.take_deliveries('PUSH') $$,
    $$ values (1001::bigint, 'Samir', '0') $$, 'blocked people are not told of, what was read neither'
);
do $$ begin perform pg_temp.queue('PUSH'); end $$;
update api.posts set deleted_at = now() where id = 101;
select is_empty($$ select from ops.take_deliveries('PUSH') $$, 'nor a post that is gone');
select is((select count(*) from ops.deliveries where state = 'DROPPED'), 3::bigint, 'they are dropped');
update api.posts set deleted_at = null where id = 101;
update api.users set state = 'DEACTIVATED' where id = 1;
do $$ begin perform pg_temp.queue('PUSH'); end $$;
select is_empty($$ select from ops.take_deliveries('PUSH') $$, 'nobody who has left is told');
update api.users set state = 'ACTIVE' where id = 1;

-- Digests.
insert into api.notification_settings (user_id, digest) values (1, 'DAILY'), (3, 'DAILY');
select results_eq(
    'select user_id, jsonb_array_length(notices) from ops.take_digests()', $$ values (1::bigint, 1) $$,
    'a digest has what is unread and may be told, for a verified address'
);
select is_empty('select from ops.take_digests()', 'once');
select is(ops.settle_digest(1, true, '250'), true, 'it is sent');
select ok(due_at > now() + interval '23 hours', 'the next is due tomorrow') from ops.digests where user_id = 1;
update ops.digests set due_at = now();
select is_empty('select from ops.take_digests()', 'with nothing new in it there is none');

-- Old ones.
update ops.deliveries set state = 'WAITING', created_at = now() - interval '4 days' where notification_id = 1001;
update ops.deliveries set created_at = now() - interval '31 days' where notification_id = 1003;
select is(ops.remove_old_deliveries(), 2, 'what is too late is given up, what is old forgotten');

select is(ops.publish_push_key(repeat('A', 87)), true, 'the key is published');
select is(ops.publish_push_key(repeat('A', 87)), null, 'once');
set local role authenticated;
select is(api.push_key(), repeat('A', 87), 'and read by clients');
select throws_ok($$ select ops.take_deliveries('PUSH') $$, '42501', null, 'who take no deliveries');

select * from finish();
rollback;
