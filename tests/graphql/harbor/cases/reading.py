"""What columns look like: every scalar, nulls, aliases, `__typename`."""

from __future__ import annotations

from typing import Any

from tests.graphql.harbor.case import VISITOR, Case, edges, ids, opaque, refused


def _ship(number: int, field: str, value: Any) -> Case:
    query = f"{{ shipsCollection(filter: {{id: {{eq: {number}}}}}) {{ edges {{ node {{ {field} }} }} }} }}"
    return Case(f"{field} of {number}", query, {"shipsCollection": edges({field: value})})


_VALUES: list[tuple[int, str, Any]] = [
    (1, "id", 1),
    (1, "shipName", "Ibn Majid"),
    (4, "shipName", "50% Off_er"),
    (1, "kind", "tug"),
    (3, "kind", "BULK_CARRIER"),
    (4, "kind", "ro_ro"),
    (1, "homePortId", 1),
    (4, "homePortId", None),
    (1, "tonnage", "1200.50"),
    (2, "tonnage", "560.00"),
    (4, "tonnage", None),
    (1, "draught", 3.5),
    (3, "draught", 12),
    (1, "built", "1990-05-01"),
    (4, "built", None),
    (1, "commissioned", "1990-06-01T08:00:00+00:00"),
    (2, "lastSeen", "2024-01-02T11:30:15.5"),
    (1, "lastSeen", "2024-01-01T10:00:00"),
    (1, "watchAt", "06:00:00"),
    (3, "watchAt", "23:59:59"),
    (1, "crewTotal", "9007199254740993"),
    (5, "crewTotal", "0"),
    (4, "crewTotal", None),
    (1, "isActive", True),
    (3, "isActive", False),
    (4, "isActive", None),
    (1, "tags", ["red", "fast"]),
    (3, "tags", []),
    (4, "tags", None),
    (5, "ratings", [1, 2, 3]),
    (1, "meta", '{"a": 1}'),
    (2, "meta", '[1, "two", null]'),
    (3, "meta", '"text"'),
    (4, "meta", None),
    (1, "notes", '{"z":1}'),
    (1, "imo", "1234567"),
    (1, "token", "00000000-0000-4000-8000-000000000001"),
    (1, "badge", "\\x01ff"),
    (1, "tide", "low"),
    (1, "grade", "A"),
    (1, "hull", "aa"),
    (1, "label", "Ibn Majid!"),
    (1, "nodeId", opaque("harbor", "ships", 1)),
    (1, "__typename", "Ships"),
]

_ALL_NAMES = """{
  __typename
  shipsCollection(first: 1) {
    __typename
    totalCount
    pageInfo { __typename hasNextPage }
    edges {
      __typename
      cursor
      node {
        __typename
        id
        homePort { __typename name }
        captains { __typename fullName }
        voyagesCollection { __typename edges { __typename node { __typename number } } }
      }
    }
  }
}"""

