-- People who don't exist, for a first look round. Repeatable: what is there already is left alone. No account has a
-- password; whoever loads this sets one. The account `demo` comes first and follows most of the others.

insert into api.users (id, username, name, bio, locale, user_type, is_verified, is_private)
select
    api.id_at(timestamptz '2026-01-01 00:00:00Z') + person.place,
    person.username,
    person.name,
    person.bio,
    person.locale,
    person.user_type,
    person.user_type <> 'REGULAR',
    person.is_private
from (
    values
        (1, 'demo', 'حساب تجريبي', 'Try things out with this one.', 'en', 'REGULAR', false),
        (2, 'mona.hassan', 'منى حسن', 'مصورة من وسط البلد', 'ar', 'CREATOR', false),
        (3, 'karim_adel', 'كريم عادل', 'مهندس برمجيات وشاي بالنعناع', 'ar', 'REGULAR', false),
        (4, 'nour.cooks', 'نور فتحي', 'أكل بيتي من إسكندرية', 'ar', 'CREATOR', false),
        (5, 'ahmed.saleh', 'Ahmed Saleh', 'Cyclist. Maadi to Ain Sokhna, one day.', 'en', 'REGULAR', false),
        (6, 'salma_reads', 'سلمى إبراهيم', 'كتاب كل أسبوع', 'ar', 'REGULAR', false),
        (7, 'khan.crafts', 'ورشة خان', 'نحاس وخشب من خان الخليلي', 'ar', 'BUSINESS', false),
        (8, 'youssef.nabil', 'Youssef Nabil', 'Marine biologist in Hurghada.', 'en', 'REGULAR', false),
        (9, 'hoda_mansour', 'هدى منصور', 'مدرسة رياضيات في المنصورة', 'ar', 'REGULAR', false),
        (10, 'tarek.beats', 'طارق', 'منتج موسيقى', 'ar', 'CREATOR', false),
        (11, 'farida.w', 'Farida Wahba', 'Architect. Old houses, new roofs.', 'en', 'REGULAR', false),
        (12, 'omar.gamal', 'عمر جمال', 'أهلاوي', 'ar', 'REGULAR', false),
        (13, 'zamalek_sara', 'سارة', 'زملكاوية وبفتخر', 'ar', 'REGULAR', false),
        (14, 'aswan.nile', 'حسن النوبي', 'مراكب شراعية في أسوان', 'ar', 'BUSINESS', false),
        (15, 'laila.s', 'ليلى', '', 'ar', 'REGULAR', true),
        (16, 'mahmoud.fix', 'محمود سمير', 'بصلح أي حاجة', 'ar', 'REGULAR', false),
        (17, 'dina.runs', 'Dina Aziz', 'Cairo Runners, Fridays at six.', 'en', 'REGULAR', false),
        (18, 'siwa_oasis', 'إدريس', 'بلح وزيتون من سيوة', 'ar', 'BUSINESS', false),
        (19, 'rana.codes', 'Rana Khalil', 'Postgres, coffee, cats.', 'en', 'REGULAR', false),
        (20, 'port.fouad', 'مينا فوزي', 'صياد هاوي من بورسعيد', 'ar', 'REGULAR', false)
) as person (place, username, name, bio, locale, user_type, is_private)
on conflict do nothing;

insert into api.user_private (user_id, email)
select
    u.id,
    replace(u.username, '.', '_') || '@daira.example'
from api.users as u
where
    u.id > api.id_at(timestamptz '2026-01-01 00:00:00Z')
    and u.id <= api.id_at(timestamptz '2026-01-01 00:00:00Z') + 20
on conflict do nothing;

insert into api.posts (id, author_id, type, content, visibility, media_urls, language, created_at)
select
    api.id_at(now() - post.age) + post.place,
    u.id,
    post.type,
    post.content,
    post.visibility,
    post.media_urls,
    post.language,
    now() - post.age
