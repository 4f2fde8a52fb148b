-- migrate:up
create table api.governorates (
    code text primary key
    constraint governorates_code_is_iso_3166_2 check (code ~ '^EG-[A-Z]{1,3}$'),
    name_ar text not null
    constraint governorates_name_ar_is_short check (length(name_ar) between 1 and 100),
    name_en text not null
    constraint governorates_name_en_is_short check (length(name_en) between 1 and 100)
);
alter table api.governorates enable row level security;
alter table api.governorates force row level security;

comment on table api.governorates is e'@graphql({"name": "Governorate"})\nA governorate of Egypt.';
comment on column api.governorates.code is 'ISO 3166-2 code.';
comment on column api.governorates.name_ar is 'Name in Arabic.';
comment on column api.governorates.name_en is 'Name in English.';

create table api.languages (
    code api.language_tag primary key,
    name_ar text not null
    constraint languages_name_ar_is_short check (length(name_ar) between 1 and 100),
    name_en text not null
    constraint languages_name_en_is_short check (length(name_en) between 1 and 100),
    is_interface boolean not null default false
);
alter table api.languages enable row level security;
alter table api.languages force row level security;

comment on table api.languages is e'@graphql({"name": "Language"})\nA language in which people post.';
comment on column api.languages.code is 'ISO 639 code.';
comment on column api.languages.name_ar is 'Name in Arabic.';
comment on column api.languages.name_en is 'Name in English.';
comment on column api.languages.is_interface is 'Whether the applications are translated into it.';

-- migrate:down
drop table api.languages cascade;
drop table api.governorates cascade;
