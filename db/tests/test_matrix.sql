-- Reference data and what lies behind the API: every table, persona and verb. How many rows they reach, or the code with
-- which they are refused. Every domain has a file of its own.
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
insert into auth.credentials (user_id, password_hash) select id, '$2b$12$x' from api.users;
select isnt(feed.fan_out(102), 0, 'timelines hold something');
delete from api.governorates where code <> 'EG-C';
delete from api.languages where code <> 'ar';

insert into tap.expected (thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended) values
    ('api.governorates', 'select', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('api.languages', 'select', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1');
select
    tap.refuse('api.governorates', 'insert', 'update', 'delete'),
    tap.refuse('api.languages', 'insert', 'update', 'delete');
-- What lies behind the API is nobody's, but for the grants that test_grants.sql lists.
select tap.refuse(c.oid::regclass::text)
from pg_class as c
where
    c.relkind in ('r', 'p')
    and c.relnamespace in (
        'auth'::regnamespace, 'feed'::regnamespace, 'ops'::regnamespace, 'partitions'::regnamespace,
        'procrastinate'::regnamespace
    );

select * from tap.matrix();
select is(count(*), 7::bigint, 'and nothing has changed by all these attempts') from api.posts;

select * from finish();
rollback;
