-- Rules that hold for everything in the catalogue, each shown to fail on a planted fault. Schema procrastinate is vendored: its keys and functions follow their own rules, its locks are ours.
begin;
select no_plan();

create temporary view ours as
select n.oid, n.nspname::text as name
from pg_namespace as n
where n.nspname in ('api', 'auth', 'feed', 'ops', 'partitions', 'support');

create temporary view our_functions as
select p.*
from pg_proc as p
where p.pronamespace in (select oid from ours);

create temporary table rules (place integer generated always as identity, name text, offenders text) on commit drop;

insert into rules (name, offenders) values
('every table has row-level security enabled and forced', $$
    select c.oid::regclass::text
    from pg_class as c
    where
        (c.relnamespace in (select oid from ours) or c.relnamespace = 'procrastinate'::regnamespace)
        and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
$$),
('a role has one permissive policy per table and verb', $$
    select format('%s %s %s', p.polrelid::regclass, r.role::regrole, v.verb)
    from pg_policy as p
    cross join unnest(p.polroles) as r (role)
    cross join unnest(case p.polcmd when '*' then '{r,a,w,d}' else array[p.polcmd] end) as v (verb)
    where p.polpermissive
    group by p.polrelid, r.role, v.verb
    having count(*) > 1
$$),
('no policy is for everybody who can log in', $$
    select format('%s %s', p.polrelid::regclass, p.polname) from pg_policy as p where 0 = any(p.polroles)
$$),
('no policy lets everything be written', $$
    select format('%s %s', p.polrelid::regclass, p.polname)
    from pg_policy as p
    where p.polcmd <> 'r' and 'true' in (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
$$),
('policies ask who runs them once per statement', $$
    select format('%s %s', p.polrelid::regclass, p.polname)
    from pg_policy as p
    cross join concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as rule (text)
    where replace(rule.text, '( SELECT auth.uid() AS uid)', '') ~ 'auth\.|current_setting|current_user|session_user'
$$),
('policies look single rows up rather than hash whole tables', $$
    select format('%s %s', p.polrelid::regclass, p.polname)
    from pg_policy as p
    cross join concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as rule (text)
    where rule.text ~* '\mexists\M|\min\s+\(\s*select'
$$),
('a table that clients reach has policies', $$
    select c.oid::regclass::text
    from pg_class as c
    cross join aclexplode(c.relacl) as g
    where
        c.relkind in ('r', 'p') and g.grantee in ('anon'::regrole, 'authenticated'::regrole)
        and c.relnamespace in (select oid from ours)
        and not exists (select from pg_policy as p where p.polrelid = c.oid)
$$),
('every table has a primary key', $$
    select c.oid::regclass::text
    from pg_class as c
    where
        c.relnamespace in (select oid from ours) and c.relkind in ('r', 'p')
        and not exists (select from pg_constraint as k where k.conrelid = c.oid and k.contype = 'p')
$$),
('every foreign key says what happens on delete', $$
    select format('%s %s', k.conrelid::regclass, k.conname)
    from pg_constraint as k
    where k.contype = 'f' and k.confdeltype = 'a' and k.connamespace in (select oid from ours)
$$),
('every foreign key has an index', $$
    select format('%s %s', k.conrelid::regclass, k.conname)
    from pg_constraint as k
    where
        k.contype = 'f' and k.conparentid = 0 and k.connamespace in (select oid from ours)
        and not exists (
            select
            from pg_index as i
            where
                i.indrelid = k.conrelid
                and k.conkey <@ (i.indkey::smallint[])[0:cardinality(k.conkey) - 1]
                and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\(\w+ IS NOT NULL\)$')
        )
$$),
('no two indexes are alike', $$
    select string_agg(i.indexrelid::regclass::text, ' ')
    from pg_index as i
    inner join pg_class as c on c.oid = i.indexrelid
    where c.relnamespace in (select oid from ours)
    group by i.indrelid, c.relam, i.indkey::text, i.indoption::text, i.indclass::text,
        pg_get_expr(i.indpred, i.indrelid), pg_get_expr(i.indexprs, i.indrelid)
    having count(*) > 1
$$),
('moments have a time zone', $$
    select format('%s.%s', a.attrelid::regclass, a.attname)
    from pg_attribute as a
    inner join pg_class as c on c.oid = a.attrelid
    where
        c.relnamespace in (select oid from ours) and c.relkind in ('r', 'p', 'v', 'c') and a.attnum > 0
        and a.atttypid in ('timestamp'::regtype, 'timetz'::regtype)
$$),
('what clients filter by compares without leaking', $$
    select format('%s.%s', a.attrelid::regclass, a.attname)
    from pg_attribute as a
    inner join pg_class as c on c.oid = a.attrelid
    inner join pg_type as t on t.oid = a.atttypid
    where
        c.relnamespace = 'api'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
        and has_column_privilege('authenticated', c.oid, a.attnum, 'select')
        and not exists (
            select
            from pg_operator as o
            inner join pg_proc as f on f.oid = o.oprcode
            where
                o.oprname = '=' and f.proleakproof
                and o.oprleft = o.oprright and o.oprleft = coalesce(nullif(t.typbasetype, 0), t.oid)
        )
        -- Known: shown as they are; the filters on them that make sense go by other columns (post_id, name).
        and (c.relname, a.attname) not in (('posts', 'media_urls'), ('messages', 'media_urls'), ('comments', 'path'))
        and (c.relname, a.attname) not in (
            ('posts', 'media_urls'), ('post_edits', 'media_urls'), ('drafts', 'input'), ('comments', 'path')
        )
$$),
('text that clients write is checked', $$
    select format('%s.%s', a.attrelid::regclass, a.attname)
    from pg_attribute as a
    inner join pg_class as c on c.oid = a.attrelid
    where
        c.relnamespace = 'api'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0
        and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'varchar'::regtype, 'jsonb'::regtype)
        and has_column_privilege('authenticated', c.oid, a.attnum, 'insert, update')
        and not exists (
            select from pg_constraint as k
            where k.conrelid = c.oid and k.contype in ('c', 'f') and a.attnum = any(k.conkey)
        )
$$),
('only an account in use writes', $$
    select c.oid::regclass::text
    from pg_class as c
    where
        c.relnamespace = 'api'::regnamespace and c.relkind in ('r', 'p')
        and not exists (
            select
            from pg_trigger as t
            -- Before, per statement, on insert, delete and update.
            where t.tgrelid = c.oid and t.tgfoid = 'ops.tg_rows__writer'::regproc and t.tgtype = 2 + 4 + 8 + 16
        )
$$),
('definer functions pin their search_path', $$
    select f.oid::regprocedure::text
    from our_functions as f
    where f.prosecdef and not coalesce('search_path=""' = any(f.proconfig), false)
$$),
('functions whose text is read when they run pin it too', $$
    select f.oid::regprocedure::text
    from our_functions as f
    where f.prosqlbody is null and not coalesce(f.proconfig::text ~ 'search_path=', false)
$$),
('nobody executes a function by being there', $$
    select f.oid::regprocedure::text
    from our_functions as f
    where f.proacl is null or exists (select from aclexplode(f.proacl) as g where g.grantee = 0)
$$),
('the definer functions that clients may call are known', $$
    select f.oid::regprocedure::text
    from our_functions as f
    where
        f.prosecdef and (has_function_privilege('anon', f.oid, 'execute') or has_function_privilege('authenticated', f.oid, 'execute'))
        and f.oid::regprocedure::text not in (
            'api.delete_post(bigint)',
            -- conversations
            'api._member_count(api.groups)', 'api._member_count(api.rooms)',
            'api.accept_group_request(bigint,bigint)', 'api.accept_thread(bigint)',
            'api.add_thread_members(bigint,bigint[])', 'api.ban_from_group(bigint,bigint,text)',
            'api.cancel_event(bigint)', 'api.clear_thread(bigint)', 'api.count_unread_threads()',
            'api.create_event(api.create_event_input)', 'api.create_group(api.create_group_input)',
            'api.create_group_post(bigint,text,text[])', 'api.create_group_thread(api.create_group_thread_input)',
            'api.create_room(api.create_room_input)', 'api.decline_group_invite(bigint)',
            'api.decline_group_request(bigint,bigint)', 'api.decline_thread(bigint)', 'api.delete_group(bigint)',
            'api.delete_message(bigint,boolean)', 'api.edit_message(bigint,text)', 'api.end_room(bigint)',
            'api.inbox(api.thread_folder,text,integer)', 'api.invite_to_group(bigint,bigint)',
            'api.invite_to_room(bigint,bigint,api.room_role)', 'api.join_group(bigint)',
            'api.join_room(bigint,boolean)', 'api.kick_from_room(bigint,bigint)', 'api.leave_group(bigint)',
            'api.leave_room(bigint)', 'api.leave_thread(bigint)', 'api.mark_thread_read(bigint,bigint)',
            'api.mute_thread(bigint,timestamp with time zone)', 'api.open_direct_thread(bigint)',
            'api.open_room(bigint)', 'api.raise_hand(bigint,boolean)', 'api.react_message(bigint,api.reaction_kind)',
            'api.read_receipts(bigint)', 'api.remove_group_member(bigint,bigint)', 'api.remove_group_post(bigint)',
            'api.remove_thread_member(bigint,bigint)', 'api.request_group(bigint,text)',
            'api.rsvp_event(bigint,api.rsvp_answer)', 'api.send_message(api.send_message_input)',
            'api.set_event_capacity(bigint,integer)', 'api.set_group_role(bigint,bigint,api.member_role)',
            'api.set_room_role(bigint,bigint,api.room_role)', 'api.set_thread_role(bigint,bigint,api.member_role)',
            'api.sync_messages(text,integer)', 'api.unban_from_group(bigint,bigint)',
            'api.update_thread(bigint,text,integer)',
            -- search
            'api.search(text,api.search_type,text,integer)', 'api.suggest(text,integer)', 'api.trends(text,text,integer)',
            'api.district_trends(text,integer)', 'api.set_district(text)', 'api.own_district()',
            'api.list_district_trends(api.trend_review_state,text,integer)',
            'api.review_district_trend(text,bigint,api.trend_review_state)',
            'api.save_search(text)',
            -- notifications
            'api.mark_notifications_read(bigint[])', 'api.push_key()', 'api.subscribe_push(text,text,text,text)',
            -- people
            'api.is_username_available(text)', 'api.get_user(bigint,text)', 'api._is_minor(api.users)',
            'api.change_handle(text)', 'api.set_birth_date(date)', 'api.deactivate_account()',
            'api.reactivate_account()', 'api.verify_creator(api.verify_creator_input)', 'api.withdraw_verification()',
            -- graph
            'api.relationships(bigint[])', 'api._relationship(api.users)', 'api.follow_user(bigint)',
            'api.unfollow_user(bigint)', 'api.cancel_follow(bigint)', 'api.accept_follow(bigint)',
            'api.reject_follow(bigint)', 'api.remove_follower(bigint)', 'api.block_user(bigint)',
            'api.unblock_user(bigint)', 'api.mute_user(bigint,text,timestamp with time zone)',
            'api.unmute_user(bigint)', 'api.mute_word(text,text,timestamp with time zone)', 'api.unmute_word(text)',
            'api.mute_post(bigint,text,timestamp with time zone)', 'api.unmute_post(bigint)',
            'api.restrict_user(bigint)', 'api.unrestrict_user(bigint)', 'api.add_close_friend(bigint)',
            'api.remove_close_friend(bigint)', 'api.create_circle(text,bigint[])',
            'api.rename_circle(bigint,text,integer)', 'api.delete_circle(bigint)',
            'api.add_circle_members(bigint,bigint[])', 'api.remove_circle_members(bigint,bigint[])',
            'api.suggest_users(integer)',
            'api.feed(text,integer,api.feed_mode)', 'api.explain_post(bigint)', 'api.explore(text,integer)',
            'api.my_creator_metrics(date,date)',
            -- content
            'api.list_posts(bigint,text,text,text,timestamp with time zone,timestamp with time zone,boolean,boolean,text,integer)',
            'api.archive_post(bigint)', 'api.can_see_post(bigint)', 'api.create_post(api.create_post_input)',
            'api.create_story(api.create_story_input)', 'api.create_thread(api.create_thread_input)',
            'api.delete_sound(bigint)', 'api.detach_quote(bigint)', 'api.pin_post(bigint)',
            'api.poll_results(bigint)', 'api.publish_draft(bigint)', 'api.repost(bigint,text)',
            'api.save_draft(api.create_post_input,timestamp with time zone)',
            'api.schedule_draft(bigint,timestamp with time zone)', 'api.unarchive_post(bigint)', 'api.unpin_post()',
            'api.unrepost(bigint)', 'api.update_draft(bigint,api.create_post_input,integer)',
            'api.view_story(bigint)', 'api.vote(bigint,integer[])',
            -- comments and engagement
            'api.delete_comment(bigint)', 'api.hide_comment(bigint)', 'api.approve_comment(bigint)',
            'api.pin_comment(bigint)', 'api.unpin_comment(bigint)', 'api.like_comment(bigint)', 'api.unlike_comment(bigint)',
            'api.list_comments(bigint,bigint,api.comment_sort,text,integer,boolean)',
            'api.comment_thread(bigint,boolean,integer)', 'api.react_post(bigint,api.reaction_kind)',
            'api.unreact_post(bigint)', 'api.save_post(bigint,bigint)', 'api.unsave_post(bigint)',
            'api.share_post(bigint,api.share_kind,text)', 'api.give_feedback(bigint,api.feedback_kind)',
            'api.withdraw_feedback(bigint)', 'api.record_engagement(api.engagement_event_input[])', 'feed.sees_comment(bigint)'
        )
$$),
('functions of auth are the gateway''s alone', $$
    select f.oid::regprocedure::text
    from our_functions as f
    cross join aclexplode(f.proacl) as g
    where
        f.pronamespace = 'auth'::regnamespace and f.proname <> 'uid'
        and g.grantee not in (f.proowner, 'gateway'::regrole)
$$),
('nothing is granted on partitions', $$
    select c.oid::regclass::text
    from pg_class as c
    cross join aclexplode(c.relacl) as g
    where c.relnamespace = 'partitions'::regnamespace and g.grantee <> c.relowner
$$),
('views are their reader''s', $$
    select c.oid::regclass::text
    from pg_class as c
    where
        c.relnamespace in (select oid from ours) and c.relkind = 'v'
        and not coalesce(c.reloptions @> '{security_invoker=true}', false)
        -- Support staff see everybody's rows, masked: a barrier lets no function of theirs run before the mask.
        and not (c.relnamespace = 'support'::regnamespace and c.reloptions @> '{security_barrier=true}')
        -- The rule of who sees what must see blocks that the viewer may not; see functions/audience.sql.
        and c.oid::regclass::text not in (
            'feed.active_users', 'feed.audience', 'feed.authors', 'feed.discoverable_users', 'feed.findable_posts',
            'feed.findable_users', 'feed.live_comments', 'feed.minors', 'feed.open_accounts', 'feed.owned_comments',
            'feed.public_posts', 'feed.repliable_posts', 'feed.shown_comments', 'feed.sources',
            'feed.viewer_avoids', 'feed.viewer_blocks', 'feed.viewer_circles', 'feed.viewer_followers',
            'feed.viewer_follows', 'feed.viewer_groups', 'feed.viewer_hides', 'feed.viewer_highlights',
            'feed.viewer_muted_threads', 'feed.viewer_muted_words', 'feed.viewer_mutes', 'feed.viewer_rooms',
            'feed.viewer_threads', 'feed.visible_comments', 'feed.visible_events', 'feed.visible_groups',
            'feed.visible_messages', 'feed.visible_posts', 'feed.visible_rooms', 'feed.visible_users',
            'feed.withheld_comments'
        )
$$),
('what everybody may read whole is known', $$
    select format('%s %s', p.polrelid::regclass, p.polname)
    from pg_policy as p
    where
        p.polcmd in ('r', '*') and pg_get_expr(p.polqual, p.polrelid) = 'true'
        and format('%s %s', p.polrelid::regclass, p.polname) not in (
            'api.notification_kinds select_all', 'api.governorates select_all', 'api.languages select_all',
            'api.districts select_all', 'api.interests select_all', 'api.report_reasons select_all',
            -- Staff alone.
            'api.verification_requests select_staff', 'api.reports select_all'
        )
$$),
('an update says what a row may become', $$
    select format('%s %s', p.polrelid::regclass, p.polname)
    from pg_policy as p
    where p.polcmd in ('w', '*') and p.polwithcheck is null
$$),
('who writes a table may read of it', $$
    select format('%s %s', p.polrelid::regclass, r.role::regrole)
    from pg_policy as p
    cross join unnest(p.polroles) as r (role)
    where
        p.polcmd in ('a', 'w', 'd')
        and not exists (
            select from pg_policy as q
            where q.polrelid = p.polrelid and q.polcmd in ('r', '*') and r.role = any(q.polroles)
        )
$$),
('rows that clients change keep their key', $$
    select c.oid::regclass::text
    from pg_class as c
    inner join pg_constraint as k on k.conrelid = c.oid and k.contype = 'p'
    cross join unnest(k.conkey) as n (attnum)
    where
        c.relnamespace = 'api'::regnamespace and has_column_privilege('authenticated', c.oid, n.attnum, 'update')
        and not exists (
            select from pg_trigger as t
            inner join pg_attribute as a on a.attrelid = c.oid and a.attnum = n.attnum
            where
                t.tgrelid = c.oid and t.tgfoid = 'ops.tg_rows__keep'::regproc
                and a.attname::text = any(string_to_array(encode(t.tgargs, 'escape'), '\000'))
        )
        -- Rows that a policy pins to who asks by part of their key move among one's own.
        and not exists (
            select from pg_policy as p
            inner join pg_attribute as a on a.attrelid = c.oid and a.attnum = any(k.conkey)
            where
                p.polrelid = c.oid and p.polcmd = 'w'
                and pg_get_expr(p.polwithcheck, p.polrelid) like '%' || a.attname || '%( SELECT auth.uid() AS uid)%'
        )
$$),
('changes are counted where a version is kept', $$
    select c.oid::regclass::text
    from pg_class as c
    inner join pg_attribute as a on a.attrelid = c.oid and a.attname = 'version'
    where
        c.relnamespace = 'api'::regnamespace and c.relkind in ('r', 'p') and has_any_column_privilege('authenticated', c.oid, 'update')
        and not exists (select from pg_trigger as t where t.tgrelid = c.oid and t.tgfoid = 'ops.tg_rows__version'::regproc)
$$),
('nobody reads addresses, numbers and birthdays but in their own row, and secrets nowhere', $$
    select format('%s.%s', a.attrelid::regclass, a.attname)
    from pg_attribute as a
    inner join pg_class as c on c.oid = a.attrelid
    cross join unnest('{anon,authenticated,creator,advertiser,moderator,admin}'::name[]) as r (role)
    where
        c.relnamespace in (select oid from ours) and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
        and has_column_privilege(r.role, c.oid, a.attnum, 'select')
        and (
            a.attname ~ '(^|_)(password|secret|token|hash|salt|otp|auth|p256dh|digest|private)(_|$)' and a.attname !~ '^is_'
            and a.atttypid <> 'api.digest_rhythm'::regtype
            or a.attname ~ '(^|_)(email|phone|birth|ip|address|iban|card)(_|$)' and a.atttypid <> 'boolean'::regtype
            and not (c.oid = 'api.user_private'::regclass and r.role <> 'anon')
        )
$$),
('clients reach nothing behind the API but the rule of who sees what', $$
    select c.oid::regclass::text
    from pg_class as c
    cross join unnest('{anon,authenticated,creator,advertiser,moderator,admin,gateway,authenticator}'::name[]) as r (role)
    where
        c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relnamespace::regnamespace::text not in ('api', 'pg_catalog', 'information_schema')
        and c.relnamespace::regnamespace::text !~ '^pg_' and c.relpersistence <> 't'
        and not (c.relnamespace = 'feed'::regnamespace and c.relkind = 'v')
        and c.relname !~ '^pg_stat_statements' and not c.relname = any('{tap_funky,pg_all_foreign_keys}') and c.relnamespace::regnamespace::text <> 'tap'
        and case c.relkind
            when 'S' then has_sequence_privilege(r.role, c.oid, 'usage, select, update')
            else has_any_column_privilege(r.role, c.oid, 'select, insert, update') or has_table_privilege(r.role, c.oid, 'delete, truncate')
        end
$$),
('no view of the API shows accounts'' secrets or the queue', $$
    select distinct v.oid::regclass::text
    from pg_class as v
    inner join pg_rewrite as w on w.ev_class = v.oid
    inner join pg_depend as d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
    inner join pg_class as t on t.oid = d.refobjid
    where
        v.relnamespace = 'api'::regnamespace
        and (
            t.relnamespace in ('auth'::regnamespace, 'ops'::regnamespace, 'procrastinate'::regnamespace)
            or (t.oid = 'api.user_private'::regclass)
        )
$$),
('one function knows where the user''s number comes from', $$
    select f.oid::regprocedure::text
    from our_functions as f
    where
        concat(f.prosrc, pg_get_function_sqlbody(f.oid)) ~ 'app\.user_id|request\.jwt'
        and f.oid::regprocedure::text not in (
            'auth.uid()',
            -- These ask or act in somebody else's name.
            'feed.sees_post(bigint,bigint)', 'ops.publish_due_drafts(integer)', 'support.why_not_in_feed(text,bigint)'
        )
    union all
    select c.oid::regclass::text from pg_class as c
    where c.relkind = 'v' and c.relnamespace in (select oid from ours) and pg_get_viewdef(c.oid) ~ 'app\.user_id|request\.jwt'
$$),
('no column has a type that an upgrade refuses or that compares by rounding', $$
    select format('%s.%s', a.attrelid::regclass, a.attname)
    from pg_attribute as a
    inner join pg_class as c on c.oid = a.attrelid
    where
        c.relnamespace in (select oid from ours) and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and a.atttypid::regtype::text in (
            'regproc', 'regprocedure', 'regoper', 'regoperator', 'regconfig', 'regdictionary', 'regnamespace', 'regcollation',
            'money', 'json', 'character', 'abstime'
        )
$$),
('nothing is left half done', $$
    select i.indexrelid::regclass::text from pg_index as i
    where not (i.indisvalid and i.indisready) and i.indrelid in (select c.oid from pg_class as c where c.relnamespace in (select oid from ours))
    union all
    select format('%s %s', k.conrelid::regclass, k.conname) from pg_constraint as k
    where not k.convalidated and k.connamespace in (select oid from ours)
$$),
('extensions are as new as the server has them', $$
    select e.extname::text
    from pg_extension as e
    inner join pg_available_extensions as a on a.name = e.extname
    where a.default_version <> e.extversion
$$),
('no role that serves requests can log in, and who logs in for them inherits nothing', $$
    select r.rolname::text
    from pg_roles as r
    where
        (r.rolcanlogin and r.rolname in ('anon', 'authenticated', 'creator', 'advertiser', 'moderator', 'admin', 'gateway'))
        or (r.rolname = 'authenticator' and (r.rolinherit or not r.rolcanlogin))
$$),
('the API has no materialized view and no foreign table', $$
    select c.oid::regclass::text from pg_class as c where c.relnamespace = 'api'::regnamespace and c.relkind in ('m', 'f')
$$),
('extensions keep to their schema', $$
    select e.extname::text
    from pg_extension as e
    where e.extnamespace not in ('extensions'::regnamespace, 'pg_catalog'::regnamespace) and e.extname <> 'pgtap'
$$),
('migrator owns everything', $$
    select c.oid::regclass::text from pg_class as c
    where c.relnamespace in (select oid from ours) and c.relowner <> 'migrator'::regrole
    union all
    select f.oid::regprocedure::text from our_functions as f where f.proowner <> 'migrator'::regrole
$$),
('relations, functions and types are described', $$
    select c.oid::regclass::text from pg_class as c
    where
        c.relnamespace in (select oid from ours where name <> 'partitions') and c.relkind in ('r', 'p', 'v', 'm')
        and obj_description(c.oid, 'pg_class') is null and c.relname <> 'schema_migrations'
    union all
    select f.oid::regprocedure::text from our_functions as f where obj_description(f.oid, 'pg_proc') is null
    union all
    select t.oid::regtype::text from pg_type as t
    where
        t.typnamespace in (select oid from ours) and obj_description(t.oid, 'pg_type') is null
        and (t.typtype in ('d', 'e') or (t.typtype = 'c' and exists (
            select from pg_class as c where c.oid = t.typrelid and c.relkind = 'c'
        )))
$$),
('columns of the API are described', $$
    select format('%s.%s', a.attrelid::regclass, a.attname)
    from pg_attribute as a
    inner join pg_class as c on c.oid = a.attrelid
    where
        c.relnamespace = 'api'::regnamespace and c.relkind in ('r', 'p', 'v', 'c') and a.attnum > 0
        and not a.attisdropped and col_description(a.attrelid, a.attnum) is null
$$),
('tables of the API have a GraphQL name', $$
    select c.oid::regclass::text
    from pg_class as c
    where
        c.relnamespace = 'api'::regnamespace and c.relkind in ('r', 'p')
        and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^@graphql\(\{"name": "[A-Z]\w+"\}\)\n\S'
$$),
('relations between tables of the API have names', $$
    select format('%s %s', k.conrelid::regclass, k.conname)
    from pg_constraint as k
    where
        k.contype = 'f' and k.conparentid = 0 and k.connamespace = 'api'::regnamespace
        and coalesce(obj_description(k.oid, 'pg_constraint'), '') !~ '^@graphql\(\{"foreign_name": "\w+", "local_name": "\w+"\}\)$'
$$),
('only worker and migrator pass over policies, only the superuser is one', $$
    select r.rolname::text
    from pg_roles as r
    where
        r.rolname !~ '^pg_' and r.oid <> 10
        and (r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication
            or (r.rolbypassrls and r.rolname not in ('worker', 'migrator')))
        and r.rolname in (
            'anon', 'authenticated', 'creator', 'advertiser', 'moderator', 'admin', 'gateway', 'authenticator', 'support',
            'worker', 'migrator'
        )
$$);

