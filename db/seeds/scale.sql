-- Made-up people in number, for measurements: for each user ten posts, fifty follows by a power law (of 100,000 users the
-- first has more than 50,000 followers; every thousandth user follows thousands), thirty comments, twenty-five reactions, a
-- group, some notifications and some conversations, of which every thousandth has three hundred. Loaded set by set, each
-- step in a transaction of its own and the rows in the order of a key; triggers and foreign keys rest meanwhile, for the
-- rows are right by construction.
-- User n, from 0, is the setting scale.first_user + n * 2^22, post n is scale.first_post + n * scale.post_step, spread over
-- a year. Nobody has a password.

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
insert into api.user_settings (user_id)
select u.id
from api.users as u
where u.username like 'scale\_%';

-- step: groups
insert into api.groups (id, creator_id, name, created_at)
select
    current_setting('scale.first_user')::bigint + (n << 22),
    current_setting('scale.first_user')::bigint + (n << 22),
    'حلقة ' || n,
    now() - interval '399 days'
from generate_series(0, current_setting('scale.users')::bigint / 500) as n;
insert into api.group_members (group_id, user_id, role)
select
    current_setting('scale.first_user')::bigint + (n % groups.number << 22),
    current_setting('scale.first_user')::bigint + (n << 22),
    case when n < groups.number then 'OWNER' else 'MEMBER' end
from (select current_setting('scale.users')::bigint / 500 + 1 as number) as groups
cross join generate_series(0, current_setting('scale.users')::bigint - 1) as n;

-- step: follows
insert into api.follows (follower_id, followee_id, created_at)
select
    current_setting('scale.first_user')::bigint + (drawn.follower << 22),
    current_setting('scale.first_user')::bigint + (drawn.followee << 22),
    now() - drawn.follower % 300 * interval '1 day'
from (
    select
        n as follower,
        followees.followee
    from (select current_setting('scale.users')::bigint as users) as size
    cross join lateral generate_series(0, size.users - 1) as n
    cross join lateral (
        select distinct (floor(size.users * power(random(), 3))::bigint * 7919 + 13) % size.users as followee
        from generate_series(1, case when n % 1000 = 0 then least(3000, size.users / 4) else 54 end)
    ) as followees
) as drawn
where drawn.follower <> drawn.followee;

-- step: posts
insert into api.posts (id, author_id, type, content, visibility, group_id, language, created_at, updated_at)
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
    case when p.n % 50 = 7 then 'GROUP' when p.n % 11 = 0 then 'FOLLOWERS' else 'PUBLIC' end,
    case when p.n % 50 = 7 then current_setting('scale.first_user')::bigint + (p.author % p.groups << 22) end,
    case when p.n % 10 in (4, 8) then 'en' else 'ar' end,
    api.time_of_id(p.id),
    api.time_of_id(p.id)
