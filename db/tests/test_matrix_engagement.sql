-- Comments, engagement and reports: every table and every function, every persona.
--
-- Mona has a post for all (101), one for followers (102) and one for herself (103); Lubna, whose account is private, has
-- 105, Basem 106. Under 101 stand comments by Farid (201), by Samir, waiting for approval (206), by Dina, whom Mona
-- restricts (207), by Mona herself (208), and two that were deleted: 205, and 209 with an answer by the minor (210).
begin;
select no_plan();

select tap.people();
insert into api.restricts (restricter_id, restricted_id) values (1, 7);
insert into api.posts (id, author_id, content, visibility) values
    (101, 1, 'for all', 'PUBLIC'), (102, 1, 'for followers', 'FOLLOWERS'), (103, 1, 'for me', 'PRIVATE'),
    (105, 5, 'private account', 'PUBLIC'), (106, 4, 'by Basem', 'PUBLIC');
insert into api.comments (id, post_id, author_id, content, state) values
    (201, 101, 2, 'x', 'VISIBLE'), (202, 102, 2, 'x', 'VISIBLE'), (203, 106, 3, 'x', 'VISIBLE'), (204, 106, 4, 'x', 'VISIBLE'),
    (205, 101, 1, 'x', 'VISIBLE'), (206, 101, 3, 'x', 'HELD'), (207, 101, 7, 'x', 'VISIBLE'), (208, 101, 1, 'x', 'VISIBLE'),
    (209, 101, 1, 'x', 'VISIBLE');
insert into api.comments (id, post_id, parent_id, author_id, content) values (210, 101, 209, 8, 'x');
update api.comments set deleted_at = now() where id in (205, 209);
insert into api.comment_likes (comment_id, user_id) values (201, 3), (201, 2), (206, 3), (204, 4), (203, 2);
insert into api.comment_stats (comment_id, post_id) values (201, 101), (202, 102), (203, 106), (206, 101);
insert into api.pinned_comments (post_id, comment_id) values (101, 208);
insert into api.comment_settings (user_id) values (1), (2);
insert into api.comment_keywords (user_id, keyword) values (1, 'rude'), (2, 'rude');
insert into api.reactions (post_id, user_id) values (101, 2), (102, 2), (106, 3), (106, 4), (105, 2);
insert into api.save_folders (id, owner_id, name) values (301, 1, 'x'), (302, 2, 'x');
insert into api.saves (user_id, post_id, folder_id) values (1, 101, 301), (2, 101, null), (2, 102, 302);
insert into api.shares (user_id, post_id) values (1, 101), (2, 102);
insert into api.views (window_id, user_id, post_id) values (1, 1, 101), (1, 2, 102);
insert into api.post_feedback (user_id, post_id, kind) values (1, 106, 'HIDE'), (2, 102, 'MORE_LIKE_THIS');
insert into api.reports (reporter_id, subject_type, subject_id, reason) values (2, 'POST', 101, 'SPAM'), (3, 'USER', 2, 'SPAM');

insert into ops.creator_days (user_id, day) values (1, current_date), (2, current_date), (1, current_date - 60);

