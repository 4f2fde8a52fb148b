-- The gateway's errands around an upload. The key is made here, so that nobody can claim or overwrite another's object.

create or replace function ops.request_upload(
    owner_id bigint,
    bucket text,
    file_name text,
    content_type text,
    byte_size bigint default null,
    lifetime interval default interval '10 minutes'
) returns api.media
language sql
volatile
security definer
set search_path = ''
begin atomic
    insert into api.media (owner_id, bucket, object_key, file_name, content_type, byte_size, expires_at)
    select
        request_upload.owner_id,
        request_upload.bucket,
        format(
            '%s/%s.%s',
            request_upload.owner_id,
            gen_random_uuid(),
            regexp_replace(split_part(request_upload.content_type, '/', 2), '[^a-z0-9]', '', 'g')
        ),
        request_upload.file_name,
        request_upload.content_type,
        request_upload.byte_size,
        now() + request_upload.lifetime
    from api.users as u
    where u.id = request_upload.owner_id and u.deleted_at is null and u.state = 'ACTIVE'
    returning *;
end;
comment on function ops.request_upload(bigint, text, text, text, bigint, interval) is
'Registers an upload that a user asked for and names its object; null unless the account is in use.';

create or replace function ops.finish_upload(
    object_key text,
    status api.media_status,
    byte_size bigint default null,
    content_type text default null,
    rejection text default null
) returns api.media
language sql
volatile
security definer
set search_path = ''
begin atomic
    update api.media as m
    set
        status = finish_upload.status,
        byte_size = coalesce(finish_upload.byte_size, m.byte_size),
        content_type = coalesce(finish_upload.content_type, m.content_type),
        rejection = finish_upload.rejection
    where m.object_key = finish_upload.object_key and m.status in ('requested', 'uploaded')
    returning m.*;
end;
comment on function ops.finish_upload(text, api.media_status, bigint, text, text) is
'Records what became of an upload; null when there is none that waits.';

create or replace trigger media_touch before update on api.media
for each row execute function ops.tg_rows__touch();
