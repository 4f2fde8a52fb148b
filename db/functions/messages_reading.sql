-- What is unread, the inbox, and what is new.

create or replace function feed.count_unread(thread_id bigint, last_read_id bigint) returns integer
language sql
stable
set search_path = ''
begin atomic
    with newest as materialized (
        select m.id
        from api.messages as m
        where m.thread_id = count_unread.thread_id and m.id > count_unread.last_read_id
        order by m.id desc
        limit 100
    )
    select count(*)
    from newest as n
    inner join feed.visible_messages as v on v.id = n.id
    where v.sender_id <> auth.uid() and v.deleted_at is null;
end;
comment on function feed.count_unread(bigint, bigint) is 'How many of the newest 100 messages the viewer has not read.';

create or replace function api._unread_count(state api.thread_states) returns integer
language sql
stable
begin atomic
    select count(*)
    from (
        select
            m.sender_id,
            m.deleted_at
        from api.messages as m
        where m.thread_id = (state).thread_id and m.id > (state).last_read_id
        order by m.id desc
        limit 100
    ) as newest
    where newest.sender_id <> (select auth.uid()) and newest.deleted_at is null;
end;
comment on function api._unread_count(api.thread_states) is 'How many messages one has not read, up to 100.';

create or replace function api.count_unread_threads() returns integer
language sql
stable
security definer
set search_path = ''
begin atomic
    select count(*)
    from api.thread_states as s
    where
        s.user_id = auth.uid() and s.folder = 'INBOX' and s.last_id is null
        and (s.muted_until is null or s.muted_until < now())
        and exists (
            select
            from (
                select m.id
                from api.messages as m
                where m.thread_id = s.thread_id and m.id > s.last_read_id
                order by m.id desc
                limit 100
            ) as n
            inner join feed.visible_messages as v on v.id = n.id
            where v.sender_id <> auth.uid() and v.deleted_at is null
        );
end;
comment on function api.count_unread_threads() is 'How many conversations of the inbox hold something unread; muted ones do not count.';

create or replace function feed.inbox_items(folder text, before bigint, wanted integer) returns setof api.inbox_item
language sql
stable
set search_path = ''
begin atomic
    select
        page.position::text as cursor,
        t as thread,
        m as last_message,
        feed.count_unread(page.thread_id, page.last_read_id) as unread_count,
        coalesce(page.muted_until > now(), false) as is_muted
    from (
        select
            s.thread_id,
            s.last_read_id,
            s.muted_until,
            newest.id as newest_id,
            coalesce(newest.id, greatest(s.first_id, s.thread_id)) as position
        from api.thread_states as s
        left join lateral (
            select v.id
            from feed.visible_messages as v
            where v.thread_id = s.thread_id
            order by v.id desc
            limit 1
        ) as newest on true
        where s.user_id = auth.uid() and s.folder = inbox_items.folder
    ) as page
    inner join api.message_threads as t on t.id = page.thread_id
    left join api.messages as m on m.id = page.newest_id
    where page.position < inbox_items.before and (t.kind = 'GROUP' or page.newest_id is not null)
    order by page.position desc
    limit inbox_items.wanted;
end;
comment on function feed.inbox_items(text, bigint, integer) is
'Conversations of one folder in the order of their newest messages, older than this one.';

create or replace function ops.read_cursor(kind text, given text) returns bigint[]
language plpgsql
immutable
set search_path = ''
as $$
begin
    if given is null then
        return null;
    end if;
    if given !~ format('^%s:[0-9]{1,18}(:[0-9]{1,18})?$', kind) then
        perform ops.refuse('DA400', 'The cursor is not one of this list.', 'Give the cursor that came with the page before.');
    end if;
    return (string_to_array(given, ':'))[2:]::bigint[];
end
$$;
comment on function ops.read_cursor(text, text) is 'The numbers of a cursor of this kind.';

create or replace function api.inbox(
    folder api.thread_folder default 'INBOX', cursor text default null, "limit" integer default 20
) returns api.inbox_page
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    before constant bigint := coalesce((ops.read_cursor('i', inbox.cursor))[1], 9223372036854775807);
    page_size constant integer := least(greatest(coalesce($3, 20), 1), 50);
    items api.inbox_item[];
