-- Posts and what belongs to them: every table, persona and verb. How many rows they reach, or the code with which they are
-- refused.
--
-- Mona has one post for all (101), one for followers (102), one for herself (103), a deleted one (104), one for her circle
-- (108), one for close friends (109), an archived one (110), a story of the day before yesterday (111) and another that
-- stands in a highlight (112).
begin;
select no_plan();

select tap.people();
insert into api.posts (id, author_id, type, content, visibility, circle_id, created_at, deleted_at, archived_at) values
    (101, 1, 'REGULAR', 'for all #open', 'PUBLIC', null, now(), null, null),
    (102, 1, 'REGULAR', 'for followers #closed', 'FOLLOWERS', null, now(), null, null),
    (103, 1, 'REGULAR', 'for me', 'PRIVATE', null, now(), null, null),
    (104, 1, 'REGULAR', 'deleted', 'PUBLIC', null, now(), now(), null),
    (105, 5, 'REGULAR', 'private account', 'PUBLIC', null, now(), null, null),
    (106, 4, 'REGULAR', 'by Basem', 'PUBLIC', null, now(), null, null),
    (107, 6, 'REGULAR', 'by a closed account', 'PUBLIC', null, now(), null, null),
    (108, 1, 'REGULAR', 'for the circle', 'CIRCLE', 11, now(), null, null),
    (109, 1, 'REGULAR', 'for close friends', 'CLOSE_FRIENDS', null, now(), null, null),
    (110, 1, 'REGULAR', 'archived', 'PUBLIC', null, now(), null, now()),
    (111, 1, 'STORY', 'over', 'PUBLIC', null, now() - interval '2 days', null, null),
    (112, 1, 'STORY', 'highlighted', 'PUBLIC', null, now() - interval '2 days', null, null),
    (113, 9, 'REGULAR', 'by a suspended account', 'PUBLIC', null, now(), null, null);
insert into api.media (id, owner_id, bucket, object_key, content_type) values
    (31, 1, 'media-public', '1/a', 'image/png'), (32, 2, 'media-public', '2/b', 'image/png');
insert into api.post_media (post_id, position, media_id, bucket, object_key, content_type)
select p.id, 1, 31, 'media-public', '1/a', 'image/png' from unnest('{101,102,103,108,110,112}'::bigint[]) as p (id);
insert into api.post_mentions (post_id, user_id) values (101, 2), (101, 4), (102, 3), (108, 7);
insert into api.post_edits (post_id, version, content, media_urls, content_warning, visibility, circle_id) values
    (101, -1, 'when it was for me', '{}', '', 'PRIVATE', null), (101, 0, 'for all', '{}', '', 'PUBLIC', null),
    (102, 0, 'for followers', '{}', '', 'FOLLOWERS', null), (108, 0, 'for the circle', '{}', '', 'CIRCLE', 11);
insert into api.polls (post_id, closes_at)
select p.id, now() + interval '1 day' from unnest('{101,102,108,110}'::bigint[]) as p (id);
insert into api.poll_options (post_id, position, label) select post_id, place, 'x' from api.polls, generate_series(1, 2) as place;
insert into api.poll_votes (post_id, voter_id) values (101, 2), (101, 7), (108, 7);
insert into api.poll_choices (post_id, voter_id, position) select post_id, voter_id, 1 from api.poll_votes;
insert into api.reposts (post_id, user_id, visibility) values
    (101, 2, 'PUBLIC'), (101, 3, 'FOLLOWERS'), (106, 3, 'PUBLIC'), (102, 2, 'PUBLIC'), (105, 2, 'PUBLIC'),
    (108, 7, 'PUBLIC');
insert into api.pinned_posts (user_id, post_id) values (1, 102), (4, 106);
insert into api.story_views (post_id, viewer_id) values (111, 2), (112, 2), (112, 3), (112, 4);
insert into api.highlights (id, owner_id, title) values (301, 1, 'sea'), (302, 1, 'empty');
insert into api.highlight_items (highlight_id, post_id) values (301, 112);
insert into api.sounds (id, owner_id, title, audio_url, deleted_at) values
    (401, 1, 'hers', 'https://e.example/a', null), (402, 5, 'private account', 'https://e.example/b', null),
    (403, 1, 'deleted', 'https://e.example/c', now());
insert into api.drafts (author_id, input) values (1, '{}'), (1, '{}'), (2, '{}');
delete from api.hashtags where name not in ('open', 'closed');

