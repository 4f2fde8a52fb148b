select row_to_json(t.*)::text
from (select row_to_json("t1_".*) as "me"
from (select) as "q"
left join lateral (select "t1"."username" as "username", "api"."_email"("t1") as "email", row_to_json("t2_".*) as "private", row_to_json("t3_".*) as "settings", row_to_json("t4_".*) as "notificationSettings"
from "api"."me"() as "t1"
left join lateral (select "t2"."email" as "email", "t2"."email_verified_at" as "emailVerifiedAt", "t2"."birth_date" as "birthDate"
from "api"."user_private" as "t2"
where ("t2"."user_id" = "t1"."id")) as "t2_" on true
left join lateral (select "t3"."is_discoverable" as "isDiscoverable", "t3"."message_policy" as "messagePolicy", "t3"."mention_policy" as "mentionPolicy", "t3"."version" as "version"
from "api"."user_settings" as "t3"
where ("t3"."user_id" = "t1"."id")) as "t3_" on true
left join lateral (select "t4"."digest" as "digest"
from "api"."notification_settings" as "t4"
where ("t4"."user_id" = "t1"."id")) as "t4_" on true
where not ("t1" is null)) as "t1_" on true) as t
