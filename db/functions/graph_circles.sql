-- Close friends and circles.

create or replace function api.add_close_friend(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(array[user_id]);
    perform ops.refuse_beyond(
        (select count(*) >= 500 from api.close_friends as c
        where c.owner_id = auth.uid() and c.friend_id <> add_close_friend.user_id),
        'Nobody has more than 500 close friends.'
    );
    insert into api.close_friends (owner_id, friend_id)
    values (auth.uid(), add_close_friend.user_id)
    on conflict do nothing;
    return (select r from feed.relationships(array[add_close_friend.user_id]) as r);
end
$$;
comment on function api.add_close_friend(bigint) is 'Counts somebody among one''s close friends, who is not told.';

create or replace function api.remove_close_friend(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.close_friends as c
    where c.owner_id = ops.require_user() and c.friend_id = remove_close_friend.user_id;
    return (select r from feed.relationships(array[remove_close_friend.user_id]) as r);
end
$$;
comment on function api.remove_close_friend(bigint) is 'Takes somebody off one''s close friends, who is not told.';

create or replace function ops.require_circle(circle_id bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform from api.circles as c
    where c.id = require_circle.circle_id and c.owner_id = ops.require_user()
    for no key update;
    if not found then
        raise exception 'There is no such circle of yours.'
            using errcode = 'DA404', hint = 'Check the identifier.';
    end if;
end
$$;
comment on function ops.require_circle(bigint) is 'Refuses unless the viewer owns the circle, and holds it.';

-- People are held before the circle, everywhere in this order.
create or replace function api.add_circle_members(circle_id bigint, user_ids bigint[]) returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(user_ids);
    perform ops.require_circle(circle_id);
    insert into api.circle_members (circle_id, member_id)
    select add_circle_members.circle_id, given.id
    from (select distinct unnest(user_ids) as id) as given
    where given.id <> auth.uid()
    order by given.id
    on conflict do nothing;
    perform ops.refuse_beyond(
        (select count(*) > 500 from api.circle_members as m where m.circle_id = add_circle_members.circle_id),
        'A circle has 500 members at most.'
    );
    return (select c from api.circles as c where c.id = add_circle_members.circle_id);
end
$$;
comment on function api.add_circle_members(bigint, bigint[]) is
'Puts people into one''s circle, who are not told. From now on they see what was and is shared with it.';

create or replace function api.remove_circle_members(circle_id bigint, user_ids bigint[]) returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_circle(circle_id);
    delete from api.circle_members as m
    where m.circle_id = remove_circle_members.circle_id and m.member_id = any(user_ids);
    return (select c from api.circles as c where c.id = remove_circle_members.circle_id);
end
$$;
comment on function api.remove_circle_members(bigint, bigint[]) is
'Takes people out of one''s circle, who are not told. They no longer see what is shared with it.';

create or replace function api.create_circle(name text, member_ids bigint[] default '{}') returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    made api.circles;
begin
    perform ops.refuse_beyond(
        (select count(*) >= 50 from api.circles as c where c.owner_id = ops.require_user()),
        'Nobody has more than 50 circles.'
    );
    insert into api.circles (owner_id, name)
    values (auth.uid(), trim(create_circle.name))
    returning * into made;
    return api.add_circle_members(made.id, create_circle.member_ids);
end
$$;
comment on function api.create_circle(text, bigint[]) is 'Makes a circle, with its first members.';

create or replace function api.rename_circle(id bigint, name text, version integer default null) returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    renamed api.circles;
begin
    perform ops.require_circle(rename_circle.id);
    update api.circles as c
    set name = trim(rename_circle.name), version = coalesce(rename_circle.version, c.version)
    where c.id = rename_circle.id
    returning c.* into renamed;
    return renamed;
end
$$;
comment on function api.rename_circle(bigint, text, integer) is 'Gives one''s circle another name.';

-- Posts are held before their circle, as by who edits one and keeps what it said to that circle.
create or replace function api.delete_circle(id bigint) returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    deleted api.circles;
begin
    perform from api.posts as p
    where p.author_id = ops.require_user() and delete_circle.id in (p.circle_id, p.reply_circle_id)
    order by p.id
    for no key update;
    perform ops.require_circle(delete_circle.id);
    delete from api.circles as c
    where c.id = delete_circle.id
    returning c.* into deleted;
    return deleted;
end
$$;
comment on function api.delete_circle(bigint) is
'Ends one''s circle. What was shared with it is seen by nobody else from then on.';
