-- A schema of someone else's, with odd names, every kind of relation and every kind of key.
create schema "odd schéma";
create schema hidden;
set search_path to "odd schéma";

create type colour as enum ('red', 'green', 'blue');
create type place as (city text, "long name" numeric);
create domain code as uuid;

create table authors (
    id int primary key,
    name text,
    birth date,
    data jsonb,
    old_data json,
    tags text[],
    lives_in place,
    favourite colour,
    score numeric
);
create table "Strange Table, (really)" (
    "an id" int primary key,
    "نام" text,
    "with.dot" text,
    "with,comma" text,
    "quote""d" text,
    "count" int,
    "a=b" int default 5
);
create table publishers (id int primary key, name text, parent_id int references publishers (id));
create table books (
    id int primary key,
    title text not null,
    author_id int references authors (id),
    editor_id int references authors (id),
    publisher_id int constraint books_by_publisher references publishers (id),
    pages int,
    price numeric(8, 2),
    sold tstzrange,
    span int4range,
    body tsvector,
    strange int references "Strange Table, (really)" ("an id")
);
create table details (book_id int primary key references books (id), isbn text, note text);
create table genres (id int primary key, name text);
create table book_genres (
    book_id int references books (id),
    genre_id int references genres (id),
    rank int,
    primary key (book_id, genre_id)
);
create table shelves (room text, number int, label text, primary key (room, number));
create table copies (
    id int primary key,
    book_id int references books (id),
    room text,
    number int,
    foreign key (room, number) references shelves (room, number)
);
create table sales (day date, book_id int references books (id), amount int, primary key (day, book_id))
partition by range (day);
create table sales_2025 partition of sales for values from ('2025-01-01') to ('2026-01-01');
create table sales_2026 partition of sales for values from ('2026-01-01') to ('2027-01-01');
create table hidden.orders (id int primary key, book_id int references books (id), buyer text);
create table profiles (id code primary key, nick text, codes code[]);
create table texts (id int primary key, t text);

create view books_view as select id as book_key, title, author_id, publisher_id, pages * 2 as twice from books;
create view books_of_view as select book_key, title, author_id from books_view where book_key < 100;
create materialized view authors_seen as select id, name from authors;
create view orders as select id, book_id, buyer from hidden.orders;
create view publishers_tree as
with recursive tree as (
    select id, name, parent_id, 0 as depth from publishers where parent_id is null
    union all
    select p.id, p.name, p.parent_id, t.depth + 1
    from publishers as p
    inner join tree as t on p.parent_id = t.id
)
select p.id, p.name, p.parent_id, t.depth from tree as t inner join publishers as p on p.id = t.id;

create function full_name(authors) returns text language sql stable as $$ select 'The ' || $1.name $$;
create function best_book(authors) returns setof books rows 1 language sql stable as
$$ select * from "odd schéma".books where author_id = $1.id order by pages desc limit 1 $$;
create function long_books(authors) returns setof books language sql stable as
$$ select * from "odd schéma".books where author_id = $1.id and pages > 150 $$;
create function parent(publishers) returns setof publishers rows 1 language sql stable as
$$ select * from "odd schéma".publishers where id = $1.parent_id $$;

create function public.initial(authors) returns text language sql stable as $$ select left($1.name, 1) $$;

create function code_to_json(code) returns json language sql immutable as
$$ select to_json('#' || left($1::uuid::text, 8)) $$;
create function code_of_text(text) returns code language sql immutable as
$$ select (substr($1, 2) || '-0000-0000-0000-000000000000')::uuid::"odd schéma".code $$;
create function code_of_json(json) returns code language sql immutable as
$$ select "odd schéma".code_of_text($1 #>> '{}') $$;
set client_min_messages to error;
create cast (code as json) with function code_to_json(code);
create cast (text as code) with function code_of_text(text);
create cast (json as code) with function code_of_json(json);
reset client_min_messages;

create type pair as (id code, "n o" int);
create type page as (first pair, pairs pair[], ids int[]);
create function page(n int) returns page language sql stable as
$$
select case n
    when 1 then row(
        row('0000000c-0000-0000-0000-000000000000', 1), array[row(null, 2)::"odd schéma".pair, null], '{3}'
    )::"odd schéma".page
    when 2 then row(null, '{}', null)::"odd schéma".page
    else row(null, null, null)::"odd schéma".page
end
$$;

insert into authors values
    (1, 'Naguib', '1911-12-11', '{"city": "Cairo", "n": 3, "tags": ["a", "b"], "deep": {"x": 1}}', '{"k": 1}',
     '{novel,nobel}', '(Cairo,31.2)', 'red', 9.5),
    (2, 'Taha, "the Dean"', '1889-11-15', '{"city": "Minya", "n": 10, "tags": ["c"]}', null, '{essay}', null, 'blue', null),
    (3, 'Radwa', '1946-05-26', null, '{"k": 2}', '{}', '(Cairo,30)', null, 7),
    (4, null, null, '{"city": null, "n": -1, "odd key": 1, "1x": 2}', null, null, null, 'green', 7);
insert into "Strange Table, (really)" values (1, 'سطر', 'dot', 'comma', 'quote', 7), (2, null, null, null, null, 9);
insert into publishers values (1, 'Shorouk', null), (2, 'Dar', 1), (3, 'Small', 1);
insert into books values
    (1, 'Trilogy', 1, null, 1, 1500, 99.5, '[2025-01-01Z,2025-06-01Z)', '[1,10)', to_tsvector('simple', 'cairo street'), 1),
    (2, 'Days', 2, 1, 1, 300, 20, '[2026-01-01Z,)', '[10,20)', to_tsvector('simple', 'blind village'), null),
    (3, 'Granada', 3, 1, 2, 500, 35, null, '[5,6)', to_tsvector('simple', 'andalus'), null),
    (4, 'Orphan', null, null, null, 100, null, null, null, null, 2),
    (5, 'Miramar', 1, 3, 2, 180, 15.25, '[2024-01-01Z,2024-02-01Z]', '[100,200)', to_tsvector('simple', 'alexandria'), null);
insert into details values (1, '111', null), (2, '222', 'x');
insert into genres values (1, 'novel'), (2, 'memoir'), (3, 'none');
insert into book_genres values (1, 1, 1), (2, 2, 1), (3, 1, 2), (5, 1, 3), (5, 2, 4);
insert into shelves values ('A', 1, 'first'), ('A', 2, 'second');
insert into copies values (1, 1, 'A', 1), (2, 1, 'A', 2), (3, 2, 'A', 1), (4, 3, null, null);
insert into sales values ('2025-03-01', 1, 5), ('2025-04-01', 1, 6), ('2026-02-01', 2, 7);
insert into hidden.orders values (1, 1, 'Ali'), (2, 5, 'Mona');
insert into profiles values
    ('846c4ffd-0000-0000-0000-000000000000', 'one', '{846c4ffd-0000-0000-0000-000000000000}'),
    ('12345678-0000-0000-0000-000000000000', 'two', null);
refresh materialized view authors_seen;

do $$
begin
    if not exists (select 1 from pg_roles where rolname = 'Odd Reader') then
        create role "Odd Reader" nologin;
    end if;
end
$$;
grant usage on schema "odd schéma" to "Odd Reader";
grant select on all tables in schema "odd schéma" to "Odd Reader";
reset search_path;
