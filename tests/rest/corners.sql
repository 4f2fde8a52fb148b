-- Where a protocol has corners: columns called as aliases could be, calls that PostgreSQL may leave out, schemas behind
-- the exposed one, and what stands in for PostGIS.
do $$
begin
    create role "Corner Reader";
exception
    when duplicate_object then null;
end
$$;
create schema "corner s";
create schema behind;
grant usage on schema "corner s", behind to "Corner Reader";
set search_path to "corner s";

create table parts (k text, t text, body text, primary key (k, t));
create table ranked (name text primary key, rank int not null);
create table locked (id int primary key);
create table shapes (id int primary key, name text, geom text);
create table papers (id int primary key, data jsonb);
insert into ranked values ('first', 1), ('second', 2);
insert into shapes values (1, 'square', '{"type": "Point", "coordinates": [1, 2]}');
insert into papers values (1, '{"!@#$%^&*_d": {"!@#$%^&*_e": 1}, "-1": "minus", "a b": [10, 20]}');
grant select, insert, update, delete on parts, ranked, shapes, papers to "Corner Reader";

create function fail(code text, say text default 'no') returns void language plpgsql stable
as $$ begin raise exception using errcode = code, message = say; end $$;
create function two_rows() returns int language sql stable as 'select (select rank from "corner s".ranked)';
create function all_ranked() returns setof ranked language sql stable as 'select * from "corner s".ranked';
create function numbers() returns setof int language sql stable as 'values (1), (2), (3)';
create function all_shapes() returns setof shapes language sql stable as 'select * from "corner s".shapes';
create function behind.doubled(ranked) returns int language sql stable as 'select $1.rank * 2';
create function behind.st_asgeojson(feature record) returns text language plpgsql stable as $$
declare
    found constant jsonb := to_jsonb(feature);
begin
    return jsonb_build_object('type', 'Feature', 'geometry', (found ->> 'geom')::jsonb, 'properties', found - 'geom');
end
$$;
reset search_path;