insert into tap.expected (thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended) values
    ('api.comments', 'select', '6', '7', '7', '7', '2', '6', '6', '7', '6', '6'),
    ('api.comments', 'insert', 'no', '1', '1', '1', 'DA404', '1', 'DA403', '1', '1', 'DA403'),
    ('api.comments', 'update', 'no', '1', '2', '2', '1', '0', 'DA403', '1', '1', 'DA403'),
    ('api.comment_stats', 'select', '2', '3', '3', '3', '1', '2', '2', '2', '2', '2'),
    ('api.comment_likes', 'select', 'no', '3', '4', '5', '2', '4', '4', '4', '4', '4'),
    ('api.pinned_comments', 'select', '1', '1', '1', '1', '0', '1', '1', '1', '1', '1'),
    ('api.withheld_comments', 'select', 'no', '1', '0', '0', '0', '0', '0', '0', '0', '0'),
    ('api.comment_settings', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.comment_settings', 'insert', 'no', '23505', '23505', '1', '1', '1', 'DA403', '1', '1', 'DA403'),
    ('api.comment_settings', 'update', 'no', '1', '1', '0', '0', '0', 'DA403', '0', '0', 'DA403'),
    ('api.comment_keywords', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.comment_keywords', 'insert', 'no', '23505', '23505', '1', '1', '1', 'DA403', '1', '1', 'DA403'),
    ('api.comment_keywords', 'delete', 'no', '1', '1', '0', '0', '0', 'DA403', '0', '0', 'DA403'),
    ('api.reactions', 'select', 'no', '2', '5', '3', '2', '4', '3', '3', '3', '3'),
    ('api.reactions', 'insert', 'no', '1', '23505', '1', 'no', '1', 'DA403', '1', '1', 'DA403'),
    ('api.reactions', 'update', 'no', '0', '3', '1', '1', '0', 'DA403', '0', '0', 'DA403'),
    ('api.reactions', 'delete', 'no', '0', '3', '1', '1', '0', 'DA403', '0', '0', 'DA403'),
    ('api.save_folders', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.save_folders', 'insert', 'no', '23505', '23505', '1', '1', '1', 'DA403', '1', '1', 'DA403'),
    ('api.save_folders', 'update', 'no', '1', '1', '0', '0', '0', 'DA403', '0', '0', 'DA403'),
    ('api.save_folders', 'delete', 'no', '1', '1', '0', '0', '0', 'DA403', '0', '0', 'DA403'),
    ('api.saves', 'select', 'no', '1', '2', '0', '0', '0', '0', '0', '0', '0'),
    ('api.shares', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.views', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.post_feedback', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('api.reports', 'insert', 'no', '1', '1', 'DA404', 'DA404', 'DA404', 'DA403', 'DA404', 'DA404', 'DA403'),
    ('list_comments of 101', 'select', '1', '1', '1', '1', 'DA404', '1', '1', '1', '1', '1'),
    ('list_comments of 102', 'select', 'DA404', '1', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('list_comments below 206', 'select', 'DA404', '1', 'DA404', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('comment_thread of 202', 'select', '0', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('comment_thread of 207', 'select', '0', '1', '0', '0', '0', '0', '0', '1', '0', '0'),
    ('comment_thread of 209', 'select', '2', '2', '2', '2', '0', '2', '2', '2', '2', '2'),
    ('create_comment under 102', 'execute', 'no', '1', '1', 'DA404', 'DA404', 'DA404', 'DA403', 'DA404', 'DA404', 'DA403'),
    ('create_comment below 207', 'execute', 'no', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA403', '1', 'DA404', 'DA403'),
    ('delete_comment 201', 'execute', 'no', 'DA404', '1', 'DA404', 'DA404', 'DA404', 'DA403', 'DA404', 'DA404', 'DA403'),
    ('hide_comment 201', 'execute', 'no', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('approve_comment 207', 'execute', 'no', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('pin_comment 201', 'execute', 'no', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('unpin_comment of 101', 'execute', 'no', 'true', 'false', 'false', 'false', 'false', 'DA403', 'false', 'false', 'DA403'),
    ('like_comment 202', 'execute', 'no', '1', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('like_comment 206', 'execute', 'no', '1', 'DA404', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('unlike_comment 201', 'execute', 'no', 'false', 'true', 'true', 'false', 'false', 'DA403', 'false', 'false', 'DA403'),
    ('my_creator_metrics', 'select', 'no', '1', '1', '0', '0', '0', '0', '0', '0', '0'),
    ('react_post 101', 'execute', 'no', '1', '1', '1', 'DA404', '1', 'DA403', '1', '1', 'DA403'),
    ('react_post 102', 'execute', 'no', '1', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('react_post 105', 'execute', 'no', 'DA404', '1', 'DA404', 'DA404', '1', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('unreact_post 101', 'execute', 'no', 'false', 'true', 'false', 'false', 'false', 'DA403', 'false', 'false', 'DA403'),
    ('save_post 102', 'execute', 'no', '1', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('save_post 101 in 301', 'execute', 'no', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('unsave_post 101', 'execute', 'no', 'true', 'true', 'false', 'false', 'false', 'DA403', 'false', 'false', 'DA403'),
    ('share_post 102', 'execute', 'no', '1', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('give_feedback 102', 'execute', 'no', '1', '1', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404', 'DA404'),
    ('withdraw_feedback 102', 'execute', 'no', 'false', 'true', 'false', 'false', 'false', 'DA403', 'false', 'false', 'DA403'),
    ('record_engagement 101', 'execute', 'no', 'DONE', 'REPEATED', 'DONE', 'NOT_FOUND', 'DONE', 'DA403', 'DONE', 'DONE', 'DA403'),
    ('record_views 102', 'execute', 'no', 'DONE', 'DONE', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'DA403', 'NOT_FOUND', 'NOT_FOUND', 'DA403'),
    ('report 202', 'execute', 'no', '1', '1', 'DA404', 'DA404', 'DA404', 'DA403', 'DA404', 'DA404', 'DA403');
insert into tap.expected (thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended, moderator)
values ('api.reports', 'select', 'no', '0', '1', '1', '0', '0', '0', '0', '0', '0', '2');
select
    tap.refuse('api.comments', 'delete'),
    tap.refuse('api.comment_stats', 'insert', 'update', 'delete'),
    tap.refuse('api.comment_likes', 'insert', 'update', 'delete'),
    tap.refuse('api.pinned_comments', 'insert', 'update', 'delete'),
    tap.refuse('api.withheld_comments', 'insert', 'update', 'delete'),
    tap.refuse('api.comment_settings', 'delete'),
    tap.refuse('api.comment_keywords', 'update'),
    tap.refuse('api.saves', 'insert', 'update', 'delete'),
    tap.refuse('api.shares', 'insert', 'update', 'delete'),
    tap.refuse('api.views', 'insert', 'update', 'delete'),
    tap.refuse('api.post_feedback', 'insert', 'update', 'delete'),
    tap.refuse('api.reports', 'update', 'delete');

-- What a function answers, where it is not a row.
create function pg_temp.says(answer anyelement) returns text language plpgsql
as $$ begin raise exception using errcode = 'UNDO0', message = answer::text; end $$;
insert into tap.attempts values
    ('api.comments', 'insert', $$ insert into api.comments (post_id, content) values (101, 'x') $$),
    ('api.comments', 'update', $$ update api.comments set content = 'y' $$),
    ('api.comment_settings', 'insert', $$ insert into api.comment_settings (approval) values ('NOBODY') $$),
    ('api.comment_settings', 'update', $$ update api.comment_settings set approval = 'EVERYBODY' $$),
    ('api.comment_keywords', 'insert', $$ insert into api.comment_keywords (keyword) values ('rude') $$),
    ('api.reactions', 'insert', 'insert into api.reactions (post_id) values (101)'),
    ('api.reactions', 'update', $$ update api.reactions set kind = 'WOW' $$),
    ('api.save_folders', 'insert', $$ insert into api.save_folders (name) values ('x') $$),
    ('api.save_folders', 'update', $$ update api.save_folders set name = 'y' $$),
    ('api.reports', 'insert', $$
        insert into api.reports (subject_type, subject_id, reason) values ('POST', 102, 'SPAM')
    $$),
    ('list_comments of 101', 'select', 'select api.list_comments(101)'),
    ('list_comments of 102', 'select', 'select api.list_comments(102)'),
    ('list_comments below 206', 'select', 'select api.list_comments(101, 206)'),
    ('comment_thread of 202', 'select', 'select api.comment_thread(202)'),
    ('comment_thread of 207', 'select', 'select api.comment_thread(207)'),
    ('comment_thread of 209', 'select', 'select api.comment_thread(209)'),
    ('create_comment under 102', 'execute', $$ select api.create_comment(row(102, null, 'x')) $$),
    ('create_comment below 207', 'execute', $$ select api.create_comment(row(101, 207, 'x')) $$),
    ('delete_comment 201', 'execute', 'select api.delete_comment(201)'),
    ('hide_comment 201', 'execute', 'select api.hide_comment(201)'),
    ('approve_comment 207', 'execute', 'select api.approve_comment(207)'),
    ('pin_comment 201', 'execute', 'select api.pin_comment(201)'),
    ('unpin_comment of 101', 'execute', 'select pg_temp.says(api.unpin_comment(101))'),
    ('like_comment 202', 'execute', 'select api.like_comment(202)'),
    ('like_comment 206', 'execute', 'select api.like_comment(206)'),
    ('unlike_comment 201', 'execute', 'select pg_temp.says(api.unlike_comment(201))'),
    ('my_creator_metrics', 'select', 'select api.my_creator_metrics()'),
    ('react_post 101', 'execute', 'select api.react_post(101)'),
    ('react_post 102', 'execute', 'select api.react_post(102)'),
    ('react_post 105', 'execute', 'select api.react_post(105)'),
    ('unreact_post 101', 'execute', 'select pg_temp.says(api.unreact_post(101))'),
    ('save_post 102', 'execute', 'select api.save_post(102)'),
    ('save_post 101 in 301', 'execute', 'select api.save_post(101, 301)'),
    ('unsave_post 101', 'execute', 'select pg_temp.says(api.unsave_post(101))'),
    ('share_post 102', 'execute', 'select api.share_post(102)'),
    ('give_feedback 102', 'execute', 'select api.give_feedback(102)'),
    ('withdraw_feedback 102', 'execute', 'select pg_temp.says(api.withdraw_feedback(102))'),
    ('record_engagement 101', 'execute', $$
        select pg_temp.says(r.status)
        from api.record_engagement(
            array[row('REACT', 101, null, null, null, null, null, null)]::api.engagement_event_input[]
        ) as r
    $$),
    ('record_views 102', 'execute', $$
        select pg_temp.says(r.status) from api.record_views(array[row(102, null, 500, null)]::api.view_input[]) as r
    $$),
    ('report 202', 'execute', $$ select api.report(row('COMMENT', 202, 'SPAM', null)) $$);

select * from tap.matrix();
select is(count(*), 10::bigint, 'and nothing has changed by all these attempts') from api.comments;

select * from finish();
rollback;
