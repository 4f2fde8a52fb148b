"""Rare types, arrays of everything, odd functions, walks through whole collections, what tools ask for first."""

from __future__ import annotations

from itertools import product
from typing import Any

from graphql import get_introspection_query

from tests.graphql.harbor.case import VISITOR, Case, edges, ids, opaque, refused

_RARE: list[tuple[str, Any]] = [
    ("everySo", "1 day 02:03:00"),
    ("address", "10.0.0.1/8"),
    ("spot", "(1,2)"),
    ("words", "'a' 'b'"),
    ("span", "[1,5)"),
    ("raw", "\\x00ff"),
    ("zoned", "10:00:00+02"),
    ("days", ["2024-01-01", "2024-02-01"]),
    ("amounts", ["1.50", "2"]),
    ("bigs", ["9007199254740993", "1"]),
    ("kinds", ["tug", "BULK_CARRIER"]),
    ("docs", ['{"a": 1}', "[2]"]),
    ("flags", [True, False, None]),
    ("moments", ["2024-01-01T00:00:00+00:00"]),
    ("names", ["x", "y"]),
    ("letter", "q"),
    ("bits", "101"),
    ("restless", "r1"),
]

_FILTERS: list[tuple[str, tuple[int, ...]]] = [
    ('address: {eq: "10.0.0.1/8"}', (1,)),
    ("address: {is: NULL}", (2,)),
    ('everySo: {eq: "26:03:00"}', (1,)),
    ('span: {eq: "[1,5)"}', (1,)),
    ('raw: {eq: "\\\\x00ff"}', (1,)),
    ('days: {contains: ["2024-02-01"]}', (1,)),
    ('amounts: {contains: ["2.0"]}', (1,)),
    ("bigs: {contains: [1]}", (1,)),
    ('bigs: {overlaps: ["9007199254740993"]}', (1,)),
    ("flags: {contains: [true]}", (1,)),
    ('names: {containedBy: ["x", "y", "z"]}', (1,)),
    ("days: {is: NULL}", (2,)),
    ('moments: {eq: ["2024-01-01T00:00:00Z"]}', (1,)),
    ('letter: {eq: "q"}', (1,)),
]

_CALLS: list[tuple[str, Any]] = [
    ("strictly(a: 1)", 2),
    ("quotedDefault", 'it\'s "so"'),
    ('quotedDefault(s: "")', ""),
    ("typedDefaults", "2024-02-03|1.50|t|9007199254740993"),
    ('typedDefaults(n: "2", b: false)', "2024-02-03|2|f|9007199254740993"),
    ('onePort(portName: "Suez") { id name }', {"id": 3, "name": "Suez"}),
    ('onePort(portName: "nowhere") { id }', None),
    ('countWords(wordList: ["x", "y", "x"])', 2),
    ('countWords(wordList: ["x", "y"], mustHave: "y")', 1),
    ('datesBetween(a: "2024-02-28", b: "2024-03-01")', ["2024-02-28", "2024-02-29", "2024-03-01"]),
    ("guarded", "1000"),
]

_ORDERS = (
    "shipName",
    "kind",
    "homePortId",
    "tonnage",
    "draught",
    "built",
    "commissioned",
    "lastSeen",
    "watchAt",
    "crewTotal",
    "isActive",
    "token",
    "tide",
    "grade",
    "imo",
)
_DIRECTIONS = ("AscNullsFirst", "AscNullsLast", "DescNullsFirst", "DescNullsLast")


def _rare(field: str, value: Any) -> Case:
    return Case(f"rare {field}", f"{{ raritiesByPk(id: 1) {{ {field} }} }}", {"raritiesByPk": {field: value}})


def _filtered(text: str, wanted: tuple[int, ...]) -> Case:
    query = f"{{ raritiesCollection(filter: {{{text}}}) {{ edges {{ node {{ id }} }} }} }}"
    return Case(f"rare {text}", query, {"raritiesCollection": ids(*wanted)})


def _call(call: str, wanted: Any) -> Case:
    return Case(f"call {call}", f"{{ value: {call} }}", {"value": wanted})


