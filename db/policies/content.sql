-- The rule of who sees what (db/functions/audience.sql), for the policies that ask it.
grant select on feed.authors, feed.viewer_circles to anon, authenticated;
grant select on feed.repliable_posts, feed.viewer_highlights to authenticated;
grant execute on function feed.admits(text, boolean, boolean, boolean, boolean, boolean),
feed.is_current(timestamptz, timestamptz, boolean) to anon, authenticated;

grant execute on function api.can_see_post(bigint), api.get_post(bigint),
api.poll_results(bigint),
api.list_posts(bigint, text, text, text, timestamptz, timestamptz, boolean, boolean, text, integer)
to anon, authenticated;
grant execute on function api.create_post(api.create_post_input), api.create_thread(api.create_thread_input),
api.create_story(api.create_story_input), api.update_post(bigint, api.update_post_input), api.delete_post(bigint),
api.archive_post(bigint), api.unarchive_post(bigint), api.pin_post(bigint), api.unpin_post(), api.repost(bigint, text),
api.unrepost(bigint), api.detach_quote(bigint), api.vote(bigint, integer[]), api.view_story(bigint) to authenticated;
grant execute on function api.save_draft(api.create_post_input, timestamptz),
api.update_draft(bigint, api.create_post_input, integer), api.schedule_draft(bigint, timestamptz),
api.publish_draft(bigint) to authenticated;
grant execute on function ops.publish_due_drafts(integer) to worker;

-- Not granted: id, author_id, created_at (defaults), deleted_at, archived_at, threads, quotes and media (functions),
-- is_sponsored (advertising), version on insert.
grant select on api.posts to anon, authenticated;
grant insert (
    type, content, visibility, circle_id, media_urls, language, reply_gate, reply_circle_id, is_sensitive,
    content_warning, sound_id, expires_at
) on api.posts to authenticated;
grant update (
    content, visibility, circle_id, media_urls, language, reply_gate, reply_circle_id, is_sensitive, content_warning,
    version
) on api.posts to authenticated;

drop policy if exists select_visible on api.posts;
create policy select_visible on api.posts for select to anon, authenticated
using (
    deleted_at is null
    and (author_id = (select auth.uid()) or feed.is_current(archived_at, expires_at, is_highlighted))
    and (
        select
            feed.admits(
                posts.visibility, a.is_own, a.is_open, a.is_followed, a.is_close,
                a.is_own
                or coalesce(
                    (select true from feed.viewer_circles as c where c.circle_id = posts.circle_id),
                    (select true from feed.viewer_groups as g where g.group_id = posts.group_id)
                )
            )
        from feed.authors as a
        where a.author_id = posts.author_id
    )
);
drop policy if exists insert_own on api.posts;
create policy insert_own on api.posts for insert to authenticated
with check (author_id = (select auth.uid()));
drop policy if exists update_own on api.posts;
create policy update_own on api.posts for update to authenticated
using (author_id = (select auth.uid()) and deleted_at is null)
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

-- What belongs to a post is seen by who sees the post. Not granted: every change, for functions and triggers make them.
grant select on api.post_media, api.post_mentions, api.post_edits, api.polls, api.poll_options to anon, authenticated;

drop policy if exists select_visible on api.post_media;
create policy select_visible on api.post_media for select to anon, authenticated
using ((select true from api.posts as p where p.id = post_media.post_id));
drop policy if exists select_visible on api.post_mentions;
create policy select_visible on api.post_mentions for select to anon, authenticated
using (
    (select true from api.posts as p where p.id = post_mentions.post_id)
    and (select true from api.users as u where u.id = post_mentions.user_id)
);
drop policy if exists select_visible on api.polls;
create policy select_visible on api.polls for select to anon, authenticated
using ((select true from api.posts as p where p.id = polls.post_id));
drop policy if exists select_visible on api.poll_options;
create policy select_visible on api.poll_options for select to anon, authenticated
using ((select true from api.posts as p where p.id = poll_options.post_id));
-- Of the former texts, those that were shown to who stood to the author as the viewer does now.
drop policy if exists select_visible on api.post_edits;
create policy select_visible on api.post_edits for select to anon, authenticated
using (
    (
        select
            feed.admits(
                post_edits.visibility, a.is_own, a.is_open, a.is_followed, a.is_close,
                a.is_own or (select true from feed.viewer_circles as c where c.circle_id = post_edits.circle_id)
            )
        from api.posts as p
        inner join feed.authors as a on a.author_id = p.author_id
        where p.id = post_edits.post_id
    )
);

