-- Made-up people in number, for measurements: for each user ten posts, fifty follows by a power law (of 100,000 users the
-- first has more than 50,000 followers), thirty comments, five reactions and some notifications. Loaded set by set, each
-- step in a transaction of its own; triggers and foreign keys rest meanwhile, for the rows are right by construction.
-- User n, from 0, is the setting scale.first_user + n * 2^22; posts are spread over a year. Nobody has a password.

-- step: people
insert into api.users (id, username, name, bio, locale, user_type, governorate_code, created_at)
select
    current_setting('scale.first_user')::bigint + (n << 22),
    'scale_' || n,
    (array['منى', 'أحمد', 'فاطمة', 'محمود', 'سارة', 'كريم', 'نور', 'يوسف', 'هدى', 'عمر', 'Mona', 'Ali'])[1 + n % 12]
    || ' '
    || (array['حسن', 'عادل', 'إبراهيم', 'منصور', 'فوزي', 'عبد الله', 'خليل', 'Nabil', 'Aziz'])[1 + n / 12 % 9],
    repeat('من القاهرة. ', (n % 4)::integer),
    case when n % 5 = 0 then 'en' else 'ar' end,
    case when n % 10 = 0 then 'CREATOR' else 'REGULAR' end,
    g.code,
    now() - interval '400 days'
from generate_series(0, current_setting('scale.users')::bigint - 1) as n
left join (
    select
        code,
        row_number() over (order by code) as place
    from api.governorates
) as g on g.place = 1 + n % 40;
insert into api.user_private (user_id, email)
select
    u.id,
    u.username || '@example.com'
from api.users as u
where u.id >= current_setting('scale.first_user')::bigint and u.username like 'scale\_%';

-- step: follows
insert into api.follows (follower_id, followee_id, created_at)
select
    current_setting('scale.first_user')::bigint + (drawn.follower << 22),
    current_setting('scale.first_user')::bigint + (drawn.followee << 22),
    now() - drawn.follower % 300 * interval '1 day'
from (
    select distinct
        n as follower,
        (floor(size.users * power(random(), 3))::bigint * 7919 + 13) % size.users as followee
    from (select current_setting('scale.users')::bigint as users) as size
    cross join lateral generate_series(0, size.users - 1) as n
    cross join generate_series(1, 57) as k
) as drawn
where drawn.follower <> drawn.followee;

-- step: posts
insert into api.posts (id, author_id, type, content, visibility, language, created_at, updated_at)
select
    p.id,
    current_setting('scale.first_user')::bigint + (p.author << 22),
    (array['REGULAR', 'REGULAR', 'REGULAR', 'REGULAR', 'REEL'])[1 + p.n % 5],
    concat_ws(
        ' ',
        (
            array[
                'صباح الخير يا مصر', 'مباراة الأهلي والزمالك', 'كشري من وسط البلد', 'الجو حر النهارده',
                'Cairo traffic again', 'قهوة على النيل', 'مكتبة الإسكندرية', 'رحلة إلى أسوان',
                'New coffee place in Maadi', 'كتاب الأسبوع'
            ]
        )[1 + p.n % 10],
        (array['والله', 'جدا', 'tonight', 'مع الأصدقاء', 'في المعادي', 'بعد الظهر', 'again'])[1 + p.n / 10 % 7],
        p.n % 1000,
        case when p.n % 4 = 0 then '#' || (array['القاهرة', 'كورة', 'food', 'سفر', 'قهوة'])[1 + p.n / 4 % 5] end
    ),
    case when p.n % 10 = 0 then 'FOLLOWERS' else 'PUBLIC' end,
    case when p.n % 10 in (4, 8) then 'en' else 'ar' end,
    api.time_of_id(p.id),
    api.time_of_id(p.id)
from (
    select
        n,
        (floor(size.users * power(random(), 2))::bigint * 7919 + 13) % size.users as author,
        api.id_at(now() - interval '365 days') + n * (365 * 86400000::bigint / (size.users * 10)) * 4194304 as id
    from (select current_setting('scale.users')::bigint as users) as size
    cross join lateral generate_series(0, size.users * 10 - 1) as n
) as p;
insert into api.hashtags (name, is_listed)
select
    tags.name,
    true
from unnest(array['القاهرة', 'كورة', 'food', 'سفر', 'قهوة']) as tags (name)
on conflict (name) do update set is_listed = true;
insert into api.post_hashtags (post_id, hashtag_id)
select
    p.id,
    h.id
from api.posts as p
inner join api.users as u on u.id = p.author_id and u.username like 'scale\_%'
inner join api.hashtags as h on h.name = split_part(p.content, '#', 2);

-- step: comments
create temporary table numbered as
select
    p.id,
    row_number() over (order by p.id) - 1 as n
from api.posts as p
inner join api.users as u on u.id = p.author_id and u.username like 'scale\_%';
create unique index on numbered (n);
create temporary table said as
select
    api.id_at(now() - interval '30 days') + c.n * size.step as id,
    p.id as post_id,
    case when c.n % 3 = 2 then api.id_at(now() - interval '30 days') + (c.n - 2) * size.step end as parent_id,
    current_setting('scale.first_user')::bigint + ((c.n * 104729 % size.users) << 22) as author_id
