-- Every table, every persona, every verb: how many rows they reach, or the code with which they are refused.
--
-- Mona (1) is the owner: she has one post for all (101), one for followers (102), one for herself (103), a deleted one
-- (104). Farid (2) follows her, and Lubna (5), whose account is private. Samir (3) is a stranger. Basem (4) is blocked by
-- Mona. Account 6 is closed. Moderators and admins have no rights of their own yet; advertisers and creators neither.
begin;
select no_plan();

insert into api.users (id, username, is_private, deleted_at) values
    (1, 'mona', false, null), (2, 'farid', false, null), (3, 'samir', false, null), (4, 'basem', false, null),
    (5, 'lubna', true, null), (6, 'closed', false, now());
insert into api.user_private (user_id, email) select id, username || '@daira.example' from api.users;
insert into api.follows (follower_id, followee_id) values (2, 1), (2, 5), (3, 2);
insert into api.blocks (blocker_id, blocked_id) values (1, 4);
insert into api.posts (id, author_id, content, visibility, deleted_at) values
    (101, 1, 'for all #open', 'PUBLIC', null), (102, 1, 'for followers #closed', 'FOLLOWERS', null),
    (103, 1, 'for me', 'PRIVATE', null), (104, 1, 'deleted', 'PUBLIC', now()),
    (105, 5, 'private account', 'PUBLIC', null), (106, 4, 'by Basem', 'PUBLIC', null),
    (107, 6, 'by a closed account', 'PUBLIC', null);
insert into api.comments (id, post_id, author_id, content, deleted_at) values
    (201, 101, 2, 'x', null), (202, 102, 2, 'x', null), (203, 106, 3, 'x', null), (204, 106, 4, 'x', null),
    (205, 101, 1, 'x', now());
insert into api.reactions (post_id, user_id) values (101, 2), (102, 2), (106, 3), (106, 4), (105, 2);
insert into api.media (owner_id, bucket, object_key, content_type) values
    (1, 'media-public', '1/a', 'image/png'), (2, 'media-public', '2/b', 'image/png');
insert into auth.credentials (user_id, password_hash) select id, '$2b$12$x' from api.users;
select isnt(feed.fan_out(102), 0, 'timelines hold something');
delete from api.governorates where code <> 'EG-C';
delete from api.languages where code <> 'ar';
delete from api.hashtags where name not in ('open', 'closed');

create function pg_temp.attempt(who text, viewer text, statement text) returns text
language plpgsql as $$
declare
    reached bigint;
begin
    perform set_config('app.user_id', viewer, true);
    execute format('set local role %I', who);
    execute statement;
    get diagnostics reached = row_count;
    raise exception using errcode = 'UNDO0', message = reached::text;
exception
    when sqlstate 'UNDO0' then
        return sqlerrm;
    when others then
        return case sqlstate when '42501' then 'no' else sqlstate end;
end
$$;

create temporary table personas (name text primary key, role text, viewer text) on commit drop;
insert into personas values
    ('visitor', 'anon', ''), ('owner', 'authenticated', '1'), ('follower', 'authenticated', '2'),
    ('stranger', 'authenticated', '3'), ('blocked', 'authenticated', '4'), ('private', 'authenticated', '5'),
    ('closed', 'authenticated', '6'), ('creator', 'creator', '3'), ('advertiser', 'advertiser', '3'),
    ('moderator', 'moderator', '3'), ('admin', 'admin', '3'), ('gateway', 'gateway', ''), ('support', 'support', ''),
    ('authenticator', 'authenticator', '1');

