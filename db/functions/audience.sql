-- Who sees whose content, decided here and nowhere else. Policies read these views as the requesting role and definer
-- functions as their owner, hence they are not `security_invoker`: the rule must see blocks that the viewer may not.
-- They show nothing but the viewer's own relations, and the schema is not served by the API.
--
-- All look-ups are scalar subqueries and not `exists`, here and in the policies: for `exists` the planner hashes
-- everybody whom the viewer follows, or every user there is, even where the question is about one page or one row.

create or replace view feed.viewer_follows as
select f.followee_id as user_id
from api.follows as f
where f.follower_id = (select auth.uid());
comment on view feed.viewer_follows is 'Whom the viewer follows.';

create or replace view feed.viewer_blocks as
select b.blocked_id as user_id
from api.blocks as b
where b.blocker_id = (select auth.uid())
union all
select b.blocker_id as user_id
from api.blocks as b
where b.blocked_id = (select auth.uid());
comment on view feed.viewer_blocks is 'Whom the viewer has blocked, and who has blocked the viewer.';

create or replace view feed.viewer_followers as
select f.follower_id as user_id
from api.follows as f
where f.followee_id = (select auth.uid());
comment on view feed.viewer_followers is 'Who follows the viewer.';

create or replace view feed.viewer_circles as
select
    m.circle_id,
    (select c.owner_id from api.circles as c where c.id = m.circle_id) as owner_id
from api.circle_members as m
where m.member_id = (select auth.uid());
comment on view feed.viewer_circles is 'The circles that the viewer is in.';

create or replace view feed.viewer_groups as
select
    m.group_id,
    m.role
from api.group_members as m
inner join api.groups as g on g.id = m.group_id
where m.user_id = (select auth.uid()) and g.deleted_at is null;
comment on view feed.viewer_groups is 'The groups of the viewer, and the viewer''s role there.';

create or replace view feed.active_users as
select
    u.id as user_id,
    u.is_private
from api.users as u
where u.deleted_at is null and (u.state = 'ACTIVE' or u.id = (select auth.uid()));
comment on view feed.active_users is 'Whose account is in use.';

create or replace view feed.visible_users as
select
    u.user_id,
    u.is_private
from feed.active_users as u
where (select true from feed.viewer_blocks as b where b.user_id = u.user_id limit 1) is null;
comment on view feed.visible_users is
'People whom the viewer may see and address; what row-level security also says, for definer functions.';

create or replace view feed.authors as
select
    u.user_id as author_id,
    u.user_id = (select auth.uid()) as is_own,
    (
        not u.is_private or u.user_id = (select auth.uid())
        or (select true from feed.viewer_follows as f where f.user_id = u.user_id)
    ) as is_open,
    (
        u.user_id = (select auth.uid())
        or (select true from feed.viewer_follows as f where f.user_id = u.user_id)
    ) as is_followed,
    (
        u.user_id = (select auth.uid())
        or (select true from api.close_friends as c where c.owner_id = u.user_id and c.friend_id = (select auth.uid()))
    ) as is_close
from feed.visible_users as u;
comment on view feed.authors is 'Whose content the viewer may see at all, and how the viewer stands to them.';

-- Each argument but the visibility is named once: only then does PostgreSQL put what is given in its place, and look up no
-- more than is asked about.
create or replace function feed.admits(
    visibility text, is_own boolean, is_open boolean, is_followed boolean, is_close boolean, is_in_circle boolean
) returns boolean
language sql
immutable
return case
    when visibility = 'PUBLIC' then is_open
    when visibility = 'FOLLOWERS' then is_followed
    when visibility = 'CIRCLE' or visibility = 'GROUP' then is_in_circle
    when visibility = 'CLOSE_FRIENDS' then is_close
    else is_own
end;
comment on function feed.admits(text, boolean, boolean, boolean, boolean, boolean) is
'Whether content with this visibility is shown to who stands so to its author.';

create or replace function feed.is_current(
    archived_at timestamptz, expires_at timestamptz, is_highlighted boolean
) returns boolean
language sql
stable
return archived_at is null and (expires_at is null or is_highlighted or expires_at > now());
comment on function feed.is_current(timestamptz, timestamptz, boolean) is
'Whether a post is neither archived nor expired; others than its author see it only then.';

create or replace view feed.audience as
select
    a.author_id,
    v.visibility
from feed.authors as a
cross join (values ('PUBLIC'), ('FOLLOWERS'), ('CIRCLE'), ('CLOSE_FRIENDS'), ('PRIVATE')) as v (visibility)
where feed.admits(
    v.visibility, a.is_own, a.is_open, a.is_followed, a.is_close,
    a.is_own or (select true from feed.viewer_circles as c where c.owner_id = a.author_id limit 1)
);
comment on view feed.audience is
'The viewer may see what this author has published with this visibility; with CIRCLE, some of it.';

