-- The score of posts. docs/reference/ranking.md defines every part; tests/feed computes the same in another way.
-- Exponents are bounded and the smallest values nothing, for PostgreSQL refuses a number that has become too small.

create or replace function feed.decayed(value double precision, since timestamptz, moment timestamptz)
returns double precision
language sql
immutable
return case
    when abs(value) < 1e-100 then 0
    else value * power(
        2, -least(greatest(extract(epoch from moment - since)::double precision, 0) / 1209600, 200)
    )
end;
comment on function feed.decayed(double precision, timestamptz, timestamptz) is
'What is left at a moment of something that halves every 14 days.';

create or replace function feed.affinity_of(value double precision, since timestamptz, moment timestamptz)
returns double precision
language sql
immutable
return 1 - exp(-least(greatest(coalesce(feed.decayed(value, since, moment), 0), 0) / 8, 100));
comment on function feed.affinity_of(double precision, timestamptz, timestamptz) is
'How close a reader is to an author, from what is known of the two.';

-- Each of these is one expression without a query, so that PostgreSQL puts it in the place of its call: a call costs more
-- than all that it computes. Times are only ever subtracted, for the same reason: adding to them is not immutable.

create or replace function feed.lower_bound(p double precision, n double precision) returns double precision
language sql
immutable
return greatest(
    (p + 3.8416 / (2 * n) - 1.96 * sqrt(p * (1 - p) / n + 3.8416 / (4 * n * n))) / (1 + 3.8416 / n), 0
);
comment on function feed.lower_bound(double precision, double precision) is
'Wilson''s lower bound, at 95 % (z = 1.96), of a share p in n trials.';

-- After 50 impressions of the usual kind: an unseen post is a usual one of which little is known. The root puts half of the
-- scale where a post does as usual, whatever is usual for its type.
create or replace function feed.quality_of(
    positives double precision, impressions double precision, usual double precision
) returns double precision
language sql
immutable
return power(
    feed.lower_bound(
        (positives + 50 * usual) / (greatest(impressions, positives) + 50), greatest(impressions, positives) + 50
    ),
    -0.6931471805599453 / ln(usual)
);
comment on function feed.quality_of(double precision, double precision, double precision) is
'How a post does beside others of its type.';

-- A minute is left for clocks that differ; what claims to be from later has no freshness at all.
create or replace function feed.freshness_of(
    created_at timestamptz, moment timestamptz, half_life_hours double precision, day_part double precision
) returns double precision
language sql
immutable
return case
    when created_at - moment > interval '1 minute' then 0
    else
        day_part
        * power(
            2,
            -least(greatest(extract(epoch from moment - created_at)::double precision, 0) / 3600 / half_life_hours, 200)
        )
end;
comment on function feed.freshness_of(timestamptz, timestamptz, double precision, double precision) is 'How new a post is.';

create or replace function feed.diversity_of(author_place bigint, type_place bigint) returns double precision
language sql
immutable
return 1 - greatest(
    1 - power(0.5::double precision, author_place - 1),
    0.5 * (1 - power(0.9::double precision, type_place - 1))
);
comment on function feed.diversity_of(bigint, bigint) is
'What is left for a post with so many of its author, and so many of its type, up to and with itself.';

create or replace function feed.negatives_of(
    hides double precision, reports double precision, skips double precision,
    impressions double precision, spam double precision
) returns double precision
language sql
immutable
return least(1, (0.5 * hides + 5 * reports + 0.3 * skips) / (impressions + 20) + spam);
comment on function feed.negatives_of(
    double precision, double precision, double precision, double precision, double precision
) is 'How unwanted a post is.';

