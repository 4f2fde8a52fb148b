-- Groups. Who joins shares the group's row, who changes roles or bans holds it: an owner is always left, and nobody
-- joins past a ban.

create or replace view feed.visible_groups as
select g.id
from api.groups as g
where
    g.deleted_at is null
    and (
        select true from api.group_bans as b
        where b.group_id = g.id and b.user_id = (select auth.uid())
    ) is null
    and (
        not g.is_private
        or (select true from feed.viewer_groups as v where v.group_id = g.id)
        or (select true from api.group_invites as i where i.group_id = g.id and i.user_id = (select auth.uid()))
    );
comment on view feed.visible_groups is 'Groups that the viewer may know of.';

create or replace function ops.rank_of(role text) returns integer
language sql
immutable
return case role when 'OWNER' then 4 when 'ADMIN' then 3 when 'MODERATOR' then 2 when 'MEMBER' then 1 else 0 end;
comment on function ops.rank_of(text) is 'How much a role may do; 0 for none.';

create or replace function feed.role_in_group(group_id bigint) returns text
language sql
stable
begin atomic
    select v.role::text
    from feed.viewer_groups as v
    where v.group_id = role_in_group.group_id;
end;
comment on function feed.role_in_group(bigint) is 'The viewer''s role in a group.';

create or replace function feed.require_group_role(group_id bigint, least_role text) returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
    held constant integer := ops.rank_of(feed.role_in_group(require_group_role.group_id));
begin
    if held = 0 and not exists (select from feed.visible_groups as v where v.id = require_group_role.group_id) then
        perform ops.refuse('DA404', 'There is no such group.', 'Check the identifier.');
    end if;
    if held < ops.rank_of(least_role) then
        perform ops.refuse('DA403', 'Your role in this group does not allow it.', 'Ask its owners.');
    end if;
    return held;
end
$$;
comment on function feed.require_group_role(bigint, text) is
'The rank of the viewer in a group; refuses who does not know the group, or may too little there.';

create or replace function feed.lock_group(group_id bigint, least_role text) returns integer
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform from api.groups as g where g.id = lock_group.group_id for no key update;
    return feed.require_group_role(lock_group.group_id, least_role);
end
$$;
comment on function feed.lock_group(bigint, text) is 'The same, with the group held until the end of the transaction.';

create or replace function feed.rank_in_group(group_id bigint, user_id bigint) returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
    held text;
begin
    select m.role into held
    from api.group_members as m
    where m.group_id = rank_in_group.group_id and m.user_id = rank_in_group.user_id;
    if not found then
        perform ops.refuse('DA404', 'There is no such member.', 'Look at the group''s members.');
    end if;
    return ops.rank_of(held);
end
$$;
comment on function feed.rank_in_group(bigint, bigint) is 'The rank of a member of a group.';

create or replace function feed.put_into_group(group_id bigint, newcomer bigint) returns api.group_members
language plpgsql
volatile
set search_path = ''
as $$
declare
    member api.group_members;
begin
    delete from api.group_requests as r where r.group_id = put_into_group.group_id and r.user_id = newcomer;
    delete from api.group_invites as i where i.group_id = put_into_group.group_id and i.user_id = newcomer;
    insert into api.group_members (group_id, user_id) values (put_into_group.group_id, newcomer)
    on conflict on constraint group_members_pkey do update set role = group_members.role
    returning * into member;
    return member;
end
$$;
comment on function feed.put_into_group(bigint, bigint) is 'Makes somebody a member; requests and invitations are over.';

create or replace function api.create_group(input api.create_group_input) returns api.groups
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    made api.groups;
begin
    insert into api.groups (creator_id, name, description, rules, is_private, join_rule)
    values (
        viewer,
        input.name,
        coalesce(input.description, ''),
        coalesce(input.rules, ''),
        coalesce(input.is_private, false),
        coalesce(input.join_rule, case when input.is_private then 'INVITE' else 'OPEN' end)
    )
    returning * into made;
    insert into api.group_members (group_id, user_id, role) values (made.id, viewer, 'OWNER');
    return made;
end
$$;
comment on function api.create_group(api.create_group_input) is 'Founds a group, with oneself as owner.';

create or replace function feed.known_group(id bigint) returns api.groups
language plpgsql
volatile
set search_path = ''
as $$
declare
    known api.groups;
begin
    perform from api.groups as g where g.id = known_group.id for share;
    select g.* into known
    from api.groups as g
    inner join feed.visible_groups as v on v.id = g.id
    where g.id = known_group.id;
    if not found then
        perform ops.refuse('DA404', 'There is no such group.', 'Check the identifier.');
    end if;
    return known;
end
$$;
comment on function feed.known_group(bigint) is 'A group that the viewer knows of, shared until the end of the transaction.';

