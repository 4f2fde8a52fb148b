-- Acceptance of uploads: a job per upload, queued with the row, looks until the object has come or its time is over.

create or replace function api.tg_media__accept() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform ops.defer('media', 'media.accept', jsonb_build_object('media_id', new.id));
    return null;
end
$$;
comment on function api.tg_media__accept() is 'Queues the acceptance of an upload.';

create or replace trigger media_accept after insert on api.media
for each row when (new.status = 'requested') execute function api.tg_media__accept();

create or replace function ops.find_upload(
    media_id bigint
) returns table (object_key text, content_type text, status text, is_late boolean)
language sql
stable
security definer
set search_path = ''
begin atomic
    select
        m.object_key,
        m.content_type,
        m.status,
        m.expires_at < now()
    from api.media as m
    where m.id = media_id;
end;
comment on function ops.find_upload(bigint) is 'What a job needs to know to accept an upload.';
