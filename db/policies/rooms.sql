grant select on feed.visible_rooms, feed.viewer_rooms to anon, authenticated;

grant execute on function
api.create_room(api.create_room_input),
api.open_room(bigint),
api.end_room(bigint),
api.join_room(bigint, boolean),
api.leave_room(bigint),
api.raise_hand(bigint, boolean),
api.invite_to_room(bigint, bigint, api.room_role),
api.set_room_role(bigint, bigint, api.room_role),
api.kick_from_room(bigint, bigint)
to authenticated;
grant execute on function api._member_count(api.rooms) to anon, authenticated;

-- Not granted: what functions change (state, members, invitations), and the audience, which stays what people came for.
grant select on api.rooms to anon, authenticated;
grant update (title, topic, version) on api.rooms to authenticated;
grant select on api.room_members, api.room_invites to authenticated;

drop policy if exists select_visible on api.rooms;
create policy select_visible on api.rooms for select to anon, authenticated
using ((select true from feed.visible_rooms as v where v.id = rooms.id));
drop policy if exists update_own on api.rooms;
create policy update_own on api.rooms for update to authenticated
using (creator_id = (select auth.uid()))
with check (creator_id = (select auth.uid()));
drop policy if exists select_visible on api.room_members;
create policy select_visible on api.room_members for select to authenticated
using (
    user_id = (select auth.uid())
    or (
        left_at is null
        and (select true from feed.viewer_rooms as v where v.room_id = room_members.room_id)
        and (select true from api.users as u where u.id = room_members.user_id)
    )
);
drop policy if exists select_visible on api.room_invites;
create policy select_visible on api.room_invites for select to authenticated
using (
    (select true from feed.visible_rooms as v where v.id = room_invites.room_id)
    and (
        user_id = (select auth.uid())
        or (
            (
                select true from feed.viewer_rooms as v
                where v.room_id = room_invites.room_id and v.role = 'HOST'
            )
            and (select true from api.users as u where u.id = room_invites.user_id)
        )
    )
);
