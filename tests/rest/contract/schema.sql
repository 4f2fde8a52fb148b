-- A bazaar: a schema of somebody else, with names that need quotes and a login role that owns nothing.
create role "MixedCase Login" login noinherit;
create role "Configured Login" login noinherit;
create role "Anon Guest" nologin;
create role "Web User" nologin;
create role "كاتب" nologin;
create role "Slow Role" nologin;
create role "Careful Role" nologin;
create role "Barred Role" nologin;
create role "Not Granted" nologin;
grant "Anon Guest", "Web User", "كاتب", "Slow Role", "Careful Role", "Barred Role" to "MixedCase Login";
grant "Anon Guest", "Web User" to "Configured Login";
alter role "Slow Role" set statement_timeout to '150ms';
alter role "Careful Role" set default_transaction_isolation to 'serializable';
alter role "Careful Role" set "work_mem" to '5MB';

create schema "Bazaar";
create schema "متجر";
create schema "extra bits";
create schema "hidden";
comment on schema "Bazaar" is $$Bazaar API

All that is sold.$$;
grant usage on schema "Bazaar", "متجر", "extra bits" to "Anon Guest", "Web User", "كاتب", "Slow Role", "Careful Role";

set search_path to "Bazaar", public;

create type "Stall Kind" as enum ('food', 'Old Books', 'cloth');
create type address as (street text, "House No" int, geo jsonb);

create table traders (
    id int primary key,
    name text not null,
    "Home Town" text,
    rating numeric,
    joined date,
    mentor_id int references traders (id)
);
comment on table traders is $$Those who sell

They may have a mentor.$$;
comment on column traders.name is 'How they are called';

create table stalls (
    id int primary key,
    "Stall Name" text not null,
    trader_id int not null references traders (id),
    backup_id int constraint "stalls backup fkey" references traders (id),
    "order" int,
    is_open boolean,
    tags text[],
    hours int4range,
    attrs jsonb,
    kind "Stall Kind",
    home address,
    homes address[]
);

create table goods (
    id int primary key,
    stall_id int references stalls (id),
    name text not null,
    price numeric(8, 2),
    qty int default 1,
    added timestamptz default '2024-01-01 00:00:00+00',
    note text,
    search tsvector
);

create table labels (id int primary key, label text not null unique);
create table goods_labels (
    good_id int references goods (id),
    label_id int references labels (id),
    weight int default 0,
    primary key (good_id, label_id)
);

create table licences (
    trader_id int primary key references traders (id),
    number text not null,
    valid daterange
);

create table rooms (building text, number int, area numeric, primary key (building, number));
create table bookings (
    id int primary key,
    building text,
    number int,
    guest text,
    constraint "booked room" foreign key (building, number) references rooms (building, number)
);

create table parcels (
    id int primary key,
    sender_id int references traders (id),
    receiver_id int references traders (id),
    weight int
);

-- two ways between people and clubs
create table people (id int primary key, name text);
create table clubs (id int primary key, title text, founder_id int references people (id));
create table members (person_id int references people (id), club_id int references clubs (id), primary key (person_id, club_id));
create table fans (person_id int references people (id), club_id int references clubs (id), primary key (person_id, club_id));

create table "Odd Table!" (
    id int primary key,
    "a b" text,
    "c.d" int,
    "e,f" text,
    "(g)" int,
    "h""i" text,
    "عمود" text,
    "select" text,
    "J:k" text,
    "x->y" text
);

create table kinds (
    id int primary key,
    i2 smallint, i8 bigint, r real, f8 double precision, n numeric, m money,
    b bit(4), vb bit varying(5), raw bytea, doc xml, iv interval, t time, ttz timetz, d date, ts timestamp, tstz timestamptz,
    u uuid, ip inet, net cidr, mac macaddr, p point, j json, jb jsonb, ia int[], ta text[], nested int[][],
    rng int4range, nr numrange, dr daterange, tsr tstzrange, mr int4multirange, e "Stall Kind", ok boolean, c5 char(5), v varchar(10)
);

create table nokey (a int, b text);
create table nothing_here (id int primary key);
create table lines (
    id int generated always as identity primary key,
    price int,
    qty int default 1,
    total int generated always as (price * qty) stored,
    status text not null default 'new',
    check (qty > 0)
);
create table counters (id serial primary key, name text unique, n int default 7, at date default '2020-02-02');
create table wares (code text primary key, name text unique, stock int default 5, maker text default 'us');
create table "Pair Up" (a int, "B" int, v text, primary key (a, "B"));
create table solo (id int primary key);

