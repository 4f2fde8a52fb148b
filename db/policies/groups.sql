grant select on feed.visible_groups, feed.viewer_groups to anon, authenticated;

grant execute on function
api.create_group(api.create_group_input),
api.join_group(bigint),
api.request_group(bigint, text),
api.accept_group_request(bigint, bigint),
api.decline_group_request(bigint, bigint),
api.invite_to_group(bigint, bigint),
api.decline_group_invite(bigint),
api.leave_group(bigint),
api.set_group_role(bigint, bigint, api.member_role),
api.remove_group_member(bigint, bigint),
api.ban_from_group(bigint, bigint, text),
api.unban_from_group(bigint, bigint),
api.delete_group(bigint),
api.create_group_post(bigint, text, text[]),
api.remove_group_post(bigint),
api._my_role(api.groups)
to authenticated;

grant execute on function api._member_count(api.groups) to anon, authenticated;

-- Not granted: creator, deleted_at (api.delete_group); members, requests, invitations and bans are functions'.
grant select on api.groups to anon, authenticated;
grant update (name, description, rules, is_private, join_rule, version) on api.groups to authenticated;
grant select on api.group_members, api.group_requests, api.group_invites, api.group_bans to authenticated;

drop policy if exists select_visible on api.groups;
create policy select_visible on api.groups for select to anon, authenticated
using ((select true from feed.visible_groups as v where v.id = groups.id));
drop policy if exists update_led on api.groups;
create policy update_led on api.groups for update to authenticated
using ((select true from feed.viewer_groups as v where v.group_id = groups.id and v.role in ('OWNER', 'ADMIN')))
with check ((select true from feed.viewer_groups as v where v.group_id = groups.id and v.role in ('OWNER', 'ADMIN')));
drop policy if exists select_visible on api.group_members;
create policy select_visible on api.group_members for select to authenticated
using (
    (select true from feed.viewer_groups as v where v.group_id = group_members.group_id)
    and (select true from api.users as u where u.id = group_members.user_id)
);
drop policy if exists select_visible on api.group_requests;
create policy select_visible on api.group_requests for select to authenticated
using (
    user_id = (select auth.uid())
    or (
        (
            select true from feed.viewer_groups as v
            where v.group_id = group_requests.group_id and v.role in ('OWNER', 'ADMIN', 'MODERATOR')
        )
        and (select true from api.users as u where u.id = group_requests.user_id)
    )
);
drop policy if exists select_visible on api.group_invites;
create policy select_visible on api.group_invites for select to authenticated
using (
    (select true from feed.visible_groups as v where v.id = group_invites.group_id)
    and (
        user_id = (select auth.uid())
        or inviter_id = (select auth.uid())
        or (
            (
                select true from feed.viewer_groups as v
                where v.group_id = group_invites.group_id and v.role in ('OWNER', 'ADMIN', 'MODERATOR')
            )
            and (select true from api.users as u where u.id = group_invites.user_id)
        )
    )
);
drop policy if exists select_led on api.group_bans;
create policy select_led on api.group_bans for select to authenticated
using (
    (
        select true from feed.viewer_groups as v
        where v.group_id = group_bans.group_id and v.role in ('OWNER', 'ADMIN', 'MODERATOR')
    )
    and (select true from api.users as u where u.id = group_bans.user_id)
);
