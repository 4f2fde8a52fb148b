-- For operators, who act as the owner: nobody who serves requests may call these.

create or replace function ops.waiting_dead_letter(id bigint) returns ops.dead_letters
language plpgsql
volatile
set search_path = ''
as $$
declare
    letter ops.dead_letters;
begin
    select d.* into letter
    from ops.dead_letters as d
    where d.id = waiting_dead_letter.id and d.resolved_at is null
    for update;
    if not found then
        raise exception 'No dead letter % waits.', waiting_dead_letter.id
            using errcode = 'DA404', hint = 'It may have been sent again or discarded: see `daira dlq list --all`.';
    end if;
    return letter;
end
$$;
comment on function ops.waiting_dead_letter(bigint) is 'A dead letter with which nobody has dealt yet, locked.';

-- The failed job itself is removed: its place is in the table of dead letters alone, and a second burial must not find it.
create or replace function ops.settle_dead_letter(
    letter ops.dead_letters, action text, who text, reason text, job_id bigint
) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    insert into ops.dead_letter_actions (dead_letter_id, action, who, reason, job_id)
    values (letter.id, action, who, reason, job_id);
    update ops.dead_letters as d
    set resolved_at = now()
    where d.id = letter.id;
    delete from procrastinate.procrastinate_jobs as j
    where j.id = letter.job_id and j.status = 'failed';
end
$$;
comment on function ops.settle_dead_letter(ops.dead_letters, text, text, text, bigint) is
'Records what was done with a dead letter, by whom and why.';

create or replace function ops.dlq_redrive(id bigint, who text) returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    letter constant ops.dead_letters := ops.waiting_dead_letter(dlq_redrive.id);
    job constant bigint := ops.defer((letter).queue, (letter).task, (letter).args);
begin
    perform ops.settle_dead_letter(letter, 'REDRIVEN', dlq_redrive.who, '', job);
    return job;
end
$$;
comment on function ops.dlq_redrive(bigint, text) is
'Sends a dead letter''s job again, with all its tries; gives the number of the new job.';

create or replace function ops.dlq_discard(id bigint, reason text, who text) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.settle_dead_letter(
        ops.waiting_dead_letter(dlq_discard.id), 'DISCARDED', dlq_discard.who, dlq_discard.reason, null
    );
end
$$;
comment on function ops.dlq_discard(bigint, text, text) is 'Lets a dead letter go, for a reason.';
