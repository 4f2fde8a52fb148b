grant select on api.governorates, api.languages to anon, authenticated;

drop policy if exists select_all on api.governorates;
create policy select_all on api.governorates for select to anon, authenticated
using (true);
drop policy if exists select_all on api.languages;
create policy select_all on api.languages for select to anon, authenticated
using (true);

grant select on api.districts, api.interests, api.report_reasons to anon, authenticated;

drop policy if exists select_all on api.districts;
create policy select_all on api.districts for select to anon, authenticated
using (true);
drop policy if exists select_all on api.interests;
create policy select_all on api.interests for select to anon, authenticated
using (true);
drop policy if exists select_all on api.report_reasons;
create policy select_all on api.report_reasons for select to anon, authenticated
using (true);

grant select, delete on api.user_interests to authenticated;
grant insert (user_id, interest_code) on api.user_interests to authenticated;

drop policy if exists select_own on api.user_interests;
create policy select_own on api.user_interests for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists insert_own on api.user_interests;
create policy insert_own on api.user_interests for insert to authenticated
with check (user_id = (select auth.uid()));
drop policy if exists delete_own on api.user_interests;
create policy delete_own on api.user_interests for delete to authenticated
using (user_id = (select auth.uid()));
