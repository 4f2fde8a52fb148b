-- What is asked of the events. Applied each time, so a view changes here and nowhere else.

-- A visit is counted on each later day of the window unless the visit before it lies in that day's window, too: that one
-- is counted there. So everybody is counted once, with nobody's name.
create or replace view active_people as
select
    on_day as day,
    sumIf(people, on_day = visit) as dau,
    sumIf(people, on_day < visit + 7 and on_day >= last_active_on + 7) as wau,
    sumIf(people, on_day >= last_active_on + 30) as mau
from
(
    select
        visit,
        last_active_on,
        people,
        arrayJoin(arrayMap(later -> visit + later, range(30))) as on_day
    from
    (
        select
            day as visit,
            last_active_on,
            sum(change) as people
        from events
        where kind = 'ACTIVE'
        group by visit, last_active_on
    )
)
where on_day <= toDate(now(), 'Africa/Cairo')
group by on_day
order by on_day;

-- Cells of fewer than ten people are left out.
create or replace view active_people_by_place as
select
    day,
    governorate,
    language,
    sum(change) as people
from events
where kind = 'ACTIVE' and governorate <> ''
group by day, governorate, language
having people >= 10
order by day, governorate, language;

create or replace view retention as
select
    cohort,
    signed_up,
    week,
    intDiv(week - cohort, 7) as weeks_later,
    people,
    people / signed_up as share
from
(
    select
        cohort,
        toMonday(day) as week,
        sum(change) as people
    from events
    where kind = 'ACTIVE' and last_active_on < toMonday(day)
    group by cohort, week
) as returned
inner join
(
    select
        cohort,
        sum(change) as signed_up
    from events
    where kind = 'SIGN_UP'
    group by cohort
) as began using (cohort)
order by cohort, week;

create or replace view post_watch as
select
    post_id,
    any(author_id) as author_id,
    any(post_type) as post_type,
    sum(change) as views,
    sum(watch_ms) / 1000 as watch_seconds,
    avg(events.completion) / 100 as completion,
    countIf(events.completion >= 90) / count() as completed_share
from events
where kind = 'VIEW' and post_id <> 0
group by post_id;

create or replace view creator_days as
select
    author_id,
    day,
    sumIf(change, kind = 'POST') as posts,
    sumIf(change, kind = 'VIEW') as views,
    sum(watch_ms) / 1000 as watch_seconds,
    countIf(kind = 'VIEW' and completion >= 90) as completed,
    sumIf(change, kind = 'REACTION') as reactions,
    sumIf(change, kind = 'COMMENT') as comments,
    sumIf(change, kind = 'SHARE') as shares,
    sumIf(change, kind = 'SAVE') as saves,
    sumIf(change, kind = 'REPOST') as reposts,
    sumIf(change, kind = 'FOLLOW') as followers
from events
where author_id <> 0
group by author_id, day;

create or replace view creators as
select
    author_id,
    sum(c.posts) as posts,
    sum(c.views) as views,
    sum(c.watch_seconds) as watch_seconds,
    if(views = 0, 0, sum(c.completed) / views) as completed_share,
    sum(c.followers) as followers,
    sum(c.reactions + c.comments + c.shares + c.saves + c.reposts) as engagements,
    if(views = 0, 0, engagements / views) as engagement_rate
from creator_days as c
group by author_id;

-- Money is in piastres. Ratios of what never happened are 0.
create or replace view ad_days as
select
    ad_id,
    day,
    sumIf(change, kind = 'AD_IMPRESSION') as impressions,
    sumIf(change, kind = 'AD_CLICK') as clicks,
    sumIf(amount, kind = 'AD_SPEND') as spend,
    uniqExactIf(actor_id, kind = 'AD_IMPRESSION' and actor_id <> 0) as known_people,
    if(impressions = 0, 0, clicks / impressions) as click_rate,
    if(impressions = 0, 0, spend * 1000 / impressions) as cost_per_mille,
    if(clicks = 0, 0, spend / clicks) as cost_per_click
from events
where ad_id <> 0
group by ad_id, day;

create or replace view daily_totals as
select
    day,
    kind,
    sum(change) as events,
    sum(watch_ms) / 1000 as watch_seconds,
    sum(amount) as amount,
    countIf(actor_id <> 0) / count() as consented_share
from events
group by day, kind
order by day, kind;
