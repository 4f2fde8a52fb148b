-- The keys may be named in an update, as an upsert does; a trigger sees to it that they stay what they are.
grant select, delete on api.reactions to authenticated;
grant insert (post_id, user_id, kind) on api.reactions to authenticated;
grant update (post_id, user_id, kind) on api.reactions to authenticated;

drop policy if exists select_visible on api.reactions;
create policy select_visible on api.reactions for select to authenticated
using (
    user_id = (select auth.uid())
    or (
        (select true from api.posts as p where p.id = reactions.post_id)
        and (select true from api.users as u where u.id = reactions.user_id)
    )
);
drop policy if exists insert_own on api.reactions;
create policy insert_own on api.reactions for insert to authenticated
with check (
    user_id = (select auth.uid())
    and (select true from api.users as u where u.id = (select auth.uid()))
    and (select true from api.posts as p where p.id = reactions.post_id)
);
drop policy if exists update_own on api.reactions;
create policy update_own on api.reactions for update to authenticated
using (user_id = (select auth.uid()))
with check (
    user_id = (select auth.uid())
    and (select true from api.users as u where u.id = (select auth.uid()))
    and (select true from api.posts as p where p.id = reactions.post_id)
);
drop policy if exists delete_own on api.reactions;
create policy delete_own on api.reactions for delete to authenticated
using (user_id = (select auth.uid()));
