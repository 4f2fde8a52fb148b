-- Rooms. Whatever changes who is in a room and as what locks the room's row first, so that capacity, the last host and
-- the end hold, and nothing waits in a ring.

create or replace view feed.visible_rooms as
select r.id
from api.rooms as r
where
    (select true from feed.visible_users as u where u.user_id = r.creator_id)
    and (
        select true from api.room_members as m
        where m.room_id = r.id and m.user_id = (select auth.uid()) and m.is_kicked
    ) is null
    and (
        r.creator_id = (select auth.uid())
        or (
            r.audience <> 'CIRCLE'
            and (
                select true from feed.audience as a
                where a.author_id = r.creator_id and a.visibility = r.audience
                limit 1
            )
        )
        or (select true from feed.viewer_circles as c where c.circle_id = r.circle_id)
        or (select true from api.room_invites as i where i.room_id = r.id and i.user_id = (select auth.uid()))
    );
comment on view feed.visible_rooms is 'Rooms that the viewer may see and enter.';

create or replace view feed.viewer_rooms as
select
    m.room_id,
    m.role
from api.room_members as m
where
    m.user_id = (select auth.uid()) and m.left_at is null
    and (select true from feed.visible_rooms as r where r.id = m.room_id);
comment on view feed.viewer_rooms is 'The rooms in which the viewer is now.';

create or replace function feed.lock_room(room_id bigint) returns api.rooms
language plpgsql
volatile
set search_path = ''
as $$
declare
    locked api.rooms;
begin
    if exists (select from feed.visible_rooms as v where v.id = lock_room.room_id) then
        select r.* into locked
        from api.rooms as r
        where r.id = lock_room.room_id
        for no key update;
    end if;
    if locked.id is null then
        perform ops.refuse('DA404', 'There is no such room.', 'Check the identifier.');
    end if;
    return locked;
end
$$;
comment on function feed.lock_room(bigint) is 'A room that the viewer can see, held until the end of the transaction.';

create or replace function feed.lock_hosted_room(room_id bigint) returns api.rooms
language plpgsql
volatile
set search_path = ''
as $$
declare
    locked constant api.rooms := feed.lock_room(lock_hosted_room.room_id);
begin
    if locked.creator_id <> auth.uid() and not exists (
        select from feed.viewer_rooms as v where v.room_id = lock_hosted_room.room_id and v.role = 'HOST'
    ) then
        perform ops.refuse('DA403', 'Only a host can do this.', 'Ask a host of the room.');
    end if;
    if locked.state = 'ENDED' then
        perform ops.refuse('DA409', 'The room has ended.', 'Make a new one.');
    end if;
    return locked;
end
$$;
comment on function feed.lock_hosted_room(bigint) is 'The same for a room that the viewer leads and that is not over.';

create or replace function feed.enter_room(room_id bigint, entrant bigint, role text, consents boolean)
returns api.room_members
language sql
volatile
set search_path = ''
begin atomic
    insert into api.room_members (room_id, user_id, role, consents_to_recording)
    values (enter_room.room_id, entrant, enter_room.role, coalesce(consents, false))
    on conflict on constraint room_members_pkey do update
    set
        role = case when room_members.left_at is null then room_members.role else excluded.role end,
        joined_at = case when room_members.left_at is null then room_members.joined_at else now() end,
        consents_to_recording = excluded.consents_to_recording,
        hand_raised_at = null,
        left_at = null
    returning *;
end;
comment on function feed.enter_room(bigint, bigint, text, boolean) is 'Puts somebody into a room.';

create or replace function api.create_room(input api.create_room_input) returns api.rooms
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    is_planned constant boolean := coalesce(input.starts_at > now(), false);
    made api.rooms;
begin
    perform feed.require_own_circle(input.circle_id);
    insert into api.rooms (
        creator_id, title, topic, audience, circle_id, state, capacity, is_recorded, starts_at, opened_at
    )
    values (
        viewer,
        input.title,
        coalesce(input.topic, ''),
        coalesce(input.audience, 'PUBLIC'),
        input.circle_id,
        case when is_planned then 'SCHEDULED' else 'OPEN' end,
        coalesce(input.capacity, 500),
        coalesce(input.is_recorded, false),
        input.starts_at,
        case when not is_planned then now() end
    )
    returning * into made;
    if not is_planned then
        perform feed.enter_room(made.id, viewer, 'HOST', true);
    end if;
    return made;
end
$$;
comment on function api.create_room(api.create_room_input) is
'Makes a room with oneself as host: open at once, or planned for later.';

create or replace function api.open_room(room_id bigint) returns api.rooms
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    opened api.rooms := feed.lock_hosted_room(open_room.room_id);
begin
    if opened.state <> 'SCHEDULED' then
        perform ops.refuse('DA409', 'The room is open already.', 'Join it.');
    end if;
    update api.rooms as r
    set state = 'OPEN', opened_at = now()
    where r.id = open_room.room_id
    returning r.* into opened;
    perform feed.enter_room(opened.id, viewer, 'HOST', true);
    return opened;
