-- What is forgotten.

create or replace function ops.remove_expired_messages(batch integer default 5000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with removed as (
        delete from api.messages as m
        where m.id in (
            select e.id
            from api.messages as e
            where e.expires_at < now()
            order by e.id
            limit batch
            for update skip locked
        )
        returning m.id
    )
    select count(*)
    from removed;
end;
comment on function ops.remove_expired_messages(integer) is
'Removes one batch of messages that have disappeared; gives their number. They are invisible from that moment on anyway.';

create or replace function ops.remove_old_message_keys(batch integer default 20000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with removed as (
        delete from ops.message_keys as k
        where k.message_id in (
            select o.message_id
            from ops.message_keys as o
            where o.message_id < api.id_at(now() - interval '30 days')
            order by o.message_id
            limit batch
        )
        returning k.message_id
    )
    select count(*)
    from removed;
end;
comment on function ops.remove_old_message_keys(integer) is
'Forgets clients'' keys after 30 days; gives the number of keys.';
