grant usage on schema api, extensions to anon, authenticated;
grant execute on function extensions.snowflake_to_json(api.snowflake) to anon, authenticated;
grant execute on function auth.uid() to anon, authenticated;
grant execute on function api.id_at(timestamptz), api.time_of_id(bigint) to anon, authenticated;
grant execute on function api.next_id() to authenticated;
grant usage on sequence api.snowflake_seq to authenticated;
grant execute on function api.me(), api._follower_count(api.users) to anon, authenticated;
grant execute on function api._email(api.users), api._is_minor(api.users) to authenticated;
grant execute on function
api.is_username_available(text), api.get_user(bigint, text), api.list_users(text, text, text, boolean)
to anon, authenticated;
grant execute on function
api.update_profile(api.update_profile_input),
api.update_settings(api.update_settings_input),
api.change_handle(text),
api.set_birth_date(date),
api.deactivate_account(),
api.reactivate_account(),
api.verify_creator(api.verify_creator_input),
api.withdraw_verification()
to authenticated;
grant execute on function
api.suspend_user(bigint, text), api.reinstate_user(bigint, text), api.decide_verification(bigint, boolean, text)
to moderator, admin;
grant execute on function api.create_user(api.create_user_input) to admin;
-- What decides who sees what: read by policies. Schema feed itself is granted to nobody.
grant select on feed.viewer_follows, feed.viewer_blocks, feed.audience to anon, authenticated;
grant select on feed.open_accounts to authenticated;
grant select on feed.discoverable_users to anon, authenticated;

-- Not granted: username (changes have a cool-down), user_type and is_verified (staff decide), state and deleted_at.
grant select on api.users to anon, authenticated;
grant update (name, bio, avatar_url, locale, governorate_code, is_private, version) on api.users to authenticated;

drop policy if exists select_visible on api.users;
create policy select_visible on api.users for select to anon, authenticated
using (
    deleted_at is null
    and (state = 'ACTIVE' or id = (select auth.uid()))
    and (select true from feed.viewer_blocks as b where b.user_id = users.id limit 1) is null
);
drop policy if exists update_own on api.users;
create policy update_own on api.users for update to authenticated
using (id = (select auth.uid()) and deleted_at is null)
with check (id = (select auth.uid()));

-- Not granted: every change. An address or a number changes through a confirmation.
grant select on api.user_private to authenticated;

drop policy if exists select_own on api.user_private;
create policy select_own on api.user_private for select to authenticated
using (user_id = (select auth.uid()));

grant select on api.user_stats to anon, authenticated;

drop policy if exists select_visible on api.user_stats;
create policy select_visible on api.user_stats for select to anon, authenticated
using ((select true from api.users as u where u.id = user_stats.user_id));

grant select on api.user_settings to authenticated;
grant update (
    is_discoverable, is_indexable, is_family_mode, message_policy, mention_policy, allows_analytics, version
) on api.user_settings to authenticated;

drop policy if exists select_own on api.user_settings;
create policy select_own on api.user_settings for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists update_own on api.user_settings;
create policy update_own on api.user_settings for update to authenticated
using (user_id = (select auth.uid()))
with check (user_id = (select auth.uid()));

-- Not granted: every change. api.verify_creator and its companions ask and decide.
grant select on api.verification_requests to authenticated;

drop policy if exists select_own on api.verification_requests;
create policy select_own on api.verification_requests for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists select_staff on api.verification_requests;
create policy select_staff on api.verification_requests for select to moderator, admin
using (true);
