-- Events. Seats are given under a lock of the event's row, and only where seats are limited.

create or replace view feed.visible_events as
select e.id
from api.events as e
where
    (select true from feed.visible_users as u where u.user_id = e.creator_id)
    and (
        e.creator_id = (select auth.uid())
        or (
            e.audience <> 'CIRCLE'
            and (
                select true from feed.audience as a
                where a.author_id = e.creator_id and a.visibility = e.audience
                limit 1
            )
        )
        or (select true from feed.viewer_circles as c where c.circle_id = e.circle_id)
    );
comment on view feed.visible_events is 'Events that the viewer may see and answer.';

create or replace function api.create_event(input api.create_event_input) returns api.events
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    made api.events;
begin
    perform feed.require_own_circle(input.circle_id);
    insert into api.events (
        creator_id, title, description, audience, circle_id, governorate_code, place, online_url, starts_at, ends_at,
        time_zone, capacity
    )
    values (
        viewer,
        input.title,
        coalesce(input.description, ''),
        coalesce(input.audience, 'PUBLIC'),
        input.circle_id,
        input.governorate_code,
        coalesce(input.place, ''),
        input.online_url,
        input.starts_at,
        input.ends_at,
        coalesce(input.time_zone, 'Africa/Cairo'),
        input.capacity
    )
    returning * into made;
    return made;
end
$$;
comment on function api.create_event(api.create_event_input) is 'Announces an event.';

create or replace function feed.own_event(event_id bigint) returns api.events
language plpgsql
volatile
set search_path = ''
as $$
declare
    own api.events;
begin
    select e.* into own
    from api.events as e
    where e.id = own_event.event_id and e.creator_id = auth.uid()
    for no key update;
    if not found then
        perform ops.refuse('DA404', 'There is no such event of yours.', 'Only who holds an event can change it.');
    end if;
    return own;
end
$$;
comment on function feed.own_event(bigint) is 'An event of the viewer''s own, held until the end of the transaction.';

