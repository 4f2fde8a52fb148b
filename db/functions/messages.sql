-- Conversations. Who sees which message is decided by feed.viewer_threads, feed.visible_messages and the policies that
-- repeat them; see audience.sql for why these are not `security_invoker` and look single rows up.

create or replace view feed.viewer_threads as
select
    s.thread_id,
    t.kind = 'DIRECT' as is_direct,
    s.first_id,
    coalesce(s.last_id, 9223372036854775807) as last_id,
    s.last_id is null as is_member,
    s.folder,
    s.last_read_id
from api.thread_states as s
inner join api.message_threads as t on t.id = s.thread_id
where s.user_id = (select auth.uid()) and s.folder <> 'DECLINED';
comment on view feed.viewer_threads is 'The conversations of the viewer, and from where to where each is shown.';

-- What was said between two people stays when one blocks the other; in a group they do not read each other.
--
-- `not coalesce(..., false)` and not `... is null`: PostgreSQL believes that one row in 200 is null, hence that a thread
-- has next to nothing to show, and sorts all of it instead of reading its end.
create or replace view feed.visible_messages as
select
    m.id,
    m.thread_id,
    m.sender_id,
    m.deleted_at
from api.messages as m
where
    (
        select true from feed.viewer_threads as t
        where
            t.thread_id = m.thread_id and m.id between t.first_id and t.last_id
            and (
                t.is_direct
                or (select true from feed.viewer_blocks as b where b.user_id = m.sender_id limit 1) is null
            )
    )
    and coalesce(m.expires_at, 'infinity') > now()
    and (select true from feed.active_users as u where u.user_id = m.sender_id)
    and not coalesce(
        (
            select true from api.hidden_messages as h
            where h.user_id = (select auth.uid()) and h.message_id = m.id
        ),
        false
    );
comment on view feed.visible_messages is
'Messages that the viewer may see; what row-level security also says, for definer functions.';

create or replace function feed.require_member(thread_id bigint, least_role text default 'MEMBER') returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if not exists (select from feed.viewer_threads as t where t.thread_id = require_member.thread_id and t.is_member) then
        perform ops.refuse('DA404', 'There is no such conversation of yours.', 'Check the identifier.');
    end if;
    if least_role <> 'MEMBER' and not exists (
        select from api.thread_members as m
        where
            m.thread_id = require_member.thread_id and m.user_id = auth.uid()
            and (m.role = 'OWNER' or m.role = least_role)
    ) then
        perform ops.refuse('DA403', 'Your role in this conversation does not allow it.', 'Ask its owner.');
    end if;
end
$$;
comment on function feed.require_member(bigint, text) is 'Refuses who is no member of a conversation, or not of this role.';

create or replace function feed.other_member(thread_id bigint) returns bigint
language sql
stable
begin atomic
    select case d.low_id when auth.uid() then d.high_id else d.low_id end
    from feed.direct_threads as d
    where d.thread_id = other_member.thread_id;
end;
comment on function feed.other_member(bigint) is 'With whom the viewer talks in a direct thread.';

create or replace function feed.find_direct_thread(one bigint, other bigint) returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
    found_id bigint;
begin
    select d.thread_id into found_id
    from feed.direct_threads as d
    where d.low_id = least(one, other) and d.high_id = greatest(one, other);
    if found then
        return found_id;
    end if;
    insert into feed.direct_threads (low_id, high_id, thread_id)
    values (least(one, other), greatest(one, other), api.next_id())
    on conflict do nothing
    returning direct_threads.thread_id into found_id;
    if not found then
        return feed.find_direct_thread(one, other);
    end if;
    insert into api.message_threads (id, kind, creator_id) values (found_id, 'DIRECT', one);
    insert into api.thread_members (thread_id, user_id)
    values (found_id, least(one, other)), (found_id, greatest(one, other));
    return found_id;
end
$$;
comment on function feed.find_direct_thread(bigint, bigint) is 'The one direct thread of two people, made where it is not there.';

create or replace function api.open_direct_thread(user_id bigint) returns api.message_threads
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    found_id bigint;
    opened api.message_threads;
