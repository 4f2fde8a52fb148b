"""Updates, deletes, and several mutations in one request."""

from __future__ import annotations

from tests.graphql.harbor.case import Case, ids, opaque, refused

_COUNT = ("select count(*) from harbor.cargo_lots", "3")


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


_SET = (
    "mutation ($set: CargoLotsUpdateInput!, $f: CargoLotsFilter, $n: Int! = 1) { "
    "updateCargoLotsCollection(set: $set, filter: $f, atMost: $n) { affectedCount records { code hazard } } }"
)
_SET_ONE = (
    "mutation ($h: String, $w: BigFloat) { updateCargoLotsCollection(set: {hazard: $h, weight: $w}, "
    'filter: {code: {eq: "L1"}}) { records { hazard weight } } }'
)

CASES = [
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
