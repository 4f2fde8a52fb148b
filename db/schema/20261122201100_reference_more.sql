-- migrate:up
create table api.districts (
    code text primary key
    constraint districts_code_is_well_formed check (code ~ '^EG-[A-Z]{1,3}-[A-Z0-9-]{2,40}$'),
    governorate_code text not null references api.governorates (code) on delete cascade,
    name_ar text not null
    constraint districts_name_ar_is_short check (length(name_ar) between 1 and 100),
    name_en text not null
    constraint districts_name_en_is_short check (length(name_en) between 1 and 100),
    constraint districts_are_of_their_governorate check (starts_with(code, governorate_code || '-'))
);
create index districts_by_governorate on api.districts (governorate_code, code);
alter table api.districts enable row level security;
alter table api.districts force row level security;
comment on table api.districts is e'@graphql({"name": "District"})\nA district of Cairo, Giza or Alexandria.';
comment on column api.districts.code is 'Code, beginning with that of its governorate.';
comment on column api.districts.governorate_code is 'The governorate.';
comment on column api.districts.name_ar is 'Name in Arabic.';
comment on column api.districts.name_en is 'Name in English.';
comment on constraint districts_governorate_code_fkey on api.districts is
'@graphql({"foreign_name": "governorate", "local_name": "districts"})';

create table api.interests (
    code text primary key
    constraint interests_code_is_well_formed check (code ~ '^[a-z][a-z_]{1,39}$'),
    name_ar text not null
    constraint interests_name_ar_is_short check (length(name_ar) between 1 and 100),
    name_en text not null
    constraint interests_name_en_is_short check (length(name_en) between 1 and 100)
);
alter table api.interests enable row level security;
alter table api.interests force row level security;
comment on table api.interests is e'@graphql({"name": "Interest"})\nSomething that people follow.';
comment on column api.interests.code is 'Code.';
comment on column api.interests.name_ar is 'Name in Arabic.';
comment on column api.interests.name_en is 'Name in English.';

create table api.user_interests (
    user_id api.snowflake not null default auth.uid() references api.users (id) on delete cascade,
    interest_code text not null references api.interests (code) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (user_id, interest_code)
);
create index user_interests_by_interest on api.user_interests (interest_code, user_id);
alter table api.user_interests enable row level security;
alter table api.user_interests force row level security;
comment on table api.user_interests is
e'@graphql({"name": "UserInterest"})\nWhat a user says they are interested in. Nobody else sees it.';
comment on column api.user_interests.user_id is 'Who is interested.';
comment on column api.user_interests.interest_code is 'In what.';
comment on column api.user_interests.created_at is 'Since when.';
comment on constraint user_interests_user_id_fkey on api.user_interests is
'@graphql({"foreign_name": "user", "local_name": "interests"})';
comment on constraint user_interests_interest_code_fkey on api.user_interests is
'@graphql({"foreign_name": "interest", "local_name": "users"})';

create table api.report_reasons (
    code text primary key
    constraint report_reasons_code_is_well_formed check (code ~ '^[A-Z][A-Z_]{1,49}$'),
    family text not null
    constraint report_reasons_family_is_known check (
        family in (
            'SPAM', 'HARASSMENT', 'VIOLENCE', 'SEXUAL', 'CHILD_SAFETY', 'SELF_HARM', 'MISLEADING', 'ILLEGAL', 'OTHER'
        )
    ),
    name_ar text not null
    constraint report_reasons_name_ar_is_short check (length(name_ar) between 1 and 200),
    name_en text not null
    constraint report_reasons_name_en_is_short check (length(name_en) between 1 and 200),
    place smallint not null
);
alter table api.report_reasons enable row level security;
alter table api.report_reasons force row level security;
comment on table api.report_reasons is e'@graphql({"name": "ReportReason"})\nWhy something can be reported.';
comment on column api.report_reasons.code is 'Code; give it when reporting.';
comment on column api.report_reasons.family is 'The kind of harm.';
comment on column api.report_reasons.name_ar is 'Text in Arabic.';
comment on column api.report_reasons.name_en is 'Text in English.';
comment on column api.report_reasons.place is 'Where it stands in the list.';

-- migrate:down
drop table api.report_reasons cascade;
drop table api.user_interests cascade;
drop table api.interests cascade;
drop table api.districts cascade;
