-- Accounts and sessions: what the gateway may do, that refusals are recorded, and that nobody else comes near.
begin;
select no_plan();

create schema play;
grant usage, create on schema play to public;
create function play.secret() returns bytea language sql return decode(repeat('ab', 32), 'hex');
create function play.sign_in(account_id bigint) returns bigint language sql as $$
    select session_id
    from auth.open_session(
        account_id, decode(repeat('ab', 32), 'hex'), decode(repeat('cd', 32), 'hex'), '192.0.2.7', 'Safari',
        '30 days', '90 days'
    )
$$;
create function play.rotate(session_id bigint, presented bigint) returns text language sql as $$
    select concat_ws(' ', status, role, refresh_counter)
    from auth.rotate_session(session_id, presented, '192.0.2.8', 'Chrome', '30 days', '10 seconds')
$$;

-- The gateway registers Mona; the second account of that name or address is refused with a reason.
set local role gateway;
select is(status, 'created', 'Mona gets an account')
from auth.register_account('Mona', 'Mona@daira.example', '$2b$12$hash', null, '192.0.2.7', 'Safari');
select is(status, expected, 'refused: ' || expected)
from (
    values
        ('mona', 'other@daira.example', 'taken_username'),
        ('admin', 'other@daira.example', 'taken_username'),
        ('mona2', 'MONA@DAIRA.EXAMPLE', 'taken_email'),
        ('m', 'other@daira.example', 'invalid_username'),
        ('mona2', 'nonsense', 'invalid_email')
) as v (username, email, expected)
cross join lateral auth.register_account(v.username, v.email, '$2b$12$hash', null, null, null);
reset role;
select is(username::text, 'mona', 'the handle is in small letters') from api.users where username = 'mona';
select is(email, 'Mona@daira.example', 'the address is kept as it was written')
from api.user_private
where email_key = 'mona@daira.example';
select is(count(*), 5::bigint, 'each refusal left a record') from auth.audit where action = 'registration_refused';
select is_empty('select from api.users where username = ''mona2''', 'and no half-made account');

-- Her address is confirmed by what was sent there, once asked for by the job; whoever asks for it learns nothing.
select is(count(*), 1::bigint, 'a job sends her a token')
from procrastinate.procrastinate_jobs
where task_name = 'accounts.confirm_email' and args ->> 'user_id' is not null;
set local role gateway;
select is(auth.resend_confirmation(email, '192.0.2.7', 'Safari'), 'asked', 'asked for ' || email)
from (values ('mona@daira.example'), ('nobody@daira.example')) as v (email);
select throws_ok(
    $$ select ops.issue_confirmation(1, sha256('x'), '1 day') $$, '42501', null, 'the gateway makes no tokens'
);
reset role;
set local role worker;
select throws_ok($$ select auth.confirm_email(sha256('x'), null, null) $$, '42501', null, 'the worker confirms nothing');
select throws_ok('select from auth.one_time_tokens', '42501', null, 'nor reads tokens');
reset role;
select results_eq(
    format($$ select status, email, locale from ops.issue_confirmation(%s, sha256('t'), '1 day') $$, id),
    $$ values ('issued', 'Mona@daira.example', 'ar') $$, 'the job is told where to send it'
) from api.users where username = 'mona';
set local role gateway;
select is(auth.confirm_email(token::bytea, null, null), expected, expected)
from (
    values (sha256('other'), 'unknown'), (sha256('t'), 'confirmed'), (sha256('t'), 'confirmed_already')
) as v (token, expected);
reset role;
select isnt(email_verified_at, null, 'the address is hers') from api.user_private where email_key = 'mona@daira.example';
select is(status, 'confirmed', 'no further token is made')
from api.users as u
cross join lateral ops.issue_confirmation(u.id, sha256('u'), '1 day')
where u.username = 'mona';
select is(status, 'gone', 'and none for nobody') from ops.issue_confirmation(-1, sha256('u'), '1 day');
select results_eq(
    $$ select action from auth.audit where action like '%confirm%' order by id $$,
    array['confirmation_asked', 'confirmation_asked', 'confirmation_refused', 'email_confirmed'], 'all is on record'
);

create table play.mona as select id from api.users where username = 'mona';
grant select on play.mona to public;

-- Credentials are found by address in any spelling, by the gateway alone.
set local role gateway;
select is(c.password_hash, '$2b$12$hash', 'the hash is found by the address')
from auth.find_credentials('MONA@daira.example') as c;
select is_empty($$ select from auth.find_credentials('nobody@daira.example') $$, 'an unknown address finds nothing');
select is(auth.replace_password_hash(id, '$2b$12$other', '$2b$13$new'), 'changed_meanwhile', 'a changed hash stays')
from play.mona;
select is(auth.replace_password_hash(id, '$2b$12$hash', '$2b$13$new'), 'replaced', 'the present one is') from play.mona;
select throws_ok('select from auth.credentials', '42501', null, 'the gateway reads no tables');
select throws_ok('select from auth.sessions', '42501', null, 'of sessions neither');
select throws_ok($$ select auth.revoke_session(1, 'logout') $$, '42501', null, 'and runs no inner function');
select throws_ok($$ select auth.record_event('logged_in', 1, 1, null, null) $$, '42501', null, 'nor writes the audit');

