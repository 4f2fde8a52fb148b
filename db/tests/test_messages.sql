-- Conversations: who finds whom, what a stranger's first message does, who sees which message, and what nobody is told.
begin;
select no_plan();

select tap.people();
create function pg_temp.act(who bigint) returns setof text language plpgsql as $$
begin
    perform set_config('app.user_id', who::text, true);
end
$$;
create function pg_temp.send(recipient bigint, content text, thread bigint default null, key uuid default null)
returns bigint language sql
as $$ select (api.send_message(row(thread, recipient, content, null, null, key)::api.send_message_input)).id::bigint $$;
create function pg_temp.texts(thread bigint default null) returns text[] language sql
as $$
    select coalesce(array_agg(content order by id), '{}') from api.messages where thread_id = coalesce(thread, thread_id)
$$;
create function pg_temp.folder(name text) returns text[] language sql
as $$ select coalesce(array_agg((i.last_message).content), '{}') from unnest((api.inbox(name)).items) as i $$;
create function pg_temp.between(one bigint, other bigint) returns bigint language sql security definer
as $$ select thread_id from feed.direct_threads where low_id = least(one, other) and high_id = greatest(one, other) $$;
create function pg_temp.group_of_three() returns bigint language sql security definer
as $$ select id::bigint from api.message_threads where title = 'three' $$;
create temporary table page of api.message_page on commit drop;
grant select, insert on page to authenticated;

-- Samir, a stranger, writes to Mona.
set local role authenticated;
set local app.user_id = '3';
select is(kind::text, 'DIRECT', 'a conversation is opened') from api.open_direct_thread(1);
select is(count(*), 2::bigint, 'he sees both who take part') from api.thread_members;
set local app.user_id = '1';
select is_empty('select from api.message_threads', 'she sees nothing of it before he writes');
select is_empty('select from api.thread_members', 'not even that she is in it');
set local app.user_id = '3';
select isnt(pg_temp.send(1, 'good morning'), null, 'he writes');
select is(pg_temp.between(1, 3), (select thread_id::bigint from api.messages), 'in their one conversation');
select is(pg_temp.folder('INBOX'), '{good morning}', 'which stands in his inbox');
set local app.user_id = '1';
select is(pg_temp.folder('INBOX'), '{}', 'but not in hers');
select is(pg_temp.folder('REQUESTS'), '{good morning}', 'she finds it among the requests');
select is(api.count_unread_threads(), 0, 'which do not count as unread');
select is(count(*), 1::bigint, 'declining puts it away') from api.decline_thread(pg_temp.between(1, 3));
select is(pg_temp.folder('REQUESTS') || pg_temp.folder('DECLINED'), '{}', 'for good');
select is(pg_temp.texts(), '{}', 'with all that is in it');
set local app.user_id = '3';
select isnt(pg_temp.send(null, 'are you there?', pg_temp.between(1, 3)), null, 'he is told nothing and writes on');
select is(pg_temp.texts(), array['good morning', 'are you there?'], 'and sees what he wrote');
select is_empty('select * from api.read_receipts(pg_temp.between(1, 3))', 'nobody has read it, as far as he knows');
select is(count(*), 1::bigint, 'her side of it is hers') from api.thread_states;
set local app.user_id = '1';
select throws_ok('select api.accept_thread(pg_temp.between(1, 3))', 'DA404', null, 'a declined request is gone');
select isnt(pg_temp.send(3, 'yes?'), null, 'unless she writes to him');
select is(pg_temp.folder('INBOX'), '{yes?}', 'which brings it back');