-- visitor owner follower stranger blocked private closed; the staff and paying roles are like the stranger, the others
-- (gateway, support, authenticator) reach nothing.
create temporary table expected (
    thing text, verb text, visitor text, owner text, follower text, stranger text, blocked text, private text, closed text
) on commit drop;
insert into expected values
    ('api.governorates', 'select', '1', '1', '1', '1', '1', '1', '1'),
    ('api.governorates', 'insert', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.governorates', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.governorates', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.languages', 'select', '1', '1', '1', '1', '1', '1', '1'),
    ('api.languages', 'insert', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.languages', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.languages', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.users', 'select', '5', '4', '5', '5', '4', '5', '5'),
    ('api.users', 'insert', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.users', 'update', 'no', '1', '1', '1', '1', '1', '0'),
    ('api.users', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.user_private', 'select', 'no', '1', '1', '1', '1', '1', '1'),
    ('api.user_private', 'insert', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.user_private', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.user_private', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.user_stats', 'select', '5', '4', '5', '5', '4', '5', '5'),
    ('api.user_stats', 'insert', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.user_stats', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.user_stats', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    -- Follows: 2-1, 2-5, 3-2. A follow of the private account is seen by its ends.
    ('api.follows', 'select', 'no', '2', '3', '2', '1', '3', '2'),
    ('api.follows', 'insert', 'no', '1', '23505', '1', 'no', '1', 'no'),
    ('api.follows', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.follows', 'delete', 'no', '1', '3', '1', '0', '1', '0'),
    ('api.blocks', 'select', 'no', '1', '0', '0', '0', '0', '0'),
    ('api.blocks', 'insert', 'no', '23505', '1', '1', '23514', '1', 'no'),
    ('api.blocks', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.blocks', 'delete', 'no', '1', '0', '0', '0', '0', '0'),
    ('api.posts', 'select', '2', '3', '4', '2', '1', '3', '2'),
    ('api.posts', 'insert', 'no', '1', '1', '1', '1', '1', 'no'),
    ('api.posts', 'update', 'no', '3', '0', '0', '1', '1', '0'),
    ('api.posts', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.post_stats', 'select', '2', '3', '4', '2', '1', '3', '2'),
    ('api.post_stats', 'insert', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.post_stats', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.post_stats', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.media', 'select', 'no', '1', '1', '0', '0', '0', '0'),
    ('api.media', 'insert', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.media', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.media', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.hashtags', 'select', '1', '2', '2', '1', '1', '1', '1'),
    ('api.hashtags', 'insert', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.hashtags', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.hashtags', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.post_hashtags', 'select', '1', '2', '2', '1', '0', '1', '1'),
    ('api.post_hashtags', 'insert', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.post_hashtags', 'update', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.post_hashtags', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.comments', 'select', '3', '2', '4', '3', '2', '3', '3'),
    ('api.comments', 'insert', 'no', '1', '1', '1', 'no', '1', 'no'),
    ('api.comments', 'update', 'no', '0', '2', '1', '1', '0', '0'),
    ('api.comments', 'delete', 'no', 'no', 'no', 'no', 'no', 'no', 'no'),
    ('api.reactions', 'select', 'no', '2', '5', '3', '2', '4', '3'),
    ('api.reactions', 'insert', 'no', '1', '23505', '1', 'no', '1', 'no'),
    ('api.reactions', 'update', 'no', '0', '3', '1', '1', '0', '0'),
    ('api.reactions', 'delete', 'no', '0', '3', '1', '1', '0', '0');
insert into expected
select c.oid::regclass::text, v.verb, 'no', 'no', 'no', 'no', 'no', 'no', 'no'
from pg_class as c
cross join (values ('select'), ('insert'), ('update'), ('delete')) as v (verb)
where
    c.relkind in ('r', 'p')
    and c.relnamespace in (
        'auth'::regnamespace, 'feed'::regnamespace, 'ops'::regnamespace, 'partitions'::regnamespace,
        'procrastinate'::regnamespace
    );

-- What each attempt says. Tables without an entry are tried with what fits any table.
create temporary table attempts (thing text, verb text, statement text) on commit drop;
insert into attempts values
    ('api.users', 'insert', $$ insert into api.users (username) values ('somebody') $$),
    ('api.users', 'update', $$ update api.users set bio = 'x' $$),
    ('api.user_private', 'insert', $$ insert into api.user_private (user_id, email) values (1, 'x@y.example') $$),
    ('api.user_private', 'update', $$ update api.user_private set phone = null $$),
    ('api.follows', 'insert', $$
        insert into api.follows (followee_id)
        values (case current_setting('app.user_id') when '1' then 3 else 1 end)
    $$),
    ('api.blocks', 'insert', 'insert into api.blocks (blocked_id) values (4)'),
    ('api.posts', 'insert', $$ insert into api.posts (content) values ('x') $$),
    ('api.posts', 'update', $$ update api.posts set content = 'x' $$),
    ('api.comments', 'insert', $$ insert into api.comments (post_id, content) values (101, 'x') $$),
    ('api.comments', 'update', $$ update api.comments set content = 'y' $$),
    ('api.reactions', 'insert', 'insert into api.reactions (post_id) values (101)'),
    ('api.reactions', 'update', $$ update api.reactions set kind = 'WOW' $$);
insert into attempts
select
    e.thing,
    e.verb,
    case e.verb
        when 'select' then format('select from %s', e.thing)
        when 'insert' then format('insert into %s default values', e.thing)
        when 'update' then format(
            'update %s set %I = %2$I', e.thing,
            (
                select a.attname from pg_attribute as a
                where a.attrelid = e.thing::regclass and a.attnum > 0 and a.attidentity = '' and a.attgenerated = ''
                order by a.attnum limit 1
            )
        )
        else format('delete from %s', e.thing)
    end
from expected as e
where not exists (select from attempts as a where a.thing = e.thing and a.verb = e.verb);

select is(
    pg_temp.attempt(p.role, p.viewer, a.statement),
    case
        when p.name in ('gateway', 'support', 'authenticator') then 'no'
        else coalesce(to_jsonb(e) ->> p.name, e.stranger)
    end,
    format('%s: %s %s', p.name, e.verb, e.thing)
)
from expected as e
inner join attempts as a on a.thing = e.thing and a.verb = e.verb
cross join personas as p
order by e.thing, e.verb, p.name;

select is_empty(
    $$ select c.oid::regclass from pg_class as c
    where c.relkind in ('r', 'p') and c.relnamespace in (
        'api'::regnamespace, 'auth'::regnamespace, 'feed'::regnamespace, 'ops'::regnamespace
    ) and c.oid::regclass::text not in (select thing from expected) $$,
    'no table is missing here'
);
select is(count(*), 7::bigint, 'and nothing has changed by all these attempts') from api.posts;

select * from finish();
rollback;
