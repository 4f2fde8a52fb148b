"""Functions as fields: arguments, defaults, lists, rows, sets, and those that are left out."""

from __future__ import annotations

from typing import Any

from tests.graphql.harbor.case import CLERK, KEEPER, VISITOR, Case, edges, ids, refused

_UUID = "d3ef3a8c-2c72-4111-9094-776acede7221"


def _call(call: str, wanted: Any) -> Case:
    return Case(f"call {call}", f"{{ value: {call} }}", {"value": wanted})


_CALLS: list[tuple[str, Any]] = [
    ("addInts(a: 1, b: 2)", 3),
    ("addInts(a: -1, b: 2147483647)", 2147483646),
    ('addBigs(a: "9007199254740993", b: "1")', "9007199254740994"),
    ("addBigs(a: 3, b: 4)", "7"),
    ('addNumerics(a: "11.12", b: "13.14")', "24.26"),
    ("addNumerics(a: 1, b: 2.5)", "3.5"),
    ("addFloats(a: 7.5, b: 9)", 16.5),
    ("negate(flag: false)", True),
    ("greet", "hello world!"),
    ('greet(who: "you")', "hello you!"),
    ('greet(mark: "?")', "hello world?"),
    ('greet(who: "you", mark: "?")', "hello you?"),
    ('greet(who: "it\'s \\"me\\"")', 'hello it\'s "me"!'),
    ("greet(who: null)", None),
    ("plusDefault(a: 1)", 11),
    ("plusDefault(a: 1, b: 2)", 3),
    ("nullDefault", "nothing"),
    ("nullDefault(a: 4)", "4"),
    ("nullDefault(a: null)", "nothing"),
    ('nextDay(d: "2024-02-28")', "2024-02-29"),
    ('nextHour(t: "10:20")', "11:20:00"),
    ('nextMinute(ts: "2023-07-28 12:39:05")', "2023-07-28T12:40:05"),
    ('nextSecond(ts: "2023-07-28T12:39:05+02:00")', "2023-07-28T10:39:06+00:00"),
    (f'sameUuid(u: "{_UUID}")', _UUID),
    ('pick(obj: "{\\"a\\": {\\"b\\": \\"c\\"}}", key: "a")', '{"b": "c"}'),
    ('pick(obj: "{}", key: "a")', None),
    ("sumAll(nums: [1, 2, 3])", "6"),
    ("sumAll(nums: [])", None),
    ("sumAll(nums: 4)", "4"),
    ('splitWords(s: "a b c")', ["a", "b", "c"]),
    ("bigList", ["1", "2"]),
    ("nothing", None),
    ('shipNamed(n: "Zheng He") { id title kind }', {"id": 3, "title": "SS Zheng He", "kind": "BULK_CARRIER"}),
    ('shipNamed(n: "no such") { id }', None),
    (
        'shipNamed(n: "Ibn Majid") { __typename nodeId captains { fullName } }',
        {"__typename": "Ships", "nodeId": "WyJoYXJib3IiLCAic2hpcHMiLCAxXQ==", "captains": {"fullName": "Ahmad"}},
    ),
    ('bigCrews(fewest: "25") { edges { node { id } } }', ids(1, 2, 3)),
    (
        'bigCrews(fewest: "25", first: 1) { pageInfo { hasNextPage } edges { node { id } } }',
        {"pageInfo": {"hasNextPage": True}, **ids(1)},
    ),
    (
        'bigCrews(fewest: "25", filter: {isActive: {eq: false}}) { totalCount edges { node { id } } }',
        {"totalCount": 1, **ids(3)},
    ),
    ('bigCrews(fewest: "0", orderBy: [{crewTotal: AscNullsLast}]) { edges { node { id } } }', ids(5, 3, 2, 1)),
    ('bigCrews(fewest: "0", last: 1) { edges { node { id } } }', ids(5)),
    ('bigCrews(fewest: "99999999999999999") { edges { node { id } } }', ids()),
    (
        'bigCrews(fewest: "40") { edges { node { id homePort { name } voyagesCollection { edges { node { '
        "number } } } } } }",
        edges(
            {"id": 1, "homePort": {"name": "Aqaba"}, "voyagesCollection": ids(1, 2, key="number")},
            {"id": 2, "homePort": {"name": "Aqaba"}, "voyagesCollection": ids(1, key="number")},
        ),
    ),
    ("openOnes { edges { node { name } } }", ids("Aqaba", "Basra", "Suez", key="name")),
    ("forClerks", 42),
    ("whoami", CLERK),
]

_LOT = "edges { node { code } }"

