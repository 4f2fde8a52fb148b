-- What everybody in the play may know. Every secret stands in another file and has a number of its own there, so that a
-- secret found in an answer tells which it is.
set role migrator;

insert into api.users (id, username, name, is_private, state) values
    (770001, 'mona', 'Mona', false, 'ACTIVE'), (770002, 'farid', 'Farid', false, 'ACTIVE'),
    (770003, 'samir', 'Samir', false, 'ACTIVE'), (770004, 'basem', 'Basem', false, 'ACTIVE'),
    (770005, 'lubna', 'Lubna', true, 'ACTIVE'), (770007, 'dina', 'Dina', false, 'ACTIVE'),
    (770008, 'ali', 'Ali', false, 'ACTIVE'), (770009, 'salma', 'Salma', false, 'SUSPENDED'),
    (770010, 'omar', 'Omar', false, 'ACTIVE'), (770011, 'nour', 'Nour', false, 'ACTIVE'),
    (770012, 'huda', 'Huda', false, 'ACTIVE');
insert into api.user_private (user_id, email, birth_date)
select u.id, u.username || '@daira.example', case u.id when 770008 then now() - interval '15 years' end
from api.users as u;
insert into api.follows (follower_id, followee_id) values
    (770002, 770001), (770002, 770005), (770003, 770002), (770010, 770007), (770007, 770001), (770001, 770002);
-- Mona has blocked Basem, and Nour has blocked Mona.
insert into api.blocks (blocker_id, blocked_id) values (770001, 770004), (770011, 770001);
insert into api.circles (id, owner_id, name) values (770101, 770003, 'own');
insert into api.circle_members (circle_id, member_id) values (770101, 770010);

insert into api.posts (id, author_id, type, content, visibility, circle_id) values
    (770201, 770001, 'REGULAR', 'hello all #cairo', 'PUBLIC', null),
    (770202, 770002, 'REGULAR', 'good morning #cairo', 'PUBLIC', null),
    (770203, 770003, 'REGULAR', 'for a circle', 'CIRCLE', 770101),
    (770204, 770010, 'REGULAR', 'by Omar', 'PUBLIC', null),
    (770205, 770007, 'STORY', 'a story', 'PUBLIC', null),
    (770206, 770001, 'REGULAR', 'a poll', 'PUBLIC', null),
    (770207, 770012, 'REGULAR', 'by Huda #cairo', 'PUBLIC', null);
insert into api.polls (post_id, closes_at) values (770206, now() + interval '1 day');
insert into api.poll_options (post_id, position, label) values (770206, 1, 'yes'), (770206, 2, 'no');
insert into api.comments (id, post_id, author_id, content) values
    (770301, 770201, 770002, 'first'), (770302, 770202, 770010, 'second'), (770303, 770207, 770003, 'third');
insert into api.comment_likes (comment_id, user_id) values (770303, 770010);
insert into api.reactions (post_id, user_id) values (770201, 770002), (770202, 770010);

insert into api.message_threads (id, kind, creator_id, title) values (770401, 'GROUP', 770002, 'own');
insert into api.thread_members (thread_id, user_id, role) values (770401, 770002, 'OWNER'), (770401, 770010, 'MEMBER');
insert into api.thread_states (thread_id, user_id) values (770401, 770002), (770401, 770010);
insert into api.messages (id, thread_id, sender_id, content) values (770402, 770401, 770002, 'hello');
insert into api.groups (id, creator_id, name) values (770501, 770012, 'open group');
insert into api.group_members (group_id, user_id, role) values (770501, 770012, 'OWNER'), (770501, 770010, 'MEMBER');
insert into api.rooms (id, creator_id, title) values (770601, 770012, 'open room');
insert into api.events (id, creator_id, title, starts_at) values
    (770701, 770012, 'open event', now() + interval '1 day');
insert into api.event_rsvps (event_id, user_id, answer) values (770701, 770010, 'GOING');
insert into api.save_folders (id, owner_id, name) values (770801, 770002, 'own');

reset role;