create or replace view feed.visible_posts as
select
    p.id,
    p.author_id,
    feed.is_current(p.archived_at, p.expires_at, p.is_highlighted) as is_current,
    p.reply_gate,
    p.reply_circle_id,
    p.thread_root_id,
    p.content,
    p.type,
    p.language,
    p.is_sponsored
from api.posts as p
where
    p.deleted_at is null
    and (p.author_id = (select auth.uid()) or feed.is_current(p.archived_at, p.expires_at, p.is_highlighted))
    and (
        select
            feed.admits(
                p.visibility, a.is_own, a.is_open, a.is_followed, a.is_close,
                a.is_own
                or coalesce(
                    (select true from feed.viewer_circles as c where c.circle_id = p.circle_id),
                    (select true from feed.viewer_groups as g where g.group_id = p.group_id)
                )
            )
        from feed.authors as a
        where a.author_id = p.author_id
    );
comment on view feed.visible_posts is 'Posts that the viewer may see; what row-level security also says, for definer functions.';

create or replace view feed.public_posts as
select
    p.id,
    p.author_id,
    p.type,
    p.language,
    p.is_sensitive,
    p.is_sponsored,
    p.created_at,
    p.expires_at,
    u.governorate_code,
    u.created_at as joined_at
from api.posts as p
inner join api.users as u on u.id = p.author_id
where
    p.visibility = 'PUBLIC' and p.deleted_at is null and p.archived_at is null
    and not u.is_private and u.state = 'ACTIVE' and u.deleted_at is null;
comment on view feed.public_posts is 'Posts for all of open accounts in use, neither deleted nor archived, whoever asks.';

create or replace view feed.repliable_posts as
select p.id
from feed.visible_posts as p
where
    p.is_current
    and (
        p.author_id = (select auth.uid())
        or case p.reply_gate
            when 'EVERYONE' then true
            when 'FOLLOWERS' then (select true from feed.viewer_follows as f where f.user_id = p.author_id)
            when 'FOLLOWING' then (select true from feed.viewer_followers as f where f.user_id = p.author_id)
            when 'MENTIONED' then (
                select true
                from api.post_mentions as m
                where m.post_id = p.id and m.user_id = (select auth.uid())
            )
            when 'CIRCLE' then (select true from feed.viewer_circles as c where c.circle_id = p.reply_circle_id)
        end
    );
comment on view feed.repliable_posts is 'Posts under which the viewer may comment.';

create or replace function api.can_see_post(id bigint) returns boolean
language sql
stable
security definer
set search_path = ''
begin atomic
    select coalesce((select true from feed.visible_posts as p where p.id = can_see_post.id), false);
end;
comment on function api.can_see_post(bigint) is 'Whether one may see this post; false where there is none.';

-- Today in Cairo, whatever the hour at the server.
create or replace view feed.minors as
select p.user_id
from api.user_private as p
cross join ops.age_rules as r
where p.birth_date > (now() at time zone 'Africa/Cairo')::date - make_interval(years => r.adult_age);
comment on view feed.minors is 'Who is a minor by the birth date given. Not granted: the day on which somebody leaves it is a birthday.';

create or replace function ops.is_minor(user_id bigint) returns boolean
language sql
stable
begin atomic
    select coalesce((select true from feed.minors as m where m.user_id = is_minor.user_id), false);
end;
comment on function ops.is_minor(bigint) is 'Whether somebody is a minor. For triggers and definer functions.';

create or replace view feed.discoverable_users as
select s.user_id
from api.user_settings as s
where s.is_discoverable;
comment on view feed.discoverable_users is 'Who may be suggested to strangers and found by search.';

create or replace view feed.open_accounts as
select u.user_id
from feed.visible_users as u
where not u.is_private and (select true from feed.minors as m where m.user_id = u.user_id) is null;
comment on view feed.open_accounts is 'Whom the viewer may follow without asking.';

create or replace view feed.viewer_mutes as
select
    m.muted_id as user_id,
    m.scope
from api.mutes as m
where m.muter_id = (select auth.uid()) and (m.expires_at is null or m.expires_at > now());
comment on view feed.viewer_mutes is 'Whom the viewer has muted for now, and where.';

create or replace view feed.viewer_muted_words as
select w.word
from api.muted_words as w
where
    w.user_id = (select auth.uid()) and w.scope <> 'NOTIFICATIONS' and (w.expires_at is null or w.expires_at > now());
comment on view feed.viewer_muted_words is 'Words that the viewer does not want in feeds for now.';

create or replace view feed.viewer_muted_threads as
select t.post_id
from api.muted_threads as t
where
    t.user_id = (select auth.uid()) and t.scope <> 'NOTIFICATIONS' and (t.expires_at is null or t.expires_at > now());
comment on view feed.viewer_muted_threads is 'Posts whose threads the viewer does not want in feeds for now.';
