-- migrate:up
-- What other functions and views say as well goes away, so that each rule has one owner.
-- Read by functions and policies alone.
-- squawk-ignore ban-drop-view
drop view if exists feed.reachable_users cascade;
drop function if exists feed.is_muted(bigint, bigint, text) cascade;
drop function if exists api.tg_reposts__count() cascade;
drop function if exists feed.group_of(bigint);
drop function if exists feed.own_state(bigint);
drop function if exists ops.notify(api.notification_kind, bigint, bigint, bigint, bigint, bigint);
drop function if exists api.tg_reactions__notify() cascade;
drop function if exists api.tg_reposts__notify() cascade;

-- migrate:down
-- Nothing to undo: repeatable files bring back what they hold.
