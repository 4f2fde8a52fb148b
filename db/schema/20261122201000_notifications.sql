-- migrate:up
create domain api.notification_kind as text
constraint notification_kind_is_known check (
    value in (
        'FOLLOW', 'FOLLOW_REQUEST', 'FOLLOW_ACCEPTED', 'REACTION', 'COMMENT', 'REPLY', 'COMMENT_LIKE', 'MENTION',
        'QUOTE', 'REPOST', 'POST', 'MESSAGE_REQUEST', 'ROOM_STARTED', 'ROOM_INVITE', 'EVENT_INVITE', 'EVENT_CHANGED',
        'GROUP_INVITE', 'GROUP_REQUEST', 'VERIFICATION', 'SECURITY', 'SYSTEM'
    )
);
comment on domain api.notification_kind is e'@graphql({"enum": true})\nWhat a notification is about.';
create domain api.notification_source as text
constraint notification_source_is_known check (value in ('EVERYONE', 'FOLLOWED'));
comment on domain api.notification_source is
e'@graphql({"enum": true})\nWhose deeds one is told of: everyone''s, or those of people whom one follows.';
create domain api.digest_rhythm as text
constraint digest_rhythm_is_known check (value in ('OFF', 'DAILY', 'WEEKLY'));
comment on domain api.digest_rhythm is e'@graphql({"enum": true})\nHow often the digest e-mail goes out.';

create table api.notification_kinds (
    kind api.notification_kind primary key,
    name_ar text not null
    constraint notification_kinds_name_ar_is_short check (length(name_ar) between 1 and 100),
    name_en text not null
    constraint notification_kinds_name_en_is_short check (length(name_en) between 1 and 100),
    in_app boolean not null,
    push boolean not null,
    email boolean not null
);
alter table api.notification_kinds enable row level security;
alter table api.notification_kinds force row level security;
comment on table api.notification_kinds is
e'@graphql({"name": "NotificationKindInfo"})\nA kind of notification, and how people hear of it unless they chose otherwise.';
comment on column api.notification_kinds.kind is 'The kind.';
comment on column api.notification_kinds.name_ar is 'Name in Arabic.';
comment on column api.notification_kinds.name_en is 'Name in English.';
comment on column api.notification_kinds.in_app is 'Whether it is listed.';
comment on column api.notification_kinds.push is 'Whether devices are told.';
comment on column api.notification_kinds.email is 'Whether it goes by e-mail.';

create table api.notification_preferences (
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    kind api.notification_kind not null,
    in_app boolean not null,
    push boolean not null,
    email boolean not null,
    source api.notification_source not null default 'EVERYONE',
    updated_at timestamptz not null default now(),
    primary key (user_id, kind),
    constraint notification_preferences_push_what_is_listed check (in_app or not (push or email)),
    constraint notification_preferences_keep_security check (kind <> 'SECURITY' or (in_app and email))
);
alter table api.notification_preferences enable row level security;
alter table api.notification_preferences force row level security;
comment on table api.notification_preferences is
e'@graphql({"name": "NotificationPreference"})\nHow one wants to hear of one kind of event.';
comment on column api.notification_preferences.user_id is 'Whose preference it is.';
comment on column api.notification_preferences.kind is 'The kind.';
comment on column api.notification_preferences.in_app is 'Whether one is told at all.';
comment on column api.notification_preferences.push is 'Whether devices are told.';
comment on column api.notification_preferences.email is 'Whether it goes by e-mail.';
comment on column api.notification_preferences.source is 'Whose deeds one is told of.';
comment on column api.notification_preferences.updated_at is 'When it last changed.';
comment on constraint notification_preferences_user_id_fkey on api.notification_preferences is
'@graphql({"foreign_name": "user", "local_name": "notificationPreferences"})';

create table api.notification_settings (
    user_id api.snowflake primary key default auth.uid() references api.users (id) on delete cascade,
    quiet_from time,
    quiet_to time,
    digest api.digest_rhythm not null default 'OFF',
    updated_at timestamptz not null default now(),
    constraint notification_settings_need_both_ends check ((quiet_from is null) = (quiet_to is null))
);
alter table api.notification_settings enable row level security;
alter table api.notification_settings force row level security;
comment on table api.notification_settings is
e'@graphql({"name": "NotificationSettings"})\nWhen one wants no push and no e-mail, and how often a digest.';
comment on column api.notification_settings.user_id is 'Whose settings these are.';
comment on column api.notification_settings.quiet_from is 'When quiet hours begin, by the clock in Cairo.';
comment on column api.notification_settings.quiet_to is 'When they end; earlier than the beginning means the next morning.';
comment on column api.notification_settings.digest is 'How often a digest of what was not read goes by e-mail.';
comment on column api.notification_settings.updated_at is 'When they last changed.';
comment on constraint notification_settings_user_id_fkey on api.notification_settings is
'@graphql({"foreign_name": "user", "local_name": "notificationSettings"})';