select is_empty(offenders, name) from rules order by place;
select cmp_ok(count(*), '>=', 60::bigint, 'there are as many tables under forced row-level security as the model needs')
from pg_class as c
where
    c.relnamespace in (select oid from ours) and c.relkind in ('r', 'p') and not c.relispartition
    and c.relrowsecurity and c.relforcerowsecurity;

-- Faults, planted as migrator where it could make them.
set local role migrator;
create table api.faulty (
    a integer, b timestamp, c text, d numeric, e bigint references api.users (id), f money, version integer, password text
);
alter table api.faulty add constraint late check (a > 0) not valid;
create policy everything on api.faulty for select to authenticated using (true);
grant select, insert, update on api.faulty to authenticated;
create table api.leaky (id bigint primary key, e bigint references api.users (id) on delete cascade);
alter table api.leaky enable row level security;
grant update on api.leaky to authenticated;
create index leaky_a on api.leaky (id);
create index leaky_b on api.leaky (id);
create policy first on api.leaky for select to authenticated using (e = auth.uid());
create policy second on api.leaky to authenticated using (exists (select from api.users as u where u.id = leaky.e));
create policy third on api.leaky for insert with check (true);
create function api.leak() returns text language plpgsql security definer as $$begin return current_setting('app.user_id'); end$$;
grant execute on function api.leak() to public;
create function auth.leak() returns text language sql as 'select null::text';
grant execute on function auth.leak() to authenticated;
create view api.leaks as select * from api.user_private;
create materialized view api.copies as select * from api.user_private;
grant select on partitions.posts_past to authenticated;
reset role;
alter extension ltree set schema public;
alter table api.leaky owner to session_user;
alter role gateway bypassrls;
alter role anon login;
update pg_extension set extversion = '0.1' where extname = 'ltree';

select isnt_empty(offenders, 'the test can fail: ' || name) from rules order by place;

select * from finish();
rollback;
