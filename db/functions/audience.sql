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