-- Who may write.
select throws_ok('select pg_temp.send(4, $$x$$)', 'DA404', null, 'nobody writes to whom they block');
select throws_ok('select pg_temp.send(6, $$x$$)', 'DA404', null, 'nor to a closed account');
select throws_ok('select pg_temp.send(999, $$x$$)', 'DA404', null, 'nor to nobody, which answers the same');
select throws_ok('select pg_temp.send(9, $$x$$)', 'DA404', null, 'nor to a suspended one');
select throws_ok('select pg_temp.send(1, $$x$$)', 'DA400', null, 'nor to oneself');
select throws_ok('select pg_temp.send(null, $$x$$)', 'DA400', null, 'nor to nowhere');
select throws_ok('select pg_temp.send(8, $$x$$)', 'DA403', null, 'a minor takes no strangers'' messages');
select throws_ok('select pg_temp.send(3, $$$$)', '23514', null, 'an empty message is refused');
set local app.user_id = '4';
select throws_ok('select api.open_direct_thread(1)', 'DA404', null, 'a blocked person does not find her');
set local app.user_id = '9';
select throws_ok('select pg_temp.send(1, $$x$$)', 'DA403', null, 'a suspended one writes to nobody');
reset role;
set local app.user_id = '';
update api.user_settings set message_policy = 'FOLLOWED' where user_id = 2;
update api.user_settings set message_policy = 'NOBODY' where user_id = 5;
set local role authenticated;
set local app.user_id = '7';
select throws_ok('select pg_temp.send(2, $$x$$)', 'DA403', null, 'Farid takes messages from those whom he follows');
reset role;
set local app.user_id = '';
insert into api.follows (follower_id, followee_id) values (2, 3);
set local role authenticated;
set local app.user_id = '3';
select isnt(pg_temp.send(2, 'hello Farid'), null, 'such as Samir');
select throws_ok('select pg_temp.send(5, $$x$$)', 'DA403', null, 'Lubna from nobody');
set local app.user_id = '2';
select is(pg_temp.folder('INBOX'), '{hello Farid}', 'which come straight to the inbox');
select is(api.count_unread_threads(), 1, 'unread');

-- A key sends once.
set local app.user_id = '3';
select is(
    pg_temp.send(2, 'once', null, '00000000-0000-0000-0000-000000000001'),
    pg_temp.send(2, 'twice', null, '00000000-0000-0000-0000-000000000001'), 'the same key answers the same message'
);
select is(pg_temp.texts(pg_temp.between(2, 3)), array['hello Farid', 'once'], 'which was sent once');
set local app.user_id = '2';
select isnt(
    pg_temp.send(3, 'mine', null, '00000000-0000-0000-0000-000000000001'), null, 'another person''s key is another key'
);

-- Reading, reacting, answering.
select is(last_read_id::bigint, (select max(id)::bigint from api.messages), 'he reads to the end')
from api.mark_thread_read(pg_temp.between(2, 3), 9000000000000000000);
select is(last_read_id::bigint, (select max(id)::bigint from api.messages), 'and never back')
from api.mark_thread_read(pg_temp.between(2, 3), 1);
select is(api.count_unread_threads(), 0, 'nothing is unread');
select is(api._unread_count(s), 0, 'nor counted on his side') from api.thread_states as s;
select lives_ok(
    $$ select api.react_message((select min(id) from api.messages), 'LOVE') $$, 'he reacts'
);
select is(kind::text, 'WOW', 'and thinks better of it')
from api.react_message((select min(id)::bigint from api.messages), 'WOW');
select is(count(*), 1::bigint, 'one reaction is his') from api.message_reactions;
set local app.user_id = '3';
select is(api._unread_count(s), 1, 'what he wrote is unread there') from api.thread_states as s
where s.thread_id = pg_temp.between(2, 3);
select results_eq(
    'select user_id::bigint from api.read_receipts(pg_temp.between(2, 3))', array[2::bigint], 'Samir sees that he read'
);
select is(count(*), 1::bigint, 'and reacted') from api.message_reactions;
set local app.user_id = '7';
select is_empty('select from api.message_reactions', 'who is not in it sees no reaction');
set local app.user_id = '2';
select lives_ok('select api.react_message((select min(id) from api.messages), null)', 'he takes it back');
select is_empty('select from api.message_reactions', 'and it is gone');
select is(content, 'answer', 'he answers') from api.send_message(
    row(pg_temp.between(2, 3), null, 'answer', null, (select min(id) from api.messages), null)::api.send_message_input
);
select throws_ok(
    format($$ select api.send_message(row(%s, null, 'x', null, 1, null)) $$, pg_temp.between(2, 3)), 'DA404', null,
    'but nothing that is not there'
);
set local app.user_id = '7';
select is_empty('select from api.messages', 'who is not in it sees no message');
select is_empty('select from api.message_threads', 'no conversation');
select is_empty('select from api.thread_members', 'nobody in it');
select is_empty('select * from api.read_receipts(pg_temp.between(2, 3))', 'no receipt');
select is(cardinality((api.sync_messages()).messages), 0, 'and is sent none');
select throws_ok(format('select pg_temp.send(null, $$x$$, %s)', pg_temp.between(2, 3)), 'DA404', null, 'nor writes there');
select throws_ok(format('select api.mark_thread_read(%s, 1)', pg_temp.between(2, 3)), 'DA404', null, 'nor reads there');
select throws_ok('select api.mark_thread_read(1, 1)', 'DA404', null, 'as if it were not there');

