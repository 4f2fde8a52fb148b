"""What people say and do about posts."""

from __future__ import annotations

from tests.chaos.acts.words import POST, TEXT, given, newest, text

BATCH = """
    select count(*) from api.record_engagement(
        (select array_agg(row(kind, post, null, null, 10, null, null, null)::api.engagement_event_input)
        from unnest(%(kinds)s::text[], %(posts)s::bigint[]) as e (kind, post))
    )
"""
NEWEST_COMMENT = f"(select max(id) from api.comments where post_id = {POST})"
UNDER_MINE = (
    "(select c.id from api.comments as c join api.posts as p on p.id = c.post_id"
    " where p.author_id = %(me)s and c.deleted_at is null order by c.id desc limit 1)"
)
OWN_COMMENT = newest("comments", "author_id = %(me)s and deleted_at is null")
FOLDER = newest("save_folders", "owner_id = %(me)s")
COMMENTS = (
    f"select api.create_comment(row({POST}, null, %(text)s))",
    f"select api.create_comment(row({POST}, null, %(text)s))",
    f"select api.create_comment(row({POST}, {NEWEST_COMMENT}, 'x'))",
    f"select api.create_comment(row({POST}, {NEWEST_COMMENT}, 'x'))",
    f"insert into api.comments (post_id, content) select unnest(%(posts)s::bigint[3]), {TEXT}",
    f"update api.comments set content = %(text)s where id = {OWN_COMMENT}",
    "update api.comments set content = %(text)s where id in"
    " (select id from api.comments where author_id = %(me)s and deleted_at is null order by random() limit 3)",
    f"select api.delete_comment({OWN_COMMENT})",
    f"select api.like_comment({NEWEST_COMMENT})",
    f"select api.like_comment({NEWEST_COMMENT})",
    f"select api.unlike_comment({NEWEST_COMMENT})",
    f"select api.pin_comment({UNDER_MINE})",
    f"select api.unpin_comment({POST})",
    f"select api.hide_comment({UNDER_MINE})",
    f"select api.approve_comment({UNDER_MINE})",
    f"select api.delete_comment({UNDER_MINE})",
    "insert into api.comment_settings (approval) values (%(approval)s)"
    " on conflict (user_id) do update set approval = excluded.approval",
    "insert into api.comment_keywords (keyword) values (%(word)s) on conflict do nothing",
    "delete from api.comment_keywords",
)
REACTIONS = (
    f"select api.react_post({POST}, %(reaction)s)",
    f"select api.react_post({newest('posts')}, %(reaction)s)",
    f"select api.unreact_post({POST})",
    "insert into api.reactions (post_id, kind) select unnest(%(few)s::bigint[]), %(reaction)s"
    " on conflict (post_id, user_id) do update set kind = excluded.kind",
    "update api.reactions set kind = %(reaction)s where post_id = any(%(few)s)",
    "delete from api.reactions where post_id = any(%(few)s)",
    "insert into api.save_folders (name) values ('f' || %(number)s::text) on conflict do nothing",
    "update api.save_folders set name = 'g' || %(number)s::text where id = " + FOLDER,
    "delete from api.save_folders where id = " + FOLDER,
    f"select api.save_post({POST})",
    f"select api.save_post({POST}, {FOLDER})",
    f"select api.save_post({POST}, {FOLDER})",
    f"select api.unsave_post({POST})",
    f"select api.share_post({POST})",
    f"select api.repost({POST}, %(audience)s)",
    f"select api.repost({newest('posts')})",
    f"select api.unrepost({POST})",
    f"select api.give_feedback({POST}, %(feedback)s)",
    f"select api.withdraw_feedback({POST})",
    f"select api.report({given('report', subject_type=text('POST'), subject_id=POST, reason=text('SPAM'))})",
    BATCH,
    BATCH,
    f"select * from api.record_views(array[row({POST}, 'FEED', 10, null)::api.view_input])",
)
ACTS = COMMENTS + REACTIONS
