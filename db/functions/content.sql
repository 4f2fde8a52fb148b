-- What happens by itself when a post is written: what it names is checked, its text is read, it is counted and delivered.

-- The collation is named because the cluster's own may know no letters beyond ASCII.
create or replace function ops.parse_hashtags(content text) returns setof text
language sql
immutable
strict
rows 3
begin atomic
    select distinct tags.name
    from regexp_matches(
        normalize(content, nfkc) collate pg_catalog.pg_unicode_fast,
        '(?:^|[^[:alnum:]_&/])#([[:alnum:]_\u064B-\u0652\u0670\u0640]{1,100})(?![[:alnum:]_])',
        'g'
    ) as found (groups)
    cross join lateral (values (ops.fold_text(found.groups[1]))) as tags (name)
    where tags.name ~ '[^0-9_]'
    order by tags.name
    limit 30;
end;
comment on function ops.parse_hashtags(text) is
'The hashtags of a text: at most 30, casefolded, without Arabic vowel marks and lengthening strokes.';

-- What a name means: a handle of today or, where nobody has it, the last account that had it.
create or replace function ops.resolve_handle(handle text) returns bigint
language sql
stable
strict
begin atomic
    select coalesce(
        (select u.id from api.users as u where u.username = resolve_handle.handle),
        (
            select c.user_id
            from ops.handle_changes as c
            where c.old_handle = resolve_handle.handle
            order by c.id desc
            limit 1
        )
    );
end;
comment on function ops.resolve_handle(text) is 'The account that a handle means, or meant last; null where there is none.';

create or replace function ops.parse_mentions(content text) returns setof text
language sql
immutable
strict
rows 3
begin atomic
    select distinct lower(found.groups[1])
    from regexp_matches(
        normalize(content, nfkc) collate pg_catalog.pg_unicode_fast,
        '(?:^|[^[:alnum:]_@/.])@([A-Za-z0-9_][A-Za-z0-9_.]{1,28}[A-Za-z0-9_])(?![[:alnum:]_@])',
        'g'
    ) as found (groups)
    limit 20;
end;
comment on function ops.parse_mentions(text) is 'The handles that a text names with @: at most 20, in small letters.';

-- Nobody is mentioned across a block, nor against their wish.
create or replace function ops.mentionable(author_id bigint, content text) returns setof bigint
language sql
stable
rows 3
begin atomic
    select distinct u.id
    from ops.parse_mentions(content) as named (handle)
    inner join api.users as u on u.id = ops.resolve_handle(named.handle)
    inner join api.user_settings as s on s.user_id = u.id
    where
        u.id <> author_id and u.deleted_at is null and u.state = 'ACTIVE'
        and (
            s.mention_policy = 'EVERYONE'
            or (
                s.mention_policy = 'FOLLOWED' and exists (
                    select from api.follows as f where f.follower_id = u.id and f.followee_id = author_id
                )
            )
        )
        and not exists (
            select from api.blocks as b
            where (b.blocker_id, b.blocked_id) in ((u.id, author_id), (author_id, u.id))
        );
end;
comment on function ops.mentionable(bigint, text) is 'Whom this author mentions with this text.';

create or replace function api.tg_posts__mention() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if tg_op = 'UPDATE' then
        delete from api.post_mentions as m
        using changed as p
        where
            m.post_id = p.id
            and m.user_id not in (select named.id from ops.mentionable(p.author_id, p.content) as named (id));
    end if;
    insert into api.post_mentions (post_id, user_id)
    select p.id, named.id
    from changed as p
    cross join lateral ops.mentionable(p.author_id, p.content) as named (id)
    where p.content like '%@%'
    on conflict (post_id, user_id) do nothing;
    return null;
end
$$;
comment on function api.tg_posts__mention() is 'Reads out of posts whom they mention.';

