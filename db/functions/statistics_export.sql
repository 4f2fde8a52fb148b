-- Events and views go to the analytics store in batches. What a batch holds is settled when it is sealed; whose name
-- its rows bear when it is sent.

create or replace function ops.seal_events(most integer) returns integer
language sql
volatile
set search_path = ''
begin atomic
    with sealed as (
        insert into ops.analytics_batches (
            source, rows, after_written_in, after_id, until_written_in, until_id, oldest_at
        )
        select
            'EVENTS',
            t.events,
            t.after_written_in,
            t.after_id,
            t.until_written_in,
            t.until_id,
            t.oldest_at
        from ops.take_events('EXPORT', most) as t
        returning id
    )
    select count(*)
    from sealed;
end;
comment on function ops.seal_events(integer) is 'Seals the next batch of events; gives the number of batches, 0 or 1.';

create or replace function ops.seal_views(window_id bigint, most integer) returns integer
language sql
volatile
set search_path = ''
begin atomic
    with counted as (
        select count(*) as views
        from api.views as v
        where v.window_id = seal_views.window_id
    ),
    sealed as (
        insert into ops.analytics_batches (source, rows, window_id, part, parts, oldest_at)
        select
            'VIEWS',
            (c.views / p.parts)::integer,
            seal_views.window_id,
            n.part,
            p.parts,
            api.time_of_id(seal_views.window_id)
        from counted as c
        cross join ceil(c.views::numeric / most) as p (parts)
        cross join generate_series(0, p.parts - 1) as n (part)
        where c.views > 0
        returning id
    )
    select count(*)
    from sealed;
end;
comment on function ops.seal_views(bigint, integer) is
'Seals the views of a half hour that is over, in parts of about so many; gives the number of batches.';

-- Each part of a half hour reads all of it, hence its parts are larger.
create or replace function ops.seal_batches(most integer default 50000, unsent integer default 20) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    room integer;
    sealed integer;
    made integer := 0;
    half_hour bigint;
begin
    perform from ops.analytics_progress as p where p.reader = 'EXPORT' for update;
    select unsent - count(*) into room
    from ops.analytics_batches as b
    where b.state = 'SEALED';
    while made < room loop
        sealed := ops.seal_events(most);
        half_hour := ops.take_window('EXPORT');
        exit when sealed = 0 and half_hour is null;
        made := made + sealed + coalesce(ops.seal_views(half_hour, most * 4), 0);
    end loop;
    return made;
end
$$;
comment on function ops.seal_batches(integer, integer) is
'Seals what has come in since the last time, unless so many batches wait to be sent already; gives the number of batches.';

create or replace function ops.take_batch(lease interval default '5 minutes')
returns table (id bigint, attempts integer)
language sql
volatile
security definer
set search_path = ''
begin atomic
    with next as (
        select b.id
        from ops.analytics_batches as b
        inner join ops.analytics_progress as p on p.reader = 'EXPORT' and p.due_at <= now()
        where b.state = 'SEALED' and b.due_at <= now()
        order by b.id
        limit 1
        for update of b skip locked
    )
    update ops.analytics_batches as b
    set attempts = b.attempts + 1, due_at = now() + lease
    from next
    where b.id = next.id
    returning b.id, b.attempts;
end;
comment on function ops.take_batch(interval) is
'Takes the oldest batch that is due; it is the caller''s for so long. No row where none is, or the store is to be left alone.';

create or replace function ops.settle_batch(id bigint, rows integer, checksum text) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with sent as (
        update ops.analytics_batches as b
        set state = 'SENT', sent_at = now(), rows = settle_batch.rows, checksum = settle_batch.checksum, error = null
        where b.id = settle_batch.id and b.state = 'SEALED'
        returning b.id
    ),
    opened as (
        update ops.analytics_progress as p
        set due_at = now()
        where p.reader = 'EXPORT' and p.due_at > now()
    )
    select count(*) = 1
    from sent;
end;
comment on function ops.settle_batch(bigint, integer, text) is
'Notes that the analytics store has a batch; tells whether that is new.';

create or replace function ops.delay_batch(id bigint, seconds double precision, error text, is_away boolean)
returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with delayed as (
        update ops.analytics_batches as b
        set due_at = now() + make_interval(secs => seconds), error = left(delay_batch.error, 500)
        where b.id = delay_batch.id and b.state = 'SEALED'
        returning b.id
    ),
    closed as (
        update ops.analytics_progress as p
        set due_at = now() + make_interval(secs => seconds)
        where p.reader = 'EXPORT' and is_away
    )
    select count(*) = 1
    from delayed;
end;
comment on function ops.delay_batch(bigint, double precision, text, boolean) is
'Has a batch sent again later; where the store is away, nothing is sent before then.';

