-- People and their graph: every table, persona and verb.
--
-- Samir (3) asks to follow Lubna (5), Farid (2) the minor (8). Mona (1) has muted and restricted Samir; Farid has muted her.
begin;
select no_plan();

select tap.people();
insert into api.posts (id, author_id, content) values (101, 1, 'for all');
insert into api.follow_requests (follower_id, followee_id) values (3, 5), (2, 8);
insert into api.mutes (muter_id, muted_id) values (1, 3), (2, 1);
insert into api.muted_words (user_id, word) values (1, 'spoiler');
insert into api.muted_threads (user_id, post_id) values (2, 101);
insert into api.restricts (restricter_id, restricted_id) values (1, 3);
insert into api.verification_requests (user_id, user_type, statement) values (2, 'CREATOR', 'x'), (3, 'BUSINESS', 'x');

insert into tap.expected (thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended) values
    -- The suspended account is seen by nobody but itself.
    ('api.users', 'select', '7', '6', '7', '7', '6', '7', '7', '7', '7', '8'),
    ('api.users', 'update', 'no', '1', '1', '1', '1', '1', '0', '1', '1', '1'),
    ('api.user_private', 'select', 'no', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('api.user_stats', 'select', '7', '6', '7', '7', '6', '7', '7', '7', '7', '8'),
    ('api.user_settings', 'select', 'no', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('api.user_settings', 'update', 'no', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('api.verification_requests', 'select', 'no', '0', '1', '1', '0', '0', '0', '0', '0', '0'),
    -- Follows: 2-1, 2-5, 3-2. A follow of the private account is seen by its ends.
    ('api.follows', 'select', 'no', '2', '3', '2', '1', '3', '2', '2', '2', '2'),
    ('api.follows', 'insert', 'no', '1', '23505', '1', 'no', '1', 'no', '1', '1', '1'),
    ('api.follows', 'delete', 'no', '1', '3', '1', '0', '1', '0', '0', '0', '0'),
    ('api.blocks', 'select', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.blocks', 'insert', 'no', '23505', '1', '1', '23514', '1', 'no', '1', '1', '1'),
    ('api.blocks', 'delete', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.follow_requests', 'select', 'no', '0', '1', '1', '0', '1', '0', '0', '1', '0'),
    ('api.mutes', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.muted_words', 'select', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.muted_threads', 'select', 'no', '0', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.restricts', 'select', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.close_friends', 'select', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.circles', 'select', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.circle_members', 'select', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0');
update tap.expected set moderator = '2', admin = '2' where thing = 'api.verification_requests';
select
    tap.refuse('api.users', 'insert', 'delete'),
    tap.refuse('api.user_private', 'insert', 'update', 'delete'),
    tap.refuse('api.user_stats', 'insert', 'update', 'delete'),
    tap.refuse('api.user_settings', 'insert', 'delete'),
    tap.refuse('api.verification_requests', 'insert', 'update', 'delete'),
    tap.refuse('api.follows', 'update'),
    tap.refuse('api.blocks', 'update');
select tap.refuse(t.name, 'insert', 'update', 'delete')
from unnest(array[
    'api.follow_requests', 'api.mutes', 'api.muted_words', 'api.muted_threads', 'api.restricts', 'api.close_friends',
    'api.circles', 'api.circle_members'
]) as t (name);

insert into tap.attempts values
    ('api.users', 'insert', $$ insert into api.users (username) values ('somebody') $$),
    ('api.users', 'update', $$ update api.users set bio = 'x' $$),
    ('api.user_private', 'insert', $$ insert into api.user_private (user_id, email) values (1, 'x@y.example') $$),
    ('api.user_private', 'update', $$ update api.user_private set phone = null $$),
    ('api.user_settings', 'update', $$ update api.user_settings set is_family_mode = true $$),
    ('api.follows', 'insert', $$
        insert into api.follows (followee_id)
        values (case current_setting('app.user_id') when '1' then 3 else 1 end)
    $$),
    ('api.blocks', 'insert', 'insert into api.blocks (blocked_id) values (4)');

select * from tap.matrix();
select is(count(*), 9::bigint, 'and nothing has changed by all these attempts') from api.users;

select * from finish();
rollback;
