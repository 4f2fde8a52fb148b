-- migrate:up
-- dbmate has made schema ops already: its own table of applied migrations is there.
create schema if not exists ops;
create schema api;
create schema auth;
create schema feed;
create schema partitions;
create schema procrastinate;
create schema support;

comment on schema api is e'@graphql({"inflect_names": true, "introspection": true, "resolve_base_type": true})\nWhat clients see.';
comment on schema auth is 'Secrets, sessions and the audit of accounts.';
comment on schema feed is 'Timelines, and the rule of who sees whose content.';
comment on schema ops is 'Counters, dead letters and the machinery of migrations.';
comment on schema partitions is 'Leaves of partitioned tables. Nobody is granted anything here.';
comment on schema procrastinate is 'The job queue.';
comment on schema support is 'Views for support staff.';

alter default privileges revoke execute on functions from public;

create extension if not exists ltree with schema extensions;

create sequence api.snowflake_seq as bigint cycle cache 1;
comment on sequence api.snowflake_seq is 'The low twelve bits of identifiers.';

-- Layout: 41 bits of milliseconds since 2025-01-01Z, 10 bits of node, 12 bits of sequence (Mastodon and Instagram use
-- the same idea). All writers of a database share one sequence, so two identifiers are alike only when the clock steps
-- back onto the very millisecond in which the sequence stood 4096 calls earlier; the primary key then refuses the row.
-- REST follows the cast (a data representation in PostgREST's sense); PostgreSQL itself warns that it won't.
create domain api.snowflake as bigint;
comment on domain api.snowflake is 'A time-ordered identifier: a bigint in the database, a string in JSON.';

create function extensions.snowflake_to_json(id api.snowflake)
returns json
language sql
immutable
strict
return to_json(id::text);
comment on function extensions.snowflake_to_json(api.snowflake) is
'An identifier as a string: JavaScript''s numbers end at 2^53.';

create cast (api.snowflake as json) with function extensions.snowflake_to_json(api.snowflake) as implicit;

create function api.next_id()
returns bigint
language sql
volatile
return (
    ((trunc(extract(epoch from clock_timestamp()) * 1000)::bigint - 1735689600000) << 22)
    | (coalesce(nullif(current_setting('daira.node', true), ''), '1')::bigint << 12)
    | (nextval('api.snowflake_seq') & 4095)
);
comment on function api.next_id() is 'A new time-ordered identifier.';

create function api.id_at(moment timestamptz)
returns bigint
language sql
immutable
strict
return (ceil(extract(epoch from moment) * 1000)::bigint - 1735689600000) << 22;
comment on function api.id_at(timestamptz) is 'The smallest identifier that can be made at this moment or later.';

create function api.time_of_id(id bigint)
returns timestamptz
language sql
immutable
strict
return to_timestamp(((id >> 22) + 1735689600000) / 1000.0);
comment on function api.time_of_id(bigint) is 'The moment at which an identifier was made, to the millisecond.';

create function auth.uid()
returns bigint
language sql
stable
return nullif(current_setting('app.user_id', true), '')::bigint;
comment on function auth.uid() is 'The user on whose behalf the statement runs, or null.';

-- Closed sets are text under a check: comparing text is leak-proof, comparing enums is not, and only leak-proof
-- comparisons reach an index under row-level security.
create domain api.user_type as text
constraint user_type_is_known check (value in ('REGULAR', 'CREATOR', 'BUSINESS', 'OFFICIAL'));
create domain api.post_type as text
constraint post_type_is_known check (value in ('REGULAR', 'REEL', 'STORY', 'THREAD'));
create domain api.visibility as text
constraint visibility_is_known check (
    value in ('PUBLIC', 'FOLLOWERS', 'CIRCLE', 'CLOSE_FRIENDS', 'GROUP', 'PRIVATE')
);
create domain api.reaction_kind as text
constraint reaction_kind_is_known check (value in ('LIKE', 'LOVE', 'LAUGH', 'WOW', 'SAD', 'ANGRY'));
create domain api.media_status as text
constraint media_status_is_known check (value in ('requested', 'uploaded', 'ready', 'rejected', 'expired'));
create domain api.username as text
constraint username_is_well_formed check (value ~ '^[a-z0-9_](?:[a-z0-9_.]{1,28})[a-z0-9_]$');
create domain api.language_tag as text
constraint language_tag_is_well_formed check (value ~ '^[a-z]{2,3}(-[A-Z]{2})?$');
create domain api.web_address as text
constraint web_address_is_http check (value ~ '^https?://[^[:space:]]+$' and length(value) <= 2048);

comment on domain api.user_type is e'@graphql({"enum": true})\nWhat kind of account a user has.';
comment on domain api.post_type is e'@graphql({"enum": true})\nWhat kind of post it is.';
comment on domain api.visibility is
e'@graphql({"enum": true})\nWho may see it: everybody, the followers, a circle, the close friends, or nobody but the author.';
comment on domain api.reaction_kind is e'@graphql({"enum": true})\nWhat a reaction says.';
comment on domain api.media_status is e'@graphql({"enum": true})\nHow far an uploaded object has come.';
comment on domain api.username is 'A handle: 3 to 30 of a-z, 0-9, underscore and dot, with no dot at either end.';
comment on domain api.language_tag is 'A language, or a language and a country: ar, ar-EG.';
comment on domain api.web_address is 'An address beginning with http:// or https://, of at most 2048 characters.';

-- migrate:down
-- Schema ops stays: it holds the list of applied migrations.
drop schema support cascade;
drop schema procrastinate cascade;
drop schema partitions cascade;
drop schema feed cascade;
drop schema auth cascade;
drop schema api cascade;
drop extension ltree;
alter default privileges grant execute on functions to public;
