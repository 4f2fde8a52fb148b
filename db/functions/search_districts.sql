-- What is talked about in a district. A district is small, so that a count must not tell of a person:
-- ten people or more, counted in tens, over whole hours (nobody can set a single post against a count), each with an account
-- and a district of a week or more (nobody can bring nine of their own and wait for the tenth), and no minors. What is
-- ordered and shown is computed from the tens alone. Then moderators look at it.

create or replace function api.set_district(code text default null) returns api.districts
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := ops.require_user();
    chosen api.districts;
begin
    if set_district.code is null then
        delete from feed.residents as r where r.user_id = viewer;
        return null;
    end if;
    select d.* into chosen from api.districts as d where d.code = set_district.code;
    if not found then
        raise exception 'There is no such district.'
            using errcode = 'DA404', hint = 'The districts are listed by districtCollection, or at /rest/v1/districts.';
    end if;
    insert into feed.residents as r (user_id, district_code)
    values (viewer, chosen.code)
    on conflict (user_id) do update
    set district_code = excluded.district_code, since = now()
    where r.district_code <> excluded.district_code;
    return chosen;
end
$$;
comment on function api.set_district(text) is
'Tells in which district one lives, for what is talked about there; nobody else is told. Without a code it is forgotten.';

create or replace function api.own_district() returns api.districts
language sql
stable
security definer
set search_path = ''
begin atomic
    select d
    from feed.residents as r
    inner join api.districts as d on d.code = r.district_code
    where r.user_id = auth.uid();
end;
comment on function api.own_district() is e'@graphql({"name": "myDistrict"})\nThe district that one has told; null where none.';

create or replace function ops.refresh_district_trends(until timestamptz default date_trunc('hour', now()))
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    number integer;
begin
    with counted as (
        select
            r.district_code,
            h.hashtag_id,
            count(distinct p.author_id) filter (where p.id >= api.id_at(until - interval '4 hours')) / 10 * 10 as people,
            count(distinct p.author_id) filter (where p.id < api.id_at(until - interval '4 hours')) / 10 * 10 as before
        from feed.public_posts as p
        inner join api.post_hashtags as h on h.post_id = p.id
        inner join api.hashtags as t on t.id = h.hashtag_id and t.is_listed
        inner join feed.residents as r on r.user_id = p.author_id and r.since < until - interval '7 days'
        left join feed.trend_reviews as b on b.hashtag_id = h.hashtag_id and b.state = 'BLOCKED'
        where
            p.id >= api.id_at(until - interval '28 hours') and p.id < api.id_at(until)
            and not p.is_sensitive and p.joined_at < until - interval '7 days'
            and not exists (select from feed.minors as m where m.user_id = p.author_id)
            and b.hashtag_id is null
        group by r.district_code, h.hashtag_id
    ),
    surprising as (
        select c.district_code, c.hashtag_id, c.people, (c.people - e.expected) ^ 2 / e.expected as score
        from counted as c
        cross join lateral (select greatest(c.before / 6.0, 1) as expected) as e
        where c.people >= 10 and c.people > e.expected
    )
    insert into feed.district_trends as t (district_code, hashtag_id, people, score, refreshed_at)
    select s.district_code, s.hashtag_id, s.people, s.score, until
    from surprising as s
    order by s.district_code, s.hashtag_id
    on conflict (district_code, hashtag_id) do update
    set people = excluded.people, score = excluded.score, refreshed_at = excluded.refreshed_at;
    get diagnostics number = row_count;
    delete from feed.district_trends as t
    where t.refreshed_at < until and t.state = 'PENDING';
    update feed.district_trends as t
    set people = 0, score = 0
    where t.refreshed_at < until and t.people > 0;
    return number;
end
$$;
comment on function ops.refresh_district_trends(timestamptz) is
'Counts which hashtags unusually many people of a district used in the four hours before; gives their number.';

create or replace function api.district_trends(district_code text default null, "limit" integer default 10)
returns setof api.district_trend
language sql
stable
security definer
rows 10
set search_path = ''
begin atomic
    select
        d,
        h,
        t.people,
        t.state
    from feed.district_trends as t
    inner join api.districts as d on d.code = t.district_code
    inner join api.hashtags as h on h.id = t.hashtag_id and h.is_listed
    where
        t.district_code = coalesce($1, (select r.district_code from feed.residents as r where r.user_id = auth.uid()))
        and t.state = 'APPROVED' and t.people > 0
    order by t.score desc, h.id asc
    limit least(greatest(coalesce($2, 10), 1), 50);
end;
comment on function api.district_trends(text, integer) is
'Hashtags that are talked about in a district, one''s own where none is named, by ten people or more. Moderators have looked at each.';

create or replace function api.list_district_trends(
    state api.trend_review_state default 'PENDING', district_code text default null, "limit" integer default 50
) returns setof api.district_trend
language sql
stable
security definer
rows 50
set search_path = ''
begin atomic
    select
        d,
        h,
        t.people,
        t.state
    from feed.district_trends as t
    inner join api.districts as d on d.code = t.district_code
    inner join api.hashtags as h on h.id = t.hashtag_id
    where t.state = coalesce($1, 'PENDING') and (t.district_code = $2 or $2 is null)
    order by t.score desc, t.district_code asc, h.id asc
    limit least(greatest(coalesce($3, 50), 1), 200);
end;
comment on function api.list_district_trends(api.trend_review_state, text, integer) is
e'@graphql({"name": "reviewableDistrictTrends"})\nTrends of districts by what moderators have said of them. For moderators.';

create or replace function api.review_district_trend(
    district_code text, hashtag_id bigint, state api.trend_review_state
) returns api.district_trend
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    reviewed api.district_trend;
begin
    if review_district_trend.state = 'PENDING' then
        raise exception 'A review lets a trend be shown, or not.'
            using errcode = 'DA422', hint = 'Give APPROVED or REJECTED.';
    end if;
    update feed.district_trends as t
    set state = review_district_trend.state, reviewed_by = auth.uid(), reviewed_at = now()
    from api.districts as d, api.hashtags as h
    where
        t.district_code = review_district_trend.district_code and t.hashtag_id = review_district_trend.hashtag_id
        and d.code = t.district_code and h.id = t.hashtag_id
    returning d, h, t.people, t.state into reviewed;
    if not found then
        raise exception 'This is no trend of this district.'
            using errcode = 'DA404', hint = 'See reviewableDistrictTrends.';
    end if;
    return reviewed;
end
$$;
comment on function api.review_district_trend(text, bigint, api.trend_review_state) is
'Lets a hashtag be shown as a trend of a district, or keeps it out for good. For moderators.';
