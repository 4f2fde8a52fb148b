"""Messages, rooms, events and groups through GraphQL, by the names of the product document."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.graphql.conftest import Client

CAIRO = ZoneInfo("Africa/Cairo")

SEND = """mutation ($input: SendMessageInput!) {
    sendMessage(input: $input) {id content thread {id kind} sender {username} replyTo {content}}
}"""
INBOX = """query ($folder: ThreadFolder) {
    inbox(folder: $folder) {
        items {unreadCount thread {kind} lastMessage {content sender {username}}} pageInfo {hasNextPage}
    }
}"""
NOUR, OMAR, ALAA = 1001, 1002, 1004


async def send(daira: Client, user: int, **given: Any) -> dict[str, Any]:
    return dict((await daira.data(SEND, {"input": given}, user=user))["sendMessage"])


async def folder(daira: Client, user: int, name: str) -> list[dict[str, Any]]:
    return list((await daira.data(INBOX, {"folder": name}, user=user))["inbox"]["items"])


async def test_a_message_arrives_in_the_inbox_of_who_follows_and_is_answered(daira: Client) -> None:
    sent = await send(daira, NOUR, recipientId=str(OMAR), content="أهلا")
    (item,) = await folder(daira, OMAR, "INBOX")
    assert item == {
        "unreadCount": 1,
        "thread": {"kind": "DIRECT"},
        "lastMessage": {"content": "أهلا", "sender": {"username": "nour"}},
    }
    answer = await send(daira, OMAR, threadId=sent["thread"]["id"], content="hi", replyToId=sent["id"])
    assert answer["replyTo"] == {"content": "أهلا"}
    assert answer["thread"] == sent["thread"]


async def test_sending_again_with_the_same_key_sends_nothing(daira: Client) -> None:
    given = {"recipientId": str(OMAR), "content": "once", "clientId": "7a5d0b8e-5a53-4a3f-9d3c-0a6f7a1b2c3d"}
    assert await send(daira, NOUR, **given) == await send(daira, NOUR, **given)


async def test_a_stranger_s_message_is_a_request(daira: Client) -> None:
    await send(daira, NOUR, recipientId=str(ALAA), content="hello")
    assert await folder(daira, ALAA, "INBOX") == []
    assert [item["lastMessage"]["content"] for item in await folder(daira, ALAA, "REQUESTS")] == ["hello"]


async def test_who_is_not_there_and_who_blocks_answer_alike(daira: Client) -> None:
    await daira.data(
        "mutation ($b: BigInt!) {insertIntoBlockCollection(objects: [{blockedId: $b}]) {affectedCount}}",
        {"b": str(NOUR)},
        user=1003,
    )
    blocked, missing = [
        await daira.error(SEND, {"input": {"recipientId": person, "content": "x"}}) for person in ("1003", "999")
    ]
    assert blocked == missing
    assert blocked["extensions"]["code"] == "DA404"


async def test_a_group_conversation_and_what_is_new_in_all(daira: Client) -> None:
    made = await daira.data(
        "mutation ($i: CreateGroupThreadInput!) {createGroupThread(input: $i) {id title}}",
        {"i": {"title": "شلة", "memberIds": [str(OMAR)]}},
    )
    thread = made["createGroupThread"]
    await send(daira, NOUR, threadId=thread["id"], content="to all")
    page = (await daira.data("{syncMessages {messages {content} cursor hasMore}}", user=OMAR))["syncMessages"]
    assert page["messages"][-1] == {"content": "to all"}
    assert not page["hasMore"]


async def test_a_room_is_created_and_joined(daira: Client) -> None:
    made = await daira.data(
        """mutation ($i: CreateRoomInput!) {
            createRoom(input: $i) {id title state creator {username} members {edges {node {role}}}}
        }""",
        {"i": {"title": "مجلس", "audience": "PUBLIC"}},
    )
    room = made["createRoom"]
    assert room["state"] == "OPEN"
    assert [edge["node"]["role"] for edge in room["members"]["edges"]] == ["HOST"]
    joined = await daira.data(
        "mutation ($r: BigInt!) {joinRoom(roomId: $r) {role room {memberCount}}}", {"r": room["id"]}, user=OMAR
    )
    assert joined["joinRoom"] == {"role": "LISTENER", "room": {"memberCount": 2}}


async def test_an_event_is_announced_and_answered(daira: Client) -> None:
    evening = datetime.now(CAIRO).replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=7)
    made = await daira.data(
        "mutation ($i: CreateEventInput!) {createEvent(input: $i) {id startsAtLocal timeZone}}",
        {"i": {"title": "إفطار", "startsAt": evening.isoformat(), "capacity": 10}},
    )
    event = made["createEvent"]
    assert (event["startsAtLocal"], event["timeZone"]) == (f"{evening:%Y-%m-%dT18:00:00}", "Africa/Cairo")
    answered = await daira.data(
        "mutation ($e: BigInt!) {rsvpEvent(eventId: $e, answer: GOING) {answer isWaiting event {goingCount}}}",
        {"e": event["id"]},
        user=OMAR,
    )
    assert answered["rsvpEvent"] == {"answer": "GOING", "isWaiting": False, "event": {"goingCount": 1}}


async def test_a_private_group_is_seen_by_its_members_only(daira: Client) -> None:
    made = await daira.data(
        "mutation ($i: CreateGroupInput!) {createGroup(input: $i) {id joinRule myRole memberCount}}",
        {"i": {"name": "حلقة", "isPrivate": True}},
    )
    group = made["createGroup"]
    assert (group["joinRule"], group["myRole"], group["memberCount"]) == ("INVITE", "OWNER", 1)
    await daira.data('mutation ($g: BigInt!) {createGroupPost(groupId: $g, content: "بيننا") {id}}', {"g": group["id"]})
    seen = """query ($g: BigInt!) {
        groupCollection(filter: {id: {eq: $g}}) {edges {node {posts {edges {node {content}}}}}}
        postCollection(filter: {groupId: {eq: $g}}) {edges {node {content}}}
    }"""
    mine = await daira.data(seen, {"g": group["id"]})
    assert mine["groupCollection"]["edges"][0]["node"]["posts"] == mine["postCollection"]
    assert mine["postCollection"]["edges"] == [{"node": {"content": "بيننا"}}]
    theirs = await daira.data(seen, {"g": group["id"]}, user=OMAR)
    assert theirs == {"groupCollection": {"edges": []}, "postCollection": {"edges": []}}
