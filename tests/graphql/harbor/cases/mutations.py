"""Inserts, updates and deletes."""

from __future__ import annotations

from typing import Any

from tests.graphql.harbor.case import Case, ids, opaque, refused

_LOTS = "insertIntoCargoLotsCollection"
_COUNT = ("select count(*) from harbor.cargo_lots", "3")


def _insert(objects: str, selection: str, wanted: list[dict[str, Any]], **more: Any) -> Case:
    query = f"mutation {{ {_LOTS}(objects: {objects}) {{ affectedCount records {{ {selection} }} }} }}"
    return Case(
        f"insert {objects} {selection}"[:90], query, {_LOTS: {"affectedCount": len(wanted), "records": wanted}}, **more
    )


def _update(arguments: str, count: int, then: tuple[str, str] | None = None) -> Case:
    query = f"mutation {{ updateCargoLotsCollection({arguments}) {{ affectedCount }} }}"
    return Case(f"update {arguments}"[:90], query, {"updateCargoLotsCollection": {"affectedCount": count}}, then=then)


def _delete(arguments: str, wanted: list[str]) -> Case:
    query = f"mutation {{ deleteFromCargoLotsCollection({arguments}) {{ affectedCount records {{ code }} }} }}"
    found = {"affectedCount": len(wanted), "records": [{"code": code} for code in wanted]}
    return Case(
        f"delete {arguments}"[:90],
        query,
        {"deleteFromCargoLotsCollection": found},
        then=("select count(*) from harbor.cargo_lots", str(3 - len(wanted))),
    )


