-- What support staff see in psql: rows of all people, with what identifies them outside DAIRA masked and with the words of
-- what was not public left out. The views run as their owner and are security barriers; every use is recorded, and the
-- server's log has each statement besides (see bootstrap.sql), for a record that a rollback can't undo.

create or replace function support.record_use(view_name text) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    insert into ops.support_uses (view_name, query)
    values (view_name, left(current_query(), 2000))
    returning true;
end;
comment on function support.record_use(text) is 'Records that a view of support is read.';

create or replace function support.masked_email(email text) returns text
language sql
immutable
strict
return regexp_replace(email, '^(.)[^@]*@(.)[^@]*(\.[^.@]+)$', '\1***@\2***\3');
comment on function support.masked_email(text) is 'An address by which its owner can be recognised, and nobody found.';

create or replace function support.masked_phone(phone text) returns text
language sql
immutable
strict
return left(phone, 3) || '*****' || right(phone, 3);
comment on function support.masked_phone(text) is 'A number by which its owner can be recognised, and nobody called.';

create or replace view support.accounts with (security_barrier = true) as
select
    u.id as user_id,
    u.username,
    u.name,
    u.user_type,
    u.state,
    u.is_private,
    u.is_verified,
    u.locale,
    u.governorate_code,
    support.masked_email(p.email) as email,
    support.masked_phone(p.phone) as phone,
    c.role,
    c.disabled_at,
    u.created_at,
    u.deleted_at,
    s.follower_count,
    s.following_count,
    s.post_count,
    (select max(d.last_seen_at) from auth.devices as d where d.user_id = u.id) as last_seen_at,
    (
        select count(*) from auth.sessions as o
        where o.user_id = u.id and o.revoked_at is null and o.expires_at > now()
    ) as open_sessions,
    (
        select count(*) from ops.strikes as k
        where k.user_id = u.id and (k.expires_at is null or k.expires_at > now())
    ) as strikes
from support.record_use('accounts') as used (is_recorded)
inner join api.users as u on used.is_recorded
left join api.user_private as p on p.user_id = u.id
left join api.user_stats as s on s.user_id = u.id
left join auth.credentials as c on c.user_id = u.id;
comment on view support.accounts is 'An account at a glance; e-mail and phone are masked.';

create or replace view support.sessions with (security_barrier = true) as
select
    o.id as session_id,
    o.user_id,
    u.username,
    o.created_at,
    o.rotated_at,
    o.expires_at,
    o.revoked_at,
    o.revoked_reason,
    set_masklen(o.ip, case family(o.ip) when 4 then 24 else 48 end)::cidr as network,
    o.user_agent
from support.record_use('sessions') as used (is_recorded)
inner join auth.sessions as o on used.is_recorded
inner join api.users as u on u.id = o.user_id;
comment on view support.sessions is 'Where an account is or was signed in; addresses are cut to their networks.';

create or replace view support.account_events with (security_barrier = true) as
select
    a.user_id,
    u.username,
    a.action,
    a.happened_at,
    set_masklen(a.ip, case family(a.ip) when 4 then 24 else 48 end)::cidr as network,
    a.user_agent
from support.record_use('account_events') as used (is_recorded)
inner join auth.audit as a on used.is_recorded
inner join api.users as u on u.id = a.user_id;
comment on view support.account_events is 'What happened to an account: sign-ins, failures, revocations.';

create or replace view support.strikes with (security_barrier = true) as
select
    k.id as strike_id,
    k.user_id,
    u.username,
    k.reason_code,
    r.name_en as reason,
    k.note,
    k.created_at,
    k.expires_at
from support.record_use('strikes') as used (is_recorded)
inner join ops.strikes as k on used.is_recorded
inner join api.users as u on u.id = k.user_id
inner join api.report_reasons as r on r.code = k.reason_code;
comment on view support.strikes is 'What staff have held against an account.';

create or replace view support.content with (security_barrier = true) as
select
    p.id as post_id,
    p.author_id,
    u.username,
    p.type,
    p.visibility,
    case when p.visibility = 'PUBLIC' and not u.is_private and p.deleted_at is null then p.content end as content,
    length(p.content) as content_length,
    cardinality(p.media_urls) as media_count,
    p.created_at,
    p.updated_at,
    p.deleted_at
