-- Search: spellings, scripts, and that it tells of nothing that its reader could not read.
begin;
select no_plan();

create temporary table spellings (query text, content text, is_found boolean) on commit drop;
insert into spellings values
    ('القاهرة', 'أنا من القاهرة', true),
    ('القاهره', 'أنا من القاهرة', true),
    ('القاهرة', 'انا من القاهره', true),
    ('قاهرة', 'والقاهرة جميلة', true),
    ('القاهرة', 'بالقاهرة الآن', true),
    ('المدرسة', 'مدرسة جديدة', true),
    ('مدرسه', 'للمدرسة', true),
    ('مدرسة', 'المدرسة بعيدة', true),
    ('علي', 'جاء على مهل', true),
    ('على', 'أخي علي', true),
    ('أحمد', 'احمد هنا', true),
    ('احمد', 'أحمد هنا', true),
    ('إسكندرية', 'الاسكندرية بالليل', true),
    ('آثار', 'اثار مصر', true),
    ('الآثار', 'آثار الفراعنة', true),
    ('مُحَمَّد', 'محمد صلاح', true),
    ('محمد', 'مُحَمَّد صلاح', true),
    ('جميل', 'جميـــــل جدا', true),
    ('كتاب', 'الكتاب الجديد', true),
    ('كتاب', 'وكتاب', true),
    ('سيارة', 'سيارات للبيع', true),
    ('سيارات', 'سيارة للبيع', true),
    ('مهندس', 'المهندسين', true),
    ('المهندسون', 'مهندس برمجيات', true),
    ('لاعب', 'لاعبين', true),
    ('٢٠٢٦', 'سنة 2026', true),
    ('2026', 'سنة ٢٠٢٦', true),
    ('مسؤول', 'المسؤول الأول', true),
    ('شاطئ', 'شاطي البحر', true),
    ('فيديو', 'ڤيديو جديد', true),
    ('el ahly', 'مباراة الأهلي', true),
    ('elahly', 'الأهلي كسب', true),
    ('ahly', 'الاهلي كسب', true),
    ('zamalek', 'مباراة الزمالك', true),
    ('kora', 'كورة الشوارع', true),
    ('koshary', 'أحلى كشري', true),
    ('koshari', 'كشري من وسط البلد', true),
    ('7abibi', 'يا حبيبي', true),
    ('habibi', 'حبيبي يا نور العين', true),
    ('3arabeya', 'عربية جديدة', true),
    ('el8ahera', 'القاهرة نورت', true),
    ('elqahera', 'القاهرة نورت', true),
    ('a5bar', 'أخبار النهارده', true),
    ('akhbar', 'الأخبار', true),
    ('khalas', 'خلاص كده', true),
    ('5alas', 'خلاص كده', true),
    ('shawerma', 'شاورما سوري', true),
    ('ma7shy', 'محشي ورق عنب', true),
    ('ramadan', 'رمضان كريم', true),
    ('sa7', 'الكلام صح', true),
    ('masr', 'تحيا مصر', true),
    ('3id', 'عيد سعيد', false),
    ('حبيبي', 'ya 7abibi', true),
    ('running', 'I run every day', true),
    ('cafes', 'a new cafe', true),
    ('koshary maadi', 'كشري في المعادي', true),
    ('القاهرة', 'الإسكندرية بالليل', false),
    ('كتاب', 'مكتوب', false),
    ('بيت', 'قطة', false),
    ('كشري القاهرة', 'كشري الإسكندرية', false),
    ('ahly', 'الزمالك', false),
    ('ramadan', 'شعبان', false),
    ('سيارة', 'طيارة', false);
select is(
    coalesce(feed.lexemes(s.content) @@ feed.search_query(s.query, true), false), s.is_found,
    format('"%s" %s "%s"', s.query, case when s.is_found then 'finds' else 'does not find' end, s.content)
)
from spellings as s;
select is(feed.search_query('', false), null, 'no words, no query');
select is(feed.search_query('!!! ''); drop table', false) is not null, true, 'whatever is typed is words');

-- Who finds what.
select tap.people();
insert into api.posts (id, author_id, content, visibility, archived_at) values
    (101, 1, 'كشري من وسط البلد #فسحة', 'PUBLIC', null), (102, 1, 'كشري للمتابعين #سر', 'FOLLOWERS', null),
    (103, 1, 'كشري لي وحدي', 'PRIVATE', null), (104, 1, 'كشري قديم', 'PUBLIC', now()), (105, 5, 'كشري خاص', 'PUBLIC', null),
    (106, 4, 'كشري باسم', 'PUBLIC', null), (107, 3, 'كشري لا يفهرس', 'PUBLIC', null), (108, 3, 'قهوة', 'PUBLIC', null);
update api.user_settings set is_indexable = false where user_id = 3;
select isnt(ops.index_posts(), 0, 'posts are indexed');
select is(ops.index_posts(), 0, 'once');