CASES = [
    *(_call(*pair) for pair in _CALLS),
    Case("as the role of the token", "{ whoami }", {"whoami": KEEPER}, role=KEEPER),
    Case("as nobody in particular", "{ whoami }", {"whoami": "Gq Visitor"}, role=VISITOR),
    Case("the token's claims", "{ mySub }", {"mySub": "amal"}, claims={"sub": "amal"}),
    Case(
        "arguments in variables",
        "query ($a: Int!, $b: Int!) { addInts(a: $a, b: $b) }",
        {"addInts": 5},
        {"a": 2, "b": 3},
    ),
    Case(
        "an omitted variable means the default", "query ($w: String) { greet(who: $w) }", {"greet": "hello world!"}, {}
    ),
    Case("a default of a variable", 'query ($w: String = "all") { greet(who: $w) }', {"greet": "hello all!"}),
    Case("a list in a variable", "query ($n: [Int]!) { sumAll(nums: $n) }", {"sumAll": "10"}, {"n": [4, 6]}),
    Case(
        "json in a variable",
        'query ($o: JSON!) { pick(obj: $o, key: "k") }',
        {"pick": "[1, 2]"},
        {"o": '{"k": [1, 2]}'},
    ),
    Case(
        "several calls",
        "{ a: addInts(a: 1, b: 1) b: addInts(a: 2, b: 2) greet }",
        {"a": 2, "b": 4, "greet": "hello world!"},
    ),
    Case(
        "a function beside a table",
        "{ addInts(a: 1, b: 1) shipsByPk(id: 1) { id } }",
        {"addInts": 2, "shipsByPk": {"id": 1}},
    ),
    # those that change something
    Case(
        "a volatile function",
        "mutation { bumpBerths(portId: 1) }",
        {"bumpBerths": 11},
        then=("select berths from harbor.ports where id = 1", "11"),
    ),
    Case("a volatile function with its argument", "mutation { bumpBerths(portId: 1, delta: -3) }", {"bumpBerths": 7}),
    Case(
        "a volatile function, twice",
        "mutation { a: bumpBerths(portId: 1) b: bumpBerths(portId: 1) }",
        {"a": 11, "b": 12},
    ),
    Case(
        "a row that was changed",
        'mutation { renameShip(shipId: 1, newName: "New") { id shipName homePort { name } } }',
        {"renameShip": {"id": 1, "shipName": "New", "homePort": {"name": "Aqaba"}}},
        then=("select ship_name from harbor.ships where id = 1", "New"),
    ),
    Case("no row to change", 'mutation { renameShip(shipId: 99, newName: "New") { id } }', {"renameShip": None}),
    Case(
        "rows that were made",
        f'mutation {{ spawnLots(codes: ["N1", "N2"]) {{ {_LOT} }} }}',
        {"spawnLots": ids("N1", "N2", key="code")},
        then=("select count(*) from harbor.cargo_lots", "5"),
    ),
    Case(
        "a function beside an insert",
        'mutation { bumpBerths(portId: 2) insertIntoBuoysCollection(objects: [{id: 9, color: "blue"}]) { '
        "affectedCount } }",
        {"bumpBerths": 7, "insertIntoBuoysCollection": {"affectedCount": 1}},
    ),
    refused("a function that fails", "mutation { explode }", "boom", then=("select count(*) from harbor.buoys", "3")),
    refused("a query that fails", "{ fails }", "crane"),
    refused(
        "what fails undoes what went before",
        "mutation { bumpBerths(portId: 1) explode }",
        "boom",
        then=("select berths from harbor.ports where id = 1", "10"),
    ),
    refused("a volatile function is no query", "{ bumpBerths(portId: 1) }"),
    refused("a stable function is no mutation", "mutation { addInts(a: 1, b: 2) }"),
    refused("an overloaded function", "{ twoWays(a: 1) }", "twoWays"),
    refused("an argument without a name cannot be", "{ variadicSum(nums: [1]) }", "variadicSum"),
    refused("a function that returns nothing", "mutation { returnsNothing }", "returnsNothing"),
    refused("a function that returns a record", "{ returnsRecord }", "returnsRecord"),
    refused("an argument called first", "{ clashes(first: 1) { edges { node { id } } } }", "clashes"),
    refused("a trigger function", "mutation { tgNothing }", "tgNothing"),
    refused("a computed field is no root field", "{ title }"),
    refused("a missing argument", "{ addInts(a: 1) }"),
    refused("a null for an argument that has no default", "{ addInts(a: 1, b: null) }"),
    refused("an unknown argument of a function", "{ addInts(a: 1, b: 2, c: 3) }"),
    refused("an argument of the wrong type", '{ addInts(a: "x", b: 2) }'),
    refused("an integer that is too big", "{ addInts(a: 3000000000, b: 1) }"),
    refused("a function that may not be called", "{ forClerks }", "forClerks", role=VISITOR),
]
