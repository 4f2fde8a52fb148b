-- Reference data is everybody's to read and nobody's to write; what one is interested in is one's own.
begin;
select no_plan();

select tap.people();
insert into api.user_interests (user_id, interest_code) values (1, 'football'), (3, 'food');

select is(count(*), 27::bigint, 'there are 27 governorates') from api.governorates;
select set_eq(
    'select distinct governorate_code from api.districts', array['EG-C', 'EG-GZ', 'EG-ALX'],
    'three of them have districts'
);
delete from api.districts where code <> 'EG-C-MAADI';
delete from api.interests where code not in ('football', 'food');
delete from api.report_reasons where code <> 'SPAM';

insert into tap.expected (
    thing, verb, visitor, owner, follower, stranger, blocked, private, closed, circle, minor, suspended
) values
    ('api.districts', 'select', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('api.interests', 'select', '2', '2', '2', '2', '2', '2', '2', '2', '2', '2'),
    ('api.report_reasons', 'select', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1'),
    ('api.user_interests', 'select', 'no', '1', '0', '1', '0', '0', '0', '0', '0', '0'),
    ('api.user_interests', 'insert', 'no', '1', '1', '23505', '1', '1', '1', '1', '1', '1'),
    ('api.user_interests', 'delete', 'no', '1', '0', '1', '0', '0', '0', '0', '0', '0');
select
    tap.refuse('api.districts', 'insert', 'update', 'delete'),
    tap.refuse('api.interests', 'insert', 'update', 'delete'),
    tap.refuse('api.report_reasons', 'insert', 'update', 'delete'),
    tap.refuse('api.user_interests', 'update');
insert into tap.attempts values
    ('api.user_interests', 'insert', $$ insert into api.user_interests (interest_code) values ('food') $$);
select * from tap.matrix();

select * from finish();
rollback;
