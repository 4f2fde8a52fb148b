-- A schema that is not DAIRA's, with what DAIRA does not have: enums, views, JSON, numbers of any size, composite arrays.
create schema library;
comment on schema library is '@graphql({"inflect_names": true, "introspection": true, "max_rows": 3})';
grant usage on schema library to anon, authenticated;

create type library.genre as enum ('NOVEL', 'poetry', 'science-fiction');
comment on type library.genre is '@graphql({"mappings": {"science-fiction": "SCIENCE_FICTION"}})';
create domain library.shelf_mark as text;
create type library.shelf as (mark text, "position" integer);
create type library.visit_input as (visitor text, shelves library.shelf[], notes jsonb, days date[]);
create type library.visit as (visitor text, shelves library.shelf[], notes jsonb, favourite integer);

create table library.author (
    id integer primary key,
    full_name text not null,
    "bornOn" date
);
create table library.book (
    id bigint generated always as identity primary key,
    author_id integer not null references library.author (id),
    "translatorId" integer references library.author (id),
    title varchar(100) not null,
    genre library.genre,
    price numeric(10, 2),
    tags text[] not null default '{}',
    sizes bigint[],
    data jsonb,
    shelf library.shelf_mark,
    rating real,
    isbn uuid unique,
    added timestamptz not null default '2026-01-01Z',
    "not valid" text
);
comment on table library.book is e'@graphql({"totalCount": {"enabled": true}})\nSomething to read.';
comment on column library.book.title is '@graphql({"name": "heading", "description": "What is on the cover"})';
create table library.cover (
    book_id bigint primary key references library.book (id),
    colour text
);
create table library.nameless (id integer, note text);
create table library.secret (id integer primary key, word text);
create view library.shelf_count as
select
    shelf,
    count(*) as books
from library.book
group by shelf;
comment on view library.shelf_count is '@graphql({"primary_key_columns": ["shelf"], "name": "ShelfCount"})';

insert into library.author values (1, 'Taha Hussein', '1889-11-15'), (2, 'Naguib Mahfouz', '1911-12-11'), (3, 'Unknown', null);
insert into library.book (author_id, "translatorId", title, genre, price, tags, sizes, data, shelf, rating, isbn) values
    (1, null, 'The Days', 'NOVEL', 10.50, '{memoir,classic}', '{9007199254740993,null}', '{"pages": 3}', 'A1', 4.5, null),
    (2, 1, 'Palace Walk', 'NOVEL', 99999999.99, '{classic}', null, null, 'A1', null, '00000000-0000-0000-0000-000000000002'),
    (2, null, 'Arabian Nights', 'science-fiction', null, '{}', '{}', '[1]', null, 3.5, null),
    (2, 3, 'Verses', 'poetry', 0, array['a\b', 'c"d'], '{1}', 'null', 'B2', 1, null),
    (1, null, 'Last', null, 5, '{}', null, null, null, null, null);
insert into library.cover values (1, 'blue');

create function library._loud(library.author) returns text
language sql stable return upper($1.full_name);
create function library.books_of(library.author) returns setof library.book
language sql stable begin atomic select b.* from library.book as b where b.author_id = $1.id; end;
create function library.first_book(library.author) returns setof library.book
language sql stable rows 1
begin atomic select b.* from library.book as b where b.author_id = $1.id order by b.id limit 1; end;
create function library.add(a integer, b integer default 40) returns integer
language sql immutable return coalesce(a, 0) + coalesce(b, 1000);
create function library.big(n bigint) returns bigint
language sql immutable return n;
create function library.total(numbers integer[]) returns integer
language sql immutable return (select sum(n) from unnest(numbers) as n);
create function library.of_genre(genre library.genre) returns library.genre
language sql immutable return genre;
create function library.search(word text) returns setof library.book
language sql stable begin atomic select b.* from library.book as b where b.title ilike '%' || word || '%'; end;
create function library.author_named(name text) returns library.author
language sql stable begin atomic select a.* from library.author as a where a.full_name = name; end;
create function library.describe(visit library.visit_input) returns library.visit
language sql immutable return row((visit).visitor, (visit).shelves, (visit).notes, cardinality((visit).days))::library.visit;
create function library.count_visits(visits library.visit_input[]) returns integer
language sql immutable return cardinality(visits);
create function library.visits() returns setof library.visit
language sql immutable begin atomic
    select v.visitor, null::library.shelf[], null::jsonb, v.n
    from (values ('a', 1), ('b', 2)) as v (visitor, n);
end;
create function library.overloaded() returns integer language sql immutable return 1;
create function library.overloaded(a integer) returns integer language sql immutable return a;
create function library.unnamed(integer) returns integer language sql immutable return $1;
create function library.anything() returns record language sql immutable return row(1, 2);
create function library.nothing() returns void language sql volatile begin atomic; end;
create function library.clash(first integer) returns setof library.book
language sql stable begin atomic select b.* from library.book as b; end;
create function library.rename_author(id integer, name text) returns library.author
language sql volatile
begin atomic
    update library.author as a set full_name = name where a.id = rename_author.id returning a.*;
end;
create function library.refuse() returns integer
language plpgsql volatile as $$
begin
    raise exception 'Not today.' using errcode = 'DA403', hint = 'Come back tomorrow.', detail = 'It is Friday.';
end
$$;

grant select on library.author, library.book, library.cover, library.nameless, library.shelf_count to anon, authenticated;
grant update (full_name) on library.author to authenticated;
grant execute on all functions in schema library to anon, authenticated;
revoke execute on function library.refuse(), library.rename_author(integer, text) from anon, public;
