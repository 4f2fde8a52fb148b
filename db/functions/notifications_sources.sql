-- Which rows are events that people are told of.

create or replace function api.tg_follows__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id)
    select
        case when u.is_private then 'FOLLOW_ACCEPTED' else 'FOLLOW' end,
        case when u.is_private then f.follower_id else f.followee_id end,
        case when u.is_private then f.followee_id else f.follower_id end
    from added as f
    inner join api.users as u on u.id = f.followee_id;
    return null;
end
$$;
comment on function api.tg_follows__notify() is 'Tells of a new follower; where the account is private, of its consent.';
create or replace trigger follows_notify after insert on api.follows
referencing new table as added for each statement execute function api.tg_follows__notify();

create or replace function api.tg_follow_requests__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id)
    select 'FOLLOW_REQUEST', r.followee_id, r.follower_id
    from added as r;
    return null;
end
$$;
comment on function api.tg_follow_requests__notify() is 'Tells of somebody who asks to follow.';
create or replace trigger follow_requests_notify after insert on api.follow_requests
referencing new table as added for each statement execute function api.tg_follow_requests__notify();

-- One trigger function for what is done to a post by a row of its own: its argument is the kind of notification.
create or replace function api.tg_posts__notify_author() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, actor_id, post_id)
    select tg_argv[0], a.user_id, a.post_id
    from added as a;
    return null;
end
$$;
comment on function api.tg_posts__notify_author() is 'Tells the author of a reaction or a repost.';
create or replace trigger reactions_notify after insert on api.reactions
referencing new table as added for each statement execute function api.tg_posts__notify_author('REACTION');
create or replace trigger reposts_notify after insert on api.reposts
referencing new table as added for each statement execute function api.tg_posts__notify_author('REPOST');

create or replace function api.tg_comments__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id, post_id, comment_id)
    select
        case when parent.author_id is null then 'COMMENT' else 'REPLY' end,
        parent.author_id,
        c.author_id,
        c.post_id,
        c.id
    from added as c
    left join api.comments as parent on parent.id = c.parent_id;
    return null;
end
$$;
comment on function api.tg_comments__notify() is 'Tells the author of the post, or of the comment that is answered.';
create or replace trigger comments_notify after insert on api.comments
referencing new table as added for each statement execute function api.tg_comments__notify();

create or replace function api.tg_comments__notify_approved() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id, post_id, comment_id)
    select
        case when parent.author_id is null then 'COMMENT' else 'REPLY' end, parent.author_id, n.author_id, n.post_id,
        n.id
    from added as n
    inner join removed as o on o.id = n.id and o.state = 'HELD' and n.state = 'VISIBLE'
    left join api.comments as parent on parent.id = n.parent_id;
    return null;
end
$$;
comment on function api.tg_comments__notify_approved() is 'Tells of comments once they are approved.';
create or replace trigger comments_notify_approved after update on api.comments
referencing old table as removed new table as added
for each statement execute function api.tg_comments__notify_approved();

create or replace function api.tg_comment_likes__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, actor_id, post_id, comment_id)
    select 'COMMENT_LIKE', l.user_id, c.post_id, c.id
    from added as l
    inner join api.comments as c on c.id = l.comment_id;
    return null;
end
$$;
comment on function api.tg_comment_likes__notify() is 'Tells the author of a comment of a like.';
create or replace trigger comment_likes_notify after insert on api.comment_likes
referencing new table as added for each statement execute function api.tg_comment_likes__notify();

create or replace function api.tg_post_mentions__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id, post_id)
    select 'MENTION', m.user_id, p.author_id, p.id
    from added as m
    inner join api.posts as p on p.id = m.post_id;
    return null;
end
$$;
comment on function api.tg_post_mentions__notify() is 'Tells people that a post mentions them.';
create or replace trigger post_mentions_notify after insert on api.post_mentions
referencing new table as added for each statement execute function api.tg_post_mentions__notify();

create or replace function api.tg_posts__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id, post_id)
    select 'QUOTE', quoted.author_id, p.author_id, p.id
    from added as p
    inner join api.posts as quoted on quoted.id = p.quoted_post_id;
    return null;
