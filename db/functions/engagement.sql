-- Each function asks feed.visible_posts once, and writes rows of the viewer's own only: two people never wait for each
-- other. Sums are deltas; see ops.fold_counters.

create or replace view feed.viewer_hides as
select f.post_id
from api.post_feedback as f
where f.user_id = (select auth.uid()) and f.kind <> 'MORE_LIKE_THIS';
comment on view feed.viewer_hides is 'Posts that the viewer does not want in feeds.';

create or replace view feed.viewer_avoids as
select p.author_id as user_id
from api.post_feedback as f
inner join api.posts as p on p.id = f.post_id
where
    f.user_id = (select auth.uid()) and f.kind = 'NOT_INTERESTED' and f.created_at > now() - interval '14 days'
    and p.author_id <> f.user_id;
comment on view feed.viewer_avoids is 'Authors of whom the viewer wants less: feeds leave them out for two weeks.';

create or replace function feed.refuse_post() returns void
language plpgsql
set search_path = ''
as $$
begin
    raise exception 'There is no such post.'
        using errcode = 'DA404', hint = 'Name a post that you can see.';
end
$$;
comment on function feed.refuse_post() is 'Says that a post does not exist, or can''t be seen.';

create or replace function api.react_post(id bigint, kind api.reaction_kind default 'LIKE') returns api.reactions
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    given api.reactions;
begin
    insert into api.reactions as r (post_id, user_id, kind)
    select p.id, auth.uid(), coalesce(react_post.kind, 'LIKE')
    from feed.visible_posts as p
    where p.id = react_post.id
    on conflict (post_id, user_id) do update
    set kind = excluded.kind
    returning r.* into given;
    if not found then
        perform feed.refuse_post();
    end if;
    return given;
end
$$;
comment on function api.react_post(bigint, api.reaction_kind) is
'Reacts to a post. One person has one reaction: another kind takes the place of the one before.';

create or replace function api.unreact_post(id bigint) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with taken as (
        delete from api.reactions as r
        where r.post_id = unreact_post.id and r.user_id = auth.uid()
        returning r.post_id
    )
    select count(*) > 0
    from taken;
end;
comment on function api.unreact_post(bigint) is 'Takes one''s reaction to a post back; tells whether there was one.';

create or replace function api.save_post(id bigint, folder_id bigint default null) returns api.saves
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    kept api.saves;
begin
    insert into api.saves as s (user_id, post_id, folder_id)
    select auth.uid(), p.id, save_post.folder_id
    from feed.visible_posts as p
    where
        p.id = save_post.id
        and (
            save_post.folder_id is null
            or (
                select true from api.save_folders as f
                where f.id = save_post.folder_id and f.owner_id = auth.uid()
            )
        )
    on conflict on constraint saves_pkey do update
    set folder_id = excluded.folder_id
    returning s.* into kept;
    if not found then
        raise exception 'There is no such post, or no such folder of yours.'
            using errcode = 'DA404', hint = 'Name a post that you can see, and a folder that you have made.';
    end if;
    return kept;
end
$$;
comment on function api.save_post(bigint, bigint) is
'Puts a post by, in a folder if one is named; a post that is saved already moves to that folder.';

create or replace function api.unsave_post(id bigint) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with taken as (
        delete from api.saves as s
        where s.user_id = auth.uid() and s.post_id = unsave_post.id
        returning s.post_id
    )
    select count(*) > 0
    from taken;
end;
comment on function api.unsave_post(bigint) is 'Takes a post out of what one has saved; tells whether it was there.';

create or replace function api.share_post(id bigint, kind api.share_kind default 'LINK', target text default null)
returns api.shares
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    made api.shares;
begin
    insert into api.shares as s (user_id, post_id, kind, target)
    select auth.uid(), p.id, coalesce(share_post.kind, 'LINK'), share_post.target
    from feed.visible_posts as p
    where p.id = share_post.id
    returning s.* into made;
    if not found then
        perform feed.refuse_post();
    end if;
    return made;
end
$$;
comment on function api.share_post(bigint, api.share_kind, text) is
'Records that one has passed a post on. Whoever gets it sees it only if the post''s audience includes them.';

