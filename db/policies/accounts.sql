-- The gateway runs the functions of accounts and sessions; nobody reads their tables.
grant usage on schema auth to gateway;
grant execute on function
auth.register_account(text, text, text, date, inet, text),
auth.find_credentials(text),
auth.replace_password_hash(bigint, text, text),
auth.note_failed_login(bigint, inet, text, text),
auth.open_session(bigint, bytea, bytea, inet, text, interval, interval),
auth.find_refresh_key(bigint),
auth.rotate_session(bigint, bigint, inet, text, interval, interval),
auth.close_session(bigint, bigint, inet, text),
auth.close_other_sessions(bigint, bigint, text),
auth.list_sessions(bigint),
auth.find_account(bigint, bigint),
auth.resend_confirmation(text, inet, text),
auth.confirm_email(bytea, inet, text)
to gateway;
