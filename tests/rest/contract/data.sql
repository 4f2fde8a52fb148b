-- The rows of the bazaar, put back after every case that writes.
set client_min_messages to warning;
set synchronous_commit to off;
set search_path to "Bazaar", public;
truncate traders, stalls, goods, labels, goods_labels, licences, rooms, bookings, parcels, people, clubs, members, fans, "Odd Table!", kinds, nokey,
lines, counters, wares, "Pair Up", solo, events, diary, staff, vault, paints, docs, notes, "متجر"."كتب", "متجر".traders restart identity cascade;

insert into traders values
(1, 'Amal', 'Aleppo', 4.5, '2020-01-01', null),
(2, 'بسام', 'دمشق', 3.0, '2021-06-15', 1),
(3, 'Carol O''Neil', null, null, '2019-12-31', 1),
(4, 'Dan, the "Man"', 'Homs', 4.5, null, 2),
(5, 'Eve (x)', 'a*b%c_d\e', 1.25, '2022-02-28', null);
insert into stalls values
(1, 'Spices & Co.', 1, 2, 30, true, '{hot,sweet}', '[8,12)', '{"a": {"b": [10, 20, {"c": "deep"}]}, "n": 5, "s": "x y", "nul": null, "q\"k": 1}', 'food', '(Main St,5,"{""lat"": 1.5}")', '{"(A,1,)","(B,2,)"}'),
(2, 'Old Pages', 1, null, 10, false, '{paper}', '[9,18)', '{"a": {"b": [1]}, "n": 50, "s": "abc"}', 'Old Books', null, null),
(3, 'قماش', 2, 1, 20, true, '{}', '[20,24)', '{"n": 7, "list": [1, 2, 3]}', 'cloth', '(Side St,7,)', '{}'),
(4, 'Nowhere', 3, null, null, null, null, null, null, null, null, null);
insert into goods (id, stall_id, name, price, qty, added, note, search) values
(1, 1, 'Cumin', 2.50, 100, '2024-01-01 10:00:00+00', 'brown, ground', to_tsvector('english', 'ground brown seeds')),
(2, 1, 'Saffron', 99.90, 3, '2024-02-01 10:00:00+00', null, to_tsvector('english', 'red precious threads')),
(3, 2, 'Atlas', 40.00, 1, '2024-03-01 10:00:00+00', 'a "rare" one', to_tsvector('english', 'maps of the world')),
(4, 2, 'Novel', 10.00, 5, '2024-04-01 10:00:00+00', 'line\nbreak', to_tsvector('english', 'a story of seeds')),
(5, 3, 'Silk', 75.25, 2, '2024-05-01 10:00:00+00', '100% pure', to_tsvector('english', 'smooth thread')),
(6, null, 'Lost', null, 0, null, '', null);
insert into labels values (1, 'fresh'), (2, 'rare'), (3, 'مميز'), (4, 'unused');
insert into goods_labels values (1, 1, 5), (2, 1, 1), (2, 2, 9), (3, 2, 4), (5, 3, 2);
insert into licences values (1, 'L-1', '[2020-01-01,2030-01-01)'), (2, 'L-2', null);
insert into rooms values ('North', 1, 20.5), ('North', 2, 30), ('South', 1, 12);
insert into bookings values (1, 'North', 1, 'Zed'), (2, 'North', 2, 'Yan'), (3, 'North', 1, 'Xia'), (4, 'South', null, 'Who');
insert into parcels values (1, 1, 2, 10), (2, 2, 1, 20), (3, 1, 3, 30);
insert into people values (1, 'Ann'), (2, 'Ben'), (3, 'Cy');
insert into clubs values (1, 'Chess', 1), (2, 'Darts', 2);
insert into members values (1, 1), (2, 1), (1, 2);
insert into fans values (3, 1);
insert into "Odd Table!" values (1, 'space', 1, 'comma', 1, 'quote', 'نعم', 'word', 'colon', 'arrow'), (2, 'two', 2, 'k,l', 2, 'm"n', 'لا', 'x', 'y', 'z');
insert into kinds values (1, -5, 9007199254740993, 1.5, 2.25, 123456789012345678.90, '12.34', b'1010', b'101', '\xdeadbeef', null, '1 day 02:03:04', '12:34:56',
'12:34:56+02', '2024-02-29', '2024-02-29 12:00:00', '2024-02-29 12:00:00+00', '11111111-2222-3333-4444-555555555555', '10.0.0.1', '10.0.0.0/8', '08:00:2b:01:02:03',
'(1,2)', '{"k":  1}', '{"k": 1}', '{1,2,3}', '{a,"b c",NULL}', '{{1,2},{3,4}}', '[1,5)', '[1.5,2.5]', '[2024-01-01,2024-02-01)', '[2024-01-01 00:00+00,2024-01-02 00:00+00)',
'{[1,3),[5,7)}', 'Old Books', true, 'ab', 'var');
insert into kinds (id) values (2);
insert into nokey values (1, 'one'), (2, 'two'), (2, 'two again');
insert into lines (price, qty) values (10, 2), (5, 3);
insert into counters (name) values ('first'), ('second');
insert into wares values ('w1', 'pen', 5, 'us'), ('w2', 'ink', 0, 'them'), ('w3', 'pad', 9, 'us');
insert into "Pair Up" values (1, 1, 'one'), (1, 2, 'two'), (2, 1, 'three');
insert into solo values (1);
insert into events values (1, 2020, 'opening', 1), (2, 2020, 'fair', 2), (1, 2021, 'reopening', 1);
insert into diary values (1, 'sam', 'dear diary'), (2, 'kim', 'secret'), (3, 'sam', 'more');
insert into staff values (1, 'Top', 100, null), (2, 'Low', 50, 1);
insert into vault values (1, 1000);
insert into paints values (1, 255, '2020-01-01 00:00:00+00', 'psst', 1), (2, 16711680, '2021-01-01 00:00:00+00', null, 5);
insert into docs values (1, '{"sp ace": 1, "da-sh": {"x": "y"}, "عربي": "نعم", "1": "one", "n": 10, "arr": ["a", "b"], "t": true}'), (2, '[1, 2, {"k": "v"}]'), (3, '"text"'), (4, null);
insert into notes values (1, 'of the guest', 'Anon Guest'), (2, 'of the user', 'Web User');
insert into "متجر"."كتب" values (1, 'ألف ليلة', 3), (2, 'كليلة ودمنة', 0);
insert into "متجر".traders values (1, 'other schema');
refresh materialized view stall_worth;
