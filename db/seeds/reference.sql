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

insert into api.notification_kinds (kind, name_ar, name_en, in_app, push, email)
values
    ('FOLLOW', 'متابع جديد', 'New follower', true, true, false),
    ('FOLLOW_REQUEST', 'طلب متابعة', 'Follow request', true, true, false),
    ('FOLLOW_ACCEPTED', 'قبول طلب المتابعة', 'Follow request accepted', true, true, false),
    ('REACTION', 'تفاعل مع منشورك', 'Reaction to your post', true, true, false),
    ('COMMENT', 'تعليق على منشورك', 'Comment on your post', true, true, false),
    ('REPLY', 'رد على تعليقك', 'Reply to your comment', true, true, false),
    ('COMMENT_LIKE', 'إعجاب بتعليقك', 'Like of your comment', true, false, false),
    ('MENTION', 'ذكرك أحدهم', 'Mention', true, true, false),
    ('QUOTE', 'اقتباس منشورك', 'Quote of your post', true, true, false),
    ('REPOST', 'إعادة نشر منشورك', 'Repost of your post', true, false, false),
    ('POST', 'منشور جديد ممن تتابع', 'New post by somebody you follow', true, false, false),
    ('MESSAGE_REQUEST', 'طلب مراسلة', 'Message request', true, true, false),
    ('ROOM_STARTED', 'بدأ المجلس', 'A room has started', true, true, false),
    ('ROOM_INVITE', 'دعوة إلى مجلس', 'Invitation to a room', true, true, false),
    ('EVENT_INVITE', 'دعوة إلى فعالية', 'Invitation to an event', true, true, false),
    ('EVENT_CHANGED', 'تغيير في فعالية', 'An event has changed', true, true, true),
    ('GROUP_INVITE', 'دعوة إلى حلقة', 'Invitation to a group', true, true, false),
    ('GROUP_REQUEST', 'طلب انضمام إلى حلقة', 'Request to join a group', true, false, false),
    ('VERIFICATION', 'التوثيق', 'Verification', true, true, true),
    ('SECURITY', 'أمان الحساب', 'Account security', true, true, true),
    ('SYSTEM', 'من دائرة', 'From DAIRA', true, false, false)
on conflict (kind) do update
set
    name_ar = excluded.name_ar,
    name_en = excluded.name_en,
    in_app = excluded.in_app,
    push = excluded.push,
    email = excluded.email;
