-- migrate:up
-- One address, not a list of them nor a name with one: a letter would go to all that can be read out of it.
-- squawk-ignore ban-drop-constraint
alter table api.user_private drop constraint user_private_email_is_an_address;
-- squawk-ignore constraint-missing-not-valid -- a million accounts are read in a second
alter table api.user_private add constraint user_private_email_is_an_address check (
    email ~ '^[^][@[:space:],;:<>()"\\]+@[^][@[:space:],;:<>()"\\]+$' and length(email) <= 254
);

-- migrate:down
-- squawk-ignore ban-drop-constraint
alter table api.user_private drop constraint user_private_email_is_an_address;
-- squawk-ignore constraint-missing-not-valid
alter table api.user_private add constraint user_private_email_is_an_address check (
    email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 254
);