create table api.push_subscriptions (
    id api.snowflake primary key default api.next_id(),
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    endpoint text not null
    constraint push_subscriptions_endpoint_is_https check (
        endpoint ~ '^https://[^[:space:]]+$' and length(endpoint) <= 2000
    ),
    p256dh text not null
    constraint push_subscriptions_p256dh_is_base64url check (p256dh ~ '^[A-Za-z0-9_-]{80,100}$'),
    auth text not null
    constraint push_subscriptions_auth_is_base64url check (auth ~ '^[A-Za-z0-9_-]{16,32}$'),
    user_agent text not null default ''
    constraint push_subscriptions_user_agent_is_short check (length(user_agent) <= 200),
    created_at timestamptz not null default now(),
    constraint push_subscriptions_endpoint_is_unique unique (endpoint)
);
create index push_subscriptions_by_user on api.push_subscriptions (user_id);
alter table api.push_subscriptions enable row level security;
alter table api.push_subscriptions force row level security;
comment on table api.push_subscriptions is
e'@graphql({"name": "PushSubscription"})\nA browser or device that one wants to be told on (W3C Push API).';
comment on column api.push_subscriptions.id is 'Identifier.';
comment on column api.push_subscriptions.user_id is 'Whose device it is.';
comment on column api.push_subscriptions.endpoint is 'Where its push service takes messages.';
comment on column api.push_subscriptions.p256dh is 'Its public key, base64url.';
comment on column api.push_subscriptions.auth is 'Its authentication secret, base64url.';
comment on column api.push_subscriptions.user_agent is 'What it calls itself.';
comment on column api.push_subscriptions.created_at is 'Since when.';
comment on constraint push_subscriptions_user_id_fkey on api.push_subscriptions is
'@graphql({"foreign_name": "user", "local_name": "pushSubscriptions"})';

create table api.notifications (
    id api.snowflake not null default api.next_id(),
    recipient_id api.snowflake not null references api.users (id) on delete cascade,
    kind api.notification_kind not null,
    post_id api.snowflake references api.posts (id) on delete cascade,
    comment_id api.snowflake references api.comments (id) on delete cascade,
    subject_id api.snowflake,
    has_actors boolean not null,
    position api.snowflake not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    read_at timestamptz,
    primary key (id)
) partition by range (id);
create table partitions.notifications_future partition of api.notifications for values from (0) to (maxvalue);
create index notifications_by_recipient on api.notifications (recipient_id, position desc);
create index notifications_unread on api.notifications (recipient_id) where read_at is null;
create index notifications_by_post on api.notifications (post_id) where post_id is not null;
create index notifications_by_comment on api.notifications (comment_id) where comment_id is not null;
alter table api.notifications enable row level security;
alter table api.notifications force row level security;
alter table partitions.notifications_future enable row level security;
alter table partitions.notifications_future force row level security;
comment on table api.notifications is
e'@graphql({"name": "Notification"})\nSomething that happened to the recipient; events alike share one until it is read.';
comment on column api.notifications.id is 'Identifier.';
comment on column api.notifications.recipient_id is 'Who is told.';
comment on column api.notifications.kind is 'What it is about.';
comment on column api.notifications.post_id is 'The post that it is about, if any.';
comment on column api.notifications.comment_id is 'The comment that it is about, if any.';
comment on column api.notifications.subject_id is 'The conversation, room, event or group that it is about, if any.';
comment on column api.notifications.has_actors is 'Whether people caused it.';
comment on column api.notifications.position is 'Its place in the list: greater is newer. It rises with each event that joins it.';
comment on column api.notifications.created_at is 'When the first of its events happened.';
comment on column api.notifications.updated_at is 'When the newest of its events joined it, or it was read.';
comment on column api.notifications.read_at is 'When it was read.';
comment on constraint notifications_recipient_id_fkey on api.notifications is
'@graphql({"foreign_name": "recipient", "local_name": "notifications"})';
comment on constraint notifications_post_id_fkey on api.notifications is
'@graphql({"foreign_name": "post", "local_name": "notifications"})';
comment on constraint notifications_comment_id_fkey on api.notifications is
'@graphql({"foreign_name": "comment", "local_name": "notifications"})';

