-- migrate:up
-- Where somebody lives this exactly is told to nobody, so it stands in no table of the API.
create table feed.residents (
    user_id bigint primary key references api.users (id) on delete cascade,
    district_code text not null references api.districts (code) on delete cascade,
    since timestamptz not null default now()
);
create index residents_by_district on feed.residents (district_code);
alter table feed.residents enable row level security;
alter table feed.residents force row level security;
comment on table feed.residents is 'In which district people say that they live. Only the person and the counting of trends know.';

create domain api.trend_review_state as text
constraint trend_review_state_is_known check (value in ('PENDING', 'APPROVED', 'REJECTED'));
comment on domain api.trend_review_state is
e'@graphql({"enum": true})\nWhether moderators let a hashtag be shown as a trend of a district.';

create table feed.district_trends (
    district_code text not null references api.districts (code) on delete cascade,
    hashtag_id bigint not null references api.hashtags (id) on delete cascade,
    people integer not null,
    score real not null,
    state api.trend_review_state not null default 'PENDING',
    reviewed_by bigint references api.users (id) on delete set null,
    reviewed_at timestamptz,
    refreshed_at timestamptz not null,
    primary key (district_code, hashtag_id),
    constraint district_trends_tell_tens_of_people check (people % 10 = 0),
    constraint district_trends_are_reviewed_by_somebody check ((state = 'PENDING') = (reviewed_at is null))
);
create index district_trends_by_hashtag on feed.district_trends (hashtag_id);
create index district_trends_by_reviewer on feed.district_trends (reviewed_by);
alter table feed.district_trends enable row level security;
alter table feed.district_trends force row level security;
comment on table feed.district_trends is 'Hashtags that many more people of a district use than a day ago, and what moderators say of them.';
comment on column feed.district_trends.people is 'How many people, rounded down to tens; 0 where it is no trend at the moment.';

create type api.district_trend as (
    district api.districts, hashtag api.hashtags, people integer, state api.trend_review_state
);
comment on type api.district_trend is 'A hashtag that is talked about in a district.';
comment on column api.district_trend.district is 'The district.';
comment on column api.district_trend.hashtag is 'The hashtag.';
comment on column api.district_trend.people is 'How many people of the district have used it, in tens; 0 where it trends no more.';
comment on column api.district_trend.state is 'What moderators say of it there.';

-- migrate:down
drop type api.district_trend cascade;
drop table feed.district_trends cascade;
drop domain api.trend_review_state;
drop table feed.residents cascade;