from (
    values
        (1, 'demo', 'REGULAR', 'Hello, Egypt. This is DAIRA. #first', 'PUBLIC', array[]::text[], 'en',
            interval '9 days'),
        (2, 'mona.hassan', 'REGULAR', 'نور الصبح على كوبري قصر النيل #القاهرة #تصوير', 'PUBLIC',
            array['https://example.com/demo/qasr-el-nil.jpg'], 'ar', interval '3 hours'),
        (3, 'mona.hassan', 'REEL', 'ثلاثين ثانية من شارع المعز بالليل #القاهرة', 'PUBLIC',
            array['https://example.com/demo/muizz.mp4'], 'ar', interval '2 days'),
        (4, 'karim_adel', 'REGULAR', 'حد عنده تجربة مع الأنترنت الهوائي في التجمع؟', 'PUBLIC', array[]::text[], 'ar',
            interval '5 hours'),
        (5, 'karim_adel', 'THREAD', 'ليه نبعد عن قاعدة بيانات واحدة لو هي كفاية؟ #برمجة', 'PUBLIC', array[]::text[],
            'ar', interval '4 days'),
        (6, 'nour.cooks', 'REGULAR', 'صيادية السمك على أصولها، السر في البصل #أكل #إسكندرية', 'PUBLIC',
            array['https://example.com/demo/sayadia.jpg'], 'ar', interval '7 hours'),
        (7, 'nour.cooks', 'STORY', 'السوق فاضي النهاردة', 'PUBLIC', array['https://example.com/demo/market.jpg'], 'ar',
            interval '8 hours'),
        (8, 'ahmed.saleh', 'REGULAR', 'Sixty kilometres before breakfast. The Ring Road is kinder at five. #cycling',
            'PUBLIC', array[]::text[], 'en', interval '10 hours'),
        (9, 'ahmed.saleh', 'REGULAR', 'Lost: one glove, left, somewhere near Wadi Degla.', 'PUBLIC', array[]::text[],
            'en',
            interval '6 days'),
        (10, 'salma_reads', 'REGULAR', 'خلصت «الحرافيش» للمرة التالتة، وكل مرة رواية جديدة #كتب', 'PUBLIC',
            array[]::text[], 'ar', interval '12 hours'),
        (11, 'salma_reads', 'REGULAR', 'ترشيحات قصص قصيرة لو سمحتم #كتب', 'FOLLOWERS', array[]::text[], 'ar',
            interval '5 days'),
        (12, 'khan.crafts', 'REGULAR', 'فوانيس السنة دي نحاس بالكامل #رمضان #خان_الخليلي', 'PUBLIC',
            array['https://example.com/demo/lantern.jpg'], 'ar', interval '1 day'),
        (13, 'youssef.nabil', 'REGULAR',
            'Two dugongs off Marsa Abu Dabbab this morning. Keep your distance, please. #RedSea',
            'PUBLIC', array['https://example.com/demo/dugong.jpg'], 'en', interval '14 hours'),
        (14, 'youssef.nabil', 'REEL', 'Coral spawning, filmed at midnight. #RedSea', 'PUBLIC',
            array['https://example.com/demo/coral.mp4'], 'en', interval '7 days'),
        (15, 'hoda_mansour', 'REGULAR', 'سؤال الأسبوع: كام مربع في رقعة الشطرنج؟ #رياضيات', 'PUBLIC', array[]::text[],
            'ar', interval '16 hours'),
        (16, 'tarek.beats', 'REGULAR', 'مقطع جديد، مقسوم على إلكتروني #مهرجانات', 'PUBLIC',
            array['https://example.com/demo/maqsum.mp3'], 'ar', interval '18 hours'),
        (17, 'farida.w', 'REGULAR', 'A mashrabiya from 1890 that still cools a room better than the fan does. #Cairo',
            'PUBLIC', array['https://example.com/demo/mashrabiya.jpg'], 'en', interval '20 hours'),
        (18, 'omar.gamal', 'REGULAR', 'الدوري طويل يا جماعة #الأهلي', 'PUBLIC', array[]::text[], 'ar',
            interval '22 hours'),
        (19, 'zamalek_sara', 'REGULAR', 'الدوري طويل فعلا #الزمالك', 'PUBLIC', array[]::text[], 'ar',
            interval '21 hours'),
        (20, 'aswan.nile', 'REGULAR', 'الريح شمالي والفلوكة جاهزة #أسوان #النيل', 'PUBLIC',
            array['https://example.com/demo/felucca.jpg'], 'ar', interval '26 hours'),
        (21, 'laila.s', 'REGULAR', 'ده حسابي الخاص', 'FOLLOWERS', array[]::text[], 'ar', interval '28 hours'),
        (22, 'mahmoud.fix', 'REGULAR', 'غسالة بتنط؟ شوف الأرجل الأول قبل ما تكلم حد', 'PUBLIC', array[]::text[], 'ar',
            interval '30 hours'),
        (23, 'dina.runs', 'REGULAR', 'Friday, six o''clock, Merghany. All paces. #CairoRunners', 'PUBLIC',
            array[]::text[],
            'en', interval '32 hours'),
        (24, 'siwa_oasis', 'REGULAR', 'أول زيت السنة نزل من المعصرة #سيوة', 'PUBLIC',
            array['https://example.com/demo/olive-oil.jpg'], 'ar', interval '34 hours'),
        (25, 'rana.codes', 'THREAD', 'Row-level security is a WHERE clause that nobody can forget. #postgres', 'PUBLIC',
            array[]::text[], 'en', interval '36 hours'),
        (26, 'rana.codes', 'REGULAR', 'Note to myself: buy cat food.', 'PRIVATE', array[]::text[], 'en',
            interval '37 hours'),
        (27, 'port.fouad', 'REGULAR', 'دنيس وزن كيلو ونص من على السقالة #بورسعيد #صيد', 'PUBLIC',
            array['https://example.com/demo/bream.jpg'], 'ar', interval '40 hours')
) as post (place, username, type, content, visibility, media_urls, language, age)
inner join api.users as u on u.username = post.username
where not exists (select from api.posts as p where p.author_id = u.id and p.content = post.content);

