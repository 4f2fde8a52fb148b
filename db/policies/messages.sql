-- Read by policies; they show nothing but what the viewer's own conversations say. Schema feed is granted to nobody.
grant select on feed.viewer_threads, feed.active_users to authenticated;

grant execute on function
api.open_direct_thread(bigint),
api.send_message(api.send_message_input),
api.edit_message(bigint, text),
api.delete_message(bigint, boolean),
api.react_message(bigint, api.reaction_kind),
api.mark_thread_read(bigint, bigint),
api.mute_thread(bigint, timestamptz),
api.clear_thread(bigint),
api.accept_thread(bigint),
api.decline_thread(bigint),
api.create_group_thread(api.create_group_thread_input),
api.add_thread_members(bigint, bigint[]),
api.leave_thread(bigint),
api.remove_thread_member(bigint, bigint),
api.set_thread_role(bigint, bigint, api.member_role),
api.update_thread(bigint, text, integer),
api._unread_count(api.thread_states),
api.count_unread_threads(),
api.inbox(api.thread_folder, text, integer),
api.sync_messages(text, integer),
api.read_receipts(bigint)
to authenticated;
grant execute on function ops.remove_expired_messages(integer), ops.remove_old_message_keys(integer) to worker;

-- Not granted: every change, which is a function's.
grant select on
api.message_threads, api.thread_members, api.thread_states, api.messages, api.message_reactions, api.hidden_messages
to authenticated;

-- One's own are few among all: read once and looked up by key, so that a list of them does not pass over everybody's.
drop policy if exists select_own on api.message_threads;
create policy select_own on api.message_threads for select to authenticated
using (id = any(array(select t.thread_id from feed.viewer_threads as t)));
drop policy if exists select_visible on api.thread_members;
create policy select_visible on api.thread_members for select to authenticated
using (
    (select true from feed.viewer_threads as t where t.thread_id = thread_members.thread_id and t.is_member)
    and (select true from api.users as u where u.id = thread_members.user_id)
);
drop policy if exists select_own on api.thread_states;
create policy select_own on api.thread_states for select to authenticated
using (user_id = (select auth.uid()));
-- What feed.visible_messages says, see there; first by the viewer's threads, so that a list of all of them passes over
-- everybody else's messages without a look-up for each.
drop policy if exists select_visible on api.messages;
create policy select_visible on api.messages for select to authenticated
using (
    thread_id = any(array(select t.thread_id from feed.viewer_threads as t))
    and (
        select true from feed.viewer_threads as t
        where
            t.thread_id = messages.thread_id and messages.id between t.first_id and t.last_id
            and (
                t.is_direct
                or (select true from feed.viewer_blocks as b where b.user_id = messages.sender_id limit 1) is null
            )
    )
    and coalesce(expires_at, 'infinity') > now()
    and (select true from feed.active_users as u where u.user_id = messages.sender_id)
    and not coalesce(
        (
            select true from api.hidden_messages as h
            where h.user_id = (select auth.uid()) and h.message_id = messages.id
        ),
        false
    )
);
drop policy if exists select_visible on api.message_reactions;
create policy select_visible on api.message_reactions for select to authenticated
using (
    (select true from api.messages as m where m.id = message_reactions.message_id)
    and (select true from api.users as u where u.id = message_reactions.user_id)
);
drop policy if exists select_own on api.hidden_messages;
create policy select_own on api.hidden_messages for select to authenticated
using (user_id = (select auth.uid()));
