-- The data of the benchmark, loaded set by set. Triggers and foreign keys rest meanwhile: the rows are right by construction.
-- Keys are arithmetic, so that pgbench draws the same ones as the load generator: user n is first_user + n * user_step, post n is
-- first_post + n * post_step, n from 0. The first half of the users write, in turn; of each ten rounds the first is for followers only.
set session_replication_role = replica;
set synchronous_commit = off;

insert into api.users (id, username, name, bio, user_type, created_at)
select
    %(first_user)s + n * %(user_step)s as id,
    'bench_' || n as username,
    'مستخدم ' || n as name,
    repeat('Cairo and the sea. ', (n %% 5)::integer) as bio,
    case when n %% 10 = 0 then 'CREATOR' else 'REGULAR' end as user_type,
    now() - interval '400 days' as created_at
from generate_series(0, %(users)s::bigint - 1) as n;

insert into api.user_private (user_id, email)
select
    u.id as user_id,
    u.username || '@example.com' as email
from api.users as u
where u.username like 'bench\_%%';

insert into api.follows (follower_id, followee_id)
select distinct
    %(first_user)s + n * %(user_step)s as follower_id,
    %(first_user)s + (n * 31 + k * k * 97) %% %(authors)s * %(user_step)s as followee_id
from generate_series(0, %(users)s::bigint - 1) as n
cross join generate_series(1, 20) as k
where (n * 31 + k * k * 97) %% %(authors)s <> n;

insert into api.posts (id, author_id, type, content, visibility, language, created_at, updated_at)
select
    p.id,
    %(first_user)s + p.n %% %(authors)s * %(user_step)s as author_id,
    case when p.n %% 20 = 0 then 'REEL' else 'REGULAR' end as type,
    'منشور ' || p.n || ' ' || repeat('صباح الخير يا مصر, good morning. ', (1 + p.n %% 5)::integer) as content,
    case when p.n / %(authors)s %% 10 = 0 then 'FOLLOWERS' else 'PUBLIC' end as visibility,
    'ar' as language,
    api.time_of_id(p.id) as created_at,
    api.time_of_id(p.id) as updated_at
from (
    select
        n,
        %(first_post)s + n * %(post_step)s as id
    from generate_series(0, %(posts)s::bigint - 1) as n
) as p;

insert into api.post_stats (post_id, likes_count, comments_count, views_count)
select
    p.id as post_id,
    p.id / 7 %% 500 as likes_count,
    p.id / 11 %% 40 as comments_count,
    p.id / 13 %% 9000 as views_count
from api.posts as p
where p.id >= %(first_post)s;

-- six comments on each of the newest posts, which are those in timelines
insert into api.comments (id, post_id, author_id, path, content)
select
    c.id,
    c.post_id,
    c.author_id,
    c.id::text::extensions.ltree as path,
    'تعليق ' || c.k as content
from (
    select
        p.n,
        k,
        %(first_post)s + p.n * %(post_step)s + k as id,
        %(first_post)s + p.n * %(post_step)s as post_id,
        %(first_user)s + (p.n * 7 + k * 13) %% %(authors)s * %(user_step)s as author_id
    from generate_series(%(posts)s::bigint * 4 / 5, %(posts)s::bigint - 1) as p (n)
    cross join generate_series(1, 6) as k
) as c;

analyze api.users, api.follows, api.posts, api.comments;

insert into api.user_stats (user_id, follower_count, following_count, post_count)
select
    u.id as user_id,
    (select count(*) from api.follows as f where f.followee_id = u.id) as follower_count,
    (select count(*) from api.follows as f where f.follower_id = u.id) as following_count,
    (select count(*) from api.posts as p where p.author_id = u.id) as post_count
from api.users as u
where u.username like 'bench\_%%';

insert into feed.timelines (owner_id, post_id, author_id)
select
    u.id as owner_id,
    newest.id as post_id,
    newest.author_id
from api.users as u
cross join lateral (
    select
        p.id,
        p.author_id
    from api.follows as f
    inner join api.posts as p on p.author_id = f.followee_id
    where f.follower_id = u.id
    order by p.id desc
    limit 50
) as newest
where u.username like 'bench\_%%';

set session_replication_role = origin;