_NEW = (
    "mutation ($new: [CargoLotsInsertInput!]!) { insertIntoCargoLotsCollection(objects: $new) { "
    "affectedCount records { code hazard weight } } }"
)
_NULLS = (
    'mutation ($h: String) { insertIntoCargoLotsCollection(objects: [{code: "V", hazard: $h}]) { records { hazard } } }'
)
_SET = (
    "mutation ($set: CargoLotsUpdateInput!, $f: CargoLotsFilter, $n: Int! = 1) { "
    "updateCargoLotsCollection(set: $set, filter: $f, atMost: $n) { affectedCount records { code hazard } } }"
)
_SET_ONE = (
    "mutation ($h: String, $w: BigFloat) { updateCargoLotsCollection(set: {hazard: $h, weight: $w}, "
    'filter: {code: {eq: "L1"}}) { records { hazard weight } } }'
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
    # updates
    _update(
        'set: {hazard: "x"}, filter: {code: {eq: "L1"}}',
        1,
        ("select hazard from harbor.cargo_lots where code = 'L1'", "x"),
    ),
    _update(
        'set: {hazard: "x"}, filter: {code: {eq: "none"}}',
        0,
        ("select count(*) from harbor.cargo_lots where hazard = 'x'", "0"),
    ),
    _update('set: {hazard: "x"}, atMost: 3', 3, ("select count(*) from harbor.cargo_lots where hazard = 'x'", "3")),
    _update('set: {hazard: "x"}, filter: {}, atMost: 10', 3),
    _update('set: {hazard: "x"}, filter: {or: [{}]}, atMost: 10', 3),
    _update(
        'set: {hazard: null}, filter: {code: {eq: "L1"}}',
        1,
        ("select count(*) from harbor.cargo_lots where hazard is null", "2"),
    ),
    _update('set: {hazard: "x"}, filter: {shipId: {eq: 1}}, atMost: 2', 2),
    _update('set: {hazard: "x"}, filter: {not: {shipId: {eq: 1}}}', 1),
    _update(
        'set: {weight: "9.5"}, filter: {id: {eq: "1"}}',
        1,
        ("select double_weight from harbor.cargo_lots where id = 1", "19.0"),
    ),
    _update(
        'set: {labels: ["a", "b"], detail: "{}", sort: high}, filter: {id: {eq: 1}}',
        1,
        ("select labels[2] from harbor.cargo_lots where id = 1", "b"),
    ),
    Case(
        "what an update gives back",
        'mutation { updateCargoLotsCollection(set: {shipId: 2}, filter: {code: {eq: "L1"}}) { __typename '
        "affectedCount records { code ship { shipName cargoLotsCollection { edges { node { code } } } } } } }",
        {
            "updateCargoLotsCollection": {
                "__typename": "CargoLotsUpdateResponse",
                "affectedCount": 1,
                "records": [
                    {
                        "code": "L1",
                        "ship": {"shipName": "Al Nawras", "cargoLotsCollection": ids("L1", "L3", key="code")},
                    }
                ],
            }
        },
    ),
    Case(
        "an update by nodeId",
        f'mutation {{ updateBuoysCollection(set: {{color: "black"}}, filter: {{nodeId: {{eq: '
        f'"{opaque("harbor", "buoys", 2)}"}}}}) {{ records {{ id color }} }} }}',
        {"updateBuoysCollection": {"records": [{"id": 2, "color": "black"}]}},
    ),
    Case(
        "a key may be set",
        "mutation { updateBuoysCollection(set: {id: 20}, filter: {id: {eq: 2}}) { records { id } } }",
        {"updateBuoysCollection": {"records": [{"id": 20}]}},
    ),
    Case(
        "a set in a variable",
        _SET,
        {"updateCargoLotsCollection": {"affectedCount": 1, "records": [{"code": "L2", "hazard": "v"}]}},
        {"set": {"hazard": "v"}, "f": {"code": {"eq": "L2"}}},
    ),
    Case(
        "a limit in a variable",
        _SET,
        {
            "updateCargoLotsCollection": {
                "affectedCount": 3,
                "records": [
                    {"code": "L1", "hazard": "v"},
                    {"code": "L2", "hazard": "v"},
                    {"code": "L3", "hazard": "v"},
                ],
            }
        },
        {"set": {"hazard": "v"}, "n": 5},
    ),
    Case(
        "an omitted value is left alone",
        _SET_ONE,
        {"updateCargoLotsCollection": {"records": [{"hazard": "fire", "weight": "4"}]}},
        {"w": "4"},
    ),
    Case(
        "a null in a variable is set",
        _SET_ONE,
        {"updateCargoLotsCollection": {"records": [{"hazard": None, "weight": "10"}]}},
        {"h": None},
    ),
    Case(
        "aliases in an update",
        'mutation { x: updateBuoysCollection(set: {color: "c"}, filter: {id: {eq: 1}}) { n: affectedCount r: '
        "records { k: id } } }",
        {"x": {"n": 1, "r": [{"k": 1}]}},
    ),
    refused(
        "more than one, when no number is said",
        'mutation { updateCargoLotsCollection(set: {hazard: "x"}) { affectedCount } }',
        "too many",
        then=("select count(*) from harbor.cargo_lots where hazard = 'x'", "0"),
    ),
    refused(
        "more than were allowed",
        'mutation { updateCargoLotsCollection(set: {hazard: "x"}, atMost: 2) { affectedCount } }',
        "too many",
        then=("select count(*) from harbor.cargo_lots where hazard = 'x'", "0"),
    ),
    refused(
        "none were allowed",
        'mutation { updateCargoLotsCollection(set: {hazard: "x"}, filter: {code: {eq: "L1"}}, atMost: 0) { '
        "affectedCount } }",
        "too many",
    ),
    refused(
        "nothing to set", 'mutation { updateCargoLotsCollection(filter: {code: {eq: "L1"}}) { affectedCount } }', "set"
    ),
    refused(
        "an empty set", 'mutation { updateCargoLotsCollection(set: {}, filter: {code: {eq: "L1"}}) { affectedCount } }'
    ),
    refused(
        "a generated column cannot be set",
        'mutation { updateCargoLotsCollection(set: {doubleWeight: "1"}) { affectedCount } }',
        "doubleWeight",
    ),
    refused(
        "a set that breaks a check",
        'mutation { updateCargoLotsCollection(set: {weight: "-1"}, atMost: 9) { affectedCount } }',
    ),
    # deletes
    _delete('filter: {code: {eq: "L1"}}', ["L1"]),
    _delete("atMost: 3", ["L1", "L2", "L3"]),
    _delete('filter: {code: {eq: "none"}}', []),
    _delete("filter: {shipId: {eq: 1}}, atMost: 2", ["L1", "L2"]),
    _delete("filter: {and: [{shipId: {eq: 1}}, {hazard: {is: NULL}}]}", ["L2"]),
    _delete(f'filter: {{nodeId: {{eq: "{opaque("harbor", "cargo_lots", 3)}"}}}}', ["L3"]),
    Case(
        "what a delete gives back",
        'mutation { deleteFromCargoLotsCollection(filter: {code: {eq: "L1"}}) { __typename records { nodeId '
        "ship { shipName } } } }",
        {
            "deleteFromCargoLotsCollection": {
                "__typename": "CargoLotsDeleteResponse",
                "records": [{"nodeId": opaque("harbor", "cargo_lots", 1), "ship": {"shipName": "Ibn Majid"}}],
            }
        },
    ),
    Case(
        "a delete in variables",
        "mutation ($f: CargoLotsFilter!, $n: Int!) { deleteFromCargoLotsCollection(filter: $f, atMost: $n) { "
        "affectedCount } }",
        {"deleteFromCargoLotsCollection": {"affectedCount": 2}},
        {"f": {"shipId": {"eq": 1}}, "n": 2},
    ),
    Case(
        "a delete that computes",
        "mutation { deleteFromLegsCollection(filter: {id: {eq: 1}}) { records { id voyages { number } } } }",
        {"deleteFromLegsCollection": {"records": [{"id": 1, "voyages": {"number": 1}}]}},
    ),
    refused(
        "a delete of too many", "mutation { deleteFromCargoLotsCollection { affectedCount } }", "too many", then=_COUNT
    ),
    refused(
        "a delete of more than allowed",
        "mutation { deleteFromCargoLotsCollection(atMost: 2) { affectedCount } }",
        "too many",
        then=_COUNT,
    ),
    refused(
        "a delete of what others need",
        "mutation { deleteFromShipsCollection(filter: {id: {eq: 1}}) { affectedCount } }",
    ),
    # several
    Case(
        "one after another",
        'mutation { a: insertIntoBuoysCollection(objects: [{id: 7, color: "x"}]) { affectedCount } '
        'b: updateBuoysCollection(set: {color: "y"}, filter: {id: {eq: 7}}) { records { id color } } '
        "c: deleteFromBuoysCollection(filter: {id: {eq: 7}}) { records { color } } }",
        {"a": {"affectedCount": 1}, "b": {"records": [{"id": 7, "color": "y"}]}, "c": {"records": [{"color": "y"}]}},
        then=("select count(*) from harbor.buoys", "3"),
    ),
    Case(
        "two inserts see each other",
        'mutation { a: insertIntoPortsCollection(objects: [{name: "P"}]) { affectedCount } '
        'b: insertIntoShipsCollection(objects: [{shipName: "S", homePortId: 6}]) { records { homePort { name '
        "shipsCollection { totalCount } } } } }",
        {
            "a": {"affectedCount": 1},
            "b": {"records": [{"homePort": {"name": "P", "shipsCollection": {"totalCount": 1}}}]},
        },
    ),
    refused(
        "the second fails and undoes the first",
        "mutation { a: insertIntoBuoysCollection(objects: [{id: 7}]) { affectedCount } b: "
        "insertIntoBuoysCollection(objects: [{id: 1}]) { affectedCount } }",
        then=("select count(*) from harbor.buoys", "3"),
    ),
    refused(
        "the second is too many and undoes the first",
        "mutation { a: insertIntoBuoysCollection(objects: [{id: 7}]) { affectedCount } b: "
        "deleteFromBuoysCollection { affectedCount } }",
        "too many",
        then=("select count(*) from harbor.buoys", "3"),
    ),
    refused(
        "the second is unknown and nothing happens",
        "mutation { a: insertIntoBuoysCollection(objects: [{id: 7}]) { affectedCount } b: nothing { affectedCount } }",
        then=("select count(*) from harbor.buoys", "3"),
    ),
    refused(
        "a mutation is no query",
        "{ insertIntoBuoysCollection(objects: [{id: 7}]) { affectedCount } }",
        then=("select count(*) from harbor.buoys", "3"),
    ),
    refused("a query is no mutation", "mutation { buoysCollection { edges { node { id } } } }"),
]
