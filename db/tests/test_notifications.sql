-- Notifications: who is told of what, together with what, and what is hidden again.
begin;
select no_plan();

select tap.people();
insert into api.follows (follower_id, followee_id) values (3, 1), (7, 1);
insert into api.posts (id, author_id, content, visibility) values
    (101, 1, 'for all', 'PUBLIC'), (102, 1, 'for followers', 'FOLLOWERS'), (103, 1, 'for me', 'PRIVATE');
select isnt(ops.fold_notices(), 0, 'follows are told of');
delete from ops.deliveries;

create function pg_temp.told(recipient bigint) returns setof text
language sql as $$
    select concat_ws(' ', n.kind, n.post_id, string_agg(u.username, ',' order by u.username))
    from api.notifications as n
    left join api.notification_actors as a on a.notification_id = n.id
    left join api.users as u on u.id = a.actor_id
    where n.recipient_id = recipient
    group by n.id
$$;

select set_eq('select pg_temp.told(1)', array['FOLLOW dina,farid,samir'], 'follows share one notification');
select set_eq(
    'select pg_temp.told(2)', array['FOLLOW samir', 'FOLLOW_ACCEPTED lubna'],
    'a private account''s consent is told to who asked, a follow to who is followed'
);

-- Reactions on one post are told together, until they are read.
insert into api.reactions (post_id, user_id) values (101, 2), (101, 3), (101, 1);
select is(ops.fold_notices(), 3, 'three events are taken');
select ok('REACTION 101 farid,samir' in (select pg_temp.told(1)), 'two reactions are one notification, one''s own none');
select is(ops.fold_notices(), 0, 'and only once');
insert into api.reactions (post_id, user_id) values (101, 7);
select is(ops.fold_notices(), 1, 'a later one');
select ok('REACTION 101 dina,farid,samir' in (select pg_temp.told(1)), 'joins the notification');
insert into api.comments (id, post_id, author_id, content) values (201, 101, 3, 'first'), (202, 101, 2, 'second');
insert into api.comments (id, post_id, parent_id, author_id, content) values (203, 101, 201, 2, 'an answer');
select is(ops.fold_notices(), 3, 'comments are told of');
select ok('COMMENT 101 farid,samir' in (select pg_temp.told(1)), 'to the author of the post together');
select ok('REPLY 101 farid' in (select pg_temp.told(3)), 'and to whom they answer');

set local role authenticated;
set local app.user_id = '1';
select is(
    (
        select array_agg((e.node).kind::text order by e.nr)
        from api.list_notifications() as l cross join lateral unnest(l.edges) with ordinality as e (cursor, node, nr)
    ),
    array['COMMENT', 'REACTION', 'FOLLOW'], 'the list is newest first'
);
select is((l).unread_count, 3, 'with the number of unread ones') from api.list_notifications() as l;
select is(cardinality((l).edges), 1, 'a page is as long as wanted') from api.list_notifications(null, 1) as l;
select ok(((l).page_info).has_next_page, 'and says that there is more') from api.list_notifications(null, 1) as l;
select is(
    (((m).edges)[1]).node.kind::text, 'REACTION', 'the next page follows it'
) from api.list_notifications(null, 1) as l cross join lateral api.list_notifications(((l).page_info).end_cursor, 1) as m;
select throws_ok($$ select api.list_notifications('x') $$, 'DA400', null, 'a cursor is ours or refused');
select is(api.mark_notifications_read(), 3, 'all are read');
select is(api.mark_notifications_read(), 0, 'once');
select is(api.unread_count(), 0, 'none is left');
select is(cardinality((l).edges), 0, 'nor in the list of unread ones') from api.list_notifications(unread_only => true) as l;
reset role;
insert into api.reactions (post_id, user_id) values (101, 8);
select is(ops.fold_notices(), 1, 'after reading');
select ok('REACTION 101 minor' in (select pg_temp.told(1)), 'a new notification begins');

-- What the recipient does not want.
insert into api.mutes (muter_id, muted_id, scope) values (1, 2, 'NOTIFICATIONS'), (1, 3, 'TIMELINE');
insert into api.notification_preferences (user_id, kind, in_app, push, email) values (1, 'REACTION', false, false, false);
delete from api.notifications;
insert into api.posts (id, author_id, content) values (110, 1, 'another');
insert into api.comments (id, post_id, author_id, content) values (211, 110, 2, 'of a muted one'), (212, 110, 3, 'of a heard one');
insert into api.reactions (post_id, user_id) values (110, 3);
select is(ops.fold_notices(), 3, 'events come');
select set_eq('select pg_temp.told(1)', array['COMMENT 110 samir'], 'mutes and preferences hold');
insert into api.muted_words (user_id, word) values (1, 'KoShari');
insert into api.comments (id, post_id, author_id, content) values (213, 110, 7, 'koshari!');
select is(ops.fold_notices(), 1, 'an event comes');
select set_eq('select pg_temp.told(1)', array['COMMENT 110 samir'], 'muted words hold');
insert into api.notification_preferences (user_id, kind, in_app, push, email, source)
values (2, 'REPLY', true, false, false, 'FOLLOWED');
insert into api.comments (id, post_id, parent_id, author_id, content) values (214, 110, 211, 8, 'of a stranger to Farid');
select is(ops.fold_notices(), 1, 'an event comes');
select ok(not exists (select from api.notifications where recipient_id = 2 and kind = 'REPLY'), 'where only the followed count');

