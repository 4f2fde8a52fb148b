-- Notifications: table by persona by verb. Mona is told of Farid's reaction; Samir has a preference, settings and a device.
begin;
select no_plan();

select tap.people();
insert into api.posts (id, author_id, content) values (101, 1, 'for all');
delete from ops.notices;
insert into api.reactions (post_id, user_id) values (101, 2), (101, 4);
select isnt(ops.fold_notices(), 0, 'Mona is told');
insert into api.notification_preferences (user_id, kind, in_app, push, email) values (3, 'FOLLOW', true, false, false);
insert into api.notification_settings (user_id) values (3);
insert into api.push_subscriptions (user_id, endpoint, p256dh, auth)
values (3, 'https://push.example/3', repeat('a', 87), repeat('b', 22));

insert into tap.expected (
    thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended
) values
    ('api.notification_kinds', 'select', '21', '21', '21', '21', '21', '21', '21', '21', '21', '21'),
    ('api.notifications', 'select', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.notifications', 'delete', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.notification_actors', 'select', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.notification_preferences', 'select', 'no', '0', '0', '1', '0', '0', '0', '0', '0', '0'),
    ('api.notification_preferences', 'insert', 'no', '1', '1', '23505', '1', '1', '1', '1', '1', '1'),
    ('api.notification_preferences', 'update', 'no', '0', '0', '1', '0', '0', '0', '0', '0', '0'),
    ('api.notification_preferences', 'delete', 'no', '0', '0', '1', '0', '0', '0', '0', '0', '0'),
    ('api.notification_settings', 'select', 'no', '0', '0', '1', '0', '0', '0', '0', '0', '0'),
    ('api.notification_settings', 'insert', 'no', '1', '1', '23505', '1', '1', '1', '1', '1', '1'),
    ('api.notification_settings', 'update', 'no', '0', '0', '1', '0', '0', '0', '0', '0', '0'),
    ('api.push_subscriptions', 'select', 'no', '0', '0', '1', '0', '0', '0', '0', '0', '0'),
    ('api.push_subscriptions', 'delete', 'no', '0', '0', '1', '0', '0', '0', '0', '0', '0');
select
    tap.refuse('api.notification_kinds', 'insert', 'update', 'delete'),
    tap.refuse('api.notifications', 'insert', 'update'),
    tap.refuse('api.notification_actors', 'insert', 'update', 'delete'),
    tap.refuse('api.notification_settings', 'delete'),
    tap.refuse('api.push_subscriptions', 'insert', 'update');
insert into tap.attempts values
    ('api.notification_preferences', 'insert', $$
        insert into api.notification_preferences (kind, in_app, push, email) values ('FOLLOW', true, true, false)
    $$),
    ('api.notification_preferences', 'update', 'update api.notification_preferences set push = true'),
    ('api.notification_settings', 'insert', 'insert into api.notification_settings default values'),
    ('api.notification_settings', 'update', $$ update api.notification_settings set digest = 'DAILY' $$),
    ('api.push_subscriptions', 'select', 'select id from api.push_subscriptions');
select * from tap.matrix();

select * from finish();
rollback;
