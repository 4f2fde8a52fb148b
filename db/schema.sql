--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: api; Type: SCHEMA; Schema: -; Owner: migrator
--

CREATE SCHEMA api;

ALTER SCHEMA api OWNER TO migrator;

--
-- Name: SCHEMA api; Type: COMMENT; Schema: -; Owner: migrator
--

COMMENT ON SCHEMA api IS '@graphql({"inflect_names": true, "introspection": true, "resolve_base_type": true})
What clients see.';

--
-- Name: auth; Type: SCHEMA; Schema: -; Owner: migrator
--

CREATE SCHEMA auth;

ALTER SCHEMA auth OWNER TO migrator;

--
-- Name: SCHEMA auth; Type: COMMENT; Schema: -; Owner: migrator
--

COMMENT ON SCHEMA auth IS 'Secrets, sessions and the audit of accounts.';

--
-- Name: extensions; Type: SCHEMA; Schema: -; Owner: migrator
--

CREATE SCHEMA extensions;

ALTER SCHEMA extensions OWNER TO migrator;

--
-- Name: SCHEMA extensions; Type: COMMENT; Schema: -; Owner: migrator
--

COMMENT ON SCHEMA extensions IS 'What comes with PostgreSQL''s extensions.';

--
-- Name: feed; Type: SCHEMA; Schema: -; Owner: migrator
--

CREATE SCHEMA feed;

ALTER SCHEMA feed OWNER TO migrator;

--
-- Name: SCHEMA feed; Type: COMMENT; Schema: -; Owner: migrator
--

COMMENT ON SCHEMA feed IS 'Timelines, and the rule of who sees whose content.';

--
-- Name: ops; Type: SCHEMA; Schema: -; Owner: migrator
--

CREATE SCHEMA ops;

ALTER SCHEMA ops OWNER TO migrator;

--
-- Name: SCHEMA ops; Type: COMMENT; Schema: -; Owner: migrator
--

COMMENT ON SCHEMA ops IS 'Counters, dead letters and the machinery of migrations.';

--
-- Name: procrastinate; Type: SCHEMA; Schema: -; Owner: migrator
--

CREATE SCHEMA procrastinate;

ALTER SCHEMA procrastinate OWNER TO migrator;

--
-- Name: SCHEMA procrastinate; Type: COMMENT; Schema: -; Owner: migrator
--

COMMENT ON SCHEMA procrastinate IS 'The job queue.';

--
-- Name: support; Type: SCHEMA; Schema: -; Owner: migrator
--

CREATE SCHEMA support;

ALTER SCHEMA support OWNER TO migrator;

--
-- Name: SCHEMA support; Type: COMMENT; Schema: -; Owner: migrator
--

COMMENT ON SCHEMA support IS 'Views for support staff.';

--
-- Name: ltree; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS ltree WITH SCHEMA extensions;

--
-- Name: EXTENSION ltree; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION ltree IS 'data type for hierarchical tree-like structures';

--
-- Name: language_tag; Type: DOMAIN; Schema: api; Owner: migrator
--

CREATE DOMAIN api.language_tag AS text
	CONSTRAINT language_tag_is_well_formed CHECK ((VALUE ~ '^[a-z]{2,3}(-[A-Z]{2})?$'::text));

ALTER DOMAIN api.language_tag OWNER TO migrator;

--
-- Name: DOMAIN language_tag; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON DOMAIN api.language_tag IS 'A language, or a language and a country: ar, ar-EG.';

--
-- Name: post_type; Type: DOMAIN; Schema: api; Owner: migrator
--

CREATE DOMAIN api.post_type AS text
	CONSTRAINT post_type_is_known CHECK ((VALUE = ANY (ARRAY['REGULAR'::text, 'REEL'::text, 'STORY'::text, 'THREAD'::text])));

ALTER DOMAIN api.post_type OWNER TO migrator;

--
-- Name: DOMAIN post_type; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON DOMAIN api.post_type IS 'What kind of post it is.';

--
-- Name: visibility; Type: DOMAIN; Schema: api; Owner: migrator
--

CREATE DOMAIN api.visibility AS text
	CONSTRAINT visibility_is_known CHECK ((VALUE = ANY (ARRAY['PUBLIC'::text, 'FOLLOWERS'::text, 'PRIVATE'::text])));

ALTER DOMAIN api.visibility OWNER TO migrator;

--
-- Name: DOMAIN visibility; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON DOMAIN api.visibility IS 'Who may see it: everybody, the followers, or nobody but the author.';

--
-- Name: create_post_input; Type: TYPE; Schema: api; Owner: migrator
--

CREATE TYPE api.create_post_input AS (
	type api.post_type,
	content text,
	media_urls text[],
	visibility api.visibility,
	language api.language_tag
);

ALTER TYPE api.create_post_input OWNER TO migrator;

--
-- Name: TYPE create_post_input; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TYPE api.create_post_input IS 'What createPost takes.';

--
-- Name: COLUMN create_post_input.type; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.create_post_input.type IS 'What kind of post it is; REGULAR where not given.';

--
-- Name: COLUMN create_post_input.content; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.create_post_input.content IS 'The text, of at most 5000 characters.';

--
-- Name: COLUMN create_post_input.media_urls; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.create_post_input.media_urls IS 'Addresses of pictures and videos, ten at most.';

--
-- Name: COLUMN create_post_input.visibility; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.create_post_input.visibility IS 'Who may see it; PUBLIC where not given.';

--
-- Name: COLUMN create_post_input.language; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.create_post_input.language IS 'The language of the text.';

--
-- Name: snowflake; Type: DOMAIN; Schema: api; Owner: migrator
--

CREATE DOMAIN api.snowflake AS bigint;

ALTER DOMAIN api.snowflake OWNER TO migrator;

--
-- Name: DOMAIN snowflake; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON DOMAIN api.snowflake IS 'A time-ordered identifier: a bigint in the database, a string in JSON.';

--
-- Name: web_address; Type: DOMAIN; Schema: api; Owner: migrator
--

CREATE DOMAIN api.web_address AS text
	CONSTRAINT web_address_is_http CHECK (((VALUE ~ '^https?://[^[:space:]]+$'::text) AND (length(VALUE) <= 2048)));

ALTER DOMAIN api.web_address OWNER TO migrator;

--
-- Name: DOMAIN web_address; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON DOMAIN api.web_address IS 'An address beginning with http:// or https://, of at most 2048 characters.';

--
-- Name: snowflake_seq; Type: SEQUENCE; Schema: api; Owner: migrator
--

CREATE SEQUENCE api.snowflake_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
    CYCLE;

ALTER SEQUENCE api.snowflake_seq OWNER TO migrator;

--
-- Name: SEQUENCE snowflake_seq; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON SEQUENCE api.snowflake_seq IS 'The low twelve bits of identifiers.';

--
-- Name: next_id(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.next_id() RETURNS bigint
    LANGUAGE sql
    RETURN (((((trunc((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric)))::bigint - '1735689600000'::bigint) << 22) | ((COALESCE(NULLIF(current_setting('daira.node'::text, true), ''::text), '1'::text))::bigint << 12)) | (nextval('api.snowflake_seq'::regclass) & (4095)::bigint));

ALTER FUNCTION api.next_id() OWNER TO migrator;

--
-- Name: FUNCTION next_id(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.next_id() IS 'A new time-ordered identifier.';

--
-- Name: uid(); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.uid() RETURNS bigint
    LANGUAGE sql STABLE
    RETURN (NULLIF(current_setting('app.user_id'::text, true), ''::text))::bigint;

ALTER FUNCTION auth.uid() OWNER TO migrator;

--
-- Name: FUNCTION uid(); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.uid() IS 'The user on whose behalf the statement runs, or null.';

SET default_tablespace = '';

--
-- Name: posts; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.posts (
    id api.snowflake DEFAULT api.next_id() NOT NULL,
    author_id api.snowflake DEFAULT auth.uid() NOT NULL,
    type api.post_type DEFAULT 'REGULAR'::text NOT NULL,
    content text DEFAULT ''::text NOT NULL,
    visibility api.visibility DEFAULT 'PUBLIC'::text NOT NULL,
    media_urls text[] DEFAULT '{}'::text[] NOT NULL,
    language api.language_tag,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT posts_content_is_short CHECK ((length(content) <= 5000)),
    CONSTRAINT posts_media_urls_are_ten_at_most CHECK ((cardinality(media_urls) <= 10)),
    CONSTRAINT posts_media_urls_are_web_addresses CHECK ((((media_urls)::api.web_address[] IS NOT NULL) AND (array_position(media_urls, NULL::text) IS NULL))),
    CONSTRAINT posts_need_text_or_media CHECK (((content <> ''::text) OR (cardinality(media_urls) > 0)))
)
PARTITION BY RANGE (id);

ALTER TABLE ONLY api.posts FORCE ROW LEVEL SECURITY;

ALTER TABLE api.posts OWNER TO migrator;

--
-- Name: TABLE posts; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.posts IS '@graphql({"name": "Post"})
What a user has published.';

--
-- Name: COLUMN posts.id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.id IS 'Identifier; later posts have greater ones.';

--
-- Name: COLUMN posts.author_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.author_id IS 'Who wrote it.';

--
-- Name: COLUMN posts.type; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.type IS 'What kind of post it is.';

--
-- Name: COLUMN posts.content; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.content IS 'The text, of at most 5000 characters.';

--
-- Name: COLUMN posts.visibility; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.visibility IS 'Who may see it.';

--
-- Name: COLUMN posts.media_urls; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.media_urls IS 'Addresses of pictures and videos, ten at most.';

--
-- Name: COLUMN posts.language; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.language IS 'The language of the text, where known.';

--
-- Name: COLUMN posts.created_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.created_at IS 'When it was published.';

--
-- Name: COLUMN posts.updated_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.updated_at IS 'When it last changed.';

--
-- Name: COLUMN posts.deleted_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.deleted_at IS 'When it was deleted.';

--
-- Name: COLUMN posts.version; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.posts.version IS 'Counts changes. A change that names another version than the current one is refused.';

--
-- Name: feed_edge; Type: TYPE; Schema: api; Owner: migrator
--

CREATE TYPE api.feed_edge AS (
	cursor text,
	node api.posts
);

ALTER TYPE api.feed_edge OWNER TO migrator;

--
-- Name: TYPE feed_edge; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TYPE api.feed_edge IS 'A post in a feed.';

--
-- Name: COLUMN feed_edge.cursor; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.feed_edge.cursor IS 'Where the post stands in the feed.';

--
-- Name: COLUMN feed_edge.node; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.feed_edge.node IS 'The post.';

--
-- Name: page_info; Type: TYPE; Schema: api; Owner: migrator
--

CREATE TYPE api.page_info AS (
	has_next_page boolean,
	has_previous_page boolean,
	start_cursor text,
	end_cursor text
);

ALTER TYPE api.page_info OWNER TO migrator;

--
-- Name: TYPE page_info; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TYPE api.page_info IS 'Where a page stands among its neighbours.';

--
-- Name: COLUMN page_info.has_next_page; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.page_info.has_next_page IS 'Whether there is more after this page.';

--
-- Name: COLUMN page_info.has_previous_page; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.page_info.has_previous_page IS 'Whether there is something before this page.';

--
-- Name: COLUMN page_info.start_cursor; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.page_info.start_cursor IS 'The cursor of the first item.';

--
-- Name: COLUMN page_info.end_cursor; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.page_info.end_cursor IS 'The cursor of the last item; give it to get the next page.';

--
-- Name: feed_connection; Type: TYPE; Schema: api; Owner: migrator
--

CREATE TYPE api.feed_connection AS (
	edges api.feed_edge[],
	page_info api.page_info
);

ALTER TYPE api.feed_connection OWNER TO migrator;

--
-- Name: TYPE feed_connection; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TYPE api.feed_connection IS 'A page of a feed.';

--
-- Name: COLUMN feed_connection.edges; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.feed_connection.edges IS 'The posts, newest first.';

--
-- Name: COLUMN feed_connection.page_info; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.feed_connection.page_info IS 'Where the page stands.';

--
-- Name: media_status; Type: DOMAIN; Schema: api; Owner: migrator
--

CREATE DOMAIN api.media_status AS text
	CONSTRAINT media_status_is_known CHECK ((VALUE = ANY (ARRAY['requested'::text, 'uploaded'::text, 'ready'::text, 'rejected'::text, 'expired'::text])));

ALTER DOMAIN api.media_status OWNER TO migrator;

--
-- Name: DOMAIN media_status; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON DOMAIN api.media_status IS 'How far an uploaded object has come.';

--
-- Name: reaction_kind; Type: DOMAIN; Schema: api; Owner: migrator
--

CREATE DOMAIN api.reaction_kind AS text
	CONSTRAINT reaction_kind_is_known CHECK ((VALUE = ANY (ARRAY['LIKE'::text, 'LOVE'::text, 'LAUGH'::text, 'WOW'::text, 'SAD'::text, 'ANGRY'::text])));

ALTER DOMAIN api.reaction_kind OWNER TO migrator;

--
-- Name: DOMAIN reaction_kind; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON DOMAIN api.reaction_kind IS 'What a reaction says.';

--
-- Name: user_type; Type: DOMAIN; Schema: api; Owner: migrator
--

CREATE DOMAIN api.user_type AS text
	CONSTRAINT user_type_is_known CHECK ((VALUE = ANY (ARRAY['REGULAR'::text, 'CREATOR'::text, 'BUSINESS'::text, 'OFFICIAL'::text])));

ALTER DOMAIN api.user_type OWNER TO migrator;

--
-- Name: DOMAIN user_type; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON DOMAIN api.user_type IS 'What kind of account a user has.';

--
-- Name: username; Type: DOMAIN; Schema: api; Owner: migrator
--

CREATE DOMAIN api.username AS text
	CONSTRAINT username_is_well_formed CHECK ((VALUE ~ '^[a-z0-9_](?:[a-z0-9_.]{1,28})[a-z0-9_]$'::text));

ALTER DOMAIN api.username OWNER TO migrator;

--
-- Name: DOMAIN username; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON DOMAIN api.username IS 'A handle: 3 to 30 of a-z, 0-9, underscore and dot, with no dot at either end.';

--
-- Name: reason; Type: DOMAIN; Schema: feed; Owner: migrator
--

CREATE DOMAIN feed.reason AS text
	CONSTRAINT reason_is_known CHECK ((VALUE = 'FOLLOW'::text));

ALTER DOMAIN feed.reason OWNER TO migrator;

--
-- Name: DOMAIN reason; Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON DOMAIN feed.reason IS 'Why a post stands in a timeline.';

--
-- Name: counter; Type: DOMAIN; Schema: ops; Owner: migrator
--

CREATE DOMAIN ops.counter AS text
	CONSTRAINT counter_is_known CHECK ((VALUE = ANY (ARRAY['POST_LIKES'::text, 'POST_COMMENTS'::text, 'POST_SHARES'::text, 'POST_SAVES'::text, 'POST_VIEWS'::text, 'USER_FOLLOWERS'::text, 'USER_FOLLOWING'::text, 'USER_POSTS'::text])));

ALTER DOMAIN ops.counter OWNER TO migrator;

--
-- Name: DOMAIN counter; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON DOMAIN ops.counter IS 'What is counted, named after the table and the column that hold the sum.';

--
-- Name: procrastinate_job_event_type; Type: TYPE; Schema: procrastinate; Owner: migrator
--

CREATE TYPE procrastinate.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

ALTER TYPE procrastinate.procrastinate_job_event_type OWNER TO migrator;

--
-- Name: procrastinate_job_status; Type: TYPE; Schema: procrastinate; Owner: migrator
--

CREATE TYPE procrastinate.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

ALTER TYPE procrastinate.procrastinate_job_status OWNER TO migrator;

--
-- Name: procrastinate_job_to_defer_v1; Type: TYPE; Schema: procrastinate; Owner: migrator
--

CREATE TYPE procrastinate.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

ALTER TYPE procrastinate.procrastinate_job_to_defer_v1 OWNER TO migrator;

--
-- Name: snowflake_to_json(api.snowflake); Type: FUNCTION; Schema: extensions; Owner: migrator
--

CREATE FUNCTION extensions.snowflake_to_json(id api.snowflake) RETURNS json
    LANGUAGE sql IMMUTABLE STRICT
    RETURN to_json((id)::text);

ALTER FUNCTION extensions.snowflake_to_json(id api.snowflake) OWNER TO migrator;

--
-- Name: FUNCTION snowflake_to_json(id api.snowflake); Type: COMMENT; Schema: extensions; Owner: migrator
--

COMMENT ON FUNCTION extensions.snowflake_to_json(id api.snowflake) IS 'An identifier as a string: JavaScript''s numbers end at 2^53.';

--
-- Name: CAST (api.snowflake AS json); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (api.snowflake AS json) WITH FUNCTION extensions.snowflake_to_json(api.snowflake) AS IMPLICIT;

SET default_table_access_method = heap;

--
-- Name: user_private; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.user_private (
    user_id api.snowflake NOT NULL,
    email text NOT NULL,
    email_key text GENERATED ALWAYS AS (lower((email COLLATE pg_unicode_fast))) STORED NOT NULL,
    email_verified_at timestamp with time zone,
    phone text,
    phone_verified_at timestamp with time zone,
    birth_date date,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_private_birth_date_is_sane CHECK ((birth_date >= '1900-01-01'::date)),
    CONSTRAINT user_private_email_is_an_address CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (length(email) <= 254))),
    CONSTRAINT user_private_phone_is_e164 CHECK ((phone ~ '^\+[1-9][0-9]{6,14}$'::text))
);

ALTER TABLE ONLY api.user_private FORCE ROW LEVEL SECURITY;

ALTER TABLE api.user_private OWNER TO migrator;

--
-- Name: TABLE user_private; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.user_private IS '@graphql({"name": "UserPrivate"})
What only the owner of an account may read.';

--
-- Name: COLUMN user_private.user_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_private.user_id IS 'Whose data this is.';

--
-- Name: COLUMN user_private.email; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_private.email IS 'E-mail address as the person wrote it.';

--
-- Name: COLUMN user_private.email_key; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_private.email_key IS 'E-mail address as accounts are looked up by it.';

--
-- Name: COLUMN user_private.email_verified_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_private.email_verified_at IS 'When the address was confirmed.';

--
-- Name: COLUMN user_private.phone; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_private.phone IS 'Phone number in E.164 form.';

--
-- Name: COLUMN user_private.phone_verified_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_private.phone_verified_at IS 'When the number was confirmed.';

--
-- Name: COLUMN user_private.birth_date; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_private.birth_date IS 'Date of birth.';

--
-- Name: COLUMN user_private.created_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_private.created_at IS 'When the row was made.';

--
-- Name: COLUMN user_private.updated_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_private.updated_at IS 'When it last changed.';

--
-- Name: users; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.users (
    id api.snowflake DEFAULT api.next_id() NOT NULL,
    username api.username NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    bio text DEFAULT ''::text NOT NULL,
    avatar_url api.web_address,
    locale api.language_tag DEFAULT 'ar'::text NOT NULL,
    user_type api.user_type DEFAULT 'REGULAR'::text NOT NULL,
    is_verified boolean DEFAULT false NOT NULL,
    is_private boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT users_bio_is_short CHECK ((length(bio) <= 500)),
    CONSTRAINT users_name_is_short CHECK ((length(name) <= 100))
);

ALTER TABLE ONLY api.users FORCE ROW LEVEL SECURITY;

ALTER TABLE api.users OWNER TO migrator;

--
-- Name: TABLE users; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.users IS '@graphql({"name": "User"})
The public profile of an account.';

--
-- Name: COLUMN users.id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.id IS 'Identifier.';

--
-- Name: COLUMN users.username; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.username IS 'The handle, unique among all accounts.';

--
-- Name: COLUMN users.name; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.name IS 'The name to show.';

--
-- Name: COLUMN users.bio; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.bio IS 'A few words about themselves.';

--
-- Name: COLUMN users.avatar_url; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.avatar_url IS 'Address of the picture.';

--
-- Name: COLUMN users.locale; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.locale IS 'The language of the interface.';

--
-- Name: COLUMN users.user_type; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.user_type IS 'What kind of account it is.';

--
-- Name: COLUMN users.is_verified; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.is_verified IS 'Whether DAIRA has checked who this is.';

--
-- Name: COLUMN users.is_private; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.is_private IS 'Whether only followers see the posts.';

--
-- Name: COLUMN users.created_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.created_at IS 'When the account was made.';

--
-- Name: COLUMN users.updated_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.updated_at IS 'When the profile last changed.';

--
-- Name: COLUMN users.deleted_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.deleted_at IS 'When the account was closed.';

--
-- Name: COLUMN users.version; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.users.version IS 'Counts changes. A change that names another version than the current one is refused.';

--
-- Name: _email(api.users); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api._email(subject api.users) RETURNS text
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT p.email
    FROM api.user_private p
   WHERE ((p.user_id)::bigint = ((_email.subject).id)::bigint);
END;

ALTER FUNCTION api._email(subject api.users) OWNER TO migrator;

--
-- Name: FUNCTION _email(subject api.users); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api._email(subject api.users) IS 'E-mail address; null unless it is one''s own profile.';

