-- Threads of more than two.

create or replace function feed.add_to_thread(thread_id bigint, inviter bigint, newcomers bigint[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    size_limit constant integer := 100;
    newcomer bigint;
    route api.thread_folder;
begin
    perform from api.message_threads as t where t.id = add_to_thread.thread_id for no key update;
    for newcomer in
        select distinct n.id
        from unnest(newcomers) as n (id)
        where not exists (
            select from api.thread_members as m where m.thread_id = add_to_thread.thread_id and m.user_id = n.id
        )
        order by n.id
    loop
        perform feed.require_reachable(newcomer);
        route := feed.contact_route(inviter, newcomer);
        if route is null then
            perform ops.refuse('DA403', 'One of them can''t be added by you.', 'Add people who follow you.');
        end if;
        insert into api.thread_members (thread_id, user_id) values (add_to_thread.thread_id, newcomer);
        insert into api.thread_states (user_id, thread_id, folder, first_id)
        values (newcomer, add_to_thread.thread_id, route, api.next_id())
        on conflict on constraint thread_states_pkey do update
        set
            first_id = excluded.first_id,
            last_id = null,
            folder = case thread_states.folder when 'DECLINED' then 'DECLINED' else excluded.folder end;
    end loop;
    if (select count(*) from api.thread_members as m where m.thread_id = add_to_thread.thread_id) > size_limit then
        perform ops.refuse('DA409', 'The conversation is full.', format('It holds %s people.', size_limit));
    end if;
end
$$;
comment on function feed.add_to_thread(bigint, bigint, bigint[]) is
'Adds people to a group''s conversation, each by their own rule of who may write to them.';

create or replace function api.create_group_thread(input api.create_group_thread_input) returns api.message_threads
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    made api.message_threads;
begin
    insert into api.message_threads (kind, creator_id, title, disappear_after)
    values ('GROUP', viewer, coalesce(input.title, ''), input.disappear_after)
    returning * into made;
    insert into api.thread_members (thread_id, user_id, role) values (made.id, viewer, 'OWNER');
    insert into api.thread_states (user_id, thread_id) values (viewer, made.id);
    perform feed.add_to_thread(made.id, viewer, array_remove(input.member_ids, viewer));
    return made;
end
$$;
comment on function api.create_group_thread(api.create_group_thread_input) is
'Begins a conversation of up to 100 people. Who is added by a stranger finds it among the requests.';

create or replace function feed.require_group_thread(thread_id bigint, least_role text) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    perform feed.require_member(require_group_thread.thread_id, least_role);
    if feed.other_member(require_group_thread.thread_id) is not null then
        perform ops.refuse('DA403', 'Two people''s conversation stays theirs.', 'Begin a group instead.');
    end if;
end
$$;
comment on function feed.require_group_thread(bigint, text) is
'Refuses who is no member of this role in a group''s conversation.';

create or replace function api.add_thread_members(thread_id bigint, user_ids bigint[]) returns setof api.thread_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform feed.writer();
    perform feed.require_group_thread(add_thread_members.thread_id, 'ADMIN');
    perform feed.add_to_thread(add_thread_members.thread_id, auth.uid(), user_ids);
    return query
    select m.*
    from api.thread_members as m
    where m.thread_id = add_thread_members.thread_id and m.user_id = any(user_ids);
end
$$;
comment on function api.add_thread_members(bigint, bigint[]) is
'Adds people to a group''s conversation, as its owner or admin. They see what is written from now on.';

create or replace function feed.take_from_thread(thread_id bigint, leaver bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform from api.message_threads as t where t.id = take_from_thread.thread_id for no key update;
    delete from api.thread_members as m where m.thread_id = take_from_thread.thread_id and m.user_id = leaver;
    update api.thread_states as s
    set last_id = api.next_id()
    where s.user_id = leaver and s.thread_id = take_from_thread.thread_id and s.last_id is null;
    update api.thread_members as m
    set role = 'OWNER'
    where
        m.thread_id = take_from_thread.thread_id
        and m.user_id = (
            select h.user_id from api.thread_members as h
            where h.thread_id = take_from_thread.thread_id
            order by h.role <> 'OWNER', h.role <> 'ADMIN', h.created_at, h.user_id
            limit 1
        )
        and m.role <> 'OWNER';
end
$$;
comment on function feed.take_from_thread(bigint, bigint) is
'Ends a membership; when the last owner goes, the longest-serving admin or else member owns the conversation.';

create or replace function api.leave_thread(thread_id bigint) returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.thread_states;
begin
    perform feed.require_group_thread(leave_thread.thread_id, 'MEMBER');
    perform feed.take_from_thread(leave_thread.thread_id, viewer);
    select s.* into changed
    from api.thread_states as s
    where s.user_id = viewer and s.thread_id = leave_thread.thread_id;
    return changed;
end
$$;
comment on function api.leave_thread(bigint) is
'Leaves a group''s conversation. What was said until then stays readable; an owner passes it on by leaving.';

create or replace function api.remove_thread_member(thread_id bigint, user_id bigint) returns api.message_threads
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    held text;
    thread api.message_threads;
begin
    perform feed.writer();
    perform feed.require_group_thread(remove_thread_member.thread_id, 'ADMIN');
    select m.role into held
    from api.thread_members as m
    where m.thread_id = remove_thread_member.thread_id and m.user_id = remove_thread_member.user_id;
    if not found then
        perform ops.refuse('DA404', 'There is no such member.', 'Look at the conversation''s members.');
    end if;
    if held <> 'MEMBER' then
        perform feed.require_member(remove_thread_member.thread_id, 'OWNER');
    end if;
    perform feed.take_from_thread(remove_thread_member.thread_id, remove_thread_member.user_id);
    select t.* into thread
    from api.message_threads as t
    where t.id = remove_thread_member.thread_id;
    return thread;
end
$$;
comment on function api.remove_thread_member(bigint, bigint) is
'Removes a member, as owner or admin; only an owner removes admins and owners.';

create or replace function api.set_thread_role(thread_id bigint, user_id bigint, role api.member_role)
returns api.thread_members
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.thread_members;
begin
    perform feed.writer();
    perform feed.require_group_thread(set_thread_role.thread_id, 'OWNER');
    perform from api.message_threads as t where t.id = set_thread_role.thread_id for no key update;
    update api.thread_members as m
    set role = set_thread_role.role
    where m.thread_id = set_thread_role.thread_id and m.user_id = set_thread_role.user_id
    returning m.* into changed;
    if not found then
        perform ops.refuse('DA404', 'There is no such member.', 'Look at the conversation''s members.');
    end if;
    if not exists (
        select from api.thread_members as m where m.thread_id = set_thread_role.thread_id and m.role = 'OWNER'
    ) then
        perform ops.refuse('DA409', 'A conversation needs an owner.', 'Make somebody else an owner first.');
    end if;
    return changed;
end
$$;
comment on function api.set_thread_role(bigint, bigint, api.member_role) is
'Makes a member OWNER, ADMIN or MEMBER, as an owner.';

create or replace function api.update_thread(
    thread_id bigint, title text default null, disappear_after integer default -1
) returns api.message_threads
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.message_threads;
begin
    perform feed.writer();
    perform feed.require_member(update_thread.thread_id);
    if feed.other_member(update_thread.thread_id) is null then
        perform feed.require_member(update_thread.thread_id, 'ADMIN');
    else
        perform feed.deliver_directly(update_thread.thread_id, auth.uid());
    end if;
    update api.message_threads as t
    set
        title = coalesce(update_thread.title, t.title),
        disappear_after = case update_thread.disappear_after
            when -1 then t.disappear_after when 0 then null else update_thread.disappear_after
        end
    where t.id = update_thread.thread_id
    returning t.* into changed;
    return changed;
end
$$;
comment on function api.update_thread(bigint, text, integer) is
'Changes a group''s title, as owner or admin, and after how many seconds new messages disappear (0: they stay). What is
not given stays as it is.';