end
$$;
comment on function api.open_room(bigint) is 'Opens a planned room, as its creator.';

create or replace function feed.close_room(room_id bigint) returns api.rooms
language plpgsql
volatile
set search_path = ''
as $$
declare
    closed api.rooms;
begin
    update api.room_members as m
    set left_at = now(), hand_raised_at = null
    where m.room_id = close_room.room_id and m.left_at is null;
    update api.rooms as r
    set state = 'ENDED', ended_at = now()
    where r.id = close_room.room_id
    returning r.* into closed;
    return closed;
end
$$;
comment on function feed.close_room(bigint) is 'Ends a room that is locked.';

create or replace function feed.close_room_without_host(room_id bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    if exists (
        select from api.rooms as r where r.id = close_room_without_host.room_id and r.state = 'OPEN'
    ) and not exists (
        select from api.room_members as m
        where m.room_id = close_room_without_host.room_id and m.role = 'HOST' and m.left_at is null
    ) then
        perform feed.close_room(close_room_without_host.room_id);
    end if;
end
$$;
comment on function feed.close_room_without_host(bigint) is
'Ends a room that is locked when its last host has gone, however they went.';

create or replace function api.end_room(room_id bigint) returns api.rooms
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform feed.writer();
    perform feed.lock_hosted_room(end_room.room_id);
    return feed.close_room(end_room.room_id);
end
$$;
comment on function api.end_room(bigint) is 'Ends a room, as a host; everybody leaves.';

create or replace function api.join_room(room_id bigint, consents_to_recording boolean default false)
returns api.room_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    entered constant api.rooms := feed.lock_room(join_room.room_id);
    invited text;
begin
    if entered.state <> 'OPEN' then
        perform ops.refuse('DA409', 'The room is not open.', 'Wait until a host opens it.');
    end if;
    if (
        select count(*) from api.room_members as m
        where m.room_id = join_room.room_id and m.left_at is null and m.user_id <> viewer
    ) >= entered.capacity then
        perform ops.refuse('DA409', 'The room is full.', 'Try again when somebody has left.');
    end if;
    select i.role into invited
    from api.room_invites as i
    where i.room_id = join_room.room_id and i.user_id = viewer;
    if entered.is_recorded and not coalesce(join_room.consents_to_recording, false) then
        invited := 'LISTENER';
    end if;
    return feed.enter_room(
        entered.id,
        viewer,
        case when entered.creator_id = viewer then 'HOST' else coalesce(invited, 'LISTENER') end,
        join_room.consents_to_recording
    );
end
$$;
comment on function api.join_room(bigint, boolean) is
'Enters an open room: as what one was invited, or as a listener. In a recorded room, who has not consented only listens.';

create or replace function api.leave_room(room_id bigint) returns api.room_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    departed api.room_members;
begin
    perform from api.rooms as r where r.id = leave_room.room_id for no key update;
    update api.room_members as m
    set left_at = now(), hand_raised_at = null
    where m.room_id = leave_room.room_id and m.user_id = viewer and m.left_at is null
    returning m.* into departed;
    if not found then
        perform ops.refuse('DA404', 'You are not in such a room.', 'Check the identifier.');
    end if;
    perform feed.close_room_without_host(leave_room.room_id);
    return departed;
end
$$;
comment on function api.leave_room(bigint) is 'Leaves a room; it ends when its last host leaves.';

create or replace function api.raise_hand(room_id bigint, is_raised boolean default true) returns api.room_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.room_members;
begin
    update api.room_members as m
    set hand_raised_at = case when is_raised then coalesce(m.hand_raised_at, now()) end
    where
        m.room_id = raise_hand.room_id and m.user_id = viewer and m.left_at is null
        and exists (select from feed.viewer_rooms as v where v.room_id = m.room_id)
    returning m.* into changed;
    if not found then
        perform ops.refuse('DA404', 'You are not in such a room.', 'Join it first.');
    end if;
    return changed;
end
$$;
comment on function api.raise_hand(bigint, boolean) is 'Asks to speak, or no longer.';

create or replace function api.invite_to_room(room_id bigint, user_id bigint, role api.room_role default 'LISTENER')
returns api.room_invites
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    invited api.room_invites;
begin
    perform feed.lock_hosted_room(invite_to_room.room_id);
    perform feed.require_reachable(invite_to_room.user_id);
    if exists (
        select from api.room_members as m
        where m.room_id = invite_to_room.room_id and m.user_id = invite_to_room.user_id and m.is_kicked
    ) then
        perform ops.refuse('DA409', 'This person was sent out of the room.', 'Invite somebody else.');
    end if;
    insert into api.room_invites (room_id, user_id, inviter_id, role)
    values (invite_to_room.room_id, invite_to_room.user_id, viewer, coalesce(invite_to_room.role, 'LISTENER'))
    on conflict on constraint room_invites_pkey do update set role = excluded.role
    returning * into invited;
    return invited;
end
$$;
comment on function api.invite_to_room(bigint, bigint, api.room_role) is
'Asks somebody to a room, as a host. They may come whoever the audience is.';

create or replace function feed.require_room_member(room api.rooms, user_id bigint) returns api.room_members
language plpgsql
volatile
set search_path = ''
as $$
declare
    member api.room_members;
begin
    select m.* into member
    from api.room_members as m
    where m.room_id = room.id and m.user_id = require_room_member.user_id and m.left_at is null;
    if not found then
        perform ops.refuse('DA404', 'There is no such person in the room.', 'Look at the room''s members.');
    end if;
    if room.creator_id = require_room_member.user_id and room.creator_id <> auth.uid() then
        perform ops.refuse('DA403', 'Nobody changes the place of a room''s creator.', 'Ask them.');
    end if;
    return member;
end
$$;
comment on function feed.require_room_member(api.rooms, bigint) is
'Somebody in a room, whose place the viewer may change.';

create or replace function api.set_room_role(room_id bigint, user_id bigint, role api.room_role)
returns api.room_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    room api.rooms;
    changed api.room_members;
begin
    perform feed.writer();
    room := feed.lock_hosted_room(set_room_role.room_id);
    changed := feed.require_room_member(room, set_room_role.user_id);
    if room.is_recorded and set_room_role.role <> 'LISTENER' and not changed.consents_to_recording then
        perform ops.refuse('DA403', 'They have not consented to be recorded.', 'They join again with their consent.');
    end if;
    update api.room_members as m
    set role = set_room_role.role, hand_raised_at = null
    where m.room_id = set_room_role.room_id and m.user_id = set_room_role.user_id
    returning m.* into changed;
    if not exists (
        select from api.room_members as m
        where m.room_id = set_room_role.room_id and m.role = 'HOST' and m.left_at is null
    ) then
        perform ops.refuse('DA409', 'A room needs a host.', 'Make somebody else a host first.');
    end if;
    return changed;
end
$$;
comment on function api.set_room_role(bigint, bigint, api.room_role) is
'Makes somebody in a room HOST, SPEAKER or LISTENER, as a host.';

create or replace function api.kick_from_room(room_id bigint, user_id bigint) returns api.room_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    room api.rooms;
    kicked api.room_members;
begin
    perform feed.writer();
    room := feed.lock_hosted_room(kick_from_room.room_id);
    perform feed.require_room_member(room, kick_from_room.user_id);
    if kick_from_room.user_id = room.creator_id then
        perform ops.refuse('DA403', 'Nobody is sent out of their own room.', 'End the room instead.');
    end if;
    delete from api.room_invites as i
    where i.room_id = kick_from_room.room_id and i.user_id = kick_from_room.user_id;
    update api.room_members as m
    set left_at = now(), is_kicked = true, hand_raised_at = null, role = 'LISTENER'
    where m.room_id = kick_from_room.room_id and m.user_id = kick_from_room.user_id
    returning m.* into kicked;
    perform feed.close_room_without_host(kick_from_room.room_id);
    return kicked;
end
$$;
comment on function api.kick_from_room(bigint, bigint) is
'Sends somebody out of a room, as a host; they can''t come back.';

create or replace function api._member_count(room api.rooms) returns integer
language sql
stable
security definer
set search_path = ''
begin atomic
    select count(*)
    from api.room_members as m
    where m.room_id = (room).id and m.left_at is null
        and (select true from feed.visible_rooms as v where v.id = (room).id);
end;
comment on function api._member_count(api.rooms) is 'How many are in the room.';

create or replace trigger rooms_version before update on api.rooms
for each row execute function ops.tg_rows__version();
create or replace trigger rooms_keep before update of id, creator_id, created_at on api.rooms
for each row execute function ops.tg_rows__keep('id', 'creator_id', 'created_at');

create or replace function api.tg_blocks__rooms() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    parted record;
begin
    for parted in
        select
            r.id,
            m.user_id
        from (
            select b.blocker_id as host, b.blocked_id as guest from added as b
            union all
            select b.blocked_id as host, b.blocker_id as guest from added as b
        ) as pair
        inner join api.room_members as m on m.user_id = pair.guest and m.left_at is null
        inner join api.rooms as r on r.id = m.room_id and r.creator_id = pair.host
        order by r.id
    loop
        perform from api.rooms as r where r.id = parted.id for no key update;
        update api.room_members as m
        set left_at = now(), hand_raised_at = null, role = 'LISTENER'
        where m.room_id = parted.id and m.user_id = parted.user_id and m.left_at is null;
        perform feed.close_room_without_host(parted.id);
    end loop;
    return null;
end
$$;
comment on function api.tg_blocks__rooms() is 'Takes who is blocked out of the rooms of who blocks; a room left without a host ends.';

create or replace trigger blocks_rooms after insert on api.blocks
referencing new table as added for each statement execute function api.tg_blocks__rooms();
