"""Aggregates, where the comment asks for them."""

from __future__ import annotations

from typing import Any

from tests.graphql.harbor.case import Case, ids, refused


def _of(arguments: str, selection: str, wanted: dict[str, Any]) -> Case:
    query = f"{{ shipsCollection{arguments} {{ aggregate {{ {selection} }} }} }}"
    return Case(f"{arguments} {selection}"[:80], query, {"shipsCollection": {"aggregate": wanted}})


_NONE = "(filter: {id: {gt: 99}})"

CASES = [
    _of("", "count", {"count": 5}),
    _of("(filter: {kind: {eq: ferry}})", "count", {"count": 2}),
    _of("(first: 1)", "count sum { id }", {"count": 5, "sum": {"id": 15}}),
    _of("(first: 2, offset: 1)", "count", {"count": 5}),
    _of("", "sum { id homePortId }", {"sum": {"id": 15, "homePortId": 7}}),
    _of("", "avg { id }", {"avg": {"id": 3.0}}),
    _of("(filter: {id: {lte: 4}})", "avg { id }", {"avg": {"id": 2.5}}),
    _of(
        "",
        "min { id built } max { id built }",
        {"min": {"id": 1, "built": "1990-05-01"}, "max": {"id": 5, "built": "2010-12-31"}},
    ),
    _of("", "min { draught } max { draught }", {"min": {"draught": 2.25}, "max": {"draught": 12}}),
    _of(
        "",
        "max { lastSeen } min { lastSeen }",
        {"max": {"lastSeen": "2024-01-02T11:30:15.5"}, "min": {"lastSeen": "2023-05-05T05:05:00"}},
    ),
    _of("", "max { watchAt } min { hull }", {"max": {"watchAt": "23:59:59"}, "min": {"hull": "aa"}}),
    _of("(filter: {id: {gt: 3}})", "sum { draught }", {"sum": {"draught": 7.75}}),
    _of("", "sum { tonnage } avg { tonnage }", {"sum": {"tonnage": 92320.75}, "avg": {"tonnage": 23080.1875}}),
    _of("", "min { tonnage } max { tonnage }", {"min": {"tonnage": 560.0}, "max": {"tonnage": 90000.25}}),
    _of(
        "", "max { crewTotal } min { crewTotal }", {"max": {"crewTotal": "9007199254740993"}, "min": {"crewTotal": "0"}}
    ),
    _of(
        "(filter: {kind: {eq: ferry}})",
        "sum { crewTotal } avg { crewTotal }",
        {"sum": {"crewTotal": "40"}, "avg": {"crewTotal": 20}},
    ),
    _of(
        "",
        "min { isActive } max { isActive shipName }",
        {"min": {"isActive": False}, "max": {"isActive": True, "shipName": "ibn battuta"}},
    ),
    _of("", "sum { __typename }", {"sum": {"__typename": "ShipsSumAggregateResult"}}),
    _of("", "max { __typename }", {"max": {"__typename": "ShipsMaxAggregateResult"}}),
    _of(_NONE, "count", {"count": 0}),
    _of(
        _NONE,
        "sum { id } avg { id } min { id } max { id }",
        {"sum": {"id": None}, "avg": {"id": None}, "min": {"id": None}, "max": {"id": None}},
    ),
    _of("", "n: count s: sum { t: id }", {"n": 5, "s": {"t": 15}}),
    _of("", "__typename count", {"__typename": "ShipsAggregate", "count": 5}),
    Case(
        "beside edges and a total",
        "{ shipsCollection(first: 1) { totalCount aggregate { count } edges { node { id } } } }",
        {"shipsCollection": {"totalCount": 5, "aggregate": {"count": 5}, **ids(1)}},
    ),
    Case(
        "in a relationship",
        "{ portsCollection(first: 2) { edges { node { shipsCollection { aggregate { count sum { id } } } } } } }",
        {
            "portsCollection": {
                "edges": [
                    {"node": {"shipsCollection": {"aggregate": {"count": 2, "sum": {"id": 3}}}}},
                    {"node": {"shipsCollection": {"aggregate": {"count": 1, "sum": {"id": 3}}}}},
                ]
            }
        },
    ),
    Case(
        "in a relationship without rows",
        "{ portsByPk(id: 5) { shipsCollection { aggregate { count max { id } } } } }",
        {"portsByPk": {"shipsCollection": {"aggregate": {"count": 0, "max": {"id": None}}}}},
    ),
    Case("aliased", "{ x: shipsCollection { a: aggregate { c: count } } }", {"x": {"a": {"c": 5}}}),
    refused("not asked for", "{ voyagesCollection { aggregate { count } } }", "aggregate"),
    refused("a sum of words", "{ shipsCollection { aggregate { sum { shipName } } } }"),
    refused("an average of dates", "{ shipsCollection { aggregate { avg { built } } } }"),
    refused("a least of json", "{ shipsCollection { aggregate { min { meta } } } }"),
]