from support.record_use('content') as used (is_recorded)
inner join api.posts as p on used.is_recorded
inner join api.users as u on u.id = p.author_id;
comment on view support.content is 'Posts; the words are shown of public ones alone.';

create or replace view support.deliveries with (security_barrier = true) as
select
    n.id as notification_id,
    n.recipient_id,
    u.username,
    n.kind,
    n.created_at,
    n.read_at,
    d.channel,
    d.state,
    d.due_at,
    d.attempts,
    d.outcome,
    d.settled_at
from support.record_use('deliveries') as used (is_recorded)
inner join api.notifications as n on used.is_recorded
inner join api.users as u on u.id = n.recipient_id
left join ops.deliveries as d on d.recipient_id = n.recipient_id and d.notification_id = n.id;
comment on view support.deliveries is 'Whether somebody was told of something, by which way, and what became of it.';

-- Asked as the reader, so that each rule is the feed's own; which word was muted stays the reader's secret.
create or replace function support.feed_checks(reader api.users, post api.posts, author api.users)
returns table (place integer, question text, answer boolean, explanation text)
language sql
stable
set search_path = ''
begin atomic
    with known as materialized (
        select
            (reader).id = (author).id as is_own,
            (select true from feed.viewer_follows as f where f.user_id = (author).id) is true as is_followed,
            (
                select true from api.close_friends as c where c.owner_id = (author).id and c.friend_id = (reader).id
            ) is true as is_close,
            (select true from feed.viewer_circles as c where c.circle_id = (post).circle_id) is true as is_in_circle,
            (select true from feed.viewer_groups as g where g.group_id = (post).group_id) is true as is_in_group
    )
    select q.*
    from known as k
    cross join lateral (
        values
            (1, 'The reader exists and is active', (reader).state = 'ACTIVE' and (reader).deleted_at is null,
                'There is no active account of this name.'),
            (2, 'The post exists', (post).id is not null, 'There is no post of this number.'),
            (3, 'The post is not deleted', (post).deleted_at is null, 'It was deleted.'),
            (4, 'The post is not archived', (post).archived_at is null, 'Its author archived it.'),
            (5, 'The post is not over', feed.is_current(null, (post).expires_at, (post).is_highlighted),
                'It was a story and has ended.'),
            (6, 'Its author is active', (author).state = 'ACTIVE' and (author).deleted_at is null,
                case when (author).deleted_at is null then lower((author).state) else 'Closed' end),
            (7, 'The reader has not blocked its author',
                not exists (
                    select from api.blocks as b where b.blocker_id = (reader).id and b.blocked_id = (author).id
                ), 'A block hides both from each other.'),
            (8, 'Its author has not blocked the reader',
                not exists (
                    select from api.blocks as b where b.blocker_id = (author).id and b.blocked_id = (reader).id
                ), 'A block hides both from each other. Do not tell the reader.'),
            (9, 'The reader follows its author', k.is_own or k.is_followed,
                'A feed holds posts of people whom one follows.'),
            (10, 'The reader is in its audience',
                feed.admits(
                    (post).visibility, k.is_own, k.is_own or k.is_followed or not (author).is_private,
                    k.is_own or k.is_followed, k.is_own or k.is_close, k.is_own or k.is_in_circle or k.is_in_group
                ), format('Its audience is %s, and the reader is not in it.', (post).visibility)),
            (11, 'The reader has not muted its author',
                k.is_own or not exists (
                    select from feed.viewer_mutes as m where m.user_id = (author).id and m.scope <> 'NOTIFICATIONS'
                ), 'The reader muted the author.'),
            (12, 'The reader has not muted its thread',
                k.is_own or not exists (
                    select from feed.viewer_muted_threads as t
                    where t.post_id = coalesce((post).thread_root_id, (post).id)
                ), 'The reader muted the thread.'),
            (13, 'The reader has muted none of its words',
                k.is_own or not exists (
                    select from feed.viewer_muted_words as w where strpos(lower((post).content), w.word) > 0
                ), 'It has a word that the reader muted; the reader finds it in the settings.'),
            (14, 'The reader has not hidden the post',
                not exists (
                    select from api.post_feedback as f
                    where f.user_id = (reader).id and f.post_id = (post).id and f.kind = 'HIDE'
                ), 'The reader hid it.'),
            (15, 'The reader has not said to be not interested',
                k.is_own or (
                    not exists (select from feed.viewer_avoids as v where v.user_id = (author).id)
                    and not exists (
                        select from api.post_feedback as f
                        where f.user_id = (reader).id and f.post_id = (post).id and f.kind = 'NOT_INTERESTED'
                    )
                ), 'After that the post stays away, and all of the author''s for 14 days.')
    ) as q (place, question, answer, explanation);