-- Changing and deleting.
set local app.user_id = '3';
select is(content || (edited_at is not null), 'hello, Faridtrue', 'Samir changes his words, which shows')
from api.edit_message((select min(id)::bigint from api.messages where thread_id = pg_temp.between(2, 3)), 'hello, Farid');
set local app.user_id = '2';
select throws_ok(
    'select api.edit_message((select min(id) from api.messages), $$forged$$)', 'DA404', null, 'Farid does not change them'
);
select throws_ok(
    'select api.delete_message((select min(id) from api.messages), true)', 'DA404', null, 'nor takes them from others'
);
select lives_ok('select api.delete_message((select min(id) from api.messages))', 'he deletes them for himself');
select isnt(pg_temp.texts() @> '{"hello, Farid"}', true, 'and sees them no more');
select is((api.inbox()).items[1].unread_count, 0, 'his inbox goes on');
set local app.user_id = '3';
select is(pg_temp.texts(pg_temp.between(2, 3)) @> '{"hello, Farid"}', true, 'Samir still does');
select is(content || (deleted_at is not null), 'true', 'he deletes for everyone: a mark is left')
from api.delete_message((select min(id)::bigint from api.messages where thread_id = pg_temp.between(2, 3)), true);
reset role;
set local app.user_id = '';
alter table api.messages disable trigger messages_keep;
update api.messages set created_at = now() - interval '16 minutes' where content = 'once';
update api.messages set created_at = now() - interval '61 minutes' where content = 'are you there?';
alter table api.messages enable trigger messages_keep;
set local role authenticated;
set local app.user_id = '3';
select throws_ok(
    $$ select api.edit_message((select id from api.messages where content = 'once'), 'x') $$, 'DA403', null,
    'after a quarter of an hour words stay what they are'
);
select lives_ok(
    $$ select api.delete_message((select id from api.messages where content = 'once'), true) $$, 'but can be deleted'
);
select throws_ok(
    $$ select api.delete_message((select id from api.messages where content = 'are you there?'), true) $$, 'DA403', null,
    'for an hour'
);

-- Blocking ends writing, not history.
set local app.user_id = '3';
insert into api.blocks (blocked_id) values (2);
set local app.user_id = '2';
select isnt(pg_temp.texts(), '{}', 'Farid still has what was said');
select throws_ok(
    format('select pg_temp.send(null, $$x$$, %s)', pg_temp.between(2, 3)), 'DA404', null, 'but writes no more'
);
select throws_ok('select pg_temp.send(3, $$x$$)', 'DA404', null, 'whichever way he tries');
select throws_ok(
    format('select api.react_message(%s)', (select max(id) from api.messages)), 'DA404', null, 'nor reacts'
);
select throws_ok(
    format('select api.edit_message(%s, $$x$$)', (select max(id) from api.messages where sender_id = 2)), 'DA404', null,
    'nor changes what he wrote'
);
select is(count(*), 1::bigint, 'he does not see who it was') from api.thread_members;
set local app.user_id = '3';
select throws_ok(
    format('select pg_temp.send(null, $$x$$, %s)', pg_temp.between(2, 3)), 'DA404', null, 'neither does who blocked'
);
delete from api.blocks where blocked_id = 2;
select isnt(pg_temp.send(2, 'sorry'), null, 'until it is over');
set local app.user_id = '2';
insert into api.follows (followee_id) values (3);
set local app.user_id = '3';

