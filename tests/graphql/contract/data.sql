-- The rows that every case begins with.
truncate market.account, market.post, market.profile, market.passport, market.locker, market.team, market.membership,
market.badge, market.category, market.ledger, market.entry, market.gizmo, market.oddity, market.reserved,
market.bad_columns, market.note, market.note_tag, market.unreadable, market.keyless_for_auditor, "Raw Data"."Item",
"Raw Data".order_line, "Raw Data"."Shirt", "Raw Data"."Long", vaults.vault, market.wide, market.corner,
market.corner_link, based.measured, based.logged restart identity;

insert into market.account (
    email, full_name, is_active, balance, visits, rating, small, birthday, wakes_at, seen_at, token, settings, tags, lucky,
    mood, initials, contact
) values
('ada@x.io', 'Ada', true, 10.50, 9007199254740993, 4.5, 1, '1990-01-01', '07:30', '2026-01-01 10:00+02',
    '00000000-0000-0000-0000-000000000001', '{"theme": "dark"}', '{a,b}', '{1,2}', 'happy', 'AL', 'ada@home.io'),
('bob@x.io', 'Bob', true, 20, 2, 3.5, 2, '1985-05-05', '06:00', '2026-01-02 10:00+00',
    '00000000-0000-0000-0000-000000000002', '[1, 2]', '{b}', '{2}', 'so-so', null, null),
('cyd@x.io', null, false, null, 3, null, null, null, null, null, null, null, '{}', '{}', null, null, null),
('dan@y.io', 'Dan', true, 5, 4, 1, 4, '2000-02-29', '23:59:59', '2026-06-01 00:00+00', null, 'null', '{a,b,c}',
    '{3,1}', 'sad', 'DDDD', null),
('eve@y.io', 'eve', false, 0, 5, 4.5, 5, '1999-12-31', null, null, null, '{}', null, null, 'happy', null, null),
('flo@y.io', 'Flo_%', true, 100.01, 6, -2.25, -6, null, '00:00', null, null, null, '{"c d","e,f"}', '{2,3}', null, null, null);

insert into market.post (author_id, editor_id, title, body, status, word_count, published_at) values
(1, 2, 'Alpha', 'one', 'PUBLISHED', 100, '2026-01-01 00:00Z'),
(1, null, 'Beta', null, 'DRAFT', 50, null),
(2, 1, 'Gamma', 'three', 'PUBLISHED', 70, '2026-01-03 00:00Z'),
(2, null, 'Delta', 'four', 'ARCHIVED', 10, '2026-01-02 00:00Z'),
(4, 1, 'Epsilon', null, 'DRAFT', 0, null),
(1, null, 'Zeta', 'six', 'PUBLISHED', 30, '2026-01-05 00:00Z'),
(1, null, 'Eta', 'seven', 'PUBLISHED', 20, '2026-01-04 00:00Z');

insert into market.profile values (1, 'mathematician'), (4, 'plumber');
insert into market.passport values (10, 1, 'P1'), (11, null, 'P2');
insert into market.locker values (1, 1, true), (2, 1, false), (3, 2, true);
insert into market.team values
('00000000-0000-0000-0000-00000000000a', 'red'), ('00000000-0000-0000-0000-00000000000b', 'blue');
insert into market.membership values
('00000000-0000-0000-0000-00000000000a', 1, 'captain'),
('00000000-0000-0000-0000-00000000000a', 2, 'member'),
('00000000-0000-0000-0000-00000000000b', 1, 'member');
insert into market.badge (badge_team, badge_account, label) values
('00000000-0000-0000-0000-00000000000a', 1, 'gold'), ('00000000-0000-0000-0000-00000000000a', null, 'loose');
insert into market.category values (1, null, 'root'), (2, 1, 'left'), (3, 1, 'right'), (4, 2, 'leaf');
insert into market.ledger (amount, note, payload) values (1.5, 'first', '{"a":  1}'), (99999999999999999999.123, null, null);
insert into market.entry select n, 'entry ' || n from generate_series(1, 20) as n;
insert into market.gizmo values (1, 'green'), (2, null);
insert into market.oddity values
(1, '(1,2)', '[1,5)', '90 minutes', 'hi', '10.0.0.1', '101', '{{1,2},{3,4}}'), (2, null, null, null, null, null, null, null);
insert into market.reserved values (1, 'x', 5, 1, 'n1'), (2, 'y', 6, 2, 'n2');
insert into market.bad_columns values (1, 'a', 'b', 'c', 'd', 'e');
insert into market.note values (1, 'sam', 'mine'), (2, 'kim', 'theirs');
insert into market.note_tag values (1, 1, 'red'), (2, 2, 'blue');
insert into market.unreadable values (1, 'hidden');
insert into market.keyless_for_auditor values (1, 'word');
insert into "Raw Data"."Item" select n, 'item ' || n, null, null from generate_series(1, 40) as n;
update "Raw Data"."Item" set "parentId" = 1, snake_col = 'low' where id in (2, 3);
insert into "Raw Data".order_line values (1, 1, 1, 5), (1, 2, 2, 1), (2, 1, 1, 3);
insert into "Raw Data"."Shirt" values ('A', 's'), ('B', 'M');
insert into "Raw Data"."Long" values (9223372036854775807), (-1), (0);
insert into vaults.vault values (1, 'gold');
insert into market.wide (id) values (1);
insert into market.corner values
(1, 'ABC', '{happy,so-so}', 'low', 'a-b', '(Main,5)', '{x,y}', 'two', 'camel', 'mixed', '{2026-01-01 00:00Z}', '{1.50,null}',
    '{00000000-0000-0000-0000-000000000001}', '{t,f}'),
(2, 'def', '{}', 'high', 'c', null, null, null, null, null, null, null, null, null),
(3, 'ghi', null, null, null, null, null, null, null, null, null, null, null, null);
insert into market.corner_link values (1, 'abc', 2, 1), (2, null, null, null);
insert into based.measured values (1, 5, 'a@b.c', '{1,2}'), (2, 7, null, null);
insert into based.logged values (1, '2026-03-01', 'one'), (1, '2026-03-02', 'two');
refresh materialized view market.mood_count;
