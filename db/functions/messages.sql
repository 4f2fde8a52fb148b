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
        or not exists (select from feed.visible_users as u where u.user_id = recipient) then
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
