-- Blocks, mutes and restrictions.

-- Its triggers hold the two of them once the row is there, as in a plain insert: in another order the two would wait for
-- each other. Whom one can't see one can block all the same: who blocks first must not be safe from it. That a number was
-- once given to an account is no secret.
create or replace function api.block_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_user();
    if not exists (select from api.users as u where u.id = block_user.user_id) then
        raise exception 'There is no such user.'
            using errcode = 'DA404', hint = 'Check the identifier.';
    end if;
    insert into api.blocks (blocker_id, blocked_id)
    values (auth.uid(), block_user.user_id)
    on conflict do nothing;
    return (select r from feed.relationships(array[block_user.user_id]) as r);
end
$$;
comment on function api.block_user(bigint) is
'Blocks somebody: neither sees the other, and what was between them ends. Doing it twice changes nothing.';

create or replace function api.unblock_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.part_people(array[ops.require_user(), unblock_user.user_id]);
    delete from api.blocks as b
    where b.blocker_id = auth.uid() and b.blocked_id = unblock_user.user_id;
    return (select r from feed.relationships(array[unblock_user.user_id]) as r);
end
$$;
comment on function api.unblock_user(bigint) is 'Lifts a block. What it ended does not come back.';

create or replace function api.mute_user(
    user_id bigint,
    scope text default 'ALL',
    expires_at timestamptz default null
) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(array[user_id]);
    insert into api.mutes (muter_id, muted_id, scope, expires_at)
    values (auth.uid(), mute_user.user_id, mute_user.scope, mute_user.expires_at)
    on conflict (muter_id, muted_id) do update
    set scope = excluded.scope, expires_at = excluded.expires_at;
    return (select r from feed.relationships(array[mute_user.user_id]) as r);
end
$$;
comment on function api.mute_user(bigint, text, timestamptz) is
'Keeps somebody out of one''s feeds (TIMELINE), notifications (NOTIFICATIONS) or both (ALL), who is not told.';

create or replace function api.unmute_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.mutes as m
    where m.muter_id = ops.require_user() and m.muted_id = unmute_user.user_id;
    return (select r from feed.relationships(array[unmute_user.user_id]) as r);
end
$$;
comment on function api.unmute_user(bigint) is 'Hears of somebody again.';

create or replace function api.mute_word(
    word text,
    scope text default 'ALL',
    expires_at timestamptz default null
) returns api.muted_words
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := ops.require_user();
    plain constant text := lower(normalize(trim(mute_word.word), nfkc));
    muted api.muted_words;
begin
    perform ops.refuse_beyond(
        (select count(*) >= 200 from api.muted_words as w where w.user_id = viewer and w.word <> plain),
        'No more than 200 words can be muted.'
    );
    insert into api.muted_words (user_id, word, scope, expires_at)
    values (viewer, plain, mute_word.scope, mute_word.expires_at)
    on conflict on constraint muted_words_are_listed_once do update
    set scope = excluded.scope, expires_at = excluded.expires_at
    returning * into muted;
    return muted;
end
$$;
comment on function api.mute_word(text, text, timestamptz) is
'Keeps posts with a word or phrase out of one''s feeds, notifications or both, for a time or for ever.';

create or replace function api.unmute_word(word text) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.muted_words as w
    where w.user_id = ops.require_user() and w.word = lower(normalize(trim(unmute_word.word), nfkc));
    return found;
end
$$;
comment on function api.unmute_word(text) is 'Reads a word again; answers whether it was muted.';

create or replace function api.mute_post(
    post_id bigint,
    scope text default 'ALL',
    expires_at timestamptz default null
) returns api.muted_threads
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    muted api.muted_threads;
begin
    if (select true from feed.visible_posts as p where p.id = mute_post.post_id) is null then
        raise exception 'There is no such post.'
            using errcode = 'DA404', hint = 'Check the identifier.';
    end if;
    insert into api.muted_threads (user_id, post_id, scope, expires_at)
    values (ops.require_user(), mute_post.post_id, mute_post.scope, mute_post.expires_at)
    on conflict on constraint muted_threads_pkey do update
    set scope = excluded.scope, expires_at = excluded.expires_at
    returning * into muted;
    return muted;
end
$$;
comment on function api.mute_post(bigint, text, timestamptz) is
'Hears no more of what is said under a post, for a time or for ever.';

create or replace function api.unmute_post(post_id bigint) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.muted_threads as t
    where t.user_id = ops.require_user() and t.post_id = unmute_post.post_id;
    return found;
end
$$;
comment on function api.unmute_post(bigint) is 'Hears of a post again; answers whether it was muted.';

create or replace function api.restrict_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(array[user_id]);
    insert into api.restricts (restricter_id, restricted_id)
    values (auth.uid(), restrict_user.user_id)
    on conflict do nothing;
    return (select r from feed.relationships(array[restrict_user.user_id]) as r);
end
$$;
comment on function api.restrict_user(bigint) is
'Shows what somebody answers to nobody but the two, until it is approved. They are not told.';

create or replace function api.unrestrict_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.restricts as r
    where r.restricter_id = ops.require_user() and r.restricted_id = unrestrict_user.user_id;
    return (select r from feed.relationships(array[unrestrict_user.user_id]) as r);
end
$$;
comment on function api.unrestrict_user(bigint) is 'Ends a restriction.';
