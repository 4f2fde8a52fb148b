-- What people.sql leaves out and golden operations read: comments, reactions, a hashtag, the key of cursors.
set role migrator;

insert into api.comments (id, post_id, author_id, parent_id, content, created_at, updated_at) values
    (3001, 2002, 1001, null, 'What a sea', '2026-11-02Z', '2026-11-02Z'),
    (3002, 2002, 1004, 3001, 'Indeed', '2026-11-03Z', '2026-11-03Z'),
    (3003, 2002, 1004, null, 'Where is it?', '2026-11-04Z', '2026-11-04Z'),
    (3004, 2005, 1002, null, 'More of it', '2026-11-05Z', '2026-11-05Z');
insert into api.reactions (post_id, user_id, kind, created_at) values
    (2002, 1001, 'LOVE', '2026-11-02Z'), (2002, 1004, 'LIKE', '2026-11-03Z');
insert into api.hashtags (id, name, created_at) values (4001, 'sea', '2026-11-01Z') on conflict do nothing;
insert into api.post_hashtags (post_id, hashtag_id) select 2002, h.id from api.hashtags as h where h.name = 'sea';

-- A key that everybody knows, so that cursors are the same each time.
update ops.cursor_keys set inner_key = decode(repeat('36', 64), 'hex'), outer_key = decode(repeat('5c', 64), 'hex');

reset role;
