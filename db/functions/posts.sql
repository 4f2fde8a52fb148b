-- Publishing, changing, archiving and pinning posts. Stories, polls, quotes and drafts have files of their own.

-- Whoever calls this decides that the viewer may publish; the triggers of api.posts check what is named.
create or replace function ops.make_post(
    input api.create_post_input, thread_root_id bigint default null, thread_position integer default null
) returns api.posts
language plpgsql
volatile
set search_path = ''
as $$
declare
    post_id constant bigint := api.next_id();
    made api.posts;
begin
    if auth.uid() is null then
        raise exception 'Only a signed-in user publishes.'
            using errcode = 'DA401', hint = 'Sign in and send the access token.';
    end if;
    insert into api.posts (
        id, type, content, visibility, circle_id, media_urls, media_count, language, reply_gate, reply_circle_id,
        is_sensitive, content_warning, sound_id, quoted_post_id, expires_at, thread_root_id, thread_position
    )
    values (
        post_id,
        coalesce(input.type, 'REGULAR'),
        coalesce(input.content, ''),
        coalesce(input.visibility, case when input.circle_id is null then 'PUBLIC' else 'CIRCLE' end),
        input.circle_id,
        coalesce(input.media_urls, '{}'),
        coalesce(cardinality(input.media), 0),
        input.language,
        coalesce(input.reply_gate, case when input.reply_circle_id is null then 'EVERYONE' else 'CIRCLE' end),
        input.reply_circle_id,
        coalesce(input.is_sensitive, false),
        coalesce(input.content_warning, ''),
        input.sound_id,
        input.quoted_post_id,
        input.expires_at,
        case when make_post.thread_position is not null then coalesce(make_post.thread_root_id, post_id) end,
        make_post.thread_position
    )
    returning * into made;
    perform ops.attach_media(made, input.media);
    perform ops.open_poll(made, input.poll);
    return made;
end
$$;
comment on function ops.make_post(api.create_post_input, bigint, integer) is
'Publishes a post of the viewer''s, with its media and poll. For definer functions.';