from (
    select
        n,
        (floor(size.users * power(random(), 2))::bigint * 7919 + 13) % size.users as author,
        size.users / 500 + 1 as groups,
        current_setting('scale.first_post')::bigint + n * current_setting('scale.post_step')::bigint as id
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
insert into api.comments (id, post_id, author_id, parent_id, path, content, created_at, updated_at)
select
    s.id,
    s.post_id,
    s.author_id,
    s.parent_id,
    concat_ws('.', s.parent_id, s.id)::extensions.ltree,
    (array['جميل جدا', 'تمام', 'so true', 'هههه', 'أنا كمان', 'where is this?'])[1 + s.n % 6],
    api.time_of_id(s.id),
    api.time_of_id(s.id)
from (
    select
        n,
        size.first_id + n * size.step as id,
        case when n % 3 = 2 then size.first_id + (n - 2) * size.step end as parent_id,
        current_setting('scale.first_post')::bigint
        + floor(size.users * 10 * power((n / 3 * 7919 % (size.users * 10)) / (size.users * 10)::float, 2))::bigint
        * current_setting('scale.post_step')::bigint as post_id,
        current_setting('scale.first_user')::bigint + (n * 104729 % size.users << 22) as author_id
    from (
        select
            current_setting('scale.users')::bigint as users,
            api.id_at(now() - interval '30 days') as first_id,
            86400000 / current_setting('scale.users')::bigint * 4194304 as step
    ) as size
    cross join lateral generate_series(0, size.users * 30 - 1) as n
    order by post_id, id
) as s;

-- step: reactions
insert into api.reactions (post_id, user_id, kind, created_at)
select
    current_setting('scale.first_post')::bigint + 2 * n * current_setting('scale.post_step')::bigint,
    current_setting('scale.first_user')::bigint + ((n * 62 + k * 104729) % size.users << 22),
    (array['LIKE', 'LOVE', 'LAUGH', 'WOW', 'SAD'])[k],
    now()
from (select current_setting('scale.users')::bigint as users) as size
cross join lateral generate_series(0, size.users * 5 - 1) as n
cross join lateral generate_series(1, 5) as k
on conflict do nothing;

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
left join (
    select
        p.author_id,
        count(*) as number
    from api.posts as p
    where ops.is_counted(p)
    group by p.author_id
) as posts on posts.author_id = u.id
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
insert into api.comment_stats (comment_id, post_id, replies_count)
select
    c.parent_id,
    min(c.post_id),
    count(*)
from api.comments as c
where c.parent_id is not null
group by c.parent_id
on conflict do nothing;

-- step: timelines
insert into feed.activity (user_id)
select u.id
from api.users as u
where u.username like 'scale\_%';
insert into feed.timelines (owner_id, post_id, author_id, floor_id)
select
    u.id,
    0,
    0,
    api.id_at(now() - interval '7 days')
from api.users as u
where u.username like 'scale\_%';
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

-- step: conversations
create temporary table talks as
select
    api.id_at(now() - interval '60 days') + row_number() over (order by n, k) * 4194304 as thread_id,
    row_number() over (order by n, k) as place,
    current_setting('scale.first_user')::bigint + (least(n, (n + k) % size.users) << 22) as low_id,
    current_setting('scale.first_user')::bigint + (greatest(n, (n + k) % size.users) << 22) as high_id
from (select current_setting('scale.users')::bigint as users) as size
cross join lateral generate_series(0, size.users - 1, 10) as n
cross join lateral generate_series(1, case when n % 1000 = 0 then least(300, size.users / 4) else 3 end) as k;
insert into api.message_threads (id, kind, creator_id, created_at)
select
    t.thread_id,
    'DIRECT',
    t.low_id,
    api.time_of_id(t.thread_id)
from talks as t;
insert into feed.direct_threads (low_id, high_id, thread_id)
select
    t.low_id,
    t.high_id,
    t.thread_id
from talks as t;
insert into api.thread_members (thread_id, user_id)
select
    t.thread_id,
    members.user_id
from talks as t
cross join lateral (values (t.low_id), (t.high_id)) as members (user_id);
insert into api.thread_states (user_id, thread_id, last_read_id)
select
    members.user_id,
    t.thread_id,
    case when t.place % 3 = 0 then api.id_at(now() - interval '10 days') else api.id_at(now()) end
from talks as t
cross join lateral (values (t.low_id), (t.high_id)) as members (user_id);
insert into api.messages (id, thread_id, sender_id, content, created_at, updated_at)
select
    m.id,
    m.thread_id,
    m.sender_id,
    (array['صباح الخير', 'فينك؟', 'on my way', 'تمام', 'نتقابل بكرة'])[1 + m.k % 5],
    api.time_of_id(m.id),
    api.time_of_id(m.id)
from (
    select
        k,
        t.thread_id,
        case when k % 2 = 0 then t.low_id else t.high_id end as sender_id,
        api.id_at(now() - interval '20 days') + (k * 172800000::bigint + t.place) * 4194304 as id
    from generate_series(0, 9) as k
    cross join talks as t
    order by id
) as m;
drop table talks;

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
