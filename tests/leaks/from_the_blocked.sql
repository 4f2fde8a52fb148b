-- What everybody may know but those whom Mona has blocked or who have blocked her. Not hidden from them are hashtags that
-- somebody used in public, and groups: a group belongs to its members, whoever founded it.
set role migrator;

update api.users set name = 'zqblocked', bio = 'zqblocked' where id = 770001;
insert into api.posts (id, author_id, content) values (773201, 770001, 'zqblocked #cairo');
insert into api.posts (id, author_id, type, content) values (773202, 770001, 'STORY', 'zqblocked story');
insert into api.comments (id, post_id, author_id, content) values (773301, 770207, 770001, 'zqblocked comment');
insert into api.comments (id, post_id, author_id, content) values (773302, 773201, 770002, 'zqblocked comment');
insert into api.group_members (group_id, user_id) values (770501, 770001);
insert into api.rooms (id, creator_id, title) values (773601, 770001, 'zqblocked room');
insert into api.room_members (room_id, user_id, role) values (773601, 770001, 'HOST');
insert into api.events (id, creator_id, title, starts_at) values
    (773701, 770001, 'zqblocked event', now() + interval '1 day');
insert into api.event_rsvps (event_id, user_id, answer) values (770701, 770001, 'MAYBE');
insert into api.sounds (id, owner_id, title, audio_url) values
    (773901, 770001, 'zqblocked sound', 'https://zqblocked.example/a');
insert into api.comment_likes (comment_id, user_id) values (770303, 770001);
insert into api.reactions (post_id, user_id) values (770207, 770001);
insert into api.reposts (post_id, user_id) values (770207, 770001);
insert into api.follows (follower_id, followee_id) values (770001, 770012), (770012, 770001);
-- Fatma, whom the blocked have never met, has blocked both.
insert into api.users (id, username, name, bio) values (773001, 'zqblocker', 'zqblocked', 'zqblocked');
insert into api.blocks (blocker_id, blocked_id) values (773001, 770004), (773001, 770011);
insert into api.posts (id, author_id, content) values (773203, 773001, 'zqblocked #cairo @huda');

reset role;
