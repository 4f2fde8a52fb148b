-- Passing posts on: as they are, to one's own audience, or quoted in a post of one's own.

-- A post for a circle or for close friends stays there: a repost would tell who is among them.
create or replace function api.repost(id bigint, visibility text default 'PUBLIC') returns api.reposts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    passed_on api.reposts;
begin
    if auth.uid() is null or not exists (
        select
        from feed.visible_posts as v
        inner join api.posts as p on p.id = v.id
        where v.id = repost.id and v.is_current and p.visibility in ('PUBLIC', 'FOLLOWERS')
    ) then
        raise exception 'There is no such post to pass on.'
            using errcode = 'DA404', hint = 'Pass on a post for all or for followers that you can see.';
    end if;
    insert into api.reposts (post_id, user_id, visibility)
    values (repost.id, auth.uid(), repost.visibility)
    on conflict (post_id, user_id) do update
    set visibility = excluded.visibility
    returning * into passed_on;
    return passed_on;
end
$$;
comment on function api.repost(bigint, text) is
'Passes a post on to everybody (PUBLIC) or to one''s followers (FOLLOWERS), of whom those see it who may. Can be repeated.';

create or replace function api.unrepost(id bigint) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with gone as (
        delete from api.reposts as r where r.post_id = unrepost.id and r.user_id = auth.uid()
        returning r.post_id
    )
    select count(*) > 0 from gone;
end;
comment on function api.unrepost(bigint) is 'Takes a repost back; false when there was none.';

create or replace function api.detach_quote(id bigint) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update api.posts as p
    set quoted_post_id = null, quote_detached_at = now()
    where
        p.id = detach_quote.id and p.deleted_at is null
        and exists (select from api.posts as q where q.id = p.quoted_post_id and q.author_id = auth.uid());
    if not found then
        raise exception 'There is no such quote of a post of yours.'
            using errcode = 'DA404', hint = 'Give the post that quotes one of yours.';
    end if;
    return true;
end
$$;
comment on function api.detach_quote(bigint) is 'Takes a post of one''s own out of the post that quotes it, for good.';

create or replace trigger reposts_count_added after insert on api.reposts
referencing new table as changed for each statement execute function api.tg_posts__count_engagement('POST_REPOSTS');
create or replace trigger reposts_count_removed after delete on api.reposts
referencing old table as changed for each statement execute function api.tg_posts__count_engagement('POST_REPOSTS');