create or replace function api.give_feedback(post_id bigint, kind api.feedback_kind default 'HIDE')
returns api.post_feedback
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    given api.post_feedback;
begin
    insert into api.post_feedback as f (user_id, post_id, kind)
    select auth.uid(), p.id, coalesce(give_feedback.kind, 'HIDE')
    from feed.visible_posts as p
    where p.id = give_feedback.post_id
    on conflict on constraint post_feedback_pkey do update
    set kind = excluded.kind, created_at = excluded.created_at
    returning f.* into given;
    if not found then
        perform feed.refuse_post();
    end if;
    return given;
end
$$;
comment on function api.give_feedback(bigint, api.feedback_kind) is
'Takes a post out of one''s feeds (HIDE), asks for fewer like it, too (NOT_INTERESTED), or for more (MORE_LIKE_THIS).';

create or replace function api.withdraw_feedback(post_id bigint) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with taken as (
        delete from api.post_feedback as f
        where f.user_id = auth.uid() and f.post_id = withdraw_feedback.post_id
        returning f.post_id
    )
    select count(*) > 0
    from taken;
end;
comment on function api.withdraw_feedback(bigint) is 'Takes back what one has said about a post; tells whether there was anything.';

create or replace function api.tg_users__remove_views() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    delete from api.views as v
    using gone as g
    where v.user_id = g.id;
    return null;
end
$$;
comment on function api.tg_users__remove_views() is 'Removes what people have seen together with them.';

create or replace function api.tg_posts__remove_views() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    delete from api.views as v
    using gone as g
    where v.post_id = g.id;
    return null;
end
$$;
comment on function api.tg_posts__remove_views() is 'Removes the views of posts together with them.';

create or replace trigger users_remove_views after delete on api.users
referencing old table as gone for each statement execute function api.tg_users__remove_views();
create or replace trigger posts_remove_views after delete on api.posts
referencing old table as gone for each statement execute function api.tg_posts__remove_views();

-- What the viewer has done, read from the rows themselves and so at once.

create or replace function api._my_reaction(subject api.posts) returns text
language sql
stable
begin atomic
    select r.kind
    from api.reactions as r
    where r.post_id = (subject).id and r.user_id = (select auth.uid());
end;
comment on function api._my_reaction(api.posts) is 'How the signed-in user has reacted to this post; null if not.';

create or replace function api._is_saved(subject api.posts) returns boolean
language sql
stable
begin atomic
    select coalesce((
        select true from api.saves as s
        where s.user_id = (select auth.uid()) and s.post_id = (subject).id
    ), false);
end;
comment on function api._is_saved(api.posts) is 'Whether the signed-in user has saved this post.';

-- One trigger function for all rows that are counted by post: its argument is the counter.
create or replace function api.tg_posts__count_engagement() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta, actor_id)
    select tg_argv[0], c.post_id, count(*) * case tg_op when 'INSERT' then 1 else -1 end, c.user_id
    from changed as c
    group by c.post_id, c.user_id;
    return null;
end
$$;
comment on function api.tg_posts__count_engagement() is 'Records how many reactions, saves, shares, views or reposts posts have gained or lost.';

create or replace trigger reactions_count_added after insert on api.reactions
referencing new table as changed for each statement execute function api.tg_posts__count_engagement('POST_LIKES');
create or replace trigger reactions_count_removed after delete on api.reactions
referencing old table as changed for each statement execute function api.tg_posts__count_engagement('POST_LIKES');
create or replace trigger saves_count_added after insert on api.saves
referencing new table as changed for each statement execute function api.tg_posts__count_engagement('POST_SAVES');
create or replace trigger saves_count_removed after delete on api.saves
referencing old table as changed for each statement execute function api.tg_posts__count_engagement('POST_SAVES');
create or replace trigger shares_count_added after insert on api.shares
referencing new table as changed for each statement execute function api.tg_posts__count_engagement('POST_SHARES');
create or replace trigger shares_count_removed after delete on api.shares
referencing old table as changed for each statement execute function api.tg_posts__count_engagement('POST_SHARES');
create or replace trigger views_count_added after insert on api.views
referencing new table as changed for each statement execute function api.tg_posts__count_engagement('POST_VIEWS');
create or replace trigger views_count_removed after delete on api.views
referencing old table as changed for each statement execute function api.tg_posts__count_engagement('POST_VIEWS');
create or replace trigger reactions_keep before update of post_id, user_id, created_at on api.reactions
for each row execute function ops.tg_rows__keep('post_id', 'user_id', 'created_at');
create or replace trigger save_folders_version before update on api.save_folders
for each row execute function ops.tg_rows__version();