-- A session: exchanged, repeated, reused.
create table play.played as
select play.sign_in(id) as first, play.sign_in(id) as second from play.mona;
grant select on play.played to public;
select is(auth.find_refresh_key(first), play.secret(), 'the key of a living session is found') from play.played;
select is(play.rotate(first, 0), 'rotated authenticated 1', 'the current token is exchanged') from play.played;
select is(play.rotate(first, 0), 'repeated authenticated 1', 'its parent gets the same answer again') from play.played;
select is(play.rotate(first, 1), 'rotated authenticated 2', 'the next one is exchanged') from play.played;
select is(play.rotate(first, 0), 'repeated authenticated 2', 'an old one is tolerated for ten seconds') from play.played;
select is(play.rotate(first, 9), 'unknown authenticated', 'one from the future is not') from play.played;
select is(play.rotate(1, 0), 'unknown', 'nor one of no session');
reset role;
update auth.sessions set rotated_at = now() - interval '10 days';
set local role gateway;
select is(play.rotate(first, 1), 'repeated authenticated 2', 'the parent is tolerated for longer') from play.played;
select is(play.rotate(first, 0), 'reused authenticated', 'an older one is reuse') from play.played;
select is(play.rotate(first, 2), 'revoked authenticated', 'which ends the session for its owner too') from play.played;
select is(auth.find_refresh_key(first), null, 'and its key is no longer given') from play.played;
select is(play.rotate(second, 0), 'rotated authenticated 1', 'other sessions go on') from play.played;
reset role;
select results_eq(
    'select revoked_reason from auth.sessions join play.played on first = id', array['token_reuse'], 'the reason is kept'
);
select results_eq(
    'select action from auth.audit join play.played on first = session_id order by id',
    array[
        'logged_in', 'token_refreshed', 'token_repeated', 'token_refreshed', 'token_repeated', 'token_repeated',
        'token_reused'
    ],
    'every step is recorded'
);
select is(count(*), 1::bigint, 'one device was used') from auth.devices;

-- Ends.
update auth.sessions set expires_at = now() - interval '1 second' from play.played where id = second;
set local role gateway;
select is(play.rotate(second, 1), 'expired authenticated', 'a token not exchanged in time is dead') from play.played;
select is(count(*), 0::bigint, 'no session is listed') from play.mona, auth.list_sessions(mona.id);
create table play.later as
select play.sign_in(id) as kept, play.sign_in(id) as ended from play.mona;
grant select on play.later to public;
select is(count(*), 2::bigint, 'two are') from play.mona, auth.list_sessions(mona.id);
select is(auth.close_session(mona.id + 1, ended, null, null), 'unknown', 'a stranger signs nobody out')
from play.mona, play.later;
select is(auth.close_session(mona.id, ended, null, null), 'closed', 'Mona signs out') from play.mona, play.later;
select is(auth.close_session(mona.id, ended, null, null), 'closed_already', 'once') from play.mona, play.later;
select is(a.status, expected, 'her account is ' || expected)
from
    play.mona,
    play.later,
    lateral (values (kept, 'live'), (ended, 'signed_out'), (0, 'signed_out')) as v (session_id, expected),
    lateral auth.find_account(mona.id, v.session_id) as a;
select is(auth.close_other_sessions(mona.id, null, 'password_change'), 2, 'all can be ended at once') from play.mona;

-- A disabled account signs in nowhere.
reset role;
update auth.credentials set disabled_at = now();
set local role gateway;
select is(o.status, 'disabled', 'no session is opened')
from play.mona, auth.open_session(mona.id, play.secret(), play.secret(), null, null, '1 day', '1 day') as o;
select ok(c.is_disabled, 'the gateway is told') from auth.find_credentials('mona@daira.example') as c;

-- Nobody else comes near.
set local role authenticated;
select set_config('app.user_id', id::text, true) from play.mona;
select throws_ok(
    $$ select from auth.find_credentials('mona@daira.example') $$, '42501', null, 'users find no credentials'
);
select throws_ok('select from auth.audit', '42501', null, 'nor read the audit');
set local role admin;
select throws_ok('select from auth.sessions', '42501', null, 'nor do administrators read sessions');
set local role worker;
select throws_ok('select from auth.credentials', '42501', null, 'nor workers credentials');

-- The audit is append-only, for its owner too.
set local role migrator;
select throws_ok('update auth.audit set user_id = 5', 'DA090', null, 'the record is not changed');
select throws_ok('delete from auth.audit', 'DA090', null, 'nor shortened');
select throws_ok('truncate auth.audit', 'DA090', null, 'nor emptied');
select isnt_empty('select from auth.audit', 'it is there');

reset role;
select * from finish();
rollback;