create or replace function feed.seat_waiting(event_id bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    seats constant integer := (select e.capacity from api.events as e where e.id = seat_waiting.event_id);
    taken constant integer := (
        select count(*) from api.event_rsvps as r
        where r.event_id = seat_waiting.event_id and r.answer = 'GOING' and not r.is_waiting
    );
begin
    update api.event_rsvps as r
    set is_waiting = false
    where
        r.event_id = seat_waiting.event_id
        and r.user_id in (
            select w.user_id from api.event_rsvps as w
            where w.event_id = seat_waiting.event_id and w.is_waiting
            order by w.answered_at, w.user_id
            limit case when seats is not null then greatest(seats - taken, 0) end
        );
end
$$;
comment on function feed.seat_waiting(bigint) is 'Gives free seats of a locked event to who has waited longest.';

create or replace function api.rsvp_event(event_id bigint, answer api.rsvp_answer) returns api.event_rsvps
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    event api.events;
    given api.event_rsvps;
begin
    select e.* into event
    from api.events as e
    inner join feed.visible_events as v on v.id = e.id
    where e.id = rsvp_event.event_id;
    if not found then
        perform ops.refuse('DA404', 'There is no such event.', 'Check the identifier.');
    end if;
    if event.cancelled_at is not null or coalesce(event.ends_at, event.starts_at + interval '1 day') < now() then
        perform ops.refuse('DA409', 'The event is cancelled or over.', 'Nothing is left to answer.');
    end if;
    if event.capacity is not null then
        perform from api.events as e where e.id = event.id for no key update;
    end if;
    insert into api.event_rsvps (event_id, user_id, answer, is_waiting)
    values (event.id, viewer, rsvp_event.answer, rsvp_event.answer = 'GOING' and event.capacity is not null)
    on conflict on constraint event_rsvps_pkey do update
    set answer = excluded.answer, is_waiting = excluded.is_waiting, answered_at = now()
    where event_rsvps.answer <> excluded.answer;
    if event.capacity is not null then
        perform feed.seat_waiting(event.id);
    end if;
    select r.* into given
    from api.event_rsvps as r
    where r.event_id = event.id and r.user_id = viewer;
    return given;
end
$$;
comment on function api.rsvp_event(bigint, api.rsvp_answer) is
'Answers an event. Where all seats are taken one waits, and moves up when somebody gives theirs back.';

create or replace function api.set_event_capacity(event_id bigint, capacity integer) returns api.events
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.events;
begin
    perform feed.writer();
    perform feed.own_event(set_event_capacity.event_id);
    update api.events as e
    set capacity = set_event_capacity.capacity
    where e.id = set_event_capacity.event_id
    returning e.* into changed;
    perform feed.seat_waiting(set_event_capacity.event_id);
    return changed;
end
$$;
comment on function api.set_event_capacity(bigint, integer) is
'Changes how many can go (null: any number). Nobody loses a seat; who waits moves up.';

create or replace function api.cancel_event(event_id bigint) returns api.events
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    cancelled api.events;
begin
    perform feed.writer();
    perform feed.own_event(cancel_event.event_id);
    update api.events as e
    set cancelled_at = coalesce(e.cancelled_at, now())
    where e.id = cancel_event.event_id
    returning e.* into cancelled;
    return cancelled;
end
$$;
comment on function api.cancel_event(bigint) is 'Calls an event of one''s own off.';

-- The counts are those of the answers that the viewer may see: a total beside the list would tell of who is hidden.
create or replace function api._going_count(event api.events) returns integer
language sql
stable
begin atomic
    select count(*)
    from (
        select from api.event_rsvps as r
        where r.event_id = (event).id and r.answer = 'GOING' and not r.is_waiting
        limit 1000
    ) as seen;
end;
comment on function api._going_count(api.events) is 'How many go, of those whom one may see; up to 1000.';

create or replace function api._maybe_count(event api.events) returns integer
language sql
stable
begin atomic
    select count(*)
    from (
        select from api.event_rsvps as r
        where r.event_id = (event).id and r.answer = 'MAYBE'
        limit 1000
    ) as seen;
end;
comment on function api._maybe_count(api.events) is 'How many may go, of those whom one may see; up to 1000.';

create or replace function api._starts_at_local(event api.events) returns text
language sql
stable
return to_char(timezone((event).time_zone, (event).starts_at), 'YYYY-MM-DD"T"HH24:MI:SS');
comment on function api._starts_at_local(api.events) is 'When it begins by the clock of its time zone.';

create or replace trigger events_version before update on api.events
for each row execute function ops.tg_rows__version();
create or replace trigger events_keep before update of id, creator_id, audience, circle_id, created_at on api.events
for each row execute function ops.tg_rows__keep('id', 'creator_id', 'audience', 'circle_id', 'created_at');

-- Whom the holder blocks, or who blocks the holder, does not come: the seat goes to who waits. Events are held in the
-- order of their keys.
create or replace function api.tg_blocks__events() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    parted record;
begin
    for parted in
        select
            e.id,
            r.user_id
        from (
            select b.blocker_id as holder, b.blocked_id as guest from added as b
            union all
            select b.blocked_id as holder, b.blocker_id as guest from added as b
        ) as pair
        inner join api.event_rsvps as r on r.user_id = pair.guest
        inner join api.events as e on e.id = r.event_id and e.creator_id = pair.holder
        order by e.id
    loop
        perform from api.events as e where e.id = parted.id for no key update;
        delete from api.event_rsvps as r where r.event_id = parted.id and r.user_id = parted.user_id;
        perform feed.seat_waiting(parted.id);
    end loop;
    return null;
end
$$;
comment on function api.tg_blocks__events() is 'Takes back what two people who part have answered to each other''s events.';

create or replace trigger blocks_events after insert on api.blocks
referencing new table as added for each statement execute function api.tg_blocks__events();
