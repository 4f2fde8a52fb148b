-- migrate:up
drop function if exists ops.remove_old_keys();
drop function if exists ops.remove_lost_views(integer);

-- migrate:down
drop function if exists ops.remove_old_keys(integer);
drop trigger if exists users_remove_views on api.users;
drop trigger if exists posts_remove_views on api.posts;
