grant select on feed.visible_events to anon, authenticated;

grant execute on function
api.create_event(api.create_event_input),
api.rsvp_event(bigint, api.rsvp_answer),
api.set_event_capacity(bigint, integer),
api.cancel_event(bigint)
to authenticated;
grant execute on function api._starts_at_local(api.events) to anon, authenticated;
grant execute on function api._going_count(api.events), api._maybe_count(api.events) to authenticated;

-- Not granted: creator, audience and circle (they stay), capacity and cancelled_at (functions).
grant select on api.events to anon, authenticated;
grant update (
    title, description, governorate_code, place, online_url, starts_at, ends_at, time_zone, version
) on api.events to authenticated;
grant select on api.event_rsvps to authenticated;

drop policy if exists select_visible on api.events;
create policy select_visible on api.events for select to anon, authenticated
using ((select true from feed.visible_events as v where v.id = events.id));
drop policy if exists update_own on api.events;
create policy update_own on api.events for update to authenticated
using (creator_id = (select auth.uid()) and cancelled_at is null)
with check (creator_id = (select auth.uid()));

-- Who holds the event sees all answers, but of who is blocked; others see who comes, but of private accounts that they
-- do not follow.
drop policy if exists select_visible on api.event_rsvps;
create policy select_visible on api.event_rsvps for select to authenticated
using (
    user_id = (select auth.uid())
    or (
        (select true from feed.visible_events as v where v.id = event_rsvps.event_id)
        and (select true from api.users as u where u.id = event_rsvps.user_id)
        and (
            (
                select true from api.events as e
                where e.id = event_rsvps.event_id and e.creator_id = (select auth.uid())
            )
            or (
                answer <> 'NO' and not is_waiting
                and (
                    select true from feed.audience as a
                    where a.author_id = event_rsvps.user_id and a.visibility = 'PUBLIC'
                    limit 1
                )
            )
        )
    )
);
