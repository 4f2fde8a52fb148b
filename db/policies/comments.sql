grant execute on function
api.create_comment(api.create_comment_input), api.delete_comment(bigint), api.hide_comment(bigint),
api.approve_comment(bigint), api.pin_comment(bigint), api.unpin_comment(bigint),
api.like_comment(bigint), api.unlike_comment(bigint)
to authenticated;
grant execute on function
api.list_comments(bigint, bigint, api.comment_sort, text, integer, boolean),
api.comment_thread(bigint, boolean, integer),
api._likes_count(api.comments), api._replies_count(api.comments), api._is_pinned(api.comments)
to anon, authenticated;
grant execute on function api._is_liked(api.comments), api._is_liked_by_author(api.comments) to authenticated;
-- What decides who sees a comment, read by policies.
grant select on feed.withheld_comments, feed.live_comments to anon, authenticated;
grant execute on function feed.sees_comment(bigint) to anon, authenticated;

-- Not granted: id, author_id, path, state (triggers and functions), deleted_at (api.delete_comment).
grant select on api.comments to anon, authenticated;
grant insert (post_id, parent_id, content) on api.comments to authenticated;
grant update (content, version) on api.comments to authenticated;

drop policy if exists select_visible on api.comments;
create policy select_visible on api.comments for select to anon, authenticated
using (
    (select true from api.posts as p where p.id = comments.post_id)
    and case
        when deleted_at is not null then
            state <> 'HELD'
            and (
                select true from feed.live_comments as below
                where
                    below.post_id = comments.post_id and below.path operator(extensions.>) comments.path -- noqa: LT01
                    and below.path operator(extensions.<) extensions.text2ltree(comments.path::text || '-') -- noqa: LT01
                limit 1
            )
        else
            (select true from api.users as u where u.id = comments.author_id)
            and (
                author_id = (select auth.uid())
                or (
                    state <> 'HELD'
                    and (select true from feed.withheld_comments as w where w.comment_id = comments.id) is null
                )
                or (select p.author_id from api.posts as p where p.id = comments.post_id) = (select auth.uid())
            )
    end
);
drop policy if exists insert_own on api.comments;
create policy insert_own on api.comments for insert to authenticated
with check (
    author_id = (select auth.uid())
    and (select true from api.posts as p where p.id = comments.post_id)
);
drop policy if exists update_own on api.comments;
create policy update_own on api.comments for update to authenticated
using (author_id = (select auth.uid()) and deleted_at is null)
with check (author_id = (select auth.uid()));

grant select on api.comment_stats, api.pinned_comments to anon, authenticated;

drop policy if exists select_visible on api.comment_stats;
create policy select_visible on api.comment_stats for select to anon, authenticated
using (feed.sees_comment(comment_id));
drop policy if exists select_visible on api.pinned_comments;
create policy select_visible on api.pinned_comments for select to anon, authenticated
using (feed.sees_comment(comment_id));

-- Not granted: changes; api.like_comment makes them.
grant select on api.comment_likes to authenticated;

drop policy if exists select_visible on api.comment_likes;
create policy select_visible on api.comment_likes for select to authenticated
using (
    user_id = (select auth.uid())
    or (
        feed.sees_comment(comment_id)
        and (select true from api.users as u where u.id = comment_likes.user_id)
    )
);

-- Not granted: changes; api.approve_comment makes them.
grant select on api.withheld_comments to authenticated;

drop policy if exists select_own on api.withheld_comments;
create policy select_own on api.withheld_comments for select to authenticated
using (owner_id = (select auth.uid()));

grant select on api.comment_settings to authenticated;
grant insert (user_id, approval) on api.comment_settings to authenticated;
grant update (user_id, approval) on api.comment_settings to authenticated;

drop policy if exists select_own on api.comment_settings;
create policy select_own on api.comment_settings for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists insert_own on api.comment_settings;
create policy insert_own on api.comment_settings for insert to authenticated
with check (user_id = (select auth.uid()));
drop policy if exists update_own on api.comment_settings;
create policy update_own on api.comment_settings for update to authenticated
using (user_id = (select auth.uid()))
with check (user_id = (select auth.uid()));

grant select, delete on api.comment_keywords to authenticated;
grant insert (user_id, keyword) on api.comment_keywords to authenticated;

drop policy if exists select_own on api.comment_keywords;
create policy select_own on api.comment_keywords for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists insert_own on api.comment_keywords;
create policy insert_own on api.comment_keywords for insert to authenticated
with check (user_id = (select auth.uid()));
drop policy if exists delete_own on api.comment_keywords;
create policy delete_own on api.comment_keywords for delete to authenticated
using (user_id = (select auth.uid()));
