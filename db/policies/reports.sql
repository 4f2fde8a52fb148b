-- Not granted: state and every other change. What becomes of a report is the staff's matter.
grant execute on function api.report(api.report_input) to authenticated;
grant select on api.reports to authenticated;
grant insert (subject_type, subject_id, reason, details) on api.reports to authenticated;

drop policy if exists select_own on api.reports;
create policy select_own on api.reports for select to authenticated
using (reporter_id = (select auth.uid()));
drop policy if exists select_all on api.reports;
create policy select_all on api.reports for select to moderator
using (true);
drop policy if exists insert_own on api.reports;
create policy insert_own on api.reports for insert to authenticated
with check (reporter_id = (select auth.uid()));
