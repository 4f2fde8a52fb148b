-- register_account write --
-- Creates an account; the status says what stood in the way.
select
    status,
    account
from auth.register_account($1::text, $2::text, $3::text, $4::date, $5::inet, $6::text);

-- find_credentials read --
-- What a sign-in with an address is checked against.
select
    user_id,
    password_hash,
    is_disabled
from auth.find_credentials($1::text);

-- replace_password_hash write --
-- The same password under the present cost.
select auth.replace_password_hash($1::bigint, $2::text, $3::text);

-- note_failed_login write --
-- Records a refused sign-in.
select auth.note_failed_login($1::bigint, $2::inet, $3::text, $4::text);

-- open_session write --
-- Starts a session at counter 0.
select
    status,
    session_id,
    role
from auth.open_session($1::bigint, $2::bytea, $3::bytea, $4::inet, $5::text, $6::interval, $7::interval);

-- find_refresh_key read --
-- The session's half of its refresh tokens' key.
select auth.find_refresh_key($1::bigint);

-- rotate_session write --
-- Exchanges a refresh token whose digest has been checked.
select
    status,
    user_id,
    role,
    refresh_counter
from auth.rotate_session($1::bigint, $2::bigint, $3::inet, $4::text, $5::interval, $6::interval);

-- close_session write --
-- Signs one session out.
select auth.close_session($1::bigint, $2::bigint, $3::inet, $4::text);

-- find_account read --
-- The account behind an access token and the state of its session.
select
    status,
    account
from auth.find_account($1::bigint, $2::bigint);

-- resend_confirmation write --
-- Has a token sent to an address, if somebody has it.
select auth.resend_confirmation($1::text, $2::inet, $3::text);

-- confirm_email write --
-- Confirms the address that a token was sent to.
select auth.confirm_email($1::bytea, $2::inet, $3::text);
