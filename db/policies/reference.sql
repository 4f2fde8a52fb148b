grant select on api.governorates, api.languages to anon, authenticated;

drop policy if exists select_all on api.governorates;
create policy select_all on api.governorates for select to anon, authenticated
using (true);
drop policy if exists select_all on api.languages;
create policy select_all on api.languages for select to anon, authenticated
using (true);
