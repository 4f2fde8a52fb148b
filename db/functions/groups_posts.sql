-- Posts in groups.

create or replace function api.create_group_post(group_id bigint, content text, media_urls text[] default '{}')
returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := feed.writer();
    made api.posts;
begin
    perform feed.known_group(create_group_post.group_id);
    perform feed.require_group_role(create_group_post.group_id, 'MEMBER');
    insert into api.posts (author_id, group_id, visibility, content, media_urls)
    values (
        viewer,
        create_group_post.group_id,
        'GROUP',
        coalesce(create_group_post.content, ''),
        coalesce(create_group_post.media_urls, '{}')
    )
    returning * into made;
    return made;
end
$$;
comment on function api.create_group_post(bigint, text, text[]) is
'Publishes a post in a group, for its members only, as long as they are members.';

create or replace function api.remove_group_post(post_id bigint) returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    removed api.posts;
begin
    perform feed.writer();
    update api.posts as p
    set deleted_at = now()
    where
        p.id = remove_group_post.post_id and p.deleted_at is null
        and exists (
            select from feed.viewer_groups as v
            where v.group_id = p.group_id and v.role in ('OWNER', 'ADMIN', 'MODERATOR')
        )
    returning p.* into removed;
    if not found then
        perform ops.refuse('DA404', 'There is no such post in a group of yours.', 'Only moderators remove posts of others.');
    end if;
    return removed;
end
$$;
comment on function api.remove_group_post(bigint) is 'Takes a post out of a group, as a moderator.';
