-- Drafts, and posts that wait for their time.

-- Identifiers become strings, as they are everywhere else in JSON.
create or replace function ops.draft_input(input api.create_post_input) returns jsonb
language sql
stable
begin atomic
    select
        coalesce(
            jsonb_object_agg(
                field.key,
                case
                    when field.key = 'media' then (
                        select jsonb_agg(use.media || jsonb_build_object('media_id', use.media ->> 'media_id'))
                        from jsonb_array_elements(field.value) as use (media)
                    )
                    when jsonb_typeof(field.value) = 'number' then to_jsonb(field.value #>> '{}')
                    else field.value
                end
            ),
            '{}'
        )
    from jsonb_each(jsonb_strip_nulls(to_jsonb(input))) as field (key, value);
end;
comment on function ops.draft_input(api.create_post_input) is 'What createPost takes, as JSON without what was not given.';

create or replace function ops.require_future(moment timestamptz) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if moment <= now() or moment > now() + interval '1 year' then
        raise exception 'A post is scheduled for a moment within a year from now.'
            using errcode = 'DA422', hint = 'Give a later moment, or publish the draft now.';
    end if;
end
$$;
comment on function ops.require_future(timestamptz) is 'Refuses a moment that is over, or more than a year away.';

create or replace function api.save_draft(
    input api.create_post_input, publish_at timestamptz default null
) returns api.drafts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    saved api.drafts;
begin
    if auth.uid() is null then
        raise exception 'Only a signed-in user has drafts.'
            using errcode = 'DA401', hint = 'Sign in and send the access token.';
    end if;
    perform ops.require_future(save_draft.publish_at);
    insert into api.drafts (author_id, input, publish_at)
    values (auth.uid(), ops.draft_input(save_draft.input), save_draft.publish_at)
    returning * into saved;
    return saved;
end
$$;
comment on function api.save_draft(api.create_post_input, timestamptz) is
'Keeps a post for later; with publishAt it is published by itself at that moment.';

create or replace function ops.own_draft(id bigint) returns api.drafts
language plpgsql
volatile
set search_path = ''
as $$
declare
    own api.drafts;
begin
    select d.* into own
    from api.drafts as d
    where d.id = own_draft.id and d.author_id = auth.uid()
    for update;
    if not found then
        raise exception 'There is no such draft of yours.'
            using errcode = 'DA404', hint = 'It may have been published or deleted.';
    end if;
    return own;
end
$$;
comment on function ops.own_draft(bigint) is 'A draft of the viewer''s, locked. For definer functions.';

create or replace function api.update_draft(
    id bigint, input api.create_post_input, version integer default null
) returns api.drafts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    saved api.drafts := ops.own_draft(update_draft.id);
begin
    update api.drafts as d
    set
        input = ops.draft_input(update_draft.input),
        failure = null,
        version = coalesce(update_draft.version, d.version)
    where d.id = saved.id
    returning d.* into saved;
    return saved;
end
$$;
comment on function api.update_draft(bigint, api.create_post_input, integer) is
'Puts something else into a draft. With the version that was read, a draft that has changed since is refused.';

create or replace function api.schedule_draft(id bigint, publish_at timestamptz default null) returns api.drafts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    saved api.drafts := ops.own_draft(schedule_draft.id);
begin
    perform ops.require_future(schedule_draft.publish_at);
    update api.drafts as d
    set publish_at = schedule_draft.publish_at, failure = null
    where d.id = saved.id
    returning d.* into saved;
    return saved;
end
$$;
comment on function api.schedule_draft(bigint, timestamptz) is
'Has a draft published by itself at a moment; without one it waits again for its author.';

create or replace function api.publish_draft(id bigint) returns api.posts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    draft api.drafts := ops.own_draft(publish_draft.id);
begin
    delete from api.drafts as d where d.id = draft.id;
    return ops.make_post(jsonb_populate_record(null::api.create_post_input, draft.input));
end
$$;
comment on function api.publish_draft(bigint) is 'Publishes a draft now, under a fresh identifier; the draft is gone.';

-- Each draft on behalf of its author. Several workers take different ones, and what is taken is gone with the post's
-- commit. What a rule forbids by now is kept for the author to see, and not tried again.
create or replace function ops.publish_due_drafts(batch integer default 100) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    draft api.drafts;
    reason text;
    published integer := 0;
begin
    for draft in
        select d.*
        from api.drafts as d
        where d.publish_at <= now() and d.failure is null
        order by d.publish_at
        limit batch
        for update skip locked
    loop
        begin
            perform set_config('app.user_id', draft.author_id::text, true);
            perform ops.make_post(jsonb_populate_record(null::api.create_post_input, draft.input));
            delete from api.drafts as d where d.id = draft.id;
            published := published + 1;
        exception
            when sqlstate 'DA403' or sqlstate 'DA404' or sqlstate 'DA422' or integrity_constraint_violation or data_exception then
                get stacked diagnostics reason = message_text;
                update api.drafts as d set failure = left(reason, 500) where d.id = draft.id;
        end;
    end loop;
    perform set_config('app.user_id', '', true);
    return published;
end
$$;
comment on function ops.publish_due_drafts(integer) is
'Publishes drafts whose time has come; gives the number published.';

create or replace trigger drafts_version before update on api.drafts
for each row execute function ops.tg_rows__version();