create table api.notification_actors (
    notification_id api.snowflake not null references api.notifications (id) on delete cascade,
    actor_id api.snowflake not null references api.users (id) on delete cascade,
    recipient_id api.snowflake not null,
    created_at timestamptz not null default now(),
    primary key (notification_id, actor_id)
);
create index notification_actors_by_actor on api.notification_actors (actor_id);
alter table api.notification_actors enable row level security;
alter table api.notification_actors force row level security;
comment on table api.notification_actors is e'@graphql({"name": "NotificationActor"})\nWho did what a notification tells of.';
comment on column api.notification_actors.notification_id is 'The notification.';
comment on column api.notification_actors.actor_id is 'Who did it.';
comment on column api.notification_actors.recipient_id is 'Who is told; the same as that of the notification.';
comment on column api.notification_actors.created_at is 'When they did.';
comment on constraint notification_actors_notification_id_fkey on api.notification_actors is
'@graphql({"foreign_name": "notification", "local_name": "actors"})';
comment on constraint notification_actors_actor_id_fkey on api.notification_actors is
'@graphql({"foreign_name": "actor", "local_name": "causedNotifications"})';

-- Writers append here, a job makes notifications of it. Who is told may be left open for what concerns a post or a
-- comment: its author.
create table ops.notices (
    id bigint generated always as identity primary key,
    kind api.notification_kind not null,
    recipient_id bigint,
    actor_id bigint,
    post_id bigint,
    comment_id bigint,
    subject_id bigint,
    created_at timestamptz not null default now()
);
alter table ops.notices enable row level security;
alter table ops.notices force row level security;
comment on table ops.notices is 'Events of which nobody has been told yet.';

-- The notification that further events of its kind and subject join. Two jobs meet on the key, so no group has two.
create table ops.open_notifications (
    recipient_id bigint not null,
    group_key text not null,
    notification_id bigint not null,
    opened_at timestamptz not null default now(),
    primary key (recipient_id, group_key)
);
alter table ops.open_notifications enable row level security;
alter table ops.open_notifications force row level security;
comment on table ops.open_notifications is 'Unread notifications that further events join.';

create domain ops.delivery_channel as text
constraint delivery_channel_is_known check (value in ('PUSH', 'EMAIL'));
comment on domain ops.delivery_channel is 'By which way somebody is told outside the app.';
create domain ops.delivery_state as text
constraint delivery_state_is_known check (value in ('WAITING', 'SENT', 'FAILED', 'DROPPED'));
comment on domain ops.delivery_state is 'How far a delivery has come.';

create table ops.deliveries (
    id bigint generated always as identity primary key,
    notification_id bigint not null,
    recipient_id bigint not null,
    channel ops.delivery_channel not null,
    state ops.delivery_state not null default 'WAITING',
    due_at timestamptz not null default now(),
    attempts smallint not null default 0,
    outcome text not null default '',
    created_at timestamptz not null default now(),
    settled_at timestamptz
);
create unique index deliveries_wait_once on ops.deliveries (notification_id, channel) where state = 'WAITING';
create index deliveries_due on ops.deliveries (channel, due_at) where state = 'WAITING';
create index deliveries_by_recipient on ops.deliveries (recipient_id, id desc);
alter table ops.deliveries enable row level security;
alter table ops.deliveries force row level security;
comment on table ops.deliveries is 'Pushes and e-mails that are to be sent, and what became of them.';

create type api.notification_list_edge as (cursor text, node api.notifications);
comment on type api.notification_list_edge is 'A notification and its place in the list.';
comment on column api.notification_list_edge.cursor is 'Where the notification stands in the list.';
comment on column api.notification_list_edge.node is 'The notification.';
create type api.notification_list as (
    edges api.notification_list_edge[], page_info api.page_info, unread_count integer -- noqa: LT01
);
comment on type api.notification_list is 'A page of notifications.';
comment on column api.notification_list.edges is 'The notifications, newest first.';
comment on column api.notification_list.page_info is 'Where the page stands.';
comment on column api.notification_list.unread_count is 'How many are unread; counted up to 100.';

-- migrate:down
drop type api.notification_list cascade;
drop type api.notification_list_edge cascade;
drop table ops.deliveries cascade;
drop domain ops.delivery_state;
drop domain ops.delivery_channel;
drop table ops.open_notifications cascade;
drop table ops.notices cascade;
drop table api.notification_actors cascade;
drop table api.notifications cascade;
drop table api.push_subscriptions cascade;
drop table api.notification_settings cascade;
drop table api.notification_preferences cascade;
drop table api.notification_kinds cascade;
drop domain api.digest_rhythm;
drop domain api.notification_source;
drop domain api.notification_kind;