end
$$;
comment on function api.tg_posts__notify() is 'Tells the author of a post that it was quoted.';
create or replace trigger posts_notify after insert on api.posts
referencing new table as added for each statement execute function api.tg_posts__notify();

create or replace function api.tg_room_invites__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id, subject_id)
    select 'ROOM_INVITE', i.user_id, i.inviter_id, i.room_id
    from added as i;
    return null;
end
$$;
comment on function api.tg_room_invites__notify() is 'Tells of an invitation to a room.';
create or replace trigger room_invites_notify after insert on api.room_invites
referencing new table as added for each statement execute function api.tg_room_invites__notify();

create or replace function api.tg_group_invites__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id, subject_id)
    select 'GROUP_INVITE', i.user_id, i.inviter_id, i.group_id
    from added as i;
    return null;
end
$$;
comment on function api.tg_group_invites__notify() is 'Tells of an invitation to a group.';
create or replace trigger group_invites_notify after insert on api.group_invites
referencing new table as added for each statement execute function api.tg_group_invites__notify();

create or replace function api.tg_group_requests__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id, subject_id)
    select 'GROUP_REQUEST', m.user_id, r.user_id, r.group_id
    from added as r
    inner join api.group_members as m on m.group_id = r.group_id and m.role in ('OWNER', 'ADMIN');
    return null;
end
$$;
comment on function api.tg_group_requests__notify() is 'Tells those who lead a group of who asks to join.';
create or replace trigger group_requests_notify after insert on api.group_requests
referencing new table as added for each statement execute function api.tg_group_requests__notify();

create or replace function api.tg_event_rsvps__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, subject_id)
    select 'EVENT_CHANGED', n.user_id, n.event_id
    from added as n
    inner join removed as o
        on o.event_id = n.event_id and o.user_id = n.user_id and o.is_waiting and not n.is_waiting
        and n.answer = 'GOING';
    return null;
end
$$;
comment on function api.tg_event_rsvps__notify() is 'Tells who waited that there is a seat now.';
create or replace trigger event_rsvps_notify after update on api.event_rsvps
referencing old table as removed new table as added for each statement execute function api.tg_event_rsvps__notify();

create or replace function api.tg_events__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, subject_id)
    select 'EVENT_CHANGED', r.user_id, n.id
    from added as n
    inner join removed as o on o.id = n.id
    inner join api.event_rsvps as r on r.event_id = n.id and r.answer <> 'NO' and r.user_id <> n.creator_id
    where
        (o.cancelled_at is null and n.cancelled_at is not null)
        or (n.cancelled_at is null and o.starts_at <> n.starts_at);
    return null;
end
$$;
comment on function api.tg_events__notify() is 'Tells guests that an event was moved or cancelled.';
create or replace trigger events_notify after update on api.events
referencing old table as removed new table as added for each statement execute function api.tg_events__notify();

create or replace function api.tg_thread_states__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, actor_id, subject_id)
    select 'MESSAGE_REQUEST', s.user_id, m.user_id, s.thread_id
    from added as s
    inner join api.thread_members as m on m.thread_id = s.thread_id and m.user_id <> s.user_id
    where s.folder = 'REQUESTS';
    return null;
end
$$;
comment on function api.tg_thread_states__notify() is 'Tells of somebody who writes for the first time.';
create or replace trigger thread_states_notify after insert on api.thread_states
referencing new table as added for each statement execute function api.tg_thread_states__notify();

create or replace function api.tg_verification_requests__notify() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.notices (kind, recipient_id, subject_id)
    select 'VERIFICATION', n.user_id, n.id
    from added as n
    inner join removed as o
        on o.id = n.id and o.status = 'PENDING' and n.status <> 'PENDING' and n.decided_at is not null;
    return null;
end
$$;
comment on function api.tg_verification_requests__notify() is 'Tells how staff decided.';
create or replace trigger verification_requests_notify after update on api.verification_requests
referencing old table as removed new table as added
for each statement execute function api.tg_verification_requests__notify();