begin
    if auth.uid() is null then
        perform ops.refuse('DA401', 'Only a signed-in user has an inbox.', 'Sign in and send the access token.');
    end if;
    if inbox.folder = 'DECLINED' then
        return row('{}', row(false, inbox.cursor is not null, null, null)::api.page_info)::api.inbox_page;
    end if;
    select array_agg(row('i:' || i.cursor, i.thread, i.last_message, i.unread_count, i.is_muted)::api.inbox_item)
    into items
    from feed.inbox_items(inbox.folder, before, page_size + 1) as i;
    return row(
        coalesce(items[:page_size], '{}'),
        row(
            coalesce(cardinality(items) > page_size, false),
            inbox.cursor is not null,
            items[1].cursor,
            items[least(page_size, cardinality(items))].cursor
        )::api.page_info
    )::api.inbox_page;
end
$$;
comment on function api.inbox(api.thread_folder, text, integer) is
'One''s conversations, the one with the newest message first: those of the INBOX, or the REQUESTS of strangers.';

-- An identifier is older than its commit, so a reader may pass one that shows up a moment later. The cursor therefore
-- stays ten seconds behind (no request writes for longer) and what is newer is given again: clients know messages by
-- their identifier. While pages follow each other the cursor carries both where the next one begins and how far back the
-- last one must stay.
create or replace function api.sync_messages(cursor text default null, "limit" integer default 100)
returns api.message_page
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    given constant bigint[] := ops.read_cursor('s', sync_messages.cursor);
    start_at constant bigint := coalesce(given[1], 0);
    page_size constant integer := least(greatest(coalesce($2, 100), 1), 200);
    held_back constant bigint := coalesce(given[2], api.id_at(now() - interval '10 seconds'));
    candidates bigint[];
    found api.messages[];
    last_id bigint;
begin
    if auth.uid() is null then
        perform ops.refuse('DA401', 'Only a signed-in user has messages.', 'Sign in and send the access token.');
    end if;
    candidates := feed.newer_messages(start_at, page_size + 1);
    last_id := candidates[least(page_size, cardinality(candidates))];
    select array_agg(m order by m.id) into found
    from api.messages as m
    inner join feed.visible_messages as v on v.id = m.id
    where m.id = any(candidates[:page_size]);
    if cardinality(candidates) > page_size then
        return row(coalesce(found, '{}'), format('s:%s:%s', last_id, held_back), true)::api.message_page;
    end if;
    return row(
        coalesce(found, '{}'),
        format('s:%s', least(greatest(start_at, last_id), held_back)),
        false
    )::api.message_page;
end
$$;
comment on function api.sync_messages(text, integer) is
'What was written in one''s conversations since the cursor, oldest first, up to 200 at once and perhaps fewer than there
are. The newest messages may be given twice: know them by their identifier. Without a cursor it begins with the oldest.';

create or replace function feed.newer_messages(after bigint, wanted integer) returns bigint[]
language sql
stable
set search_path = ''
begin atomic
    select array_agg(page.id)
    from (
        select newer.id
        from feed.viewer_threads as t
        cross join lateral (
            select m.id
            from api.messages as m
            where m.thread_id = t.thread_id and m.id > newer_messages.after and m.id between t.first_id and t.last_id
            order by m.id
            limit newer_messages.wanted
        ) as newer
        order by newer.id
        limit newer_messages.wanted
    ) as page;
end;
comment on function feed.newer_messages(bigint, integer) is
'The next messages after this one in the viewer''s conversations, visible or not.';

-- Who has not accepted yet, and who is hidden from the viewer, has no receipt.
create or replace function api.read_receipts(thread_id bigint) returns setof api.read_receipt
language sql
stable
security definer
set search_path = ''
begin atomic
    select s.user_id, s.last_read_id
    from feed.viewer_threads as t
    inner join api.thread_states as s on s.thread_id = t.thread_id
    inner join feed.visible_users as u on u.user_id = s.user_id
    where
        t.thread_id = read_receipts.thread_id and t.is_member and t.folder = 'INBOX'
        and s.folder = 'INBOX' and s.last_id is null and s.last_read_id > 0 and s.user_id <> auth.uid();
end;
comment on function api.read_receipts(bigint) is 'How far the other members of a conversation have read.';
