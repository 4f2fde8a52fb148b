-- What the application can't do without. Repeatable: rows are brought up to date, none is removed.

insert into api.governorates (code, name_ar, name_en)
values
    ('EG-ALX', 'الإسكندرية', 'Alexandria'),
    ('EG-ASN', 'أسوان', 'Aswan'),
    ('EG-AST', 'أسيوط', 'Asyut'),
    ('EG-BA', 'البحر الأحمر', 'Red Sea'),
    ('EG-BH', 'البحيرة', 'Beheira'),
    ('EG-BNS', 'بني سويف', 'Beni Suef'),
    ('EG-C', 'القاهرة', 'Cairo'),
    ('EG-DK', 'الدقهلية', 'Dakahlia'),
    ('EG-DT', 'دمياط', 'Damietta'),
    ('EG-FYM', 'الفيوم', 'Faiyum'),
    ('EG-GH', 'الغربية', 'Gharbia'),
    ('EG-GZ', 'الجيزة', 'Giza'),
    ('EG-IS', 'الإسماعيلية', 'Ismailia'),
    ('EG-JS', 'جنوب سيناء', 'South Sinai'),
    ('EG-KB', 'القليوبية', 'Qalyubia'),
    ('EG-KFS', 'كفر الشيخ', 'Kafr El Sheikh'),
    ('EG-KN', 'قنا', 'Qena'),
    ('EG-LX', 'الأقصر', 'Luxor'),
    ('EG-MN', 'المنيا', 'Minya'),
    ('EG-MNF', 'المنوفية', 'Monufia'),
    ('EG-MT', 'مطروح', 'Matrouh'),
    ('EG-PTS', 'بورسعيد', 'Port Said'),
    ('EG-SHG', 'سوهاج', 'Sohag'),
    ('EG-SHR', 'الشرقية', 'Sharqia'),
    ('EG-SIN', 'شمال سيناء', 'North Sinai'),
    ('EG-SUZ', 'السويس', 'Suez'),
    ('EG-WAD', 'الوادي الجديد', 'New Valley')
on conflict (code) do update
set
    name_ar = excluded.name_ar,
    name_en = excluded.name_en;

insert into api.languages (code, name_ar, name_en, is_interface)
values
    ('ar', 'العربية', 'Arabic', true),
    ('en', 'الإنجليزية', 'English', true),
    ('fr', 'الفرنسية', 'French', false),
    ('de', 'الألمانية', 'German', false),
    ('it', 'الإيطالية', 'Italian', false),
    ('es', 'الإسبانية', 'Spanish', false),
    ('tr', 'التركية', 'Turkish', false),
    ('nub', 'النوبية', 'Nubian', false),
    ('siz', 'السيوية', 'Siwi', false)
on conflict (code) do update
set
    name_ar = excluded.name_ar,
    name_en = excluded.name_en,
    is_interface = excluded.is_interface;

insert into ops.reserved_handles (handle, reason)
values
    ('about', 'route'),
    ('admin', 'staff'),
    ('administrator', 'staff'),
    ('ads', 'route'),
    ('anonymous', 'misleading'),
    ('api', 'route'),
    ('auth', 'route'),
    ('daira', 'brand'),
    ('everyone', 'misleading'),
    ('explore', 'route'),
    ('feed', 'route'),
    ('graphql', 'route'),
    ('health', 'route'),
    ('help', 'staff'),
    ('here', 'misleading'),
    ('login', 'route'),
    ('logout', 'route'),
    ('me', 'route'),
    ('metrics', 'route'),
    ('mod', 'staff'),
    ('moderator', 'staff'),
    ('null', 'misleading'),
    ('official', 'staff'),
    ('privacy', 'route'),
    ('register', 'route'),
    ('rest', 'route'),
    ('root', 'staff'),
    ('search', 'route'),
    ('security', 'staff'),
    ('settings', 'route'),
    ('staff', 'staff'),
    ('support', 'staff'),
    ('system', 'staff'),
    ('team', 'staff'),
    ('terms', 'route'),
    ('undefined', 'misleading'),
    ('upload', 'route'),
    ('webmaster', 'staff'),
    ('www', 'route')
on conflict (handle) do update
set reason = excluded.reason;
