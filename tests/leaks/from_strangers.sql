-- What followers may know and others may not: Mona's posts for followers, and everything of Lubna, whose account is
-- private. Farid follows both.
set role migrator;

insert into api.posts (id, author_id, content, visibility, quoted_post_id) values
    (772201, 770001, 'zqfollowers #zqfollowers', 'FOLLOWERS', 770202),
    (772202, 770005, 'zqfollowers of a private account #zqfollowersprivate', 'PUBLIC', 770207);
insert into api.comments (id, post_id, author_id, content) values (772301, 772201, 770002, 'zqfollowers comment');
insert into api.reactions (post_id, user_id) values (772201, 770002), (772202, 770002);
insert into api.sounds (id, owner_id, title, audio_url) values
    (772901, 770005, 'zqfollowers sound', 'https://zqfollowers.example/a');
insert into api.rooms (id, creator_id, title, audience) values (772601, 770001, 'zqfollowers room', 'FOLLOWERS');
insert into api.room_members (room_id, user_id, role) values (772601, 770001, 'HOST'), (772601, 770002, 'LISTENER');
insert into api.events (id, creator_id, title, audience, starts_at) values
    (772701, 770001, 'zqfollowers event', 'FOLLOWERS', now() + interval '1 day');
insert into api.follows (follower_id, followee_id) values (770005, 770001);
insert into api.highlights (id, owner_id, title) values (772902, 770005, 'zqfollowers highlight');
insert into api.posts (id, author_id, type, content) values (772203, 770005, 'STORY', 'zqfollowers story');
insert into api.highlight_items (highlight_id, post_id) values (772902, 772203);

reset role;
