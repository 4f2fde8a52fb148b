-- Comments, reactions, reference data and what lies behind the API: every table, persona and verb. How many rows they
-- reach, or the code with which they are refused. People, their graph and content have files of their own.
--
-- Mona has one post for all (101), one for followers (102), one for herself (103), a deleted one (104). Moderators and
-- admins have no rights of their own yet; advertisers and creators neither.
begin;
select no_plan();

select tap.people();
insert into api.posts (id, author_id, content, visibility, deleted_at) values
    (101, 1, 'for all #open', 'PUBLIC', null), (102, 1, 'for followers #closed', 'FOLLOWERS', null),
    (103, 1, 'for me', 'PRIVATE', null), (104, 1, 'deleted', 'PUBLIC', now()),
    (105, 5, 'private account', 'PUBLIC', null), (106, 4, 'by Basem', 'PUBLIC', null),
    (107, 6, 'by a closed account', 'PUBLIC', null);
insert into api.comments (id, post_id, author_id, content, deleted_at) values
    (201, 101, 2, 'x', null), (202, 102, 2, 'x', null), (203, 106, 3, 'x', null), (204, 106, 4, 'x', null),
    (205, 101, 1, 'x', now());
insert into api.reactions (post_id, user_id) values (101, 2), (102, 2), (106, 3), (106, 4), (105, 2);
insert into auth.credentials (user_id, password_hash) select id, '$2b$12$x' from api.users;
select isnt(feed.fan_out(102), 0, 'timelines hold something');
delete from api.governorates where code <> 'EG-C';
delete from api.languages where code <> 'ar';

insert into tap.expected (thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended) values
    ('api.governorates', 'select', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('api.languages', 'select', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('api.comments', 'select', '3', '2', '4', '3', '2', '3', '3', '3', '3', '3'),
    ('api.comments', 'insert', 'no', '1', '1', '1', 'no', '1', 'no', '1', '1', '1'),
    ('api.comments', 'update', 'no', '0', '2', '1', '1', '0', '0', '0', '0', '0'),
    ('api.reactions', 'select', 'no', '2', '5', '3', '2', '4', '3', '3', '3', '3'),
    ('api.reactions', 'insert', 'no', '1', '23505', '1', 'no', '1', 'no', '1', '1', '1'),
    ('api.reactions', 'update', 'no', '0', '3', '1', '1', '0', '0', '0', '0', '0'),
    ('api.reactions', 'delete', 'no', '0', '3', '1', '1', '0', '0', '0', '0', '0');
select
    tap.refuse('api.governorates', 'insert', 'update', 'delete'),
    tap.refuse('api.languages', 'insert', 'update', 'delete'),
    tap.refuse('api.comments', 'delete');
-- What lies behind the API is nobody's, but for the grants that test_grants.sql lists.
select tap.refuse(c.oid::regclass::text)
from pg_class as c
where
    c.relkind in ('r', 'p')
    and c.relnamespace in (
        'auth'::regnamespace, 'feed'::regnamespace, 'ops'::regnamespace, 'partitions'::regnamespace,
        'procrastinate'::regnamespace
    );

insert into tap.attempts values
    ('api.comments', 'insert', $$ insert into api.comments (post_id, content) values (101, 'x') $$),
    ('api.comments', 'update', $$ update api.comments set content = 'y' $$),
    ('api.reactions', 'insert', 'insert into api.reactions (post_id) values (101)'),
    ('api.reactions', 'update', $$ update api.reactions set kind = 'WOW' $$);

select * from tap.matrix();
select is(count(*), 7::bigint, 'and nothing has changed by all these attempts') from api.posts;

select * from finish();
rollback;
