"""The contract on a schema that is not DAIRA's."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.graphql.conftest import Client


def titles(page: dict[str, Any]) -> list[str]:
    return [edge["node"]["heading"] for edge in page["edges"]]


async def test_scalars(library: Client) -> None:
    data = await library.data(
        '{bookCollection(filter: {id: {eq: "1"}}) {edges {node '
        "{id heading price genre tags sizes data shelf rating isbn added __typename}}}}"
    )
    assert data["bookCollection"]["edges"][0]["node"] == {
        "id": "1",
        "heading": "The Days",
        "price": "10.50",
        "genre": "NOVEL",
        "tags": ["memoir", "classic"],
        "sizes": ["9007199254740993", None],
        "data": '{"pages": 3}',
        "shelf": "A1",
        "rating": 4.5,
        "isbn": None,
        "added": "2026-01-01T00:00:00+00:00",
        "__typename": "Book",
    }


@pytest.mark.parametrize(
    ("filter_", "ids"),
    [
        ('{id: {eq: "2"}}', "2"),
        ("{id: {neq: 2}}", "1345"),
        ("{id: {gt: 1, lte: 3}}", "23"),
        ('{id: {in: ["1", "5", "9"]}}', "15"),
        ("{id: {in: []}}", ""),
        ("{id: {in: 4}}", "4"),
        ("{genre: {eq: SCIENCE_FICTION}}", "3"),
        ("{genre: {in: [NOVEL, poetry]}}", "124"),
        ("{genre: {is: NULL}}", "5"),
        ("{genre: {is: NOT_NULL}}", "1234"),
        ("{genre: {eq: null}}", ""),
        ("{genre: null, id: {}}", "12345"),
        ('{heading: {startsWith: "Pa"}}', "2"),
        ('{heading: {like: "%a%"}}', "1235"),
        ('{heading: {ilike: "%ARABIAN%"}}', "3"),
        ('{heading: {regex: "^[PV]"}}', "24"),
        ('{heading: {iregex: "^[pv]"}}', "24"),
        ('{price: {gte: "10.5"}}', "12"),
        ("{price: {lt: 5.5}}", "45"),
        ("{rating: {gt: 3}}", "13"),
        ('{tags: {contains: ["classic"]}}', "12"),
        ('{tags: {overlaps: ["memoir", "c\\"d"]}}', "14"),
        ('{tags: {containedBy: ["a\\\\b", "c\\"d"]}}', "345"),
        ("{tags: {eq: []}}", "35"),
        ('{isbn: {eq: "00000000-0000-0000-0000-000000000002"}}', "2"),
        ('{added: {gt: "2025-12-31T23:00:00+01:00"}}', "12345"),
        ('{shelf: {eq: "A1"}}', "12"),
        ('{or: [{id: {eq: 1}}, {heading: {eq: "Last"}}]}', "15"),
        ("{or: {id: {eq: 1}, genre: {is: NULL}}}", ""),
        ("{and: [{id: {gt: 1}}, {id: {lt: 4}}], genre: {eq: NOVEL}}", "2"),
        ("{not: {genre: {eq: NOVEL}}}", "34"),
        ("{and: [], or: [], not: {}}", "12345"),
        ("{or: [{id: {eq: 1}}, {}]}", "1"),
        ("{not: {or: [{id: {lt: 3}}, {not: {id: {lt: 5}}}]}}", "34"),
    ],
)
async def test_filters(library: Client, filter_: str, ids: str) -> None:
    page = f"bookCollection(filter: {filter_}, first: 3"
    data = await library.data(
        f"{{a: {page}) {{edges {{node {{id}}}}}} b: {page}, offset: 3) {{edges {{node {{id}}}}}}}}"
    )
    found = [edge["node"]["id"] for edge in (*data["a"]["edges"], *data["b"]["edges"])]
    assert "".join(found) == ids


async def test_filters_from_variables(library: Client) -> None:
    document = "query ($f: BookFilter, $n: Int) {bookCollection(filter: $f, first: $n) {edges {node {heading}}}}"
    for variables, expected in (
        ({"f": {"id": {"gt": "1", "in": [2, "3"]}}, "n": 1}, ["Palace Walk"]),
        ({"f": {"or": [{"id": {"eq": 1}}, {"genre": {"is": "NULL"}}]}}, ["The Days", "Last"]),
        ({"f": None, "n": None}, ["The Days", "Palace Walk", "Arabian Nights"]),
        ({}, ["The Days", "Palace Walk", "Arabian Nights"]),
        ({"f": {"not": {"tags": {"contains": "classic"}}}, "n": 9}, ["Arabian Nights", "Verses", "Last"]),
    ):
        assert titles((await library.data(document, variables))["bookCollection"]) == expected


async def test_variables_inside_literals(library: Client) -> None:
    data = await library.data(
        "query ($a: BigInt, $b: BigInt!, $t: String) "
        "{bookCollection(filter: {or: [{id: {in: [$b, 3]}}, {id: {eq: $a}}, {heading: {eq: $t}}]}) "
        "{edges {node {heading}}}}",
        {"b": "1", "a": None},
    )
    assert titles(data["bookCollection"]) == ["The Days", "Arabian Nights"]


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("{heading: AscNullsLast}", ["3", "5", "2"]),
        ("{rating: DescNullsLast}", ["1", "3", "4"]),
        ("{rating: DescNullsFirst}", ["2", "5", "1"]),
        ("{rating: AscNullsFirst}", ["2", "5", "4"]),
        ("[{genre: AscNullsLast}, {id: DescNullsLast}]", ["2", "1", "4"]),
        ("[{}, {id: DescNullsFirst}]", ["5", "4", "3"]),
    ],
)
async def test_order_and_the_next_page(library: Client, order: str, ids: list[str]) -> None:
    document = (
        f"query ($c: Cursor) {{bookCollection(orderBy: {order}, after: $c) "
        "{edges {cursor node {id}} pageInfo {hasNextPage hasPreviousPage endCursor}}}"
    )
    first = (await library.data(document))["bookCollection"]
    assert [edge["node"]["id"] for edge in first["edges"]] == ids
    assert first["pageInfo"]["hasNextPage"]
    assert not first["pageInfo"]["hasPreviousPage"]
    seen = list(ids)
    for cut in (1, 2):
        rest = (await library.data(document, {"c": first["edges"][cut]["cursor"]}))["bookCollection"]
        assert rest["pageInfo"]["hasPreviousPage"]
        seen = ids[: cut + 1] + [edge["node"]["id"] for edge in rest["edges"]]
    assert sorted(seen) == ["1", "2", "3", "4", "5"]
    assert not rest["pageInfo"]["hasNextPage"]


async def test_pages_from_the_end(library: Client) -> None:
    document = (
        "query ($c: Cursor) {bookCollection(last: 2, before: $c) "
        "{edges {cursor node {id}} pageInfo {hasNextPage hasPreviousPage startCursor endCursor}}}"
    )
    last = (await library.data(document))["bookCollection"]
    assert [edge["node"]["id"] for edge in last["edges"]] == ["4", "5"]
    assert (last["pageInfo"]["hasNextPage"], last["pageInfo"]["hasPreviousPage"]) == (False, True)
    assert [last["pageInfo"][key] for key in ("startCursor", "endCursor")] == [edge["cursor"] for edge in last["edges"]]
    before = (await library.data(document, {"c": base64.b64encode(b"[3]").decode()}))["bookCollection"]
    assert [edge["node"]["id"] for edge in before["edges"]] == ["1", "2"]
    assert (before["pageInfo"]["hasNextPage"], before["pageInfo"]["hasPreviousPage"]) == (True, False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("first: 1, last: 1", "together"),
        ('after: "WzFd", before: "WzFd"', "together"),
        ('last: 1, after: "WzFd"', "together"),
        ("first: -1", "negative"),
        ("offset: -1", "negative"),
        ('after: "nonsense"', "cursor"),
        ('after: "WzEsMl0="', "cursor"),
        ('after: "W3t9XQ=="', "cursor"),
        ("orderBy: [{id: AscNullsLast, heading: AscNullsLast}]", "one field"),
    ],
)
async def test_contradictory_pages(library: Client, arguments: str, message: str) -> None:
    error = await library.error(f"{{bookCollection({arguments}) {{edges {{cursor}}}}}}")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert message in error["message"]


async def test_total_count_offset_and_empty_pages(library: Client) -> None:
    data = await library.data(
        "{a: bookCollection(filter: {id: {lt: 4}}, offset: 2, first: 5) "
        "{totalCount edges {node {id}} pageInfo {hasPreviousPage}} b: bookCollection {totalCount __typename}"
        " c: bookCollection(first: 0) {edges {cursor} pageInfo {hasNextPage startCursor}}"
        " d: bookCollection(filter: {id: {eq: 77}}) {edges {cursor}"
        " pageInfo {hasNextPage hasPreviousPage endCursor __typename}}}"
    )
    assert data["a"] == {"totalCount": 3, "edges": [{"node": {"id": "3"}}], "pageInfo": {"hasPreviousPage": True}}
    assert data["b"] == {"totalCount": 5, "__typename": "BookConnection"}
    assert data["c"] == {"edges": [], "pageInfo": {"hasNextPage": True, "startCursor": None}}
    assert data["d"]["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "endCursor": None,
        "__typename": "PageInfo",
    }


async def test_links_in_all_directions(library: Client) -> None:
    data = await library.data(
        "{authorCollection {edges {node {fullName loud bornOn bookCollection(first: 1) {edges {node {heading}}}"
        " booksOf(orderBy: [{id: DescNullsLast}], first: 1) {edges {cursor node {heading}} pageInfo {hasNextPage}}"
        " firstBook {heading cover {colour book {id}} author {id} translator {fullName}}}}}}"
    )
    taha, mahfouz, unknown = (edge["node"] for edge in data["authorCollection"]["edges"])
    assert (taha["loud"], taha["bornOn"]) == ("TAHA HUSSEIN", "1889-11-15")
    assert titles(taha["bookCollection"]) == ["The Days"]
    assert titles(taha["booksOf"]) == ["Last"]
    assert taha["firstBook"]["cover"] == {"colour": "blue", "book": {"id": "1"}}
    assert mahfouz["firstBook"]["translator"] == {"fullName": "Taha Hussein"}
    assert mahfouz["firstBook"]["cover"] is None
    assert mahfouz["booksOf"]["pageInfo"] == {"hasNextPage": True}
    assert unknown["firstBook"] is None
    assert unknown["booksOf"]["edges"] == []


async def test_node_ids(library: Client) -> None:
    document = "query ($id: ID) {bookCollection(filter: {nodeId: {eq: $id}}) {edges {node {nodeId id}}}}"
    node_id = base64.b64encode(b'["library", "book", 2]').decode()
    data = await library.data(document, {"id": node_id})
    assert data["bookCollection"]["edges"] == [{"node": {"nodeId": node_id, "id": "2"}}]
    error = await library.error(document, {"id": base64.b64encode(b'["library", "author", 2]').decode()})
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


async def test_any_row_by_its_node_id(library: Client) -> None:
    document = """query ($id: ID!) {
        node(nodeId: $id) {nodeId __typename ... on Book {heading author {fullName}} ... on Author {loud} ...OfCover}
    }
    fragment OfCover on Cover {colour}"""
    ids = {
        name: base64.b64encode(f'["library", "{name}", 1]'.encode()).decode()
        for name in ("book", "author", "cover", "secret", "nothing")
    }
    found = {name: (await library.data(document, {"id": node_id}))["node"] for name, node_id in ids.items()}
    assert found == {
        "book": {
            "nodeId": ids["book"],
            "__typename": "Book",
            "heading": "The Days",
            "author": {"fullName": "Taha Hussein"},
        },
        "author": {"nodeId": ids["author"], "__typename": "Author", "loud": "TAHA HUSSEIN"},
        "cover": {"nodeId": ids["cover"], "__typename": "Cover", "colour": "blue"},
        "secret": None,
        "nothing": None,
    }
    absent = base64.b64encode(b'["library", "book", 99]').decode()
    assert (await library.data(f'{{node(nodeId: "{absent}") {{nodeId}}}}')) == {"node": None}
    for wrong in ("", "e30=", "WyJhIl0=", base64.b64encode(b'["library", "book", 1, 2]').decode()):
        assert (await library.error(document, {"id": wrong}))["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("add(a: 2)", 42),
        ("add(a: 2, b: 3)", 5),
        ("add(a: 2, b: null)", 1002),
        ('big(n: "9223372036854775807")', "9223372036854775807"),
        ("big(n: 7)", "7"),
        ("total(numbers: [1, 2, null, 3])", 6),
        ("total(numbers: 4)", 4),
        ("ofGenre(genre: SCIENCE_FICTION)", "SCIENCE_FICTION"),
        ("ofGenre(genre: poetry)", "poetry"),
        ('authorNamed(name: "Nobody") {id}', None),
        ('authorNamed(name: "Unknown") {id bornOn __typename}', {"id": 3, "bornOn": None, "__typename": "Author"}),
        (
            'search(word: "a", first: 2, filter: {id: {gt: 1}}) {edges {node {id}}}',
            {"edges": [{"node": {"id": "2"}}, {"node": {"id": "3"}}]},
        ),
        (
            "visits {visitor favourite shelves {mark}}",
            [{"visitor": "a", "favourite": 1, "shelves": []}, {"visitor": "b", "favourite": 2, "shelves": []}],
        ),
        (
            "shelfCountCollection(first: 1) {edges {node {shelf books}}}",
            {"edges": [{"node": {"shelf": "A1", "books": "2"}}]},
        ),
        (
            'describe(visit: {visitor: "v", shelves: [{mark: "A", position: 1}, {mark: "B"}], notes: "{\\"x\\": [1]}",'
            ' days: ["2026-01-01"]}) '
            "{visitor shelves {mark position} notes favourite}",
            {
                "visitor": "v",
                "shelves": [{"mark": "A", "position": 1}, {"mark": "B", "position": None}],
                "notes": '{"x": [1]}',
                "favourite": 1,
            },
        ),
        ("describe(visit: {}) {visitor shelves {mark}}", None),
        ('countVisits(visits: [{visitor: "a"}, {}])', 2),
        ("countVisits(visits: [])", 0),
    ],
)
async def test_functions(library: Client, field: str, value: Any) -> None:
    assert await library.data(f"{{f: {field}}}") == {"f": value}


async def test_absent_is_not_null(library: Client) -> None:
    document = "query ($b: Int) {add(a: 2, b: $b)}"
    assert [(await library.data(document, given))["add"] for given in ({}, {"b": None}, {"b": 4})] == [42, 1002, 6]


async def test_default_values_of_variables(library: Client) -> None:
    assert await library.data("query ($b: Int = 8) {add(a: 2, b: $b)}") == {"add": 10}
    assert await library.data("query ($b: Int = 8) {add(a: 2, b: $b)}", {"b": 1}) == {"add": 3}


async def test_what_graphql_cannot_say_is_left_out(library: Client) -> None:
    data = await library.data(
        '{q: __type(name: "Query") {fields {name}} b: __type(name: "Book") {fields {name}}}', role="anon"
    )
    names = {field["name"] for field in data["q"]["fields"]}
    assert names.isdisjoint(
        {"overloaded", "unnamed", "anything", "nothing", "clash", "namelessCollection", "secretCollection"}
    )
    assert {"add", "bookCollection", "shelfCountCollection"} <= names
    assert [field["name"] for field in data["b"]["fields"]] == [
        "nodeId", "id", "authorId", "translatorId", "heading", "genre", "price", "tags", "sizes", "data", "shelf",
        "rating", "isbn", "added", "author", "translator", "cover",
    ]  # fmt: skip


async def test_introspection_beside_data(library: Client) -> None:
    data = await library.data("query ($t: String!) {add(a: 1) t: __type(name: $t) {kind} __typename}", {"t": "Genre"})
    assert data == {"add": 41, "t": {"kind": "ENUM"}, "__typename": "Query"}


async def test_mutations_are_for_those_who_may(library: Client) -> None:
    document = "mutation ($n: String!) {renameAuthor(id: 3, name: $n) {fullName loud bookCollection {edges {cursor}}}}"
    data = await library.data(document, {"n": "Anonymous"})
    assert data == {"renameAuthor": {"fullName": "Anonymous", "loud": "ANONYMOUS", "bookCollection": {"edges": []}}}
    assert (await library.error(document, {"n": "x"}, role="anon"))["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_errors_of_the_database_keep_their_codes(library: Client) -> None:
    error = await library.error("mutation {refuse}")
    assert error == {
        "message": "Not today.",
        "extensions": {"code": "DA403", "hint": "Come back tomorrow.", "detail": "It is Friday."},
    }
    assert (await library.error('{big(n: "9223372036854775808")}'))["extensions"]["code"] == "22003"
    assert (await library.error('{bookCollection(filter: {added: {eq: "x"}}) {edges {cursor}}}'))["extensions"][
        "code"
    ] == "22007"


async def test_the_fields_of_a_mutation_run_in_order(library: Client) -> None:
    document = """mutation {
        __typename
        a: renameAuthor(id: 3, name: "One") {fullName}
        b: renameAuthor(id: 3, name: "Two") {fullName}
        c: renameAuthor(id: 99, name: "Three") {fullName}
    }"""
    data = await library.data(document)
    expected = {"__typename": "Mutation", "a": {"fullName": "One"}, "b": {"fullName": "Two"}, "c": None}
    assert list(data.items()) == list(expected.items())


async def test_the_fields_of_a_mutation_are_undone_together(library: Client) -> None:
    error = await library.error('mutation {renameAuthor(id: 3, name: "Lost") {id} refuse}')
    assert error["extensions"]["code"] == "DA403"
    data = await library.data("{authorCollection(filter: {id: {eq: 3}}) {edges {node {fullName}}}}")
    assert data["authorCollection"]["edges"] == [{"node": {"fullName": "Two"}}]