-- A group.
select is(title, 'three', 'Samir begins a group')
from api.create_group_thread(row('three', array[1, 2], null)::api.create_group_thread_input);
select isnt(pg_temp.send(null, 'first', pg_temp.group_of_three()), null, 'and writes');
set local app.user_id = '1';
select is(pg_temp.folder('REQUESTS'), '{first}', 'a stranger''s invitation is a request');
select isnt(api.accept_thread(pg_temp.group_of_three()), null, 'which Mona accepts');
select throws_ok(
    format('select api.add_thread_members(%s, array[7])', pg_temp.group_of_three()), 'DA403', null, 'a member adds nobody'
);
select throws_ok(
    format('select api.update_thread(%s, $$hers$$)', pg_temp.group_of_three()), 'DA403', null, 'nor names the group'
);
select throws_ok(
    format('select api.remove_thread_member(%s, 2)', pg_temp.group_of_three()), 'DA403', null, 'nor removes anybody'
);
set local app.user_id = '3';
select is(count(*), 1::bigint, 'Samir adds Dina') from api.add_thread_members(pg_temp.group_of_three(), array[7]);
select throws_ok(
    format('select api.add_thread_members(%s, array[5])', pg_temp.group_of_three()), 'DA403', null, 'Lubna can''t be added'
);
select throws_ok(
    format('select api.add_thread_members(%s, array[8])', pg_temp.group_of_three()), 'DA403', null, 'nor the minor'
);
select throws_ok(
    format('select api.add_thread_members(%s, array[999])', pg_temp.group_of_three()), 'DA404', null, 'nor nobody'
);
select throws_ok(
    format('select api.add_thread_members(%s, array[7])', pg_temp.between(2, 3)), 'DA403', null, 'nor to two people''s talk'
);
select isnt(pg_temp.send(null, 'second', pg_temp.group_of_three()), null, 'he writes again');
set local app.user_id = '7';
select is(pg_temp.texts(), '{second}', 'Dina sees what was written from then on');
select is(count(*), 4::bigint, 'and who is there') from api.thread_members;
set local app.user_id = '1';
insert into api.blocks (blocked_id) values (3);
select is(pg_temp.texts(pg_temp.group_of_three()), '{}', 'whom one blocks one does not read in a group either');
select is(count(*), 3::bigint, 'nor sees there') from api.thread_members where thread_id = pg_temp.group_of_three();
select isnt(pg_temp.send(null, 'third', pg_temp.group_of_three()), null, 'but writes to the others');
set local app.user_id = '3';
select is(pg_temp.texts(pg_temp.group_of_three()), array['first', 'second'], 'and is not read by the blocked');
set local app.user_id = '2';
select is(pg_temp.texts(pg_temp.group_of_three()), array['first', 'second', 'third'], 'the others read everybody');
set local app.user_id = '3';
select isnt(api.set_thread_role(pg_temp.group_of_three(), 2, 'ADMIN'), null, 'Farid becomes an admin');
select throws_ok(
    format('select api.set_thread_role(%s, 3, $$MEMBER$$)', pg_temp.group_of_three()), 'DA409', null,
    'a group keeps an owner'
);
set local app.user_id = '2';
select throws_ok(
    format('select api.remove_thread_member(%s, 3)', pg_temp.group_of_three()), 'DA403', null, 'who is not removed by an admin'
);
select isnt(api.remove_thread_member(pg_temp.group_of_three(), 7), null, 'a member is');
select isnt(pg_temp.send(null, 'fourth', pg_temp.group_of_three()), null, 'life goes on');
set local app.user_id = '7';
select is(pg_temp.texts(), array['second', 'third'], 'a removed member keeps what was, and sees nothing new');
select is_empty('select from api.thread_members', 'nor who is there');
select throws_ok(
    format('select pg_temp.send(null, $$x$$, %s)', pg_temp.group_of_three()), 'DA404', null, 'nor writes'
);
set local app.user_id = '3';
select isnt(api.leave_thread(pg_temp.group_of_three()), null, 'the owner leaves');
select throws_ok('select api.leave_thread(pg_temp.between(2, 3))', 'DA403', null, 'a talk of two is not left');
reset role;
set local app.user_id = '';
select is(role::text, 'OWNER', 'and the admin takes over') from api.thread_members
where thread_id = pg_temp.group_of_three() and user_id = 2;

