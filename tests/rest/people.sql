-- Three people, their posts and reactions, with identifiers that golden files may name.
set role migrator;

create view api.napping as select pg_sleep(0.2)::text as slept;
grant select on api.napping to anon;

create view api.slow as select pg_sleep(5)::text as slept;
grant select on api.slow to anon;

insert into api.users (id, username, name, locale, is_private, created_at, updated_at) values
    (1001, 'nour', 'نور', 'ar', false, '2026-01-01Z', '2026-01-01Z'),
    (1002, 'omar', 'Omar "the Great", O''Neil', 'en', false, '2026-01-02Z', '2026-01-02Z'),
    (1003, 'hidden', 'Hidden', 'en', true, '2026-01-03Z', '2026-01-03Z');

insert into api.user_stats (user_id) values (1001), (1002), (1003) on conflict do nothing;

insert into api.posts (id, author_id, type, content, visibility, created_at, updated_at) values
    (api.id_at('2026-11-01Z') + 1, 1001, 'REGULAR', 'صباح الخير', 'PUBLIC', '2026-11-01Z', '2026-11-01Z'),
    (api.id_at('2026-11-01Z') + 2, 1001, 'REGULAR', '100% "quoted", (a,b) \ back', 'PUBLIC', '2026-11-01Z', '2026-11-01Z'),
    (api.id_at('2026-11-01Z') + 3, 1002, 'REEL', 'reel', 'PUBLIC', '2026-11-01Z', '2026-11-01Z'),
    (api.id_at('2026-11-01Z') + 4, 1003, 'REGULAR', 'private', 'PUBLIC', '2026-11-01Z', '2026-11-01Z');

insert into api.post_stats (post_id, likes_count)
select id, 7 from api.posts where author_id = 1001
on conflict (post_id) do update set likes_count = 7;

reset role;
