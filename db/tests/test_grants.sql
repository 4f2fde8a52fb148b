-- Who may do what, in full.
begin;
select no_plan();

-- Every grant there is. A new one is added here by hand, in the change that makes it.
create temporary view granted as
with spaces as (
    select n.*
    from pg_namespace as n
    where n.nspname in ('api', 'auth', 'extensions', 'feed', 'ops', 'partitions', 'procrastinate', 'support')
),
single as (
    select c.oid::regclass::text as thing, g.grantee, lower(g.privilege_type) as verb
    from pg_class as c
    inner join spaces as n on n.oid = c.relnamespace
    cross join aclexplode(c.relacl) as g
    where n.nspname <> 'procrastinate' and g.grantee <> c.relowner
    union all
    select
        c.oid::regclass::text,
        g.grantee,
        format('%s(%s)', lower(g.privilege_type), string_agg(a.attname, ',' order by a.attname))
    from pg_class as c
    inner join spaces as n on n.oid = c.relnamespace
    inner join pg_attribute as a on a.attrelid = c.oid
    cross join aclexplode(a.attacl) as g
    group by c.oid, g.grantee, g.privilege_type
    union all
    select f.oid::regprocedure::text, g.grantee, 'execute'
    from pg_proc as f
    inner join spaces as n on n.oid = f.pronamespace
    cross join aclexplode(f.proacl) as g
    where n.nspname not in ('auth', 'extensions', 'procrastinate') and g.grantee <> f.proowner
    union all
    select 'schema ' || n.nspname, g.grantee, lower(g.privilege_type)
    from spaces as n
    cross join aclexplode(n.nspacl) as g
    where g.grantee <> n.nspowner
)
select
    thing,
    coalesce(nullif(grantee, 0)::regrole::text, 'public') as who,
    string_agg(verb, ' ' order by verb) as verbs
from single
group by thing, grantee;