create table events (id int, year int, title text, trader_id int references traders (id), primary key (id, year)) partition by list (year);
create table events_2020 partition of events for values in (2020);
create table events_2021 partition of events for values in (2021);

create table diary (id int primary key, owner text, body text);
alter table diary enable row level security;
create policy own on diary using (owner = current_setting('request.jwt.claims', true)::json ->> 'sub');

create table staff (id int primary key, name text, salary int default 10, boss_id int references staff (id));
create table vault (id int primary key, gold int);
create table big (id int primary key, pad text);

-- representations
create domain colour as int;
create domain stamp as timestamptz;
create domain secret_text as text;
create function "json"(colour) returns json language sql immutable as $$ select to_json('#' || lpad(upper(to_hex($1)), 6, '0')) $$;
create function colour(json) returns colour language sql immutable as $$ select colour($1 #>> '{}') $$;
create function colour(text) returns colour language sql immutable as $$
    select ('x' || lpad(replace($1, '#', ''), 8, '0'))::bit(32)::int
$$;
create function "json"(stamp) returns json language sql immutable as $$ select to_json(extract(epoch from $1)::bigint) $$;
create function stamp(json) returns stamp language sql immutable as $$ select to_timestamp(($1 #>> '{}')::bigint) $$;
create function stamp(text) returns stamp language sql immutable as $$ select to_timestamp($1::bigint) $$;
create function "json"(secret_text) returns json language sql immutable strict as $$ select '"***"'::json $$;
create cast (colour as json) with function "json"(colour) as implicit;
create cast (json as colour) with function colour(json) as implicit;
create cast (text as colour) with function colour(text) as implicit;
create cast (stamp as json) with function "json"(stamp) as implicit;
create cast (json as stamp) with function stamp(json) as implicit;
create cast (text as stamp) with function stamp(text) as implicit;
create cast (secret_text as json) with function "json"(secret_text) as implicit;
create table paints (id int primary key, shade colour, made stamp, hush secret_text, good_id int references goods (id));
create view paint_view as select * from paints;

-- computed fields and relationships
create function shout(stalls) returns text language sql stable as $$ select upper($1."Stall Name") $$;
create function "Goods Count"(stalls) returns bigint language sql stable as $$ select count(*) from goods where stall_id = $1.id $$;
create function priced(goods) returns numeric language sql immutable as $$ select $1.price * $1.qty $$;
create function dear_goods(stalls) returns setof goods language sql stable as $$
    select * from goods where stall_id = $1.id and price >= 10
$$;
create function keeper(stalls) returns setof traders rows 1 language sql stable as $$
    select * from traders where id = $1.trader_id
$$;
create function stand(goods) returns setof stalls rows 1 language sql stable as $$
    select * from stalls where id = $1.stall_id
$$;

-- views
create view open_stalls as select id, "Stall Name", trader_id, backup_id, kind from stalls where is_open;
create view open_again as select id as "Stall ID", trader_id as "Trader Ref" from open_stalls;
create view good_names as select g.id, g.name, g.stall_id, s."Stall Name" from goods g join stalls s on s.id = g.stall_id;
create view mentors as
with recursive chain as (
    select id, name, mentor_id, 0 as depth from traders where mentor_id is null
    union all
    select t.id, t.name, t.mentor_id, c.depth + 1 from traders t join chain c on t.mentor_id = c.id
)
select id, name, mentor_id, depth from chain;
create materialized view stall_worth as
select stall_id, sum(price * qty) as worth, count(*)::int as goods from goods group by stall_id;
create view simple_wares as select code, name, stock from wares;
create view triggered as select code as key, upper(name) as big_name from wares;
create function tg_triggered() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into "Bazaar".wares (code, name) values (new.key, lower(new.big_name));
        return new;
    elsif tg_op = 'UPDATE' then
        update "Bazaar".wares set name = lower(new.big_name) where code = old.key;
        return new;
    end if;
    delete from "Bazaar".wares where code = old.key;
    return old;
end $$;
create trigger triggered instead of insert or update or delete on triggered for each row execute function tg_triggered();
create view ruled as select code, stock * 1 as stock, name from wares;
create rule ruled_insert as on insert to ruled do instead
    insert into wares (code, stock, name) values (new.code, new.stock, new.name) returning code, stock * 1, name;
create rule ruled_update as on update to ruled do instead
    update wares set stock = new.stock where code = old.code returning code, stock * 1, name;
create view read_only_stats as select kind, count(*) as n from stalls group by kind;
create view callcounter as select nextval('"Bazaar".counters_id_seq') as n;

-- media types
create domain "application/vnd.bazaar.lines" as text;
create domain "image/x-dot" as bytea;
create domain "text/html" as text;
create domain "*/*" as bytea;
create domain "text/tab-separated-values" as text;
create function lines_trans(state text, next labels) returns "application/vnd.bazaar.lines" language sql immutable as $$
    select state || next.id || '=' || next.label || E'\n'
$$;
create aggregate lines_agg (labels) (initcond = '', stype = "application/vnd.bazaar.lines", sfunc = lines_trans);
create function tsv_trans(state text, next anyelement) returns "text/tab-separated-values" language sql stable as $$
    select state || (select string_agg(value, E'\t') from json_each_text(row_to_json(next))) || E'\n'
$$;
create aggregate tsv_agg (anyelement) (initcond = '', stype = "text/tab-separated-values", sfunc = tsv_trans);
create function welcome() returns "text/html" language sql immutable as $$ select '<h1>مرحبا</h1>' $$;
create function dot() returns "image/x-dot" language sql immutable as $$ select '\x89504e47'::bytea $$;
create function anything(kind text default '') returns "*/*" language plpgsql as $$
begin
    if kind <> '' then
        perform set_config('response.headers', json_build_array(json_build_object('Content-Type', kind))::text, true);
    end if;
    return convert_to('any: ' || (current_setting('request.headers')::json ->> 'accept'), 'utf8');
end $$;
create domain "application/octet-stream" as bytea;
create domain "text/plain" as text;
create function octets() returns "application/octet-stream" language sql immutable as $$ select '\x00ff10'::bytea $$;
create function plain() returns "text/plain" language sql immutable as $$ select 'just "text"' $$;
create function some_labels() returns setof labels language sql stable as $$ select * from labels where id < 3 order by id $$;

-- functions
create function add_them(a int, b int) returns int language sql immutable as $$ select a + b $$;
comment on function add_them is $$Adds

Two numbers.$$;
create function "Say Hello"("The Name" text default 'world') returns text language sql immutable as $$ select 'Hello, ' || "The Name" $$;
create function "سلام"("الاسم" text) returns text language sql immutable as $$ select 'سلام ' || "الاسم" $$;
create function nothing() returns void language sql volatile as $$ $$;
create function void_stable() returns void language sql stable as $$ $$;
create function ret_null() returns int language sql immutable as $$ select null::int $$;
create function ret_null_row() returns traders language sql stable as $$ select * from traders where false $$;
create function ret_trader(id int) returns traders language sql stable as $$ select * from traders t where t.id = ret_trader.id $$;
create function ret_traders() returns setof traders language sql stable as $$ select * from traders order by id $$;
create function ret_stalls("least" int default 0) returns setof stalls language sql stable rows 5 as $$ select * from stalls where id >= "least" $$;
create function ret_ints(n int) returns setof int language sql immutable as $$ select generate_series(1, n) $$;
create function ret_table(n int) returns table (i int, "Sq uare" int) language sql immutable as $$ select g, g * g from generate_series(1, n) g $$;
create function ret_one_col_table() returns table (only_one text) language sql immutable as $$ values ('x'), ('y') $$;
create function ret_address() returns address language sql immutable as $$ select row('Main', 5, '{"x":1}')::address $$;
create function ret_addresses() returns setof address language sql immutable as $$ values (row('Main', 5, null)::address) $$;
create function ret_record() returns record language sql stable as $$ select 1 as a, 'x'::text as b $$;
create function ret_records() returns setof record language sql stable as $$ select id, name from traders where id < 3 order by id $$;
create function one_out(out total int) language sql immutable as $$ select 5 $$;
create function two_out(a int, out b int, out "C" text) language sql immutable as $$ select a + 1, 'c' || a $$;
create function in_and_out(inout n int) language sql immutable as $$ select n * 2 $$;
create function out_set(out x int, out y text) returns setof record language sql immutable as $$ values (1, 'one'), (2, 'two') $$;
create function ret_json() returns json language sql immutable as $$ select '{"a":  [1, 2]}'::json $$;
create function ret_jsonb_set() returns setof jsonb language sql immutable as $$ values ('{"a": 1}'::jsonb), ('[2]'::jsonb) $$;
create function ret_array() returns int[] language sql immutable as $$ select array[1, 2, 3] $$;
create function ret_enum(k "Stall Kind") returns "Stall Kind" language sql immutable as $$ select k $$;
create function ret_range(low int, up int) returns int4range language sql immutable as $$ select int4range(low, up) $$;
create function ret_domain() returns colour language sql immutable as $$ select 255::colour $$;
create function ret_bytea() returns bytea language sql immutable as $$ select '\x00ff'::bytea $$;
create function variadic_sum(variadic v int[]) returns int language sql immutable as $$ select sum(x)::int from unnest(v) x $$;
create function variadic_mixed(a text, variadic v text[] default '{}') returns text language sql immutable as $$ select a || array_to_string(v, '|') $$;
create function variadic_only(variadic v text[] default '{}') returns text language sql immutable as $$ select coalesce(nullif(array_to_string(v, '|'), ''), 'none') $$;
create function with_defaults(a int, b int default 10, c text default 'z') returns text language sql immutable as $$ select a || '-' || b || '-' || c $$;
create function takes_array(arr int[]) returns int[] language sql immutable as $$ select array_agg(x + 1) from unnest(arr) x $$;
create function takes_json(doc json) returns text language sql immutable as $$ select json_typeof(doc) $$;
create function takes_composite(place address) returns text language sql immutable as $$ select place.street || ' ' || place."House No" $$;
create function takes_bool(yes boolean) returns boolean language sql immutable as $$ select not yes $$;
create function takes_date(day date) returns date language sql immutable as $$ select day + 1 $$;
create function over(a int) returns text language sql immutable as $$ select 'int' $$;
create function over(a int, b int) returns text language sql immutable as $$ select 'two ints' $$;
create function over(c text) returns text language sql immutable as $$ select 'text c' $$;
create function over() returns text language sql immutable as $$ select 'none' $$;
create function unclear(a int) returns text language sql immutable as $$ select 'int' $$;
create function unclear(a text) returns text language sql immutable as $$ select 'text' $$;
create function raw_json(json) returns json language sql immutable as $$ select json_build_object('got', $1) $$;
create function raw_jsonb(jsonb) returns text language sql immutable as $$ select jsonb_typeof($1) $$;
create function raw_text(text) returns text language sql immutable as $$ select 'text:' || $1 $$;
create function raw_bytea(bytea) returns int language sql immutable as $$ select length($1) $$;
create function raw_xml(xml) returns text language sql immutable as $$ select 'xml' $$;
create function raw_over(x int) returns text language sql immutable as $$ select 'named' $$;
create function raw_over(json) returns text language sql immutable as $$ select 'unnamed' $$;
create function named_json(data json) returns json language sql immutable as $$ select data $$;
create function bump(step int default 1) returns int language sql volatile as $$
    update "Bazaar".counters set n = n + step where id = 1 returning n
$$;
create function insert_label(id int, label text) returns setof labels language sql volatile as $$
    insert into "Bazaar".labels values (id, label) returning *
$$;
create function lies(id int) returns void language plpgsql stable as $$ begin insert into "Bazaar".solo values (id); end $$;
create function sleepy(secs float8) returns text language plpgsql as $$ begin perform pg_sleep(secs); return 'slept'; end $$;
create function impatient() returns text language plpgsql set statement_timeout to '100ms' as $$ begin perform pg_sleep(5); return 'slept'; end $$;
create function patient() returns text language plpgsql set statement_timeout to '4s' as $$ begin perform pg_sleep(0.3); return 'slept'; end $$;
create function show_timeout() returns text language sql set statement_timeout to '7s' as $$ select current_setting('statement_timeout') $$;
create function show_mem() returns text language sql stable set work_mem to '6MB' as $$ select current_setting('work_mem') $$;
create function show_isolation() returns text language sql stable as $$ select current_setting('transaction_isolation') $$;
create function repeatable() returns text language sql stable set default_transaction_isolation to 'repeatable read' as $$
    select current_setting('transaction_isolation')
$$;
create function show(name text) returns text language sql stable as $$ select current_setting(name, true) $$;
create function show_json(name text) returns json language sql stable as $$ select nullif(current_setting(name, true), '')::json $$;
create function who() returns text language sql stable as $$ select current_user::text $$;
create function now_there() returns timestamptz language sql immutable as $$ select '2024-01-01 12:00:00+00'::timestamptz $$;
create function set_status(code text) returns text language plpgsql as $$
begin
    perform set_config('response.status', code, true);
    return 'done';
end $$;
create function set_headers(value text) returns text language plpgsql stable as $$
begin
    perform set_config('response.headers', value, true);
    return 'done';
end $$;
create function fail_plain() returns void language plpgsql as $$ begin raise exception 'I refuse!' using detail = 'Pretty simple', hint = 'Nothing to do.'; end $$;
create function fail_code(code text) returns void language plpgsql as $$
begin
    raise exception using errcode = code, message = 'failed with ' || code, detail = 'a detail', hint = 'a hint';
end $$;
create function fail_full(message text, detail text) returns void language plpgsql as $$
begin
    if detail is null then
        raise sqlstate 'PGRST' using message = fail_full.message;
    end if;
    raise sqlstate 'PGRST' using message = fail_full.message, detail = fail_full.detail;
end $$;
create function forbidden() returns int language sql immutable as $$ select 1 $$;
create function pre() returns void language plpgsql as $$
declare h json := current_setting('request.headers', true)::json;
begin
    if h ->> 'x-bar' is not null then
        raise sqlstate 'PT403' using message = 'barred', hint = h ->> 'x-bar';
    end if;
    if h ->> 'x-tint' is not null then
        perform set_config('response.headers', json_build_array(json_build_object('X-Tint', h ->> 'x-tint'))::text, true);
    end if;
    perform set_config('my.pre', 'ran as ' || current_user, true);
end $$;
create function root_doc() returns json language sql stable as $$ select json_build_object('root', current_user) $$;
create function delete_events("least" int) returns setof events language sql volatile as $$
    delete from "Bazaar".events where year >= "least" returning *
$$;

create table docs (id int primary key, data jsonb);
create table notes (id int primary key, body text, author text default current_user);
alter table notes enable row level security;
create policy read_own on notes for select using (author = current_user);
create policy write_any on notes for insert with check (true);
create function ret_paints() returns setof paints language sql stable as $$ select * from paints order by id $$;
create function takes_colour(c colour) returns int language sql immutable as $$ select c::int $$;
create function takes_places(places address[]) returns int language sql immutable as $$ select places[2]."House No" $$;
create function twice(a anyelement) returns text language sql immutable as $$ select a::text || a::text $$;
create function with_array_default(nums int[] default '{1,2}') returns int language sql immutable as $$ select sum(n)::int from unnest(nums) n $$;
create function ret_texts() returns setof text language sql immutable as $$ values ('a'), (null), ('b') $$;
create function ret_bool() returns boolean language sql immutable as $$ select true $$;
create function ret_float() returns float8 language sql immutable as $$ select 1.5::float8 $$;
create function ret_text_quote() returns text language sql immutable as $$ select 'a "q" \ b' $$;
create function ret_open() returns setof open_stalls language sql stable as $$ select * from open_stalls order by id $$;
create function ret_events() returns setof events language sql stable as $$ select * from events order by year, id $$;
create function ret_many_out(out a int, out b json, out c text[]) language sql immutable as $$ select 1, '{"x": [1]}'::json, array['p', 'q'] $$;
create function both_ways(a int, inout b int, out c int) language sql immutable as $$ select a + b, a * b $$;
create function created() returns json language plpgsql as $$
begin
    perform set_config('response.status', '201', true);
    perform set_config('response.headers', '[{"Location": "/somewhere"}, {"Cache-Control": "no-store"}]', true);
    return '{"ok": true}';
end $$;
create function row_of(g goods) returns text language sql immutable as $$ select g.name $$;
create function "Mixed.Dots"(a int default 3) returns int language sql immutable as $$ select a $$;
create function raise_in_trigger() returns trigger language plpgsql as $$
begin
    if new.name = 'teapot' then
        raise sqlstate 'PT418' using message = 'short and stout', hint = 'tip me over';
    end if;
    return new;
end $$;
create trigger raise_in_trigger before insert or update on wares for each row execute function raise_in_trigger();
create procedure proc(a int) language sql as $$ select 1 $$;
create view stall_keepers as select s.id, s."Stall Name" as stall, t.id as "Keeper ID", t.name as keeper from stalls s join traders t on t.id = s.trader_id;
create table "متجر"."كتب" (id int primary key, "العنوان" text, "عدد" int);
create function "متجر".add_them(a int, b int) returns int language sql immutable as $$ select (a + b) * 100 $$;
create table "متجر".traders (id int primary key, shop text);
create table "extra bits".extras (id int primary key);
create function "extra bits".plus_ten(int) returns int language sql immutable as $$ select $1 + 10 $$;
create function use_extra(n int) returns int language plpgsql stable as $$ begin return plus_ten(n); end $$;
create table hidden.secrets (id int primary key);
create function hidden.pre_config() returns void language sql as $$ select set_config('pgrst.db_max_rows', '3', true) $$;
grant usage on schema hidden to "MixedCase Login";

grant select, insert, update, delete on all tables in schema "Bazaar", "متجر" to "Anon Guest", "Web User", "Slow Role", "Careful Role";
grant usage on all sequences in schema "Bazaar" to "Anon Guest", "Web User", "Careful Role";
grant select on traders, goods to "كاتب";
revoke all on staff, vault, diary from "Anon Guest", "Web User", "Slow Role", "Careful Role";
grant select, insert, update, delete on diary to "Web User";
grant select (id, name, boss_id), insert (id, name), update (name) on staff to "Anon Guest", "Web User";
revoke execute on function forbidden() from public;
grant execute on function forbidden() to "Web User";

alter role "Slow Role" set log_statement to 'all';
alter role "Slow Role" in database bazaar set timezone to 'Asia/Amman';
alter role "Careful Role" set search_path to nowhere;
create function show_zone() returns text language sql stable as $$ select current_setting('timezone') $$;
create schema "SPECIAL ""@/\#~_-";
grant usage on schema "SPECIAL ""@/\#~_-" to "Anon Guest", "Web User";
create table "SPECIAL ""@/\#~_-".names (id int primary key, name text);
create table "SPECIAL ""@/\#~_-"."100% odd" (
    "*id*" int primary key, ":arr->ow::cast" int, "(in,side)" int, "a.dot" int, "  two  spaces " int, "50%off" int, "plus+" int,
    parent int constraint "up->to" references "SPECIAL ""@/\#~_-"."100% odd" ("*id*"),
    name_id int references "SPECIAL ""@/\#~_-".names (id)
);
create table "SPECIAL ""@/\#~_-"."say ""hi""" (id int primary key);
create table "SPECIAL ""@/\#~_-"."😀" (id int primary key, "💥" text);
create function "SPECIAL ""@/\#~_-"."f""q %"("p%" int, "a""b" int default 1) returns int language sql immutable as $$ select "p%" + "a""b" $$;
insert into "SPECIAL ""@/\#~_-".names values
(1, 'Hebdon, John'), (2, 'David White'), (3, 'Double"Quote"McGraw"'), (4, '/\Slash/\Beast/\'), (5, ' lead '), (6, ''), (7, 'null'), (8, 'a)b(c'), (9, '{x}');
insert into "SPECIAL ""@/\#~_-"."100% odd" values (1, 2, 3, 4, 5, 6, 7, null, 1), (2, 2, 3, 4, 5, 6, 7, 1, 2);
insert into "SPECIAL ""@/\#~_-"."say ""hi""" values (1);
insert into "SPECIAL ""@/\#~_-"."😀" values (1, 'boom');
grant select, insert, update, delete on all tables in schema "SPECIAL ""@/\#~_-" to "Anon Guest", "Web User";
insert into big select g, 'row ' || g from generate_series(1, 1500) g;
analyze big;
alter role "Configured Login" set pgrst.db_aggregates_enabled = 'true';
alter role "Configured Login" set pgrst.db_anon_role = 'Web User';
alter role "Configured Login" set pgrst.db_max_rows = '2';
alter role "Configured Login" in database bazaar set pgrst.db_max_rows = '1';