-- A thread, a poll, a circle that only its members read, and a highlight.
with thread as (
    select
        part.place,
        part.content,
        api.id_at(now() - interval '20 hours') + 100 + part.place as id,
        api.id_at(now() - interval '20 hours') + 101 as root_id
    from (
        values
            (1, 'كوبري قصر النيل في تلات صور #القاهرة'),
            (2, 'الأسود وصلت سنة ١٨٧١، قبل الكوبري ده بستين سنة'),
            (3, 'وأحسن وقت للتصوير: بعد الفجر بربع ساعة')
    ) as part (place, content)
)
insert into api.posts (id, author_id, type, content, language, created_at, thread_root_id, thread_position)
select
    t.id,
    u.id,
    'THREAD',
    t.content,
    'ar',
    now() - interval '20 hours',
    t.root_id,
    t.place
from thread as t
inner join api.users as u on u.username = 'mona.hassan'
where not exists (select from api.posts as p where p.author_id = u.id and p.thread_root_id is not null);

insert into api.polls (post_id, closes_at)
select
    p.id,
    now() + interval '7 days'
from api.posts as p
inner join api.users as u on u.id = p.author_id
where u.username = 'hoda_mansour' and p.content like 'سؤال الأسبوع%'
on conflict do nothing;

insert into api.poll_options (post_id, position, label)
select
    q.post_id,
    answer.place,
    answer.label
from api.polls as q
inner join api.posts as p on p.id = q.post_id
inner join api.users as u on u.id = p.author_id and u.username = 'hoda_mansour'
cross join (values (1, '64'), (2, '65'), (3, '204')) as answer (place, label)
on conflict do nothing;