create or replace function api.join_group(group_id bigint) returns api.group_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    known constant api.groups := feed.known_group(join_group.group_id);
begin
    if known.join_rule <> 'OPEN' and feed.role_in_group(known.id) is null and not exists (
        select from api.group_invites as i where i.group_id = known.id and i.user_id = viewer
    ) then
        perform ops.refuse('DA403', 'This group is not joined just like that.', 'Ask to join, or wait for an invitation.');
    end if;
    return feed.put_into_group(known.id, viewer);
end
$$;
comment on function api.join_group(bigint) is 'Joins an open group, or one to which one is invited.';

create or replace function api.request_group(group_id bigint, message text default '') returns api.group_requests
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    known constant api.groups := feed.known_group(request_group.group_id);
    made api.group_requests;
begin
    if feed.role_in_group(known.id) is not null then
        perform ops.refuse('DA409', 'You are a member already.', 'Nothing is left to ask.');
    end if;
    if known.join_rule <> 'REQUEST' then
        perform ops.refuse('DA403', 'This group takes no requests.', 'Join it, or wait for an invitation.');
    end if;
    insert into api.group_requests (group_id, user_id, message)
    values (known.id, viewer, coalesce(request_group.message, ''))
    on conflict on constraint group_requests_pkey do update set message = excluded.message
    returning * into made;
    return made;
end
$$;
comment on function api.request_group(bigint, text) is 'Asks to join a group.';

create or replace function feed.take_request(group_id bigint, user_id bigint) returns api.group_requests
language plpgsql
volatile
set search_path = ''
as $$
declare
    taken api.group_requests;
begin
    delete from api.group_requests as r
    where r.group_id = take_request.group_id and r.user_id = take_request.user_id
    returning r.* into taken;
    if not found then
        perform ops.refuse('DA404', 'There is no such request.', 'Look at the group''s requests.');
    end if;
    return taken;
end
$$;
comment on function feed.take_request(bigint, bigint) is 'Takes a request out of those that wait.';

create or replace function api.accept_group_request(group_id bigint, user_id bigint) returns api.group_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform feed.writer();
    perform feed.lock_group(accept_group_request.group_id, 'MODERATOR');
    perform feed.take_request(accept_group_request.group_id, accept_group_request.user_id);
    return feed.put_into_group(accept_group_request.group_id, accept_group_request.user_id);
end
$$;
comment on function api.accept_group_request(bigint, bigint) is 'Lets somebody into a group who asked, as a moderator.';

create or replace function api.decline_group_request(group_id bigint, user_id bigint) returns api.group_requests
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform feed.writer();
    if decline_group_request.user_id <> auth.uid() then
        perform feed.require_group_role(decline_group_request.group_id, 'MODERATOR');
    end if;
    return feed.take_request(decline_group_request.group_id, decline_group_request.user_id);
end
$$;
comment on function api.decline_group_request(bigint, bigint) is
'Turns a request down, as a moderator, or takes one''s own back.';

create or replace function api.invite_to_group(group_id bigint, user_id bigint) returns api.group_invites
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    held constant integer := feed.require_group_role(invite_to_group.group_id, 'MEMBER');
    known constant api.groups := feed.known_group(invite_to_group.group_id);
    made api.group_invites;
begin
    if (known.is_private or known.join_rule <> 'OPEN') and held < ops.rank_of('MODERATOR') then
        perform ops.refuse('DA403', 'Only moderators invite to this group.', 'Ask one of them.');
    end if;
    perform feed.require_reachable(invite_to_group.user_id);
    if exists (
        select from api.group_bans as b where b.group_id = known.id and b.user_id = invite_to_group.user_id
    ) or exists (
        select from api.group_members as m where m.group_id = known.id and m.user_id = invite_to_group.user_id
    ) then
        perform ops.refuse('DA409', 'This person can''t be invited.', 'They are a member, or kept out.');
    end if;
    insert into api.group_invites (group_id, user_id, inviter_id) values (known.id, invite_to_group.user_id, viewer)
    on conflict on constraint group_invites_pkey do update set inviter_id = group_invites.inviter_id
    returning * into made;
    return made;
end
$$;
comment on function api.invite_to_group(bigint, bigint) is
'Asks somebody to join: any member for an open group, a moderator for others.';

create or replace function api.decline_group_invite(group_id bigint) returns api.group_invites
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    declined api.group_invites;
begin
    delete from api.group_invites as i
    where i.group_id = decline_group_invite.group_id and i.user_id = viewer
    returning i.* into declined;
    if not found then
        perform ops.refuse('DA404', 'There is no such invitation.', 'Check the identifier.');
    end if;
    return declined;
end
$$;
comment on function api.decline_group_invite(bigint) is 'Turns an invitation down.';

