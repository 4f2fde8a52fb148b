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

create or replace view feed.audience as
select
    u.id as author_id,
    v.visibility
from api.users as u
cross join (values ('PUBLIC'), ('FOLLOWERS'), ('PRIVATE')) as v (visibility)
where
    u.deleted_at is null
    and (u.state = 'ACTIVE' or u.id = (select auth.uid()))
    and (select true from feed.viewer_blocks as b where b.user_id = u.id limit 1) is null
    and (
        u.id = (select auth.uid())
        or (v.visibility = 'PUBLIC' and not u.is_private)
        or (
            v.visibility <> 'PRIVATE'
            and (select true from feed.viewer_follows as f where f.user_id = u.id)
        )
    );
comment on view feed.audience is 'The viewer may see what this author has published with this visibility.';

create or replace view feed.visible_posts as
select
    p.id,
    p.author_id
from api.posts as p
where
    p.deleted_at is null
    and (select true from feed.audience as a where a.author_id = p.author_id and a.visibility = p.visibility);
comment on view feed.visible_posts is 'Posts that the viewer may see; what row-level security also says, for definer functions.';

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

create or replace view feed.open_accounts as
select u.id as user_id
from api.users as u
where
    u.deleted_at is null
    and u.state = 'ACTIVE'
    and not u.is_private
    and (select true from feed.minors as m where m.user_id = u.id) is null
    and (select true from feed.viewer_blocks as b where b.user_id = u.id limit 1) is null;
comment on view feed.open_accounts is 'Whom the viewer may follow without asking.';

create or replace view feed.viewer_mutes as
select
    m.muted_id as user_id,
    m.scope
from api.mutes as m
where m.muter_id = (select auth.uid()) and (m.expires_at is null or m.expires_at > now());
comment on view feed.viewer_mutes is 'Whom the viewer has muted for now, and where.';
