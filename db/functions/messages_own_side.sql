-- One's own side of a thread.

create or replace function feed.require_thread(thread_id bigint) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if not exists (select from feed.viewer_threads as t where t.thread_id = require_thread.thread_id) then
        perform ops.refuse('DA404', 'There is no such conversation of yours.', 'Check the identifier.');
    end if;
end
$$;
comment on function feed.require_thread(bigint) is 'Refuses conversations that the viewer does not know, or has declined.';

create or replace function api.mark_thread_read(thread_id bigint, message_id bigint) returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    marked api.thread_states;
begin
    perform feed.require_thread(mark_thread_read.thread_id);
    update api.thread_states as s
    set
        last_read_id = greatest(
            s.last_read_id,
            (
                select v.id from feed.visible_messages as v
                where v.thread_id = mark_thread_read.thread_id and v.id <= mark_thread_read.message_id
                order by v.id desc
                limit 1
            )
        )
    where s.user_id = viewer and s.thread_id = mark_thread_read.thread_id
    returning s.* into marked;
    return marked;
end
$$;
comment on function api.mark_thread_read(bigint, bigint) is
'Moves one''s read mark to this message, never back.';

create or replace function api.mute_thread(thread_id bigint, muted_until timestamptz default 'infinity')
returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.thread_states;
begin
    perform feed.require_thread(mute_thread.thread_id);
    update api.thread_states as s
    set muted_until = mute_thread.muted_until
    where s.user_id = viewer and s.thread_id = mute_thread.thread_id
    returning s.* into changed;
    return changed;
end
$$;
comment on function api.mute_thread(bigint, timestamptz) is
'Announces nothing of a conversation until this moment; null ends that.';

create or replace function api.clear_thread(thread_id bigint) returns api.thread_states
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.thread_states;
begin
    perform feed.require_thread(clear_thread.thread_id);
    update api.thread_states as s
    set first_id = api.next_id()
    where s.user_id = viewer and s.thread_id = clear_thread.thread_id
    returning s.* into changed;
    return changed;
end
$$;
comment on function api.clear_thread(bigint) is 'Deletes all that was said so far, for oneself.';

create or replace function feed.answer_request(thread_id bigint, folder api.thread_folder) returns api.thread_states
language plpgsql
volatile
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    changed api.thread_states;
begin
    update api.thread_states as s
    set folder = answer_request.folder
    where s.user_id = viewer and s.thread_id = answer_request.thread_id and s.folder = 'REQUESTS'
    returning s.* into changed;
    if not found then
        perform ops.refuse('DA404', 'There is no such request.', 'Look in the folder REQUESTS.');
    end if;
    return changed;
end
$$;
comment on function feed.answer_request(bigint, api.thread_folder) is
'Moves a conversation from the viewer''s requests to another folder.';

create or replace function api.accept_thread(thread_id bigint) returns api.thread_states
language sql
volatile
security definer
set search_path = ''
return feed.answer_request(thread_id, 'INBOX');
comment on function api.accept_thread(bigint) is 'Moves a conversation from the requests to the inbox.';

create or replace function api.decline_thread(thread_id bigint) returns api.thread_states
language sql
volatile
security definer
set search_path = ''
return feed.answer_request(thread_id, 'DECLINED');
comment on function api.decline_thread(bigint) is
'Puts a request away, with all that is still written there. Nobody is told; writing to the person brings it back.';
