grant execute on function api.create_post(api.create_post_input), api.delete_post(bigint) to authenticated;

-- Not granted: id, author_id, created_at (defaults), deleted_at (api.delete_post), version on insert.
grant select on api.posts to anon, authenticated;
grant insert (type, content, visibility, media_urls, language) on api.posts to authenticated;
grant update (content, visibility, media_urls, language, version) on api.posts to authenticated;

drop policy if exists select_visible on api.posts;
create policy select_visible on api.posts for select to anon, authenticated
using (
    deleted_at is null
    and (
        select true from feed.audience as a
        where a.author_id = posts.author_id and a.visibility = posts.visibility
    )
);
drop policy if exists insert_own on api.posts;
create policy insert_own on api.posts for insert to authenticated
with check (
    author_id = (select auth.uid())
    and (select true from api.users as u where u.id = (select auth.uid()))
);
drop policy if exists update_own on api.posts;
create policy update_own on api.posts for update to authenticated
using (
    author_id = (select auth.uid()) and deleted_at is null
    and (select true from api.users as u where u.id = (select auth.uid()))
)
with check (author_id = (select auth.uid()));

grant select on api.post_stats to anon, authenticated;

drop policy if exists select_visible on api.post_stats;
create policy select_visible on api.post_stats for select to anon, authenticated
using ((select true from api.posts as p where p.id = post_stats.post_id));

-- Not granted: every change. The gateway registers uploads through ops.request_upload.
grant select on api.media to authenticated;

drop policy if exists select_own on api.media;
create policy select_own on api.media for select to authenticated
using (owner_id = (select auth.uid()));

grant select on api.hashtags, api.post_hashtags to anon, authenticated;

drop policy if exists select_visible on api.hashtags;
create policy select_visible on api.hashtags for select to anon, authenticated
using (
    is_listed
    or (select true from api.post_hashtags as ph where ph.hashtag_id = hashtags.id limit 1)
);
drop policy if exists select_visible on api.post_hashtags;
create policy select_visible on api.post_hashtags for select to anon, authenticated
using ((select true from api.posts as p where p.id = post_hashtags.post_id));
