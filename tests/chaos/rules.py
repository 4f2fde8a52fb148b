"""What holds whatever people and workers did at once: rows against a rule, which each query counts."""

from __future__ import annotations

WRONG = {
    "something between people of whom one blocks the other": """
        select count(*) from api.blocks as b
        inner join (
            select follower_id as a, followee_id as z from api.follows
            union all select follower_id, followee_id from api.follow_requests
            union all select owner_id, friend_id from api.close_friends
            union all select c.owner_id, m.member_id from api.circle_members as m
                inner join api.circles as c on c.id = m.circle_id
        ) as pairs on (a, z) in ((b.blocker_id, b.blocked_id), (b.blocked_id, b.blocker_id))
    """,
    "a request beside the follow": """
        select count(*) from api.follow_requests inner join api.follows using (follower_id, followee_id)
    """,
    "a promise to a timeline that is not kept": """
        select count(*) from feed.timelines as t
        inner join api.follows as f on f.follower_id = t.owner_id
        inner join api.posts as p on p.author_id = f.followee_id and p.id >= t.floor_id
        where t.post_id = 0 and p.deleted_at is null and p.archived_at is null and p.visibility <> 'PRIVATE'
        and p.expires_at is null
        and not exists (select from feed.pulled_authors where author_id = p.author_id)
        and not exists (select from feed.undelivered where post_id = p.id)
        and not exists (
            select from api.mutes where muter_id = t.owner_id and muted_id = p.author_id
            and scope <> 'NOTIFICATIONS' and expires_at is null
        )
        and not exists (select from feed.timelines as d where d.owner_id = t.owner_id and d.post_id = p.id)
    """,
    "a group without an owner": """
        select count(*) from api.groups as g where g.deleted_at is null
        and not exists (select from api.group_members where group_id = g.id and role = 'OWNER')
    """,
    "a member who is banned": """
        select count(*) from api.group_members inner join api.group_bans using (group_id, user_id)
    """,
    "an event with more guests than seats": """
        select count(*) from api.events as e where e.version = 1 and e.capacity < (
            select count(*) from api.event_rsvps where event_id = e.id and answer = 'GOING' and not is_waiting)
    """,
    "somebody waits where a seat is free": """
        select count(*) from api.events as e
        where exists (select from api.event_rsvps where event_id = e.id and is_waiting)
        and e.capacity > (
            select count(*) from api.event_rsvps where event_id = e.id and answer = 'GOING' and not is_waiting)
    """,
    "a group's conversation with members, of whom none owns it": """
        select count(*) from api.message_threads as t
        where t.kind = 'GROUP' and exists (select from api.thread_members where thread_id = t.id)
        and not exists (select from api.thread_members where thread_id = t.id and role = 'OWNER')
    """,
    "an open room without a host": """
        select count(*) from api.rooms as r where r.state = 'OPEN'
        and not exists (select from api.room_members where room_id = r.id and role = 'HOST' and left_at is null)
    """,
    "somebody in a room that is over, or out of which they were sent": """
        select count(*) from api.room_members as m inner join api.rooms as r on r.id = m.room_id
        where m.left_at is null and (r.state = 'ENDED' or m.is_kicked)
    """,
    "a hashtag is listed and no public post uses it, or the other way round": """
        select count(*) from api.hashtags as h where h.is_listed <> exists (
            select from api.post_hashtags as ph
            inner join api.posts as p on p.id = ph.post_id
            inner join api.users as u on u.id = p.author_id
            where ph.hashtag_id = h.id and p.visibility = 'PUBLIC' and p.deleted_at is null and p.archived_at is null
            and not u.is_private and u.deleted_at is null and u.state = 'ACTIVE'
        )
    """,
    "a post is tied to other hashtags than its text names": """
        select count(*) from api.posts as p where p.content like '%#%'
        and array(select name::text from ops.parse_hashtags(p.content) as name order by name) <> array(
            select h.name::text from api.post_hashtags as ph inner join api.hashtags as h on h.id = ph.hashtag_id
            where ph.post_id = p.id order by h.name
        )
    """,
    "a vote without a choice, or for several answers where one is asked": """
        select count(*) from api.poll_votes as v inner join api.polls as p on p.post_id = v.post_id
        cross join lateral (
            select count(*) as choices from api.poll_choices as c
            where c.post_id = v.post_id and c.voter_id = v.voter_id
        ) as made
        where choices = 0 or (choices > 1 and not p.is_multiple)
    """,
    "a story marked as highlighted that stands in no highlight, or the other way round": """
        select count(*) from api.posts as p
        where p.is_highlighted <> exists (select from api.highlight_items where post_id = p.id)
    """,
    "a notification that is read, and that events still join": """
        select count(*) from ops.open_notifications as o
        inner join api.notifications as n on n.id = o.notification_id where n.read_at is not null
    """,
    "a post that names a circle of somebody else": """
        select count(*) from api.posts as p inner join api.circles as c on c.id in (p.circle_id, p.reply_circle_id)
        where c.owner_id <> p.author_id
    """,
    "a pinned post of somebody else, or a pinned comment of another post": """
        select (select count(*) from api.pinned_posts as i inner join api.posts as p on p.id = i.post_id
            where p.author_id <> i.user_id)
        + (select count(*) from api.pinned_comments as i inner join api.comments as c on c.id = i.comment_id
            where c.post_id <> i.post_id)
    """,
    "two threads between the same two people": """
        select count(*) - count(distinct pair) from (
            select array_agg(s.user_id order by s.user_id) as pair
            from api.message_threads as t inner join api.thread_members as s on s.thread_id = t.id
            where t.kind = 'DIRECT' group by t.id
        ) as direct
    """,
}
