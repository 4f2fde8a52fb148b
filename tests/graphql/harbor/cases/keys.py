"""`node`, `nodeId`, and the fields by primary key."""

from __future__ import annotations

from tests.graphql.harbor.case import CLERK, KEEPER, Case, opaque, refused

_DOC = "11111111-1111-4111-8111-111111111111"

CASES = [
    Case(
        "a node",
        f'{{ node(nodeId: "{opaque("harbor", "ships", 1)}") {{ nodeId ... on Ships {{ id shipName }} }} }}',
        {"node": {"nodeId": opaque("harbor", "ships", 1), "id": 1, "shipName": "Ibn Majid"}},
    ),
    Case(
        "a node of a composite key",
        f'{{ node(nodeId: "{opaque("harbor", "voyages", 1, 2)}") {{ ... on Voyages {{ number ship {{ id }} }} }} }}',
        {"node": {"number": 2, "ship": {"id": 1}}},
    ),
    Case(
        "a node of a text key",
        f'{{ node(nodeId: "{opaque("harbor", "notices", "fog", "ar")}") {{ ... on Notices {{ slug lang }} }} }}',
        {"node": {"slug": "fog", "lang": "ar"}},
    ),
    Case(
        "a node of a uuid",
        f'{{ node(nodeId: "{opaque("harbor", "documents", _DOC)}") {{ ... on Documents {{ title }} }} }}',
        {"node": {"title": "Bill"}},
    ),
    Case(
        "a node of a bigint",
        f'{{ node(nodeId: "{opaque("harbor", "cargo_lots", 1)}") {{ ... on CargoLots {{ code }} }} }}',
        {"node": {"code": "L1"}},
    ),
    Case(
        "a node's typename",
        f'{{ node(nodeId: "{opaque("harbor", "ports", 1)}") {{ __typename }} }}',
        {"node": {"__typename": "Ports"}},
    ),
    Case(
        "a node of a schema with a space",
        f'{{ node(nodeId: "{opaque("Raw Dock", "Person", 1)}") {{ ... on Person {{ fullName }} }} }}',
        {"node": {"fullName": "Ada L"}},
    ),
    Case(
        "a node of a view",
        f'{{ node(nodeId: "{opaque("harbor", "open_ports", 1)}") {{ ... on OpenPorts {{ name }} }} }}',
        {"node": {"name": "Aqaba"}},
    ),
    Case(
        "a node that is not there",
        f'{{ node(nodeId: "{opaque("harbor", "ships", 99)}") {{ nodeId }} }}',
        {"node": None},
    ),
    Case(
        "a fragment for another type",
        f'{{ node(nodeId: "{opaque("harbor", "ships", 1)}") {{ __typename ... on Ports {{ name }} }} }}',
        {"node": {"__typename": "Ships"}},
    ),
    Case(
        "two fragments",
        f'{{ node(nodeId: "{opaque("harbor", "ports", 1)}") {{ ... on Ships {{ shipName }} ... on Ports {{ '
        "name } } }",
        {"node": {"name": "Aqaba"}},
    ),
    Case(
        "a named fragment",
        f'query {{ node(nodeId: "{opaque("harbor", "ports", 2)}") {{ ...P }} }} fragment P on Ports {{ name }}',
        {"node": {"name": "Basra"}},
    ),
    Case(
        "a node in a variable",
        "query ($id: ID!) { node(nodeId: $id) { ... on Ships { id } } }",
        {"node": {"id": 5}},
        {"id": opaque("harbor", "ships", 5)},
    ),
    Case(
        "two nodes",
        f'{{ a: node(nodeId: "{opaque("harbor", "ships", 1)}") {{ ... on Ships {{ id }} }} b: node(nodeId: '
        f'"{opaque("harbor", "ports", 1)}") {{ ... on Ports {{ name }} }} }}',
        {"a": {"id": 1}, "b": {"name": "Aqaba"}},
    ),
    Case(
        "a node's relationships",
        f'{{ node(nodeId: "{opaque("harbor", "ships", 1)}") {{ ... on Ships {{ captains {{ fullName }} '
        f"voyagesCollection(first: 1) {{ edges {{ node {{ number }} }} }} }} }} }}",
        {"node": {"captains": {"fullName": "Ahmad"}, "voyagesCollection": {"edges": [{"node": {"number": 1}}]}}},
    ),
    refused("a node of garbage", '{ node(nodeId: "garbage") { nodeId } }'),
    refused("a node of no array", '{ node(nodeId: "e30=") { nodeId } }'),
    Case("a node of no table", f'{{ node(nodeId: "{opaque("harbor", "nothing", 1)}") {{ nodeId }} }}', {"node": None}),
    Case(
        "a node of a table that may not be read",
        f'{{ node(nodeId: "{opaque("harbor", "vault", 1)}") {{ nodeId }} }}',
        {"node": None},
    ),
    refused("a node without its id", "{ node { nodeId } }"),
    refused("a node of too few keys", f'{{ node(nodeId: "{opaque("harbor", "voyages", 1)}") {{ nodeId }} }}'),
    refused(
        "a column of a node without a fragment", f'{{ node(nodeId: "{opaque("harbor", "ships", 1)}") {{ shipName }} }}'
    ),
    # by primary key
    Case("by an int", "{ shipsByPk(id: 3) { id shipName } }", {"shipsByPk": {"id": 3, "shipName": "Zheng He"}}),
    Case("by an int that is not there", "{ shipsByPk(id: 99) { id } }", {"shipsByPk": None}),
    Case(
        "by a composite key",
        "{ voyagesByPk(shipId: 1, number: 2) { nodeId } }",
        {"voyagesByPk": {"nodeId": opaque("harbor", "voyages", 1, 2)}},
    ),
    Case("by a composite key, half wrong", "{ voyagesByPk(shipId: 1, number: 7) { nodeId } }", {"voyagesByPk": None}),
    Case("by text", '{ noticesByPk(slug: "fog", lang: "en") { body } }', {"noticesByPk": {"body": "Fog"}}),
    Case("by a uuid", f'{{ documentsByPk(id: "{_DOC}") {{ title }} }}', {"documentsByPk": {"title": "Bill"}}),
    Case("by a bigint", '{ cargoLotsByPk(id: "2") { code } }', {"cargoLotsByPk": {"code": "L2"}}),
    Case("by a bigint as a number", "{ cargoLotsByPk(id: 2) { code } }", {"cargoLotsByPk": {"code": "L2"}}),
    Case("by a smallint", "{ buoysByPk(id: 2) { color } }", {"buoysByPk": {"color": "green"}}),
    Case("by a view's key", "{ openPortsByPk(id: 2) { name } }", {"openPortsByPk": {"name": "Basra"}}),
    Case("by a key of mixed case", "{ blogPostByPk(postId: 3) { title } }", {"blogPostByPk": {"title": "Three"}}),
    Case(
        "by a key without inflection",
        "{ snake_tableByPk(id: 1) { some_word } }",
        {"snake_tableByPk": {"some_word": "one"}},
    ),
    Case("by a renamed type's key", "{ shinyByPk(id: 1) { word } }", {"shinyByPk": {"word": "shine"}}),
    Case("by a variable", "query ($id: Int!) { shipsByPk(id: $id) { id } }", {"shipsByPk": {"id": 4}}, {"id": 4}),
    Case(
        "two by their keys",
        "{ a: shipsByPk(id: 1) { id } b: shipsByPk(id: 2) { id } c: shipsByPk(id: 99) { id } }",
        {"a": {"id": 1}, "b": {"id": 2}, "c": None},
    ),
    Case(
        "with a fragment",
        "{ shipsByPk(id: 1) { ...S } } fragment S on Ships { id kind }",
        {"shipsByPk": {"id": 1, "kind": "tug"}},
    ),
    Case("its typename", "{ shipsByPk(id: 1) { __typename } }", {"shipsByPk": {"__typename": "Ships"}}),
    Case(
        "beside a collection",
        "{ shipsByPk(id: 1) { id } shipsCollection(first: 1) { totalCount } }",
        {"shipsByPk": {"id": 1}, "shipsCollection": {"totalCount": 5}},
    ),
    Case(
        "as one who may read it partly",
        "{ accountsByPk(id: 1) { holder } }",
        {"accountsByPk": {"holder": "Amal"}},
        role=KEEPER,
    ),
    refused("a boolean key has no such field", "{ switchesByPk(isOn: true) { word } }", "switchesByPk"),
    refused("half of a key", "{ voyagesByPk(shipId: 1) { number } }"),
    refused("a key of null", "{ shipsByPk(id: null) { id } }"),
    refused("no key", "{ shipsByPk { id } }"),
    refused("a word for an int", '{ shipsByPk(id: "one") { id } }', role=CLERK),
]
