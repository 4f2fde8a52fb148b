-- What messages, rooms, events and groups share. Their tables are only read by clients: all that changes them is a
-- definer function, which asks first who acts (feed.writer) and then whether they know the thing (DA404) and may (DA403).

create or replace function ops.refuse(code text, message text, hint text) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    raise exception '%', refuse.message using errcode = refuse.code, hint = refuse.hint;
end
$$;
comment on function ops.refuse(text, text, text) is 'Raises an error with one of our codes.';

create or replace function feed.writer() returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
    viewer constant bigint := ops.require_user();
begin
    if not exists (select from api.users as u where u.id = viewer and u.deleted_at is null and u.state = 'ACTIVE') then
        perform ops.refuse('DA403', 'The account is closed or suspended.', 'It can change nothing for now.');
    end if;
    return viewer;
end
$$;
comment on function feed.writer() is 'The signed-in user; refuses accounts that may not write.';

create or replace function feed.require_reachable(user_id bigint) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if not exists (select from feed.visible_users as u where u.user_id = require_reachable.user_id) then
        perform ops.refuse('DA404', 'There is no such person.', 'Check the identifier.');
    end if;
end
$$;
comment on function feed.require_reachable(bigint) is
'Refuses persons whom the viewer can''t see, exactly as it refuses those who are not there.';

-- How a first message or an invitation from one person arrives at another: in the inbox, among the requests, or not at
-- all (null). Only the first contact is judged; an accepted conversation goes on.
create or replace function feed.contact_route(sender bigint, recipient bigint) returns api.thread_folder
language sql
stable
set search_path = ''
begin atomic
    select case
        when s.message_policy = 'NOBODY' then null
        when r.restricted_id is not null then 'REQUESTS'
        when f.followee_id is not null then 'INBOX'
        when s.message_policy = 'EVERYONE' and not ops.is_minor(recipient) then 'REQUESTS'
    end::api.thread_folder
    from api.user_settings as s
    left join api.follows as f on f.follower_id = s.user_id and f.followee_id = sender
    left join api.restricts as r on r.restricter_id = s.user_id and r.restricted_id = sender
    where s.user_id = recipient;
end;
comment on function feed.contact_route(bigint, bigint) is
'The folder in which a first contact arrives, or null where the recipient takes none.';

create or replace function feed.require_own_circle(circle_id bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform from api.circles as c
    where c.id = require_own_circle.circle_id and c.owner_id = auth.uid()
    for key share;
    if not found and circle_id is not null then
        perform ops.refuse('DA404', 'There is no such circle of yours.', 'Check the identifier.');
    end if;
end
$$;
comment on function feed.require_own_circle(bigint) is
'Refuses circles that are not the viewer''s; such a one is kept until the transaction ends.';