--
-- Name: user_stats; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.user_stats (
    user_id api.snowflake NOT NULL,
    follower_count integer DEFAULT 0 NOT NULL,
    following_count integer DEFAULT 0 NOT NULL,
    post_count integer DEFAULT 0 NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE ONLY api.user_stats FORCE ROW LEVEL SECURITY;

ALTER TABLE api.user_stats OWNER TO migrator;

--
-- Name: TABLE user_stats; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.user_stats IS '@graphql({"name": "UserStats"})
What is counted about a user, a moment late.';

--
-- Name: COLUMN user_stats.user_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_stats.user_id IS 'Whose numbers these are.';

--
-- Name: COLUMN user_stats.follower_count; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_stats.follower_count IS 'How many follow this user.';

--
-- Name: COLUMN user_stats.following_count; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_stats.following_count IS 'How many this user follows.';

--
-- Name: COLUMN user_stats.post_count; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.user_stats.post_count IS 'How many posts this user has published.';

--
-- Name: _follower_count(api.users); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api._follower_count(subject api.users) RETURNS integer
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT s.follower_count
    FROM api.user_stats s
   WHERE ((s.user_id)::bigint = ((_follower_count.subject).id)::bigint);
END;

ALTER FUNCTION api._follower_count(subject api.users) OWNER TO migrator;

--
-- Name: FUNCTION _follower_count(subject api.users); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api._follower_count(subject api.users) IS 'How many follow this user.';

--
-- Name: create_post(api.create_post_input); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.create_post(input api.create_post_input) RETURNS api.posts
    LANGUAGE sql
    BEGIN ATOMIC
 INSERT INTO api.posts (type, content, visibility, media_urls, language)
   VALUES (COALESCE(((create_post.input).type)::text, 'REGULAR'::text), COALESCE((create_post.input).content, ''::text), COALESCE(((create_post.input).visibility)::text, 'PUBLIC'::text), COALESCE((create_post.input).media_urls, '{}'::text[]), (create_post.input).language)
   RETURNING posts.id,
     posts.author_id,
     posts.type,
     posts.content,
     posts.visibility,
     posts.media_urls,
     posts.language,
     posts.created_at,
     posts.updated_at,
     posts.deleted_at,
     posts.version;
END;

ALTER FUNCTION api.create_post(input api.create_post_input) OWNER TO migrator;

--
-- Name: FUNCTION create_post(input api.create_post_input); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.create_post(input api.create_post_input) IS 'Publishes a post. Words marked with # become hashtags; the followers'' feeds show it within a second.';

--
-- Name: comments; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.comments (
    id api.snowflake DEFAULT api.next_id() NOT NULL,
    post_id api.snowflake NOT NULL,
    author_id api.snowflake DEFAULT auth.uid() NOT NULL,
    parent_id api.snowflake,
    path extensions.ltree NOT NULL,
    depth smallint GENERATED ALWAYS AS ((extensions.nlevel(path) - 1)) STORED NOT NULL,
    content text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT comments_are_not_too_deep CHECK ((depth <= 50)),
    CONSTRAINT comments_content_is_short CHECK (((length(content) >= 1) AND (length(content) <= 2200)))
)
PARTITION BY RANGE (id);

ALTER TABLE ONLY api.comments FORCE ROW LEVEL SECURITY;

ALTER TABLE api.comments OWNER TO migrator;

--
-- Name: TABLE comments; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.comments IS '@graphql({"name": "Comment"})
A remark under a post, or an answer to another remark.';

--
-- Name: COLUMN comments.id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.id IS 'Identifier; later comments have greater ones.';

--
-- Name: COLUMN comments.post_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.post_id IS 'The post that it is about.';

--
-- Name: COLUMN comments.author_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.author_id IS 'Who wrote it.';

--
-- Name: COLUMN comments.parent_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.parent_id IS 'The comment that it answers.';

--
-- Name: COLUMN comments.path; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.path IS 'Its ancestors and itself, outermost first.';

--
-- Name: COLUMN comments.depth; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.depth IS 'How many comments stand above it.';

--
-- Name: COLUMN comments.content; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.content IS 'The text, of at most 2200 characters.';

--
-- Name: COLUMN comments.created_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.created_at IS 'When it was written.';

--
-- Name: COLUMN comments.updated_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.updated_at IS 'When it last changed.';

--
-- Name: COLUMN comments.deleted_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.deleted_at IS 'When it was deleted.';

--
-- Name: COLUMN comments.version; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.comments.version IS 'Counts changes. A change that names another version than the current one is refused.';

--
-- Name: delete_comment(bigint); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.delete_comment(id bigint) RETURNS api.comments
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    deleted api.comments;
begin
    update api.comments as c
    set deleted_at = now()
    where c.id = delete_comment.id and c.author_id = auth.uid() and c.deleted_at is null
    returning c.* into deleted;
    if not found then
        raise exception 'There is no such comment of yours.'
            using errcode = 'DA404', hint = 'Only the author can delete a comment, and only once.';
    end if;
    return deleted;
end
$$;

ALTER FUNCTION api.delete_comment(id bigint) OWNER TO migrator;

--
-- Name: FUNCTION delete_comment(id bigint); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.delete_comment(id bigint) IS 'Deletes a comment of one''s own.';

--
-- Name: delete_post(bigint); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.delete_post(id bigint) RETURNS api.posts
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    deleted api.posts;
begin
    update api.posts as p
    set deleted_at = now()
    where p.id = delete_post.id and p.author_id = auth.uid() and p.deleted_at is null
    returning p.* into deleted;
    if not found then
        raise exception 'There is no such post of yours.'
            using errcode = 'DA404', hint = 'Only the author can delete a post, and only once.';
    end if;
    return deleted;
end
$$;

ALTER FUNCTION api.delete_post(id bigint) OWNER TO migrator;

--
-- Name: FUNCTION delete_post(id bigint); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.delete_post(id bigint) IS 'Deletes a post of one''s own.';

--
-- Name: feed(text, integer); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.feed(cursor text DEFAULT NULL::text, "limit" integer DEFAULT 20) RETURNS api.feed_connection
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
declare
    viewer constant bigint := auth.uid();
    before constant bigint := coalesce(feed.decode_cursor($1), 9223372036854775807);
    page_size constant integer := least(greatest(coalesce($2, 20), 1), 50);
    found bigint[];
    edges api.feed_edge[];
begin
    if viewer is null then
        raise exception 'Only a signed-in user has a feed.'
            using errcode = 'DA401', hint = 'Sign in and send the access token.';
    end if;
    found := feed.newest(viewer, before, page_size + 1);
    if cardinality(found) > page_size is not true then
        found := feed.newest_fetched(viewer, before, page_size + 1);
    end if;
    select array_agg(row(feed.encode_cursor(p.id), p)::api.feed_edge order by p.id desc)
    into edges
    from api.posts as p
    where p.id = any(found[:page_size]);
    return row(
        coalesce(edges, '{}'),
        row(
            coalesce(cardinality(found) > page_size, false),
            $1 is not null,
            edges[1].cursor,
            edges[cardinality(edges)].cursor
        )::api.page_info
    )::api.feed_connection;
end
$_$;

ALTER FUNCTION api.feed(cursor text, "limit" integer) OWNER TO migrator;

--
-- Name: FUNCTION feed(cursor text, "limit" integer); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.feed(cursor text, "limit" integer) IS 'The newest posts of the people whom one follows and of oneself. A page holds 1 to 50 posts.';

--
-- Name: id_at(timestamp with time zone); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.id_at(moment timestamp with time zone) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT
    RETURN (((ceil((EXTRACT(epoch FROM moment) * (1000)::numeric)))::bigint - '1735689600000'::bigint) << 22);

ALTER FUNCTION api.id_at(moment timestamp with time zone) OWNER TO migrator;

--
-- Name: FUNCTION id_at(moment timestamp with time zone); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.id_at(moment timestamp with time zone) IS 'The smallest identifier that can be made at this moment or later.';

--
-- Name: me(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.me() RETURNS api.users
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT u.id,
     u.username,
     u.name,
     u.bio,
     u.avatar_url,
     u.locale,
     u.user_type,
     u.is_verified,
     u.is_private,
     u.created_at,
     u.updated_at,
     u.deleted_at,
     u.version
    FROM api.users u
   WHERE ((u.id)::bigint = ( SELECT auth.uid() AS uid));
END;

ALTER FUNCTION api.me() OWNER TO migrator;

--
-- Name: FUNCTION me(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.me() IS 'The signed-in user, or null.';

--
-- Name: tg_blocks__part(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_blocks__part() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    delete from api.follows as f
    using added as b
    where
        (f.follower_id = b.blocker_id and f.followee_id = b.blocked_id)
        or (f.follower_id = b.blocked_id and f.followee_id = b.blocker_id);
    return null;
end
$$;

ALTER FUNCTION api.tg_blocks__part() OWNER TO migrator;

--
-- Name: FUNCTION tg_blocks__part(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_blocks__part() IS 'Ends the follows between two people, in both directions.';

--
-- Name: tg_comments__count(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_comments__count() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    if tg_op = 'INSERT' then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_COMMENTS', n.post_id, count(*)
        from added as n
        where n.deleted_at is null
        group by n.post_id;
    elsif tg_op = 'UPDATE' then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_COMMENTS', n.post_id, sum((n.deleted_at is null)::integer - (o.deleted_at is null)::integer)
        from added as n
        inner join removed as o on o.id = n.id
        where (n.deleted_at is null) <> (o.deleted_at is null)
        group by n.post_id;
    else
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_COMMENTS', o.post_id, -count(*)
        from removed as o
        where o.deleted_at is null
        group by o.post_id;
    end if;
    return null;
end
$$;

ALTER FUNCTION api.tg_comments__count() OWNER TO migrator;

--
-- Name: FUNCTION tg_comments__count(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_comments__count() IS 'Records how many comments posts have gained or lost.';

--
-- Name: tg_comments__place(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_comments__place() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    above text;
begin
    if new.parent_id is null then
        new.path := extensions.text2ltree(new.id::text);
        return new;
    end if;
    select c.path::text into above
    from api.comments as c
    inner join feed.visible_posts as p on p.id = c.post_id
    where
        c.id = new.parent_id and c.post_id = new.post_id and c.deleted_at is null
        and not exists (select from feed.viewer_blocks as b where b.user_id = c.author_id);
    if not found then
        raise exception 'There is no such comment under this post.'
            using errcode = 'DA404', hint = 'Answer a comment of the same post that you can see.';
    end if;
    new.path := extensions.text2ltree(above || '.' || new.id::text);
    return new;
end
$$;

ALTER FUNCTION api.tg_comments__place() OWNER TO migrator;

--
-- Name: FUNCTION tg_comments__place(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_comments__place() IS 'Puts a comment below the one that it answers.';

--
-- Name: tg_follows__added(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_follows__added() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_FOLLOWERS', f.followee_id, count(*)
    from added as f
    group by f.followee_id
    union all
    select 'USER_FOLLOWING', f.follower_id, count(*)
    from added as f
    group by f.follower_id;
    insert into feed.timelines (owner_id, post_id, author_id)
    select f.follower_id, p.id, p.author_id
    from added as f
    cross join lateral (
        select p.id, p.author_id
        from api.posts as p
        where p.author_id = f.followee_id and p.deleted_at is null and p.visibility <> 'PRIVATE'
        order by p.id desc
        limit 100
    ) as p
    where not exists (select from feed.pulled_authors as a where a.author_id = f.followee_id)
    on conflict (owner_id, post_id) do nothing;
    return null;
end
$$;

ALTER FUNCTION api.tg_follows__added() OWNER TO migrator;

--
-- Name: FUNCTION tg_follows__added(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_follows__added() IS 'Counts new followers and fills their timelines with the newest posts.';

--
-- Name: tg_follows__removed(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_follows__removed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_FOLLOWERS', f.followee_id, -count(*)
    from removed as f
    group by f.followee_id
    union all
    select 'USER_FOLLOWING', f.follower_id, -count(*)
    from removed as f
    group by f.follower_id;
    delete from feed.timelines as t
    using removed as f
    where t.owner_id = f.follower_id and t.author_id = f.followee_id;
    return null;
end
$$;

ALTER FUNCTION api.tg_follows__removed() OWNER TO migrator;

--
-- Name: FUNCTION tg_follows__removed(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_follows__removed() IS 'Counts lost followers and takes the posts out of their timelines.';

--
-- Name: tg_media__accept(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_media__accept() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    perform ops.defer('media', 'media.accept', jsonb_build_object('media_id', new.id));
    return null;
end
$$;

ALTER FUNCTION api.tg_media__accept() OWNER TO migrator;

--
-- Name: FUNCTION tg_media__accept(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_media__accept() IS 'Queues the acceptance of an upload.';

--
-- Name: tg_posts__count_deleted(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_posts__count_deleted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_POSTS', n.author_id, sum((n.deleted_at is null)::integer - (o.deleted_at is null)::integer)
    from added as n
    inner join removed as o on o.id = n.id
    where (n.deleted_at is null) <> (o.deleted_at is null)
    group by n.author_id;
    return null;
end
$$;

ALTER FUNCTION api.tg_posts__count_deleted() OWNER TO migrator;

--
-- Name: FUNCTION tg_posts__count_deleted(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_posts__count_deleted() IS 'Records how many posts users have lost.';

--
-- Name: tg_posts__publish(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_posts__publish() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    insert into api.post_stats (post_id)
    select p.id from added as p;
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_POSTS', p.author_id, count(*)
    from added as p
    where p.deleted_at is null
    group by p.author_id;
    perform ops.defer(
        'post.created',
        'fanout.deliver',
        jsonb_strip_nulls(
            jsonb_build_object(
                'post_id', p.id,
                'request_id', nullif(current_setting('app.request_id', true), '')
            )
        )
    )
    from added as p
    where p.visibility <> 'PRIVATE' and p.deleted_at is null;
    return null;
end
$$;

ALTER FUNCTION api.tg_posts__publish() OWNER TO migrator;

--
-- Name: FUNCTION tg_posts__publish(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_posts__publish() IS 'Gives new posts their statistics, counts them and has them delivered to followers.';

--
-- Name: tg_posts__tag(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_posts__tag() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    if tg_op = 'UPDATE' then
        delete from api.post_hashtags as h
        using changed as p
        where h.post_id = p.id;
    end if;
    if not exists (select from changed as p where p.content like '%#%') then
        return null;
    end if;
    insert into api.hashtags (name)
    select distinct tags.name
    from changed as p
    cross join lateral ops.parse_hashtags(p.content) as tags (name)
    order by tags.name
    on conflict (name) do nothing;
    insert into api.post_hashtags (post_id, hashtag_id)
    select p.id, h.id
    from changed as p
    cross join lateral ops.parse_hashtags(p.content) as tags (name)
    inner join api.hashtags as h on h.name = tags.name;
    update api.hashtags as h
    set is_listed = true
    from changed as p
    inner join api.users as u on u.id = p.author_id
    inner join api.post_hashtags as ph on ph.post_id = p.id
    where h.id = ph.hashtag_id and not h.is_listed
        and p.visibility = 'PUBLIC' and p.deleted_at is null and not u.is_private;
    return null;
end
$$;

ALTER FUNCTION api.tg_posts__tag() OWNER TO migrator;

--
-- Name: FUNCTION tg_posts__tag(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_posts__tag() IS 'Reads the hashtags out of posts.';

--
-- Name: tg_reactions__count(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_reactions__count() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    if tg_op = 'INSERT' then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_LIKES', r.post_id, count(*)
        from changed as r
        group by r.post_id;
    else
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_LIKES', r.post_id, -count(*)
        from changed as r
        group by r.post_id;
    end if;
    return null;
end
$$;

ALTER FUNCTION api.tg_reactions__count() OWNER TO migrator;

--
-- Name: FUNCTION tg_reactions__count(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_reactions__count() IS 'Records how many reactions posts have gained or lost.';

--
-- Name: tg_users__reserved(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_users__reserved() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if exists (select from ops.reserved_handles as r where r.handle = new.username) then
        raise exception 'duplicate key value violates unique constraint "users_username_is_unique"'
            using
                errcode = 'unique_violation', schema = 'api', table = 'users', column = 'username',
                constraint = 'users_username_is_unique', hint = 'Choose another handle.';
    end if;
    return new;
end
$$;

ALTER FUNCTION api.tg_users__reserved() OWNER TO migrator;

--
-- Name: FUNCTION tg_users__reserved(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_users__reserved() IS 'Keeps reserved handles from being taken.';

--
-- Name: tg_users__stats(); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.tg_users__stats() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    insert into api.user_stats (user_id)
    select u.id from added as u;
    return null;
end
$$;

ALTER FUNCTION api.tg_users__stats() OWNER TO migrator;

--
-- Name: FUNCTION tg_users__stats(); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.tg_users__stats() IS 'Gives new users their statistics.';

--
-- Name: time_of_id(bigint); Type: FUNCTION; Schema: api; Owner: migrator
--

CREATE FUNCTION api.time_of_id(id bigint) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE STRICT
    RETURN to_timestamp((((((id >> 22) + '1735689600000'::bigint))::numeric / 1000.0))::double precision);

ALTER FUNCTION api.time_of_id(id bigint) OWNER TO migrator;

--
-- Name: FUNCTION time_of_id(id bigint); Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON FUNCTION api.time_of_id(id bigint) IS 'The moment at which an identifier was made, to the millisecond.';

--
-- Name: close_other_sessions(bigint, bigint, text); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.close_other_sessions(account_id bigint, kept_id bigint, reason text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    closed integer;
begin
    update auth.sessions
    set revoked_at = now(), revoked_reason = reason
    where user_id = account_id and id is distinct from kept_id and revoked_at is null;
    get diagnostics closed = row_count;
    perform auth.record_event('sessions_revoked', account_id, kept_id, null, null,
        jsonb_build_object('reason', reason, 'closed', closed));
    return closed;
end;
$$;

ALTER FUNCTION auth.close_other_sessions(account_id bigint, kept_id bigint, reason text) OWNER TO migrator;

--
-- Name: FUNCTION close_other_sessions(account_id bigint, kept_id bigint, reason text); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.close_other_sessions(account_id bigint, kept_id bigint, reason text) IS 'Signs out every session of the account but one (all of them where it is null); says how many.';

--
-- Name: close_session(bigint, bigint, inet, text); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.close_session(account_id bigint, session_id bigint, ip inet, user_agent text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    if not exists (
        select from auth.sessions as s where s.id = close_session.session_id and s.user_id = account_id
    ) then
        return 'unknown';
    end if;
    if auth.revoke_session(close_session.session_id, 'logout') is null then
        return 'closed_already';
    end if;
    perform auth.record_event('logged_out', account_id, close_session.session_id, close_session.ip,
        close_session.user_agent);
    return 'closed';
end;
$$;

ALTER FUNCTION auth.close_session(account_id bigint, session_id bigint, ip inet, user_agent text) OWNER TO migrator;

--
-- Name: FUNCTION close_session(account_id bigint, session_id bigint, ip inet, user_agent text); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.close_session(account_id bigint, session_id bigint, ip inet, user_agent text) IS 'Signs one session out. Status: closed, closed_already, unknown.';

--
-- Name: credentials; Type: TABLE; Schema: auth; Owner: migrator
--

CREATE TABLE auth.credentials (
    user_id bigint NOT NULL,
    password_hash text NOT NULL,
    role text DEFAULT 'authenticated'::text NOT NULL,
    password_changed_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT credentials_hash_is_modular CHECK ((password_hash ~ '^[$][0-9a-z]+[$]'::text)),
    CONSTRAINT credentials_role_is_grantable CHECK ((role = ANY (ARRAY['authenticated'::text, 'creator'::text, 'advertiser'::text, 'moderator'::text, 'admin'::text])))
);

ALTER TABLE ONLY auth.credentials FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.credentials OWNER TO migrator;

--
-- Name: TABLE credentials; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON TABLE auth.credentials IS 'How an account proves itself, and the database role that its tokens carry.';

--
-- Name: COLUMN credentials.password_hash; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON COLUMN auth.credentials.password_hash IS 'Modular crypt format; made and checked by the gateway.';

--
-- Name: COLUMN credentials.disabled_at; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON COLUMN auth.credentials.disabled_at IS 'Since when nobody may sign in to this account.';

--
-- Name: describe_account(bigint); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.describe_account(account_id bigint) RETURNS json
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 SELECT json_build_object('id', (u.id)::text, 'username', u.username, 'email', p.email, 'name', u.name, 'avatar_url', u.avatar_url, 'locale', u.locale, 'user_type', u.user_type, 'is_verified', u.is_verified, 'is_private', u.is_private, 'role', c.role, 'created_at', u.created_at) AS json_build_object
    FROM ((api.users u
      JOIN api.user_private p ON (((p.user_id)::bigint = (u.id)::bigint)))
      JOIN auth.credentials c ON ((c.user_id = (u.id)::bigint)))
   WHERE (((u.id)::bigint = describe_account.account_id) AND (u.deleted_at IS NULL));
END;

ALTER FUNCTION auth.describe_account(account_id bigint) OWNER TO migrator;

--
-- Name: FUNCTION describe_account(account_id bigint); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.describe_account(account_id bigint) IS 'The account as its owner sees it: profile, e-mail address and role.';

--
-- Name: sessions; Type: TABLE; Schema: auth; Owner: migrator
--

CREATE TABLE auth.sessions (
    id bigint DEFAULT api.next_id() NOT NULL,
    user_id bigint NOT NULL,
    device_id bigint,
    refresh_key bytea NOT NULL,
    refresh_counter bigint DEFAULT 0 NOT NULL,
    aal text DEFAULT 'aal1'::text NOT NULL,
    amr text[] DEFAULT '{password}'::text[] NOT NULL,
    ip inet,
    user_agent text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    rotated_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_reason text,
    CONSTRAINT sessions_aal_is_known CHECK ((aal = ANY (ARRAY['aal1'::text, 'aal2'::text]))),
    CONSTRAINT sessions_counter_never_negative CHECK ((refresh_counter >= 0)),
    CONSTRAINT sessions_key_has_256_bits CHECK ((octet_length(refresh_key) = 32)),
    CONSTRAINT sessions_reason_is_known CHECK ((revoked_reason = ANY (ARRAY['logout'::text, 'logout_others'::text, 'token_reuse'::text, 'password_change'::text, 'account_disabled'::text]))),
    CONSTRAINT sessions_revocation_has_a_reason CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)))
);

ALTER TABLE ONLY auth.sessions FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.sessions OWNER TO migrator;

--
-- Name: TABLE sessions; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON TABLE auth.sessions IS 'One row per sign-in. Refresh tokens are not stored: a token is the session, a counter and a keyed digest of both.';

--
-- Name: COLUMN sessions.refresh_key; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON COLUMN auth.sessions.refresh_key IS 'Half of the digest''s key; the other half is the gateway''s secret.';

--
-- Name: COLUMN sessions.refresh_counter; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON COLUMN auth.sessions.refresh_counter IS 'The counter of the only refresh token that may be exchanged.';

--
-- Name: COLUMN sessions.rotated_at; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON COLUMN auth.sessions.rotated_at IS 'When the counter last moved; reuse is tolerated for a few seconds after.';

--
-- Name: COLUMN sessions.expires_at; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON COLUMN auth.sessions.expires_at IS 'When the present refresh token dies unless it is exchanged first.';

--
-- Name: COLUMN sessions.ends_at; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON COLUMN auth.sessions.ends_at IS 'When the session ends however often it is refreshed.';

--
-- Name: find_account(bigint, bigint); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.find_account(account_id bigint, session_id bigint) RETURNS TABLE(status text, account json)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (c.disabled_at IS NOT NULL) THEN 'disabled'::text
             WHEN (s.id IS NULL) THEN 'signed_out'::text
             ELSE 'live'::text
         END AS "case",
     auth.describe_account(c.user_id) AS describe_account
    FROM (auth.credentials c
      LEFT JOIN auth.sessions s ON (((s.user_id = c.user_id) AND (s.id = find_account.session_id) AND (s.revoked_at IS NULL) AND (s.ends_at > now()))))
   WHERE (c.user_id = find_account.account_id);
END;

ALTER FUNCTION auth.find_account(account_id bigint, session_id bigint) OWNER TO migrator;

--
-- Name: FUNCTION find_account(account_id bigint, session_id bigint); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.find_account(account_id bigint, session_id bigint) IS 'The account behind an access token, and whether its session still lives: live, signed_out, disabled; no row for an unknown account.';

--
-- Name: find_credentials(text); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.find_credentials(email text) RETURNS TABLE(user_id bigint, password_hash text, role text, is_disabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 SELECT c.user_id,
     c.password_hash,
     c.role,
     (c.disabled_at IS NOT NULL)
    FROM ((api.user_private p
      JOIN api.users u ON (((u.id)::bigint = (p.user_id)::bigint)))
      JOIN auth.credentials c ON ((c.user_id = (p.user_id)::bigint)))
   WHERE ((p.email_key = lower((find_credentials.email COLLATE pg_unicode_fast))) AND (u.deleted_at IS NULL));
END;

ALTER FUNCTION auth.find_credentials(email text) OWNER TO migrator;

--
-- Name: FUNCTION find_credentials(email text); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.find_credentials(email text) IS 'What a sign-in with this address is checked against; no row for an unknown address.';

--
-- Name: find_refresh_key(bigint); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.find_refresh_key(session_id bigint) RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 SELECT s.refresh_key
    FROM auth.sessions s
   WHERE ((s.id = find_refresh_key.session_id) AND (s.revoked_at IS NULL));
END;

ALTER FUNCTION auth.find_refresh_key(session_id bigint) OWNER TO migrator;

--
-- Name: FUNCTION find_refresh_key(session_id bigint); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.find_refresh_key(session_id bigint) IS 'The session''s half of the key under which its refresh tokens are made; null for a session that is over.';

--
-- Name: list_sessions(bigint); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.list_sessions(account_id bigint) RETURNS TABLE(id bigint, created_at timestamp with time zone, rotated_at timestamp with time zone, expires_at timestamp with time zone, ip inet, user_agent text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 SELECT s.id,
     s.created_at,
     s.rotated_at,
     s.expires_at,
     s.ip,
     s.user_agent
    FROM auth.sessions s
   WHERE ((s.user_id = list_sessions.account_id) AND (s.revoked_at IS NULL) AND (LEAST(s.expires_at, s.ends_at) > now()))
   ORDER BY s.id DESC;
END;

ALTER FUNCTION auth.list_sessions(account_id bigint) OWNER TO migrator;

--
-- Name: FUNCTION list_sessions(account_id bigint); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.list_sessions(account_id bigint) IS 'The account''s live sessions, newest first.';

--
-- Name: audit; Type: TABLE; Schema: auth; Owner: migrator
--

CREATE TABLE auth.audit (
    id bigint DEFAULT api.next_id() NOT NULL,
    action text NOT NULL,
    user_id bigint,
    session_id bigint,
    ip inet,
    user_agent text,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    happened_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_action_is_known CHECK ((action = ANY (ARRAY['registered'::text, 'registration_refused'::text, 'logged_in'::text, 'login_failed'::text, 'token_refreshed'::text, 'token_repeated'::text, 'token_reused'::text, 'logged_out'::text, 'sessions_revoked'::text, 'password_rehashed'::text])))
);

ALTER TABLE ONLY auth.audit FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.audit OWNER TO migrator;

--
-- Name: TABLE audit; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON TABLE auth.audit IS 'What happened to accounts, append-only. No foreign keys: the record outlives what it is about.';

--
-- Name: record_event(text, bigint, bigint, inet, text, jsonb); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.record_event(action text, user_id bigint, session_id bigint, ip inet, user_agent text, details jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 INSERT INTO auth.audit (action, user_id, session_id, ip, user_agent, details)
   VALUES (record_event.action, record_event.user_id, record_event.session_id, record_event.ip, record_event.user_agent, record_event.details);
END;

ALTER FUNCTION auth.record_event(action text, user_id bigint, session_id bigint, ip inet, user_agent text, details jsonb) OWNER TO migrator;

--
-- Name: FUNCTION record_event(action text, user_id bigint, session_id bigint, ip inet, user_agent text, details jsonb); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.record_event(action text, user_id bigint, session_id bigint, ip inet, user_agent text, details jsonb) IS 'Adds one row to the audit trail.';

--
-- Name: note_failed_login(bigint, inet, text, text); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.note_failed_login(account_id bigint, ip inet, user_agent text, reason text) RETURNS text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 SELECT auth.record_event('login_failed'::text, account_id, NULL::bigint, ip, user_agent, jsonb_build_object('reason', reason)) AS record_event;
 SELECT 'noted'::text;
END;

ALTER FUNCTION auth.note_failed_login(account_id bigint, ip inet, user_agent text, reason text) OWNER TO migrator;

--
-- Name: FUNCTION note_failed_login(account_id bigint, ip inet, user_agent text, reason text); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.note_failed_login(account_id bigint, ip inet, user_agent text, reason text) IS 'Records a refused sign-in; the account is null where the address is unknown.';

--
-- Name: open_session(bigint, bytea, bytea, inet, text, interval, interval); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.open_session(account_id bigint, refresh_key bytea, fingerprint bytea, ip inet, user_agent text, refresh_life interval, session_life interval) RETURNS TABLE(status text, session_id bigint, role text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
begin
    select c.role into open_session.role
    from auth.credentials as c
    inner join api.users as u on u.id = c.user_id
    where c.user_id = account_id and c.disabled_at is null and u.deleted_at is null;
    if not found then
        status := 'disabled';
        perform auth.record_event('login_failed', account_id, null, open_session.ip, open_session.user_agent,
            '{"reason": "disabled"}');
        return next;
        return;
    end if;
    insert into auth.sessions (user_id, device_id, refresh_key, ip, user_agent, expires_at, ends_at)
    values (
        account_id,
        auth.see_device(account_id, open_session.fingerprint, open_session.user_agent),
        open_session.refresh_key,
        open_session.ip,
        open_session.user_agent,
        now() + least(refresh_life, session_life),
        now() + session_life
    )
    returning sessions.id into open_session.session_id;
    perform auth.record_event('logged_in', account_id, open_session.session_id, open_session.ip,
        open_session.user_agent);
    status := 'opened';
    return next;
end;
$$;

ALTER FUNCTION auth.open_session(account_id bigint, refresh_key bytea, fingerprint bytea, ip inet, user_agent text, refresh_life interval, session_life interval) OWNER TO migrator;

--
-- Name: FUNCTION open_session(account_id bigint, refresh_key bytea, fingerprint bytea, ip inet, user_agent text, refresh_life interval, session_life interval); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.open_session(account_id bigint, refresh_key bytea, fingerprint bytea, ip inet, user_agent text, refresh_life interval, session_life interval) IS 'Starts a session at counter 0. Status: opened, disabled.';

--
-- Name: register_account(text, text, text, inet, text); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.register_account(username text, email text, password_hash text, ip inet, user_agent text) RETURNS TABLE(status text, account json)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
declare
    new_id bigint;
    broken text;
begin
    begin
        insert into api.users (username)
        values (lower(register_account.username))
        returning users.id into new_id;
        insert into api.user_private (user_id, email)
        values (new_id, register_account.email);
        insert into auth.credentials (user_id, password_hash)
        values (new_id, register_account.password_hash);
    exception
        when unique_violation or check_violation then
            get stacked diagnostics broken = constraint_name;
            status := (case sqlstate when '23505' then 'taken' else 'invalid' end)
            || (case when broken like '%email%' then '_email' else '_username' end);
    end;
    perform auth.record_event(
        case when status is null then 'registered' else 'registration_refused' end,
        case when status is null then new_id end, null, register_account.ip, register_account.user_agent,
        jsonb_strip_nulls(jsonb_build_object('reason', status))
    );
    status := coalesce(status, 'created');
    account := case when status = 'created' then auth.describe_account(new_id) end;
    return next;
end;
$$;

ALTER FUNCTION auth.register_account(username text, email text, password_hash text, ip inet, user_agent text) OWNER TO migrator;

--
-- Name: FUNCTION register_account(username text, email text, password_hash text, ip inet, user_agent text); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.register_account(username text, email text, password_hash text, ip inet, user_agent text) IS 'Creates an account. Status: created, taken_username, taken_email, invalid_username, invalid_email.';

--
-- Name: replace_password_hash(bigint, text, text); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.replace_password_hash(account_id bigint, old_hash text, new_hash text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    -- Compared with the old hash, so that a password changed meanwhile is not undone.
    update auth.credentials
    set password_hash = new_hash
    where user_id = account_id and password_hash = old_hash;
    if not found then
        return 'changed_meanwhile';
    end if;
    perform auth.record_event('password_rehashed', account_id, null, null, null);
    return 'replaced';
end;
$$;

ALTER FUNCTION auth.replace_password_hash(account_id bigint, old_hash text, new_hash text) OWNER TO migrator;

--
-- Name: FUNCTION replace_password_hash(account_id bigint, old_hash text, new_hash text); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.replace_password_hash(account_id bigint, old_hash text, new_hash text) IS 'The same password under a newer cost. Status: replaced, changed_meanwhile.';

--
-- Name: revoke_session(bigint, text); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.revoke_session(session_id bigint, reason text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 UPDATE auth.sessions SET revoked_at = now(), revoked_reason = revoke_session.reason
   WHERE ((sessions.id = revoke_session.session_id) AND (sessions.revoked_at IS NULL))
   RETURNING true;
END;

ALTER FUNCTION auth.revoke_session(session_id bigint, reason text) OWNER TO migrator;

--
-- Name: FUNCTION revoke_session(session_id bigint, reason text); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.revoke_session(session_id bigint, reason text) IS 'Ends a session; null where it was over already.';

--
-- Name: rotate_session(bigint, bigint, inet, text, interval, interval); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.rotate_session(session_id bigint, presented bigint, ip inet, user_agent text, refresh_life interval, reuse_tolerance interval) RETURNS TABLE(status text, user_id bigint, role text, refresh_counter bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
declare
    held auth.sessions;
begin
    -- A session held by another refresh is not waited for: the lane would stand still. The gateway asks again.
    select * into held from auth.sessions as s where s.id = rotate_session.session_id for update skip locked;
    if not found then
        status := case
            when exists (select from auth.sessions as s where s.id = rotate_session.session_id) then 'busy'
            else 'unknown'
        end;
        return next;
        return;
    end if;

    select c.role into rotate_session.role
    from auth.credentials as c
    inner join api.users as u on u.id = c.user_id
    where c.user_id = held.user_id and c.disabled_at is null and u.deleted_at is null;

    -- Tolerated: the parent of the current token (its answer was lost), and any older token just after a rotation
    -- (several tabs refreshed at once). Both get the current token again and move nothing.
    status := case
        when held.revoked_at is not null then 'revoked'
        when least(held.expires_at, held.ends_at) <= now() then 'expired'
        when rotate_session.role is null then 'disabled'
        when presented > held.refresh_counter then 'unknown'
        when presented = held.refresh_counter then 'rotated'
        when presented = held.refresh_counter - 1 then 'repeated'
        when held.rotated_at + reuse_tolerance > now() then 'repeated'
        else 'reused'
    end;
    user_id := held.user_id;

    if status = 'rotated' then
        update auth.sessions as s
        set
            refresh_counter = s.refresh_counter + 1,
            rotated_at = now(),
            expires_at = least(now() + refresh_life, s.ends_at),
            ip = rotate_session.ip,
            user_agent = rotate_session.user_agent
        where s.id = held.id
        returning s.refresh_counter into rotate_session.refresh_counter;
    elsif status = 'repeated' then
        refresh_counter := held.refresh_counter;
    elsif status = 'reused' then
        perform auth.revoke_session(held.id, 'token_reuse');
    end if;

    if status in ('rotated', 'repeated', 'reused') then
        perform auth.record_event(
            case status
                when 'rotated' then 'token_refreshed' when 'repeated' then 'token_repeated' else 'token_reused'
            end,
            held.user_id, held.id, rotate_session.ip, rotate_session.user_agent,
            jsonb_build_object('presented', presented, 'current', held.refresh_counter)
        );
    end if;
    return next;
end;
$$;

ALTER FUNCTION auth.rotate_session(session_id bigint, presented bigint, ip inet, user_agent text, refresh_life interval, reuse_tolerance interval) OWNER TO migrator;

--
-- Name: FUNCTION rotate_session(session_id bigint, presented bigint, ip inet, user_agent text, refresh_life interval, reuse_tolerance interval); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.rotate_session(session_id bigint, presented bigint, ip inet, user_agent text, refresh_life interval, reuse_tolerance interval) IS 'Exchanges the refresh token with this counter, whose digest the caller has checked. Status: rotated, repeated (the current token again), reused (the session is revoked), busy, unknown, revoked, expired, disabled.';

--
-- Name: devices; Type: TABLE; Schema: auth; Owner: migrator
--

CREATE TABLE auth.devices (
    id bigint DEFAULT api.next_id() NOT NULL,
    user_id bigint NOT NULL,
    fingerprint bytea NOT NULL,
    user_agent text,
    first_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT devices_fingerprint_is_a_digest CHECK ((octet_length(fingerprint) = 32))
);

ALTER TABLE ONLY auth.devices FORCE ROW LEVEL SECURITY;

ALTER TABLE auth.devices OWNER TO migrator;

--
-- Name: TABLE devices; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON TABLE auth.devices IS 'Devices from which an account was used: a signal for notices, never a gate.';

--
-- Name: COLUMN devices.fingerprint; Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON COLUMN auth.devices.fingerprint IS 'Keyed digest of what the client tells about itself; not reversible.';

--
-- Name: see_device(bigint, bytea, text); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.see_device(account_id bigint, fingerprint bytea, user_agent text) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 INSERT INTO auth.devices (user_id, fingerprint, user_agent)
   VALUES (see_device.account_id, see_device.fingerprint, see_device.user_agent) ON CONFLICT(user_id, fingerprint) DO UPDATE SET last_seen_at = now(), user_agent = excluded.user_agent
   RETURNING devices.id;
END;

ALTER FUNCTION auth.see_device(account_id bigint, fingerprint bytea, user_agent text) OWNER TO migrator;

--
-- Name: FUNCTION see_device(account_id bigint, fingerprint bytea, user_agent text); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.see_device(account_id bigint, fingerprint bytea, user_agent text) IS 'The device with this fingerprint, remembered for the account.';

--
-- Name: tg_audit__append_only(); Type: FUNCTION; Schema: auth; Owner: migrator
--

CREATE FUNCTION auth.tg_audit__append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    raise exception 'The audit trail is append-only.'
        using errcode = 'DA090', hint = 'Add a row that corrects it.';
end;
$$;

ALTER FUNCTION auth.tg_audit__append_only() OWNER TO migrator;

--
-- Name: FUNCTION tg_audit__append_only(); Type: COMMENT; Schema: auth; Owner: migrator
--

COMMENT ON FUNCTION auth.tg_audit__append_only() IS 'Refuses to change what was recorded.';

--
-- Name: announce_schema_change(); Type: FUNCTION; Schema: extensions; Owner: daira
--

CREATE FUNCTION extensions.announce_schema_change() RETURNS event_trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if tg_event = 'sql_drop' and not exists (
        select
        from pg_catalog.pg_event_trigger_dropped_objects() as d
        where d.schema_name is null or d.schema_name not in ('partitions', 'pg_temp')
    ) then
        return;
    end if;
    if tg_event = 'ddl_command_end' and not exists (
        select
        from pg_catalog.pg_event_trigger_ddl_commands() as c
        where c.schema_name is null or c.schema_name not in ('partitions', 'pg_temp')
    ) then
        return;
    end if;
    notify pgrst, 'reload schema';
end
$$;

ALTER FUNCTION extensions.announce_schema_change() OWNER TO daira;

--
-- Name: FUNCTION announce_schema_change(); Type: COMMENT; Schema: extensions; Owner: daira
--

COMMENT ON FUNCTION extensions.announce_schema_change() IS 'Tells the gateways to read the catalogue again.';

--
-- Name: decode_cursor(text); Type: FUNCTION; Schema: feed; Owner: migrator
--

CREATE FUNCTION feed.decode_cursor(given text) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE STRICT
    SET search_path TO ''
    AS $_$
declare
    plain text;
begin
    plain := convert_from(decode(translate(given, '-_', '+/') || repeat('=', -length(given) & 3), 'base64'), 'UTF8');
    if plain !~ '^f1:[0-9]{1,18}$' then
        raise invalid_parameter_value;
    end if;
    return substr(plain, 4)::bigint;
exception
    when invalid_parameter_value or character_not_in_repertoire or untranslatable_character then
        raise exception 'The cursor is not one of this feed.'
            using errcode = 'DA400', hint = 'Give the endCursor of the page before, or no cursor for the first page.';
end
$_$;

ALTER FUNCTION feed.decode_cursor(given text) OWNER TO migrator;

--
-- Name: FUNCTION decode_cursor(given text); Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON FUNCTION feed.decode_cursor(given text) IS 'The post at which a cursor stands.';

--
-- Name: encode_cursor(bigint); Type: FUNCTION; Schema: feed; Owner: migrator
--

CREATE FUNCTION feed.encode_cursor(post_id bigint) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    RETURN rtrim(translate(encode(convert_to(('f1:'::text || (post_id)::text), 'UTF8'::name), 'base64'::text), '+/'::text, '-_'::text), '='::text);

ALTER FUNCTION feed.encode_cursor(post_id bigint) OWNER TO migrator;

--
-- Name: FUNCTION encode_cursor(post_id bigint); Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON FUNCTION feed.encode_cursor(post_id bigint) IS 'The cursor of a post in a feed.';

--
-- Name: fan_out(bigint); Type: FUNCTION; Schema: feed; Owner: migrator
--

CREATE FUNCTION feed.fan_out(post_id bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    page_size constant integer := 10000;
    author bigint;
    last_follower bigint := 0;
    page_rows integer;
    new_rows integer;
    delivered integer := 0;
begin
    select p.author_id into author
    from api.posts as p
    inner join api.users as u on u.id = p.author_id
    where
        p.id = fan_out.post_id and p.deleted_at is null and u.deleted_at is null and p.visibility <> 'PRIVATE'
        and not exists (select from feed.pulled_authors as a where a.author_id = p.author_id);
    if not found then
        return 0;
    end if;
    loop
        with page as materialized (
            select f.follower_id
            from api.follows as f
            where f.followee_id = author and f.follower_id > last_follower
            order by f.follower_id
            limit page_size
        ),
        added as (
            insert into feed.timelines (owner_id, post_id, author_id)
            select p.follower_id, fan_out.post_id, author
            from page as p
            on conflict do nothing
            returning owner_id
        )
        select
            (select count(*) from page),
            (select max(p.follower_id) from page as p),
            (select count(*) from added)
        into page_rows, last_follower, new_rows;
        delivered := delivered + new_rows;
        exit when page_rows < page_size;
    end loop;
    return delivered;
end
$$;

ALTER FUNCTION feed.fan_out(post_id bigint) OWNER TO migrator;

--
-- Name: FUNCTION fan_out(post_id bigint); Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON FUNCTION feed.fan_out(post_id bigint) IS 'Puts a post into its followers'' timelines as the post is now; gives the number that did not have it yet.';

--
-- Name: blocks; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.blocks (
    blocker_id api.snowflake DEFAULT auth.uid() NOT NULL,
    blocked_id api.snowflake NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT blocks_need_two_people CHECK (((blocker_id)::bigint <> (blocked_id)::bigint))
);

ALTER TABLE ONLY api.blocks FORCE ROW LEVEL SECURITY;

ALTER TABLE api.blocks OWNER TO migrator;

--
-- Name: TABLE blocks; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.blocks IS '@graphql({"name": "Block"})
One user has blocked another; neither sees the other.';

--
-- Name: COLUMN blocks.blocker_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.blocks.blocker_id IS 'Who blocked.';

--
-- Name: COLUMN blocks.blocked_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.blocks.blocked_id IS 'Who is blocked.';

--
-- Name: COLUMN blocks.created_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.blocks.created_at IS 'Since when.';

--
-- Name: follows; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.follows (
    follower_id api.snowflake DEFAULT auth.uid() NOT NULL,
    followee_id api.snowflake NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT follows_need_two_people CHECK (((follower_id)::bigint <> (followee_id)::bigint))
);

ALTER TABLE ONLY api.follows FORCE ROW LEVEL SECURITY;

ALTER TABLE api.follows OWNER TO migrator;

--
-- Name: TABLE follows; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.follows IS '@graphql({"name": "Follow"})
One user follows another.';

--
-- Name: COLUMN follows.follower_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.follows.follower_id IS 'Who follows.';

--
-- Name: COLUMN follows.followee_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.follows.followee_id IS 'Who is followed.';

--
-- Name: COLUMN follows.created_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.follows.created_at IS 'Since when.';

--
-- Name: viewer_blocks; Type: VIEW; Schema: feed; Owner: migrator
--

CREATE VIEW feed.viewer_blocks AS
 SELECT b.blocked_id AS user_id
   FROM api.blocks b
  WHERE ((b.blocker_id)::bigint = ( SELECT auth.uid() AS uid))
UNION ALL
 SELECT b.blocker_id AS user_id
   FROM api.blocks b
  WHERE ((b.blocked_id)::bigint = ( SELECT auth.uid() AS uid));

ALTER VIEW feed.viewer_blocks OWNER TO migrator;

--
-- Name: VIEW viewer_blocks; Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON VIEW feed.viewer_blocks IS 'Whom the viewer has blocked, and who has blocked the viewer.';

--
-- Name: viewer_follows; Type: VIEW; Schema: feed; Owner: migrator
--

CREATE VIEW feed.viewer_follows AS
 SELECT followee_id AS user_id
   FROM api.follows f
  WHERE ((follower_id)::bigint = ( SELECT auth.uid() AS uid));

ALTER VIEW feed.viewer_follows OWNER TO migrator;

--
-- Name: VIEW viewer_follows; Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON VIEW feed.viewer_follows IS 'Whom the viewer follows.';

--
-- Name: audience; Type: VIEW; Schema: feed; Owner: migrator
--

CREATE VIEW feed.audience AS
 SELECT u.id AS author_id,
    v.visibility
   FROM (api.users u
     CROSS JOIN ( VALUES ('PUBLIC'::text), ('FOLLOWERS'::text), ('PRIVATE'::text)) v(visibility))
  WHERE ((u.deleted_at IS NULL) AND (( SELECT true
           FROM feed.viewer_blocks b
          WHERE ((b.user_id)::bigint = (u.id)::bigint)
         LIMIT 1) IS NULL) AND (((u.id)::bigint = ( SELECT auth.uid() AS uid)) OR ((v.visibility = 'PUBLIC'::text) AND (NOT u.is_private)) OR ((v.visibility <> 'PRIVATE'::text) AND ( SELECT true
           FROM feed.viewer_follows f
          WHERE ((f.user_id)::bigint = (u.id)::bigint)))));

ALTER VIEW feed.audience OWNER TO migrator;

--
-- Name: VIEW audience; Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON VIEW feed.audience IS 'The viewer may see what this author has published with this visibility.';

--
-- Name: pulled_authors; Type: TABLE; Schema: feed; Owner: migrator
--

CREATE TABLE feed.pulled_authors (
    author_id bigint NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY feed.pulled_authors FORCE ROW LEVEL SECURITY;

ALTER TABLE feed.pulled_authors OWNER TO migrator;

--
-- Name: TABLE pulled_authors; Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON TABLE feed.pulled_authors IS 'Authors with so many followers that their posts are fetched when a feed is read.';

--
-- Name: timelines; Type: TABLE; Schema: feed; Owner: migrator
--

CREATE TABLE feed.timelines (
    owner_id bigint NOT NULL,
    post_id bigint NOT NULL,
    author_id bigint NOT NULL,
    reason feed.reason DEFAULT 'FOLLOW'::text NOT NULL,
    inserted_at timestamp with time zone DEFAULT now() NOT NULL
)
PARTITION BY HASH (owner_id);

ALTER TABLE ONLY feed.timelines FORCE ROW LEVEL SECURITY;

ALTER TABLE feed.timelines OWNER TO migrator;

--
-- Name: TABLE timelines; Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON TABLE feed.timelines IS 'What was delivered to whom. A cache, rebuilt from follows and posts at any time.';

--
-- Name: visible_posts; Type: VIEW; Schema: feed; Owner: migrator
--

CREATE VIEW feed.visible_posts AS
 SELECT id,
    author_id
   FROM api.posts p
  WHERE ((deleted_at IS NULL) AND ( SELECT true
           FROM feed.audience a
          WHERE (((a.author_id)::bigint = (p.author_id)::bigint) AND (a.visibility = (p.visibility)::text))));

ALTER VIEW feed.visible_posts OWNER TO migrator;

--
-- Name: VIEW visible_posts; Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON VIEW feed.visible_posts IS 'Posts that the viewer may see; what row-level security also says, for definer functions.';

--
-- Name: newest(bigint, bigint, integer); Type: FUNCTION; Schema: feed; Owner: migrator
--

CREATE FUNCTION feed.newest(viewer bigint, before bigint, wanted integer) RETURNS bigint[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    BEGIN ATOMIC
 SELECT array_agg(page.id) AS array_agg
    FROM (( SELECT t.post_id AS id
            FROM (feed.timelines t
              JOIN feed.visible_posts p ON (((p.id)::bigint = t.post_id)))
           WHERE ((t.owner_id = newest.viewer) AND (t.post_id < newest.before) AND ( SELECT true
                    FROM feed.viewer_follows f
                   WHERE ((f.user_id)::bigint = t.author_id)))
           ORDER BY t.post_id DESC
          LIMIT newest.wanted)
         UNION
         ( SELECT p.id
            FROM (((feed.viewer_follows f
              JOIN feed.pulled_authors a ON ((a.author_id = (f.user_id)::bigint)))
              CROSS JOIN LATERAL ( SELECT array_agg(au.visibility) AS visibilities
                    FROM feed.audience au
                   WHERE ((au.author_id)::bigint = (f.user_id)::bigint)) seen)
              CROSS JOIN LATERAL ( SELECT v.id
                    FROM api.posts v
                   WHERE (((v.author_id)::bigint = (f.user_id)::bigint) AND ((v.id)::bigint < newest.before) AND (v.deleted_at IS NULL) AND ((v.visibility)::text = ANY (seen.visibilities)))
                   ORDER BY v.id DESC
                  LIMIT newest.wanted) p)
           ORDER BY p.id DESC
          LIMIT newest.wanted)
         UNION
         ( SELECT p.id
            FROM feed.visible_posts p
           WHERE (((p.author_id)::bigint = newest.viewer) AND ((p.id)::bigint < newest.before))
           ORDER BY p.id DESC
          LIMIT newest.wanted)
   ORDER BY 1 DESC
  LIMIT newest.wanted) page;
END;

ALTER FUNCTION feed.newest(viewer bigint, before bigint, wanted integer) OWNER TO migrator;

--
-- Name: FUNCTION newest(viewer bigint, before bigint, wanted integer); Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON FUNCTION feed.newest(viewer bigint, before bigint, wanted integer) IS 'The newest posts before this one that timelines, fetched authors and the viewer''s own posts offer.';

--
-- Name: newest_fetched(bigint, bigint, integer); Type: FUNCTION; Schema: feed; Owner: migrator
--

CREATE FUNCTION feed.newest_fetched(viewer bigint, before bigint, wanted integer) RETURNS bigint[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    BEGIN ATOMIC
 SELECT array_agg(page.id) AS array_agg
    FROM ( SELECT p.id
            FROM ((( SELECT f.user_id
                    FROM feed.viewer_follows f
                 UNION ALL
                  SELECT newest_fetched.viewer AS viewer) authors
              CROSS JOIN LATERAL ( SELECT array_agg(au.visibility) AS visibilities
                    FROM feed.audience au
                   WHERE ((au.author_id)::bigint = authors.user_id)) seen)
              CROSS JOIN LATERAL ( SELECT v.id
                    FROM api.posts v
                   WHERE (((v.author_id)::bigint = authors.user_id) AND ((v.id)::bigint < newest_fetched.before) AND (v.deleted_at IS NULL) AND ((v.visibility)::text = ANY (seen.visibilities)))
                   ORDER BY v.id DESC
                  LIMIT newest_fetched.wanted) p)
           ORDER BY p.id DESC
          LIMIT newest_fetched.wanted) page;
END;

ALTER FUNCTION feed.newest_fetched(viewer bigint, before bigint, wanted integer) OWNER TO migrator;

--
-- Name: FUNCTION newest_fetched(viewer bigint, before bigint, wanted integer); Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON FUNCTION feed.newest_fetched(viewer bigint, before bigint, wanted integer) IS 'The newest posts before this one by everybody whom the viewer follows, without timelines.';

--
-- Name: review_delivery(bigint[]); Type: FUNCTION; Schema: feed; Owner: migrator
--

CREATE FUNCTION feed.review_delivery(author_ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    insert into feed.pulled_authors (author_id)
    select s.user_id
    from api.user_stats as s
    where s.user_id = any(author_ids) and s.follower_count >= 10000
    on conflict (author_id) do nothing;
    with demoted as (
        delete from feed.pulled_authors as a
        using api.user_stats as s
        where a.author_id = any(author_ids) and s.user_id = a.author_id and s.follower_count < 8000
        returning a.author_id
    )
    insert into feed.timelines (owner_id, post_id, author_id)
    select f.follower_id, p.id, d.author_id
    from demoted as d
    inner join api.follows as f on f.followee_id = d.author_id
    cross join lateral (
        select p.id
        from api.posts as p
        where p.author_id = d.author_id and p.deleted_at is null and p.visibility <> 'PRIVATE'
        order by p.id desc
        limit 20
    ) as p
    on conflict (owner_id, post_id) do nothing;
end
$$;

ALTER FUNCTION feed.review_delivery(author_ids bigint[]) OWNER TO migrator;

--
-- Name: FUNCTION review_delivery(author_ids bigint[]); Type: COMMENT; Schema: feed; Owner: migrator
--

COMMENT ON FUNCTION feed.review_delivery(author_ids bigint[]) IS 'Decides anew whether the posts of these authors are delivered or fetched.';

--
-- Name: add_months(regclass, integer); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.add_months(parent regclass, months integer) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO ''
    SET lock_timeout TO '2s'
    AS $$
declare
    base constant text := (select c.relname from pg_catalog.pg_class as c where c.oid = parent);
    starts bigint;
    wanted record;
    made integer := 0;
begin
    select (regexp_match(pg_get_expr(c.relpartbound, c.oid), '\(''?(\d+)''?\) TO'))[1]::bigint into strict starts
    from pg_catalog.pg_class as c
    where c.relnamespace = 'partitions'::regnamespace and c.relname = base || '_future';
    for wanted in
        select
            base || case when month.low = 0 then '_past' else to_char(month.opens, '_YYYY_MM') end as leaf,
            month.low,
            month.high
        from (
            select
                m.opens,
                case when starts = 0 and m.opens = min(m.opens) over () then 0 else api.id_at(m.opens) end as low,
                api.id_at((m.opens at time zone 'UTC' + interval '1 month') at time zone 'UTC') as high
            from ops.months_between(
                case when starts = 0 then now() - interval '1 month' else api.time_of_id(starts) end,
                now() + make_interval(months => months)
            ) as m (opens)
        ) as month
        where month.low >= starts
        order by month.low
    loop
        if made = 0 then
            execute format('alter table %s detach partition partitions.%I', parent, base || '_future');
        end if;
        execute format('create table partitions.%I (like %s including all)', wanted.leaf, parent);
        execute format('alter table partitions.%I enable row level security', wanted.leaf);
        execute format('alter table partitions.%I force row level security', wanted.leaf);
        execute format(
            'alter table %s attach partition partitions.%I for values from (%s) to (%s)',
            parent, wanted.leaf, wanted.low, wanted.high
        );
        starts := wanted.high;
        made := made + 1;
    end loop;
    if made > 0 then
        execute format(
            'alter table %s attach partition partitions.%I for values from (%s) to (maxvalue)',
            parent, base || '_future', starts
        );
    end if;
    return made;
end
$$;

ALTER FUNCTION ops.add_months(parent regclass, months integer) OWNER TO migrator;

--
-- Name: FUNCTION add_months(parent regclass, months integer); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.add_months(parent regclass, months integer) IS 'Adds the monthly leaves that one table lacks, up to so many months ahead; gives the number made.';

--
-- Name: add_partitions(integer); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.add_partitions(months integer DEFAULT 3) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
    perform pg_advisory_xact_lock(hashtext('ops.add_partitions'));
    return (
        select coalesce(sum(ops.add_months(parent.oid::regclass, months)), 0)
        from pg_catalog.pg_partitioned_table as partitioned
        inner join pg_catalog.pg_class as parent on parent.oid = partitioned.partrelid
        where partitioned.partstrat = 'r' and parent.relnamespace = 'api'::regnamespace
    );
end
$$;

ALTER FUNCTION ops.add_partitions(months integer) OWNER TO migrator;

--
-- Name: FUNCTION add_partitions(months integer); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.add_partitions(months integer) IS 'Makes the monthly partitions that are missing, up to so many months ahead; gives the number made.';

--
-- Name: post_stats; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.post_stats (
    post_id api.snowflake NOT NULL,
    likes_count integer DEFAULT 0 NOT NULL,
    comments_count integer DEFAULT 0 NOT NULL,
    shares_count integer DEFAULT 0 NOT NULL,
    saves_count integer DEFAULT 0 NOT NULL,
    views_count bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE ONLY api.post_stats FORCE ROW LEVEL SECURITY;

ALTER TABLE api.post_stats OWNER TO migrator;

--
-- Name: TABLE post_stats; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.post_stats IS '@graphql({"name": "PostStats"})
What is counted about a post, a moment late.';

--
-- Name: COLUMN post_stats.post_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.post_stats.post_id IS 'Whose numbers these are.';

--
-- Name: COLUMN post_stats.likes_count; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.post_stats.likes_count IS 'How many reacted.';

--
-- Name: COLUMN post_stats.comments_count; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.post_stats.comments_count IS 'How many comments it has.';

--
-- Name: COLUMN post_stats.shares_count; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.post_stats.shares_count IS 'How often it was shared.';

--
-- Name: COLUMN post_stats.saves_count; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.post_stats.saves_count IS 'How many saved it.';

--
-- Name: COLUMN post_stats.views_count; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.post_stats.views_count IS 'How often it was seen.';

--
-- Name: counter_deltas; Type: TABLE; Schema: ops; Owner: migrator
--

CREATE TABLE ops.counter_deltas (
    id bigint NOT NULL,
    counter ops.counter NOT NULL,
    subject_id bigint NOT NULL,
    delta integer NOT NULL
);

ALTER TABLE ONLY ops.counter_deltas FORCE ROW LEVEL SECURITY;

ALTER TABLE ops.counter_deltas OWNER TO migrator;

--
-- Name: TABLE counter_deltas; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON TABLE ops.counter_deltas IS 'Changes of counters that are not in the sums yet.';

--
-- Name: add_to_post_stats(ops.counter_deltas[]); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.add_to_post_stats(deltas ops.counter_deltas[]) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    BEGIN ATOMIC
 WITH sums AS (
          SELECT d.subject_id,
             COALESCE(sum(d.delta) FILTER (WHERE ((d.counter)::text = 'POST_LIKES'::text)), (0)::bigint) AS likes,
             COALESCE(sum(d.delta) FILTER (WHERE ((d.counter)::text = 'POST_COMMENTS'::text)), (0)::bigint) AS comments,
             COALESCE(sum(d.delta) FILTER (WHERE ((d.counter)::text = 'POST_SHARES'::text)), (0)::bigint) AS shares,
             COALESCE(sum(d.delta) FILTER (WHERE ((d.counter)::text = 'POST_SAVES'::text)), (0)::bigint) AS saves,
             COALESCE(sum(d.delta) FILTER (WHERE ((d.counter)::text = 'POST_VIEWS'::text)), (0)::bigint) AS views
            FROM unnest(add_to_post_stats.deltas) d(id, counter, subject_id, delta)
           WHERE ((d.counter)::text ~~ 'POST%'::text)
           GROUP BY d.subject_id
         ), locked AS MATERIALIZED (
          SELECT s_1.post_id
            FROM api.post_stats s_1
           WHERE ((s_1.post_id)::bigint IN ( SELECT sums_1.subject_id
                    FROM sums sums_1))
           ORDER BY s_1.post_id
          FOR UPDATE OF s_1
         )
  UPDATE api.post_stats s SET likes_count = (s.likes_count + sums.likes), comments_count = (s.comments_count + sums.comments), shares_count = (s.shares_count + sums.shares), saves_count = (s.saves_count + sums.saves), views_count = (s.views_count + sums.views)
    FROM (locked
      JOIN sums ON ((sums.subject_id = (locked.post_id)::bigint)))
   WHERE ((s.post_id)::bigint = (locked.post_id)::bigint);
END;

ALTER FUNCTION ops.add_to_post_stats(deltas ops.counter_deltas[]) OWNER TO migrator;

--
-- Name: FUNCTION add_to_post_stats(deltas ops.counter_deltas[]); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.add_to_post_stats(deltas ops.counter_deltas[]) IS 'Adds deltas to the sums of posts.';

--
-- Name: add_to_user_stats(ops.counter_deltas[]); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.add_to_user_stats(deltas ops.counter_deltas[]) RETURNS bigint[]
    LANGUAGE sql
    SET search_path TO ''
    BEGIN ATOMIC
 WITH sums AS (
          SELECT d.subject_id,
             COALESCE(sum(d.delta) FILTER (WHERE ((d.counter)::text = 'USER_FOLLOWERS'::text)), (0)::bigint) AS followers,
             COALESCE(sum(d.delta) FILTER (WHERE ((d.counter)::text = 'USER_FOLLOWING'::text)), (0)::bigint) AS following,
             COALESCE(sum(d.delta) FILTER (WHERE ((d.counter)::text = 'USER_POSTS'::text)), (0)::bigint) AS posts
            FROM unnest(add_to_user_stats.deltas) d(id, counter, subject_id, delta)
           WHERE ((d.counter)::text ~~ 'USER%'::text)
           GROUP BY d.subject_id
         ), locked AS MATERIALIZED (
          SELECT s.user_id
            FROM api.user_stats s
           WHERE ((s.user_id)::bigint IN ( SELECT sums.subject_id
                    FROM sums))
           ORDER BY s.user_id
          FOR UPDATE OF s
         ), changed AS (
          UPDATE api.user_stats s SET follower_count = (s.follower_count + sums.followers), following_count = (s.following_count + sums.following), post_count = (s.post_count + sums.posts)
            FROM (locked
              JOIN sums ON ((sums.subject_id = (locked.user_id)::bigint)))
           WHERE ((s.user_id)::bigint = (locked.user_id)::bigint)
           RETURNING s.user_id,
             sums.followers
         )
  SELECT array_agg(c.user_id) FILTER (WHERE (c.followers <> 0)) AS array_agg
    FROM changed c;
END;

ALTER FUNCTION ops.add_to_user_stats(deltas ops.counter_deltas[]) OWNER TO migrator;

--
-- Name: FUNCTION add_to_user_stats(deltas ops.counter_deltas[]); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.add_to_user_stats(deltas ops.counter_deltas[]) IS 'Adds deltas to the sums of users; gives those whose number of followers changed.';

--
-- Name: dead_letters; Type: TABLE; Schema: ops; Owner: migrator
--

CREATE TABLE ops.dead_letters (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    queue text NOT NULL,
    task text NOT NULL,
    args jsonb NOT NULL,
    attempts integer NOT NULL,
    error text NOT NULL,
    traceback text DEFAULT ''::text NOT NULL,
    failed_at timestamp with time zone DEFAULT now() NOT NULL,
    resolved_at timestamp with time zone
);

ALTER TABLE ONLY ops.dead_letters FORCE ROW LEVEL SECURITY;

ALTER TABLE ops.dead_letters OWNER TO migrator;

--
-- Name: TABLE dead_letters; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON TABLE ops.dead_letters IS 'Jobs that failed for the last time, kept until somebody sends them again or lets them go.';

--
-- Name: procrastinate_jobs; Type: TABLE; Schema: procrastinate; Owner: migrator
--

CREATE TABLE procrastinate.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    lock text,
    queueing_lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status procrastinate.procrastinate_job_status DEFAULT 'todo'::procrastinate.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::procrastinate.procrastinate_job_status) AND (abort_requested = true))))
);

ALTER TABLE ONLY procrastinate.procrastinate_jobs FORCE ROW LEVEL SECURITY;

ALTER TABLE procrastinate.procrastinate_jobs OWNER TO migrator;

--
-- Name: bury_failed_jobs(); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.bury_failed_jobs() RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 WITH buried AS (
          INSERT INTO ops.dead_letters (job_id, queue, task, args, attempts, error)  SELECT j.id,
                     j.queue_name,
                     j.task_name,
                     j.args,
                     j.attempts,
                     'The worker died, or did not know the task.'
                    FROM procrastinate.procrastinate_jobs j
                   WHERE (j.status = 'failed'::procrastinate.procrastinate_job_status) ON CONFLICT(job_id) DO NOTHING
           RETURNING dead_letters.job_id
         )
  SELECT count(*) AS count
    FROM buried;
END;

ALTER FUNCTION ops.bury_failed_jobs() OWNER TO migrator;

--
-- Name: FUNCTION bury_failed_jobs(); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.bury_failed_jobs() IS 'Copies failed jobs that no worker has buried to the dead letters; gives their number.';

--
-- Name: bury_job(bigint, text, text); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.bury_job(job_id bigint, error text, traceback text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 INSERT INTO ops.dead_letters (job_id, queue, task, args, attempts, error, traceback)  SELECT j.id,
             j.queue_name,
             j.task_name,
             j.args,
             (j.attempts + 1),
             bury_job.error AS error,
             bury_job.traceback AS traceback
            FROM procrastinate.procrastinate_jobs j
           WHERE (j.id = bury_job.job_id) ON CONFLICT(job_id) DO UPDATE SET attempts = excluded.attempts, error = excluded.error, traceback = excluded.traceback, failed_at = now(), resolved_at = NULL::timestamp with time zone
   RETURNING true;
END;

ALTER FUNCTION ops.bury_job(job_id bigint, error text, traceback text) OWNER TO migrator;

--
-- Name: FUNCTION bury_job(job_id bigint, error text, traceback text); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.bury_job(job_id bigint, error text, traceback text) IS 'Copies a job that has had its last attempt to the dead letters.';

--
-- Name: procrastinate_events; Type: TABLE; Schema: procrastinate; Owner: migrator
--

CREATE TABLE procrastinate.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type procrastinate.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

ALTER TABLE ONLY procrastinate.procrastinate_events FORCE ROW LEVEL SECURITY;

ALTER TABLE procrastinate.procrastinate_events OWNER TO migrator;

--
-- Name: procrastinate_workers; Type: TABLE; Schema: procrastinate; Owner: migrator
--

CREATE TABLE procrastinate.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY procrastinate.procrastinate_workers FORCE ROW LEVEL SECURITY;

ALTER TABLE procrastinate.procrastinate_workers OWNER TO migrator;

--
-- Name: check_jobs(); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.check_jobs() RETURNS TABLE(workers bigint, waiting bigint, oldest_seconds double precision)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 SELECT ( SELECT count(*) AS count
            FROM procrastinate.procrastinate_workers w
           WHERE (w.last_heartbeat > (now() - '00:00:30'::interval))) AS count,
     count(*) AS count,
     (COALESCE(EXTRACT(epoch FROM (now() - min(e.at))), (0)::numeric))::double precision AS "coalesce"
    FROM (procrastinate.procrastinate_jobs j
      JOIN procrastinate.procrastinate_events e ON (((e.job_id = j.id) AND (e.type = 'deferred'::procrastinate.procrastinate_job_event_type))))
   WHERE ((j.status = 'todo'::procrastinate.procrastinate_job_status) AND (COALESCE(j.scheduled_at, now()) <= now()));
END;

ALTER FUNCTION ops.check_jobs() OWNER TO migrator;

--
-- Name: FUNCTION check_jobs(); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.check_jobs() IS 'How many workers have shown themselves in the last half minute, and how many jobs are due since when.';

--
-- Name: claim_key(bigint, text, text, bytea, interval); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.claim_key(user_id bigint, key text, route text, digest bytea, lease interval) RETURNS TABLE(state text, claim bigint, status integer, headers jsonb, body bytea)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
#variable_conflict use_column
declare
    held ops.idempotency_keys;
begin
    if claim_key.user_id is null then
        return query select 'ANONYMOUS', null::bigint, null::integer, null::jsonb, null::bytea;
        return;
    end if;
    if char_length(claim_key.key) not between 1 and 255 then
        return query select 'UNUSABLE', null::bigint, null::integer, null::jsonb, null::bytea;
        return;
    end if;
    insert into ops.idempotency_keys as k (user_id, key, route, digest)
    values (claim_key.user_id, claim_key.key, claim_key.route, claim_key.digest)
    on conflict (user_id, key) do update
    set
        id = excluded.id,
        route = excluded.route,
        digest = excluded.digest,
        claimed_at = excluded.claimed_at,
        written_at = null,
        status = null,
        headers = null,
        body = null
    where
        k.claimed_at < now() - interval '24 hours'
        or (k.written_at is null and k.digest = excluded.digest and k.claimed_at < now() - claim_key.lease)
    returning * into held;
    if found then
        return query select 'CLAIMED', held.id, held.status, held.headers, held.body;
        return;
    end if;
    select * into held
    from ops.idempotency_keys as k
    where k.user_id = claim_key.user_id and k.key = claim_key.key;
    return query
    select
        case
            when held.digest <> claim_key.digest then 'REUSED'
            when held.status is not null then 'ANSWERED'
            when held.written_at < now() - claim_key.lease then 'LOST'
            else 'IN_FLIGHT'
        end,
        held.id,
        held.status,
        held.headers,
        held.body;
end
$$;

ALTER FUNCTION ops.claim_key(user_id bigint, key text, route text, digest bytea, lease interval) OWNER TO migrator;

--
-- Name: FUNCTION claim_key(user_id bigint, key text, route text, digest bytea, lease interval); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.claim_key(user_id bigint, key text, route text, digest bytea, lease interval) IS 'Takes a key for a request: CLAIMED, or why not (ANONYMOUS UNUSABLE REUSED IN_FLIGHT LOST), or ANSWERED with the answer.
A claim whose lease is over and whose write was not made goes to the same request''s next attempt.';

--
-- Name: procrastinate_defer_jobs_v1(procrastinate.procrastinate_job_to_defer_v1[]); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_defer_jobs_v1(jobs procrastinate.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_defer_jobs_v1(jobs procrastinate.procrastinate_job_to_defer_v1[]) OWNER TO migrator;

--
-- Name: defer(text, text, jsonb); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.defer(queue text, task text, args jsonb) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 SELECT (procrastinate.procrastinate_defer_jobs_v1(ARRAY[ROW((queue)::character varying, (task)::character varying, 0, NULL::text, NULL::text, args, NULL::timestamp with time zone)::procrastinate.procrastinate_job_to_defer_v1]))[1] AS procrastinate_defer_jobs_v1;
END;

ALTER FUNCTION ops.defer(queue text, task text, args jsonb) OWNER TO migrator;

--
-- Name: FUNCTION defer(queue text, task text, args jsonb); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.defer(queue text, task text, args jsonb) IS 'Queues a job in the transaction of the caller; gives its number. For triggers and definer functions: nobody else may.';

--
-- Name: media; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.media (
    id api.snowflake DEFAULT api.next_id() NOT NULL,
    owner_id api.snowflake DEFAULT auth.uid() NOT NULL,
    bucket text NOT NULL,
    object_key text NOT NULL,
    file_name text DEFAULT ''::text NOT NULL,
    content_type text NOT NULL,
    byte_size bigint,
    status api.media_status DEFAULT 'requested'::text NOT NULL,
    rejection text,
    expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT media_bucket_is_well_formed CHECK ((bucket ~ '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$'::text)),
    CONSTRAINT media_byte_size_is_positive CHECK ((byte_size > 0)),
    CONSTRAINT media_content_type_is_well_formed CHECK (((content_type ~ '^[a-z0-9.+-]+/[a-z0-9.+-]+$'::text) AND (length(content_type) <= 127))),
    CONSTRAINT media_file_name_is_short CHECK ((length(file_name) <= 255)),
    CONSTRAINT media_object_key_is_short CHECK (((length(object_key) >= 1) AND (length(object_key) <= 512))),
    CONSTRAINT media_rejection_is_short CHECK ((length(rejection) <= 500)),
    CONSTRAINT media_say_why_rejected CHECK ((((status)::text = 'rejected'::text) = (rejection IS NOT NULL)))
);

ALTER TABLE ONLY api.media FORCE ROW LEVEL SECURITY;

ALTER TABLE api.media OWNER TO migrator;

--
-- Name: TABLE media; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.media IS '@graphql({"name": "Media"})
A picture, video or sound that a user uploads.';

--
-- Name: COLUMN media.id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.id IS 'Identifier.';

--
-- Name: COLUMN media.owner_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.owner_id IS 'Who uploads it.';

--
-- Name: COLUMN media.bucket; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.bucket IS 'The bucket that holds it.';

--
-- Name: COLUMN media.object_key; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.object_key IS 'Its key in the bucket.';

--
-- Name: COLUMN media.file_name; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.file_name IS 'What the file was called where it came from.';

--
-- Name: COLUMN media.content_type; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.content_type IS 'Its media type.';

--
-- Name: COLUMN media.byte_size; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.byte_size IS 'Its size in bytes, once known.';

--
-- Name: COLUMN media.status; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.status IS 'How far it has come.';

--
-- Name: COLUMN media.rejection; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.rejection IS 'Why it was refused.';

--
-- Name: COLUMN media.expires_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.expires_at IS 'Until when it must have been uploaded.';

--
-- Name: COLUMN media.created_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.created_at IS 'When the upload was asked for.';

--
-- Name: COLUMN media.updated_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.media.updated_at IS 'When the row last changed.';

--
-- Name: find_upload(bigint); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.find_upload(media_id bigint) RETURNS TABLE(object_key text, content_type text, status text, is_late boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 SELECT m.object_key,
     m.content_type,
     m.status,
     (m.expires_at < now())
    FROM api.media m
   WHERE ((m.id)::bigint = find_upload.media_id);
END;

ALTER FUNCTION ops.find_upload(media_id bigint) OWNER TO migrator;

--
-- Name: FUNCTION find_upload(media_id bigint); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.find_upload(media_id bigint) IS 'What a job needs to know to accept an upload.';

--
-- Name: finish_upload(text, api.media_status, bigint, text, text); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.finish_upload(object_key text, status api.media_status, byte_size bigint DEFAULT NULL::bigint, content_type text DEFAULT NULL::text, rejection text DEFAULT NULL::text) RETURNS api.media
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 UPDATE api.media m SET status = finish_upload.status, byte_size = COALESCE(finish_upload.byte_size, m.byte_size), content_type = COALESCE(finish_upload.content_type, m.content_type), rejection = finish_upload.rejection
   WHERE ((m.object_key = finish_upload.object_key) AND ((m.status)::text = ANY (ARRAY['requested'::text, 'uploaded'::text])))
   RETURNING m.id,
     m.owner_id,
     m.bucket,
     m.object_key,
     m.file_name,
     m.content_type,
     m.byte_size,
     m.status,
     m.rejection,
     m.expires_at,
     m.created_at,
     m.updated_at;
END;

ALTER FUNCTION ops.finish_upload(object_key text, status api.media_status, byte_size bigint, content_type text, rejection text) OWNER TO migrator;

--
-- Name: FUNCTION finish_upload(object_key text, status api.media_status, byte_size bigint, content_type text, rejection text); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.finish_upload(object_key text, status api.media_status, byte_size bigint, content_type text, rejection text) IS 'Records what became of an upload; null when there is none that waits.';

--
-- Name: fold_counters(integer); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.fold_counters(batch integer DEFAULT 20000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
    deltas ops.counter_deltas[];
    counted_users bigint[];
begin
    with taken as (
        delete from ops.counter_deltas as d
        where d.id in (
            select w.id
            from ops.counter_deltas as w
            order by w.id
            limit batch
            for update skip locked
        )
        returning d.*
    )
    select array_agg(t) into deltas
    from taken as t;
    if deltas is null then
        return 0;
    end if;
    perform ops.add_to_post_stats(deltas);
    counted_users := ops.add_to_user_stats(deltas);
    perform feed.review_delivery(counted_users);
    return cardinality(deltas);
end
$$;

ALTER FUNCTION ops.fold_counters(batch integer) OWNER TO migrator;

--
-- Name: FUNCTION fold_counters(batch integer); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.fold_counters(batch integer) IS 'Adds one batch of counter deltas to the sums; gives the number of deltas taken.';

--
-- Name: idempotency_keys; Type: TABLE; Schema: ops; Owner: migrator
--

CREATE TABLE ops.idempotency_keys (
    id bigint DEFAULT api.next_id() NOT NULL,
    user_id bigint NOT NULL,
    key text NOT NULL,
    route text NOT NULL,
    digest bytea NOT NULL,
    claimed_at timestamp with time zone DEFAULT now() NOT NULL,
    written_at timestamp with time zone,
    status integer,
    headers jsonb,
    body bytea,
    CONSTRAINT idempotency_keys_answer_is_whole CHECK ((num_nulls(status, headers, body) = ANY (ARRAY[0, 3]))),
    CONSTRAINT idempotency_keys_digest_is_one CHECK ((octet_length(digest) = 32)),
    CONSTRAINT idempotency_keys_key_is_short CHECK (((char_length(key) >= 1) AND (char_length(key) <= 255))),
    CONSTRAINT idempotency_keys_only_writes_are_answered CHECK (((status IS NULL) OR (written_at IS NOT NULL)))
);

ALTER TABLE ONLY ops.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE ops.idempotency_keys OWNER TO migrator;

--
-- Name: TABLE idempotency_keys; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON TABLE ops.idempotency_keys IS 'Keys by which a client may repeat a write without making it twice, for 24 hours.';

--
-- Name: COLUMN idempotency_keys.id; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON COLUMN ops.idempotency_keys.id IS 'The claim: a new one whenever the key is taken again.';

--
-- Name: COLUMN idempotency_keys.route; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON COLUMN ops.idempotency_keys.route IS 'Method and path, for whoever looks.';

--
-- Name: COLUMN idempotency_keys.digest; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON COLUMN ops.idempotency_keys.digest IS 'SHA-256 of method, schema, path, query and body.';

--
-- Name: COLUMN idempotency_keys.written_at; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON COLUMN ops.idempotency_keys.written_at IS 'When the write was made, set in its own transaction.';

--
-- Name: COLUMN idempotency_keys.status; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON COLUMN ops.idempotency_keys.status IS 'The answer''s; null while it is under way or lost.';

--
-- Name: mark_key(bigint); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.mark_key(claim bigint) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 WITH marked AS (
          UPDATE ops.idempotency_keys k SET written_at = now()
           WHERE ((k.id = mark_key.claim) AND (k.written_at IS NULL))
           RETURNING k.id
         )
  SELECT (count(*) > 0)
    FROM marked;
END;

ALTER FUNCTION ops.mark_key(claim bigint) OWNER TO migrator;

--
-- Name: FUNCTION mark_key(claim bigint); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.mark_key(claim bigint) IS 'Says in the transaction of a write that it is made; false where the claim is no longer the key''s.';

--
-- Name: months_between(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.months_between(first_moment timestamp with time zone, last_moment timestamp with time zone) RETURNS SETOF timestamp with time zone
    LANGUAGE sql STABLE ROWS 5
    BEGIN ATOMIC
 SELECT (m.opens AT TIME ZONE 'UTC'::text) AS timezone
    FROM generate_series(date_trunc('month'::text, (months_between.first_moment AT TIME ZONE 'UTC'::text)), date_trunc('month'::text, (months_between.last_moment AT TIME ZONE 'UTC'::text)), '1 mon'::interval) m(opens);
END;

ALTER FUNCTION ops.months_between(first_moment timestamp with time zone, last_moment timestamp with time zone) OWNER TO migrator;

--
-- Name: FUNCTION months_between(first_moment timestamp with time zone, last_moment timestamp with time zone); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.months_between(first_moment timestamp with time zone, last_moment timestamp with time zone) IS 'The first moment of each month, by UTC, from the month of one moment to that of another.';

--
-- Name: parse_hashtags(text); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.parse_hashtags(content text) RETURNS SETOF text
    LANGUAGE sql IMMUTABLE STRICT ROWS 3
    BEGIN ATOMIC
 SELECT DISTINCT tags.name
    FROM (regexp_matches((NORMALIZE(parse_hashtags.content, NFKC) COLLATE pg_unicode_fast), '(?:^|[^[:alnum:]_&/])#([[:alnum:]_\u064B-\u0652\u0670\u0640]{1,100})(?![[:alnum:]_])'::text, 'g'::text) found(groups)
      CROSS JOIN LATERAL ( VALUES (casefold((regexp_replace(found.groups[1], '[\u064B-\u0652\u0670\u0640]'::text, ''::text, 'g'::text) COLLATE pg_unicode_fast)))) tags(name))
   WHERE (tags.name ~ '[^0-9_]'::text)
   ORDER BY tags.name
  LIMIT 30;
END;

ALTER FUNCTION ops.parse_hashtags(content text) OWNER TO migrator;

--
-- Name: FUNCTION parse_hashtags(content text); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.parse_hashtags(content text) IS 'The hashtags of a text: at most 30, casefolded, without Arabic vowel marks and lengthening strokes.';

--
-- Name: remove_old_keys(); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.remove_old_keys() RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 WITH removed AS (
          DELETE FROM ops.idempotency_keys k
           WHERE (k.claimed_at < (now() - '24:00:00'::interval))
           RETURNING k.id
         )
  SELECT count(*) AS count
    FROM removed;
END;

ALTER FUNCTION ops.remove_old_keys() OWNER TO migrator;

--
-- Name: FUNCTION remove_old_keys(); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.remove_old_keys() IS 'Removes keys that are older than 24 hours; gives their number.';

--
-- Name: request_upload(bigint, text, text, text, bigint, interval); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.request_upload(owner_id bigint, bucket text, file_name text, content_type text, byte_size bigint DEFAULT NULL::bigint, lifetime interval DEFAULT '00:10:00'::interval) RETURNS api.media
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 INSERT INTO api.media (owner_id, bucket, object_key, file_name, content_type, byte_size, expires_at)
   VALUES (request_upload.owner_id, request_upload.bucket, format('%s/%s.%s'::text, request_upload.owner_id, gen_random_uuid(), regexp_replace(split_part(request_upload.content_type, '/'::text, 2), '[^a-z0-9]'::text, ''::text, 'g'::text)), request_upload.file_name, request_upload.content_type, request_upload.byte_size, (now() + request_upload.lifetime))
   RETURNING media.id,
     media.owner_id,
     media.bucket,
     media.object_key,
     media.file_name,
     media.content_type,
     media.byte_size,
     media.status,
     media.rejection,
     media.expires_at,
     media.created_at,
     media.updated_at;
END;

ALTER FUNCTION ops.request_upload(owner_id bigint, bucket text, file_name text, content_type text, byte_size bigint, lifetime interval) OWNER TO migrator;

--
-- Name: FUNCTION request_upload(owner_id bigint, bucket text, file_name text, content_type text, byte_size bigint, lifetime interval); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.request_upload(owner_id bigint, bucket text, file_name text, content_type text, byte_size bigint, lifetime interval) IS 'Registers an upload that a user asked for and names its object.';

--
-- Name: settle_key(bigint, integer, jsonb, bytea); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.settle_key(claim bigint, status integer, headers jsonb, body bytea) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    BEGIN ATOMIC
 WITH freed AS (
          DELETE FROM ops.idempotency_keys k
           WHERE ((k.id = settle_key.claim) AND (k.written_at IS NULL))
         ), answered AS (
          UPDATE ops.idempotency_keys k SET status = settle_key.status, headers = settle_key.headers, body = settle_key.body
           WHERE ((k.id = settle_key.claim) AND (k.written_at IS NOT NULL))
           RETURNING k.id
         )
  SELECT (count(*) > 0)
    FROM answered;
END;

ALTER FUNCTION ops.settle_key(claim bigint, status integer, headers jsonb, body bytea) OWNER TO migrator;

--
-- Name: FUNCTION settle_key(claim bigint, status integer, headers jsonb, body bytea); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.settle_key(claim bigint, status integer, headers jsonb, body bytea) IS 'Keeps the answer of a write that was made, and frees the key of one that was not; gives whether it was kept.';

--
-- Name: tg_rows__keep(); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.tg_rows__keep() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
    field text;
begin
    foreach field in array tg_argv loop
        if to_jsonb(new) -> field is distinct from to_jsonb(old) -> field then
            raise exception 'The column "%" never changes.', field
                using errcode = 'DA403', hint = 'Make a new row instead.';
        end if;
    end loop;
    return new;
end
$$;

ALTER FUNCTION ops.tg_rows__keep() OWNER TO migrator;

--
-- Name: FUNCTION tg_rows__keep(); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.tg_rows__keep() IS 'Refuses a change of the columns named.';

--
-- Name: tg_rows__touch(); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.tg_rows__touch() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    new.updated_at := now();
    return new;
end
$$;

ALTER FUNCTION ops.tg_rows__touch() OWNER TO migrator;

--
-- Name: FUNCTION tg_rows__touch(); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.tg_rows__touch() IS 'Records when a row last changed.';

--
-- Name: tg_rows__version(); Type: FUNCTION; Schema: ops; Owner: migrator
--

CREATE FUNCTION ops.tg_rows__version() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if new.version is distinct from old.version then
        raise exception 'The row has changed since it was read.'
            using
                errcode = 'DA409',
                detail = format('The current version is %s.', old.version),
                hint = 'Read the row again and repeat the change with its version.';
    end if;
    new.version := old.version + 1;
    new.updated_at := now();
    return new;
end
$$;

ALTER FUNCTION ops.tg_rows__version() OWNER TO migrator;

--
-- Name: FUNCTION tg_rows__version(); Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON FUNCTION ops.tg_rows__version() IS 'Refuses a change made to an older version, and counts the change.';

--
-- Name: procrastinate_cancel_job_v1(bigint, boolean, boolean); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) OWNER TO migrator;

--
-- Name: procrastinate_defer_periodic_job_v2(character varying, character varying, character varying, character varying, integer, character varying, bigint, jsonb); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) OWNER TO migrator;

--
-- Name: procrastinate_fetch_job_v2(character varying[], bigint); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS procrastinate.procrastinate_jobs
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) OWNER TO migrator;

--
-- Name: procrastinate_finish_job_v1(bigint, procrastinate.procrastinate_job_status, boolean); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_finish_job_v1(job_id bigint, end_status procrastinate.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_finish_job_v1(job_id bigint, end_status procrastinate.procrastinate_job_status, delete_job boolean) OWNER TO migrator;

--
-- Name: procrastinate_notify_queue_abort_job_v1(); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_notify_queue_abort_job_v1() OWNER TO migrator;

--
-- Name: procrastinate_notify_queue_job_inserted_v1(); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_notify_queue_job_inserted_v1() OWNER TO migrator;

--
-- Name: procrastinate_prune_stalled_workers_v1(double precision); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) OWNER TO migrator;

--
-- Name: procrastinate_register_worker_v1(); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_register_worker_v1() OWNER TO migrator;

--
-- Name: procrastinate_retry_job_v1(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) OWNER TO migrator;

--
-- Name: procrastinate_retry_job_v2(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

ALTER FUNCTION procrastinate.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) OWNER TO migrator;

--
-- Name: procrastinate_trigger_abort_requested_events_procedure_v1(); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_trigger_abort_requested_events_procedure_v1() OWNER TO migrator;

--
-- Name: procrastinate_trigger_function_scheduled_events_v1(); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_trigger_function_scheduled_events_v1() OWNER TO migrator;

--
-- Name: procrastinate_trigger_function_status_events_insert_v1(); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_trigger_function_status_events_insert_v1() OWNER TO migrator;

--
-- Name: procrastinate_trigger_function_status_events_update_v1(); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_trigger_function_status_events_update_v1() OWNER TO migrator;

--
-- Name: procrastinate_unlink_periodic_defers_v1(); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_unlink_periodic_defers_v1() OWNER TO migrator;

--
-- Name: procrastinate_unregister_worker_v1(bigint); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_unregister_worker_v1(worker_id bigint) OWNER TO migrator;

--
-- Name: procrastinate_update_heartbeat_v1(bigint); Type: FUNCTION; Schema: procrastinate; Owner: migrator
--

CREATE FUNCTION procrastinate.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'procrastinate', 'pg_temp'
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

ALTER FUNCTION procrastinate.procrastinate_update_heartbeat_v1(worker_id bigint) OWNER TO migrator;

--
-- Name: governorates; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.governorates (
    code text NOT NULL,
    name_ar text NOT NULL,
    name_en text NOT NULL,
    CONSTRAINT governorates_code_is_iso_3166_2 CHECK ((code ~ '^EG-[A-Z]{1,3}$'::text)),
    CONSTRAINT governorates_name_ar_is_short CHECK (((length(name_ar) >= 1) AND (length(name_ar) <= 100))),
    CONSTRAINT governorates_name_en_is_short CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100)))
);

ALTER TABLE ONLY api.governorates FORCE ROW LEVEL SECURITY;

ALTER TABLE api.governorates OWNER TO migrator;

--
-- Name: TABLE governorates; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.governorates IS '@graphql({"name": "Governorate"})
A governorate of Egypt.';

--
-- Name: COLUMN governorates.code; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.governorates.code IS 'ISO 3166-2 code.';

--
-- Name: COLUMN governorates.name_ar; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.governorates.name_ar IS 'Name in Arabic.';

--
-- Name: COLUMN governorates.name_en; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.governorates.name_en IS 'Name in English.';

--
-- Name: hashtags; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.hashtags (
    id api.snowflake DEFAULT api.next_id() NOT NULL,
    name text NOT NULL,
    is_listed boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT hashtags_name_is_short CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

ALTER TABLE ONLY api.hashtags FORCE ROW LEVEL SECURITY;

ALTER TABLE api.hashtags OWNER TO migrator;

--
-- Name: TABLE hashtags; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.hashtags IS '@graphql({"name": "Hashtag"})
A word that was marked with # in a post.';

--
-- Name: COLUMN hashtags.id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.hashtags.id IS 'Identifier.';

--
-- Name: COLUMN hashtags.name; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.hashtags.name IS 'The word without #, in small letters and without vowel marks.';

--
-- Name: COLUMN hashtags.is_listed; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.hashtags.is_listed IS 'Whether anybody has used it in public.';

--
-- Name: COLUMN hashtags.created_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.hashtags.created_at IS 'When it was first used.';

--
-- Name: languages; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.languages (
    code api.language_tag NOT NULL,
    name_ar text NOT NULL,
    name_en text NOT NULL,
    is_interface boolean DEFAULT false NOT NULL,
    CONSTRAINT languages_name_ar_is_short CHECK (((length(name_ar) >= 1) AND (length(name_ar) <= 100))),
    CONSTRAINT languages_name_en_is_short CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100)))
);

ALTER TABLE ONLY api.languages FORCE ROW LEVEL SECURITY;

ALTER TABLE api.languages OWNER TO migrator;

--
-- Name: TABLE languages; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.languages IS '@graphql({"name": "Language"})
A language in which people post.';

--
-- Name: COLUMN languages.code; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.languages.code IS 'ISO 639 code.';

--
-- Name: COLUMN languages.name_ar; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.languages.name_ar IS 'Name in Arabic.';

--
-- Name: COLUMN languages.name_en; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.languages.name_en IS 'Name in English.';

--
-- Name: COLUMN languages.is_interface; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.languages.is_interface IS 'Whether the applications are translated into it.';

--
-- Name: post_hashtags; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.post_hashtags (
    post_id api.snowflake NOT NULL,
    hashtag_id api.snowflake NOT NULL
);

ALTER TABLE ONLY api.post_hashtags FORCE ROW LEVEL SECURITY;

ALTER TABLE api.post_hashtags OWNER TO migrator;

--
-- Name: TABLE post_hashtags; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.post_hashtags IS '@graphql({"name": "PostHashtag"})
A post uses a hashtag.';

--
-- Name: COLUMN post_hashtags.post_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.post_hashtags.post_id IS 'The post.';

--
-- Name: COLUMN post_hashtags.hashtag_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.post_hashtags.hashtag_id IS 'The hashtag.';

--
-- Name: reactions; Type: TABLE; Schema: api; Owner: migrator
--

CREATE TABLE api.reactions (
    post_id api.snowflake NOT NULL,
    user_id api.snowflake DEFAULT auth.uid() NOT NULL,
    kind api.reaction_kind DEFAULT 'LIKE'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY api.reactions FORCE ROW LEVEL SECURITY;

ALTER TABLE api.reactions OWNER TO migrator;

--
-- Name: TABLE reactions; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON TABLE api.reactions IS '@graphql({"name": "Reaction"})
What a user feels about a post; one per person, changeable.';

--
-- Name: COLUMN reactions.post_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.reactions.post_id IS 'The post.';

--
-- Name: COLUMN reactions.user_id; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.reactions.user_id IS 'Who reacted.';

--
-- Name: COLUMN reactions.kind; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.reactions.kind IS 'How.';

--
-- Name: COLUMN reactions.created_at; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON COLUMN api.reactions.created_at IS 'When.';

--
-- Name: counter_deltas_id_seq; Type: SEQUENCE; Schema: ops; Owner: migrator
--

ALTER TABLE ops.counter_deltas ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME ops.counter_deltas_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: dead_letters_id_seq; Type: SEQUENCE; Schema: ops; Owner: migrator
--

ALTER TABLE ops.dead_letters ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME ops.dead_letters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: repeatables; Type: TABLE; Schema: ops; Owner: migrator
--

CREATE TABLE ops.repeatables (
    path text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY ops.repeatables FORCE ROW LEVEL SECURITY;

ALTER TABLE ops.repeatables OWNER TO migrator;

--
-- Name: TABLE repeatables; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON TABLE ops.repeatables IS 'Files that are applied again when they change: what was applied last.';

--
-- Name: COLUMN repeatables.path; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON COLUMN ops.repeatables.path IS 'The file, below db/.';

--
-- Name: COLUMN repeatables.checksum; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON COLUMN ops.repeatables.checksum IS 'SHA-256 of the text, hexadecimal.';

--
-- Name: COLUMN repeatables.applied_at; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON COLUMN ops.repeatables.applied_at IS 'When it was applied.';

--
-- Name: reserved_handles; Type: TABLE; Schema: ops; Owner: migrator
--

CREATE TABLE ops.reserved_handles (
    handle text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT reserved_handles_handle_is_lowercase CHECK ((handle = lower(handle)))
);

ALTER TABLE ONLY ops.reserved_handles FORCE ROW LEVEL SECURITY;

ALTER TABLE ops.reserved_handles OWNER TO migrator;

--
-- Name: TABLE reserved_handles; Type: COMMENT; Schema: ops; Owner: migrator
--

COMMENT ON TABLE ops.reserved_handles IS 'Handles that nobody may register.';

--
-- Name: schema_migrations; Type: TABLE; Schema: ops; Owner: migrator
--

CREATE TABLE ops.schema_migrations (
    version character varying NOT NULL
);

ALTER TABLE ONLY ops.schema_migrations FORCE ROW LEVEL SECURITY;

ALTER TABLE ops.schema_migrations OWNER TO migrator;

--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE; Schema: procrastinate; Owner: migrator
--

CREATE SEQUENCE procrastinate.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE procrastinate.procrastinate_events_id_seq OWNER TO migrator;

--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE OWNED BY; Schema: procrastinate; Owner: migrator
--

ALTER SEQUENCE procrastinate.procrastinate_events_id_seq OWNED BY procrastinate.procrastinate_events.id;

--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE; Schema: procrastinate; Owner: migrator
--

CREATE SEQUENCE procrastinate.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE procrastinate.procrastinate_jobs_id_seq OWNER TO migrator;

--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE OWNED BY; Schema: procrastinate; Owner: migrator
--

ALTER SEQUENCE procrastinate.procrastinate_jobs_id_seq OWNED BY procrastinate.procrastinate_jobs.id;

--
-- Name: procrastinate_periodic_defers; Type: TABLE; Schema: procrastinate; Owner: migrator
--

CREATE TABLE procrastinate.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE ONLY procrastinate.procrastinate_periodic_defers FORCE ROW LEVEL SECURITY;

ALTER TABLE procrastinate.procrastinate_periodic_defers OWNER TO migrator;

--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE; Schema: procrastinate; Owner: migrator
--

CREATE SEQUENCE procrastinate.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE procrastinate.procrastinate_periodic_defers_id_seq OWNER TO migrator;

--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE OWNED BY; Schema: procrastinate; Owner: migrator
--

ALTER SEQUENCE procrastinate.procrastinate_periodic_defers_id_seq OWNED BY procrastinate.procrastinate_periodic_defers.id;

--
-- Name: procrastinate_workers_id_seq; Type: SEQUENCE; Schema: procrastinate; Owner: migrator
--

ALTER TABLE procrastinate.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME procrastinate.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: procrastinate_events id; Type: DEFAULT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('procrastinate.procrastinate_events_id_seq'::regclass);

--
-- Name: procrastinate_jobs id; Type: DEFAULT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('procrastinate.procrastinate_jobs_id_seq'::regclass);

--
-- Name: procrastinate_periodic_defers id; Type: DEFAULT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('procrastinate.procrastinate_periodic_defers_id_seq'::regclass);

--
-- Name: blocks blocks_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.blocks
    ADD CONSTRAINT blocks_pkey PRIMARY KEY (blocker_id, blocked_id);

--
-- Name: comments comments_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.comments
    ADD CONSTRAINT comments_pkey PRIMARY KEY (id);

--
-- Name: follows follows_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.follows
    ADD CONSTRAINT follows_pkey PRIMARY KEY (follower_id, followee_id);

--
-- Name: governorates governorates_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.governorates
    ADD CONSTRAINT governorates_pkey PRIMARY KEY (code);

--
-- Name: hashtags hashtags_name_is_unique; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.hashtags
    ADD CONSTRAINT hashtags_name_is_unique UNIQUE (name);

--
-- Name: hashtags hashtags_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.hashtags
    ADD CONSTRAINT hashtags_pkey PRIMARY KEY (id);

--
-- Name: languages languages_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.languages
    ADD CONSTRAINT languages_pkey PRIMARY KEY (code);

--
-- Name: media media_object_key_is_unique; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.media
    ADD CONSTRAINT media_object_key_is_unique UNIQUE (object_key);

--
-- Name: media media_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.media
    ADD CONSTRAINT media_pkey PRIMARY KEY (id);

--
-- Name: post_hashtags post_hashtags_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.post_hashtags
    ADD CONSTRAINT post_hashtags_pkey PRIMARY KEY (post_id, hashtag_id);

--
-- Name: post_stats post_stats_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.post_stats
    ADD CONSTRAINT post_stats_pkey PRIMARY KEY (post_id);

--
-- Name: posts posts_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (id);

--
-- Name: reactions reactions_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.reactions
    ADD CONSTRAINT reactions_pkey PRIMARY KEY (post_id, user_id);

--
-- Name: user_private user_private_email_is_unique; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.user_private
    ADD CONSTRAINT user_private_email_is_unique UNIQUE (email_key);

--
-- Name: user_private user_private_phone_is_unique; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.user_private
    ADD CONSTRAINT user_private_phone_is_unique UNIQUE (phone);

--
-- Name: user_private user_private_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.user_private
    ADD CONSTRAINT user_private_pkey PRIMARY KEY (user_id);

--
-- Name: user_stats user_stats_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.user_stats
    ADD CONSTRAINT user_stats_pkey PRIMARY KEY (user_id);

--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

--
-- Name: users users_username_is_unique; Type: CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.users
    ADD CONSTRAINT users_username_is_unique UNIQUE (username);

--
-- Name: audit audit_pkey; Type: CONSTRAINT; Schema: auth; Owner: migrator
--

ALTER TABLE ONLY auth.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);

--
-- Name: credentials credentials_pkey; Type: CONSTRAINT; Schema: auth; Owner: migrator
--

ALTER TABLE ONLY auth.credentials
    ADD CONSTRAINT credentials_pkey PRIMARY KEY (user_id);

--
-- Name: devices devices_are_known_once; Type: CONSTRAINT; Schema: auth; Owner: migrator
--

ALTER TABLE ONLY auth.devices
    ADD CONSTRAINT devices_are_known_once UNIQUE (user_id, fingerprint);

--
-- Name: devices devices_pkey; Type: CONSTRAINT; Schema: auth; Owner: migrator
--

ALTER TABLE ONLY auth.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);

--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: auth; Owner: migrator
--

ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

--
-- Name: pulled_authors pulled_authors_pkey; Type: CONSTRAINT; Schema: feed; Owner: migrator
--

ALTER TABLE ONLY feed.pulled_authors
    ADD CONSTRAINT pulled_authors_pkey PRIMARY KEY (author_id);

--
-- Name: timelines timelines_pkey; Type: CONSTRAINT; Schema: feed; Owner: migrator
--

ALTER TABLE ONLY feed.timelines
    ADD CONSTRAINT timelines_pkey PRIMARY KEY (owner_id, post_id);

--
-- Name: counter_deltas counter_deltas_pkey; Type: CONSTRAINT; Schema: ops; Owner: migrator
--

ALTER TABLE ONLY ops.counter_deltas
    ADD CONSTRAINT counter_deltas_pkey PRIMARY KEY (id);

--
-- Name: dead_letters dead_letters_job_id_is_unique; Type: CONSTRAINT; Schema: ops; Owner: migrator
--

ALTER TABLE ONLY ops.dead_letters
    ADD CONSTRAINT dead_letters_job_id_is_unique UNIQUE (job_id);

--
-- Name: dead_letters dead_letters_pkey; Type: CONSTRAINT; Schema: ops; Owner: migrator
--

ALTER TABLE ONLY ops.dead_letters
    ADD CONSTRAINT dead_letters_pkey PRIMARY KEY (id);

--
-- Name: idempotency_keys idempotency_keys_are_a_users_own; Type: CONSTRAINT; Schema: ops; Owner: migrator
--

ALTER TABLE ONLY ops.idempotency_keys
    ADD CONSTRAINT idempotency_keys_are_a_users_own UNIQUE (user_id, key);

--
-- Name: idempotency_keys idempotency_keys_pkey; Type: CONSTRAINT; Schema: ops; Owner: migrator
--

ALTER TABLE ONLY ops.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (id);

--
-- Name: repeatables repeatables_pkey; Type: CONSTRAINT; Schema: ops; Owner: migrator
--

ALTER TABLE ONLY ops.repeatables
    ADD CONSTRAINT repeatables_pkey PRIMARY KEY (path);

--
-- Name: reserved_handles reserved_handles_pkey; Type: CONSTRAINT; Schema: ops; Owner: migrator
--

ALTER TABLE ONLY ops.reserved_handles
    ADD CONSTRAINT reserved_handles_pkey PRIMARY KEY (handle);

--
-- Name: schema_migrations schema_migrations_pkey; Type: CONSTRAINT; Schema: ops; Owner: migrator
--

ALTER TABLE ONLY ops.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);

--
-- Name: procrastinate_events procrastinate_events_pkey; Type: CONSTRAINT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

--
-- Name: procrastinate_jobs procrastinate_jobs_pkey; Type: CONSTRAINT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_pkey; Type: CONSTRAINT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_unique; Type: CONSTRAINT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

--
-- Name: procrastinate_workers procrastinate_workers_pkey; Type: CONSTRAINT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

--
-- Name: blocks_by_blocked; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX blocks_by_blocked ON api.blocks USING btree (blocked_id, blocker_id);

--
-- Name: comments_by_author; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX comments_by_author ON ONLY api.comments USING btree (author_id, id DESC);

--
-- Name: comments_by_parent; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX comments_by_parent ON ONLY api.comments USING btree (parent_id, id) WHERE (parent_id IS NOT NULL);

--
-- Name: comments_by_path; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX comments_by_path ON ONLY api.comments USING gist (path);

--
-- Name: comments_by_post; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX comments_by_post ON ONLY api.comments USING btree (post_id, id);

--
-- Name: follows_by_followee; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX follows_by_followee ON api.follows USING btree (followee_id, follower_id);

--
-- Name: media_by_owner; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX media_by_owner ON api.media USING btree (owner_id, id DESC);

--
-- Name: media_unfinished; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX media_unfinished ON api.media USING btree (expires_at) WHERE ((status)::text = 'requested'::text);

--
-- Name: post_hashtags_by_hashtag; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX post_hashtags_by_hashtag ON api.post_hashtags USING btree (hashtag_id, post_id DESC);

--
-- Name: posts_by_author; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX posts_by_author ON ONLY api.posts USING btree (author_id, id DESC);

--
-- Name: reactions_by_user; Type: INDEX; Schema: api; Owner: migrator
--

CREATE INDEX reactions_by_user ON api.reactions USING btree (user_id, post_id DESC);

--
-- Name: audit_user_id_idx; Type: INDEX; Schema: auth; Owner: migrator
--

CREATE INDEX audit_user_id_idx ON auth.audit USING btree (user_id, id);

--
-- Name: sessions_device_id_idx; Type: INDEX; Schema: auth; Owner: migrator
--

CREATE INDEX sessions_device_id_idx ON auth.sessions USING btree (device_id);

--
-- Name: sessions_user_id_idx; Type: INDEX; Schema: auth; Owner: migrator
--

CREATE INDEX sessions_user_id_idx ON auth.sessions USING btree (user_id, id);

--
-- Name: dead_letters_waiting; Type: INDEX; Schema: ops; Owner: migrator
--

CREATE INDEX dead_letters_waiting ON ops.dead_letters USING btree (queue, failed_at) WHERE (resolved_at IS NULL);

--
-- Name: idempotency_keys_claimed_at_idx; Type: INDEX; Schema: ops; Owner: migrator
--

CREATE INDEX idempotency_keys_claimed_at_idx ON ops.idempotency_keys USING btree (claimed_at);

--
-- Name: idx_procrastinate_jobs_worker_not_null; Type: INDEX; Schema: procrastinate; Owner: migrator
--

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON procrastinate.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::procrastinate.procrastinate_job_status));

--
-- Name: idx_procrastinate_workers_last_heartbeat; Type: INDEX; Schema: procrastinate; Owner: migrator
--

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON procrastinate.procrastinate_workers USING btree (last_heartbeat);

--
-- Name: procrastinate_events_job_id_fkey_v1; Type: INDEX; Schema: procrastinate; Owner: migrator
--

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON procrastinate.procrastinate_events USING btree (job_id);

--
-- Name: procrastinate_jobs_id_lock_idx_v1; Type: INDEX; Schema: procrastinate; Owner: migrator
--

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON procrastinate.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::procrastinate.procrastinate_job_status, 'doing'::procrastinate.procrastinate_job_status]));

--
-- Name: procrastinate_jobs_lock_idx_v1; Type: INDEX; Schema: procrastinate; Owner: migrator
--

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON procrastinate.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::procrastinate.procrastinate_job_status);

--
-- Name: procrastinate_jobs_priority_idx_v1; Type: INDEX; Schema: procrastinate; Owner: migrator
--

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON procrastinate.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::procrastinate.procrastinate_job_status);

--
-- Name: procrastinate_jobs_queue_name_idx_v1; Type: INDEX; Schema: procrastinate; Owner: migrator
--

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON procrastinate.procrastinate_jobs USING btree (queue_name);

--
-- Name: procrastinate_jobs_queueing_lock_idx_v1; Type: INDEX; Schema: procrastinate; Owner: migrator
--

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON procrastinate.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::procrastinate.procrastinate_job_status);

--
-- Name: procrastinate_periodic_defers_job_id_fkey_v1; Type: INDEX; Schema: procrastinate; Owner: migrator
--

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON procrastinate.procrastinate_periodic_defers USING btree (job_id);

--
-- Name: blocks blocks_part; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER blocks_part AFTER INSERT ON api.blocks REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION api.tg_blocks__part();

--
-- Name: comments comments_count_added; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER comments_count_added AFTER INSERT ON api.comments REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION api.tg_comments__count();

--
-- Name: comments comments_count_changed; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER comments_count_changed AFTER UPDATE ON api.comments REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION api.tg_comments__count();

--
-- Name: comments comments_count_removed; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER comments_count_removed AFTER DELETE ON api.comments REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION api.tg_comments__count();

--
-- Name: comments comments_keep; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER comments_keep BEFORE UPDATE OF id, post_id, author_id, parent_id, created_at ON api.comments FOR EACH ROW EXECUTE FUNCTION ops.tg_rows__keep('id', 'post_id', 'author_id', 'parent_id', 'created_at');

--
-- Name: comments comments_place; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER comments_place BEFORE INSERT ON api.comments FOR EACH ROW EXECUTE FUNCTION api.tg_comments__place();

--
-- Name: comments comments_version; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER comments_version BEFORE UPDATE ON api.comments FOR EACH ROW EXECUTE FUNCTION ops.tg_rows__version();

--
-- Name: follows follows_added; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER follows_added AFTER INSERT ON api.follows REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION api.tg_follows__added();

--
-- Name: follows follows_removed; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER follows_removed AFTER DELETE ON api.follows REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION api.tg_follows__removed();

--
-- Name: media media_accept; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER media_accept AFTER INSERT ON api.media FOR EACH ROW WHEN (((new.status)::text = 'requested'::text)) EXECUTE FUNCTION api.tg_media__accept();

--
-- Name: media media_touch; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER media_touch BEFORE UPDATE ON api.media FOR EACH ROW EXECUTE FUNCTION ops.tg_rows__touch();

--
-- Name: posts posts_count_deleted; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER posts_count_deleted AFTER UPDATE ON api.posts REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION api.tg_posts__count_deleted();

--
-- Name: posts posts_keep; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER posts_keep BEFORE UPDATE OF id, author_id, type, created_at ON api.posts FOR EACH ROW EXECUTE FUNCTION ops.tg_rows__keep('id', 'author_id', 'type', 'created_at');

--
-- Name: posts posts_publish; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER posts_publish AFTER INSERT ON api.posts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION api.tg_posts__publish();

--
-- Name: posts posts_tag_added; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER posts_tag_added AFTER INSERT ON api.posts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION api.tg_posts__tag();

--
-- Name: posts posts_tag_changed; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER posts_tag_changed AFTER UPDATE ON api.posts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION api.tg_posts__tag();

--
-- Name: posts posts_version; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER posts_version BEFORE UPDATE ON api.posts FOR EACH ROW EXECUTE FUNCTION ops.tg_rows__version();

--
-- Name: reactions reactions_count_added; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER reactions_count_added AFTER INSERT ON api.reactions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION api.tg_reactions__count();

--
-- Name: reactions reactions_count_removed; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER reactions_count_removed AFTER DELETE ON api.reactions REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION api.tg_reactions__count();

--
-- Name: reactions reactions_keep; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER reactions_keep BEFORE UPDATE OF post_id, user_id, created_at ON api.reactions FOR EACH ROW EXECUTE FUNCTION ops.tg_rows__keep('post_id', 'user_id', 'created_at');

--
-- Name: user_private user_private_touch; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER user_private_touch BEFORE UPDATE ON api.user_private FOR EACH ROW EXECUTE FUNCTION ops.tg_rows__touch();

--
-- Name: users users_reserved; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER users_reserved BEFORE INSERT OR UPDATE OF username ON api.users FOR EACH ROW EXECUTE FUNCTION api.tg_users__reserved();

--
-- Name: users users_stats; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER users_stats AFTER INSERT ON api.users REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION api.tg_users__stats();

--
-- Name: users users_version; Type: TRIGGER; Schema: api; Owner: migrator
--

CREATE TRIGGER users_version BEFORE UPDATE ON api.users FOR EACH ROW EXECUTE FUNCTION ops.tg_rows__version();

--
-- Name: audit audit_append_only; Type: TRIGGER; Schema: auth; Owner: migrator
--

CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON auth.audit FOR EACH STATEMENT EXECUTE FUNCTION auth.tg_audit__append_only();

--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_aborted_v1; Type: TRIGGER; Schema: procrastinate; Owner: migrator
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON procrastinate.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::procrastinate.procrastinate_job_status))) EXECUTE FUNCTION procrastinate.procrastinate_notify_queue_abort_job_v1();

--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_inserted_v1; Type: TRIGGER; Schema: procrastinate; Owner: migrator
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON procrastinate.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate.procrastinate_job_status)) EXECUTE FUNCTION procrastinate.procrastinate_notify_queue_job_inserted_v1();

--
-- Name: procrastinate_jobs procrastinate_trigger_abort_requested_events_v1; Type: TRIGGER; Schema: procrastinate; Owner: migrator
--

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON procrastinate.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION procrastinate.procrastinate_trigger_abort_requested_events_procedure_v1();

--
-- Name: procrastinate_jobs procrastinate_trigger_delete_jobs_v1; Type: TRIGGER; Schema: procrastinate; Owner: migrator
--

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON procrastinate.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION procrastinate.procrastinate_unlink_periodic_defers_v1();

--
-- Name: procrastinate_jobs procrastinate_trigger_scheduled_events_v1; Type: TRIGGER; Schema: procrastinate; Owner: migrator
--

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON procrastinate.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::procrastinate.procrastinate_job_status))) EXECUTE FUNCTION procrastinate.procrastinate_trigger_function_scheduled_events_v1();

--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_insert_v1; Type: TRIGGER; Schema: procrastinate; Owner: migrator
--

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON procrastinate.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate.procrastinate_job_status)) EXECUTE FUNCTION procrastinate.procrastinate_trigger_function_status_events_insert_v1();

--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_update_v1; Type: TRIGGER; Schema: procrastinate; Owner: migrator
--

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON procrastinate.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION procrastinate.procrastinate_trigger_function_status_events_update_v1();

--
-- Name: blocks blocks_blocked_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.blocks
    ADD CONSTRAINT blocks_blocked_id_fkey FOREIGN KEY (blocked_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT blocks_blocked_id_fkey ON blocks; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT blocks_blocked_id_fkey ON api.blocks IS '@graphql({"foreign_name": "blocked", "local_name": "blockedBy"})';

--
-- Name: blocks blocks_blocker_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.blocks
    ADD CONSTRAINT blocks_blocker_id_fkey FOREIGN KEY (blocker_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT blocks_blocker_id_fkey ON blocks; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT blocks_blocker_id_fkey ON api.blocks IS '@graphql({"foreign_name": "blocker", "local_name": "blocks"})';

--
-- Name: comments comments_author_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE api.comments
    ADD CONSTRAINT comments_author_id_fkey FOREIGN KEY (author_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT comments_author_id_fkey ON comments; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT comments_author_id_fkey ON api.comments IS '@graphql({"foreign_name": "author", "local_name": "comments"})';

--
-- Name: comments comments_parent_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE api.comments
    ADD CONSTRAINT comments_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES api.comments(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT comments_parent_id_fkey ON comments; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT comments_parent_id_fkey ON api.comments IS '@graphql({"foreign_name": "parent", "local_name": "replies"})';

--
-- Name: comments comments_post_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE api.comments
    ADD CONSTRAINT comments_post_id_fkey FOREIGN KEY (post_id) REFERENCES api.posts(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT comments_post_id_fkey ON comments; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT comments_post_id_fkey ON api.comments IS '@graphql({"foreign_name": "post", "local_name": "comments"})';

--
-- Name: follows follows_followee_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.follows
    ADD CONSTRAINT follows_followee_id_fkey FOREIGN KEY (followee_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT follows_followee_id_fkey ON follows; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT follows_followee_id_fkey ON api.follows IS '@graphql({"foreign_name": "followee", "local_name": "followers"})';

--
-- Name: follows follows_follower_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.follows
    ADD CONSTRAINT follows_follower_id_fkey FOREIGN KEY (follower_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT follows_follower_id_fkey ON follows; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT follows_follower_id_fkey ON api.follows IS '@graphql({"foreign_name": "follower", "local_name": "following"})';

--
-- Name: media media_owner_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.media
    ADD CONSTRAINT media_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT media_owner_id_fkey ON media; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT media_owner_id_fkey ON api.media IS '@graphql({"foreign_name": "owner", "local_name": "media"})';

--
-- Name: post_hashtags post_hashtags_hashtag_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.post_hashtags
    ADD CONSTRAINT post_hashtags_hashtag_id_fkey FOREIGN KEY (hashtag_id) REFERENCES api.hashtags(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT post_hashtags_hashtag_id_fkey ON post_hashtags; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT post_hashtags_hashtag_id_fkey ON api.post_hashtags IS '@graphql({"foreign_name": "hashtag", "local_name": "posts"})';

--
-- Name: post_hashtags post_hashtags_post_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.post_hashtags
    ADD CONSTRAINT post_hashtags_post_id_fkey FOREIGN KEY (post_id) REFERENCES api.posts(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT post_hashtags_post_id_fkey ON post_hashtags; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT post_hashtags_post_id_fkey ON api.post_hashtags IS '@graphql({"foreign_name": "post", "local_name": "hashtags"})';

--
-- Name: post_stats post_stats_post_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.post_stats
    ADD CONSTRAINT post_stats_post_id_fkey FOREIGN KEY (post_id) REFERENCES api.posts(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT post_stats_post_id_fkey ON post_stats; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT post_stats_post_id_fkey ON api.post_stats IS '@graphql({"foreign_name": "post", "local_name": "stats"})';

--
-- Name: posts posts_author_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE api.posts
    ADD CONSTRAINT posts_author_id_fkey FOREIGN KEY (author_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT posts_author_id_fkey ON posts; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT posts_author_id_fkey ON api.posts IS '@graphql({"foreign_name": "author", "local_name": "posts"})';

--
-- Name: reactions reactions_post_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.reactions
    ADD CONSTRAINT reactions_post_id_fkey FOREIGN KEY (post_id) REFERENCES api.posts(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT reactions_post_id_fkey ON reactions; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT reactions_post_id_fkey ON api.reactions IS '@graphql({"foreign_name": "post", "local_name": "reactions"})';

--
-- Name: reactions reactions_user_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.reactions
    ADD CONSTRAINT reactions_user_id_fkey FOREIGN KEY (user_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT reactions_user_id_fkey ON reactions; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT reactions_user_id_fkey ON api.reactions IS '@graphql({"foreign_name": "user", "local_name": "reactions"})';

--
-- Name: user_private user_private_user_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.user_private
    ADD CONSTRAINT user_private_user_id_fkey FOREIGN KEY (user_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT user_private_user_id_fkey ON user_private; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT user_private_user_id_fkey ON api.user_private IS '@graphql({"foreign_name": "user", "local_name": "private"})';

--
-- Name: user_stats user_stats_user_id_fkey; Type: FK CONSTRAINT; Schema: api; Owner: migrator
--

ALTER TABLE ONLY api.user_stats
    ADD CONSTRAINT user_stats_user_id_fkey FOREIGN KEY (user_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: CONSTRAINT user_stats_user_id_fkey ON user_stats; Type: COMMENT; Schema: api; Owner: migrator
--

COMMENT ON CONSTRAINT user_stats_user_id_fkey ON api.user_stats IS '@graphql({"foreign_name": "user", "local_name": "stats"})';

--
-- Name: credentials credentials_user_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: migrator
--

ALTER TABLE ONLY auth.credentials
    ADD CONSTRAINT credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: devices devices_user_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: migrator
--

ALTER TABLE ONLY auth.devices
    ADD CONSTRAINT devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: sessions sessions_device_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: migrator
--

ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_device_id_fkey FOREIGN KEY (device_id) REFERENCES auth.devices(id) ON DELETE SET NULL;

--
-- Name: sessions sessions_user_id_fkey; Type: FK CONSTRAINT; Schema: auth; Owner: migrator
--

ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: pulled_authors pulled_authors_author_id_fkey; Type: FK CONSTRAINT; Schema: feed; Owner: migrator
--

ALTER TABLE ONLY feed.pulled_authors
    ADD CONSTRAINT pulled_authors_author_id_fkey FOREIGN KEY (author_id) REFERENCES api.users(id) ON DELETE CASCADE;

--
-- Name: procrastinate_events procrastinate_events_job_id_fkey; Type: FK CONSTRAINT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES procrastinate.procrastinate_jobs(id) ON DELETE CASCADE;

--
-- Name: procrastinate_jobs procrastinate_jobs_worker_id_fkey; Type: FK CONSTRAINT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES procrastinate.procrastinate_workers(id) ON DELETE SET NULL;

--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_job_id_fkey; Type: FK CONSTRAINT; Schema: procrastinate; Owner: migrator
--

ALTER TABLE ONLY procrastinate.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES procrastinate.procrastinate_jobs(id);

--
-- Name: blocks; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.blocks ENABLE ROW LEVEL SECURITY;

--
-- Name: comments; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.comments ENABLE ROW LEVEL SECURITY;

--
-- Name: blocks delete_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY delete_own ON api.blocks FOR DELETE TO authenticated USING (((blocker_id)::bigint = ( SELECT auth.uid() AS uid)));

--
-- Name: follows delete_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY delete_own ON api.follows FOR DELETE TO authenticated USING ((((follower_id)::bigint = ( SELECT auth.uid() AS uid)) OR ((followee_id)::bigint = ( SELECT auth.uid() AS uid))));

--
-- Name: reactions delete_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY delete_own ON api.reactions FOR DELETE TO authenticated USING (((user_id)::bigint = ( SELECT auth.uid() AS uid)));

--
-- Name: follows; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.follows ENABLE ROW LEVEL SECURITY;

--
-- Name: governorates; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.governorates ENABLE ROW LEVEL SECURITY;

--
-- Name: hashtags; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.hashtags ENABLE ROW LEVEL SECURITY;

--
-- Name: blocks insert_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY insert_own ON api.blocks FOR INSERT TO authenticated WITH CHECK ((((blocker_id)::bigint = ( SELECT auth.uid() AS uid)) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = ( SELECT auth.uid() AS uid)))));

--
-- Name: comments insert_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY insert_own ON api.comments FOR INSERT TO authenticated WITH CHECK ((((author_id)::bigint = ( SELECT auth.uid() AS uid)) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = ( SELECT auth.uid() AS uid))) AND ( SELECT true
   FROM api.posts p
  WHERE ((p.id)::bigint = (comments.post_id)::bigint))));

--
-- Name: follows insert_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY insert_own ON api.follows FOR INSERT TO authenticated WITH CHECK ((((follower_id)::bigint = ( SELECT auth.uid() AS uid)) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = ( SELECT auth.uid() AS uid))) AND ( SELECT true
   FROM feed.audience a
  WHERE (((a.author_id)::bigint = (follows.followee_id)::bigint) AND (a.visibility = 'PUBLIC'::text)))));

--
-- Name: posts insert_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY insert_own ON api.posts FOR INSERT TO authenticated WITH CHECK ((((author_id)::bigint = ( SELECT auth.uid() AS uid)) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = ( SELECT auth.uid() AS uid)))));

--
-- Name: reactions insert_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY insert_own ON api.reactions FOR INSERT TO authenticated WITH CHECK ((((user_id)::bigint = ( SELECT auth.uid() AS uid)) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = ( SELECT auth.uid() AS uid))) AND ( SELECT true
   FROM api.posts p
  WHERE ((p.id)::bigint = (reactions.post_id)::bigint))));

--
-- Name: languages; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.languages ENABLE ROW LEVEL SECURITY;

--
-- Name: media; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.media ENABLE ROW LEVEL SECURITY;

--
-- Name: post_hashtags; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.post_hashtags ENABLE ROW LEVEL SECURITY;

--
-- Name: post_stats; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.post_stats ENABLE ROW LEVEL SECURITY;

--
-- Name: posts; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.posts ENABLE ROW LEVEL SECURITY;

--
-- Name: reactions; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.reactions ENABLE ROW LEVEL SECURITY;

--
-- Name: governorates select_all; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_all ON api.governorates FOR SELECT TO anon, authenticated USING (true);

--
-- Name: languages select_all; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_all ON api.languages FOR SELECT TO anon, authenticated USING (true);

--
-- Name: blocks select_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_own ON api.blocks FOR SELECT TO authenticated USING (((blocker_id)::bigint = ( SELECT auth.uid() AS uid)));

--
-- Name: media select_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_own ON api.media FOR SELECT TO authenticated USING (((owner_id)::bigint = ( SELECT auth.uid() AS uid)));

--
-- Name: user_private select_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_own ON api.user_private FOR SELECT TO authenticated USING (((user_id)::bigint = ( SELECT auth.uid() AS uid)));

--
-- Name: comments select_visible; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_visible ON api.comments FOR SELECT TO anon, authenticated USING (((deleted_at IS NULL) AND ( SELECT true
   FROM api.posts p
  WHERE ((p.id)::bigint = (comments.post_id)::bigint)) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = (comments.author_id)::bigint))));

--
-- Name: follows select_visible; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_visible ON api.follows FOR SELECT TO authenticated USING ((((follower_id)::bigint = ( SELECT auth.uid() AS uid)) OR ((followee_id)::bigint = ( SELECT auth.uid() AS uid)) OR (( SELECT true
   FROM feed.audience a
  WHERE (((a.author_id)::bigint = (follows.follower_id)::bigint) AND (a.visibility = 'PUBLIC'::text))) AND ( SELECT true
   FROM feed.audience a
  WHERE (((a.author_id)::bigint = (follows.followee_id)::bigint) AND (a.visibility = 'PUBLIC'::text))))));

--
-- Name: hashtags select_visible; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_visible ON api.hashtags FOR SELECT TO anon, authenticated USING ((is_listed OR ( SELECT true
   FROM api.post_hashtags ph
  WHERE ((ph.hashtag_id)::bigint = (hashtags.id)::bigint)
 LIMIT 1)));

--
-- Name: post_hashtags select_visible; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_visible ON api.post_hashtags FOR SELECT TO anon, authenticated USING (( SELECT true
   FROM api.posts p
  WHERE ((p.id)::bigint = (post_hashtags.post_id)::bigint)));

--
-- Name: post_stats select_visible; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_visible ON api.post_stats FOR SELECT TO anon, authenticated USING (( SELECT true
   FROM api.posts p
  WHERE ((p.id)::bigint = (post_stats.post_id)::bigint)));

--
-- Name: posts select_visible; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_visible ON api.posts FOR SELECT TO anon, authenticated USING (((deleted_at IS NULL) AND ( SELECT true
   FROM feed.audience a
  WHERE (((a.author_id)::bigint = (posts.author_id)::bigint) AND (a.visibility = (posts.visibility)::text)))));

--
-- Name: reactions select_visible; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_visible ON api.reactions FOR SELECT TO authenticated USING ((((user_id)::bigint = ( SELECT auth.uid() AS uid)) OR (( SELECT true
   FROM api.posts p
  WHERE ((p.id)::bigint = (reactions.post_id)::bigint)) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = (reactions.user_id)::bigint)))));

--
-- Name: user_stats select_visible; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_visible ON api.user_stats FOR SELECT TO anon, authenticated USING (( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = (user_stats.user_id)::bigint)));

--
-- Name: users select_visible; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY select_visible ON api.users FOR SELECT TO anon, authenticated USING (((deleted_at IS NULL) AND (( SELECT true
   FROM feed.viewer_blocks b
  WHERE ((b.user_id)::bigint = (users.id)::bigint)
 LIMIT 1) IS NULL)));

--
-- Name: comments update_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY update_own ON api.comments FOR UPDATE TO authenticated USING ((((author_id)::bigint = ( SELECT auth.uid() AS uid)) AND (deleted_at IS NULL) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = ( SELECT auth.uid() AS uid))))) WITH CHECK (((author_id)::bigint = ( SELECT auth.uid() AS uid)));

--
-- Name: posts update_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY update_own ON api.posts FOR UPDATE TO authenticated USING ((((author_id)::bigint = ( SELECT auth.uid() AS uid)) AND (deleted_at IS NULL) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = ( SELECT auth.uid() AS uid))))) WITH CHECK (((author_id)::bigint = ( SELECT auth.uid() AS uid)));

--
-- Name: reactions update_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY update_own ON api.reactions FOR UPDATE TO authenticated USING (((user_id)::bigint = ( SELECT auth.uid() AS uid))) WITH CHECK ((((user_id)::bigint = ( SELECT auth.uid() AS uid)) AND ( SELECT true
   FROM api.users u
  WHERE ((u.id)::bigint = ( SELECT auth.uid() AS uid))) AND ( SELECT true
   FROM api.posts p
  WHERE ((p.id)::bigint = (reactions.post_id)::bigint))));

--
-- Name: users update_own; Type: POLICY; Schema: api; Owner: migrator
--

CREATE POLICY update_own ON api.users FOR UPDATE TO authenticated USING ((((id)::bigint = ( SELECT auth.uid() AS uid)) AND (deleted_at IS NULL))) WITH CHECK (((id)::bigint = ( SELECT auth.uid() AS uid)));

--
-- Name: user_private; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.user_private ENABLE ROW LEVEL SECURITY;

--
-- Name: user_stats; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.user_stats ENABLE ROW LEVEL SECURITY;

--
-- Name: users; Type: ROW SECURITY; Schema: api; Owner: migrator
--

ALTER TABLE api.users ENABLE ROW LEVEL SECURITY;

--
-- Name: audit; Type: ROW SECURITY; Schema: auth; Owner: migrator
--

ALTER TABLE auth.audit ENABLE ROW LEVEL SECURITY;

--
-- Name: credentials; Type: ROW SECURITY; Schema: auth; Owner: migrator
--

ALTER TABLE auth.credentials ENABLE ROW LEVEL SECURITY;

--
-- Name: devices; Type: ROW SECURITY; Schema: auth; Owner: migrator
--

ALTER TABLE auth.devices ENABLE ROW LEVEL SECURITY;

--
-- Name: sessions; Type: ROW SECURITY; Schema: auth; Owner: migrator
--

ALTER TABLE auth.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: pulled_authors; Type: ROW SECURITY; Schema: feed; Owner: migrator
--

ALTER TABLE feed.pulled_authors ENABLE ROW LEVEL SECURITY;

--
-- Name: timelines; Type: ROW SECURITY; Schema: feed; Owner: migrator
--

ALTER TABLE feed.timelines ENABLE ROW LEVEL SECURITY;

--
-- Name: counter_deltas; Type: ROW SECURITY; Schema: ops; Owner: migrator
--

ALTER TABLE ops.counter_deltas ENABLE ROW LEVEL SECURITY;

--
-- Name: dead_letters; Type: ROW SECURITY; Schema: ops; Owner: migrator
--

ALTER TABLE ops.dead_letters ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys; Type: ROW SECURITY; Schema: ops; Owner: migrator
--

ALTER TABLE ops.idempotency_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: repeatables; Type: ROW SECURITY; Schema: ops; Owner: migrator
--

ALTER TABLE ops.repeatables ENABLE ROW LEVEL SECURITY;

--
-- Name: reserved_handles; Type: ROW SECURITY; Schema: ops; Owner: migrator
--

ALTER TABLE ops.reserved_handles ENABLE ROW LEVEL SECURITY;

--
-- Name: schema_migrations; Type: ROW SECURITY; Schema: ops; Owner: migrator
--

ALTER TABLE ops.schema_migrations ENABLE ROW LEVEL SECURITY;

--
-- Name: procrastinate_events; Type: ROW SECURITY; Schema: procrastinate; Owner: migrator
--

ALTER TABLE procrastinate.procrastinate_events ENABLE ROW LEVEL SECURITY;

--
-- Name: procrastinate_jobs; Type: ROW SECURITY; Schema: procrastinate; Owner: migrator
--

ALTER TABLE procrastinate.procrastinate_jobs ENABLE ROW LEVEL SECURITY;

--
-- Name: procrastinate_periodic_defers; Type: ROW SECURITY; Schema: procrastinate; Owner: migrator
--

ALTER TABLE procrastinate.procrastinate_periodic_defers ENABLE ROW LEVEL SECURITY;

--
-- Name: procrastinate_workers; Type: ROW SECURITY; Schema: procrastinate; Owner: migrator
--

ALTER TABLE procrastinate.procrastinate_workers ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA api; Type: ACL; Schema: -; Owner: migrator
--

GRANT USAGE ON SCHEMA api TO anon;
GRANT USAGE ON SCHEMA api TO authenticated;

--
-- Name: SCHEMA auth; Type: ACL; Schema: -; Owner: migrator
--

GRANT USAGE ON SCHEMA auth TO gateway;

--
-- Name: SCHEMA extensions; Type: ACL; Schema: -; Owner: migrator
--

GRANT USAGE ON SCHEMA extensions TO anon;
GRANT USAGE ON SCHEMA extensions TO authenticated;

--
-- Name: SCHEMA feed; Type: ACL; Schema: -; Owner: migrator
--

GRANT USAGE ON SCHEMA feed TO worker;

--
-- Name: SCHEMA ops; Type: ACL; Schema: -; Owner: migrator
--

GRANT USAGE ON SCHEMA ops TO gateway;
GRANT USAGE ON SCHEMA ops TO worker;

--
-- Name: SCHEMA procrastinate; Type: ACL; Schema: -; Owner: migrator
--

GRANT USAGE ON SCHEMA procrastinate TO worker;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

REVOKE USAGE ON SCHEMA public FROM PUBLIC;

--
-- Name: SEQUENCE snowflake_seq; Type: ACL; Schema: api; Owner: migrator
--

GRANT USAGE ON SEQUENCE api.snowflake_seq TO authenticated;

--
-- Name: FUNCTION next_id(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.next_id() FROM PUBLIC;
GRANT ALL ON FUNCTION api.next_id() TO authenticated;

--
-- Name: FUNCTION uid(); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.uid() FROM PUBLIC;
GRANT ALL ON FUNCTION auth.uid() TO anon;
GRANT ALL ON FUNCTION auth.uid() TO authenticated;

--
-- Name: TABLE posts; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.posts TO anon;
GRANT SELECT ON TABLE api.posts TO authenticated;

--
-- Name: COLUMN posts.type; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(type) ON TABLE api.posts TO authenticated;

--
-- Name: COLUMN posts.content; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(content),UPDATE(content) ON TABLE api.posts TO authenticated;

--
-- Name: COLUMN posts.visibility; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(visibility),UPDATE(visibility) ON TABLE api.posts TO authenticated;

--
-- Name: COLUMN posts.media_urls; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(media_urls),UPDATE(media_urls) ON TABLE api.posts TO authenticated;

--
-- Name: COLUMN posts.language; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(language),UPDATE(language) ON TABLE api.posts TO authenticated;

--
-- Name: COLUMN posts.version; Type: ACL; Schema: api; Owner: migrator
--

GRANT UPDATE(version) ON TABLE api.posts TO authenticated;

--
-- Name: FUNCTION snowflake_to_json(id api.snowflake); Type: ACL; Schema: extensions; Owner: migrator
--

REVOKE ALL ON FUNCTION extensions.snowflake_to_json(id api.snowflake) FROM PUBLIC;
GRANT ALL ON FUNCTION extensions.snowflake_to_json(id api.snowflake) TO anon;
GRANT ALL ON FUNCTION extensions.snowflake_to_json(id api.snowflake) TO authenticated;

--
-- Name: TABLE user_private; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.user_private TO authenticated;

--
-- Name: TABLE users; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.users TO anon;
GRANT SELECT ON TABLE api.users TO authenticated;

--
-- Name: COLUMN users.name; Type: ACL; Schema: api; Owner: migrator
--

GRANT UPDATE(name) ON TABLE api.users TO authenticated;

--
-- Name: COLUMN users.bio; Type: ACL; Schema: api; Owner: migrator
--

GRANT UPDATE(bio) ON TABLE api.users TO authenticated;

--
-- Name: COLUMN users.avatar_url; Type: ACL; Schema: api; Owner: migrator
--

GRANT UPDATE(avatar_url) ON TABLE api.users TO authenticated;

--
-- Name: COLUMN users.locale; Type: ACL; Schema: api; Owner: migrator
--

GRANT UPDATE(locale) ON TABLE api.users TO authenticated;

--
-- Name: COLUMN users.is_private; Type: ACL; Schema: api; Owner: migrator
--

GRANT UPDATE(is_private) ON TABLE api.users TO authenticated;

--
-- Name: COLUMN users.version; Type: ACL; Schema: api; Owner: migrator
--

GRANT UPDATE(version) ON TABLE api.users TO authenticated;

--
-- Name: FUNCTION _email(subject api.users); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api._email(subject api.users) FROM PUBLIC;
GRANT ALL ON FUNCTION api._email(subject api.users) TO authenticated;

--
-- Name: TABLE user_stats; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.user_stats TO anon;
GRANT SELECT ON TABLE api.user_stats TO authenticated;

--
-- Name: FUNCTION _follower_count(subject api.users); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api._follower_count(subject api.users) FROM PUBLIC;
GRANT ALL ON FUNCTION api._follower_count(subject api.users) TO anon;
GRANT ALL ON FUNCTION api._follower_count(subject api.users) TO authenticated;

--
-- Name: FUNCTION create_post(input api.create_post_input); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.create_post(input api.create_post_input) FROM PUBLIC;
GRANT ALL ON FUNCTION api.create_post(input api.create_post_input) TO authenticated;

--
-- Name: TABLE comments; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.comments TO anon;
GRANT SELECT ON TABLE api.comments TO authenticated;

--
-- Name: COLUMN comments.post_id; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(post_id) ON TABLE api.comments TO authenticated;

--
-- Name: COLUMN comments.parent_id; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(parent_id) ON TABLE api.comments TO authenticated;

--
-- Name: COLUMN comments.content; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(content),UPDATE(content) ON TABLE api.comments TO authenticated;

--
-- Name: COLUMN comments.version; Type: ACL; Schema: api; Owner: migrator
--

GRANT UPDATE(version) ON TABLE api.comments TO authenticated;

--
-- Name: FUNCTION delete_comment(id bigint); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.delete_comment(id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.delete_comment(id bigint) TO authenticated;

--
-- Name: FUNCTION delete_post(id bigint); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.delete_post(id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.delete_post(id bigint) TO authenticated;

--
-- Name: FUNCTION feed(cursor text, "limit" integer); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.feed(cursor text, "limit" integer) FROM PUBLIC;
GRANT ALL ON FUNCTION api.feed(cursor text, "limit" integer) TO authenticated;

--
-- Name: FUNCTION id_at(moment timestamp with time zone); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.id_at(moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION api.id_at(moment timestamp with time zone) TO anon;
GRANT ALL ON FUNCTION api.id_at(moment timestamp with time zone) TO authenticated;

--
-- Name: FUNCTION me(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.me() FROM PUBLIC;
GRANT ALL ON FUNCTION api.me() TO anon;
GRANT ALL ON FUNCTION api.me() TO authenticated;

--
-- Name: FUNCTION tg_blocks__part(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_blocks__part() FROM PUBLIC;

--
-- Name: FUNCTION tg_comments__count(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_comments__count() FROM PUBLIC;

--
-- Name: FUNCTION tg_comments__place(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_comments__place() FROM PUBLIC;

--
-- Name: FUNCTION tg_follows__added(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_follows__added() FROM PUBLIC;

--
-- Name: FUNCTION tg_follows__removed(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_follows__removed() FROM PUBLIC;

--
-- Name: FUNCTION tg_media__accept(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_media__accept() FROM PUBLIC;

--
-- Name: FUNCTION tg_posts__count_deleted(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_posts__count_deleted() FROM PUBLIC;

--
-- Name: FUNCTION tg_posts__publish(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_posts__publish() FROM PUBLIC;

--
-- Name: FUNCTION tg_posts__tag(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_posts__tag() FROM PUBLIC;

--
-- Name: FUNCTION tg_reactions__count(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_reactions__count() FROM PUBLIC;

--
-- Name: FUNCTION tg_users__reserved(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_users__reserved() FROM PUBLIC;

--
-- Name: FUNCTION tg_users__stats(); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.tg_users__stats() FROM PUBLIC;

--
-- Name: FUNCTION time_of_id(id bigint); Type: ACL; Schema: api; Owner: migrator
--

REVOKE ALL ON FUNCTION api.time_of_id(id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION api.time_of_id(id bigint) TO anon;
GRANT ALL ON FUNCTION api.time_of_id(id bigint) TO authenticated;

--
-- Name: FUNCTION close_other_sessions(account_id bigint, kept_id bigint, reason text); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.close_other_sessions(account_id bigint, kept_id bigint, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.close_other_sessions(account_id bigint, kept_id bigint, reason text) TO gateway;

--
-- Name: FUNCTION close_session(account_id bigint, session_id bigint, ip inet, user_agent text); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.close_session(account_id bigint, session_id bigint, ip inet, user_agent text) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.close_session(account_id bigint, session_id bigint, ip inet, user_agent text) TO gateway;

--
-- Name: FUNCTION describe_account(account_id bigint); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.describe_account(account_id bigint) FROM PUBLIC;

--
-- Name: FUNCTION find_account(account_id bigint, session_id bigint); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.find_account(account_id bigint, session_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.find_account(account_id bigint, session_id bigint) TO gateway;

--
-- Name: FUNCTION find_credentials(email text); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.find_credentials(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.find_credentials(email text) TO gateway;

--
-- Name: FUNCTION find_refresh_key(session_id bigint); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.find_refresh_key(session_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.find_refresh_key(session_id bigint) TO gateway;

--
-- Name: FUNCTION list_sessions(account_id bigint); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.list_sessions(account_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.list_sessions(account_id bigint) TO gateway;

--
-- Name: FUNCTION record_event(action text, user_id bigint, session_id bigint, ip inet, user_agent text, details jsonb); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.record_event(action text, user_id bigint, session_id bigint, ip inet, user_agent text, details jsonb) FROM PUBLIC;

--
-- Name: FUNCTION note_failed_login(account_id bigint, ip inet, user_agent text, reason text); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.note_failed_login(account_id bigint, ip inet, user_agent text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.note_failed_login(account_id bigint, ip inet, user_agent text, reason text) TO gateway;

--
-- Name: FUNCTION open_session(account_id bigint, refresh_key bytea, fingerprint bytea, ip inet, user_agent text, refresh_life interval, session_life interval); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.open_session(account_id bigint, refresh_key bytea, fingerprint bytea, ip inet, user_agent text, refresh_life interval, session_life interval) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.open_session(account_id bigint, refresh_key bytea, fingerprint bytea, ip inet, user_agent text, refresh_life interval, session_life interval) TO gateway;

--
-- Name: FUNCTION register_account(username text, email text, password_hash text, ip inet, user_agent text); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.register_account(username text, email text, password_hash text, ip inet, user_agent text) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.register_account(username text, email text, password_hash text, ip inet, user_agent text) TO gateway;

--
-- Name: FUNCTION replace_password_hash(account_id bigint, old_hash text, new_hash text); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.replace_password_hash(account_id bigint, old_hash text, new_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.replace_password_hash(account_id bigint, old_hash text, new_hash text) TO gateway;

--
-- Name: FUNCTION revoke_session(session_id bigint, reason text); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.revoke_session(session_id bigint, reason text) FROM PUBLIC;

--
-- Name: FUNCTION rotate_session(session_id bigint, presented bigint, ip inet, user_agent text, refresh_life interval, reuse_tolerance interval); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.rotate_session(session_id bigint, presented bigint, ip inet, user_agent text, refresh_life interval, reuse_tolerance interval) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.rotate_session(session_id bigint, presented bigint, ip inet, user_agent text, refresh_life interval, reuse_tolerance interval) TO gateway;

--
-- Name: FUNCTION see_device(account_id bigint, fingerprint bytea, user_agent text); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.see_device(account_id bigint, fingerprint bytea, user_agent text) FROM PUBLIC;

--
-- Name: FUNCTION tg_audit__append_only(); Type: ACL; Schema: auth; Owner: migrator
--

REVOKE ALL ON FUNCTION auth.tg_audit__append_only() FROM PUBLIC;

--
-- Name: FUNCTION announce_schema_change(); Type: ACL; Schema: extensions; Owner: daira
--

REVOKE ALL ON FUNCTION extensions.announce_schema_change() FROM PUBLIC;

--
-- Name: FUNCTION decode_cursor(given text); Type: ACL; Schema: feed; Owner: migrator
--

REVOKE ALL ON FUNCTION feed.decode_cursor(given text) FROM PUBLIC;

--
-- Name: FUNCTION encode_cursor(post_id bigint); Type: ACL; Schema: feed; Owner: migrator
--

REVOKE ALL ON FUNCTION feed.encode_cursor(post_id bigint) FROM PUBLIC;

--
-- Name: FUNCTION fan_out(post_id bigint); Type: ACL; Schema: feed; Owner: migrator
--

REVOKE ALL ON FUNCTION feed.fan_out(post_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION feed.fan_out(post_id bigint) TO worker;

--
-- Name: TABLE blocks; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT,DELETE ON TABLE api.blocks TO authenticated;

--
-- Name: COLUMN blocks.blocker_id; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(blocker_id) ON TABLE api.blocks TO authenticated;

--
-- Name: COLUMN blocks.blocked_id; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(blocked_id) ON TABLE api.blocks TO authenticated;

--
-- Name: TABLE follows; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT,DELETE ON TABLE api.follows TO authenticated;

--
-- Name: COLUMN follows.follower_id; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(follower_id) ON TABLE api.follows TO authenticated;

--
-- Name: COLUMN follows.followee_id; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(followee_id) ON TABLE api.follows TO authenticated;

--
-- Name: TABLE viewer_blocks; Type: ACL; Schema: feed; Owner: migrator
--

GRANT SELECT ON TABLE feed.viewer_blocks TO anon;
GRANT SELECT ON TABLE feed.viewer_blocks TO authenticated;

--
-- Name: TABLE viewer_follows; Type: ACL; Schema: feed; Owner: migrator
--

GRANT SELECT ON TABLE feed.viewer_follows TO anon;
GRANT SELECT ON TABLE feed.viewer_follows TO authenticated;

--
-- Name: TABLE audience; Type: ACL; Schema: feed; Owner: migrator
--

GRANT SELECT ON TABLE feed.audience TO anon;
GRANT SELECT ON TABLE feed.audience TO authenticated;

--
-- Name: FUNCTION newest(viewer bigint, before bigint, wanted integer); Type: ACL; Schema: feed; Owner: migrator
--

REVOKE ALL ON FUNCTION feed.newest(viewer bigint, before bigint, wanted integer) FROM PUBLIC;

--
-- Name: FUNCTION newest_fetched(viewer bigint, before bigint, wanted integer); Type: ACL; Schema: feed; Owner: migrator
--

REVOKE ALL ON FUNCTION feed.newest_fetched(viewer bigint, before bigint, wanted integer) FROM PUBLIC;

--
-- Name: FUNCTION review_delivery(author_ids bigint[]); Type: ACL; Schema: feed; Owner: migrator
--

REVOKE ALL ON FUNCTION feed.review_delivery(author_ids bigint[]) FROM PUBLIC;

--
-- Name: FUNCTION add_months(parent regclass, months integer); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.add_months(parent regclass, months integer) FROM PUBLIC;

--
-- Name: FUNCTION add_partitions(months integer); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.add_partitions(months integer) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.add_partitions(months integer) TO worker;

--
-- Name: TABLE post_stats; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.post_stats TO anon;
GRANT SELECT ON TABLE api.post_stats TO authenticated;

--
-- Name: FUNCTION add_to_post_stats(deltas ops.counter_deltas[]); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.add_to_post_stats(deltas ops.counter_deltas[]) FROM PUBLIC;

--
-- Name: FUNCTION add_to_user_stats(deltas ops.counter_deltas[]); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.add_to_user_stats(deltas ops.counter_deltas[]) FROM PUBLIC;

--
-- Name: TABLE dead_letters; Type: ACL; Schema: ops; Owner: migrator
--

GRANT SELECT ON TABLE ops.dead_letters TO worker;

--
-- Name: TABLE procrastinate_jobs; Type: ACL; Schema: procrastinate; Owner: migrator
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE procrastinate.procrastinate_jobs TO worker;

--
-- Name: FUNCTION bury_failed_jobs(); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.bury_failed_jobs() FROM PUBLIC;
GRANT ALL ON FUNCTION ops.bury_failed_jobs() TO worker;

--
-- Name: FUNCTION bury_job(job_id bigint, error text, traceback text); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.bury_job(job_id bigint, error text, traceback text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.bury_job(job_id bigint, error text, traceback text) TO worker;

--
-- Name: TABLE procrastinate_events; Type: ACL; Schema: procrastinate; Owner: migrator
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE procrastinate.procrastinate_events TO worker;

--
-- Name: TABLE procrastinate_workers; Type: ACL; Schema: procrastinate; Owner: migrator
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE procrastinate.procrastinate_workers TO worker;

--
-- Name: FUNCTION check_jobs(); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.check_jobs() FROM PUBLIC;
GRANT ALL ON FUNCTION ops.check_jobs() TO gateway;

--
-- Name: FUNCTION claim_key(user_id bigint, key text, route text, digest bytea, lease interval); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.claim_key(user_id bigint, key text, route text, digest bytea, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.claim_key(user_id bigint, key text, route text, digest bytea, lease interval) TO gateway;

--
-- Name: FUNCTION procrastinate_defer_jobs_v1(jobs procrastinate.procrastinate_job_to_defer_v1[]); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_defer_jobs_v1(jobs procrastinate.procrastinate_job_to_defer_v1[]) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_defer_jobs_v1(jobs procrastinate.procrastinate_job_to_defer_v1[]) TO worker;

--
-- Name: FUNCTION defer(queue text, task text, args jsonb); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.defer(queue text, task text, args jsonb) FROM PUBLIC;

--
-- Name: TABLE media; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.media TO authenticated;

--
-- Name: FUNCTION find_upload(media_id bigint); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.find_upload(media_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.find_upload(media_id bigint) TO worker;

--
-- Name: FUNCTION finish_upload(object_key text, status api.media_status, byte_size bigint, content_type text, rejection text); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.finish_upload(object_key text, status api.media_status, byte_size bigint, content_type text, rejection text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.finish_upload(object_key text, status api.media_status, byte_size bigint, content_type text, rejection text) TO gateway;
GRANT ALL ON FUNCTION ops.finish_upload(object_key text, status api.media_status, byte_size bigint, content_type text, rejection text) TO worker;

--
-- Name: FUNCTION fold_counters(batch integer); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.fold_counters(batch integer) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.fold_counters(batch integer) TO worker;

--
-- Name: FUNCTION mark_key(claim bigint); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.mark_key(claim bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.mark_key(claim bigint) TO gateway;

--
-- Name: FUNCTION months_between(first_moment timestamp with time zone, last_moment timestamp with time zone); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.months_between(first_moment timestamp with time zone, last_moment timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION parse_hashtags(content text); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.parse_hashtags(content text) FROM PUBLIC;

--
-- Name: FUNCTION remove_old_keys(); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.remove_old_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION ops.remove_old_keys() TO worker;

--
-- Name: FUNCTION request_upload(owner_id bigint, bucket text, file_name text, content_type text, byte_size bigint, lifetime interval); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.request_upload(owner_id bigint, bucket text, file_name text, content_type text, byte_size bigint, lifetime interval) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.request_upload(owner_id bigint, bucket text, file_name text, content_type text, byte_size bigint, lifetime interval) TO gateway;

--
-- Name: FUNCTION settle_key(claim bigint, status integer, headers jsonb, body bytea); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.settle_key(claim bigint, status integer, headers jsonb, body bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.settle_key(claim bigint, status integer, headers jsonb, body bytea) TO gateway;

--
-- Name: FUNCTION tg_rows__keep(); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.tg_rows__keep() FROM PUBLIC;

--
-- Name: FUNCTION tg_rows__touch(); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.tg_rows__touch() FROM PUBLIC;

--
-- Name: FUNCTION tg_rows__version(); Type: ACL; Schema: ops; Owner: migrator
--

REVOKE ALL ON FUNCTION ops.tg_rows__version() FROM PUBLIC;

--
-- Name: FUNCTION procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) TO worker;

--
-- Name: FUNCTION procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) TO worker;

--
-- Name: FUNCTION procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) TO worker;

--
-- Name: FUNCTION procrastinate_finish_job_v1(job_id bigint, end_status procrastinate.procrastinate_job_status, delete_job boolean); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_finish_job_v1(job_id bigint, end_status procrastinate.procrastinate_job_status, delete_job boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_finish_job_v1(job_id bigint, end_status procrastinate.procrastinate_job_status, delete_job boolean) TO worker;

--
-- Name: FUNCTION procrastinate_notify_queue_abort_job_v1(); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_notify_queue_abort_job_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_notify_queue_abort_job_v1() TO worker;

--
-- Name: FUNCTION procrastinate_notify_queue_job_inserted_v1(); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_notify_queue_job_inserted_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_notify_queue_job_inserted_v1() TO worker;

--
-- Name: FUNCTION procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) TO worker;

--
-- Name: FUNCTION procrastinate_register_worker_v1(); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_register_worker_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_register_worker_v1() TO worker;

--
-- Name: FUNCTION procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) TO worker;

--
-- Name: FUNCTION procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) TO worker;

--
-- Name: FUNCTION procrastinate_trigger_abort_requested_events_procedure_v1(); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_trigger_abort_requested_events_procedure_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_trigger_abort_requested_events_procedure_v1() TO worker;

--
-- Name: FUNCTION procrastinate_trigger_function_scheduled_events_v1(); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_trigger_function_scheduled_events_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_trigger_function_scheduled_events_v1() TO worker;

--
-- Name: FUNCTION procrastinate_trigger_function_status_events_insert_v1(); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_trigger_function_status_events_insert_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_trigger_function_status_events_insert_v1() TO worker;

--
-- Name: FUNCTION procrastinate_trigger_function_status_events_update_v1(); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_trigger_function_status_events_update_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_trigger_function_status_events_update_v1() TO worker;

--
-- Name: FUNCTION procrastinate_unlink_periodic_defers_v1(); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_unlink_periodic_defers_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_unlink_periodic_defers_v1() TO worker;

--
-- Name: FUNCTION procrastinate_unregister_worker_v1(worker_id bigint); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_unregister_worker_v1(worker_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_unregister_worker_v1(worker_id bigint) TO worker;

--
-- Name: FUNCTION procrastinate_update_heartbeat_v1(worker_id bigint); Type: ACL; Schema: procrastinate; Owner: migrator
--

REVOKE ALL ON FUNCTION procrastinate.procrastinate_update_heartbeat_v1(worker_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION procrastinate.procrastinate_update_heartbeat_v1(worker_id bigint) TO worker;

--
-- Name: TABLE governorates; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.governorates TO anon;
GRANT SELECT ON TABLE api.governorates TO authenticated;

--
-- Name: TABLE hashtags; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.hashtags TO anon;
GRANT SELECT ON TABLE api.hashtags TO authenticated;

--
-- Name: TABLE languages; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.languages TO anon;
GRANT SELECT ON TABLE api.languages TO authenticated;

--
-- Name: TABLE post_hashtags; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT ON TABLE api.post_hashtags TO anon;
GRANT SELECT ON TABLE api.post_hashtags TO authenticated;

--
-- Name: TABLE reactions; Type: ACL; Schema: api; Owner: migrator
--

GRANT SELECT,DELETE ON TABLE api.reactions TO authenticated;

--
-- Name: COLUMN reactions.post_id; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(post_id),UPDATE(post_id) ON TABLE api.reactions TO authenticated;

--
-- Name: COLUMN reactions.user_id; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(user_id),UPDATE(user_id) ON TABLE api.reactions TO authenticated;

--
-- Name: COLUMN reactions.kind; Type: ACL; Schema: api; Owner: migrator
--

GRANT INSERT(kind),UPDATE(kind) ON TABLE api.reactions TO authenticated;

--
-- Name: SEQUENCE procrastinate_events_id_seq; Type: ACL; Schema: procrastinate; Owner: migrator
--

GRANT USAGE ON SEQUENCE procrastinate.procrastinate_events_id_seq TO worker;

--
-- Name: SEQUENCE procrastinate_jobs_id_seq; Type: ACL; Schema: procrastinate; Owner: migrator
--

GRANT USAGE ON SEQUENCE procrastinate.procrastinate_jobs_id_seq TO worker;

--
-- Name: TABLE procrastinate_periodic_defers; Type: ACL; Schema: procrastinate; Owner: migrator
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE procrastinate.procrastinate_periodic_defers TO worker;

--
-- Name: SEQUENCE procrastinate_periodic_defers_id_seq; Type: ACL; Schema: procrastinate; Owner: migrator
--

GRANT USAGE ON SEQUENCE procrastinate.procrastinate_periodic_defers_id_seq TO worker;

--
-- Name: SEQUENCE procrastinate_workers_id_seq; Type: ACL; Schema: procrastinate; Owner: migrator
--

GRANT USAGE ON SEQUENCE procrastinate.procrastinate_workers_id_seq TO worker;

--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: migrator
--

ALTER DEFAULT PRIVILEGES FOR ROLE migrator REVOKE ALL ON FUNCTIONS FROM PUBLIC;

--
-- Name: announce_ddl; Type: EVENT TRIGGER; Schema: -; Owner: daira
--

CREATE EVENT TRIGGER announce_ddl ON ddl_command_end
   EXECUTE FUNCTION extensions.announce_schema_change();

ALTER EVENT TRIGGER announce_ddl OWNER TO daira;

--
-- Name: announce_drop; Type: EVENT TRIGGER; Schema: -; Owner: daira
--

CREATE EVENT TRIGGER announce_drop ON sql_drop
   EXECUTE FUNCTION extensions.announce_schema_change();

ALTER EVENT TRIGGER announce_drop OWNER TO daira;

--
-- PostgreSQL database dump complete
--
