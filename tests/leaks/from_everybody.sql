-- What nobody in the play but those who made it may know.
set role migrator;

-- Mona's posts for a circle, for close friends and for herself; deleted, archived and expired ones; a private group's.
insert into api.circles (id, owner_id, name) values (771101, 770001, 'zqsecret circle');
insert into api.circle_members (circle_id, member_id) values (771101, 770007);
insert into api.close_friends (owner_id, friend_id) values (770001, 770007);
insert into api.groups (id, creator_id, name, description, is_private, join_rule) values
    (771501, 770001, 'zqsecret group', 'zqsecret', true, 'INVITE');
insert into api.group_members (group_id, user_id, role) values (771501, 770001, 'OWNER'), (771501, 770007, 'MEMBER');
insert into api.group_invites (group_id, user_id, inviter_id) values (771501, 770012, 770001);
insert into api.sounds (id, owner_id, title, audio_url) values
    (771901, 770001, 'zqsecret sound', 'https://zqsecret.example/a');
insert into api.posts (
    id, author_id, type, content, visibility, circle_id, group_id, created_at, deleted_at, archived_at, sound_id,
    quoted_post_id, thread_root_id, thread_position
) values
    (771201, 770001, 'REGULAR', 'zqsecret circle #zqsecretcircle @huda', 'CIRCLE', 771101, null, now(), null, null, 771901, 770207, null, null),
    (771202, 770001, 'REGULAR', 'zqsecret close #zqsecretclose', 'CLOSE_FRIENDS', null, null, now(), null, null, null, 770201, null, null),
    (771203, 770001, 'REGULAR', 'zqsecret me #zqsecretme', 'PRIVATE', null, null, now(), null, null, null, 770202, null, null),
    (771204, 770001, 'REGULAR', 'zqsecret deleted #zqsecretdeleted', 'PUBLIC', null, null, now(), now(), null, null, null, null, null),
    (771205, 770001, 'REGULAR', 'zqsecret archived #zqsecretarchived', 'PUBLIC', null, null, now(), null, now(), null, null, null, null),
    (771206, 770001, 'STORY', 'zqsecret expired', 'PUBLIC', null, null, now() - interval '2 days', null, null, null, null, null, null),
    (771207, 770001, 'REGULAR', 'zqsecret group #zqsecretgroup', 'GROUP', null, 771501, now(), null, null, null, null, null, null),
    (771208, 770001, 'THREAD', 'zqsecret thread', 'CIRCLE', 771101, null, now(), null, null, null, null, 771201, 2);
update api.sounds set deleted_at = now() where id = 771901;
insert into api.post_edits (post_id, version, content, media_urls, content_warning, visibility) values
    (770201, 0, 'zqsecret former', '{}', '', 'PRIVATE'), (771201, 0, 'zqsecret former', '{}', '', 'PUBLIC');
insert into api.polls (post_id, closes_at) values (771201, now() + interval '1 day');
insert into api.poll_options (post_id, position, label) values (771201, 1, 'zqsecret yes'), (771201, 2, 'zqsecret no');
insert into api.poll_votes (post_id, voter_id) values (771201, 770007);
insert into api.poll_choices (post_id, voter_id, position) values (771201, 770007, 1);
insert into api.media (id, owner_id, bucket, object_key, file_name, content_type) values
    (771902, 770001, 'media-private', 'zqsecret/a', 'zqsecret.png', 'image/png');
insert into api.post_media (post_id, position, media_id, bucket, object_key, content_type, alt_text) values
    (771201, 1, 771902, 'media-private', 'zqsecret/a', 'image/png', 'zqsecret');
insert into api.reposts (post_id, user_id, visibility) values (771201, 770007, 'PUBLIC');
insert into api.pinned_posts (user_id, post_id) values (770001, 771203);
insert into api.highlights (id, owner_id, title) values (771903, 770001, 'zqsecret highlight');
insert into api.highlight_items (highlight_id, post_id) values (771903, 771205);
insert into api.story_views (post_id, viewer_id) values (771206, 770002), (770205, 770012);
insert into api.drafts (id, author_id, input) values (771209, 770001, '{"content": "zqsecret draft"}');

-- Comments under them, and one that is held under a post for all; who reacted and liked there.
insert into api.comments (id, post_id, author_id, content) values (771301, 771201, 770007, 'zqsecret comment');
insert into api.comments (id, post_id, author_id, content, state) values
    (771302, 770201, 770012, 'zqsecret held', 'HELD');
