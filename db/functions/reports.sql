-- Whoever may see a thing may report it: its own policies decide, hence no definer here.
create or replace function api.tg_reports__subject() returns trigger
language plpgsql
set search_path = ''
as $$
declare
    subject_table constant text := case new.subject_type
        when 'USER' then 'users'
        when 'POST' then 'posts'
        when 'COMMENT' then 'comments'
        when 'MESSAGE' then 'messages'
        when 'ROOM' then 'rooms'
        when 'GROUP' then 'groups'
    end;
    is_known boolean;
begin
    execute format('select true from api.%I as s where s.id = $1', subject_table)
    into is_known
    using new.subject_id;
    if is_known is null or (new.subject_type = 'USER' and new.subject_id = new.reporter_id) then
        raise exception 'There is nothing like that to report.'
            using errcode = 'DA404', hint = 'Report what you can see.';
    end if;
    return new;
end
$$;
comment on function api.tg_reports__subject() is 'Refuses reports of what the reporter can''t see.';

create or replace function api.report(input api.report_input) returns api.reports
language sql
volatile
begin atomic
    insert into api.reports (subject_type, subject_id, reason, details)
    values ((input).subject_type, (input).subject_id, (input).reason, coalesce((input).details, ''))
    on conflict (reporter_id, subject_type, subject_id) where state = 'OPEN' do nothing;
    select r.*
    from api.reports as r
    where
        r.reporter_id = auth.uid() and r.subject_type = (input).subject_type and r.subject_id = (input).subject_id
        and r.state = 'OPEN';
end;
comment on function api.report(api.report_input) is
'Reports a user, post, comment, message, room or group. While a report of the same thing is open, that one is given.';

create or replace trigger reports_subject before insert on api.reports
for each row execute function api.tg_reports__subject();
create or replace trigger reports_version before update on api.reports
for each row execute function ops.tg_rows__version();
