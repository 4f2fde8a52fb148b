grant execute on function api.delete_comment(bigint) to authenticated;

-- Not granted: id, author_id, path (a trigger), deleted_at (api.delete_comment).
grant select on api.comments to anon, authenticated;
grant insert (post_id, parent_id, content) on api.comments to authenticated;
grant update (content, version) on api.comments to authenticated;

drop policy if exists select_visible on api.comments;
create policy select_visible on api.comments for select to anon, authenticated
using (
    deleted_at is null
    and (select true from api.posts as p where p.id = comments.post_id)
    and (select true from api.users as u where u.id = comments.author_id)
);
drop policy if exists insert_own on api.comments;
create policy insert_own on api.comments for insert to authenticated
with check (
    author_id = (select auth.uid())
    and (select true from api.users as u where u.id = (select auth.uid()))
    and (select true from api.posts as p where p.id = comments.post_id)
);
drop policy if exists update_own on api.comments;
create policy update_own on api.comments for update to authenticated
using (
    author_id = (select auth.uid()) and deleted_at is null
    and (select true from api.users as u where u.id = (select auth.uid()))
)
with check (author_id = (select auth.uid()));
