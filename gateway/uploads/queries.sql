-- request_upload write --
-- Registers an upload for a user; a trigger queues its acceptance.
select object_key from ops.request_upload($1::bigint, $2::text, $3::text, $4::text, $5::bigint, $6::interval);

-- find_own_upload read --
-- The user's upload with this key, under the user's own rights.
select
    content_type,
    status,
    rejection
from api.media
where object_key = $1::text;

-- finish_upload write --
-- Records what became of an upload; null where that was done before.
select (ops.finish_upload($1::text, $2, $3::bigint, null, $4::text)).status;