insert into api.circles (owner_id, name)
select
    u.id,
    'العيلة'
from api.users as u
where u.username = 'nour.cooks'
on conflict do nothing;

insert into api.circle_members (circle_id, member_id)
select
    c.id,
    member.id
from api.circles as c
inner join api.users as owner on owner.id = c.owner_id and owner.username = 'nour.cooks'
inner join api.users as member on member.username in ('demo', 'port.fouad')
where c.name = 'العيلة'
on conflict do nothing;

insert into api.posts (author_id, content, visibility, circle_id, language)
select
    c.owner_id,
    'الغدا عندي يوم الجمعة، محدش يتأخر',
    'CIRCLE',
    c.id,
    'ar'
from api.circles as c
inner join api.users as owner on owner.id = c.owner_id and owner.username = 'nour.cooks'
where c.name = 'العيلة' and not exists (select from api.posts as p where p.circle_id = c.id);

insert into api.highlights (owner_id, title)
select
    u.id,
    'السوق'
from api.users as u
where u.username = 'nour.cooks' and not exists (select from api.highlights as h where h.owner_id = u.id);

insert into api.highlight_items (highlight_id, post_id)
select
    h.id,
    p.id
from api.highlights as h
inner join api.users as u on u.id = h.owner_id and u.username = 'nour.cooks'
inner join api.posts as p on p.author_id = u.id and p.type = 'STORY'
on conflict do nothing;

-- Everybody follows demo's neighbours in the list; demo follows nearly everybody, and one private account.
insert into api.follows (follower_id, followee_id)
select
    follower.id,
    followee.id
from (
    select u.id, u.username, u.is_private, u.id - api.id_at(timestamptz '2026-01-01 00:00:00Z') as place
    from api.users as u
    inner join api.user_private as p on p.user_id = u.id and p.email like '%@daira.example'
) as follower
inner join (
    select u.id, u.username, u.id - api.id_at(timestamptz '2026-01-01 00:00:00Z') as place
    from api.users as u
    inner join api.user_private as p on p.user_id = u.id and p.email like '%@daira.example'
) as followee on followee.id <> follower.id
where
    (follower.username = 'demo' and followee.username <> 'omar.gamal')
    or (follower.username <> 'demo' and (follower.place * 7 + followee.place * 3) % 5 < 2)
on conflict do nothing;

insert into api.reactions (post_id, user_id, kind)
select
    p.id,
    u.id,
    (array['LIKE', 'LIKE', 'LOVE', 'WOW', 'LAUGH'])[1 + (u.id + p.id) % 5]
from api.posts as p
inner join api.user_private as author on author.user_id = p.author_id and author.email like '%@daira.example'
inner join api.user_private as other on other.email like '%@daira.example' and other.user_id <> p.author_id
inner join api.users as u on u.id = other.user_id
where p.visibility = 'PUBLIC' and hashint8(p.id + u.id) % 3 = 0
on conflict do nothing;

insert into api.comments (post_id, author_id, content)
select
    p.id,
    author.id,
    remark.content
from (
    values
        ('mona.hassan', 'نور الصبح', 'demo', 'What a light! Which lens?'),
        ('nour.cooks', 'صيادية', 'port.fouad', 'السر في السمك يا أستاذة'),
        ('hoda_mansour', 'سؤال الأسبوع', 'karim_adel', '204'),
        ('rana.codes', 'Row-level', 'demo', 'Framed and on the wall.'),
        ('youssef.nabil', 'Two dugongs', 'farida.w', 'Lucky you. And lucky them.')
) as remark (owner, beginning, username, content)
inner join api.users as owner on owner.username = remark.owner
inner join api.posts as p on p.author_id = owner.id and p.content like remark.beginning || '%'
inner join api.users as author on author.username = remark.username
where not exists (
    select from api.comments as c
    where c.post_id = p.id and c.author_id = author.id and c.content = remark.content
);

select ops.fold_counters();
