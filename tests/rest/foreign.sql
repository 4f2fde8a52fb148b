-- A database of somebody else: odd names, several schemas, a login role in mixed case without rights of its own.
do $$
declare
    name text;
begin
    foreach name in array array['Web Anon', 'Éditeur', 'Limited'] loop
        if not exists (select 1 from pg_roles where rolname = name) then
            execute format('create role %I nologin', name);
        end if;
    end loop;
    if not exists (select 1 from pg_roles where rolname = 'OddLogin') then
        create role "OddLogin" login noinherit;
    end if;
end
$$;
grant "Web Anon", "Éditeur", "Limited" to "OddLogin";

create schema "Odd Names";
comment on schema "Odd Names" is E'Shop of odd names\n\nWhat it sells\nand to whom.';
create schema second;
create schema settings;

create type "Odd Names".mood as enum ('sad', 'glad');
create domain "Odd Names".qty as integer check (value > 0);
create table "Odd Names"."Käufer" (
    id bigint generated always as identity primary key,
    "First Name" varchar(10) not null default 'x',
    born date default now(),
    tags text[] default '{}',
    ok boolean default false,
    n int default 3,
    j jsonb
);
comment on table "Odd Names"."Käufer" is E'Buyers\n\nPeople who buy.';
comment on column "Odd Names"."Käufer"."First Name" is 'given name';
create table "Odd Names".orders (
    id int primary key,
    buyer bigint references "Odd Names"."Käufer" on delete cascade,
    mood "Odd Names".mood default 'glad',
    qty "Odd Names".qty
);
create view "Odd Names".vips as select * from "Odd Names"."Käufer";
create view "Odd Names".counted as select count(*) as n from "Odd Names"."Käufer";
create table "Odd Names".secret (id int);
create table second.things (id int);

create function "Odd Names".add(a int, b int default 2) returns int language sql immutable as 'select a + b';
comment on function "Odd Names".add is 'Adds';
create function "Odd Names".vari(variadic x int[]) returns int language sql immutable as 'select 1';
create function "Odd Names".vol(t text) returns void language sql volatile as 'select 1';
create function "Odd Names".root() returns json language sql stable as $$ select '{"swagger": "2.0", "info": {"title": "own"}}'::json $$;
create function "Odd Names".setting(name text) returns text language sql stable as 'select current_setting(name, true)';
create function settings.pre_config() returns void language sql as $$ select set_config('pgrst.db_schemas', 'second', true) $$;

insert into "Odd Names"."Käufer" ("First Name") values ('Zoë'), ('نور'), ('O''Neil');
insert into "Odd Names".orders (id, buyer) values (1, 1), (2, 1), (3, 2);

grant usage on schema "Odd Names", second to "Web Anon", "Éditeur", "Limited";
grant usage on schema settings to "OddLogin";
grant select on "Odd Names"."Käufer", "Odd Names".vips, "Odd Names".orders, second.things to "Web Anon", "Limited";
grant all on all tables in schema "Odd Names" to "Éditeur";
revoke execute on function "Odd Names".vol from public;
grant execute on function "Odd Names".vol to "Éditeur";
