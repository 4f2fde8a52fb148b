-- Uploads: asked for through the gateway on behalf of a user, settled by the gateway or by a job.
-- Functions answer with a status; the caller is the role gateway with the user's id, or the role worker.

create or replace function ops.request_upload(
    file_name text,
    content_type text,
    ending text,
    bucket text,
    life interval
) returns table (media_id bigint, object_key text)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
    media_id := api.next_id();
    insert into api.media (id, owner_id, bucket, object_key, file_name, content_type, expires_at)
    select
        request_upload.media_id,
        u.id,
        request_upload.bucket,
        u.id || '/' || request_upload.media_id || '.' || ending,
        request_upload.file_name,
        request_upload.content_type,
        now() + life
    from api.users as u
    where u.id = auth.uid() and u.deleted_at is null
    returning media.object_key into request_upload.object_key;
    if not found then
        return;
    end if;
    perform ops.defer('media', 'media.accept', jsonb_build_object('media_id', media_id));
    return next;
end;
$$;
comment on function ops.request_upload(text, text, text, text, interval) is
'Notes that the user is about to upload a file and queues its acceptance; no row where there is no such user.';

create or replace function ops.find_upload(
    media_id bigint
) returns table (owner_id bigint, object_key text, content_type text, status text, is_due boolean)
language sql
stable
security definer
set search_path = ''
begin atomic
    select
        m.owner_id,
        m.object_key,
        m.content_type,
        m.status,
        m.expires_at + interval '30 minutes' < now()
    from api.media as m
    where m.id = media_id;
end;
comment on function ops.find_upload(bigint) is
'An upload and whether it is too late for it: a PUT that began in time may end after the address has expired.';

create or replace function ops.find_own_upload(
    object_key text
) returns table (
    media_id bigint,
    content_type text,
    status text,
    byte_size bigint,
    rejection text
)
language sql
stable
security definer
set search_path = ''
begin atomic
    select
        m.id,
        m.content_type,
        m.status,
        m.byte_size,
        m.rejection
    from api.media as m
    where m.object_key = find_own_upload.object_key and m.owner_id = auth.uid();
end;
comment on function ops.find_own_upload(text) is 'The user''s upload with this key, and how far it has come.';

create or replace function ops.settle_upload(
    media_id bigint,
    status text,
    bucket text,
    byte_size bigint,
    rejection text
) returns text
language sql
volatile
security definer
set search_path = ''
begin atomic
    update api.media
    set
        status = settle_upload.status,
        bucket = coalesce(settle_upload.bucket, media.bucket),
        byte_size = settle_upload.byte_size,
        rejection = settle_upload.rejection
    where id = settle_upload.media_id and media.status in ('requested', 'uploaded');
    select m.status from api.media as m where m.id = settle_upload.media_id;
end;
comment on function ops.settle_upload(bigint, text, text, bigint, text) is
'Records what became of an upload, once; gives the status that it has.';
