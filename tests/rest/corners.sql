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
create function cookies() returns json language sql stable as $$ select current_setting('request.cookies', true)::json $$;
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
create domain "corner s"."text/csv" as text;
create domain "corner s"."*/*" as bytea;
create domain "corner s"."text/count" as text;
create view "corner s".anything as select id from "corner s".shapes;
create function "corner s".csv_next(state text, next "corner s".papers) returns "corner s"."text/csv"
language sql immutable as $$ select state || next.id || ';' $$;
create aggregate "corner s".own_csv("corner s".papers) (sfunc = "corner s".csv_next, stype = "corner s"."text/csv", initcond = '');
create function "corner s".any_next(state bytea, next "corner s".anything) returns "corner s"."*/*"
language sql immutable as $$ select state || next.id::text::bytea $$;
create aggregate "corner s".any_of("corner s".anything) (sfunc = "corner s".any_next, stype = "corner s"."*/*", initcond = '');
create function "corner s".count_next(state text, next anyelement) returns "corner s"."text/count"
language sql immutable as $$ select state || '|' $$;
create aggregate "corner s".tally(anyelement) (sfunc = "corner s".count_next, stype = "corner s"."text/count", initcond = '');
grant select on "corner s".anything to "Corner Reader";