-- Parts of a set of posts as of a moment. Left joins by key: each candidate costs a few look-ups and nothing else.
create or replace function feed.score(viewer bigint, given bigint[], moment timestamptz, seen_since bigint)
returns table (
    post_id bigint,
    author_id bigint,
    affinity double precision,
    quality double precision,
    freshness double precision,
    diversity double precision,
    negatives double precision,
    score double precision,
    is_seen boolean
)
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    with weights as materialized (
        select
            max(w.weight) filter (where w.part = 'AFFINITY') as affinity,
            max(w.weight) filter (where w.part = 'QUALITY') as quality,
            max(w.weight) filter (where w.part = 'FRESHNESS') as freshness,
            max(w.weight) filter (where w.part = 'DIVERSITY') as diversity,
            max(w.weight) filter (where w.part = 'NEGATIVES') as negatives
        from feed.ranking_weights as w
    ),
    counted as materialized (
        select
            p.id,
            p.author_id,
            p.type,
            p.created_at,
            t.half_life_hours,
            t.usual_rate,
            d.factor,
            s.likes_count + s.comments_count + s.shares_count + s.saves_count + s.reposts_count + s.quotes_count
                as responses,
            s.views_count as views,
            coalesce(g.impressions, 0) as impressions,
            coalesce(g.completed, 0) as completed,
            coalesce(g.watched, 0) as watched,
            coalesce(g.skips, 0) as skips,
            coalesce(g.hides, 0) as hides,
            coalesce(g.reports, 0) as reports,
            coalesce(g.spam, 0) as spam,
            a.value as affinity_value,
            a.updated_at as affinity_at,
            coalesce(
                (
                    select true
                    from api.views as v
                    where
                        v.user_id = viewer and v.post_id = p.id
                        and v.window_id >= seen_since and v.window_id <= api.id_at(moment)
                    limit 1
                ),
                false
            ) as is_seen
        from unnest(given) as candidates (id)
        inner join api.posts as p on p.id = candidates.id
        inner join feed.ranking_types as t on t.type = p.type
        cross join feed.seasons as season
        inner join feed.day_parts as d
            on
                d.season = season.season
                and d.hour_of_day = extract(hour from p.created_at at time zone 'Africa/Cairo')::smallint
        left join api.post_stats as s on s.post_id = p.id
        left join feed.post_signals as g on g.post_id = p.id
        left join feed.affinity as a on a.viewer_id = viewer and a.author_id = p.author_id
    ),
    summed as materialized (
        select
            c.*,
            case c.type
                when 'REEL' then (least(c.responses, c.impressions) + c.completed + c.watched) / 3
                else c.responses
            end::double precision as positives,
            case c.type when 'REEL' then c.impressions else c.views end::double precision as seen_by
        from counted as c
    ),
    parted as materialized (
        select
            c.id,
            c.author_id,
            c.type,
            c.is_seen,
            feed.affinity_of(c.affinity_value, c.affinity_at, moment) as affinity,
            feed.quality_of(coalesce(c.positives, 0), coalesce(c.seen_by, 0), c.usual_rate) as quality,
            feed.freshness_of(c.created_at, moment, c.half_life_hours, c.factor) as freshness,
            feed.negatives_of(c.hides, c.reports, c.skips, c.impressions, c.spam) as negatives
        from summed as c
    ),
    based as materialized (
        select
            p.*,
            w.diversity as diversity_weight,
            w.affinity * p.affinity + w.quality * p.quality + w.freshness * p.freshness - w.negatives * p.negatives
                as base
        from parted as p
        cross join weights as w
    ),
    placed as materialized (
        select
            b.*,
            feed.diversity_of(
                row_number() over (partition by b.author_id order by b.is_seen asc, b.base desc, b.id desc),
                row_number() over (partition by b.type order by b.is_seen asc, b.base desc, b.id desc)
            ) as diversity
        from based as b
    )
    select
        p.id,
        p.author_id,
        p.affinity,
        p.quality,
        p.freshness,
        p.diversity,
        p.negatives,
        p.base + p.diversity_weight * p.diversity,
        p.is_seen
    from placed as p;
end;
comment on function feed.score(bigint, bigint[], timestamptz, bigint) is
'The parts and the scores of these posts for a reader at a moment; the order in which they are given plays no part.';

-- Takes the best post left that is not by the author of the one before, and the best of all where there is none. Whatever
-- has to wait is by one author, so one queue is enough.
create or replace function feed.spread(post_ids bigint[], author_ids bigint[]) returns bigint[]
language plpgsql
immutable
set search_path = ''
as $$
declare
    spread bigint[] := '{}';
    waiting bigint[] := '{}';
    waiting_author bigint;
    next_waiting integer := 1;
    last_waiting integer := 0;
    last_author bigint;
begin
    for place in 1..coalesce(cardinality(post_ids), 0) loop
        if next_waiting <= last_waiting and waiting_author <> last_author then
            spread := spread || waiting[next_waiting];
            next_waiting := next_waiting + 1;
            last_author := waiting_author;
        end if;
        if author_ids[place] = last_author then
            last_waiting := last_waiting + 1;
            waiting[last_waiting] := post_ids[place];
            waiting_author := last_author;
        else
            spread := spread || post_ids[place];
            last_author := author_ids[place];
        end if;
    end loop;
    return spread || waiting[next_waiting:last_waiting];
end
$$;
comment on function feed.spread(bigint[], bigint[]) is
'These posts in their order, but for no two of one author in a row while others are there.';

create or replace function feed.rank(viewer bigint, given bigint[], moment timestamptz) returns bigint[]
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select
        feed.spread(
            array_agg(s.post_id order by s.is_seen asc, s.score desc, s.post_id desc),
            array_agg(s.author_id order by s.is_seen asc, s.score desc, s.post_id desc)
        )
    from feed.score(viewer, given, moment, api.id_at(moment - interval '7 days')) as s;
end;
comment on function feed.rank(bigint, bigint[], timestamptz) is
'These posts, best first; those that the reader has seen come after the others.';

-- Numbers as everybody may know them: what one or two people have hidden or reported stays between them and staff.
create or replace function api.explain_post(id bigint) returns api.post_explanation
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := auth.uid();
    candidates bigint[];
    told api.post_explanation;
begin
    if viewer is null or not api.can_see_post(explain_post.id) then
        perform feed.refuse_post();
    end if;
    candidates := feed.gathered(viewer, api.id_at(now() - interval '7 days'), 9223372036854775807, 200);
    select
        s.post_id,
        s.affinity,
        s.quality,
        s.freshness,
        s.diversity,
        n.told,
        s.score + w.weight * (s.negatives - n.told),
        s.is_seen
    into told
    from feed.score(
        viewer, case when explain_post.id = any(candidates) then candidates else array[explain_post.id] end, now(),
        api.id_at(now() - interval '7 days')
    ) as s
    left join feed.post_signals as g on g.post_id = s.post_id
    cross join lateral (
        select
            case
                when g.hides + g.reports >= 3 then s.negatives
                else coalesce(feed.negatives_of(0, 0, g.skips, g.impressions, g.spam), 0)
            end as told
    ) as n
    inner join feed.ranking_weights as w on w.part = 'NEGATIVES'
    where s.post_id = explain_post.id;
    return told;
end
$$;
comment on function api.explain_post(bigint) is
'Why a post stands where it stands in one''s ranked feed: the parts of its score.';
