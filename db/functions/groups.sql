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
