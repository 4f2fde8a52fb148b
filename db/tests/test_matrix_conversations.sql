-- Conversations, rooms, events and groups: table x persona x verb, and function x persona. Tables are only read; what
-- changes them is a function, which answers who does not know the thing as if it were not there (DA404).
begin;
select no_plan();

select tap.people();

-- A group's thread (301) of Mona, Farid, Basem, whom Mona blocks, and the suspended account; Mona's with Farid (302),
-- where one message has disappeared; Mona's with Basem (303) from before the block. Basem deleted 402 for himself.
insert into api.message_threads (id, kind, creator_id, title) values
    (301, 'GROUP', 1, 'matrix'), (302, 'DIRECT', 1, ''), (303, 'DIRECT', 4, '');
insert into feed.direct_threads (low_id, high_id, thread_id) values (1, 2, 302), (1, 4, 303);
insert into api.thread_members (thread_id, user_id, role) values
    (301, 1, 'OWNER'), (301, 2, 'MEMBER'), (301, 4, 'MEMBER'), (301, 9, 'MEMBER'), (302, 1, 'MEMBER'),
    (302, 2, 'MEMBER'), (303, 1, 'MEMBER'), (303, 4, 'MEMBER');
insert into api.thread_states (thread_id, user_id) select m.thread_id, m.user_id from api.thread_members as m;
insert into api.messages (id, thread_id, sender_id, content, expires_at) values
    (401, 301, 1, 'x', null), (402, 301, 2, 'x', null), (403, 301, 4, 'x', null), (404, 302, 1, 'x', null),
    (405, 302, 2, 'x', now() - interval '1 second'), (406, 303, 4, 'x', null);
insert into api.message_reactions (message_id, user_id) values (404, 2), (401, 4);
insert into api.hidden_messages (user_id, message_id) values (4, 402);

insert into tap.expected (thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended) values
    ('api.message_threads', 'select', 'no', '3', '2', '0', '2', '0', '0', '0', '0', '1'),
    ('api.thread_members', 'select', 'no', '5', '5', '0', '3', '0', '0', '0', '0', '4'),
    ('api.thread_states', 'select', 'no', '3', '2', '0', '2', '0', '0', '0', '0', '1'),
    ('api.messages', 'select', 'no', '4', '4', '0', '2', '0', '0', '0', '0', '3'),
    ('api.message_reactions', 'select', 'no', '1', '2', '0', '0', '0', '0', '0', '0', '1'),
    ('api.hidden_messages', 'select', 'no', '0', '0', '0', '1', '0', '0', '0', '0', '0'),
    ('open_direct_thread with Mona', 'call', 'no', 'DA400', '1', '1', 'DA404', '1', '', '1', '1', ''),
    ('send_message to Mona', 'call', 'no', 'DA400', '1', '1', 'DA404', '1', '', '1', '1', ''),
    ('send_message in the group', 'call', 'no', '1', '1', 'DA404', '1', 'DA404', '', 'DA404', 'DA404', ''),
    ('send_message where one is blocked', 'call', 'no', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('edit_message of Farid', 'call', 'no', 'DA404', '1', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('delete_message of Farid', 'call', 'no', '1', '1', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('delete_message of Farid for everyone', 'call', 'no', 'DA404', '1', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('react_message', 'call', 'no', '1', '1', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('mark_thread_read', 'call', 'no', '1', '1', 'DA404', '1', 'DA404', '', 'DA404', 'DA404', ''),
    ('mute_thread', 'call', 'no', '1', '1', 'DA404', '1', 'DA404', '', 'DA404', 'DA404', ''),
    ('clear_thread', 'call', 'no', '1', '1', 'DA404', '1', 'DA404', '', 'DA404', 'DA404', ''),
    ('accept_thread', 'call', 'no', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('decline_thread', 'call', 'no', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('create_group_thread', 'call', 'no', '1', '1', '1', '1', '1', '', '1', '1', ''),
    ('add_thread_members', 'call', 'no', '1', 'DA403', 'DA404', 'DA403', 'DA404', '', 'DA404', 'DA404', ''),
    ('leave_thread', 'call', 'no', '1', '1', 'DA404', '1', 'DA404', '', 'DA404', 'DA404', ''),
    ('remove_thread_member', 'call', 'no', '1', 'DA403', 'DA404', 'DA403', 'DA404', '', 'DA404', 'DA404', ''),
    ('set_thread_role', 'call', 'no', '1', 'DA403', 'DA404', 'DA403', 'DA404', '', 'DA404', 'DA404', ''),
    ('update_thread', 'call', 'no', '1', 'DA403', 'DA404', 'DA403', 'DA404', '', 'DA404', 'DA404', ''),
    ('read_receipts', 'select', 'no', '1', '1', '0', '1', '0', '0', '0', '0', '1'),
    ('sync_messages', 'select', 'no', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('inbox', 'select', 'no', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('count_unread_threads', 'select', 'no', '1', '1', '1', '1', '1', '1', '1', '1', '1');
select
    tap.refuse(t.name, 'insert', 'update', 'delete')
from unnest(array[
    'api.message_threads', 'api.thread_members', 'api.thread_states', 'api.messages', 'api.message_reactions',
    'api.hidden_messages'
]) as t (name);
update api.thread_states set last_read_id = 402 where user_id = 2 and thread_id = 301;

insert into tap.attempts values
    ('open_direct_thread with Mona', 'call', 'select api.open_direct_thread(1)'),
    ('send_message to Mona', 'call', $$ select api.send_message(row(null, 1, 'x', null, null, null)) $$),
    ('send_message in the group', 'call', $$ select api.send_message(row(301, null, 'x', null, null, null)) $$),
    ('send_message where one is blocked', 'call', $$ select api.send_message(row(303, null, 'x', null, null, null)) $$),
    ('edit_message of Farid', 'call', $$ select api.edit_message(402, 'y') $$),
    ('delete_message of Farid', 'call', 'select api.delete_message(402)'),
    ('delete_message of Farid for everyone', 'call', 'select api.delete_message(402, true)'),
    ('react_message', 'call', 'select api.react_message(402)'),
    ('mark_thread_read', 'call', 'select api.mark_thread_read(301, 403)'),
    ('mute_thread', 'call', 'select api.mute_thread(301)'),
    ('clear_thread', 'call', 'select api.clear_thread(301)'),
    ('accept_thread', 'call', 'select api.accept_thread(301)'),
    ('decline_thread', 'call', 'select api.decline_thread(301)'),
    ('create_group_thread', 'call', $$ select api.create_group_thread(row('x', null, null)) $$),
    ('add_thread_members', 'call', 'select api.add_thread_members(301, array[7])'),
    ('leave_thread', 'call', 'select api.leave_thread(301)'),
    ('remove_thread_member', 'call', 'select api.remove_thread_member(301, 2)'),
    ('set_thread_role', 'call', $$ select api.set_thread_role(301, 2, 'ADMIN') $$),
    ('update_thread', 'call', $$ select api.update_thread(301, 'x') $$),
    ('read_receipts', 'select', 'select * from api.read_receipts(301)'),
    ('sync_messages', 'select', 'select api.sync_messages()'),
    ('inbox', 'select', 'select api.inbox()'),
    ('count_unread_threads', 'select', 'select api.count_unread_threads()');

select * from tap.matrix();
select is(count(*), 6::bigint, 'and nothing has changed by all these attempts') from api.messages;

select * from finish();
rollback;
