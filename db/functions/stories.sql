-- Stories: posts that end after a day, unless they stand in a highlight.

create or replace function api.create_story(input api.create_story_input) returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    story api.create_post_input;
begin
    story.type := 'STORY';
    story.content := input.content;
    story.media_urls := input.media_urls;
    story.media := input.media;
    story.visibility := input.visibility;
    story.circle_id := input.circle_id;
    story.language := input.language;
    story.reply_gate := input.reply_gate;
    story.reply_circle_id := input.reply_circle_id;
    story.is_sensitive := input.is_sensitive;
    story.content_warning := input.content_warning;
    story.sound_id := input.sound_id;
    return ops.make_post(story);
end
$$;
comment on function api.create_story(api.create_story_input) is
'Publishes a story: others see it for 24 hours, and later where it stands in a highlight.';

create or replace function api.view_story(id bigint) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    author bigint;
begin
    select p.author_id into author
    from feed.visible_posts as v
    inner join api.posts as p on p.id = v.id
    where v.id = view_story.id and v.is_current and p.type = 'STORY';
    if auth.uid() is null or not found then
        raise exception 'There is no such story.'
            using errcode = 'DA404', hint = 'Look at a story that you can see.';
    end if;
    insert into api.story_views (post_id, viewer_id)
    select view_story.id, auth.uid()
    where author <> auth.uid()
    on conflict (post_id, viewer_id) do nothing;
    return true;
end
$$;
comment on function api.view_story(bigint) is 'Tells the author of a story that one has looked at it.';

-- Highlights are tables of one's own: what is written there marks the posts.
create or replace view feed.viewer_highlights as
select h.id as highlight_id
from api.highlights as h
where h.owner_id = (select auth.uid());
comment on view feed.viewer_highlights is 'The viewer''s own highlights.';

create or replace function api.tg_highlight_items__mark() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    update api.posts as p
    set is_highlighted = not p.is_highlighted
    where
        p.id in (select c.post_id from changed as c)
        and p.is_highlighted <> exists (select from api.highlight_items as i where i.post_id = p.id);
    return null;
end
$$;
comment on function api.tg_highlight_items__mark() is 'Marks the posts that stand in a highlight.';

create or replace trigger highlight_items_mark_added after insert on api.highlight_items
referencing new table as changed for each statement execute function api.tg_highlight_items__mark();
create or replace trigger highlight_items_mark_removed after delete on api.highlight_items
referencing old table as changed for each statement execute function api.tg_highlight_items__mark();
create or replace trigger highlights_version before update on api.highlights
for each row execute function ops.tg_rows__version();