-- A vote is the voter's own; the author of the poll learns sums only.
grant select on api.poll_votes, api.poll_choices to authenticated;

drop policy if exists select_own on api.poll_votes;
create policy select_own on api.poll_votes for select to authenticated
using (voter_id = (select auth.uid()));
drop policy if exists select_own on api.poll_choices;
create policy select_own on api.poll_choices for select to authenticated
using (voter_id = (select auth.uid()));

-- A repost of what has been narrowed to a circle since would tell who is in it.
grant select on api.reposts, api.pinned_posts to anon, authenticated;

drop policy if exists select_visible on api.reposts;
create policy select_visible on api.reposts for select to anon, authenticated
using (
    user_id = (select auth.uid())
    or (
        (
            select feed.admits(reposts.visibility, a.is_own, a.is_open, a.is_followed, a.is_close, false)
            from feed.authors as a
            where a.author_id = reposts.user_id
        )
        and (
            select p.visibility = 'PUBLIC' or p.visibility = 'FOLLOWERS'
            from api.posts as p
            where p.id = reposts.post_id
        )
    )
);
drop policy if exists select_visible on api.pinned_posts;
create policy select_visible on api.pinned_posts for select to anon, authenticated
using ((select true from api.posts as p where p.id = pinned_posts.post_id));

grant select on api.story_views to authenticated;

drop policy if exists select_author on api.story_views;
create policy select_author on api.story_views for select to authenticated
using (
    (select p.author_id = (select auth.uid()) from api.posts as p where p.id = story_views.post_id)
    and (select true from api.users as u where u.id = story_views.viewer_id)
);

-- A highlight is seen by who sees something in it: its title alone would tell what the rest is about.
grant select on api.highlights, api.highlight_items to anon, authenticated;
grant delete on api.highlights, api.highlight_items to authenticated;
grant insert (title, cover_url), update (title, cover_url, version) on api.highlights to authenticated;
grant insert (highlight_id, post_id) on api.highlight_items to authenticated;

drop policy if exists select_visible on api.highlights;
create policy select_visible on api.highlights for select to anon, authenticated
using (
    owner_id = (select auth.uid())
    or (select true from api.highlight_items as i where i.highlight_id = highlights.id limit 1)
);
drop policy if exists insert_own on api.highlights;
create policy insert_own on api.highlights for insert to authenticated
with check (owner_id = (select auth.uid()));
drop policy if exists update_own on api.highlights;
create policy update_own on api.highlights for update to authenticated
using (owner_id = (select auth.uid()))
with check (owner_id = (select auth.uid()));
drop policy if exists delete_own on api.highlights;
create policy delete_own on api.highlights for delete to authenticated
using (owner_id = (select auth.uid()));
drop policy if exists select_visible on api.highlight_items;
create policy select_visible on api.highlight_items for select to anon, authenticated
using ((select true from api.posts as p where p.id = highlight_items.post_id));
drop policy if exists insert_own on api.highlight_items;
create policy insert_own on api.highlight_items for insert to authenticated
with check (
    (select true from feed.viewer_highlights as h where h.highlight_id = highlight_items.highlight_id)
    and (
        select p.author_id = (select auth.uid()) and p.type = 'STORY'
        from api.posts as p
        where p.id = highlight_items.post_id
    )
);
drop policy if exists delete_own on api.highlight_items;
create policy delete_own on api.highlight_items for delete to authenticated
using ((select true from feed.viewer_highlights as h where h.highlight_id = highlight_items.highlight_id));

grant select on api.sounds to anon, authenticated;
grant insert (title, artist, audio_url, duration_ms), update (title, artist, version) on api.sounds to authenticated;
grant execute on function api.delete_sound(bigint) to authenticated;

drop policy if exists select_visible on api.sounds;
create policy select_visible on api.sounds for select to anon, authenticated
using (deleted_at is null and (select a.is_open from feed.authors as a where a.author_id = sounds.owner_id));
drop policy if exists insert_own on api.sounds;
create policy insert_own on api.sounds for insert to authenticated
with check (owner_id = (select auth.uid()));
drop policy if exists update_own on api.sounds;
create policy update_own on api.sounds for update to authenticated
using (owner_id = (select auth.uid()) and deleted_at is null)
with check (owner_id = (select auth.uid()));

grant select, delete on api.drafts to authenticated;

drop policy if exists select_own on api.drafts;
create policy select_own on api.drafts for select to authenticated
using (author_id = (select auth.uid()));
drop policy if exists delete_own on api.drafts;
create policy delete_own on api.drafts for delete to authenticated
using (author_id = (select auth.uid()));
