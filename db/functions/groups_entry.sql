-- How one comes into a group and leaves it.

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