WALKS = list(product(_ORDERS, _DIRECTIONS))

_FULL = [
    get_introspection_query(),
    get_introspection_query(descriptions=False),
    get_introspection_query(specified_by_url=True, directive_is_repeatable=True, schema_description=True),
    get_introspection_query(input_value_deprecation=True),
]

_PLAIN = '{ __type(name: "Query") { fields { name type { kind } args { name type { kind } } } } }'
_ARGUMENTS = """{ __schema { queryType { fields(includeDeprecated: true) { name args { name defaultValue } } } } }"""

CASES = [
    *(_rare(*pair) for pair in _RARE),
    *(_filtered(*pair) for pair in _FILTERS),
    *(_call(*pair) for pair in _CALLS),
    *(Case(f"an introspection query {number}", query) for number, query in enumerate(_FULL)),
    *(Case(f"an introspection query {number}, a visitor", query, role=VISITOR) for number, query in enumerate(_FULL)),
    Case("the fields of a root", _PLAIN),
    Case("the arguments of its fields", _ARGUMENTS),
    Case(
        "the default of atMost",
        '{ __type(name: "BuoysDeleteResponse") { name } __schema { mutationType { name } } }',
        {"__type": {"name": "BuoysDeleteResponse"}, "__schema": {"mutationType": {"name": "Mutation"}}},
    ),
    Case(
        "types of rare columns",
        '{ __type(name: "Rarities") { fields { name type { kind name ofType { name } } } } }',
        {
            "__type": {
                "fields": [
                    {"name": "nodeId", "type": {"kind": "NON_NULL", "name": None, "ofType": {"name": "ID"}}},
                    {"name": "id", "type": {"kind": "NON_NULL", "name": None, "ofType": {"name": "Int"}}},
                    *(
                        {"name": name, "type": {"kind": "SCALAR", "name": "Opaque", "ofType": None}}
                        for name in ("everySo", "address", "spot", "words", "span", "cost", "raw")
                    ),
                    {"name": "zoned", "type": {"kind": "SCALAR", "name": "Time", "ofType": None}},
                    *(
                        {"name": name, "type": {"kind": "LIST", "name": None, "ofType": {"name": of}}}
                        for name, of in (
                            ("days", "Date"),
                            ("amounts", "BigFloat"),
                            ("bigs", "BigInt"),
                            ("kinds", "Rig"),
                            ("docs", "JSON"),
                            ("flags", "Boolean"),
                            ("moments", "Datetime"),
                            ("names", "String"),
                        )
                    ),
                    *(
                        {"name": name, "type": {"kind": "SCALAR", "name": of, "ofType": None}}
                        for name, of in (("letter", "Opaque"), ("bits", "Opaque"), ("restless", "String"))
                    ),
                ]
            }
        },
    ),
    Case(
        "rare values are written",
        'mutation { insertIntoRaritiesCollection(objects: [{id: 3, everySo: "2 hours", address: "::1", span: "[3,4]", '
        'raw: "\\\\xab", zoned: "09:00+00", days: ["2024-05-06"], amounts: [1, "2.5"], bigs: ["3"], '
        'kinds: [ro_ro, tug], docs: ["{\\"k\\": \\"v\\"}"], flags: [null, true], moments: ["2024-01-01T00:00:00Z"], '
        'names: ["n"], bits: "110"}]) { records { everySo address span raw zoned days amounts bigs kinds docs flags '
        "moments names bits } } }",
        {
            "insertIntoRaritiesCollection": {
                "records": [
                    {
                        "everySo": "02:00:00",
                        "address": "::1",
                        "span": "[3,5)",
                        "raw": "\\xab",
                        "zoned": "09:00:00+00",
                        "days": ["2024-05-06"],
                        "amounts": ["1", "2.5"],
                        "bigs": ["3"],
                        "kinds": ["ro_ro", "tug"],
                        "docs": ['{"k": "v"}'],
                        "flags": [None, True],
                        "moments": ["2024-01-01T00:00:00+00:00"],
                        "names": ["n"],
                        "bits": "110",
                    }
                ]
            }
        },
    ),
    Case(
        "rare values are changed",
        "mutation ($set: RaritiesUpdateInput!) { updateRaritiesCollection(set: $set, filter: {id: {eq: 1}}) "
        "{ records { days kinds everySo raw } } }",
        {
            "updateRaritiesCollection": {
                "records": [{"days": None, "kinds": ["BULK_CARRIER"], "everySo": "00:01:00", "raw": "\\x"}]
            }
        },
        {"set": {"days": None, "kinds": ["BULK_CARRIER"], "everySo": "1 minute", "raw": "\\x"}},
    ),
    Case(
        "a node by its variable filter",
        "query ($f: RaritiesFilter!) { raritiesCollection(filter: $f) { edges { node { id } } } }",
        {"raritiesCollection": ids(1)},
        {"f": {"and": [{"id": {"in": [1, 2]}}, {"not": {"days": {"is": "NULL"}}}], "or": [{"id": {"gt": 0}}]}},
    ),
    Case(
        "a page of a relationship is capped",
        "{ portsCollection(first: 1) { edges { node { "
        "departures(first: 1, offset: 1) { edges { node { shipId } } } } } } }",
        {"portsCollection": edges({"departures": ids(2, key="shipId")})},
    ),
    Case(
        "a nodeId in or and not",
        f'{{ shipsCollection(filter: {{not: {{nodeId: {{eq: "{opaque("harbor", "ships", 1)}"}}}}}}) '
        "{ edges { node { id } } } }",
        {"shipsCollection": ids(2, 3, 4, 5)},
    ),
    Case(
        "null for an operator's object",
        "{ shipsCollection(filter: {id: null}) { edges { node { id } } } }",
        {"shipsCollection": ids(1, 2, 3, 4, 5)},
    ),
    Case(
        "null for and, or and not",
        "{ shipsCollection(filter: {and: null, or: null, not: null, id: {lt: 3}}) { edges { node { id } } } }",
        {"shipsCollection": ids(1, 2)},
    ),
    Case(
        "null for is",
        "{ shipsCollection(filter: {tonnage: {is: null}, id: {lt: 3}}) { edges { node { id } } } }",
        {"shipsCollection": ids(1, 2)},
    ),
    Case(
        "a null filter of an update",
        'mutation { updateBuoysCollection(set: {color: "x"}, filter: null, atMost: 5) { affectedCount } }',
        {"updateBuoysCollection": {"affectedCount": 3}},
    ),
    Case(
        "an order of null",
        "{ shipsCollection(orderBy: [{id: null}], first: 2) { edges { node { id } } } }",
        {"shipsCollection": ids(1, 2)},
    ),
    Case("a column goes before a computed field", "{ clashingByPk(id: 1) { count } }", {"clashingByPk": {"count": 5}}),
    Case(
        "a column goes before a relationship",
        "{ clashingByPk(id: 1) { captain captainId } }",
        {"clashingByPk": {"captain": "a name", "captainId": 1}},
    ),
    refused("a row of a schema that is not served", "{ someProp { id } }"),
    refused("rows of a schema that is not served", "{ allProps { edges { node { id } } } }"),
    refused("its collection is not there", "{ propsCollection { edges { node { id } } } }"),
    refused("its rows by key are not there", "{ propsByPk(id: 1) { id } }"),
    refused(
        "a variable that is not used", "query ($n: Int) { shipsByPk(id: 1) { id } }", "never used", variables={"n": 1}
    ),
    refused("a fragment that is not used", "{ shipsByPk(id: 1) { id } } fragment F on Ships { id }", "never used"),
    refused("a variable that may be null", "query ($n: Int) { shipsByPk(id: $n) { id } }", variables={"n": 1}),
    refused("a variable of a similar type", "query ($n: ID!) { shipsByPk(id: $n) { id } }", variables={"n": 1}),
    Case("a header of the request", '{ header(name: "content-type") }', {"header": "application/json"}),
    Case("the method of the request", "{ method }", {"method": "POST"}),
    Case(
        "a declared key without names",
        "{ emailCollection { totalCount edges { node { id person { fullName } } } } }",
        {
            "emailCollection": {
                "totalCount": 4,
                **edges(
                    {"id": 1, "person": {"fullName": "Ada L"}},
                    {"id": 2, "person": {"fullName": "Ada L"}},
                    {"id": 3, "person": None},
                    {"id": 4, "person": None},
                ),
            }
        },
    ),
    Case(
        "a declared key without names, from the other side",
        "{ personByPk(id: 1) { emailCollection { totalCount edges { node { address } } } } }",
        {"personByPk": {"emailCollection": {"totalCount": 2, **ids("a@x2", "b@x2", key="address")}}},
    ),
    Case(
        "a view with a key of two columns",
        "{ pairsByPk(a: 1, b: 2) { who nodeId } }",
        {"pairsByPk": {"who": "Ada L", "nodeId": opaque("Raw Dock", "Pairs", 1, 2)}},
    ),
    Case(
        "pages of such a view",
        f'{{ pairsCollection(first: 2, after: "{opaque(1, 1)}") {{ edges {{ cursor node {{ a b }} }} }} }}',
        {
            "pairsCollection": {
                "edges": [
                    {"cursor": opaque(1, 2), "node": {"a": 1, "b": 2}},
                    {"cursor": opaque(2, 3), "node": {"a": 2, "b": 3}},
                ]
            }
        },
    ),
    Case(
        "what a trigger makes of a row",
        'mutation { insertIntoEmailCollection(objects: [{id: 9, personId: 2, address: "LOUD@x"}]) '
        "{ records { address person { fullName } } } }",
        {"insertIntoEmailCollection": {"records": [{"address": "loud@x2", "person": {"fullName": "Grace H"}}]}},
    ),
    refused("a view that joins takes no rows", "mutation { deleteFromPairsCollection { affectedCount } }"),
    Case("names without a schema in a function", "{ unqualified }", {"unqualified": 8}),
    Case("names without a schema in a function of another schema", "{ raw_unqualified }", {"raw_unqualified": 8}),
    Case(
        "names without a schema in a computed field",
        "{ portsByPk(id: 1) { unqualifiedOf } }",
        {"portsByPk": {"unqualifiedOf": 2}},
    ),
    Case(
        "names without a schema in a mutation",
        "mutation { unqualifiedWrite }",
        {"unqualifiedWrite": 2},
        then=("select color from harbor.buoys where id = 1", "plain"),
    ),
    Case(
        "the fields of a root are sorted",
        '{ __type(name: "Query") { fields { name } } }',
        {"__type": {"fields": [{"name": name} for name in ("node", "portsByPk", "portsCollection")]}},
        role="gq_reader",
    ),
    Case(
        "the types are sorted",
        "{ __schema { types { name } } }",
        {
            "__schema": {
                "types": [
                    {"name": name}
                    for name in (
                        "Boolean",
                        "ID",
                        "Node",
                        "Query",
                        "String",
                        "__Directive",
                        "__DirectiveLocation",
                        "__EnumValue",
                        "__Field",
                        "__InputValue",
                        "__Schema",
                        "__Type",
                        "__TypeKind",
                    )
                ]
            }
        },
        role="gq_nobody",
    ),
    Case(
        "the fields of Mutation are sorted",
        '{ __type(name: "Mutation") { fields { name } } }',
        {"__type": {"fields": [{"name": f"{verb}PortsCollection"} for verb in ("deleteFrom", "insertInto", "update")]}},
        role="gq_reader",
    ),
    refused("a function without an argument's name", "{ nameless }"),
    refused("a function of a row and more", "{ raritiesByPk(id: 1) { withMore(more: 1) } }"),
    refused("a function that returns a table of its own", "{ asTable { a } }"),
    refused("a function with out arguments", "{ outArguments(a: 1) { b } }"),
    refused("a procedure", "mutation { proceed }"),
    refused("rows of a table that may not be read", "{ secretPorts { edges { node { gold } } } }"),
    refused("a filter on a point", '{ raritiesCollection(filter: {spot: {gt: "(1,2)"}}) { edges { node { id } } } }'),
]
