grant select, delete on api.recent_searches to authenticated;

drop policy if exists select_own on api.recent_searches;
create policy select_own on api.recent_searches for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists delete_own on api.recent_searches;
create policy delete_own on api.recent_searches for delete to authenticated
using (user_id = (select auth.uid()));

grant execute on function
api.search(text, api.search_type, text, integer), api.suggest(text, integer), api.trends(text, text, integer)
to anon, authenticated;
grant execute on function api.district_trends(text, integer) to anon, authenticated;
grant execute on function api.set_district(text), api.own_district() to authenticated;
grant execute on function
api.list_district_trends(api.trend_review_state, text, integer),
api.review_district_trend(text, bigint, api.trend_review_state)
to moderator, admin;
grant execute on function api.save_search(text) to authenticated;
grant execute on function api.review_trend(bigint, api.trend_state) to moderator, admin;
grant execute on function ops.index_posts(integer), ops.refresh_weights(), ops.refresh_trends() to worker;
grant execute on function ops.refresh_district_trends(timestamptz) to worker;
