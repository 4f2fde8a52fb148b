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

-- Mona's rooms: 501 for all, with Farid in it; 502 for her circle, to which Samir is invited.
insert into api.rooms (id, creator_id, title, audience, circle_id) values
    (501, 1, 'all', 'PUBLIC', null), (502, 1, 'circle', 'CIRCLE', 11);
insert into api.room_members (room_id, user_id, role) values (501, 1, 'HOST'), (501, 2, 'LISTENER'), (502, 1, 'HOST');
insert into api.room_invites (room_id, user_id, inviter_id) values (502, 3, 1);

-- Her events: 601 for all, where Farid, Lubna and the suspended account go and Samir does not; 602 for followers.
insert into api.events (id, creator_id, title, audience, starts_at) values
    (601, 1, 'all', 'PUBLIC', now() + interval '1 day'), (602, 1, 'followers', 'FOLLOWERS', now() + interval '1 day');
insert into api.event_rsvps (event_id, user_id, answer) values
    (601, 2, 'GOING'), (601, 3, 'NO'), (601, 5, 'GOING'), (601, 9, 'GOING');

-- Her groups: 701 is open, Dina moderates it, Farid is a member and the minor is banned; 702 is private, Farid is
-- invited; 703 is asked, by Lubna.
insert into api.groups (id, creator_id, name, is_private, join_rule) values
    (701, 1, 'open', false, 'OPEN'), (702, 1, 'private', true, 'INVITE'), (703, 1, 'asked', false, 'REQUEST');
insert into api.group_members (group_id, user_id, role) values
    (701, 1, 'OWNER'), (702, 1, 'OWNER'), (703, 1, 'OWNER'), (701, 2, 'MEMBER'), (701, 7, 'MODERATOR');