end;
comment on function support.feed_checks(api.users, api.posts, api.users) is
'Whether a post may stand in a feed at all, condition by condition.';

-- None of it keeps a post out of a feed: what a timeline does not promise is fetched.
create or replace function support.feed_way(reader api.users, post api.posts) returns text
language sql
stable
set search_path = ''
begin atomic
    select case
        when (reader).id = (post).author_id then 'One''s own posts are fetched.'
        when exists (select from feed.pulled_authors as a where a.author_id = (post).author_id)
            then 'Fetched: its author has so many followers that nothing is delivered.'
        when exists (select from feed.activity as a where a.user_id = (reader).id and a.resting_since is not null)
            then 'Fetched: the reader''s timeline rests, and is filled at the next sign-in.'
        when exists (select from feed.timelines as t where t.owner_id = (reader).id and t.post_id = (post).id)
            then 'It was delivered to the reader''s timeline.'
        when (post).id < (
            select t.floor_id from feed.timelines as t where t.owner_id = (reader).id and t.post_id = 0
        )
            then 'Fetched: it lies below the floor of the reader''s timeline, which keeps newer posts.'
        when exists (select from feed.undelivered as u where u.post_id = (post).id)
            then 'Fetched: it is on its way to the timeline.'
        else 'Fetched, or a fault: it is not in the timeline.'
    end;
end;
comment on function support.feed_way(api.users, api.posts) is 'By which way a post comes to a feed.';

create or replace function support.why_not_in_feed(viewer text, post_id bigint)
returns table (question text, answer boolean, explanation text)
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    before constant text := auth.uid();
    reader api.users;
    post api.posts;
    author api.users;
    is_free boolean;
begin
    perform support.record_use('why_not_in_feed');
    select u.* into reader from api.users as u where u.username = viewer;
    select p.* into post from api.posts as p where p.id = why_not_in_feed.post_id;
    select u.* into author from api.users as u where u.id = post.author_id;
    perform set_config('app.user_id', coalesce(reader.id::text, ''), true);
    return query
    select c.question, coalesce(c.answer, false), case when c.answer is not true then c.explanation else '' end
    from support.feed_checks(reader, post, author) as c
    order by c.place;
    select bool_and(coalesce(c.answer, false)) into is_free from support.feed_checks(reader, post, author) as c;
    return query
    select q.question, coalesce(q.answer, false), q.explanation
    from (
        values
            (1, 'The feed offers it',
                not is_free or post.id = any(feed.gathered(reader.id, post.id, post.id + 1, 1)),
                case when is_free then support.feed_way(reader, post) else 'See above.' end),
            (2, 'The reader has not seen it within seven days',
                not exists (
                    select from api.views as v
                    where
                        v.user_id = reader.id and v.post_id = why_not_in_feed.post_id
                        and v.window_id >= api.id_at(now() - interval '7 days')
                ), 'In a ranked feed what was seen stands after everything else.')
    ) as q (place, question, answer, explanation)
    order by q.place;
    perform set_config('app.user_id', coalesce(before, ''), true);
end
$$;
comment on function support.why_not_in_feed(text, bigint) is
'What a post must fulfil to stand in somebody''s feed, each with an answer; the first that is false is the reason. The last
two tell by which way it comes there, and what puts it far down.';
