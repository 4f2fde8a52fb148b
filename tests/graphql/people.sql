-- Four people and what they wrote, with identifiers that golden files may name.
set role migrator;

insert into api.users (id, username, name, user_type, is_private, avatar_url, created_at, updated_at) values
    (1001, 'nour', 'نور', 'CREATOR', false, 'https://example.com/nour.jpg', '2026-01-01Z', '2026-01-01Z'),
    (1002, 'omar', 'Omar', 'REGULAR', false, null, '2026-01-02Z', '2026-01-02Z'),
    (1003, 'hidden', 'Hidden', 'REGULAR', true, null, '2026-01-03Z', '2026-01-03Z'),
    (1004, 'alaa', 'Alaa', 'REGULAR', false, 'https://example.com/alaa.jpg', '2026-01-04Z', '2026-01-04Z');
insert into api.user_private (user_id, email) values (1001, 'nour@example.com'), (1002, 'omar@example.com');
insert into api.follows (follower_id, followee_id, created_at) values
    (1001, 1002, '2026-02-01Z'), (1001, 1004, '2026-02-02Z'), (1002, 1001, '2026-02-03Z');
update api.user_stats set follower_count = 1 where user_id in (1001, 1002, 1004);

insert into api.posts (id, author_id, type, content, media_urls, created_at, updated_at)
select
    p.id,
    p.author_id,
    p.type,
    p.content,
    p.media_urls,
    '2026-11-01Z',
    '2026-11-01Z'
from (
    values
        (2001, 1001, 'REGULAR', 'صباح الخير', '{}'::text[]),
        (2002, 1002, 'REEL', 'the sea', '{https://example.com/sea.mp4}'),
        (2003, 1002, 'REGULAR', 'quotes "here", and \ there', '{}'),
        (2004, 1003, 'REGULAR', 'for followers', '{}'),
        (2005, 1004, 'THREAD', 'a thread', '{https://example.com/1.jpg,https://example.com/2.jpg}')
) as p (id, author_id, type, content, media_urls);
update api.post_stats set likes_count = 7, views_count = 9007199254740993 where post_id = 2002;

reset role;