create or replace function feed.require_owner_left(group_id bigint) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if not exists (
        select from api.group_members as m
        where m.group_id = require_owner_left.group_id and m.role = 'OWNER'
    ) then
        perform ops.refuse('DA409', 'A group needs an owner.', 'Make somebody else an owner first, or close the group.');
    end if;
end
$$;
comment on function feed.require_owner_left(bigint) is 'Refuses a change that leaves a group without owner.';

create or replace function api.leave_group(group_id bigint) returns api.group_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    departed api.group_members;
begin
    perform feed.lock_group(leave_group.group_id, 'MEMBER');
    delete from api.group_members as m
    where m.group_id = leave_group.group_id and m.user_id = viewer
    returning m.* into departed;
    perform feed.require_owner_left(leave_group.group_id);
    return departed;
end
$$;
comment on function api.leave_group(bigint) is 'Leaves a group. Its last owner passes it on before.';

create or replace function api.set_group_role(group_id bigint, user_id bigint, role api.member_role)
returns api.group_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    held integer;
    changed api.group_members;
begin
    perform feed.writer();
    held := feed.lock_group(set_group_role.group_id, 'ADMIN');
    if held < 4 and greatest(
        feed.rank_in_group(set_group_role.group_id, set_group_role.user_id), ops.rank_of(set_group_role.role)
    ) >= held then
        perform ops.refuse('DA403', 'Only an owner makes and unmakes admins and owners.', 'Ask one of them.');
    end if;
    perform feed.rank_in_group(set_group_role.group_id, set_group_role.user_id);
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

create or replace function feed.group_of(id bigint) returns api.groups
language sql
stable
begin atomic
    select g.*
    from api.groups as g
    where g.id = group_of.id;
end;
comment on function feed.group_of(bigint) is 'A group, whoever looks.';

create or replace function api.remove_group_member(group_id bigint, user_id bigint) returns api.groups
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform feed.writer();
    perform feed.take_from_group(remove_group_member.group_id, remove_group_member.user_id);
    return feed.group_of(remove_group_member.group_id);
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
    held constant integer := feed.lock_group(ban_from_group.group_id, 'MODERATOR');
    made api.group_bans;
begin
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

create or replace function api.delete_group(group_id bigint) returns api.groups
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    closed api.groups;
begin
    perform feed.writer();
    perform feed.lock_group(delete_group.group_id, 'OWNER');
    update api.groups as g
    set deleted_at = now()
    where g.id = delete_group.group_id
    returning g.* into closed;
    return closed;
end
$$;
comment on function api.delete_group(bigint) is 'Closes a group for good, as an owner.';

create or replace function api.create_group_post(group_id bigint, content text, media_urls text[] default '{}')
returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    made api.posts;
begin
    perform feed.known_group(create_group_post.group_id);
    perform feed.require_group_role(create_group_post.group_id, 'MEMBER');
    insert into api.posts (author_id, group_id, visibility, content, media_urls)
    values (
        viewer,
        create_group_post.group_id,
        'GROUP',
        coalesce(create_group_post.content, ''),
        coalesce(create_group_post.media_urls, '{}')
    )
    returning * into made;
    return made;
end
$$;
comment on function api.create_group_post(bigint, text, text[]) is
'Publishes a post in a group, for its members only, as long as they are members.';

create or replace function api.remove_group_post(post_id bigint) returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    removed api.posts;
begin
    perform feed.writer();
    update api.posts as p
    set deleted_at = now()
    where
        p.id = remove_group_post.post_id and p.deleted_at is null
        and exists (
            select from feed.viewer_groups as v
            where v.group_id = p.group_id and v.role in ('OWNER', 'ADMIN', 'MODERATOR')
        )
    returning p.* into removed;
    if not found then
        perform ops.refuse('DA404', 'There is no such post in a group of yours.', 'Only moderators remove posts of others.');
    end if;
    return removed;
end
$$;
comment on function api.remove_group_post(bigint) is 'Takes a post out of a group, as a moderator.';

create or replace function api._member_count("group" api.groups) returns integer
language sql
stable
security definer
set search_path = ''
begin atomic
    select count(*)
    from (
        select from api.group_members as m
        where m.group_id = ("group").id
            and (select true from feed.visible_groups as v where v.id = ("group").id)
        limit 10000
    ) as members;
end;
comment on function api._member_count(api.groups) is 'How many belong to the group, up to 10,000.';

create or replace function api._my_role("group" api.groups) returns api.member_role
language sql
stable
begin atomic
    select m.role
    from api.group_members as m
    where m.group_id = ("group").id and m.user_id = (select auth.uid());
end;
comment on function api._my_role(api.groups) is 'One''s own role in the group; null for who is no member.';

create or replace trigger groups_version before update on api.groups
for each row execute function ops.tg_rows__version();
create or replace trigger groups_keep before update of id, created_at on api.groups
for each row execute function ops.tg_rows__keep('id', 'created_at');
