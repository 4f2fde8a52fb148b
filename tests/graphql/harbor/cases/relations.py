"""Relationships: both ways, one to one, to itself, over composite keys, and what is computed."""

from __future__ import annotations

from typing import Any

from tests.graphql.harbor.case import Case, edges, ids, opaque, refused


def _ship(number: int, selection: str, wanted: dict[str, Any]) -> Case:
    return Case(
        f"ship {number} {selection}"[:90], f"{{ shipsByPk(id: {number}) {{ {selection} }} }}", {"shipsByPk": wanted}
    )


def _port(number: int, selection: str, wanted: dict[str, Any]) -> Case:
    return Case(
        f"port {number} {selection}"[:90], f"{{ portsByPk(id: {number}) {{ {selection} }} }}", {"portsByPk": wanted}
    )


CASES = [
    _ship(1, "homePort { name }", {"homePort": {"name": "Aqaba"}}),
    _ship(4, "homePort { name }", {"homePort": None}),
    _ship(2, "escort { id escort { id } }", {"escort": {"id": 1, "escort": None}}),
    _ship(5, "escort { id escort { id escort { id } } }", {"escort": {"id": 2, "escort": {"id": 1, "escort": None}}}),
    _ship(1, "shipsCollection { edges { node { id } } }", {"shipsCollection": ids(2, 3)}),
    _ship(1, "shipsCollection { totalCount }", {"shipsCollection": {"totalCount": 2}}),
    _ship(1, "captains { fullName ship { id } }", {"captains": {"fullName": "Ahmad", "ship": {"id": 1}}}),
    _ship(2, "captains { fullName }", {"captains": None}),
    _ship(1, "voyagesCollection { edges { node { number } } }", {"voyagesCollection": ids(1, 2, key="number")}),
    _ship(4, "voyagesCollection { edges { node { number } } }", {"voyagesCollection": ids()}),
    _ship(
        1,
        "voyagesCollection(orderBy: [{number: DescNullsLast}]) { edges { node { number legsCollection { edges "
        "{ node { id } } } } } }",
        {
            "voyagesCollection": edges(
                {"number": 2, "legsCollection": ids()}, {"number": 1, "legsCollection": ids(1, 2)}
            )
        },
    ),
    _ship(
        1,
        "voyagesCollection(first: 1) { edges { node { origin { name } destination { name } } } }",
        {"voyagesCollection": edges({"origin": {"name": "Aqaba"}, "destination": {"name": "Basra"}})},
    ),
    _ship(
        1,
        "homePort { shipsCollection { edges { node { homePort { name } } } } }",
        {"homePort": {"shipsCollection": edges({"homePort": {"name": "Aqaba"}}, {"homePort": {"name": "Aqaba"}})}},
    ),
    _ship(1, "a: homePort { id } b: homePort { name }", {"a": {"id": 1}, "b": {"name": "Aqaba"}}),
    _ship(
        1,
        "a: voyagesCollection(first: 1) { edges { node { number } } } b: voyagesCollection(last: 1) { edges { "
        "node { number } } }",
        {"a": ids(1, key="number"), "b": ids(2, key="number")},
    ),
    _ship(1, "cargoLotsCollection { edges { node { code } } }", {"cargoLotsCollection": ids("L1", "L2", key="code")}),
    _ship(
        1,
        'cargoLotsCollection(filter: {weight: {gt: "5"}}) { edges { node { code ship { shipName } } } }',
        {"cargoLotsCollection": edges({"code": "L1", "ship": {"shipName": "Ibn Majid"}})},
    ),
    _port(
        1,
        "departures { edges { node { shipId number } } }",
        {"departures": edges({"shipId": 1, "number": 1}, {"shipId": 2, "number": 1})},
    ),
    _port(1, "arrivals { edges { node { number } } }", {"arrivals": ids(2, key="number")}),
    _port(
        4,
        "arrivals { edges { node { number } } } departures { edges { node { number } } }",
        {"arrivals": ids(7, key="number"), "departures": ids()},
    ),
    _port(1, "departures(first: 1) { pageInfo { hasNextPage } }", {"departures": {"pageInfo": {"hasNextPage": True}}}),
    _port(5, "shipsCollection { edges { node { id } } }", {"shipsCollection": ids()}),
    Case(
        "over a composite key",
        "{ legsCollection { edges { node { id voyages { shipId number } } } } }",
        {
            "legsCollection": edges(
                {"id": 1, "voyages": {"shipId": 1, "number": 1}},
                {"id": 2, "voyages": {"shipId": 1, "number": 1}},
                {"id": 3, "voyages": {"shipId": 2, "number": 1}},
                {"id": 4, "voyages": None},
            )
        },
    ),
    Case(
        "deep",
        "{ legsByPk(id: 1) { voyages { ship { homePort { shipsCollection(first: 1) { edges { node { captains { "
        "fullName } } } } } } } } }",
        {
            "legsByPk": {
                "voyages": {"ship": {"homePort": {"shipsCollection": edges({"captains": {"fullName": "Ahmad"}})}}}
            }
        },
    ),
    Case(
        "one for each row",
        "{ portsCollection { edges { node { id shipsCollection { totalCount } } } } }",
        {
            "portsCollection": edges(
                *(
                    {"id": number, "shipsCollection": {"totalCount": count}}
                    for number, count in enumerate((2, 1, 1, 0, 0), 1)
                )
            )
        },
    ),
    Case(
        "pages within pages",
        f'{{ portsCollection(first: 1) {{ edges {{ node {{ shipsCollection(first: 1, after: "{opaque(1)}") {{ '
        f"edges {{ cursor node {{ id }} }} }} }} }} }} }}",
        {"portsCollection": edges({"shipsCollection": {"edges": [{"cursor": opaque(2), "node": {"id": 2}}]}})},
    ),
    refused(
        "two foreign keys to one table do not share a name",
        "{ portsCollection { edges { node { voyagesCollection { edges { node { number } } } } } } }",
    ),
    # computed
    _ship(1, "title", {"title": "SS Ibn Majid"}),
    _ship(2, "crewDoubled", {"crewDoubled": "80"}),
    _ship(4, "crewDoubled", {"crewDoubled": None}),
    _ship(1, "tagWords", {"tagWords": ["red", "fast"]}),
    _ship(4, "tagWords", {"tagWords": None}),
    _ship(
        2, "sisterShips { edges { node { id title } } }", {"sisterShips": edges({"id": 5, "title": "SS ibn battuta"})}
    ),
    _ship(1, "sisterShips { edges { node { id } } }", {"sisterShips": ids()}),
    _ship(
        2,
        "sisterShips(filter: {id: {gt: 5}}) { totalCount edges { node { id } } }",
        {"sisterShips": {"totalCount": 0, **ids()}},
    ),
    _ship(
        2,
        "sisterShips(first: 1, orderBy: [{id: DescNullsLast}]) { pageInfo { hasNextPage } }",
        {"sisterShips": {"pageInfo": {"hasNextPage": False}}},
    ),
    _ship(
        1, "lastVoyage { number destination { name } }", {"lastVoyage": {"number": 2, "destination": {"name": "Aqaba"}}}
    ),
    _ship(4, "lastVoyage { number }", {"lastVoyage": None}),
    _ship(1, "flagPort { name }", {"flagPort": {"name": "Aqaba"}}),
    _ship(4, "flagPort { name }", {"flagPort": None}),
    _ship(1, "x: title y: title", {"x": "SS Ibn Majid", "y": "SS Ibn Majid"}),
    _port(1, "berthText", {"berthText": "10 berths"}),
    _port(4, "berthText", {"berthText": None}),
    Case(
        "computed for each row",
        "{ shipsCollection(filter: {kind: {eq: ferry}}) { edges { node { title homePort { berthText } } } } }",
        {
            "shipsCollection": edges(
                {"title": "SS Al Nawras", "homePort": {"berthText": "10 berths"}},
                {"title": "SS ibn battuta", "homePort": {"berthText": "4 berths"}},
            )
        },
    ),
    refused("the SQL name of a renamed function", "{ portsCollection { edges { node { berthWord } } } }"),
    refused(
        "a computed field is no column to set",
        'mutation { updateshipsCollection(set: {title: "x"}) { affectedCount } }',
    ),
]
