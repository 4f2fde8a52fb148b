-- What is counted about the platform: who writes events, who has consented, and how readers go through events and views
-- from beginning to end, each row once, whatever the order in which transactions commit.

create or replace function ops.cairo_day(moment timestamptz) returns date
language sql
stable
set search_path = ''
return (moment at time zone 'Africa/Cairo')::date;
comment on function ops.cairo_day(timestamptz) is 'The day in Cairo.';

-- Consent.

create or replace function api.tg_user_settings__consent() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.consent_register (user_id, purpose, is_given)
    values (new.user_id, 'ANALYTICS', new.allows_analytics);
    if new.allows_analytics then
        insert into ops.analytics_people (user_id)
        values (new.user_id)
        on conflict (user_id) do nothing;
    else
        delete from ops.analytics_people as p where p.user_id = new.user_id;
    end if;
    return null;
end
$$;
comment on function api.tg_user_settings__consent() is
'Registers a consent or its withdrawal, and gives or takes the number under which statistics know the person.';
create or replace trigger user_settings_consent after update of allows_analytics on api.user_settings
for each row when (old.allows_analytics <> new.allows_analytics) execute function api.tg_user_settings__consent();

create or replace function ops.tg_consent_register__append_only() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    raise exception 'The register of consents is append-only.'
        using errcode = 'DA090', hint = 'Add a row that says what holds now.';
end
$$;
comment on function ops.tg_consent_register__append_only() is 'Refuses to change what was recorded.';
create or replace trigger consent_register_append_only before update or delete or truncate on ops.consent_register
for each statement execute function ops.tg_consent_register__append_only();

-- Events. What is counted by deltas is written when these are folded, so that reacting, commenting and following cost
-- what they did; the rest is rare.

create or replace function ops.note_deltas(deltas ops.counter_deltas[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    insert into ops.analytics_events (kind, actor_id, subject_id, change, occurred_at)
    select
        k.kind,
        d.actor_id,
        d.subject_id,
        d.delta,
        d.happened_at
    from unnest(deltas) as d
    inner join (
        values
            ('POST_LIKES', 'REACTION'), ('POST_COMMENTS', 'COMMENT'), ('POST_SHARES', 'SHARE'), ('POST_SAVES', 'SAVE'),
            ('POST_REPOSTS', 'REPOST'), ('USER_FOLLOWERS', 'FOLLOW')
    ) as k (counter, kind) on k.counter = d.counter
    -- Without an actor it is the repair of a sum.
    where d.actor_id is not null and d.delta <> 0;
end;
comment on function ops.note_deltas(ops.counter_deltas[]) is 'Writes events of what people did by the deltas of counters.';

create or replace function api.tg_users__note() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.analytics_events (kind, actor_id)
    select k.kind, u.id
    from added as u
    cross join (values ('SIGN_UP'), ('ACTIVE')) as k (kind);
    return null;
end
$$;
comment on function api.tg_users__note() is 'Writes events of new users.';
create or replace trigger users_note after insert on api.users
referencing new table as added for each statement execute function api.tg_users__note();

create or replace function api.tg_posts__note() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.analytics_events (kind, actor_id, subject_id, occurred_at)
    select 'POST', p.author_id, p.id, p.created_at
    from added as p;
    return null;
end
$$;
comment on function api.tg_posts__note() is 'Writes events of new posts.';
create or replace trigger posts_note after insert on api.posts
referencing new table as added for each statement execute function api.tg_posts__note();

create or replace function feed.tg_activity__note() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.analytics_events (kind, actor_id, last_active_on)
    values ('ACTIVE', new.user_id, ops.cairo_day(old.seen_at));
    return null;
end
$$;
comment on function feed.tg_activity__note() is 'Writes the event of somebody''s first visit on a day.';
create or replace trigger activity_note after update of seen_at on feed.activity
for each row when (ops.cairo_day(new.seen_at) > ops.cairo_day(old.seen_at)) execute function feed.tg_activity__note();

-- Readers. A transaction that runs now may still write events: whatever was written under the oldest of them is there
-- for good. Restored to another cluster, a database counts transactions anew: what is left of the old numbers is taken
-- first, then identifiers, which hold the time, keep the old events apart.
create or replace function ops.take_events(reader text, most integer)
returns table (
    after_written_in xid8, after_id bigint, until_written_in xid8, until_id bigint, events integer,
    oldest_at timestamptz
)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
    snapshot constant pg_snapshot := pg_current_snapshot();
    is_restored boolean;
    at ops.analytics_progress;
    found record;
begin
    select p.* into strict at
    from ops.analytics_progress as p
    where p.reader = take_events.reader
    for update;
    is_restored := at.written_in >= pg_snapshot_xmax(pg_current_snapshot());
    select
        count(*)::integer as events,
        min(e.occurred_at) as oldest_at,
        (array_agg(e.written_in order by e.written_in desc, e.id desc))[1] as written_in,
        (array_agg(e.id order by e.written_in desc, e.id desc))[1] as id
    into found
    from (
        select e.written_in, e.id, e.occurred_at
        from ops.analytics_events as e
        where
            (e.written_in, e.id) > (at.written_in, at.event_id) and e.id > at.floor_id
            and (e.written_in < pg_snapshot_xmin(snapshot) or is_restored)
        order by e.written_in, e.id
        limit most
    ) as e;
    if found.events > 0 then
        update ops.analytics_progress as p
        set written_in = found.written_in, event_id = found.id
        where p.reader = take_events.reader;
        return query
        select at.written_in, at.event_id, found.written_in, found.id, found.events, found.oldest_at;
    elsif is_restored then
        update ops.analytics_progress as p
        set written_in = '0', event_id = 0, floor_id = greatest(at.event_id, at.floor_id)
        where p.reader = take_events.reader;
    end if;
end
$$;
comment on function ops.take_events(text, integer) is
'Moves a reader over the next events, so many at most; says which they are, or no row where there are none.';

-- A view is written into the half hour in which its transaction began: no transaction of the gateway may have begun in it
-- and still run. The minute is for one that has not said yet when it began.
create or replace function ops.views_are_final_until() returns timestamptz
language sql
stable
set search_path = ''
begin atomic
    select date_bin(
        '30 minutes',
        least(now() - interval '1 minute', min(a.xact_start)),
        timestamptz '2025-01-01 00:00:00Z'
    )
    from pg_catalog.pg_stat_activity as a
    where a.usename = 'authenticator' and a.datname = current_database();
end;
comment on function ops.views_are_final_until() is 'No view of a half hour before this one is written or changed any more.';

create or replace function ops.take_window(reader text) returns bigint
language sql
volatile
set search_path = ''
begin atomic
    update ops.analytics_progress as p
    set views_until = p.views_until + interval '30 minutes'
    where p.reader = take_window.reader and p.views_until < ops.views_are_final_until()
    returning api.id_at(old.views_until);
end;
comment on function ops.take_window(text) is
'Moves a reader over the next half hour of views that is over; gives its identifier, or null where there is none.';
