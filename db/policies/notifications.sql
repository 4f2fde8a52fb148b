grant select on api.notification_kinds to anon, authenticated;

drop policy if exists select_all on api.notification_kinds;
create policy select_all on api.notification_kinds for select to anon, authenticated
using (true);

grant select, delete on api.notification_preferences to authenticated;
grant insert (user_id, kind, in_app, push, email, source) on api.notification_preferences to authenticated;
grant update (user_id, kind, in_app, push, email, source) on api.notification_preferences to authenticated;

drop policy if exists select_own on api.notification_preferences;
create policy select_own on api.notification_preferences for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists insert_own on api.notification_preferences;
create policy insert_own on api.notification_preferences for insert to authenticated
with check (user_id = (select auth.uid()));
drop policy if exists update_own on api.notification_preferences;
create policy update_own on api.notification_preferences for update to authenticated
using (user_id = (select auth.uid()))
with check (user_id = (select auth.uid()));
drop policy if exists delete_own on api.notification_preferences;
create policy delete_own on api.notification_preferences for delete to authenticated
using (user_id = (select auth.uid()));

grant select on api.notification_settings to authenticated;
grant insert (user_id, quiet_from, quiet_to, digest) on api.notification_settings to authenticated;
grant update (user_id, quiet_from, quiet_to, digest) on api.notification_settings to authenticated;

drop policy if exists select_own on api.notification_settings;
create policy select_own on api.notification_settings for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists insert_own on api.notification_settings;
create policy insert_own on api.notification_settings for insert to authenticated
with check (user_id = (select auth.uid()));
drop policy if exists update_own on api.notification_settings;
create policy update_own on api.notification_settings for update to authenticated
using (user_id = (select auth.uid()))
with check (user_id = (select auth.uid()));

-- The secrets of a device are for the sender alone.
grant select (id, user_id, endpoint, user_agent, created_at), delete on api.push_subscriptions to authenticated;

drop policy if exists select_own on api.push_subscriptions;
create policy select_own on api.push_subscriptions for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists delete_own on api.push_subscriptions;
create policy delete_own on api.push_subscriptions for delete to authenticated
using (user_id = (select auth.uid()));

-- A notification is gone when what it tells of is: its post, its comment, or the last of its actors whom the recipient may see.
grant select, delete on api.notifications to authenticated;

drop policy if exists select_own on api.notifications;
create policy select_own on api.notifications for select to authenticated
using (
    recipient_id = (select auth.uid())
    and (post_id is null or (select true from api.posts as p where p.id = notifications.post_id))
    and (comment_id is null or feed.sees_comment(comment_id))
    and (
        not has_actors
        or (select true from api.notification_actors as a where a.notification_id = notifications.id limit 1)
    )
);
drop policy if exists delete_own on api.notifications;
create policy delete_own on api.notifications for delete to authenticated
using (recipient_id = (select auth.uid()));

grant select on api.notification_actors to authenticated;

drop policy if exists select_own on api.notification_actors;
create policy select_own on api.notification_actors for select to authenticated
using (
    recipient_id = (select auth.uid())
    and (select true from api.users as u where u.id = notification_actors.actor_id)
);

grant execute on function api.unread_count() to authenticated;
grant execute on function api.list_notifications(text, integer, boolean) to authenticated;
grant execute on function api.mark_notifications_read(bigint[]) to authenticated;
grant execute on function api.subscribe_push(text, text, text, text) to authenticated;
grant execute on function feed.encode_cursor(bigint), feed.decode_cursor(text) to authenticated;
grant execute on function ops.fold_notices(integer) to worker;
grant execute on function api.push_key() to authenticated;
grant execute on function ops.take_deliveries(text, integer), ops.settle_delivery(bigint, text, text) to worker;
grant execute on function ops.take_digests(integer), ops.settle_digest(bigint, boolean, text) to worker;
grant execute on function ops.remove_push_subscription(bigint), ops.publish_push_key(text) to worker;
grant execute on function ops.remove_old_deliveries(integer) to worker;
