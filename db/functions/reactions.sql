create or replace function api.tg_reactions__count() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
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
comment on function api.tg_reactions__count() is 'Records how many reactions posts have gained or lost.';

create or replace trigger reactions_count_added after insert on api.reactions
referencing new table as changed for each statement execute function api.tg_reactions__count();
create or replace trigger reactions_count_removed after delete on api.reactions
referencing old table as changed for each statement execute function api.tg_reactions__count();
create or replace trigger reactions_keep before update of post_id, user_id, created_at on api.reactions
for each row execute function ops.tg_rows__keep('post_id', 'user_id', 'created_at');
