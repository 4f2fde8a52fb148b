-- migrate:up
create domain api.thread_kind as text
constraint thread_kind_is_known check (value in ('DIRECT', 'GROUP'));
create domain api.member_role as text
constraint member_role_is_known check (value in ('OWNER', 'ADMIN', 'MODERATOR', 'MEMBER'));
create domain api.thread_folder as text
constraint thread_folder_is_known check (value in ('INBOX', 'REQUESTS', 'DECLINED'));

comment on domain api.thread_kind is e'@graphql({"enum": true})\nWhether two people talk, or a group.';
comment on domain api.member_role is
e'@graphql({"enum": true})\nWhat a member may do, from most to least: OWNER, ADMIN, MODERATOR, MEMBER.';
comment on domain api.thread_folder is
e'@graphql({"enum": true})\nWhere a person finds a conversation: among theirs, among requests, or nowhere.';

create table api.message_threads (
    id api.snowflake primary key default api.next_id(),
    kind api.thread_kind not null,
    creator_id api.snowflake references api.users (id) on delete set null,
    title text not null default ''
    constraint message_threads_title_is_short check (length(title) <= 100),
    disappear_after integer
    constraint message_threads_disappear_in_time check (disappear_after between 60 and 7776000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint message_threads_direct_have_no_title check (kind = 'GROUP' or title = '')
);
create index message_threads_by_creator on api.message_threads (creator_id) where creator_id is not null;
alter table api.message_threads enable row level security;
alter table api.message_threads force row level security;

comment on table api.message_threads is e'@graphql({"name": "MessageThread"})\nA conversation of two people or of a group.';
comment on column api.message_threads.id is 'Identifier.';
comment on column api.message_threads.kind is 'Whether two people talk, or a group.';
comment on column api.message_threads.creator_id is 'Who began it.';
comment on column api.message_threads.title is 'What a group calls its conversation.';
comment on column api.message_threads.disappear_after is
'After how many seconds new messages disappear: a minute to 90 days. Null: they stay.';
comment on column api.message_threads.created_at is 'When it began.';
comment on column api.message_threads.updated_at is 'When title or settings last changed.';
comment on column api.message_threads.version is 'Counts changes of title and settings.';
comment on constraint message_threads_creator_id_fkey on api.message_threads is
'@graphql({"foreign_name": "creator", "local_name": "createdMessageThreads"})';

-- Two people have one direct thread. The pair is taken first and the thread made second, so that of two who open it at
-- once the later one finds the earlier one's.
create table feed.direct_threads (
    low_id bigint not null references api.users (id) on delete cascade,
    high_id bigint not null references api.users (id) on delete cascade,
    thread_id bigint not null
    references api.message_threads (id) on delete cascade deferrable initially deferred,
    primary key (low_id, high_id),
    constraint direct_threads_are_ordered check (low_id < high_id),
    constraint direct_threads_thread_id_is_unique unique (thread_id)
);
create index direct_threads_by_high on feed.direct_threads (high_id);
alter table feed.direct_threads enable row level security;
alter table feed.direct_threads force row level security;
comment on table feed.direct_threads is 'The one direct thread of two people.';

create table api.thread_members (
    thread_id api.snowflake not null references api.message_threads (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    role api.member_role not null default 'MEMBER'
    constraint thread_members_need_no_moderator check (role <> 'MODERATOR'),
    created_at timestamptz not null default now(),
    primary key (thread_id, user_id)
);
create index thread_members_by_user on api.thread_members (user_id, thread_id);
alter table api.thread_members enable row level security;
alter table api.thread_members force row level security;

comment on table api.thread_members is e'@graphql({"name": "ThreadMember"})\nA person takes part in a conversation.';
comment on column api.thread_members.thread_id is 'The conversation.';
comment on column api.thread_members.user_id is 'Who takes part.';
comment on column api.thread_members.role is 'OWNER, ADMIN or MEMBER.';
comment on column api.thread_members.created_at is 'Since when.';
comment on constraint thread_members_thread_id_fkey on api.thread_members is
'@graphql({"foreign_name": "thread", "local_name": "members"})';
comment on constraint thread_members_user_id_fkey on api.thread_members is
'@graphql({"foreign_name": "user", "local_name": "threadMemberships"})';

-- A member's own side of a thread. Nobody else reads it: it would tell that a request waits, was declined or was read.
create table api.thread_states (
    user_id api.snowflake not null references api.users (id) on delete cascade,
    thread_id api.snowflake not null references api.message_threads (id) on delete cascade,
    folder api.thread_folder not null default 'INBOX',
    first_id api.snowflake not null default 0,
    last_id api.snowflake,
    last_read_id api.snowflake not null default 0,
    muted_until timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (user_id, thread_id)
) with (fillfactor = 80);
create index thread_states_by_thread on api.thread_states (thread_id);
alter table api.thread_states enable row level security;
alter table api.thread_states force row level security;

comment on table api.thread_states is e'@graphql({"name": "ThreadState"})\nOne''s own side of a conversation.';
comment on column api.thread_states.user_id is 'Whose side it is.';
comment on column api.thread_states.thread_id is 'The conversation.';
comment on column api.thread_states.folder is 'Where it is found.';
comment on column api.thread_states.first_id is 'Messages with a smaller identifier are not shown.';
comment on column api.thread_states.last_id is
'Messages with a greater identifier are not shown: one has left. Null for a member.';
comment on column api.thread_states.last_read_id is 'The last message read.';
comment on column api.thread_states.muted_until is 'Until when nothing is announced.';
comment on column api.thread_states.created_at is 'Since when one takes part.';
comment on column api.thread_states.updated_at is 'When the row last changed.';
comment on constraint thread_states_user_id_fkey on api.thread_states is
'@graphql({"foreign_name": "user", "local_name": "threadStates"})';
comment on constraint thread_states_thread_id_fkey on api.thread_states is
'@graphql({"foreign_name": "thread", "local_name": "states"})';

create table api.messages (
    id api.snowflake not null default api.next_id(),
    thread_id api.snowflake not null references api.message_threads (id) on delete cascade,
    sender_id api.snowflake not null references api.users (id) on delete cascade,
    reply_to_id api.snowflake,
    content text not null default ''
    constraint messages_content_is_short check (length(content) <= 4000),
    media_urls text[] not null default '{}'
    constraint messages_media_urls_are_ten_at_most check (cardinality(media_urls) <= 10),
    created_at timestamptz not null default now(),
    edited_at timestamptz,
    expires_at timestamptz,
    deleted_at timestamptz,
    version integer not null default 1,
    updated_at timestamptz not null default now(),
    primary key (id),
    constraint messages_reply_to_id_fkey foreign key (reply_to_id) references api.messages (id) on delete set null,
    constraint messages_need_text_or_media check (
        deleted_at is not null or content <> '' or cardinality(media_urls) > 0
    ),
    constraint messages_media_urls_are_web_addresses check (
        media_urls::api.web_address[] is not null and array_position(media_urls, null) is null
    )
) partition by range (id);
create table partitions.messages_future partition of api.messages for values from (0) to (maxvalue);
create index messages_by_thread on api.messages (thread_id, id desc);
create index messages_by_sender on api.messages (sender_id, id desc);
create index messages_by_reply on api.messages (reply_to_id) where reply_to_id is not null;
create index messages_expiring on api.messages (expires_at) where expires_at is not null;
-- A page of a thread is read at its end by index, however long the thread is. The planner would sort it whole if it took
-- threads for short, as the average one is. Leaves that are made later take the setting over.
alter table api.messages alter column thread_id set (n_distinct = -0.0001, n_distinct_inherited = -0.0001);
alter table partitions.messages_future
alter column thread_id set (n_distinct = -0.0001, n_distinct_inherited = -0.0001);
alter table api.messages enable row level security;
alter table api.messages force row level security;
alter table partitions.messages_future enable row level security;
alter table partitions.messages_future force row level security;

comment on table api.messages is e'@graphql({"name": "Message"})\nWhat somebody wrote in a conversation.';
comment on column api.messages.id is 'Identifier; later messages have greater ones.';
comment on column api.messages.thread_id is 'The conversation.';
comment on column api.messages.sender_id is 'Who wrote it.';
comment on column api.messages.reply_to_id is 'The message that it answers.';
comment on column api.messages.content is 'The text, of at most 4000 characters; empty once deleted.';
comment on column api.messages.media_urls is 'Addresses of pictures and videos, ten at most.';
comment on column api.messages.created_at is 'When it was sent.';
comment on column api.messages.edited_at is 'When its text was last changed.';
comment on column api.messages.expires_at is 'When it disappears.';
comment on column api.messages.deleted_at is 'When it was deleted for everyone; only this mark is left of it.';
comment on column api.messages.version is 'Counts changes.';
comment on column api.messages.updated_at is 'When the row last changed.';
comment on constraint messages_thread_id_fkey on api.messages is
'@graphql({"foreign_name": "thread", "local_name": "messages"})';
comment on constraint messages_sender_id_fkey on api.messages is
'@graphql({"foreign_name": "sender", "local_name": "messages"})';
comment on constraint messages_reply_to_id_fkey on api.messages is
'@graphql({"foreign_name": "replyTo", "local_name": "replies"})';

create table api.message_reactions (
    message_id api.snowflake not null references api.messages (id) on delete cascade,
    user_id api.snowflake not null references api.users (id) on delete cascade,
    kind api.reaction_kind not null default 'LIKE',
    created_at timestamptz not null default now(),
    primary key (message_id, user_id)
);
create index message_reactions_by_user on api.message_reactions (user_id, message_id desc);
alter table api.message_reactions enable row level security;
alter table api.message_reactions force row level security;

comment on table api.message_reactions is
e'@graphql({"name": "MessageReaction"})\nWhat somebody thinks of a message; one for each of them.';
comment on column api.message_reactions.message_id is 'The message.';
comment on column api.message_reactions.user_id is 'Who reacted.';
comment on column api.message_reactions.kind is 'What the reaction says.';
comment on column api.message_reactions.created_at is 'When.';
comment on constraint message_reactions_message_id_fkey on api.message_reactions is
'@graphql({"foreign_name": "message", "local_name": "reactions"})';
comment on constraint message_reactions_user_id_fkey on api.message_reactions is
'@graphql({"foreign_name": "user", "local_name": "messageReactions"})';

create table api.hidden_messages (
    user_id api.snowflake not null references api.users (id) on delete cascade,
    message_id api.snowflake not null references api.messages (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (user_id, message_id)
);
create index hidden_messages_by_message on api.hidden_messages (message_id);
alter table api.hidden_messages enable row level security;
alter table api.hidden_messages force row level security;

comment on table api.hidden_messages is e'@graphql({"name": "HiddenMessage"})\nA message that one deleted for oneself.';
comment on column api.hidden_messages.user_id is 'Who does not see it any more.';
comment on column api.hidden_messages.message_id is 'The message.';
comment on column api.hidden_messages.created_at is 'Since when.';
comment on constraint hidden_messages_user_id_fkey on api.hidden_messages is
'@graphql({"foreign_name": "user", "local_name": "hiddenMessages"})';
comment on constraint hidden_messages_message_id_fkey on api.hidden_messages is
'@graphql({"foreign_name": "message", "local_name": "hides"})';

-- A key can't be unique on the messages themselves: their partitions know nothing of each other but the identifier.
create table ops.message_keys (
    sender_id bigint not null references api.users (id) on delete cascade,
    client_id uuid not null,
    message_id bigint not null,
    primary key (sender_id, client_id)
);
create index message_keys_by_message on ops.message_keys (message_id);
alter table ops.message_keys enable row level security;
alter table ops.message_keys force row level security;
comment on table ops.message_keys is 'Which message came of a client''s key, so that sending twice sends once.';

create type api.send_message_input as (
    thread_id api.snowflake,
    recipient_id api.snowflake,
    content text,
    media_urls text[], -- noqa: LT01
    reply_to_id api.snowflake,
    client_id uuid
);
comment on type api.send_message_input is 'What sendMessage takes: a thread or a recipient, and text or media.';
comment on column api.send_message_input.thread_id is 'The conversation to write in.';
comment on column api.send_message_input.recipient_id is
'Instead of a conversation: whom to write to. Their direct conversation is found or begun.';
comment on column api.send_message_input.content is 'The text, of at most 4000 characters.';
comment on column api.send_message_input.media_urls is 'Addresses of pictures and videos, ten at most.';
comment on column api.send_message_input.reply_to_id is 'The message of the same conversation that it answers.';
comment on column api.send_message_input.client_id is
'A key of the client''s own making. Sending again with the same key sends nothing and answers the first message.';

create type api.create_group_thread_input as (
    title text,
    member_ids bigint[], -- noqa: LT01
    disappear_after integer
);
comment on type api.create_group_thread_input is 'What createGroupThread takes.';
comment on column api.create_group_thread_input.title is 'What the conversation is called.';
comment on column api.create_group_thread_input.member_ids is 'Whom to add besides oneself.';
comment on column api.create_group_thread_input.disappear_after is 'After how many seconds messages disappear.';

create type api.inbox_item as (
    cursor text,
    thread api.message_threads,
    last_message api.messages,
    unread_count integer,
    is_muted boolean
);
comment on type api.inbox_item is 'A conversation as an inbox shows it.';
comment on column api.inbox_item.cursor is 'Where it stands in the inbox.';
comment on column api.inbox_item.thread is 'The conversation.';
comment on column api.inbox_item.last_message is 'Its last message that one can see.';
comment on column api.inbox_item.unread_count is 'How many messages one has not read, up to 100.';
comment on column api.inbox_item.is_muted is 'Whether it is silent for now.';

create type api.inbox_page as (
    items api.inbox_item[], -- noqa: LT01
    page_info api.page_info
);
comment on type api.inbox_page is 'A page of an inbox.';
comment on column api.inbox_page.items is 'The conversations, the one with the newest message first.';
comment on column api.inbox_page.page_info is 'Where the page stands.';

create type api.message_page as (
    messages api.messages[], -- noqa: LT01
    cursor text,
    has_more boolean
);
comment on type api.message_page is 'What is new in one''s conversations.';
comment on column api.message_page.messages is 'The messages, oldest first.';
comment on column api.message_page.cursor is 'Give it the next time.';
comment on column api.message_page.has_more is 'Whether there is more at once.';

create type api.read_receipt as (
    user_id api.snowflake,
    last_read_id api.snowflake
);
comment on type api.read_receipt is 'How far somebody has read.';
comment on column api.read_receipt.user_id is 'Who.';
comment on column api.read_receipt.last_read_id is 'The last message that they read.';

-- migrate:down
drop type api.read_receipt cascade;
drop type api.message_page cascade;
drop type api.inbox_page cascade;
drop type api.inbox_item cascade;
drop type api.create_group_thread_input cascade;
drop type api.send_message_input cascade;
drop table ops.message_keys cascade;
drop table api.hidden_messages cascade;
drop table api.message_reactions cascade;
drop table api.messages cascade;
drop table api.thread_states cascade;
drop table api.thread_members cascade;
drop table feed.direct_threads cascade;
drop table api.message_threads cascade;
drop domain api.thread_folder cascade;
drop domain api.member_role cascade;
drop domain api.thread_kind cascade;