create or replace function ops.attach_media(post api.posts, uses api.media_use_input[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    attached integer;
begin
    if post.media_count = 0 then
        return;
    end if;
    insert into api.post_media (post_id, position, media_id, bucket, object_key, content_type, alt_text)
    select post.id, u.place, m.id, m.bucket, m.object_key, m.content_type, coalesce(u.alt_text, '')
    from unnest(uses) with ordinality as u (media_id, alt_text, place)
    inner join api.media as m on m.id = u.media_id
    where m.owner_id = post.author_id and m.status not in ('rejected', 'expired');
    get diagnostics attached = row_count;
    if attached <> post.media_count then
        raise exception 'There is no such upload of yours.'
            using errcode = 'DA404', hint = 'Name uploads of your own that were not refused.';
    end if;
end
$$;
comment on function ops.attach_media(api.posts, api.media_use_input[]) is 'Puts the author''s uploads into a post.';

create or replace function api.create_post(input api.create_post_input) returns api.posts
language sql
volatile
security definer
set search_path = ''
begin atomic
    select made.* from ops.make_post(input) as made;
end;
comment on function api.create_post(api.create_post_input) is
'Publishes a post. Words marked with # become hashtags; the followers'' feeds show it within a second.';

create or replace function api.create_thread(input api.create_thread_input) returns setof api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    one api.create_post_input;
    part api.thread_post_input;
    made api.posts;
    root bigint;
    place integer := 0;
begin
    if cardinality(input.posts) between 2 and 100 is not true then
        raise exception 'A thread has 2 to 100 posts.'
            using errcode = 'DA422', hint = 'Publish a single post by createPost.';
    end if;
    foreach part in array input.posts loop
        place := place + 1;
        one.type := 'THREAD';
        one.content := part.content;
        one.media_urls := part.media_urls;
        one.media := part.media;
        one.poll := part.poll;
        one.visibility := input.visibility;
        one.circle_id := input.circle_id;
        one.language := input.language;
        one.reply_gate := input.reply_gate;
        one.reply_circle_id := input.reply_circle_id;
        one.is_sensitive := input.is_sensitive;
        one.content_warning := input.content_warning;
        made := ops.make_post(one, root, place);
        root := coalesce(root, made.id);
        return next made;
    end loop;
end
$$;
comment on function api.create_thread(api.create_thread_input) is
'Publishes several posts as one thread, in order; all of them or none.';

create or replace function api.update_post(id bigint, input api.update_post_input) returns api.posts
language plpgsql
volatile
set search_path = ''
as $$
declare
    changed api.posts;
begin
    update api.posts as p
    set
        content = coalesce(input.content, p.content),
        media_urls = coalesce(input.media_urls, p.media_urls),
        visibility = coalesce(
            input.visibility, case when input.circle_id is null then p.visibility else 'CIRCLE' end
        ),
        circle_id = coalesce(input.circle_id, p.circle_id),
        language = coalesce(input.language, p.language),
        reply_gate = coalesce(
            input.reply_gate, case when input.reply_circle_id is null then p.reply_gate else 'CIRCLE' end
        ),
        reply_circle_id = coalesce(input.reply_circle_id, p.reply_circle_id),
        is_sensitive = coalesce(input.is_sensitive, p.is_sensitive),
        content_warning = coalesce(input.content_warning, p.content_warning),
        version = coalesce(input.version, p.version)
    where p.id = update_post.id
    returning p.* into changed;
    if not found then
        raise exception 'There is no such post of yours.'
            using errcode = 'DA404', hint = 'Only the author can change a post.';
    end if;
    return changed;
end
$$;
comment on function api.update_post(bigint, api.update_post_input) is
'Changes a post of one''s own. What it said before stays to be read in its edits.';

-- One's own post, locked; whether it is there is told to its author only.
create or replace function ops.own_post(id bigint) returns api.posts
language plpgsql
volatile
set search_path = ''
as $$
declare
    own api.posts;
begin
    select p.* into own
    from api.posts as p
    where p.id = own_post.id and p.author_id = auth.uid() and p.deleted_at is null
    for no key update;
    if not found then
        raise exception 'There is no such post of yours.'
            using errcode = 'DA404', hint = 'Only the author can do this, and not once the post is deleted.';
    end if;
    return own;
end
$$;
comment on function ops.own_post(bigint) is 'A post of the viewer''s that is not deleted, locked. For definer functions.';

create or replace function api.delete_post(id bigint) returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.posts := ops.own_post(delete_post.id);
begin
    update api.posts as p set deleted_at = now() where p.id = changed.id returning p.* into changed;
    return changed;
end
$$;
comment on function api.delete_post(bigint) is 'Deletes a post of one''s own. The other posts of its thread stay.';

create or replace function api.archive_post(id bigint) returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.posts := ops.own_post(archive_post.id);
begin
    if changed.archived_at is null then
        update api.posts as p set archived_at = now() where p.id = changed.id returning p.* into changed;
    end if;
    return changed;
end
$$;
comment on function api.archive_post(bigint) is 'Hides a post of one''s own from everybody else.';

create or replace function api.unarchive_post(id bigint) returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.posts := ops.own_post(unarchive_post.id);
begin
    if changed.archived_at is not null then
        update api.posts as p set archived_at = null where p.id = changed.id returning p.* into changed;
    end if;
    return changed;
end
$$;
comment on function api.unarchive_post(bigint) is 'Shows a post of one''s own again to whom it was meant for.';

create or replace function api.pin_post(id bigint) returns api.pinned_posts
language sql
volatile
security definer
set search_path = ''
begin atomic
    insert into api.pinned_posts (user_id, post_id)
    select own.author_id, own.id
    from ops.own_post(pin_post.id) as own
    on conflict (user_id) do update
    set post_id = excluded.post_id, pinned_at = now()
    returning *;
end;
comment on function api.pin_post(bigint) is 'Puts a post of one''s own first on one''s profile, in the place of the one before.';

create or replace function api.unpin_post() returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with gone as (
        delete from api.pinned_posts as p where p.user_id = auth.uid()
        returning p.user_id
    )
    select count(*) > 0 from gone;
end;
comment on function api.unpin_post() is 'Leaves one''s profile without a pinned post; false when there was none.';

create or replace function api.delete_sound(id bigint) returns api.sounds
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    deleted api.sounds;
begin
    update api.sounds as s
    set deleted_at = now()
    where s.id = delete_sound.id and s.owner_id = auth.uid() and s.deleted_at is null
    returning s.* into deleted;
    if not found then
        raise exception 'There is no such sound of yours.'
            using errcode = 'DA404', hint = 'Only who added a sound can take it away, and only once.';
    end if;
    return deleted;
end
$$;
comment on function api.delete_sound(bigint) is 'Takes away a sound of one''s own: posts that play it stay, and name it no more.';

create or replace function api.get_post(id bigint) returns setof api.posts
language sql
stable
rows 1
begin atomic
    select p.* from api.posts as p where p.id = get_post.id;
end;
comment on function api.get_post(bigint) is e'@graphql({"name": "post"})\nA post, or null where there is none that one may see.';