create function pg_temp.finds(viewer text, sought text) returns bigint[]
language plpgsql as $$
begin
    perform set_config('app.user_id', viewer, true);
    return array(select (p).id::bigint from unnest((api.search(sought, 'POSTS')).posts) as p order by 1);
end
$$;
select is(pg_temp.finds('2', 'كشري'), '{101,105,106}'::bigint[], 'a follower of the private account finds it');
select is(pg_temp.finds('7', 'koshary'), '{101,106}'::bigint[], 'a stranger only what is public, and indexable');
select is(pg_temp.finds('4', 'كشري'), '{106}'::bigint[], 'a blocked one nothing of the blocker');
select is(pg_temp.finds('1', 'كشري'), '{101}'::bigint[], 'nor the reverse');
select is(pg_temp.finds('3', 'كشري'), '{101,106,107}'::bigint[], 'one finds one''s own');
select is(pg_temp.finds('', 'كشري'), '{101,106}'::bigint[], 'visitors search, too');
update api.posts set visibility = 'FOLLOWERS' where id = 106;
select is(pg_temp.finds('7', 'كشري'), '{101}'::bigint[], 'what is narrowed is gone at once, indexed or not');
select isnt(ops.index_posts(), 0, 'and then');
select is_empty('select from feed.post_index where post_id = 106', 'from the index');

-- Names.
update api.users set name = 'منى حسن' where id = 1;
update api.users set name = 'باسم حسن' where id = 4;
update api.user_settings set is_discoverable = false where user_id = 3;
create function pg_temp.people(viewer text, sought text) returns text[]
language plpgsql as $$
begin
    perform set_config('app.user_id', viewer, true);
    return array(select (u).username::text from unnest((api.search(sought, 'USERS')).users) as u order by 1);
end
$$;
select is(pg_temp.people('2', 'مني'), '{mona}'::text[], 'a name is found in another spelling');
select is(pg_temp.people('2', 'mon'), '{mona}'::text[], 'and by the beginning of the handle');
select is(pg_temp.people('2', 'حسن'), '{basem,mona}'::text[], 'and by its second word');
select is(pg_temp.people('4', 'حسن'), '{basem}'::text[], 'not through a block');
select is(pg_temp.people('7', 'samir'), '{}'::text[], 'not who does not want to be found');
select is(pg_temp.people('3', 'samir'), '{samir}'::text[], 'but by themselves');
select is(pg_temp.people('7', 'closed'), '{}'::text[], 'not a closed account');
select is(pg_temp.people('7', 'suspended'), '{}'::text[], 'nor a suspended one');
insert into api.sounds (owner_id, title, audio_url) values (5, 'oud solo', 'https://sounds.example/1');
set local app.user_id = '7';
select is(cardinality((api.search('oud solo', 'SOUNDS')).sounds), 0, 'not the sounds of a private account');
set local app.user_id = '2';
select is(cardinality((api.search('oud solo', 'SOUNDS')).sounds), 1, 'but for its followers');
set local app.user_id = '7';
select set_eq(
    $$ select label from api.suggest('سر') union all select label from api.suggest('#فس') $$, array['فسحة'],
    'hashtags are suggested once they were used in public'
);
select set_eq($$ select detail from api.suggest('mo') $$, array['mona'], 'people are suggested as one types');
select is_empty($$ select from api.suggest('') $$, 'nothing for nothing');
select is((r.page_info).has_next_page, true, 'a page says that there is more') from api.search('كشري', 'ALL', null, 1) as r
where cardinality(r.posts) = 2;

-- Recent searches.
set local role authenticated;
set local app.user_id = '2';
select is((api.save_search('قهوة')).query, 'قهوة', 'a search is remembered');
select is((api.save_search('قهوة')).query, 'قهوة', 'once');
select is(count(*), 1::bigint, 'for oneself') from api.recent_searches;
set local app.user_id = '3';
select is_empty('select from api.recent_searches', 'alone');
reset role;

-- Trends: what three people talk about, once staff have let it.
insert into api.posts (author_id, content, language)
select u.id, 'مباراة اليوم #كأس', 'ar' from api.users as u where u.id in (1, 2, 3, 7);
insert into api.posts (author_id, content) select 1, 'أنا فقط #وحدي' from generate_series(1, 9);
select is(ops.refresh_trends(), 2, 'it trends in Egypt and in Arabic');
select is_empty('select from api.trends()', 'nobody is shown it yet');
set local role authenticated;
select throws_ok($$ select api.review_trend(1, 'SHOWN') $$, '42501', null, 'which only staff decide');
reset role;
set local role moderator;
set local app.user_id = '3';
select is(
    api.review_trend((select id from api.hashtags where name = 'كأس'), 'SHOWN')::text, 'SHOWN', 'staff let it be shown'
);
set local role anon;
set local app.user_id = '';
select is((hashtag).name, 'كأس', 'now it is') from api.trends();
select is(authors, 4, 'with its authors') from api.trends(language => 'ar');
reset role;

select * from finish();
rollback;
