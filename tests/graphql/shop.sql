-- A shop: keys that rows meet, and links along which rows are written together. Everyone sees only their own customers.
create schema shop;
comment on schema shop is '@graphql({"inflect_names": true, "nested_inserts": true})';
grant usage on schema shop to authenticated;

create table shop.customer (
    id bigint generated always as identity primary key,
    email text not null unique,
    name text not null default 'nobody',
    visits integer not null default 1,
    seller text not null default current_setting('app.user_id')
);
create table shop.product (
    code text primary key,
    title text not null default 'untitled',
    price integer
);
create table shop.purchase (
    id bigint generated always as identity primary key,
    customer_id bigint not null references shop.customer (id),
    referrer_id bigint references shop.customer (id),
    note text,
    placed date not null default '2026-01-01'
);
comment on constraint purchase_referrer_id_fkey on shop.purchase is '@graphql({"local_name": "referrals"})';
create table shop.line (
    purchase_id bigint not null references shop.purchase (id),
    product_code text not null references shop.product (code),
    quantity integer not null default 1 check (quantity > 0),
    primary key (purchase_id, product_code)
);
create table shop.receipt (
    purchase_id bigint primary key references shop.purchase (id),
    text text not null
);

alter table shop.customer enable row level security;
create policy own on shop.customer for all to authenticated using (seller = current_setting('app.user_id'));
alter table shop.purchase enable row level security;
create policy own on shop.purchase for all to authenticated
using (exists (select 1 from shop.customer as c where c.id = customer_id));

grant select, insert, update on all tables in schema shop to authenticated;
revoke insert on shop.receipt from authenticated;
revoke update on shop.customer, shop.product from authenticated;
grant update (name, visits) on shop.customer to authenticated;
grant update (title, price) on shop.product to authenticated;
grant insert (purchase_id) on shop.receipt to authenticated;

create function shop.nap(seconds double precision) returns integer
language plpgsql stable as $$
begin
    perform pg_catalog.pg_sleep(seconds);
    return 1;
end
$$;
grant execute on function shop.nap(double precision) to authenticated;