insert into api.comments (id, post_id, author_id, content, deleted_at) values (771304, 770201, null, null, now());
insert into api.comment_likes (comment_id, user_id) values (771301, 770007), (771302, 770007);
insert into api.comment_settings (user_id, approval) values (770001, 'NOBODY');
insert into api.comment_keywords (user_id, keyword) values (770001, 'zqsecret keyword');
insert into api.reactions (post_id, user_id) values (771201, 770007);
insert into api.save_folders (id, owner_id, name) values (771801, 770001, 'zqsecret folder');
insert into api.saves (user_id, post_id, folder_id) values (770001, 771203, 771801), (770007, 771201, null);
insert into api.shares (id, user_id, post_id, target) values (771802, 770007, 771201, 'zqsecret share');
insert into api.views (window_id, user_id, post_id) values (1, 770007, 771201);
insert into api.post_feedback (user_id, post_id, kind) values (770001, 770207, 'HIDE');
insert into api.reports (id, reporter_id, subject_type, subject_id, reason, details) values
    (771803, 770001, 'POST', 770204, 'SPAM', 'zqsecret report'), (771804, 770001, 'USER', 770003, 'SPAM', 'zqsecret report');

-- What Mona keeps to herself about others and about herself.
insert into api.mutes (muter_id, muted_id) values (770001, 770003);
insert into api.muted_words (id, user_id, word) values (771904, 770001, 'zqsecret word');
insert into api.muted_threads (user_id, post_id) values (770001, 770204);
insert into api.restricts (restricter_id, restricted_id) values (770001, 770010), (770001, 770002);
insert into api.follow_requests (follower_id, followee_id) values (770001, 770005);
insert into api.user_interests (user_id, interest_code) select 770001, i.code from api.interests as i limit 3;
insert into api.recent_searches (user_id, query) values (770001, 'zqsecret search');
insert into api.verification_requests (id, user_id, user_type, statement) values
    (771905, 770001, 'CREATOR', 'zqsecret statement');
insert into api.notification_preferences (user_id, kind, in_app, push, email) values (770001, 'FOLLOW', true, false, false);
insert into api.notification_settings (user_id) values (770001);
insert into api.push_subscriptions (id, user_id, endpoint, p256dh, auth) values
    (771906, 770001, 'https://zqsecret.example/push', rpad('zqsecret', 87, 'a'), rpad('zqsecret', 22, 'b'));
update api.user_settings set is_family_mode = true where user_id = 770012;
update api.user_private set email = 'zqsecret@daira.example', phone = '+201000771907', birth_date = '1999-07-19'
where user_id = 770001;
insert into ops.strikes (user_id, reason_code, note) values (770001, 'SPAM', 'zqsecret strike');

-- Conversations, rooms, events.
insert into api.message_threads (id, kind, creator_id, title) values
    (771401, 'GROUP', 770001, 'zqsecret thread'), (771402, 'DIRECT', 770001, '');
insert into feed.direct_threads (low_id, high_id, thread_id) values (770001, 770007, 771402);
insert into api.thread_members (thread_id, user_id, role) values
    (771401, 770001, 'OWNER'), (771401, 770007, 'MEMBER'), (771402, 770001, 'MEMBER'), (771402, 770007, 'MEMBER');
insert into api.thread_states (thread_id, user_id, folder) values
    (771401, 770001, 'INBOX'), (771401, 770007, 'REQUESTS'), (771402, 770001, 'INBOX'), (771402, 770007, 'INBOX');
insert into api.messages (id, thread_id, sender_id, content, reply_to_id) values
    (771403, 771401, 770001, 'zqsecret message', null), (771404, 771402, 770007, 'zqsecret message', null),
    (771405, 771401, 770007, 'zqsecret answer', 771403);
insert into api.message_reactions (message_id, user_id) values (771403, 770007);
insert into api.hidden_messages (user_id, message_id) values (770007, 771403);
update api.thread_states set last_read_id = 771403 where thread_id = 771401 and user_id = 770001;
insert into api.rooms (id, creator_id, title, topic, audience, circle_id) values
    (771601, 770001, 'zqsecret room', 'zqsecret', 'CIRCLE', 771101);
insert into api.room_members (room_id, user_id, role) values (771601, 770001, 'HOST'), (771601, 770007, 'SPEAKER');
insert into api.room_invites (room_id, user_id, inviter_id) values (771601, 770012, 770001);
insert into api.events (id, creator_id, title, audience, circle_id, starts_at) values
    (771701, 770001, 'zqsecret event', 'CIRCLE', 771101, now() + interval '1 day');
insert into api.event_rsvps (event_id, user_id, answer) values (771701, 770007, 'GOING');
insert into api.event_rsvps (event_id, user_id, answer) values (770701, 770007, 'NO');

-- Accounts that are gone, for one reason or another, and what they wrote.
insert into api.users (id, username, name, bio, state, deleted_at) values
    (771001, 'zqsecretclosed', 'zqsecret', 'zqsecret', 'ACTIVE', now()),
    (771002, 'zqsecretaway', 'zqsecret', 'zqsecret', 'DEACTIVATED', null),
    (771003, 'zqsecretsuspended', 'zqsecret', 'zqsecret', 'SUSPENDED', null);
insert into api.posts (id, author_id, content)
select u.id + 250, u.id, 'zqsecret by who is gone' from api.users as u where u.id between 771001 and 771003;

reset role;