select set_eq('select thing, who, verbs from granted', $$ values
    ('schema api', 'anon', 'usage'),
    ('schema api', 'authenticated', 'usage'),
    ('schema extensions', 'anon', 'usage'),
    ('schema extensions', 'authenticated', 'usage'),
    ('schema auth', 'gateway', 'usage'),
    ('schema feed', 'worker', 'usage'),
    ('schema ops', 'gateway', 'usage'),
    ('schema ops', 'worker', 'usage'),
    ('schema procrastinate', 'worker', 'usage'),
    ('schema support', 'support', 'usage'),

    -- reference data
    ('api.governorates', 'anon', 'select'),
    ('api.governorates', 'authenticated', 'select'),
    ('api.languages', 'anon', 'select'),
    ('api.languages', 'authenticated', 'select'),
    ('api.districts', 'anon', 'select'),
    ('api.districts', 'authenticated', 'select'),
    ('api.interests', 'anon', 'select'),
    ('api.interests', 'authenticated', 'select'),
    ('api.report_reasons', 'anon', 'select'),
    ('api.report_reasons', 'authenticated', 'select'),
    ('api.user_interests', 'authenticated', 'delete insert(interest_code,user_id) select'),

    -- people
    ('api.users', 'anon', 'select'),
    ('api.users', 'authenticated', 'select update(avatar_url,bio,governorate_code,is_private,locale,name,version)'),
    ('api.user_private', 'authenticated', 'select'),
    ('api.user_stats', 'anon', 'select'),
    ('api.user_stats', 'authenticated', 'select'),
    ('api.user_settings', 'authenticated', 'select update(is_discoverable,is_family_mode,is_indexable,mention_policy,message_policy,version)'),
    ('api.verification_requests', 'authenticated', 'select'),
    ('feed.discoverable_users', 'anon', 'select'),
    ('feed.discoverable_users', 'authenticated', 'select'),
    ('api.is_username_available(text)', 'anon', 'execute'),
    ('api.is_username_available(text)', 'authenticated', 'execute'),
    ('api.get_user(bigint,text)', 'anon', 'execute'),
    ('api.get_user(bigint,text)', 'authenticated', 'execute'),
    ('api.list_users(text,text,text,boolean)', 'anon', 'execute'),
    ('api.list_users(text,text,text,boolean)', 'authenticated', 'execute'),
    ('api._is_minor(api.users)', 'authenticated', 'execute'),
    ('api.update_profile(api.update_profile_input)', 'authenticated', 'execute'),
    ('api.update_settings(api.update_settings_input)', 'authenticated', 'execute'),
    ('api.change_handle(text)', 'authenticated', 'execute'),
    ('api.set_birth_date(date)', 'authenticated', 'execute'),
    ('api.deactivate_account()', 'authenticated', 'execute'),
    ('api.reactivate_account()', 'authenticated', 'execute'),
    ('api.verify_creator(api.verify_creator_input)', 'authenticated', 'execute'),
    ('api.withdraw_verification()', 'authenticated', 'execute'),
    ('api.suspend_user(bigint,text)', 'moderator', 'execute'),
    ('api.suspend_user(bigint,text)', 'admin', 'execute'),
    ('api.reinstate_user(bigint,text)', 'moderator', 'execute'),
    ('api.reinstate_user(bigint,text)', 'admin', 'execute'),
    ('api.decide_verification(bigint,boolean,text)', 'moderator', 'execute'),
    ('api.decide_verification(bigint,boolean,text)', 'admin', 'execute'),
    ('api.create_user(api.create_user_input)', 'admin', 'execute'),
    -- graph
    ('api.follows', 'authenticated', 'delete insert(followee_id,follower_id) select'),
    ('api.blocks', 'authenticated', 'delete insert(blocked_id,blocker_id) select'),
    ('api.follow_requests', 'authenticated', 'select'),
    ('api.mutes', 'authenticated', 'select'),
    ('api.muted_words', 'authenticated', 'select'),
    ('api.muted_threads', 'authenticated', 'select'),
    ('api.restricts', 'authenticated', 'select'),
    ('api.close_friends', 'authenticated', 'select'),
    ('api.circles', 'authenticated', 'select'),
    ('api.circle_members', 'authenticated', 'select'),
    ('api.relationships(bigint[])', 'authenticated', 'execute'),
    ('api._relationship(api.users)', 'authenticated', 'execute'),
    ('api.follow_user(bigint)', 'authenticated', 'execute'),
    ('api.unfollow_user(bigint)', 'authenticated', 'execute'),
    ('api.cancel_follow(bigint)', 'authenticated', 'execute'),
    ('api.accept_follow(bigint)', 'authenticated', 'execute'),
    ('api.reject_follow(bigint)', 'authenticated', 'execute'),
    ('api.remove_follower(bigint)', 'authenticated', 'execute'),
    ('api.block_user(bigint)', 'authenticated', 'execute'),
    ('api.unblock_user(bigint)', 'authenticated', 'execute'),
    ('api.mute_user(bigint,text,timestamp with time zone)', 'authenticated', 'execute'),
    ('api.unmute_user(bigint)', 'authenticated', 'execute'),
    ('api.mute_word(text,text,timestamp with time zone)', 'authenticated', 'execute'),
    ('api.unmute_word(text)', 'authenticated', 'execute'),
    ('api.mute_post(bigint,text,timestamp with time zone)', 'authenticated', 'execute'),
    ('api.unmute_post(bigint)', 'authenticated', 'execute'),
    ('api.restrict_user(bigint)', 'authenticated', 'execute'),
    ('api.unrestrict_user(bigint)', 'authenticated', 'execute'),
    ('api.add_close_friend(bigint)', 'authenticated', 'execute'),
    ('api.remove_close_friend(bigint)', 'authenticated', 'execute'),
    ('api.create_circle(text,bigint[])', 'authenticated', 'execute'),
    ('api.rename_circle(bigint,text,integer)', 'authenticated', 'execute'),
    ('api.delete_circle(bigint)', 'authenticated', 'execute'),
    ('api.add_circle_members(bigint,bigint[])', 'authenticated', 'execute'),
    ('api.remove_circle_members(bigint,bigint[])', 'authenticated', 'execute'),
    ('api.list_followers(bigint)', 'authenticated', 'execute'),
    ('api.list_following(bigint)', 'authenticated', 'execute'),
    ('api.suggest_users(integer)', 'authenticated', 'execute'),

    -- content
    ('api.posts', 'anon', 'select'),
    ('api.posts', 'authenticated', 'insert(circle_id,content,content_warning,expires_at,is_sensitive,language,media_urls,reply_circle_id,reply_gate,sound_id,type,visibility) select update(circle_id,content,content_warning,is_sensitive,language,media_urls,reply_circle_id,reply_gate,version,visibility)'),
    ('api.post_stats', 'anon', 'select'),
    ('api.post_stats', 'authenticated', 'select'),
    ('api.hashtags', 'anon', 'select'),
    ('api.hashtags', 'authenticated', 'select'),
    ('api.post_hashtags', 'anon', 'select'),
    ('api.post_hashtags', 'authenticated', 'select'),
    ('api.media', 'authenticated', 'select'),
    ('api.drafts', 'authenticated', 'delete select'),
    ('api.highlight_items', 'anon', 'select'),
    ('api.highlight_items', 'authenticated', 'delete insert(highlight_id,post_id) select'),
    ('api.highlights', 'anon', 'select'),
    ('api.highlights', 'authenticated', 'delete insert(cover_url,title) select update(cover_url,title,version)'),
    ('api.pinned_posts', 'anon', 'select'),
    ('api.pinned_posts', 'authenticated', 'select'),
    ('api.poll_choices', 'authenticated', 'select'),
    ('api.poll_options', 'anon', 'select'),
    ('api.poll_options', 'authenticated', 'select'),
    ('api.poll_votes', 'authenticated', 'select'),
    ('api.polls', 'anon', 'select'),
    ('api.polls', 'authenticated', 'select'),
    ('api.post_edits', 'anon', 'select'),
    ('api.post_edits', 'authenticated', 'select'),
    ('api.post_media', 'anon', 'select'),
    ('api.post_media', 'authenticated', 'select'),
    ('api.post_mentions', 'anon', 'select'),
    ('api.post_mentions', 'authenticated', 'select'),
    ('api.reposts', 'anon', 'select'),
    ('api.reposts', 'authenticated', 'select'),
    ('api.sounds', 'anon', 'select'),
    ('api.sounds', 'authenticated', 'insert(artist,audio_url,duration_ms,title) select update(artist,title,version)'),
    ('api.story_views', 'authenticated', 'select'),
    ('api.archive_post(bigint)', 'authenticated', 'execute'),
    ('api.can_see_post(bigint)', 'anon', 'execute'),
    ('api.can_see_post(bigint)', 'authenticated', 'execute'),
    ('api.create_story(api.create_story_input)', 'authenticated', 'execute'),
    ('api.create_thread(api.create_thread_input)', 'authenticated', 'execute'),
    ('api.delete_sound(bigint)', 'authenticated', 'execute'),
    ('api.detach_quote(bigint)', 'authenticated', 'execute'),
    ('api.get_post(bigint)', 'anon', 'execute'),
    ('api.get_post(bigint)', 'authenticated', 'execute'),
    ('api.list_posts(bigint,text,text,text,timestamp with time zone,timestamp with time zone,boolean,boolean)', 'anon', 'execute'),
    ('api.list_posts(bigint,text,text,text,timestamp with time zone,timestamp with time zone,boolean,boolean)', 'authenticated', 'execute'),
    ('api.pin_post(bigint)', 'authenticated', 'execute'),
    ('api.poll_results(bigint)', 'anon', 'execute'),
    ('api.poll_results(bigint)', 'authenticated', 'execute'),
    ('api.publish_draft(bigint)', 'authenticated', 'execute'),
    ('api.repost(bigint,text)', 'authenticated', 'execute'),
    ('api.save_draft(api.create_post_input,timestamp with time zone)', 'authenticated', 'execute'),
    ('api.schedule_draft(bigint,timestamp with time zone)', 'authenticated', 'execute'),
    ('api.unarchive_post(bigint)', 'authenticated', 'execute'),
    ('api.unpin_post()', 'authenticated', 'execute'),
    ('api.unrepost(bigint)', 'authenticated', 'execute'),
    ('api.update_draft(bigint,api.create_post_input,integer)', 'authenticated', 'execute'),
    ('api.update_post(bigint,api.update_post_input)', 'authenticated', 'execute'),
    ('api.view_story(bigint)', 'authenticated', 'execute'),
    ('api.vote(bigint,integer[])', 'authenticated', 'execute'),
    ('feed.admits(text,boolean,boolean,boolean,boolean,boolean)', 'anon', 'execute'),
    ('feed.admits(text,boolean,boolean,boolean,boolean,boolean)', 'authenticated', 'execute'),
    ('feed.authors', 'anon', 'select'),
    ('feed.authors', 'authenticated', 'select'),
    ('feed.is_current(timestamp with time zone,timestamp with time zone,boolean)', 'anon', 'execute'),
    ('feed.is_current(timestamp with time zone,timestamp with time zone,boolean)', 'authenticated', 'execute'),
    ('feed.repliable_posts', 'authenticated', 'select'),
    ('feed.viewer_circles', 'anon', 'select'),
    ('feed.viewer_circles', 'authenticated', 'select'),
    ('feed.viewer_highlights', 'authenticated', 'select'),
    ('ops.parse_hashtags(text)', 'anon', 'execute'),
    ('ops.parse_hashtags(text)', 'authenticated', 'execute'),
    ('ops.publish_due_drafts(integer)', 'worker', 'execute'),
    -- comments
    ('api.comments', 'anon', 'select'),
    ('api.comments', 'authenticated', 'insert(content,parent_id,post_id) select update(content,version)'),
    -- engagement and reports
    ('api.reactions', 'authenticated', 'delete insert(kind,post_id,user_id) select update(kind,post_id,user_id)'),

    -- conversations
    ('api._unread_count(api.thread_states)', 'authenticated', 'execute'),
    ('api.accept_thread(bigint)', 'authenticated', 'execute'),
    ('api.add_thread_members(bigint,bigint[])', 'authenticated', 'execute'),
    ('api.clear_thread(bigint)', 'authenticated', 'execute'),
    ('api.count_unread_threads()', 'authenticated', 'execute'),
    ('api.create_group_thread(api.create_group_thread_input)', 'authenticated', 'execute'),
    ('api.decline_thread(bigint)', 'authenticated', 'execute'),
    ('api.delete_message(bigint,boolean)', 'authenticated', 'execute'),
    ('api.edit_message(bigint,text)', 'authenticated', 'execute'),
    ('api.hidden_messages', 'authenticated', 'select'),
    ('api.inbox(api.thread_folder,text,integer)', 'authenticated', 'execute'),
    ('api.leave_thread(bigint)', 'authenticated', 'execute'),
    ('api.mark_thread_read(bigint,bigint)', 'authenticated', 'execute'),
    ('api.message_reactions', 'authenticated', 'select'),
    ('api.message_threads', 'authenticated', 'select'),
    ('api.messages', 'authenticated', 'select'),
    ('api.mute_thread(bigint,timestamp with time zone)', 'authenticated', 'execute'),
    ('api.open_direct_thread(bigint)', 'authenticated', 'execute'),
    ('api.react_message(bigint,api.reaction_kind)', 'authenticated', 'execute'),
    ('api.read_receipts(bigint)', 'authenticated', 'execute'),
    ('api.remove_thread_member(bigint,bigint)', 'authenticated', 'execute'),
    ('api.send_message(api.send_message_input)', 'authenticated', 'execute'),
    ('api.set_thread_role(bigint,bigint,api.member_role)', 'authenticated', 'execute'),
    ('api.sync_messages(text,integer)', 'authenticated', 'execute'),
    ('api.thread_members', 'authenticated', 'select'),
    ('api.thread_states', 'authenticated', 'select'),
    ('api.update_thread(bigint,text,integer)', 'authenticated', 'execute'),
    ('feed.active_users', 'authenticated', 'select'),
    ('feed.viewer_threads', 'authenticated', 'select'),
    ('ops.remove_expired_messages(integer)', 'worker', 'execute'),
    ('ops.remove_old_message_keys(integer)', 'worker', 'execute'),
    -- support
    ('support.accounts', 'support', 'select'),
    ('support.sessions', 'support', 'select'),
    ('support.account_events', 'support', 'select'),
    ('support.strikes', 'support', 'select'),
    ('support.content', 'support', 'select'),
    ('support.deliveries', 'support', 'select'),
    ('support.why_not_in_feed(text,bigint)', 'support', 'execute'),
    ('support.record_use(text)', 'support', 'execute'),
    ('support.masked_email(text)', 'support', 'execute'),
    ('support.masked_phone(text)', 'support', 'execute'),

    -- notifications
    ('api.notification_kinds', 'anon', 'select'),
    ('api.notification_kinds', 'authenticated', 'select'),
    ('api.notification_preferences', 'authenticated', 'delete insert(email,in_app,kind,push,source,user_id) select update(email,in_app,kind,push,source,user_id)'),
    ('api.notification_settings', 'authenticated', 'insert(digest,quiet_from,quiet_to,user_id) select update(digest,quiet_from,quiet_to,user_id)'),
    ('api.push_subscriptions', 'authenticated', 'delete select(created_at,endpoint,id,user_agent,user_id)'),
    ('api.notifications', 'authenticated', 'delete select'),
    ('api.notification_actors', 'authenticated', 'select'),
    ('api.unread_count()', 'authenticated', 'execute'),
    ('api.list_notifications(text,integer,boolean)', 'authenticated', 'execute'),
    ('api.mark_notifications_read(bigint[])', 'authenticated', 'execute'),
    ('api.subscribe_push(text,text,text,text)', 'authenticated', 'execute'),
    ('feed.encode_cursor(bigint)', 'authenticated', 'execute'),
    ('feed.decode_cursor(text)', 'authenticated', 'execute'),
    ('ops.fold_notices(integer)', 'worker', 'execute'),

    ('api.snowflake_seq', 'authenticated', 'usage'),
    ('api.next_id()', 'authenticated', 'execute'),
    ('api.id_at(timestamp with time zone)', 'anon', 'execute'),
    ('api.id_at(timestamp with time zone)', 'authenticated', 'execute'),
    ('api.time_of_id(bigint)', 'anon', 'execute'),
    ('api.time_of_id(bigint)', 'authenticated', 'execute'),
    ('api.me()', 'anon', 'execute'),
    ('api.me()', 'authenticated', 'execute'),
    ('api._email(api.users)', 'authenticated', 'execute'),
    ('api._follower_count(api.users)', 'anon', 'execute'),
    ('api._follower_count(api.users)', 'authenticated', 'execute'),
    ('api.create_post(api.create_post_input)', 'authenticated', 'execute'),
    ('api.delete_post(bigint)', 'authenticated', 'execute'),
    ('api.delete_comment(bigint)', 'authenticated', 'execute'),
    ('api.feed(text,integer)', 'authenticated', 'execute'),

    ('feed.viewer_follows', 'anon', 'select'),
    ('feed.viewer_follows', 'authenticated', 'select'),
    ('feed.viewer_blocks', 'anon', 'select'),
    ('feed.viewer_blocks', 'authenticated', 'select'),
    ('feed.audience', 'anon', 'select'),
    ('feed.audience', 'authenticated', 'select'),
    ('feed.open_accounts', 'authenticated', 'select'),
    ('feed.fan_out(bigint)', 'worker', 'execute'),

    ('ops.request_upload(bigint,text,text,text,bigint,interval)', 'gateway', 'execute'),
    ('ops.finish_upload(text,api.media_status,bigint,text,text)', 'gateway', 'execute'),
    ('ops.finish_upload(text,api.media_status,bigint,text,text)', 'worker', 'execute'),
    ('ops.find_upload(bigint)', 'worker', 'execute'),
    ('ops.check_jobs()', 'gateway', 'execute'),
    ('ops.claim_key(bigint,text,text,bytea,interval)', 'gateway', 'execute'),
    ('ops.mark_key(bigint)', 'gateway', 'execute'),
    ('ops.settle_key(bigint,integer,jsonb,bytea)', 'gateway', 'execute'),
    ('ops.remove_old_keys()', 'worker', 'execute'),
    ('ops.fold_counters(integer)', 'worker', 'execute'),
    ('ops.add_partitions(integer)', 'worker', 'execute'),
    ('ops.bury_job(bigint,text,text)', 'worker', 'execute'),
    ('ops.bury_failed_jobs()', 'worker', 'execute'),
    ('ops.dead_letters', 'worker', 'select')
$$, 'every grant is listed');

select set_eq(
    $$ select r.rolname::text as role, m.rolname::text as member from pg_auth_members as a
    inner join pg_roles as r on r.oid = a.roleid inner join pg_roles as m on m.oid = a.member
    where m.rolname !~ '^pg_' and r.rolname !~ '^pg_' $$,
    $$ values
        ('authenticated', 'creator'), ('authenticated', 'advertiser'), ('authenticated', 'moderator'),
        ('authenticated', 'admin'), ('anon', 'authenticator'), ('authenticated', 'authenticator'),
        ('creator', 'authenticator'), ('advertiser', 'authenticator'), ('moderator', 'authenticator'),
        ('admin', 'authenticator'), ('gateway', 'authenticator') $$,
    'every membership is listed'
);
select is(rolinherit, false, 'the gateway''s login may do nothing by itself') from pg_roles where rolname = 'authenticator';

select * from finish();
rollback;