begin
    perform feed.require_reachable(open_direct_thread.user_id);
    if open_direct_thread.user_id = viewer then
        perform ops.refuse('DA400', 'Nobody writes to themselves.', 'Name another person.');
    end if;
    found_id := feed.find_direct_thread(viewer, open_direct_thread.user_id);
    insert into api.thread_states (user_id, thread_id) values (viewer, found_id)
    on conflict on constraint thread_states_pkey do update set folder = 'INBOX'
    where thread_states.folder <> 'INBOX';
    select t.* into opened
    from api.message_threads as t
    where t.id = found_id;
    return opened;
end
$$;
comment on function api.open_direct_thread(bigint) is
'One''s conversation with another person, begun where there is none. They see nothing of it before the first message.';

create or replace function feed.deliver_directly(thread_id bigint, sender bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    recipient constant bigint := feed.other_member(deliver_directly.thread_id);
    route api.thread_folder;
begin
    if recipient is null
        or not exists (select from feed.reachable_users as u where u.user_id = recipient) then
        perform ops.refuse('DA404', 'There is no such conversation to write in.', 'Check the identifier.');
    end if;
    if exists (
        select from api.thread_states as s
        where s.user_id = recipient and s.thread_id = deliver_directly.thread_id
    ) then
        return;
    end if;
    route := feed.contact_route(sender, recipient);
    if route is null then
        perform ops.refuse('DA403', 'This person takes no messages from you.', 'Wait until they follow you or write.');
    end if;
    insert into api.thread_states (user_id, thread_id, folder) values (recipient, deliver_directly.thread_id, route)
    on conflict do nothing;
end
$$;
comment on function feed.deliver_directly(bigint, bigint) is
'Sees to it that a direct thread is known at the other end, in the folder of the recipient''s choice.';

create or replace function feed.sent_already(sender bigint, client_id uuid) returns api.messages
language plpgsql
stable
set search_path = ''
as $$
declare
    sent api.messages;
begin
    select m.* into sent
    from ops.message_keys as k
    inner join feed.visible_messages as v on v.id = k.message_id
    inner join api.messages as m on m.id = v.id
    where k.sender_id = sender and k.client_id = sent_already.client_id;
    if not found then
        perform ops.refuse('DA409', 'A message with this key was sent and is gone.', 'Send a new one with a new key.');
    end if;
    return sent;
end
$$;
comment on function feed.sent_already(bigint, uuid) is 'The message that was sent with this key.';

create or replace function feed.thread_to_write_in(thread_id bigint, recipient_id bigint) returns api.message_threads
language plpgsql
volatile
set search_path = ''
as $$
declare
    target api.message_threads;
begin
    if (thread_to_write_in.thread_id is null) = (recipient_id is null) then
        perform ops.refuse('DA400', 'A message needs a thread or a recipient.', 'Give threadId or recipientId, not both.');
    end if;
    if recipient_id is not null then
        return api.open_direct_thread(recipient_id);
    end if;
    perform feed.require_member(thread_to_write_in.thread_id);
    select t.* into target
    from api.message_threads as t
    where t.id = thread_to_write_in.thread_id;
    return target;
end
$$;
comment on function feed.thread_to_write_in(bigint, bigint) is 'The conversation that a new message is for.';

create or replace function api.send_message(input api.send_message_input) returns api.messages
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    new_id constant bigint := api.next_id();
    target api.message_threads;
    sent api.messages;
begin
    if input.client_id is not null then
        insert into ops.message_keys (sender_id, client_id, message_id) values (viewer, input.client_id, new_id)
        on conflict do nothing;
        if not found then
            return feed.sent_already(viewer, input.client_id);
        end if;
    end if;
    target := feed.thread_to_write_in(input.thread_id, input.recipient_id);
    if target.kind = 'DIRECT' then
        perform feed.deliver_directly(target.id, viewer);
    end if;
    if input.reply_to_id is not null and not exists (
        select from feed.visible_messages as v
        where v.id = input.reply_to_id and v.thread_id = target.id and v.deleted_at is null
    ) then
        perform ops.refuse('DA404', 'There is no such message in this conversation.', 'Answer one that you can see.');
    end if;
    update api.thread_states as s set folder = 'INBOX', last_read_id = greatest(s.last_read_id, new_id)
    where s.user_id = viewer and s.thread_id = target.id;
    insert into api.messages (id, thread_id, sender_id, reply_to_id, content, media_urls, expires_at)
    values (
        new_id,
        target.id,
        viewer,
        input.reply_to_id,
        coalesce(input.content, ''),
        coalesce(input.media_urls, '{}'),
        now() + make_interval(secs => target.disappear_after)
    )
    returning * into sent;
    return sent;
end
$$;
comment on function api.send_message(api.send_message_input) is
'Sends a message; what came before it counts as read. A stranger''s first one arrives among the recipient''s requests;
writing back accepts it.';

create or replace function feed.own_message(id bigint) returns api.messages
language plpgsql
volatile
set search_path = ''
as $$
declare
    own api.messages;
begin
    select m.* into own
    from api.messages as m
    inner join feed.visible_messages as v on v.id = m.id
    inner join feed.viewer_threads as t on t.thread_id = m.thread_id and t.is_member
    where m.id = own_message.id and m.sender_id = auth.uid() and m.deleted_at is null;
    if not found then
        perform ops.refuse('DA404', 'There is no such message of yours.', 'Only who sent a message can change it.');
    end if;
    return own;
end
$$;
comment on function feed.own_message(bigint) is 'A message of the viewer''s own that can still be changed.';

create or replace function api.edit_message(id bigint, content text) returns api.messages
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    edited api.messages := feed.own_message(edit_message.id);
begin
    if edited.created_at < now() - interval '15 minutes' then
        perform ops.refuse('DA403', 'The message is too old to be changed.', 'Messages can be changed for 15 minutes.');
    end if;
    if feed.other_member(edited.thread_id) is not null then
        perform feed.deliver_directly(edited.thread_id, viewer);
    end if;
    update api.messages as m
    set content = edit_message.content, edited_at = now()
    where m.id = edit_message.id and m.deleted_at is null
    returning m.* into edited;
    return edited;
end
$$;
comment on function api.edit_message(bigint, text) is
'Changes the text of a message of one''s own, for 15 minutes after it was sent; it is marked as edited.';

create or replace function api.delete_message(id bigint, for_everyone boolean default false) returns api.messages
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    deleted api.messages;
begin
    if not coalesce(for_everyone, false) then
        select m.* into deleted
        from api.messages as m
        inner join feed.visible_messages as v on v.id = m.id
        where m.id = delete_message.id;
        if not found then
            perform ops.refuse('DA404', 'There is no such message.', 'Check the identifier.');
        end if;
        insert into api.hidden_messages (user_id, message_id) values (viewer, deleted.id) on conflict do nothing;
        return deleted;
    end if;
    deleted := feed.own_message(delete_message.id);
    if deleted.created_at < now() - interval '1 hour' then
        perform ops.refuse('DA403', 'The message is too old to be deleted for everyone.', 'Delete it for yourself.');
    end if;
    update api.messages as m
    set content = '', media_urls = '{}', reply_to_id = null, deleted_at = now()
    where m.id = deleted.id and m.deleted_at is null
    returning m.* into deleted;
    delete from api.message_reactions as r where r.message_id = delete_message.id;
    return deleted;
end
$$;
comment on function api.delete_message(bigint, boolean) is
'Deletes a message for oneself or, within an hour of sending it, for everyone: nothing but a mark is left.';

create or replace function api.react_message(message_id bigint, kind api.reaction_kind default 'LIKE')
returns api.message_reactions
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    in_thread bigint;
    made api.message_reactions;
begin
    select v.thread_id into in_thread
    from feed.visible_messages as v
    where v.id = react_message.message_id and v.deleted_at is null;
    if not found then
        perform ops.refuse('DA404', 'There is no such message.', 'React to one that you can see.');
    end if;
    perform feed.require_member(in_thread);
    if feed.other_member(in_thread) is not null then
        perform feed.deliver_directly(in_thread, viewer);
    end if;
    if react_message.kind is null then
        delete from api.message_reactions as r
        where r.message_id = react_message.message_id and r.user_id = viewer
        returning r.* into made;
        return made;
    end if;
    insert into api.message_reactions (message_id, user_id, kind)
    values (react_message.message_id, viewer, react_message.kind)
    on conflict on constraint message_reactions_pkey do update set kind = excluded.kind
    returning * into made;
    return made;
end
$$;
comment on function api.react_message(bigint, api.reaction_kind) is
'Reacts to a message, or changes one''s reaction; null takes it back.';

-- One's own side of a thread

create or replace function feed.own_state(thread_id bigint) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if not exists (select from feed.viewer_threads as t where t.thread_id = own_state.thread_id) then
        perform ops.refuse('DA404', 'There is no such conversation of yours.', 'Check the identifier.');
    end if;
end
$$;
comment on function feed.own_state(bigint) is 'Refuses conversations that the viewer does not know.';

create or replace function api.mark_thread_read(thread_id bigint, message_id bigint) returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    marked api.thread_states;
begin
    perform feed.own_state(mark_thread_read.thread_id);
    update api.thread_states as s
    set
        last_read_id = greatest(
            s.last_read_id,
            (
                select v.id from feed.visible_messages as v
                where v.thread_id = mark_thread_read.thread_id and v.id <= mark_thread_read.message_id
                order by v.id desc
                limit 1
            )
        )
    where s.user_id = viewer and s.thread_id = mark_thread_read.thread_id
    returning s.* into marked;
    return marked;
end
$$;
comment on function api.mark_thread_read(bigint, bigint) is
'Moves one''s read mark to this message, never back.';

create or replace function api.mute_thread(thread_id bigint, muted_until timestamptz default 'infinity')
returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.thread_states;
begin
    perform feed.own_state(mute_thread.thread_id);
    update api.thread_states as s
    set muted_until = mute_thread.muted_until
    where s.user_id = viewer and s.thread_id = mute_thread.thread_id
    returning s.* into changed;
    return changed;
end
$$;
comment on function api.mute_thread(bigint, timestamptz) is
'Announces nothing of a conversation until this moment; null ends that.';

create or replace function api.clear_thread(thread_id bigint) returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.thread_states;
begin
    perform feed.own_state(clear_thread.thread_id);
    update api.thread_states as s
    set first_id = api.next_id()
    where s.user_id = viewer and s.thread_id = clear_thread.thread_id
    returning s.* into changed;
    return changed;
end
$$;
comment on function api.clear_thread(bigint) is 'Deletes all that was said so far, for oneself.';

create or replace function api.accept_thread(thread_id bigint) returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.thread_states;
begin
    update api.thread_states as s
    set folder = 'INBOX'
    where s.user_id = viewer and s.thread_id = accept_thread.thread_id and s.folder = 'REQUESTS'
    returning s.* into changed;
    if not found then
        perform ops.refuse('DA404', 'There is no such request.', 'Look in the folder REQUESTS.');
    end if;
    return changed;
end
$$;
comment on function api.accept_thread(bigint) is 'Moves a conversation from the requests to the inbox.';

create or replace function api.decline_thread(thread_id bigint) returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.thread_states;
begin
    update api.thread_states as s
    set folder = 'DECLINED'
    where s.user_id = viewer and s.thread_id = decline_thread.thread_id and s.folder = 'REQUESTS'
    returning s.* into changed;
    if not found then
        perform ops.refuse('DA404', 'There is no such request.', 'Look in the folder REQUESTS.');
    end if;
    return changed;
end
$$;
comment on function api.decline_thread(bigint) is
'Puts a request away, with all that is still written there. Nobody is told; writing to the person brings it back.';

-- Groups

create or replace function feed.add_to_thread(thread_id bigint, inviter bigint, newcomers bigint[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    size_limit constant integer := 100;
    newcomer bigint;
    route api.thread_folder;
begin
    perform from api.message_threads as t where t.id = add_to_thread.thread_id for no key update;
    for newcomer in
        select distinct n.id
        from unnest(newcomers) as n (id)
        where not exists (
            select from api.thread_members as m where m.thread_id = add_to_thread.thread_id and m.user_id = n.id
        )
        order by n.id
    loop
        perform feed.require_reachable(newcomer);
        route := feed.contact_route(inviter, newcomer);
        if route is null then
            perform ops.refuse('DA403', 'One of them can''t be added by you.', 'Add people who follow you.');
        end if;
        insert into api.thread_members (thread_id, user_id) values (add_to_thread.thread_id, newcomer);
        insert into api.thread_states (user_id, thread_id, folder, first_id)
        values (newcomer, add_to_thread.thread_id, route, api.next_id())
        on conflict on constraint thread_states_pkey do update
        set
            first_id = excluded.first_id,
            last_id = null,
            folder = case thread_states.folder when 'DECLINED' then 'DECLINED' else excluded.folder end;
    end loop;
    if (select count(*) from api.thread_members as m where m.thread_id = add_to_thread.thread_id) > size_limit then
        perform ops.refuse('DA409', 'The conversation is full.', format('It holds %s people.', size_limit));
    end if;
end
$$;
comment on function feed.add_to_thread(bigint, bigint, bigint[]) is
'Adds people to a group''s conversation, each by their own rule of who may write to them.';

create or replace function api.create_group_thread(input api.create_group_thread_input) returns api.message_threads
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    made api.message_threads;
begin
    insert into api.message_threads (kind, creator_id, title, disappear_after)
    values ('GROUP', viewer, coalesce(input.title, ''), input.disappear_after)
    returning * into made;
    insert into api.thread_members (thread_id, user_id, role) values (made.id, viewer, 'OWNER');
    insert into api.thread_states (user_id, thread_id) values (viewer, made.id);
    perform feed.add_to_thread(made.id, viewer, array_remove(input.member_ids, viewer));
    return made;
end
$$;
comment on function api.create_group_thread(api.create_group_thread_input) is
'Begins a conversation of up to 100 people. Who is added by a stranger finds it among the requests.';

create or replace function feed.require_group_thread(thread_id bigint, least_role text) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    perform feed.require_member(require_group_thread.thread_id, least_role);
    if feed.other_member(require_group_thread.thread_id) is not null then
        perform ops.refuse('DA403', 'Two people''s conversation stays theirs.', 'Begin a group instead.');
    end if;
end
$$;
comment on function feed.require_group_thread(bigint, text) is
'Refuses who is no member of this role in a group''s conversation.';

create or replace function api.add_thread_members(thread_id bigint, user_ids bigint[]) returns setof api.thread_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform feed.writer();
    perform feed.require_group_thread(add_thread_members.thread_id, 'ADMIN');
    perform feed.add_to_thread(add_thread_members.thread_id, auth.uid(), user_ids);
    return query
    select m.*
    from api.thread_members as m
    where m.thread_id = add_thread_members.thread_id and m.user_id = any(user_ids);
end
$$;
comment on function api.add_thread_members(bigint, bigint[]) is
'Adds people to a group''s conversation, as its owner or admin. They see what is written from now on.';

create or replace function feed.take_from_thread(thread_id bigint, leaver bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform from api.message_threads as t where t.id = take_from_thread.thread_id for no key update;
    delete from api.thread_members as m where m.thread_id = take_from_thread.thread_id and m.user_id = leaver;
    update api.thread_states as s
    set last_id = api.next_id()
    where s.user_id = leaver and s.thread_id = take_from_thread.thread_id and s.last_id is null;
    update api.thread_members as m
    set role = 'OWNER'
    where
        m.thread_id = take_from_thread.thread_id
        and m.user_id = (
            select h.user_id from api.thread_members as h
            where h.thread_id = take_from_thread.thread_id
            order by h.role <> 'OWNER', h.role <> 'ADMIN', h.created_at, h.user_id
            limit 1
        )
        and m.role <> 'OWNER';
end
$$;
comment on function feed.take_from_thread(bigint, bigint) is
'Ends a membership; when the last owner goes, the longest-serving admin or else member owns the conversation.';

create or replace function api.leave_thread(thread_id bigint) returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.thread_states;
begin
    perform feed.require_group_thread(leave_thread.thread_id, 'MEMBER');
    perform feed.take_from_thread(leave_thread.thread_id, viewer);
    select s.* into changed
    from api.thread_states as s
    where s.user_id = viewer and s.thread_id = leave_thread.thread_id;
    return changed;
end
$$;
comment on function api.leave_thread(bigint) is
'Leaves a group''s conversation. What was said until then stays readable; an owner passes it on by leaving.';

create or replace function api.remove_thread_member(thread_id bigint, user_id bigint) returns api.message_threads
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    held text;
    thread api.message_threads;
begin
    perform feed.writer();
    perform feed.require_group_thread(remove_thread_member.thread_id, 'ADMIN');
    select m.role into held
    from api.thread_members as m
    where m.thread_id = remove_thread_member.thread_id and m.user_id = remove_thread_member.user_id;
    if not found then
        perform ops.refuse('DA404', 'There is no such member.', 'Look at the conversation''s members.');
    end if;
    if held <> 'MEMBER' then
        perform feed.require_member(remove_thread_member.thread_id, 'OWNER');
    end if;
    perform feed.take_from_thread(remove_thread_member.thread_id, remove_thread_member.user_id);
    select t.* into thread
    from api.message_threads as t
    where t.id = remove_thread_member.thread_id;
    return thread;
end
$$;
comment on function api.remove_thread_member(bigint, bigint) is
'Removes a member, as owner or admin; only an owner removes admins and owners.';

create or replace function api.set_thread_role(thread_id bigint, user_id bigint, role api.member_role)
returns api.thread_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.thread_members;
begin
    perform feed.writer();
    perform feed.require_group_thread(set_thread_role.thread_id, 'OWNER');
    perform from api.message_threads as t where t.id = set_thread_role.thread_id for no key update;
    update api.thread_members as m
    set role = set_thread_role.role
    where m.thread_id = set_thread_role.thread_id and m.user_id = set_thread_role.user_id
    returning m.* into changed;
    if not found then
        perform ops.refuse('DA404', 'There is no such member.', 'Look at the conversation''s members.');
    end if;
    if not exists (
        select from api.thread_members as m where m.thread_id = set_thread_role.thread_id and m.role = 'OWNER'
    ) then
        perform ops.refuse('DA409', 'A conversation needs an owner.', 'Make somebody else an owner first.');
    end if;
    return changed;
end
$$;
comment on function api.set_thread_role(bigint, bigint, api.member_role) is
'Makes a member OWNER, ADMIN or MEMBER, as an owner.';

create or replace function api.update_thread(
    thread_id bigint, title text default null, disappear_after integer default -1
) returns api.message_threads
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.message_threads;
begin
    perform feed.writer();
    perform feed.require_member(update_thread.thread_id);
    if feed.other_member(update_thread.thread_id) is null then
        perform feed.require_member(update_thread.thread_id, 'ADMIN');
    else
        perform feed.deliver_directly(update_thread.thread_id, auth.uid());
    end if;
    update api.message_threads as t
    set
        title = coalesce(update_thread.title, t.title),
        disappear_after = case update_thread.disappear_after
            when -1 then t.disappear_after when 0 then null else update_thread.disappear_after
        end
    where t.id = update_thread.thread_id
    returning t.* into changed;
    return changed;
end
$$;
comment on function api.update_thread(bigint, text, integer) is
'Changes a group''s title, as owner or admin, and after how many seconds new messages disappear (0: they stay). What is
not given stays as it is.';

-- Reading

create or replace function feed.count_unread(thread_id bigint, last_read_id bigint) returns integer
language sql
stable
set search_path = ''
begin atomic
    with newest as materialized (
        select m.id
        from api.messages as m
        where m.thread_id = count_unread.thread_id and m.id > count_unread.last_read_id
        order by m.id desc
        limit 100
    )
    select count(*)
    from newest as n
    inner join feed.visible_messages as v on v.id = n.id
    where v.sender_id <> auth.uid() and v.deleted_at is null;
end;
comment on function feed.count_unread(bigint, bigint) is 'How many of the newest 100 messages the viewer has not read.';

create or replace function api._unread_count(state api.thread_states) returns integer
language sql
stable
begin atomic
    select count(*)
    from (
        select
            m.sender_id,
            m.deleted_at
        from api.messages as m
        where m.thread_id = (state).thread_id and m.id > (state).last_read_id
        order by m.id desc
        limit 100
    ) as newest
    where newest.sender_id <> (select auth.uid()) and newest.deleted_at is null;
end;
comment on function api._unread_count(api.thread_states) is 'How many messages one has not read, up to 100.';

create or replace function api.count_unread_threads() returns integer
language sql
stable
security definer
set search_path = ''
begin atomic
    select count(*)
    from api.thread_states as s
    where
        s.user_id = auth.uid() and s.folder = 'INBOX' and s.last_id is null
        and (s.muted_until is null or s.muted_until < now())
        and exists (
            select
            from (
                select m.id
                from api.messages as m
                where m.thread_id = s.thread_id and m.id > s.last_read_id
                order by m.id desc
                limit 100
            ) as n
            inner join feed.visible_messages as v on v.id = n.id
            where v.sender_id <> auth.uid() and v.deleted_at is null
        );
end;
comment on function api.count_unread_threads() is 'How many conversations of the inbox hold something unread; muted ones do not count.';

create or replace function feed.inbox_items(folder text, before bigint, wanted integer) returns setof api.inbox_item
language sql
stable
set search_path = ''
begin atomic
    select
        page.position::text as cursor,
        t as thread,
        m as last_message,
        feed.count_unread(page.thread_id, page.last_read_id) as unread_count,
        coalesce(page.muted_until > now(), false) as is_muted
    from (
        select
            s.thread_id,
            s.last_read_id,
            s.muted_until,
            newest.id as newest_id,
            coalesce(newest.id, greatest(s.first_id, s.thread_id)) as position
        from api.thread_states as s
        left join lateral (
            select v.id
            from feed.visible_messages as v
            where v.thread_id = s.thread_id
            order by v.id desc
            limit 1
        ) as newest on true
        where s.user_id = auth.uid() and s.folder = inbox_items.folder
    ) as page
    inner join api.message_threads as t on t.id = page.thread_id
    left join api.messages as m on m.id = page.newest_id
    where page.position < inbox_items.before and (t.kind = 'GROUP' or page.newest_id is not null)
    order by page.position desc
    limit inbox_items.wanted;
end;
comment on function feed.inbox_items(text, bigint, integer) is
'Conversations of one folder in the order of their newest messages, older than this one.';

create or replace function ops.read_cursor(kind text, given text) returns bigint[]
language plpgsql
immutable
set search_path = ''
as $$
begin
    if given is null then
        return null;
    end if;
    if given !~ format('^%s:[0-9]{1,18}(:[0-9]{1,18})?$', kind) then
        perform ops.refuse('DA400', 'The cursor is not one of this list.', 'Give the cursor that came with the page before.');
    end if;
    return (string_to_array(given, ':'))[2:]::bigint[];
end
$$;
comment on function ops.read_cursor(text, text) is 'The numbers of a cursor of this kind.';

create or replace function api.inbox(
    folder api.thread_folder default 'INBOX', cursor text default null, "limit" integer default 20
) returns api.inbox_page
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    before constant bigint := coalesce((ops.read_cursor('i', inbox.cursor))[1], 9223372036854775807);
    page_size constant integer := least(greatest(coalesce($3, 20), 1), 50);
    items api.inbox_item[];
begin
    if auth.uid() is null then
        perform ops.refuse('DA401', 'Only a signed-in user has an inbox.', 'Sign in and send the access token.');
    end if;
    if inbox.folder = 'DECLINED' then
        return row('{}', row(false, inbox.cursor is not null, null, null)::api.page_info)::api.inbox_page;
    end if;
    select array_agg(row('i:' || i.cursor, i.thread, i.last_message, i.unread_count, i.is_muted)::api.inbox_item)
    into items
    from feed.inbox_items(inbox.folder, before, page_size + 1) as i;
    return row(
        coalesce(items[:page_size], '{}'),
        row(
            coalesce(cardinality(items) > page_size, false),
            inbox.cursor is not null,
            items[1].cursor,
            items[least(page_size, cardinality(items))].cursor
        )::api.page_info
    )::api.inbox_page;
end
$$;
comment on function api.inbox(api.thread_folder, text, integer) is
'One''s conversations, the one with the newest message first: those of the INBOX, or the REQUESTS of strangers.';

-- An identifier is older than its commit, so a reader may pass one that shows up a moment later. The cursor therefore
-- stays ten seconds behind (no request writes for longer) and what is newer is given again: clients know messages by
-- their identifier. While pages follow each other the cursor carries both where the next one begins and how far back the
-- last one must stay.
create or replace function api.sync_messages(cursor text default null, "limit" integer default 100)
returns api.message_page
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    given constant bigint[] := ops.read_cursor('s', sync_messages.cursor);
    start_at constant bigint := coalesce(given[1], 0);
    page_size constant integer := least(greatest(coalesce($2, 100), 1), 200);
    held_back constant bigint := coalesce(given[2], api.id_at(now() - interval '10 seconds'));
    candidates bigint[];
    found api.messages[];
    last_id bigint;
begin
    if auth.uid() is null then
        perform ops.refuse('DA401', 'Only a signed-in user has messages.', 'Sign in and send the access token.');
    end if;
    candidates := feed.newer_messages(start_at, page_size + 1);
    last_id := candidates[least(page_size, cardinality(candidates))];
    select array_agg(m order by m.id) into found
    from api.messages as m
    inner join feed.visible_messages as v on v.id = m.id
    where m.id = any(candidates[:page_size]);
    if cardinality(candidates) > page_size then
        return row(coalesce(found, '{}'), format('s:%s:%s', last_id, held_back), true)::api.message_page;
    end if;
    return row(
        coalesce(found, '{}'),
        format('s:%s', least(greatest(start_at, last_id), held_back)),
        false
    )::api.message_page;
end
$$;
comment on function api.sync_messages(text, integer) is
'What was written in one''s conversations since the cursor, oldest first, up to 200 at once and perhaps fewer than there
are. The newest messages may be given twice: know them by their identifier. Without a cursor it begins with the oldest.';

create or replace function feed.newer_messages(after bigint, wanted integer) returns bigint[]
language sql
stable
set search_path = ''
begin atomic
    select array_agg(page.id)
    from (
        select newer.id
        from feed.viewer_threads as t
        cross join lateral (
            select m.id
            from api.messages as m
            where m.thread_id = t.thread_id and m.id > newer_messages.after and m.id between t.first_id and t.last_id
            order by m.id
            limit newer_messages.wanted
        ) as newer
        order by newer.id
        limit newer_messages.wanted
    ) as page;
end;
comment on function feed.newer_messages(bigint, integer) is
'The next messages after this one in the viewer''s conversations, visible or not.';

-- Who has not accepted yet, and who is hidden from the viewer, has no receipt.
create or replace function api.read_receipts(thread_id bigint) returns setof api.read_receipt
language sql
stable
security definer
set search_path = ''
begin atomic
    select s.user_id, s.last_read_id
    from feed.viewer_threads as t
    inner join api.thread_states as s on s.thread_id = t.thread_id
    inner join feed.reachable_users as u on u.user_id = s.user_id
    where
        t.thread_id = read_receipts.thread_id and t.is_member and t.folder = 'INBOX'
        and s.folder = 'INBOX' and s.last_id is null and s.last_read_id > 0 and s.user_id <> auth.uid();
end;
comment on function api.read_receipts(bigint) is 'How far the other members of a conversation have read.';

-- Cleaning

create or replace function ops.remove_expired_messages(batch integer default 5000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with removed as (
        delete from api.messages as m
        where m.id in (
            select e.id
            from api.messages as e
            where e.expires_at < now()
            order by e.id
            limit batch
            for update skip locked
        )
        returning m.id
    )
    select count(*)
    from removed;
end;
comment on function ops.remove_expired_messages(integer) is
'Removes one batch of messages that have disappeared; gives their number. They are invisible from that moment on anyway.';

create or replace function ops.remove_old_message_keys(batch integer default 20000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with removed as (
        delete from ops.message_keys as k
        where k.message_id in (
            select o.message_id
            from ops.message_keys as o
            where o.message_id < api.id_at(now() - interval '30 days')
            order by o.message_id
            limit batch
        )
        returning k.message_id
    )
    select count(*)
    from removed;
end;
comment on function ops.remove_old_message_keys(integer) is
'Forgets clients'' keys after 30 days; gives the number of keys.';

create or replace trigger message_threads_version before update on api.message_threads
for each row execute function ops.tg_rows__version();
create or replace trigger message_threads_keep before update of id, kind, created_at on api.message_threads
for each row execute function ops.tg_rows__keep('id', 'kind', 'created_at');
create or replace trigger thread_states_touch before update on api.thread_states
for each row execute function ops.tg_rows__touch();
create or replace trigger messages_version before update on api.messages
for each row execute function ops.tg_rows__version();
create or replace trigger messages_keep before update of id, thread_id, sender_id, created_at on api.messages
for each row execute function ops.tg_rows__keep('id', 'thread_id', 'sender_id', 'created_at');
