"""Inserts."""

from __future__ import annotations

from typing import Any

from tests.graphql.harbor.case import Case, opaque, refused

_LOTS = "insertIntoCargoLotsCollection"
_COUNT = ("select count(*) from harbor.cargo_lots", "3")


def _insert(objects: str, selection: str, wanted: list[dict[str, Any]], **more: Any) -> Case:
    query = f"mutation {{ {_LOTS}(objects: {objects}) {{ affectedCount records {{ {selection} }} }} }}"
    return Case(
        f"insert {objects} {selection}"[:90], query, {_LOTS: {"affectedCount": len(wanted), "records": wanted}}, **more
    )


_NEW = (
    "mutation ($new: [CargoLotsInsertInput!]!) { insertIntoCargoLotsCollection(objects: $new) { "
    "affectedCount records { code hazard weight } } }"
)
_NULLS = (
    'mutation ($h: String) { insertIntoCargoLotsCollection(objects: [{code: "V", hazard: $h}]) { records { hazard } } }'
)

CASES = [
    _insert('[{code: "A"}]', "id code", [{"id": "4", "code": "A"}]),
    _insert('{code: "A"}', "code", [{"code": "A"}]),
    _insert(
        '[{code: "A"}]',
        "hazard weight sort packedAt doubleWeight shipId",
        [
            {
                "hazard": "none",
                "weight": "1.5",
                "sort": "low",
                "packedAt": "2024-02-03T04:05:06+00:00",
                "doubleWeight": "3.0",
                "shipId": None,
            }
        ],
    ),
    _insert('[{code: "A", hazard: null, sort: null}]', "hazard sort", [{"hazard": None, "sort": None}]),
    _insert('[{code: "A", hazard: ""}]', "hazard", [{"hazard": ""}]),
    _insert(
        '[{code: "A"}, {code: "B", hazard: "gas"}]',
        "code hazard",
        [{"code": "A", "hazard": "none"}, {"code": "B", "hazard": "gas"}],
    ),
    _insert('[{code: "A", weight: "0.125"}]', "weight doubleWeight", [{"weight": "0.125", "doubleWeight": "0.250"}]),
    _insert('[{code: "A", weight: 3}]', "weight", [{"weight": "3"}]),
    _insert('[{code: "A", labels: ["x", "y z", "\\"q\\""]}]', "labels", [{"labels": ["x", "y z", '"q"']}]),
    _insert('[{code: "A", labels: []}]', "labels", [{"labels": []}]),
    _insert('[{code: "A", labels: "one"}]', "labels", [{"labels": ["one"]}]),
    _insert('[{code: "A", labels: null}]', "labels", [{"labels": None}]),
    _insert(
        '[{code: "A", detail: "{\\"k\\": [1, {\\"l\\": null}]}"}]', "detail", [{"detail": '{"k": [1, {"l": null}]}'}]
    ),
    _insert('[{code: "A", sort: high, countOf: 3}]', "sort countOf", [{"sort": "high", "countOf": 3}]),
    _insert(
        '[{code: "A", packedAt: "2020-01-01 00:00:00+02"}]', "packedAt", [{"packedAt": "2019-12-31T22:00:00+00:00"}]
    ),
    _insert(
        '[{code: "A", shipId: 2}]',
        "ship { shipName homePort { name } }",
        [{"ship": {"shipName": "Al Nawras", "homePort": {"name": "Aqaba"}}}],
    ),
    _insert('[{code: "A\'); drop table x; --"}]', "code", [{"code": "A'); drop table x; --"}]),
    _insert('[{code: """block "text" here"""}]', "code", [{"code": 'block "text" here'}]),
    _insert('[{code: "\\u0636\\n"}]', "code", [{"code": "ض\n"}]),
    _insert(
        '[{code: "A"}]', "__typename nodeId", [{"__typename": "CargoLots", "nodeId": opaque("harbor", "cargo_lots", 4)}]
    ),
    Case(
        "only how many",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "A"}]) { affectedCount } }',
        {_LOTS: {"affectedCount": 1}},
    ),
    Case(
        "only the rows",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "A"}]) { records { code } } }',
        {_LOTS: {"records": [{"code": "A"}]}},
    ),
    Case(
        "the typenames of an insert",
        'mutation { __typename insertIntoCargoLotsCollection(objects: [{code: "A"}]) { __typename records { '
        "__typename } } }",
        {
            "__typename": "Mutation",
            _LOTS: {"__typename": "CargoLotsInsertResponse", "records": [{"__typename": "CargoLots"}]},
        },
    ),
    Case(
        "rows in a variable",
        _NEW,
        {
            _LOTS: {
                "affectedCount": 2,
                "records": [
                    {"code": "V1", "hazard": "none", "weight": "1.5"},
                    {"code": "V2", "hazard": None, "weight": "2.5"},
                ],
            }
        },
        {"new": [{"code": "V1"}, {"code": "V2", "hazard": None, "weight": "2.5"}]},
    ),
    Case(
        "one row in a list variable",
        _NEW,
        {_LOTS: {"affectedCount": 1, "records": [{"code": "V", "hazard": "none", "weight": "1.5"}]}},
        {"new": {"code": "V"}},
    ),
    Case("an omitted value is the default", _NULLS, {_LOTS: {"records": [{"hazard": "none"}]}}, {}),
    Case("a null is a null", _NULLS, {_LOTS: {"records": [{"hazard": None}]}}, {"h": None}),
    Case("a given value", _NULLS, {_LOTS: {"records": [{"hazard": "x"}]}}, {"h": "x"}),
    Case(
        "one object in a variable",
        "mutation ($one: CargoLotsInsertInput!) { insertIntoCargoLotsCollection(objects: [$one]) { records { "
        "code } } }",
        {_LOTS: {"records": [{"code": "V"}]}},
        {"one": {"code": "V"}},
    ),
    Case(
        "every type at once",
        'mutation { insertIntoShipsCollection(objects: [{shipName: "T", kind: "BULK_CARRIER", tonnage: "1.10", '
        'draught: 0.5, built: "2000-01-01", '
        'commissioned: "2000-01-01T00:00:00Z", lastSeen: "2000-01-01T01:02:03", watchAt: "01:02", crewTotal: '
        '"12345678901", isActive: true, '
        'tags: ["t"], ratings: [7], meta: "[]", notes: "{}", imo: "7654321", token: '
        '"00000000-0000-4000-8000-00000000000f", tide: low, hull: "zz", grade: "Z", escortId: 1}]) '
        "{ records { id kind tonnage draught built commissioned lastSeen watchAt crewTotal isActive tags "
        "ratings meta notes imo token tide hull grade label title escort { id } } } }",
        {
            "insertIntoShipsCollection": {
                "records": [
                    {
                        "id": 6,
                        "kind": "BULK_CARRIER",
                        "tonnage": "1.10",
                        "draught": 0.5,
                        "built": "2000-01-01",
                        "commissioned": "2000-01-01T00:00:00+00:00",
                        "lastSeen": "2000-01-01T01:02:03",
                        "watchAt": "01:02:00",
                        "crewTotal": "12345678901",
                        "isActive": True,
                        "tags": ["t"],
                        "ratings": [7],
                        "meta": "[]",
                        "notes": "{}",
                        "imo": "7654321",
                        "token": "00000000-0000-4000-8000-00000000000f",
                        "tide": "low",
                        "hull": "zz",
                        "grade": "Z",
                        "label": "T!",
                        "title": "SS T",
                        "escort": {"id": 1},
                    }
                ]
            }
        },
    ),
    Case(
        "an identity is given by default",
        'mutation { insertIntoPortsCollection(objects: [{name: "P"}]) { records { id isOpen } } }',
        {"insertIntoPortsCollection": {"records": [{"id": 6, "isOpen": True}]}},
    ),
    refused(
        "an identity may not be given",
        'mutation { insertIntoPortsCollection(objects: [{id: 50, name: "P"}]) { records { id } } }',
        "id",
    ),
    Case(
        "only defaults",
        'mutation { insertIntoDocumentsCollection(objects: [{title: "t"}]) { records { title } } }',
        {"insertIntoDocumentsCollection": {"records": [{"title": "t"}]}},
    ),
    Case(
        "a composite key",
        "mutation { insertIntoVoyagesCollection(objects: [{shipId: 4, number: 1, fromPortId: 1, toPortId: 5}]) "
        "{ records { nodeId origin { name } destination { name } ship { shipName } } } }",
        {
            "insertIntoVoyagesCollection": {
                "records": [
                    {
                        "nodeId": opaque("harbor", "voyages", 4, 1),
                        "origin": {"name": "Aqaba"},
                        "destination": {"name": "Zayla"},
                        "ship": {"shipName": "50% Off_er"},
                    }
                ]
            }
        },
    ),
    Case(
        "without inflection",
        'mutation { insertIntoPersonCollection(objects: [{fullName: "New", nick_name: "n"}]) { records { id '
        "fullName } } }",
        {"insertIntoPersonCollection": {"records": [{"id": 3, "fullName": "New"}]}},
    ),
    Case(
        "without inflection, snake case",
        'mutation { insertIntosnake_tableCollection(objects: [{id: 3, some_word: "x"}]) { records { some_word } } }',
        {"insertIntosnake_tableCollection": {"records": [{"some_word": "x"}]}},
    ),
    Case(
        "a renamed column is set",
        'mutation { updateBlogPostCollection(set: {feeling: "ok"}, filter: {postId: {eq: 2}}) { records { '
        "feeling } } }",
        {"updateBlogPostCollection": {"records": [{"feeling": "ok"}]}},
    ),
    refused(
        "an identity that is always generated",
        'mutation { insertIntoCargoLotsCollection(objects: [{id: "9", code: "A"}]) { affectedCount } }',
        "id",
    ),
    refused(
        "a generated column",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "A", doubleWeight: "1"}]) { affectedCount } }',
        "doubleWeight",
    ),
    refused(
        "an unknown column",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "A", nope: 1}]) { affectedCount } }',
        "nope",
    ),
    refused("no objects", "mutation { insertIntoCargoLotsCollection { affectedCount } }", "objects"),
    refused(
        "an empty list of objects",
        "mutation { insertIntoCargoLotsCollection(objects: []) { affectedCount } }",
        then=_COUNT,
    ),
    refused("objects that are words", 'mutation { insertIntoCargoLotsCollection(objects: ["x"]) { affectedCount } }'),
    refused(
        "a key twice",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "L1"}]) { affectedCount } }',
        "duplicate key|already",
        then=_COUNT,
    ),
    refused(
        "a check that fails",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "A", weight: "0"}]) { affectedCount } }',
        then=_COUNT,
    ),
    refused(
        "a domain that refuses",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "A", countOf: 0}]) { affectedCount } }',
        then=_COUNT,
    ),
    refused(
        "a missing value",
        'mutation { insertIntoCargoLotsCollection(objects: [{weight: "1"}]) { affectedCount } }',
        then=_COUNT,
    ),
    refused(
        "a null where none may be",
        "mutation { insertIntoCargoLotsCollection(objects: [{code: null}]) { affectedCount } }",
        then=_COUNT,
    ),
    refused(
        "a foreign key to nothing",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "A", shipId: 99}]) { affectedCount } }',
        then=_COUNT,
    ),
    refused(
        "one of two rows fails",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "A"}, {code: "A"}]) { affectedCount } }',
        then=_COUNT,
    ),
    refused(
        "bad json",
        'mutation { insertIntoCargoLotsCollection(objects: [{code: "A", detail: "{"}]) { affectedCount } }',
        then=_COUNT,
    ),
]
