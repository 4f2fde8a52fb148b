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

create or replace function support.why_not_in_feed(viewer text, post_id bigint)
returns table (question text, answer boolean, explanation text)
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    reader api.users;
    post api.posts;
    author api.users;
begin
    perform support.record_use('why_not_in_feed');
    select u.* into reader from api.users as u where u.username = viewer;
    select p.* into post from api.posts as p where p.id = why_not_in_feed.post_id;
    select u.* into author from api.users as u where u.id = post.author_id;
    return query
    select q.question, coalesce(q.answer, false), case when q.answer is not true then q.explanation else '' end
    from (
        values
            (1, 'The reader exists and is active', reader.id is not null and reader.state = 'ACTIVE',
                'There is no active account of this name.'),
            (2, 'The post exists', post.id is not null, 'There is no post of this number.'),
            (3, 'The post is not deleted', post.deleted_at is null, 'Its author deleted it.'),
            (4, 'Its author is active', author.state = 'ACTIVE' and author.deleted_at is null,
                'The account is deactivated, suspended or deleted.'),
            (5, 'The reader follows its author',
                reader.id = author.id or exists (
                    select from api.follows as f where f.follower_id = reader.id and f.followee_id = author.id
                ), 'A feed holds posts of people whom one follows.'),
            (6, 'Neither has blocked the other',
                not exists (
                    select from api.blocks as b
                    where (b.blocker_id, b.blocked_id) in ((reader.id, author.id), (author.id, reader.id))
                ), 'A block hides both from each other.'),
            (7, 'The reader has not muted its author',
                not exists (
                    select from api.mutes as m
                    where
                        m.muter_id = reader.id and m.muted_id = author.id and m.scope <> 'NOTIFICATIONS'
                        and (m.expires_at is null or m.expires_at > now())
                ), 'The reader muted the author.'),
            (8, 'The reader may see the post', feed.sees_post(reader.id, post.id),
                format('Its audience is %s, and the reader is not in it.', post.visibility))
    ) as q (place, question, answer, explanation)
    order by q.place;
end
$$;
comment on function support.why_not_in_feed(text, bigint) is
'What a post must fulfil to stand in somebody''s feed, each with an answer; the first that is false is the reason.';
