"""The language: variables, fragments, directives, operations, and the shape of errors."""

from __future__ import annotations

from tests.graphql.harbor.case import Case, edges, ids, refused

_TWO = "query One { shipsByPk(id: 1) { id } } query Two { shipsByPk(id: 2) { id } }"
_SKIP = "query ($s: Boolean!) { shipsByPk(id: 1) { id kind @skip(if: $s) } }"
_INCLUDE = "query ($s: Boolean!) { shipsByPk(id: 1) { id ... @include(if: $s) { kind } } }"

CASES = [
    Case("an operation by its name", _TWO, {"shipsByPk": {"id": 2}}, operation="Two"),
    Case("the other operation", _TWO, {"shipsByPk": {"id": 1}}, operation="One"),
    Case(
        "a name for the only one", "query Only { shipsByPk(id: 1) { id } }", {"shipsByPk": {"id": 1}}, operation="Only"
    ),
    Case("a name that is not asked for", "query Only { shipsByPk(id: 1) { id } }", {"shipsByPk": {"id": 1}}),
    refused("two operations and no name", _TWO),
    refused("an unknown operation", _TWO, operation="Three"),
    Case(
        "a fragment",
        "{ shipsByPk(id: 1) { ...F } } fragment F on Ships { id kind }",
        {"shipsByPk": {"id": 1, "kind": "tug"}},
    ),
    Case(
        "a fragment within a fragment",
        "{ shipsByPk(id: 1) { ...A } } fragment A on Ships { id ...B } fragment B on Ships { kind homePort { "
        "...C } } fragment C on Ports { name }",
        {"shipsByPk": {"id": 1, "kind": "tug", "homePort": {"name": "Aqaba"}}},
    ),
    Case(
        "a fragment of a connection",
        "{ shipsCollection(first: 1) { ...C } } fragment C on ShipsConnection { edges { ...E } } fragment E on "
        "ShipsEdge { node { id } }",
        {"shipsCollection": ids(1)},
    ),
    Case(
        "a fragment of the root", "{ ...R } fragment R on Query { shipsByPk(id: 1) { id } }", {"shipsByPk": {"id": 1}}
    ),
    Case(
        "an inline fragment",
        "{ shipsByPk(id: 1) { ... on Ships { id } ... { kind } } }",
        {"shipsByPk": {"id": 1, "kind": "tug"}},
    ),
    Case(
        "an inline fragment on the interface",
        "{ shipsByPk(id: 1) { id ... on Node { nodeId } } }",
        {"shipsByPk": {"id": 1, "nodeId": "WyJoYXJib3IiLCAic2hpcHMiLCAxXQ=="}},
    ),
    Case(
        "fields are merged",
        "{ shipsByPk(id: 1) { homePort { id } homePort { name } id id } }",
        {"shipsByPk": {"homePort": {"id": 1, "name": "Aqaba"}, "id": 1}},
    ),
    Case(
        "fields of a fragment are merged",
        "{ shipsByPk(id: 1) { homePort { id } ...F } } fragment F on Ships { homePort { name } }",
        {"shipsByPk": {"homePort": {"id": 1, "name": "Aqaba"}}},
    ),
    Case(
        "roots are merged",
        "{ shipsByPk(id: 1) { id } shipsByPk(id: 1) { kind } }",
        {"shipsByPk": {"id": 1, "kind": "tug"}},
    ),
    Case(
        "a fragment with a variable",
        "query ($n: Int) { shipsByPk(id: 1) { ...F } } fragment F on Ships { voyagesCollection(first: $n) { "
        "edges { node { number } } } }",
        {"shipsByPk": {"voyagesCollection": ids(1, key="number")}},
        {"n": 1},
    ),
    Case("skip", _SKIP, {"shipsByPk": {"id": 1}}, {"s": True}),
    Case("do not skip", _SKIP, {"shipsByPk": {"id": 1, "kind": "tug"}}, {"s": False}),
    Case("include", _INCLUDE, {"shipsByPk": {"id": 1, "kind": "tug"}}, {"s": True}),
    Case("do not include", _INCLUDE, {"shipsByPk": {"id": 1}}, {"s": False}),
    Case(
        "skip a root",
        "query ($s: Boolean!) { a: shipsByPk(id: 1) @skip(if: $s) { id } b: shipsByPk(id: 2) { id } }",
        {"b": {"id": 2}},
        {"s": True},
    ),
    Case(
        "skip a spread",
        "{ shipsByPk(id: 1) { id ...F @skip(if: true) } } fragment F on Ships { kind }",
        {"shipsByPk": {"id": 1}},
    ),
    Case(
        "include and skip",
        "{ shipsByPk(id: 1) { id kind @include(if: true) @skip(if: true) } }",
        {"shipsByPk": {"id": 1}},
    ),
    Case(
        "a literal include",
        "{ shipsByPk(id: 1) { id @include(if: true) kind @include(if: false) } }",
        {"shipsByPk": {"id": 1}},
    ),
    Case(
        "a skipped mutation",
        "mutation ($s: Boolean!) { insertIntoBuoysCollection(objects: [{id: 9}]) @skip(if: $s) { affectedCount "
        "} __typename }",
        {"__typename": "Mutation"},
        {"s": True},
        then=("select count(*) from harbor.buoys", "3"),
    ),
    Case(
        "a default of a variable",
        "query ($n: Int = 2) { shipsCollection(first: $n) { edges { node { id } } } }",
        {"shipsCollection": ids(1, 2)},
    ),
    Case(
        "a default that is not used",
        "query ($n: Int = 2) { shipsCollection(first: $n) { edges { node { id } } } }",
        {"shipsCollection": ids(1)},
        {"n": 1},
    ),
    Case(
        "a default of an object",
        "query ($f: ShipsFilter = {id: {eq: 3}}) { shipsCollection(filter: $f) { edges { node { id } } } }",
        {"shipsCollection": ids(3)},
    ),
    Case(
        "a default of a list",
        "query ($o: [ShipsOrderBy!] = [{id: DescNullsLast}]) { shipsCollection(first: 1, orderBy: $o) { edges "
        "{ node { id } } } }",
        {"shipsCollection": ids(5)},
    ),
    Case("variables that are not used", "{ shipsByPk(id: 1) { id } }", {"shipsByPk": {"id": 1}}, {"unused": 1}),
    Case(
        "null for variables",
        "query ($n: Int) { shipsCollection(first: $n, filter: {id: {lt: 3}}) { edges { node { id } } } }",
        {"shipsCollection": ids(1, 2)},
        {},
    ),
    Case(
        "an integer as a float",
        "query ($f: Float!) { shipsCollection(filter: {draught: {eq: $f}}) { edges { node { id } } } }",
        {"shipsCollection": ids(3)},
        {"f": 12},
    ),
    Case(
        "comments and commas",
        "{ # a remark\n shipsByPk(id: 1,,) { id, kind, } }",
        {"shipsByPk": {"id": 1, "kind": "tug"}},
    ),
    Case("a keyword", "query Q { shipsByPk(id: 1) { id } }", {"shipsByPk": {"id": 1}}),
    Case(
        "deep nesting",
        "{ shipsByPk(id: 5) { escort { homePort { shipsCollection(first: 1) { edges { node { homePort { id } } "
        "} } } } } }",
        {"shipsByPk": {"escort": {"homePort": {"shipsCollection": edges({"homePort": {"id": 1}})}}}},
    ),
    refused("a fragment of itself", "{ shipsByPk(id: 1) { ...F } } fragment F on Ships { id ...F }"),
    refused(
        "fragments of each other",
        "{ shipsByPk(id: 1) { ...F } } fragment F on Ships { ...G } fragment G on Ships { ...F }",
    ),
    refused("an unknown fragment", "{ shipsByPk(id: 1) { ...F } }"),
    refused("a fragment on an unknown type", "{ shipsByPk(id: 1) { ... on Nothing { id } } }"),
    refused("an unknown directive", "{ shipsByPk(id: 1) { id @shout } }"),
    refused("skip without its condition", "{ shipsByPk(id: 1) { id @skip } }"),
    refused("two fields under one name", "{ shipsByPk(id: 1) { x: id x: kind } }"),
    refused("one field with two arguments", "{ shipsByPk(id: 1) { id } shipsByPk(id: 2) { id } }"),
    refused("a missing variable", "query ($id: Int!) { shipsByPk(id: $id) { id } }", variables={}),
    refused(
        "a null for a variable that must not be",
        "query ($id: Int!) { shipsByPk(id: $id) { id } }",
        variables={"id": None},
    ),
    refused("a variable of the wrong type", "query ($id: Int!) { shipsByPk(id: $id) { id } }", variables={"id": "one"}),
    refused("a fraction for an integer", "query ($id: Int!) { shipsByPk(id: $id) { id } }", variables={"id": 1.5}),
    refused("a variable of an unknown type", "query ($id: Nothing) { shipsByPk(id: $id) { id } }"),
    refused("a subscription", "subscription { shipsCollection { edges { node { id } } } }"),
]