-- Disappearing messages.
set local role authenticated;
set local app.user_id = '2';
select is(disappear_after, 60, 'a minute is set') from api.update_thread(pg_temp.group_of_three(), null, 60);
select isnt(pg_temp.send(null, 'in passing', pg_temp.group_of_three()), null, 'something is written');
select is(expires_at - created_at, interval '1 minute', 'for a minute') from api.messages where content = 'in passing';
reset role;
set local app.user_id = '';
update api.messages set expires_at = now() - interval '1 second' where content = 'in passing';
set local role authenticated;
set local app.user_id = '2';
select is(pg_temp.texts() @> '{in passing}', false, 'then nobody sees it');
select is((api.inbox()).items[1].last_message.content, 'fourth', 'nor in the inbox');
reset role;
set local app.user_id = '';
select is(ops.remove_expired_messages(), 1, 'and a job removes it');
select is(ops.remove_expired_messages(), 0, 'once');
set local role authenticated;
set local app.user_id = '2';
select is(disappear_after, null, 'the setting ends') from api.update_thread(pg_temp.group_of_three(), null, 0);

-- Sides of one's own.
set local app.user_id = '1';
select is(api.count_unread_threads(), 1, 'Mona has something unread');
select is(muted_until > now(), true, 'she mutes it') from api.mute_thread(pg_temp.group_of_three());
select is(api.count_unread_threads(), 0, 'and it does not count');
select lives_ok('select api.clear_thread(pg_temp.between(1, 3))', 'she clears a talk');
select is(pg_temp.texts(pg_temp.between(1, 3)), '{}', 'for herself');
reset role;
set local app.user_id = '';
delete from api.blocks where blocker_id = 1 and blocked_id = 3;
set local role authenticated;
set local app.user_id = '3';
select isnt(pg_temp.texts(pg_temp.between(1, 3)), '{}', 'Samir keeps his');

-- Everything since the cursor.
set local app.user_id = '2';
insert into page select * from api.sync_messages(null, 2);
select is(cardinality(messages), 1, 'a page of two, of which one was deleted for him') from page;
select is(has_more, true, 'and there is more') from page;
select is(
    (select count(*) from unnest((api.sync_messages(page.cursor, 200)).messages)) + 1, (select count(*) from api.messages),
    'the next one has the rest'
) from page;
select is(
    (api.sync_messages((api.sync_messages((select cursor from page))).cursor)).messages is not null, true,
    'the last cursor gives what is newest again, for messages that were being sent'
);
select throws_ok('select api.sync_messages($$i:1$$)', 'DA400', null, 'a foreign cursor is refused');
select throws_ok('select api.inbox($$INBOX$$, $$; drop$$)', 'DA400', null, 'so is nonsense');

-- Others.
reset role;
set local app.user_id = '';
update api.users set state = 'DEACTIVATED' where id = 3;
set local role authenticated;
set local app.user_id = '2';
select is_empty('select from api.messages where sender_id = 3', 'who has put the account away is not read for a while');
set local role moderator;
set local app.user_id = '5';
select is_empty('select from api.messages', 'a moderator reads nobody''s messages');
set local role anon;
set local app.user_id = '';
select throws_ok('select from api.messages', '42501', null, 'a visitor none');
select throws_ok('select pg_temp.send(1, $$x$$)', '42501', null, 'and sends none');
reset role;
set local app.user_id = '';
select isnt_empty('select from api.messages where sender_id = 3', 'the superuser still reads them');
select is(ops.remove_old_message_keys(), 0, 'keys of today are kept');

select * from finish();
rollback;