-- What may not be known any more.
insert into api.blocks (blocker_id, blocked_id) values (1, 3);
set local role authenticated;
set local app.user_id = '1';
select is_empty('select from api.notifications', 'a block hides what only the blocked one did');
reset role;
insert into ops.notices (kind, recipient_id, actor_id, post_id) values ('MENTION', 3, 1, 102), ('MENTION', 7, 1, 103);
select is(ops.fold_notices(), 2, 'events about posts that cannot be seen');
select ok(not exists (select from api.notifications where kind = 'MENTION'), 'are told to nobody');

-- Ways outside the app.
select is(
    ops.after_quiet_hours('2026-03-01 21:30+02', '22:00', '07:00'), '2026-03-01 21:30+02', 'before quiet hours: at once'
);
select is(
    ops.after_quiet_hours('2026-03-01 23:30+02', '22:00', '07:00'), '2026-03-02 07:00+02', 'late in the evening: next morning'
);
select is(ops.after_quiet_hours('2026-03-01 03:00+02', '22:00', '07:00'), '2026-03-01 07:00+02', 'at night: this morning');
select is(ops.after_quiet_hours('2026-07-01 13:30+03', '13:00', '15:00'), '2026-07-01 15:00+03', 'at noon, in summer time');
select is(ops.after_quiet_hours('2026-07-01 15:00+03', '13:00', '15:00'), '2026-07-01 15:00+03', 'the end is not quiet');
select is(
    ops.after_quiet_hours('2026-04-23 23:00+02', '22:00', '00:30'), '2026-04-24 01:30+03', 'an end that the clock leaps over comes with the leap'
);
select is(
    ops.after_quiet_hours('2026-10-29 23:30+03', '22:00', '07:00'), '2026-10-30 07:00+02', 'the hour that comes twice is quiet twice'
);
set local role authenticated;
set local app.user_id = '7';
select is(
    (api.subscribe_push('https://push.example/x', repeat('a', 87), repeat('b', 22))).user_id::bigint, 7::bigint,
    'a device is subscribed'
);
select throws_ok('select auth from api.push_subscriptions', '42501', null, 'its secrets are nobody''s to read');
set local app.user_id = '3';
select is(
    (api.subscribe_push('https://push.example/x', repeat('a', 87), repeat('b', 22))).user_id::bigint, 3::bigint,
    'whoever signed in on it last has it'
);
reset role;
delete from ops.deliveries;
insert into api.notification_settings (user_id, quiet_from, quiet_to)
values (3, (now() at time zone 'Africa/Cairo')::time - interval '1 hour', (now() at time zone 'Africa/Cairo')::time + interval '1 hour');
insert into api.follows (follower_id, followee_id) values (7, 3);
select is(ops.fold_notices(), 1, 'an event comes');
select results_eq(
    'select recipient_id, channel::text, due_at > now() from ops.deliveries', $$ values (3::bigint, 'PUSH', true) $$,
    'a push waits for the end of quiet hours'
);

-- What else is told of.
delete from ops.notices;
insert into api.posts (id, author_id, content) values (120, 2, 'hello @dina and @basem');
insert into api.posts (id, author_id, content, quoted_post_id) values (121, 3, 'look', 120);
insert into api.reposts (post_id, user_id) values (120, 7);
insert into api.comments (id, post_id, author_id, content) values (220, 120, 7, 'mine');
insert into api.comment_likes (comment_id, user_id) values (220, 2);
select isnt(ops.fold_notices(), 0, 'events come');
select is_empty(
    $$ select * from (values (7, 'MENTION', 120), (4, 'MENTION', 120), (2, 'QUOTE', 121), (2, 'REPOST', 120), (7, 'COMMENT_LIKE', 120))
    as wanted (recipient, kind, post)
    where not exists (
        select from api.notifications as n
        where n.recipient_id = wanted.recipient and n.kind = wanted.kind and n.post_id = wanted.post
    ) $$,
    'mentions, quotes, reposts and likes of comments are told of'
);
insert into api.groups (id, creator_id, name, join_rule) values (301, 1, 'Readers', 'REQUEST');
insert into api.group_members (group_id, user_id, role) values (301, 1, 'OWNER') on conflict do nothing;
insert into api.group_requests (group_id, user_id) values (301, 7);
insert into api.group_invites (group_id, user_id, inviter_id) values (301, 2, 1);
insert into api.events (id, creator_id, title, starts_at) values (302, 2, 'Iftar', now() + interval '1 day');
insert into api.event_rsvps (event_id, user_id, answer) values (302, 7, 'GOING');
update api.events set starts_at = now() + interval '2 days' where id = 302;
select isnt(ops.fold_notices(), 0, 'events come');
select is_empty(
    $$ select * from (values (1, 'GROUP_REQUEST', 301), (2, 'GROUP_INVITE', 301), (7, 'EVENT_CHANGED', 302))
    as wanted (recipient, kind, subject)
    where not exists (
        select from api.notifications as n
        where n.recipient_id = wanted.recipient and n.kind = wanted.kind and n.subject_id = wanted.subject
    ) $$,
    'requests, invitations and changes of events are told of'
);

select * from finish();
rollback;