from (
    select
        current_setting('scale.users')::bigint as users,
        86400000 / current_setting('scale.users')::bigint * 4194304 as step,
        (select count(*) from numbered) as posts
) as size
cross join lateral generate_series(0, size.users * 30 - 1) as c (n)
inner join numbered as p on p.n = floor(size.posts * power((c.n / 3 * 7919 % size.posts) / size.posts::float, 2));
insert into api.comments (id, post_id, author_id, parent_id, path, content, created_at, updated_at)
select
    s.id,
    s.post_id,
    s.author_id,
    s.parent_id,
    concat_ws('.', s.parent_id, s.id)::extensions.ltree,
    (array['جميل جدا', 'تمام', 'so true', 'هههه', 'أنا كمان', 'where is this?'])[1 + s.id / 4194304 % 6],
    api.time_of_id(s.id),
    api.time_of_id(s.id)
from said as s;
drop table said;

-- step: reactions
insert into api.reactions (post_id, user_id, kind, created_at)
select
    p.id,
    current_setting('scale.first_user')::bigint + ((p.n * 31 + k * 104729) % size.users << 22),
    (array['LIKE', 'LOVE', 'LAUGH', 'WOW', 'SAD'])[k],
    now()
from (select current_setting('scale.users')::bigint as users) as size
cross join numbered as p
cross join generate_series(1, 5) as k
where p.n % 2 = 0
on conflict do nothing;
drop table numbered;

-- step: statistics
analyze api.users, api.follows, api.posts, api.comments, api.reactions;
insert into api.user_stats (user_id, follower_count, following_count, post_count)
select
    u.id,
    coalesce(followers.number, 0),
    coalesce(following.number, 0),
    coalesce(posts.number, 0)
from api.users as u
left join (select followee_id, count(*) as number from api.follows group by followee_id) as followers
    on followers.followee_id = u.id
left join (select follower_id, count(*) as number from api.follows group by follower_id) as following
    on following.follower_id = u.id
left join (select author_id, count(*) as number from api.posts group by author_id) as posts on posts.author_id = u.id
where u.username like 'scale\_%';
insert into feed.pulled_authors (author_id)
select s.user_id
from api.user_stats as s
where s.follower_count >= 10000
on conflict do nothing;
insert into api.post_stats (post_id, likes_count, comments_count, views_count)
select
    p.id,
    coalesce(reactions.number, 0),
    coalesce(comments.number, 0),
    coalesce(reactions.number, 0) * 40 + p.id / 4194304 % 100
from api.posts as p
inner join api.users as u on u.id = p.author_id and u.username like 'scale\_%'
left join (select post_id, count(*) as number from api.reactions group by post_id) as reactions
    on reactions.post_id = p.id
left join (select post_id, count(*) as number from api.comments group by post_id) as comments
    on comments.post_id = p.id;

-- step: timelines
insert into feed.timelines (owner_id, post_id, author_id)
select
    f.follower_id,
    p.id,
    p.author_id
from api.posts as p
inner join api.follows as f on f.followee_id = p.author_id
where
    p.id >= api.id_at(now() - interval '7 days')
    and not exists (select from feed.pulled_authors as a where a.author_id = p.author_id)
on conflict do nothing;

-- step: notifications
with made as (
    insert into api.notifications (id, recipient_id, kind, post_id, has_actors, position, created_at, read_at)
    select
        n.id,
        n.author_id,
        'REACTION',
        n.post_id,
        true,
        n.id,
        api.time_of_id(n.id),
        case when n.id % 3 = 0 then now() end
    from (
        select
            p.author_id,
            p.id as post_id,
            api.id_at(now() - interval '20 days') + row_number() over () * 1000 * 4194304 as id
        from api.posts as p
        inner join api.users as u on u.id = p.author_id and u.username like 'scale\_%'
        where p.id >= api.id_at(now() - interval '60 days')
    ) as n
    returning id, post_id, recipient_id
)
insert into api.notification_actors (notification_id, actor_id, recipient_id)
select
    m.id,
    r.user_id,
    m.recipient_id
from made as m
inner join api.reactions as r on r.post_id = m.post_id and r.user_id <> m.recipient_id;

-- step: search
with texts as (
    select distinct p.content
    from api.posts as p
    inner join api.users as u on u.id = p.author_id and u.username like 'scale\_%'
),
indexed as materialized (
    select
        t.content,
        feed.lexemes(t.content) as words
    from texts as t
)
insert into feed.post_index (post_id, author_id, words)
select
    p.id,
    p.author_id,
    i.words
from api.posts as p
inner join indexed as i on i.content = p.content
where p.visibility = 'PUBLIC' and p.id >= api.id_at(now() - interval '366 days');
select ops.index_users(array(select u.id from api.users as u where u.username like 'scale\_%'));
