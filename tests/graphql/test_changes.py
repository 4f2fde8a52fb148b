"""insertInto, update and deleteFrom collections, on a schema that is not DAIRA's."""

from __future__ import annotations

import pytest
from graphql import print_type

from tests.graphql.conftest import Client, role_api
from tests.support.databases import Database

INSERT = """mutation ($o: [MemberInsertInput!]!) {
    insertIntoMemberCollection(objects: $o) {
        affectedCount
        records {id name loud joined points settings likes mood tutor {name} __typename}
    }
}"""


async def insert(library: Client, *objects: dict[str, object]) -> list[dict[str, object]]:
    answer = (await library.data(INSERT, {"o": list(objects)}))["insertIntoMemberCollection"]
    assert answer["affectedCount"] == len(objects)
    return list(answer["records"])


async def test_a_new_row_with_everything(library: Client) -> None:
    (tutor,) = await insert(library, {"name": "Tutor"})
    (made,) = await insert(
        library,
        {
            "name": "مها",
            "joined": "2026-05-05",
            "points": "9007199254740993",
            "settings": '{"a": [1, null]}',
            "likes": ["NOVEL", "SCIENCE_FICTION"],
            "mood": "SCIENCE_FICTION",
            "tutorId": tutor["id"],
        },
    )
    assert made.pop("id") != tutor["id"]
    assert made == {
        "name": "مها",
        "loud": "مها",
        "joined": "2026-05-05",
        "points": "9007199254740993",
        "settings": '{"a": [1, null]}',
        "likes": ["NOVEL", "SCIENCE_FICTION"],
        "mood": "SCIENCE_FICTION",
        "tutor": {"name": "Tutor"},
        "__typename": "Member",
    }


async def test_absent_values_take_their_defaults_row_by_row(library: Client) -> None:
    one, two, three = await insert(
        library, {"name": "one"}, {"name": "two", "points": 2}, {"name": "three", "joined": "2020-01-01", "mood": None}
    )
    assert [row["points"] for row in (one, two, three)] == ["10", "2", "10"]
    assert [row["joined"] for row in (one, two, three)] == ["2026-01-01", "2026-01-01", "2020-01-01"]


async def test_literals_with_variables(library: Client) -> None:
    document = """mutation ($name: String!, $points: BigInt) {
        insertIntoMemberCollection(objects: {name: $name, points: $points}) {records {name points}}
    }"""
    for variables, points in (({"name": "v"}, "10"), ({"name": "v", "points": "3"}, "3")):
        data = await library.data(document, variables)
        assert data["insertIntoMemberCollection"]["records"] == [{"name": "v", "points": points}]
    error = await library.error(document, {"name": "v", "points": None})
    assert error["extensions"]["code"] == "23502"


async def test_update_within_its_limit(library: Client) -> None:
    await insert(library, {"name": "u1"}, {"name": "u2"})
    document = """mutation ($set: MemberUpdateInput!, $f: MemberFilter, $most: Int!) {
        updateMemberCollection(set: $set, filter: $f, atMost: $most) {affectedCount records {name points settings}}
    }"""
    given = {"set": {"points": 5, "settings": None}, "f": {"name": {"in": ["u1", "u2"]}}, "most": 1}
    error = await library.error(document, given)
    assert (error["message"], error["extensions"]["code"]) == ("update impacts too many records", "21000")
    kept = await library.data('{memberCollection(filter: {name: {eq: "u1"}}) {edges {node {points}}}}')
    assert kept["memberCollection"]["edges"] == [{"node": {"points": "10"}}]
    changed = (await library.data(document, given | {"most": 2}))["updateMemberCollection"]
    assert changed["affectedCount"] == 2
    assert {(row["name"], row["points"], row["settings"]) for row in changed["records"]} == {
        ("u1", "5", None),
        ("u2", "5", None),
    }


