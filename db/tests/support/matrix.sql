-- The play's people, and the matrix of what each may do: table x persona x verb. Loaded once, into the schema of pgTAP;
-- a test fills `expected` and `attempts` within its transaction and selects from `matrix()`.
--
-- The functions answer no rows where they assert nothing, so that a test selects from them as from any of pgTAP's.
--
-- Mona (1) is the owner. Farid (2) follows her, and Lubna (5), whose account is private. Samir (3) is a stranger who
-- follows Farid. Basem (4) is blocked by Mona. Account 6 is closed. Dina (7) is in Mona's circle (11) and among her close
-- friends, account 8 belongs to a minor, hence is private, and account 9 is suspended.
create function tap.people() returns setof text
language sql
as $$
    insert into api.users (id, username, is_private, deleted_at, state) values
        (1, 'mona', false, null, 'ACTIVE'), (2, 'farid', false, null, 'ACTIVE'), (3, 'samir', false, null, 'ACTIVE'),
        (4, 'basem', false, null, 'ACTIVE'), (5, 'lubna', true, null, 'ACTIVE'), (6, 'closed', false, now(), 'ACTIVE'),
        (7, 'dina', false, null, 'ACTIVE'), (8, 'minor', false, null, 'ACTIVE'),
        (9, 'suspended', false, null, 'SUSPENDED');
    insert into api.user_private (user_id, email, birth_date)
    select id, username || '@daira.example', case id when 8 then now() - interval '15 years' end from api.users;
    insert into api.follows (follower_id, followee_id) values (2, 1), (2, 5), (3, 2);
    insert into api.blocks (blocker_id, blocked_id) values (1, 4);
    insert into api.circles (id, owner_id, name) values (11, 1, 'family');
    insert into api.circle_members (circle_id, member_id) values (11, 7);
    insert into api.close_friends (owner_id, friend_id) values (1, 7);
    select null::text where false;
$$;
create table tap.personas (name text primary key, role text not null, viewer text not null);
insert into tap.personas values
    ('visitor', 'anon', ''), ('owner', 'authenticated', '1'), ('follower', 'authenticated', '2'),
    ('stranger', 'authenticated', '3'), ('blocked', 'authenticated', '4'), ('private', 'authenticated', '5'),
    ('closed', 'authenticated', '6'), ('circle', 'authenticated', '7'), ('minor', 'authenticated', '8'),
    ('suspended', 'authenticated', '9'), ('creator', 'creator', '3'), ('advertiser', 'advertiser', '3'),
    ('moderator', 'moderator', '3'), ('admin', 'admin', '3'), ('gateway', 'gateway', ''), ('support', 'support', ''),
    ('authenticator', 'authenticator', '1');

-- How many rows a verb reaches, or the code with which it is refused ('no' is 42501). A persona whose column is null is
-- answered as the stranger is; gateway, support and authenticator reach nothing. A closed and a suspended account change
-- nothing either: where they may use a verb at all, they are told so (DA403), whatever the row says.
create table tap.expected (
    thing text, verb text, visitor text, owner text, follower text, stranger text, blocked text, private text, closed text,
    circle text, minor text, suspended text, creator text, advertiser text, moderator text, admin text,
    primary key (thing, verb)
);
create table tap.attempts (thing text, verb text, statement text, primary key (thing, verb));

-- Nobody may use these verbs on this table.
create function tap.refuse(thing text, variadic verbs text[] default '{select,insert,update,delete}') returns setof text
language sql
as $$
    insert into tap.expected
    select refuse.thing, v.verb, 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no'
    from unnest(verbs) as v (verb);
    select null::text where false;
$$;

create function tap.attempt(who text, viewer text, statement text) returns text
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

-- What is tried where a test names no attempt: something that fits any table.
create function tap.any_attempt(thing text, verb text) returns text
language sql
as $$
    select case any_attempt.verb
        when 'select' then format('select from %s', any_attempt.thing)
        when 'insert' then format('insert into %s default values', any_attempt.thing)
        when 'update' then format(
            'update %s set %I = %2$I', any_attempt.thing,
            (
                select a.attname from pg_attribute as a
                where a.attrelid = any_attempt.thing::regclass and a.attnum > 0 and a.attidentity = ''
                    and a.attgenerated = '' and not a.attisdropped
                order by a.attnum limit 1
            )
        )
        else format('delete from %s', any_attempt.thing)
    end
$$;

create function tap.matrix() returns setof text
language sql
as $$
    select tap.is(
        tap.attempt(p.role, p.viewer, coalesce(a.statement, tap.any_attempt(e.thing, e.verb))),
        case
            when p.name in ('gateway', 'support', 'authenticator') then 'no'
            when p.name in ('closed', 'suspended') and e.verb <> 'select' and e.stranger <> 'no' then 'DA403'
            else coalesce(to_jsonb(e) ->> p.name, e.stranger)
        end,
        format('%s: %s %s', p.name, e.verb, e.thing)
    )
    from tap.expected as e
    left join tap.attempts as a on a.thing = e.thing and a.verb = e.verb
    cross join tap.personas as p
    order by e.thing, e.verb, p.name
$$;