-- A hashtag is listed while a public account uses it in a public post; otherwise its name would give away what was
-- written in private. Tags are locked in the order of their keys, not against the posts that are being tied to them, and
-- judged by a statement of its own, which sees what those have done for whom it waited.
create or replace function ops.relist_hashtags(hashtag_ids bigint[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    select from api.hashtags as h
    where h.id = any(hashtag_ids)
    order by h.id
    for no key update;
    with judged as (
        select
            h.id,
            coalesce((
                select true
                from api.post_hashtags as ph
                inner join feed.public_posts as p on p.id = ph.post_id
                where ph.hashtag_id = h.id
                limit 1
            ), false) as is_public
        from api.hashtags as h
        where h.id = any(hashtag_ids)
    )
    update api.hashtags as h
    set is_listed = j.is_public
    from judged as j
    where h.id = j.id and h.is_listed <> j.is_public;
end;
comment on function ops.relist_hashtags(bigint[]) is 'Decides anew whether these hashtags are listed.';

create or replace function ops.tag_posts(posts api.posts[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    insert into api.hashtags (name)
    select distinct tags.name
    from unnest(posts) as p
    cross join lateral ops.parse_hashtags(p.content) as tags (name)
    order by tags.name
    on conflict (name) do nothing;
    insert into api.post_hashtags (post_id, hashtag_id)
    select p.id, h.id
    from unnest(posts) as p
    cross join lateral ops.parse_hashtags(p.content) as tags (name)
    inner join api.hashtags as h on h.name = tags.name;
end
$$;
comment on function ops.tag_posts(api.posts[]) is 'Ties posts to the hashtags in their text.';

create or replace function api.tg_posts__tag() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    marked api.posts[];
begin
    select array_agg(p) into marked
    from changed as p
    where p.content like '%#%';
    if marked is null then
        return null;
    end if;
    perform ops.tag_posts(marked);
    perform ops.relist_hashtags(array_agg(h.id))
    from unnest(marked) as p
    inner join api.users as u on u.id = p.author_id
    inner join api.post_hashtags as ph on ph.post_id = p.id
    inner join api.hashtags as h on h.id = ph.hashtag_id
    where not h.is_listed and p.visibility = 'PUBLIC' and not u.is_private
    having count(*) > 0;
    return null;
end
$$;
comment on function api.tg_posts__tag() is 'Reads the hashtags out of new posts.';

create or replace function api.tg_posts__retag() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    reworded api.posts[];
    touched bigint[];
begin
    select array_agg(n) into reworded
    from changed as n
    inner join removed as o on o.id = n.id
    where n.content <> o.content;
    select array_agg(ph.hashtag_id) into touched
    from changed as n
    inner join removed as o on o.id = n.id
    inner join api.post_hashtags as ph on ph.post_id = n.id
    where
        (n.content, n.visibility) is distinct from (o.content, o.visibility)
        or (n.archived_at is null) <> (o.archived_at is null) or (n.deleted_at is null) <> (o.deleted_at is null);
    if reworded is not null then
        delete from api.post_hashtags as ph
        using unnest(reworded) as p
        where ph.post_id = p.id;
        perform ops.tag_posts(reworded);
        select touched || array_agg(ph.hashtag_id) into touched
        from unnest(reworded) as p
        inner join api.post_hashtags as ph on ph.post_id = p.id;
    end if;
    if cardinality(touched) > 0 then
        perform ops.relist_hashtags(touched);
    end if;
    return null;
end
$$;
comment on function api.tg_posts__retag() is 'Reads the hashtags out of changed posts, and lists those that are still used in public.';

create or replace function api.tg_users__relist() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform ops.relist_hashtags(array_agg(distinct ph.hashtag_id))
    from api.posts as p
    inner join api.post_hashtags as ph on ph.post_id = p.id
    where p.author_id = new.id;
    return null;
end
$$;
comment on function api.tg_users__relist() is 'Lists anew the hashtags of an account that others no longer see, or see again.';

create or replace function api.tg_posts__prepare() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    is_new constant boolean := tg_op = 'INSERT';
begin
    if is_new and new.type = 'STORY' then
        new.expires_at := least(new.expires_at, new.created_at + interval '24 hours');
    end if;
    if not is_new and new.visibility <> 'CIRCLE' and new.circle_id = old.circle_id then
        new.circle_id := null;
    end if;
    if not is_new and new.reply_gate <> 'CIRCLE' and new.reply_circle_id = old.reply_circle_id then
        new.reply_circle_id := null;
    end if;
    if new.visibility = 'CIRCLE' and (is_new or old.visibility <> 'CIRCLE' or new.circle_id <> old.circle_id) then
        perform ops.require_own_circle(new.circle_id, new.author_id);
    end if;
    if new.reply_gate = 'CIRCLE' and (is_new or old.reply_gate <> 'CIRCLE' or new.reply_circle_id <> old.reply_circle_id)
    then
        perform ops.require_own_circle(new.reply_circle_id, new.author_id);
    end if;
    if is_new and new.quoted_post_id is not null
        and not exists (select from feed.visible_posts as p where p.id = new.quoted_post_id and p.is_current)
    then
        raise exception 'There is no such post to quote.'
            using errcode = 'DA404', hint = 'Quote a post that you can see.';
    end if;
    if is_new and new.sound_id is not null and not exists (
        select
        from api.sounds as s
        inner join feed.authors as a on a.author_id = s.owner_id
        where s.id = new.sound_id and s.deleted_at is null and a.is_open
    ) then
        raise exception 'There is no such sound.' using errcode = 'DA404', hint = 'Choose a sound that you can see.';
    end if;
    return new;
end
$$;
comment on function api.tg_posts__prepare() is 'Checks what a post names, and gives stories their end.';

create or replace function ops.require_own_circle(circle_id bigint, owner_id bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform from api.circles as c
    where c.id = require_own_circle.circle_id and c.owner_id = require_own_circle.owner_id
    for key share;
    if not found then
        raise exception 'There is no such circle of yours.'
            using errcode = 'DA404', hint = 'Name a circle of your own by circleId or replyCircleId.';
    end if;
end
$$;
comment on function ops.require_own_circle(bigint, bigint) is
'Refuses a circle that is not the owner''s, and keeps it until the transaction ends.';

create or replace function api.tg_posts__record_edit() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into api.post_edits (post_id, version, content, media_urls, content_warning, visibility, circle_id)
    values (old.id, old.version, old.content, old.media_urls, old.content_warning, old.visibility, old.circle_id);
    new.edited_at := now();
    return new;
end
$$;
comment on function api.tg_posts__record_edit() is 'Keeps what a post said before it was edited.';

-- What everybody can count on a profile; the rest would tell how much there is that one can't see.
create or replace function ops.is_counted(post api.posts) returns boolean
language sql
immutable
return post.deleted_at is null and post.archived_at is null and post.expires_at is null and post.type <> 'STORY'
and post.visibility in ('PUBLIC', 'FOLLOWERS');
comment on function ops.is_counted(api.posts) is 'Whether a post is among the posts and quotes that are counted.';

create or replace function api.tg_posts__publish() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into api.post_stats (post_id)
    select p.id from added as p;
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_POSTS', p.author_id, count(*)
    from added as p
    where ops.is_counted(p)
    group by p.author_id
    union all
    select 'POST_QUOTES', p.quoted_post_id, count(*)
    from added as p
    where ops.is_counted(p) and p.quoted_post_id is not null
    group by p.quoted_post_id;
    insert into feed.undelivered (post_id, author_id)
    select p.id, p.author_id
    from added as p
    where p.visibility <> 'PRIVATE' and p.deleted_at is null
    on conflict do nothing;
    perform ops.defer('post.created', 'fanout.deliver', jsonb_build_object('post_id', p.id))
    from added as p
    where p.visibility <> 'PRIVATE' and p.deleted_at is null;
    return null;
end
$$;
comment on function api.tg_posts__publish() is
'Gives new posts their statistics, counts them and has them delivered to followers.';

create or replace function api.tg_posts__recount() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_POSTS', n.author_id, sum(ops.is_counted(n)::integer - ops.is_counted(o)::integer)
    from added as n
    inner join removed as o on o.id = n.id
    where ops.is_counted(n) <> ops.is_counted(o)
    group by n.author_id
    union all
    select
        'POST_QUOTES',
        o.quoted_post_id,
        sum((ops.is_counted(n) and n.quoted_post_id is not null)::integer - ops.is_counted(o)::integer)
    from added as n
    inner join removed as o on o.id = n.id
    where
        o.quoted_post_id is not null
        and (ops.is_counted(n) and n.quoted_post_id is not null) <> ops.is_counted(o)
    group by o.quoted_post_id;
    return null;
end
$$;
comment on function api.tg_posts__recount() is 'Records how many posts and quotes that are counted have come and gone.';

create or replace trigger posts_prepare_added before insert on api.posts
for each row when (
    new.type = 'STORY' or new.visibility = 'CIRCLE' or new.reply_gate = 'CIRCLE' or new.quoted_post_id is not null
    or new.sound_id is not null
) execute function api.tg_posts__prepare();
create or replace trigger posts_prepare_changed before update of visibility, circle_id, reply_gate, reply_circle_id
on api.posts
for each row execute function api.tg_posts__prepare();
create or replace trigger posts_record_edit before update on api.posts
for each row when (
    old.content <> new.content or old.media_urls <> new.media_urls or old.content_warning <> new.content_warning
) execute function api.tg_posts__record_edit();
create or replace trigger posts_version before update on api.posts
for each row execute function ops.tg_rows__version();
create or replace trigger posts_keep before update of id, author_id, type, created_at, thread_root_id, thread_position
on api.posts
for each row execute function ops.tg_rows__keep(
    'id', 'author_id', 'type', 'created_at', 'thread_root_id', 'thread_position'
);
create or replace trigger posts_publish after insert on api.posts
referencing new table as added for each statement execute function api.tg_posts__publish();
create or replace trigger posts_tag_added after insert on api.posts
referencing new table as changed for each statement execute function api.tg_posts__tag();
create or replace trigger posts_tag_changed after update on api.posts
referencing old table as removed new table as changed for each statement execute function api.tg_posts__retag();
create or replace trigger posts_mention_added after insert on api.posts
referencing new table as changed for each statement execute function api.tg_posts__mention();
create or replace trigger posts_mention_changed after update on api.posts
referencing new table as changed for each statement execute function api.tg_posts__mention();
create or replace trigger posts_recount after update on api.posts
referencing old table as removed new table as added for each statement execute function api.tg_posts__recount();
create or replace trigger users_relist after update of is_private, state, deleted_at on api.users
for each row when (
    old.is_private <> new.is_private or old.state <> new.state
    or (old.deleted_at is null) <> (new.deleted_at is null)
) execute function api.tg_users__relist();
create or replace trigger sounds_version before update on api.sounds
for each row execute function ops.tg_rows__version();