async def test_delete_within_its_limit(library: Client) -> None:
    (member,) = await insert(library, {"name": "reader"})
    loans = [{"memberId": member["id"], "bookId": book} for book in ("1", "2", "3")]
    lend = "mutation ($o: [LoanInsertInput!]!) {insertIntoLoanCollection(objects: $o) {affectedCount __typename}}"
    data = await library.data(lend, {"o": loans})
    assert data["insertIntoLoanCollection"] == {"affectedCount": 3, "__typename": "LoanInsertResponse"}
    take = """mutation ($f: LoanFilter, $n: Int! = 1) {
        deleteFromLoanCollection(filter: $f, atMost: $n) {records {book {heading}}}
    }"""
    every = {"f": {"memberId": {"eq": member["id"]}}}
    assert (await library.error(take, every))["message"] == "delete impacts too many records"
    one = {"f": {"memberId": {"eq": member["id"]}, "bookId": {"eq": 1}}}
    assert (await library.data(take, one))["deleteFromLoanCollection"]["records"] == [{"book": {"heading": "The Days"}}]
    assert len((await library.data(take, every | {"n": 5}))["deleteFromLoanCollection"]["records"]) == 2


async def test_changes_in_one_operation_see_each_other(library: Client) -> None:
    data = await library.data(
        """mutation {
            insertIntoMemberCollection(objects: [{name: "both"}]) {affectedCount}
            updateMemberCollection(set: {points: 77}, filter: {name: {eq: "both"}}) {records {points}}
            renameAuthor(id: 99, name: "nobody") {id}
        }"""
    )
    assert data == {
        "insertIntoMemberCollection": {"affectedCount": 1},
        "updateMemberCollection": {"records": [{"points": "77"}]},
        "renameAuthor": None,
    }


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("mutation {insertIntoMemberCollection(objects: []) {affectedCount}}", "At least one record"),
        ("mutation {insertIntoMemberCollection(objects: [{}, {}]) {affectedCount}}", "without any value"),
        ("mutation {updateMemberCollection(set: {}) {affectedCount}}", "At least one mapping"),
        ('mutation {updateMemberCollection(set: {name: "x"}, atMost: -1) {affectedCount}}', "negative"),
        ('mutation {insertIntoMemberCollection(objects: [{name: "x", settings: "{"}]) {affectedCount}}', "JSON"),
    ],
)
async def test_changes_that_say_too_little(library: Client, document: str, message: str) -> None:
    error = await library.error(document)
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert message in error["message"]


async def test_a_row_of_defaults(library: Client) -> None:
    error = await library.error("mutation {insertIntoMemberCollection(objects: [{}]) {affectedCount}}")
    assert error["extensions"]["code"] == "23502"


def test_types_follow_privileges(people: Database) -> None:
    schema = role_api(people, "library", "authenticated").schema
    assert print_type(schema.type_map["MemberInsertInput"]).split("\n") == [
        "input MemberInsertInput {",
        "  name: String",
        "  joined: Date",
        "  points: BigInt",
        "  settings: JSON",
        "  likes: [Genre]",
        "  mood: Genre",
        "  tutorId: Int",
        "  hidden: String",
        "}",
    ]
    assert "hidden" not in print_type(schema.type_map["Member"])
    fields = schema.mutation_type.fields if schema.mutation_type else {}
    assert {name for name in fields if name.endswith("Collection")} == {
        "insertIntoMemberCollection",
        "updateMemberCollection",
        "insertIntoLoanCollection",
        "deleteFromLoanCollection",
        "updateAuthorCollection",
    }
    assert role_api(people, "library", "anon").schema.mutation_type is None


async def test_daira_lets_people_change_their_own(daira: Client) -> None:
    document = """mutation {
        updateUserCollection(set: {bio: "new"}, filter: {id: {eq: 1002}}) {affectedCount records {bio version}}
    }"""
    assert (await daira.data(document))["updateUserCollection"] == {"affectedCount": 0, "records": []}
    data = await daira.data(document, user=1002)
    assert data["updateUserCollection"]["records"][0]["bio"] == "new"
    assert data["updateUserCollection"]["records"][0]["version"] > 1