-- Who acted is told by the number that consent gives, and of a minor never; of a minor's post neither the post nor the
-- author. Without consent the event is counted all the same, with nobody's name.
create or replace function ops.read_batch(id bigint)
returns table (
    batch_id bigint, event_id bigint, occurred_at text, kind text, actor_id bigint, post_id bigint, author_id bigint,
    ad_id bigint, post_type text, source text, change integer, watch_ms integer, completion integer, amount bigint,
    governorate text, language text, last_active_on date, cohort date
)
language plpgsql
stable
security definer
rows 50000
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    batch ops.analytics_batches;
begin
    select b.* into strict batch
    from ops.analytics_batches as b
    where b.id = read_batch.id;
    return query
    select
        batch.id,
        r.id,
        to_char(r.occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
        r.kind,
        case when child.user_id is null then coalesce(person.analytics_id, 0) else 0 end,
        coalesce(post.id, 0)::bigint,
        coalesce(post.author_id, followed.id, 0)::bigint,
        case when starts_with(r.kind, 'AD_') then coalesce(r.subject_id, 0) else 0 end,
        coalesce(post.type, '')::text,
        r.source,
        r.change,
        r.watch_ms,
        r.completion,
        r.amount,
        case when child.user_id is null then coalesce(actor.governorate_code, '') else '' end,
        case when child.user_id is null then coalesce(left(actor.locale, 2), '') else '' end,
        coalesce(r.last_active_on, date '1970-01-01'),
        case
            when r.kind in ('ACTIVE', 'SIGN_UP')
                then coalesce(date_trunc('week', ops.cairo_day(actor.created_at))::date, date '1970-01-01')
            else date '1970-01-01'
        end
    from (
        select
            e.id,
            e.occurred_at,
            e.kind::text,
            e.actor_id,
            e.subject_id,
            '' as source,
            e.change::integer,
            0 as watch_ms,
            0 as completion,
            e.amount,
            e.last_active_on
        from ops.analytics_events as e
        where
            batch.source = 'EVENTS'
            and (e.written_in, e.id) > (batch.after_written_in, batch.after_id)
            and (e.written_in, e.id) <= (batch.until_written_in, batch.until_id)
        union all
        select
            0,
            v.created_at,
            'VIEW',
            v.user_id,
            v.post_id,
            v.source,
            1,
            v.dwell_ms,
            v.completion,
            0,
            null
        from api.views as v
        where
            batch.source = 'VIEWS'
            and v.window_id = batch.window_id
            and feed.is_in_part(v.user_id, batch.part, batch.parts)
    ) as r
    left join api.users as actor on actor.id = r.actor_id
    left join feed.minors as child on child.user_id = r.actor_id
    left join ops.analytics_people as person on person.user_id = r.actor_id
    left join (
        select p.id, p.author_id, p.type
        from api.posts as p
        left join feed.minors as m on m.user_id = p.author_id
        where m.user_id is null
    ) as post on post.id = r.subject_id and r.kind <> 'FOLLOW' and not starts_with(r.kind, 'AD_')
    left join (
        select u.id
        from api.users as u
        left join feed.minors as m on m.user_id = u.id
        where m.user_id is null
    ) as followed on followed.id = r.subject_id and r.kind = 'FOLLOW';
end
$$;
comment on function ops.read_batch(bigint) is 'The rows of a batch as the analytics store takes them, by the consents that hold now.';

-- A month goes when all of it is over for every reader. Where nothing was ever exported nobody waits for the export.
create or replace function ops.has_unsent_events(leaf regclass) returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
    found boolean;
begin
    execute format(
        $query$
            select
                exists (
                    select
                    from ops.analytics_progress as p
                    inner join %1$s as e on (e.written_in, e.id) > (p.written_in, p.event_id) and e.id > p.floor_id
                    where p.reader <> 'EXPORT' or exists (select from ops.analytics_batches)
                )
                or exists (
                    select
                    from ops.analytics_batches as b
                    inner join %1$s as e
                        on (e.written_in, e.id) > (b.after_written_in, b.after_id)
                        and (e.written_in, e.id) <= (b.until_written_in, b.until_id)
                    where b.state = 'SEALED'
                )
        $query$,
        leaf
    ) into found;
    return found;
end
$$;
comment on function ops.has_unsent_events(regclass) is 'Whether a leaf of events has any that somebody still waits for.';

create or replace function ops.drop_old_events(kept interval default '3 months') returns integer
language plpgsql
volatile
security definer
set search_path = ''
set lock_timeout = '2s'
as $$
declare
    old record;
    dropped integer := 0;
begin
    for old in
        select
            c.oid::regclass as leaf,
            (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''?(\d+)''?\)'))[1]::bigint as high
        from pg_catalog.pg_inherits as i
        inner join pg_catalog.pg_class as c on c.oid = i.inhrelid
        where i.inhparent = 'ops.analytics_events'::regclass
    loop
        if old.high <= api.id_at(now() - kept) and not ops.has_unsent_events(old.leaf) then
            execute format('drop table %s', old.leaf);
            dropped := dropped + 1;
        end if;
    end loop;
    delete from ops.analytics_batches as b where b.state = 'SENT' and b.sent_at < now() - kept;
    return dropped;
end
$$;
comment on function ops.drop_old_events(interval) is
'Drops months of events that are older than that and that every reader has; gives their number. Old batches go, too.';