insert into tap.expected (thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended) values
    ('api.posts', 'select', '3', '8', '5', '3', '1', '4', '3', '5', '3', '4'),
    ('api.posts', 'insert', 'no', '1', '1', '1', '1', '1', 'DA403', '1', '1', 'DA403'),
    ('api.posts', 'update', 'no', '8', '0', '0', '1', '1', 'DA403', '0', '0', 'DA403'),
    ('api.post_stats', 'select', '3', '8', '5', '3', '1', '4', '3', '5', '3', '4'),
    ('api.post_media', 'select', '2', '6', '3', '2', '0', '2', '2', '3', '2', '2'),
    -- Mona does not learn that Basem, whom she blocked, is mentioned.
    ('api.post_mentions', 'select', '2', '3', '3', '2', '0', '2', '2', '3', '2', '2'),
    -- What a post said while it was private stays private.
    ('api.post_edits', 'select', '1', '4', '2', '1', '0', '1', '1', '2', '1', '1'),
    ('api.polls', 'select', '1', '4', '2', '1', '0', '1', '1', '2', '1', '1'),
    ('api.poll_options', 'select', '2', '8', '4', '2', '0', '2', '2', '4', '2', '2'),
    ('api.poll_votes', 'select', 'no', '0', '1', '0', '0', '0', '0', '2', '0', '0'),
    ('api.poll_choices', 'select', 'no', '0', '1', '0', '0', '0', '0', '2', '0', '0'),
    ('api.reposts', 'select', '2', '2', '4', '3', '1', '3', '2', '3', '2', '2'),
    ('api.pinned_posts', 'select', '1', '1', '2', '1', '1', '1', '1', '1', '1', '1'),
    ('api.story_views', 'select', 'no', '3', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.highlights', 'select', '1', '2', '1', '1', '0', '1', '1', '1', '1', '1'),
    ('api.highlights', 'insert', 'no', '1', '1', '1', '1', '1', 'DA403', '1', '1', 'DA403'),
    ('api.highlights', 'update', 'no', '2', '0', '0', '0', '0', 'DA403', '0', '0', 'DA403'),
    ('api.highlights', 'delete', 'no', '2', '0', '0', '0', '0', 'DA403', '0', '0', 'DA403'),
    ('api.highlight_items', 'select', '1', '1', '1', '1', '0', '1', '1', '1', '1', '1'),
    ('api.highlight_items', 'insert', 'no', '1', 'no', 'no', 'no', 'no', 'DA403', 'no', 'no', 'DA403'),
    ('api.highlight_items', 'delete', 'no', '1', '0', '0', '0', '0', 'DA403', '0', '0', 'DA403'),
    ('api.sounds', 'select', '1', '1', '2', '1', '0', '2', '1', '1', '1', '1'),
    ('api.sounds', 'insert', 'no', '1', '1', '1', '1', '1', 'DA403', '1', '1', 'DA403'),
    ('api.sounds', 'update', 'no', '1', '0', '0', '0', '1', 'DA403', '0', '0', 'DA403'),
    ('api.drafts', 'select', 'no', '2', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.drafts', 'delete', 'no', '2', '1', '0', '0', '0', 'DA403', '0', '0', 'DA403'),
    ('api.media', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.hashtags', 'select', '1', '2', '2', '1', '1', '1', '1', '1', '1', '1'),
    ('api.post_hashtags', 'select', '1', '2', '2', '1', '0', '1', '1', '1', '1', '1');
select
    tap.refuse('api.posts', 'delete'),
    tap.refuse('api.post_stats', 'insert', 'update', 'delete'),
    tap.refuse('api.post_media', 'insert', 'update', 'delete'),
    tap.refuse('api.post_mentions', 'insert', 'update', 'delete'),
    tap.refuse('api.post_edits', 'insert', 'update', 'delete'),
    tap.refuse('api.polls', 'insert', 'update', 'delete'),
    tap.refuse('api.poll_options', 'insert', 'update', 'delete'),
    tap.refuse('api.poll_votes', 'insert', 'update', 'delete'),
    tap.refuse('api.poll_choices', 'insert', 'update', 'delete'),
    tap.refuse('api.reposts', 'insert', 'update', 'delete'),
    tap.refuse('api.pinned_posts', 'insert', 'update', 'delete'),
    tap.refuse('api.story_views', 'insert', 'update', 'delete'),
    tap.refuse('api.highlight_items', 'update'),
    tap.refuse('api.sounds', 'delete'),
    tap.refuse('api.drafts', 'insert', 'update'),
    tap.refuse('api.media', 'insert', 'update', 'delete'),
    tap.refuse('api.hashtags', 'insert', 'update', 'delete'),
    tap.refuse('api.post_hashtags', 'insert', 'update', 'delete');

insert into tap.attempts values
    ('api.posts', 'insert', $$ insert into api.posts (content) values ('x') $$),
    ('api.posts', 'update', $$ update api.posts set content = 'x' $$),
    ('api.highlights', 'insert', $$ insert into api.highlights (title) values ('x') $$),
    ('api.highlights', 'update', $$ update api.highlights set title = 'x' $$),
    ('api.highlight_items', 'insert', 'insert into api.highlight_items (highlight_id, post_id) values (302, 112)'),
    ('api.sounds', 'insert', $$ insert into api.sounds (title, audio_url) values ('x', 'https://e.example/x') $$),
    ('api.sounds', 'update', $$ update api.sounds set title = 'x' $$);

select * from tap.matrix();
select is(count(*), 13::bigint, 'and nothing has changed by all these attempts') from api.posts;

select * from finish();
rollback;
