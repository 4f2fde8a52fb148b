-- Timelines are granted to nobody: the functions that fill and read them are their owner's.
grant execute on function api.feed(text, integer, api.feed_mode) to authenticated;
grant usage on schema feed to worker;
grant execute on function feed.fan_out(bigint), feed.rebuild_timeline(bigint), feed.timelines_to_rebuild(integer)
to worker;
grant execute on function feed.rest_timelines(integer), feed.trim_timelines(integer), feed.drop_expired(integer)
to worker;
