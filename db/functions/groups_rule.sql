-- Roles and bans in groups.

create or replace function api.set_group_role(group_id bigint, user_id bigint, role api.member_role)
returns api.group_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    held integer;
    theirs integer;
    changed api.group_members;
begin
    perform feed.writer();
    held := feed.lock_group(set_group_role.group_id, 'ADMIN');
    theirs := feed.rank_in_group(set_group_role.group_id, set_group_role.user_id);
    if held < ops.rank_of('OWNER') and greatest(theirs, ops.rank_of(set_group_role.role)) >= held then
        perform ops.refuse('DA403', 'Only an owner makes and unmakes admins and owners.', 'Ask one of them.');
    end if;
    update api.group_members as m
    set role = set_group_role.role
    where m.group_id = set_group_role.group_id and m.user_id = set_group_role.user_id
    returning m.* into changed;
    perform feed.require_owner_left(set_group_role.group_id);
    return changed;
end
$$;
comment on function api.set_group_role(bigint, bigint, api.member_role) is
'Gives a member another role: an owner any, an admin up to MODERATOR.';

create or replace function feed.take_from_group(group_id bigint, user_id bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    held constant integer := feed.lock_group(take_from_group.group_id, 'MODERATOR');
begin
    if feed.rank_in_group(take_from_group.group_id, take_from_group.user_id) >= held then
        perform ops.refuse('DA403', 'Only a higher role removes this member.', 'Ask an owner.');
    end if;
    delete from api.group_members as m
    where m.group_id = take_from_group.group_id and m.user_id = take_from_group.user_id;
end
$$;
comment on function feed.take_from_group(bigint, bigint) is 'Removes a member of a lower role than the viewer''s.';

create or replace function api.remove_group_member(group_id bigint, user_id bigint) returns api.groups
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform feed.writer();
    perform feed.take_from_group(remove_group_member.group_id, remove_group_member.user_id);
    return (select g from api.groups as g where g.id = remove_group_member.group_id);
end
$$;
comment on function api.remove_group_member(bigint, bigint) is 'Removes a member of a lower role, as a moderator.';

create or replace function api.ban_from_group(group_id bigint, user_id bigint, reason text default '')
returns api.group_bans
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    made api.group_bans;
begin
    perform feed.lock_group(ban_from_group.group_id, 'MODERATOR');
    if exists (
        select from api.group_members as m
        where m.group_id = ban_from_group.group_id and m.user_id = ban_from_group.user_id
    ) then
        perform feed.take_from_group(ban_from_group.group_id, ban_from_group.user_id);
    elsif not exists (
        select from api.group_requests as r
        where r.group_id = ban_from_group.group_id and r.user_id = ban_from_group.user_id
    ) then
        perform feed.require_reachable(ban_from_group.user_id);
    end if;
    delete from api.group_requests as r
    where r.group_id = ban_from_group.group_id and r.user_id = ban_from_group.user_id;
    delete from api.group_invites as i
    where i.group_id = ban_from_group.group_id and i.user_id = ban_from_group.user_id;
    insert into api.group_bans (group_id, user_id, banned_by, reason)
    values (ban_from_group.group_id, ban_from_group.user_id, viewer, coalesce(ban_from_group.reason, ''))
    on conflict on constraint group_bans_pkey do update set reason = excluded.reason
    returning * into made;
    return made;
end
$$;
comment on function api.ban_from_group(bigint, bigint, text) is
'Keeps somebody out of a group, as a moderator. They see the group no more.';

create or replace function api.unban_from_group(group_id bigint, user_id bigint) returns api.group_bans
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    lifted api.group_bans;
begin
    perform feed.writer();
    perform feed.require_group_role(unban_from_group.group_id, 'MODERATOR');
    delete from api.group_bans as b
    where b.group_id = unban_from_group.group_id and b.user_id = unban_from_group.user_id
    returning b.* into lifted;
    if not found then
        perform ops.refuse('DA404', 'There is no such ban.', 'Look at the group''s bans.');
    end if;
    return lifted;
end
$$;
comment on function api.unban_from_group(bigint, bigint) is 'Lets somebody come again.';