CASES = [
    *(_ship(*value) for value in _VALUES),
    Case(
        "a smallint",
        "{ portsCollection(first: 1) { edges { node { berths } } } }",
        {"portsCollection": edges({"berths": 10})},
    ),
    Case(
        "double precision",
        "{ portsCollection(first: 2) { edges { node { depthM } } } }",
        {"portsCollection": edges({"depthM": 15.5}, {"depthM": 9})},
    ),
    Case(
        "numeric of any size",
        "{ voyagesByPk(shipId: 3, number: 7) { fare } }",
        {"voyagesByPk": {"fare": "1000000000000000000000.5"}},
    ),
    Case(
        "bigint keys", "{ cargoLotsCollection { edges { node { id } } } }", {"cargoLotsCollection": ids("1", "2", "3")}
    ),
    Case(
        "aliases",
        "{ first: shipsCollection(first: 1) { rows: edges { boat: node { n: id name: shipName } } } "
        "second: portsCollection(first: 1) { edges { node { id } } } }",
        {"first": {"rows": [{"boat": {"n": 1, "name": "Ibn Majid"}}]}, "second": ids(1)},
    ),
    Case(
        "one column under three names",
        "{ shipsCollection(first: 1) { edges { node { a: id b: id id } } } }",
        {"shipsCollection": edges({"a": 1, "b": 1, "id": 1})},
    ),
    Case(
        "typenames at every level",
        _ALL_NAMES,
        {
            "__typename": "Query",
            "shipsCollection": {
                "__typename": "ShipsConnection",
                "totalCount": 5,
                "pageInfo": {"__typename": "PageInfo", "hasNextPage": True},
                "edges": [
                    {
                        "__typename": "ShipsEdge",
                        "cursor": opaque(1),
                        "node": {
                            "__typename": "Ships",
                            "id": 1,
                            "homePort": {"__typename": "Ports", "name": "Aqaba"},
                            "captains": {"__typename": "Captains", "fullName": "Ahmad"},
                            "voyagesCollection": {
                                "__typename": "VoyagesConnection",
                                "edges": [
                                    {"__typename": "VoyagesEdge", "node": {"__typename": "Voyages", "number": 1}},
                                    {"__typename": "VoyagesEdge", "node": {"__typename": "Voyages", "number": 2}},
                                ],
                            },
                        },
                    }
                ],
            },
        },
    ),
    Case("an aliased typename", "{ kind: __typename }", {"kind": "Query"}),
    Case("only a total", "{ shipsCollection { totalCount } }", {"shipsCollection": {"totalCount": 5}}),
    Case(
        "a filtered total",
        "{ shipsCollection(filter: {kind: {eq: ferry}}) { totalCount } }",
        {"shipsCollection": {"totalCount": 2}},
    ),
    Case(
        "a total ignores the page",
        "{ shipsCollection(first: 1, offset: 3) { totalCount edges { node { id } } } }",
        {"shipsCollection": {"totalCount": 5, **ids(4)}},
    ),
    Case(
        "two totals",
        "{ a: shipsCollection { n: totalCount } b: portsCollection { m: totalCount } }",
        {"a": {"n": 5}, "b": {"m": 5}},
    ),
    refused("a total that was not asked for", "{ voyagesCollection { totalCount } }", "totalCount"),
    Case(
        "anybody reads what is granted",
        "{ portsCollection(first: 1) { edges { node { name country } } } }",
        {"portsCollection": edges({"name": "Aqaba", "country": "JO"})},
        role=VISITOR,
    ),
    Case(
        "quotes and backslashes in values",
        '{ noticesByPk(slug: "\\"q", lang: "en") { body } }',
        {"noticesByPk": {"body": 'Quote "it" \\ back'}},
    ),
    Case(
        "letters of other scripts",
        '{ noticesByPk(slug: "fog", lang: "ar") { body } }',
        {"noticesByPk": {"body": "ضباب"}},
    ),
    Case(
        "two roots at once",
        "{ shipsCollection(first: 1) { edges { node { id } } } voyagesCollection(first: 1) { edges { node { "
        "number } } } }",
        {"shipsCollection": ids(1), "voyagesCollection": ids(1, key="number")},
    ),
    Case(
        "no rows",
        "{ voyagesCollection(filter: {number: {eq: 99}}) { edges { cursor node { number } } } }",
        {"voyagesCollection": {"edges": []}},
    ),
    refused("a column that is not there", "{ shipsCollection { edges { node { nope } } } }", "nope"),
    refused("an object without fields", "{ shipsCollection { edges { node } } }"),
    refused("a scalar with fields", "{ shipsCollection { edges { node { id { x } } } } }"),
    refused("a table without a key", "{ keylessCollection { edges { node { id } } } }", "keyless"),
    refused("no such collection", "{ nothingCollection { edges { node { id } } } }", "nothing"),
    refused("an unknown argument", "{ shipsCollection(limit: 1) { edges { node { id } } } }"),
    refused("nothing at all", "", "Syntax Error"),
    refused("no document", "this is not graphql", "Syntax Error"),
    refused("an unclosed brace", "{ shipsCollection { edges { node { id } } }", "Syntax Error"),
]
