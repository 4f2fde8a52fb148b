-- What is asked of reading: keys of several columns, aggregates, null partners, one-to-one, itself, views, hidden rows.
create schema reading;
comment on schema reading is '@graphql({"inflect_names": true, "introspection": true, "resolve_base_type": true})';
grant usage on schema reading to anon, authenticated;

create table reading.account (
    id integer primary key,
    username text not null,
    age integer,
    parent_id integer references reading.account (id),
    secret text
);
comment on table reading.account is '@graphql({"aggregate": {"enabled": true}, "totalCount": {"enabled": true}})';
create table reading.hidden (id integer primary key);
alter table reading.hidden enable row level security;
create policy select_even on reading.hidden for select to anon, authenticated using (id % 2 = 0);
create table reading.item (
    order_id integer not null,
    line_no smallint not null,
    account_id integer not null references reading.account (id),
    reviewer_id integer references reading.account (id),
    hidden_id integer not null references reading.hidden (id),
    name text not null,
    quantity integer,
    weight double precision,
    price numeric(10, 2),
    volume bigint,
    is_gift boolean,
    bought date,
    primary key (order_id, line_no)
);
comment on table reading.item is '@graphql({"aggregate": {"enabled": true}})';
create table reading.note (
    id integer primary key,
    order_id integer,
    line_no smallint,
    body text,
    unique (order_id, line_no),
    foreign key (order_id, line_no) references reading.item (order_id, line_no)
);
create view reading.person as select a.id, a.username, a.parent_id from reading.account as a;
comment on view reading.person is '@graphql({
    "primary_key_columns": ["id"],
    "foreign_keys": [{
        "local_columns": ["parent_id"], "local_name": "children", "foreign_name": "account",
        "foreign_schema": "reading", "foreign_table": "account", "foreign_columns": ["id"]
    }]
})';
create materialized view reading.age_group as
select a.age, count(*) as people from reading.account as a where a.age is not null group by a.age;
comment on materialized view reading.age_group is '@graphql({"primary_key_columns": ["age"], "max_rows": 2})';

insert into reading.account values (1, 'nour', 30, null, 'x'), (2, 'omar', 40, 1, null), (3, 'alaa', null, 1, null);
insert into reading.hidden select n from generate_series(1, 4) as n;
insert into reading.item values
    (1, 1, 1, null, 1, 'lamp', 2, 1.5, 10.50, 9007199254740993, true, '2026-01-01'),
    (1, 2, 1, 2, 2, 'book', 5, null, 4.25, 1, false, '2026-02-01'),
    (2, 1, 2, 1, 3, 'cup', null, 0.25, null, null, null, null);
insert into reading.note values (1, 1, 1, 'fragile'), (2, null, null, 'loose');
refresh materialized view reading.age_group;

grant select on all tables in schema reading to authenticated;
grant select (id, username, parent_id) on reading.account to anon;
grant select on reading.item, reading.hidden to anon;

create function reading._label(i reading.item) returns text
language sql stable return reverse(i.name);
create function reading._shout(a reading.account) returns text
language sql stable return upper(a.username);
grant execute on all functions in schema reading to authenticated;

create domain reading.mood as text check (value in ('happy', 'so-so', 'it''s bad'));
comment on domain reading.mood is
e'@graphql({"enum": true, "mappings": {"so-so": "SO_SO", "it''s bad": "BAD"}})\nHow one feels.';
create domain reading.plain as text check (value in ('a', 'b'));
create type reading.size as enum ('s', 'x-l');
comment on type reading.size is '@graphql({"name": "Sizes", "mappings": {"x-l": "XL"}})';
create table reading.diary (
    id integer primary key,
    mood reading.mood not null,
    moods reading.mood[],
    plain reading.plain,
    sizes reading.size[],
    size reading.size,
    data jsonb,
    parts json[],
    big bigint,
    price numeric,
    tags text[],
    title text,
    body text,
    motto text
);
comment on column reading.diary.body is '@graphql({"filter": "none"})';
comment on column reading.diary.motto is '@graphql({"filter": "all"})';
alter table reading.diary enable row level security;
create policy select_all on reading.diary for select to authenticated using (true);
insert into reading.diary values
    (1, 'happy', '{happy,so-so}', 'a', '{s,NULL,x-l}', 'x-l', '{"a": [1, 9007199254740993]}', array['{"b": 1}']::json[],
     9007199254740993, 1, '{x}', 't', 'b', 'm'),
    (2, 'it''s bad', null, null, '{}', null, 'null', null, null, null, null, null, null, null);
create table reading.narrow (id integer primary key, title text, genre reading.size, tags text[]);
comment on table reading.narrow is '@graphql({"filter": "indexable"})';

create function reading.sizes_of(n integer) returns setof reading.size
language sql stable as $$ select s from unnest('{s,x-l}'::reading.size[]) as s limit n $$;
create function reading.numbers() returns setof bigint
language sql immutable as $$ select n from (values (3::bigint), (null), (1)) as v (n) $$;
create function reading.documents() returns setof jsonb
language sql immutable as $$ values ('{"a": 1}'::jsonb) $$;
create function reading._words(d reading.diary) returns setof text
language sql stable as $$ select unnest(array[d.title, d.body]) $$;
create function reading.mood_after(mood reading.mood) returns reading.mood
language sql immutable return case mood when 'happy' then 'so-so' else 'happy' end;
grant select, insert, update on reading.diary to authenticated;
grant select on reading.narrow to authenticated;
create policy insert_all on reading.diary for insert to authenticated with check (true);
grant execute on all functions in schema reading to authenticated;

create extension if not exists postgres_fdw schema pg_catalog;
create server elsewhere foreign data wrapper postgres_fdw;
create foreign table reading.distant (id integer not null, account_id integer not null, note text) server elsewhere;
comment on foreign table reading.distant is '@graphql({
    "primary_key_columns": ["id"],
    "foreign_keys": [{
        "local_columns": ["account_id"], "foreign_schema": "reading", "foreign_table": "account", "foreign_columns": ["id"]
    }]
})';
grant select on reading.distant to authenticated;
create function reading.oldest(a reading.account) returns setof reading.account
language sql stable rows 1
as $$ select o.* from reading.account as o where o.parent_id = a.id order by o.age desc nulls last limit 1 $$;
grant execute on function reading.oldest(reading.account) to authenticated;
