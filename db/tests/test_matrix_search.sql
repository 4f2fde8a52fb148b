-- What one has searched for is one's own.
begin;
select no_plan();

select tap.people();
insert into api.recent_searches (user_id, query) values (1, 'koshary'), (3, 'كشري');

insert into tap.expected (
    thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended
) values
    ('api.recent_searches', 'select', 'no', '1', '0', '1', '0', '0', '0', '0', '0', '0'),
    ('api.recent_searches', 'delete', 'no', '1', '0', '1', '0', '0', '0', '0', '0', '0');
select tap.refuse('api.recent_searches', 'insert', 'update');
select * from tap.matrix();

select * from finish();
rollback;