insert into api.group_invites (group_id, user_id, inviter_id) values (702, 2, 1);
insert into api.group_requests (group_id, user_id) values (703, 5);
insert into api.group_bans (group_id, user_id) values (701, 8);

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
    ('read_receipts', 'select', 'no', '1', '0', '0', '1', '0', '0', '0', '0', '1'),
    ('sync_messages', 'select', 'no', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('inbox', 'select', 'no', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('count_unread_threads', 'select', 'no', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('api.rooms', 'select', '1', '2', '1', '2', '0', '1', '1', '2', '1', '1'),
    ('api.rooms', 'update', 'no', '2', '0', '0', '0', '0', '', '0', '0', ''),
    ('api.room_members', 'select', 'no', '3', '2', '0', '0', '0', '0', '0', '0', '0'),
    ('api.room_invites', 'select', 'no', '1', '0', '1', '0', '0', '0', '0', '0', '0'),
    ('create_room', 'call', 'no', '1', '1', '1', '1', '1', '', '1', '1', ''),
    ('open_room', 'call', 'no', 'DA409', 'DA403', 'DA403', 'DA404', 'DA403', '', 'DA403', 'DA403', ''),
    ('end_room', 'call', 'no', '1', 'DA403', 'DA403', 'DA404', 'DA403', '', 'DA403', 'DA403', ''),
    ('join_room', 'call', 'no', '1', '1', '1', 'DA404', '1', '', '1', '1', ''),
    ('join_room of a circle', 'call', 'no', '1', 'DA404', '1', 'DA404', 'DA404', '', '1', 'DA404', ''),
    ('leave_room', 'call', 'no', '1', '1', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('raise_hand', 'call', 'no', '1', '1', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('invite_to_room', 'call', 'no', '1', 'DA403', 'DA403', 'DA404', 'DA403', '', 'DA403', 'DA403', ''),
    ('set_room_role', 'call', 'no', '1', 'DA403', 'DA403', 'DA404', 'DA403', '', 'DA403', 'DA403', ''),
    ('kick_from_room', 'call', 'no', '1', 'DA403', 'DA403', 'DA404', 'DA403', '', 'DA403', 'DA403', ''),
    ('api.events', 'select', '1', '2', '2', '1', '0', '1', '1', '1', '1', '1'),
    ('api.events', 'update', 'no', '2', '0', '0', '0', '0', '', '0', '0', ''),
    ('api.event_rsvps', 'select', 'no', '3', '2', '2', '0', '2', '1', '1', '1', '2'),
    ('create_event', 'call', 'no', '1', '1', '1', '1', '1', '', '1', '1', ''),
    ('rsvp_event', 'call', 'no', '1', '1', '1', 'DA404', '1', '', '1', '1', ''),
    ('rsvp_event for followers', 'call', 'no', '1', '1', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('set_event_capacity', 'call', 'no', '1', 'DA404', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('cancel_event', 'call', 'no', '1', 'DA404', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('api.groups', 'select', '2', '3', '3', '2', '2', '2', '2', '2', '1', '2'),
    ('api.groups', 'update', 'no', '3', '0', '0', '0', '0', '', '0', '0', ''),
    ('api.group_members', 'select', 'no', '5', '3', '0', '0', '0', '0', '3', '0', '0'),
    ('api.group_requests', 'select', 'no', '1', '0', '0', '0', '1', '0', '0', '0', '0'),
    ('api.group_invites', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.group_bans', 'select', 'no', '1', '0', '0', '0', '0', '0', '1', '0', '0'),
    ('create_group_post', 'call', 'no', '1', '1', 'DA403', 'DA403', 'DA403', '', '1', 'DA404', ''),
    ('create_group_post in a private one', 'call', 'no', '1', 'DA403', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('remove_group_post', 'call', 'no', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('create_group', 'call', 'no', '1', '1', '1', '1', '1', '', '1', '1', ''),
    ('join_group', 'call', 'no', '1', '1', '1', '1', '1', '', '1', 'DA404', ''),
    ('join_group of a private one', 'call', 'no', '1', '1', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('join_group that is asked', 'call', 'no', '1', 'DA403', 'DA403', 'DA403', 'DA403', '', 'DA403', 'DA403', ''),
    ('request_group', 'call', 'no', 'DA409', '1', '1', '1', '1', '', '1', '1', ''),
    ('accept_group_request', 'call', 'no', '1', 'DA403', 'DA403', 'DA403', 'DA403', '', 'DA403', 'DA403', ''),
    ('decline_group_request', 'call', 'no', '1', 'DA403', 'DA403', 'DA403', '1', '', 'DA403', 'DA403', ''),
    ('invite_to_group', 'call', 'no', '1', 'DA403', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('decline_group_invite', 'call', 'no', 'DA404', '1', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('leave_group', 'call', 'no', 'DA409', '1', 'DA403', 'DA403', 'DA403', '', '1', 'DA404', ''),
    ('leave_group of a private one', 'call', 'no', 'DA409', 'DA403', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', ''),
    ('set_group_role', 'call', 'no', '1', 'DA403', 'DA403', 'DA403', 'DA403', '', 'DA403', 'DA404', ''),
    ('remove_group_member', 'call', 'no', '1', 'DA403', 'DA403', 'DA403', 'DA403', '', '1', 'DA404', ''),
    ('ban_from_group', 'call', 'no', '1', 'DA403', 'DA403', 'DA403', 'DA403', '', '1', 'DA404', ''),
    ('unban_from_group', 'call', 'no', '1', 'DA403', 'DA403', 'DA403', 'DA403', '', '1', 'DA404', ''),
    ('delete_group', 'call', 'no', '1', 'DA403', 'DA403', 'DA403', 'DA403', '', 'DA403', 'DA404', ''),
    ('delete_group of a private one', 'call', 'no', '1', 'DA403', 'DA404', 'DA404', 'DA404', '', 'DA404', 'DA404', '');
select
    tap.refuse(t.name, 'insert', 'update', 'delete')
from unnest(array[
    'api.message_threads', 'api.thread_members', 'api.thread_states', 'api.messages', 'api.message_reactions',
    'api.hidden_messages', 'api.room_members', 'api.room_invites', 'api.event_rsvps', 'api.group_members',
    'api.group_requests', 'api.group_invites', 'api.group_bans'
]) as t (name);
select tap.refuse(t.name, 'insert', 'delete') from unnest(array['api.rooms', 'api.events', 'api.groups']) as t (name);
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
    ('api.rooms', 'update', $$ update api.rooms set title = 'x' $$),
    ('create_room', 'call', $$ select api.create_room(row('x', null, null, null, null, null, null)) $$),
    ('open_room', 'call', 'select api.open_room(501)'),
    ('end_room', 'call', 'select api.end_room(501)'),
    ('join_room', 'call', 'select api.join_room(501)'),
    ('join_room of a circle', 'call', 'select api.join_room(502)'),
    ('leave_room', 'call', 'select api.leave_room(501)'),
    ('raise_hand', 'call', 'select api.raise_hand(501)'),
    ('invite_to_room', 'call', 'select api.invite_to_room(501, 7)'),
    ('set_room_role', 'call', $$ select api.set_room_role(501, 2, 'SPEAKER') $$),
    ('kick_from_room', 'call', 'select api.kick_from_room(501, 2)'),
    ('api.events', 'update', $$ update api.events set title = 'x' $$),
    ('create_event', 'call', $$
        select api.create_event(row('x', null, null, null, null, null, null, now(), null, null, null))
    $$),
    ('rsvp_event', 'call', $$ select api.rsvp_event(601, 'MAYBE') $$),
    ('rsvp_event for followers', 'call', $$ select api.rsvp_event(602, 'MAYBE') $$),
    ('set_event_capacity', 'call', 'select api.set_event_capacity(601, 9)'),
    ('cancel_event', 'call', 'select api.cancel_event(601)'),
    ('api.groups', 'update', $$ update api.groups set description = 'x' $$),
    ('create_group', 'call', $$ select api.create_group(row('xyz', null, null, null, null)) $$),
    ('create_group_post', 'call', $$ select api.create_group_post(701, 'x') $$),
    ('create_group_post in a private one', 'call', $$ select api.create_group_post(702, 'x') $$),
    ('remove_group_post', 'call', 'select api.remove_group_post(1)'),
    ('join_group', 'call', 'select api.join_group(701)'),
    ('join_group of a private one', 'call', 'select api.join_group(702)'),
    ('join_group that is asked', 'call', 'select api.join_group(703)'),
    ('request_group', 'call', 'select api.request_group(703)'),
    ('accept_group_request', 'call', 'select api.accept_group_request(703, 5)'),
    ('decline_group_request', 'call', 'select api.decline_group_request(703, 5)'),
    ('invite_to_group', 'call', 'select api.invite_to_group(702, 7)'),
    ('decline_group_invite', 'call', 'select api.decline_group_invite(702)'),
    ('leave_group', 'call', 'select api.leave_group(701)'),
    ('leave_group of a private one', 'call', 'select api.leave_group(702)'),
    ('set_group_role', 'call', $$ select api.set_group_role(701, 2, 'ADMIN') $$),
    ('remove_group_member', 'call', 'select api.remove_group_member(701, 2)'),
    ('ban_from_group', 'call', 'select api.ban_from_group(701, 2)'),
    ('unban_from_group', 'call', 'select api.unban_from_group(701, 8)'),
    ('delete_group', 'call', 'select api.delete_group(701)'),
    ('delete_group of a private one', 'call', 'select api.delete_group(702)'),
    ('read_receipts', 'select', 'select * from api.read_receipts(301)'),
    ('sync_messages', 'select', 'select api.sync_messages()'),
    ('inbox', 'select', 'select api.inbox()'),
    ('count_unread_threads', 'select', 'select api.count_unread_threads()');

select * from tap.matrix();
select is(count(*), 6::bigint, 'and nothing has changed by all these attempts') from api.messages;

select * from finish();
rollback;
