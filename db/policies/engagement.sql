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
    and (select true from api.posts as p where p.id = reactions.post_id)
);
drop policy if exists update_own on api.reactions;
create policy update_own on api.reactions for update to authenticated
using (user_id = (select auth.uid()))
with check (
    user_id = (select auth.uid())
    and (select true from api.posts as p where p.id = reactions.post_id)
);
drop policy if exists delete_own on api.reactions;
create policy delete_own on api.reactions for delete to authenticated
using (user_id = (select auth.uid()));

grant execute on function
api.react_post(bigint, api.reaction_kind), api.unreact_post(bigint),
api.save_post(bigint, bigint), api.unsave_post(bigint), api.share_post(bigint, api.share_kind, text),
api.give_feedback(bigint, api.feedback_kind), api.withdraw_feedback(bigint),
api.record_engagement(api.engagement_event_input[]), api.record_views(api.view_input[]),
api._my_reaction(api.posts), api._is_saved(api.posts)
to authenticated;

grant select, delete on api.save_folders to authenticated;
grant insert (name) on api.save_folders to authenticated;
grant update (name, version) on api.save_folders to authenticated;

drop policy if exists select_own on api.save_folders;
create policy select_own on api.save_folders for select to authenticated
using (owner_id = (select auth.uid()));
drop policy if exists insert_own on api.save_folders;
create policy insert_own on api.save_folders for insert to authenticated
with check (owner_id = (select auth.uid()));
drop policy if exists update_own on api.save_folders;
create policy update_own on api.save_folders for update to authenticated
using (owner_id = (select auth.uid()))
with check (owner_id = (select auth.uid()));
drop policy if exists delete_own on api.save_folders;
create policy delete_own on api.save_folders for delete to authenticated
using (owner_id = (select auth.uid()));

-- Nobody sees who saved, shared or saw what. Not granted: changes; functions make them.
grant select on api.saves, api.shares, api.views, api.post_feedback to authenticated;

drop policy if exists select_own on api.saves;
create policy select_own on api.saves for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists select_own on api.shares;
create policy select_own on api.shares for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists select_own on api.views;
create policy select_own on api.views for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists select_own on api.post_feedback;
create policy select_own on api.post_feedback for select to authenticated
using (user_id = (select auth.uid()));
