delete from harbor.legs;
delete from harbor.voyages;
delete from harbor.clashing;
delete from harbor.captains;
delete from harbor.cargo_lots;
delete from harbor.ships;
delete from harbor.ports;
delete from harbor.documents;
delete from harbor.notices;
delete from harbor.switches;
delete from harbor.buoys;
delete from harbor.accounts;
delete from harbor.entries;
delete from harbor.ledgers;
delete from harbor.rarities;
delete from harbor.vault;
delete from harbor.odd_columns;
delete from "Raw Dock".feelings;
delete from "Raw Dock"."BlogPost";
delete from "Raw Dock".snake_table;
delete from "Raw Dock"."Email";
delete from "Raw Dock"."Person";
delete from "Raw Dock".renamed_table;
delete from capped.small_pages;
delete from capped.bigger_pages;
delete from veiled.hidden_things;
select setval(pg_get_serial_sequence(name, 'id'), 1, false)
from unnest(array['harbor.ports', 'harbor.ships', 'harbor.cargo_lots', '"Raw Dock"."Person"']) as name;
insert into harbor.ports (name, country, opened, is_open, depth_m, berths) values
    ('Aqaba', 'JO', '1952-01-01', true, 15.5, 10),
    ('Basra', 'IQ', '1916-06-15', true, 9, 6),
    ('Suez', 'EG', null, true, null, 4),
    ('Aden', 'YE', '1839-01-19', false, 11, null),
    ('Zayla', null, null, false, 3.25, 1);
insert into harbor.ships (
    ship_name, kind, home_port_id, tonnage, draught, built, commissioned, last_seen, watch_at, crew_total, is_active,
    tags, ratings, meta, notes, imo, token, badge, tide, hull, grade, escort_id
) values
    ('Ibn Majid', 'tug', 1, 1200.5, 3.5, '1990-05-01', '1990-06-01 08:00+00', '2024-01-01 10:00', '06:00',
     9007199254740993, true, '{red,fast}', '{1,2}', '{"a": 1}', '{"z":1}', '1234567',
     '00000000-0000-4000-8000-000000000001', '\x01ff', 'low', 'aa', 'A', null),
    ('Al Nawras', 'ferry', 1, 560, 2.25, '2001-02-03', '2001-03-01 12:30+00', '2024-01-02 11:30:15.5', '12:30:15',
     40, true, '{fast}', '{2,3}', '[1, "two", null]', null, '2345678',
     '00000000-0000-4000-8000-000000000002', '\xdead', 'high', 'ab', 'B', 1),
    ('Zheng He', 'bulk carrier', 2, 90000.25, 12, '2010-12-31', '2011-01-01 00:00+00', null, '23:59:59',
     25, false, '{}', null, '"text"', null, null, null, null, 'low', 'b', 'B', 1),
    ('50% Off_er', 'ro-ro', null, null, null, null, null, null, null,
     null, null, null, '{}', null, null, null, null, null, null, null, null, null),
    ('ibn battuta', 'ferry', 3, 560, 7.75, '2001-02-03', '2020-01-01 00:00+00', '2023-05-05 05:05', '00:00',
     0, false, '{blue,red,slow}', '{1,2,3}', '{}', null, '3456789',
     '00000000-0000-4000-8000-000000000005', null, 'high', 'ba', 'a', 2);
insert into harbor.captains values (1, 'Ahmad', 1), (2, 'Ching', 3);
insert into harbor.voyages values
    (1, 1, 1, 2, '2024-03-01 00:00+00', 100.10), (1, 2, 2, 1, '2024-03-05 00:00+00', null),
    (2, 1, 1, 3, '2024-04-01 06:00+00', 55), (3, 7, 2, 4, null, 1000000000000000000000.5);
insert into harbor.legs values (1, 1, 1, 'out'), (2, 1, 1, 'on'), (3, 2, 1, null), (4, null, null, 'adrift');
insert into harbor.cargo_lots (ship_id, code, weight, hazard) values
    (1, 'L1', 10, 'fire'), (1, 'L2', 2.25, null), (2, 'L3', 7, 'none');
insert into harbor.documents values ('11111111-1111-4111-8111-111111111111', 'Bill'),
    ('22222222-2222-4222-8222-222222222222', 'Log');
insert into harbor.notices values ('fog', 'en', 'Fog'), ('fog', 'ar', 'ضباب'), ('"q', 'en', 'Quote "it" \ back');
insert into harbor.switches values (true, 'yes'), (false, 'no');
insert into harbor.buoys values (1, 'red'), (2, 'green'), (3, 'red');
insert into harbor.accounts values (1, 'Amal', 10, 's1'), (2, 'Bilal', 20, 's2');
insert into harbor.ledgers values (1, 'amal', 5), (2, 'bilal', 6), (3, 'amal', 7);
insert into harbor.entries values (1, 1, 'a'), (2, 2, 'b');
insert into harbor.vault values (1, 1000);
insert into harbor.odd_columns values (1, 'x', 'y', 'mixed', 'priv', 'long');
insert into "Raw Dock"."Person" ("fullName", nick_name) values ('Ada L', 'ada'), ('Grace H', null);
insert into "Raw Dock"."BlogPost" values (1, 1, 2, 'One', 'w', 'calm'), (2, 1, null, 'Two', null, null), (3, 2, 1, 'Three', null, 'wild');
insert into "Raw Dock".snake_table values (1, 1, 'one'), (2, null, 'two');
insert into "Raw Dock".renamed_table values (1, 'shine');
insert into "Raw Dock".feelings values (1, 'GLAD', 1), (2, 'SAD', null);
insert into capped.small_pages select generate_series(1, 10);
insert into capped.bigger_pages select generate_series(1, 10);
insert into veiled.hidden_things select n, 'w' || n from generate_series(1, 35) as n;
insert into harbor.rarities values
    (1, '1 day 02:03', '10.0.0.1/8', '(1,2)', 'a b', '[1,5)', '12.50', '\x00ff', '10:00+02',
     '{2024-01-01,2024-02-01}', '{1.50,2}', '{9007199254740993,1}', '{tug,"bulk carrier"}', '{"{\"a\": 1}","[2]"}',
     '{true,false,null}', '{2024-01-01 00:00+00}', '{x,y}', 'q', '101'),
    (2, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
insert into harbor.clashing values (1, 5, 'a name', 1), (2, 7, null, null);
set session_replication_role to replica;
insert into "Raw Dock"."Email" values (1, 1, 'a@x2'), (2, 1, 'b@x2'), (3, null, 'c@x2'), (4, 99, 'd@x2');
reset session_replication_role;
