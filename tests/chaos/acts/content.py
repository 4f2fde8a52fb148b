"""What people publish, change and take away."""

from __future__ import annotations

from tests.chaos.acts.words import MINE, OWN_POST, POST, TEXT, given, newest, some

OPEN = MINE + " and group_id is null"
OPEN_POST = newest("posts", OPEN)
OTHER_TEXT = "%(other_text)s::text"
OPTIONS = "jsonb_build_object('options', jsonb_build_array('a', 'b', 'c'))"
ANY_POLL = "(select max(p.post_id) from api.polls as p)"
ANY_STORY = newest("posts", "type = 'STORY'")
ANY_DRAFT = some("drafts", "true", 1)
OWN_ARCHIVED = newest("posts", "author_id = %(me)s and archived_at is not null and deleted_at is null")
OWN_CIRCLE = newest("circles", "owner_id = %(me)s")
QUOTE_OF_MINE = (
    "(select max(q.id) from api.posts as q join api.posts as p on p.id = q.quoted_post_id and p.author_id = %(me)s)"
)
TWO_POSTS = f"jsonb_build_array(jsonb_build_object('content', {TEXT}), jsonb_build_object('content', {OTHER_TEXT}))"
CHOICE = "array[%(number)s::integer %% 3 + 1]"
TAGGED = given("create_post", content=TEXT)
POSTS = (
    *[f"select api.create_post({TAGGED})"] * 4,
    f"select api.create_post({given('create_post', content=TEXT, visibility='%(visibility)s::text')})",
    f"select api.create_post({given('create_post', content=TEXT, circle_id=OWN_CIRCLE)})",
    f"select api.create_post({given('create_post', content=TEXT, quoted_post_id=POST + '::bigint')})",
    f"select api.create_post({given('create_post', content=TEXT, quoted_post_id=newest('posts'))})",
    f"select api.detach_quote({QUOTE_OF_MINE})",
    f"select * from api.create_thread({given('create_thread', posts=TWO_POSTS)})",
    f"select api.update_post({OWN_POST}, {given('update_post', content=TEXT)})",
    f"select api.update_post({OWN_POST}, {given('update_post', content=TEXT)})",
    f"select api.update_post({OPEN_POST}, {given('update_post', visibility='%(visibility)s::text')})",
    f"select api.update_post({OPEN_POST}, {given('update_post', circle_id=OWN_CIRCLE)})",
    f"select api.delete_post({OWN_POST})",
    f"select api.archive_post({OWN_POST})",
    f"select api.unarchive_post({OWN_ARCHIVED})",
    f"select api.unarchive_post({OWN_ARCHIVED})",
    f"select api.pin_post({OWN_POST})",
    "select api.unpin_post()",
    f"update api.posts set visibility = %(visibility)s where id in {some('posts', OPEN)}",
    f"update api.posts set content = %(text)s where id in {some('posts', MINE)}",
    "insert into api.posts (content) values (%(text)s), (%(other_text)s)",
)
STORIES = (
    f"select api.create_story({given('create_story', content=TEXT)})",
    f"select api.view_story({ANY_STORY})",
    "insert into api.highlights (title) values ('h')",
    f"insert into api.highlight_items (highlight_id, post_id) select {newest('highlights', 'owner_id = %(me)s')},"
    " id from api.posts where type = 'STORY' and author_id = %(me)s order by random() limit 3 on conflict do nothing",
    "delete from api.highlight_items",
    "delete from api.highlights where owner_id = %(me)s",
    f"select api.create_post({given('create_post', content=TEXT, poll=OPTIONS)})",
    f"select * from api.vote({ANY_POLL}, {CHOICE})",
    f"select * from api.vote({ANY_POLL}, {CHOICE})",
    "insert into api.sounds (title, audio_url, duration_ms) values ('s', 'https://example.com/s', 1000)",
    f"select api.create_post({given('create_post', content=TEXT, sound_id=newest('sounds', 'deleted_at is null'))})",
    f"select api.delete_sound({newest('sounds', 'owner_id = %(me)s')})",
)
DRAFTS = (
    f"select api.save_draft({TAGGED})",
    f"select api.save_draft({TAGGED}, now() + interval '200 milliseconds')",
    f"select api.update_draft({ANY_DRAFT}, {TAGGED})",
    f"select api.schedule_draft({ANY_DRAFT}, now() + interval '100 milliseconds')",
    f"select api.publish_draft({ANY_DRAFT})",
    f"delete from api.drafts where id = {ANY_DRAFT}",
)
ACTS = POSTS + STORIES + DRAFTS
