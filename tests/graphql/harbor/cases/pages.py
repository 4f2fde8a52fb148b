"""Pages, cursors and orders."""

from __future__ import annotations

from typing import Any

from tests.graphql.harbor.case import Case, edges, ids, opaque, refused

_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


def _page(arguments: str, wanted: tuple[int, ...], after: bool, before: bool) -> Case:
    query = f"{{ shipsCollection{arguments} {{ {_INFO} edges {{ cursor node {{ id }} }} }} }}"
    info = {
        "hasNextPage": after,
        "hasPreviousPage": before,
        "startCursor": opaque(wanted[0]) if wanted else None,
        "endCursor": opaque(wanted[-1]) if wanted else None,
    }
    found = [{"cursor": opaque(value), "node": {"id": value}} for value in wanted]
    return Case(f"page {arguments}", query, {"shipsCollection": {"pageInfo": info, "edges": found}})


def _ordered(order: str, wanted: tuple[int, ...], **more: Any) -> Case:
    query = f"{{ shipsCollection(orderBy: {order}) {{ edges {{ node {{ id }} }} }} }}"
    return Case(f"order {order}"[:70], query, {"shipsCollection": ids(*wanted)}, **more)


def _walk(order: str, arguments: str, wanted: tuple[int, ...]) -> Case:
    query = f"{{ shipsCollection(orderBy: {order}, {arguments}) {{ edges {{ node {{ id }} }} }} }}"
    return Case(f"walk {order} {arguments}"[:100], query, {"shipsCollection": ids(*wanted)})


_PAGES = [
    _page("", (1, 2, 3, 4, 5), False, False),
    _page("(first: 2)", (1, 2), True, False),
    _page("(first: 5)", (1, 2, 3, 4, 5), False, False),
    _page("(first: 99)", (1, 2, 3, 4, 5), False, False),
    _page(f'(first: 2, after: "{opaque(2)}")', (3, 4), True, True),
    _page(f'(first: 2, after: "{opaque(4)}")', (5,), False, True),
    _page(f'(after: "{opaque(3)}")', (4, 5), False, True),
    _page("(last: 2)", (4, 5), False, True),
    _page(f'(last: 2, before: "{opaque(4)}")', (2, 3), True, True),
    _page(f'(last: 2, before: "{opaque(2)}")', (1,), True, False),
    _page("(first: 2, offset: 0)", (1, 2), True, False),
    _page("(first: 2, offset: 2)", (3, 4), True, True),
    _page("(first: 2, offset: 4)", (5,), False, True),
    _page(f'(first: 1, offset: 1, after: "{opaque(1)}")', (3,), True, True),
    _page("(first: 2, after: null)", (1, 2), True, False),
    _page("(filter: {id: {gt: 3}}, first: 1)", (4,), True, False),
    _page("(filter: {id: {gt: 99}})", (), False, False),
]

_ORDERS = [
    _ordered("[{id: DescNullsLast}]", (5, 4, 3, 2, 1)),
    _ordered("[{id: AscNullsFirst}]", (1, 2, 3, 4, 5)),
    _ordered("{id: DescNullsFirst}", (5, 4, 3, 2, 1)),
    _ordered("[{tonnage: AscNullsFirst}]", (4, 2, 5, 1, 3)),
    _ordered("[{tonnage: AscNullsLast}]", (2, 5, 1, 3, 4)),
    _ordered("[{tonnage: DescNullsFirst}]", (4, 3, 1, 2, 5)),
    _ordered("[{tonnage: DescNullsLast}]", (3, 1, 2, 5, 4)),
    _ordered("[{tonnage: AscNullsLast}, {id: DescNullsLast}]", (5, 2, 1, 3, 4)),
    _ordered("[{kind: AscNullsLast}]", (1, 2, 5, 3, 4)),
    _ordered("[{kind: DescNullsLast}, {shipName: DescNullsLast}]", (4, 3, 5, 2, 1)),
    _ordered("[{built: DescNullsLast}, {commissioned: DescNullsLast}]", (3, 5, 2, 1, 4)),
    _ordered("[{crewTotal: AscNullsFirst}]", (4, 5, 3, 2, 1)),
    _ordered("[{isActive: AscNullsFirst}]", (4, 3, 5, 1, 2)),
    _ordered("[{watchAt: AscNullsLast}]", (5, 1, 2, 3, 4)),
    _ordered("[{draught: DescNullsLast}]", (3, 5, 1, 2, 4)),
    _ordered("[{token: AscNullsLast}]", (1, 2, 5, 3, 4)),
    _ordered("[{lastSeen: AscNullsLast}]", (5, 1, 2, 3, 4)),
    _ordered("[{hull: AscNullsLast}, {id: AscNullsLast}]", (1, 2, 3, 5, 4)),
    _ordered("[]", (1, 2, 3, 4, 5)),
    _ordered("[{}]", (1, 2, 3, 4, 5)),
    _ordered("null", (1, 2, 3, 4, 5)),
]

_BY_TONS = "[{tonnage: AscNullsFirst}]"
_BY_TONS_LAST = "[{tonnage: DescNullsLast}]"

_WALKS = [
    _walk("[{homePortId: AscNullsFirst}]", f'first: 2, after: "{opaque(None, 4)}"', (1, 2)),
    _walk("[{homePortId: AscNullsLast}]", f'first: 2, after: "{opaque(2, 3)}"', (5, 4)),
    _walk("[{homePortId: AscNullsLast}]", f'after: "{opaque(None, 4)}"', ()),
    _walk("[{homePortId: DescNullsFirst}]", f'after: "{opaque(None, 4)}"', (5, 3, 1, 2)),
    _walk("[{homePortId: DescNullsLast}]", f'after: "{opaque(1, 1)}"', (2, 4)),
    _walk("[{homePortId: DescNullsLast}]", f'last: 2, before: "{opaque(None, 4)}"', (1, 2)),
    _walk("[{homePortId: AscNullsFirst}]", f'last: 9, before: "{opaque(1, 2)}"', (4, 1)),
    _walk("[{hull: AscNullsLast}]", f'first: 1, after: "{opaque("ab", 2)}"', (3,)),
    _walk("[{id: DescNullsLast}]", f'first: 2, after: "{opaque(4)}"', (3, 2)),
    _walk("[{kind: AscNullsLast}]", f'first: 2, after: "{opaque("ferry", 2)}"', (5, 3)),
    _walk("[{built: AscNullsLast}]", f'first: 2, after: "{opaque("1990-05-01", 1)}"', (2, 5)),
    _walk("[{isActive: DescNullsLast}, {kind: DescNullsLast}]", f'first: 2, after: "{opaque(True, "tug", 1)}"', (3, 5)),
    _walk(_BY_TONS, "last: 2", (1, 3)),
    _walk(_BY_TONS_LAST, "last: 2", (5, 4)),
    _walk(_BY_TONS, "first: 2, offset: 1", (2, 5)),
]

_VARIABLES = (
    "query ($n: Int, $c: Cursor, $o: [ShipsOrderBy!]) { shipsCollection(first: $n, after: $c, "
    "orderBy: $o) { edges { node { id } } } }"
)

CASES = [
    *_PAGES,
    *_ORDERS,
    *_WALKS,
    Case(
        "cursors of an order",
        "{ shipsCollection(first: 2, orderBy: [{homePortId: AscNullsFirst}]) { edges { cursor } } }",
        {"shipsCollection": {"edges": [{"cursor": opaque(None, 4)}, {"cursor": opaque(1, 1)}]}},
    ),
    Case(
        "a cursor of a composite key",
        "{ voyagesCollection(first: 1) { edges { cursor } } }",
        {"voyagesCollection": {"edges": [{"cursor": opaque(1, 1)}]}},
    ),
    Case(
        "after a composite key",
        f'{{ voyagesCollection(after: "{opaque(1, 2)}") {{ edges {{ node {{ shipId }} }} }} }}',
        {"voyagesCollection": ids(2, 3, key="shipId")},
    ),
    Case(
        "before a composite key",
        f'{{ voyagesCollection(last: 1, before: "{opaque(2, 1)}") {{ edges {{ node {{ shipId number }} }} }} }}',
        {"voyagesCollection": edges({"shipId": 1, "number": 2})},
    ),
    Case(
        "a text key",
        "{ noticesCollection { edges { node { slug lang } } } }",
        {
            "noticesCollection": edges(
                {"slug": '"q', "lang": "en"}, {"slug": "fog", "lang": "ar"}, {"slug": "fog", "lang": "en"}
            )
        },
    ),
    Case(
        "after a text key",
        f'{{ noticesCollection(after: "{opaque("fog", "ar")}") {{ edges {{ node {{ slug lang }} }} }} }}',
        {"noticesCollection": edges({"slug": "fog", "lang": "en"})},
    ),
    Case("no variables", _VARIABLES, {"shipsCollection": ids(1, 2, 3, 4, 5)}),
    Case("a page of variables", _VARIABLES, {"shipsCollection": ids(3, 4)}, {"n": 2, "c": opaque(2)}),
    Case(
        "an order in a variable", _VARIABLES, {"shipsCollection": ids(5, 4)}, {"n": 2, "o": [{"id": "DescNullsLast"}]}
    ),
    Case(
        "a direction in a variable",
        "query ($d: OrderByDirection!) { shipsCollection(orderBy: [{id: $d}]) { edges { node { id } } } }",
        {"shipsCollection": ids(5, 4, 3, 2, 1)},
        {"d": "DescNullsLast"},
    ),
    Case(
        "null for first",
        "query ($n: Int) { shipsCollection(first: $n) { edges { node { id } } } }",
        {"shipsCollection": ids(1, 2, 3, 4, 5)},
        {"n": None},
    ),
    Case(
        "only page info",
        "{ shipsCollection(first: 3) { pageInfo { hasNextPage } } }",
        {"shipsCollection": {"pageInfo": {"hasNextPage": True}}},
    ),
    Case(
        "only cursors",
        "{ shipsCollection(first: 1) { edges { cursor } } }",
        {"shipsCollection": {"edges": [{"cursor": opaque(1)}]}},
    ),
    Case(
        "page info twice",
        "{ shipsCollection(first: 1) { a: pageInfo { hasNextPage } b: pageInfo { e: endCursor } } }",
        {"shipsCollection": {"a": {"hasNextPage": True}, "b": {"e": opaque(1)}}},
    ),
    Case(
        "an order of two in one relationship",
        "{ portsCollection(first: 1) { edges { node { shipsCollection(orderBy: [{id: DescNullsLast}], first: 1) "
        "{ pageInfo { hasNextPage endCursor } edges { node { id } } } } } } }",
        {
            "portsCollection": edges(
                {"shipsCollection": {"pageInfo": {"hasNextPage": True, "endCursor": opaque(2)}, **ids(2)}}
            )
        },
    ),
    Case(
        "at most 30 unless it is said",
        "{ hidden_thingsCollection { pageInfo { hasNextPage } edges { node { id } } } }",
        {"hidden_thingsCollection": {"pageInfo": {"hasNextPage": True}, **ids(*range(1, 31))}},
    ),
    Case(
        "30 though more are asked for",
        "{ hidden_thingsCollection(first: 34) { edges { node { id } } } }",
        {"hidden_thingsCollection": ids(*range(1, 31))},
    ),
    Case(
        "the last 30",
        "{ hidden_thingsCollection(last: 34) { edges { node { id } } } }",
        {"hidden_thingsCollection": ids(*range(6, 36))},
    ),
    Case(
        "the rest",
        f'{{ hidden_thingsCollection(after: "{opaque(30)}") {{ pageInfo {{ hasNextPage }} edges {{ node {{ id '
        "} } } }",
        {"hidden_thingsCollection": {"pageInfo": {"hasNextPage": False}, **ids(*range(31, 36))}},
    ),
    Case(
        "the schema's own limit",
        "{ small_pagesCollection { pageInfo { hasNextPage } edges { node { id } } } }",
        {"small_pagesCollection": {"pageInfo": {"hasNextPage": True}, **ids(1, 2, 3, 4)}},
    ),
    Case(
        "the schema's own limit holds",
        "{ small_pagesCollection(first: 9) { edges { node { id } } } }",
        {"small_pagesCollection": ids(1, 2, 3, 4)},
    ),
    Case(
        "below the limit",
        "{ small_pagesCollection(first: 2) { edges { node { id } } } }",
        {"small_pagesCollection": ids(1, 2)},
    ),
    Case(
        "the table's own limit",
        "{ bigger_pagesCollection { edges { node { id } } } }",
        {"bigger_pagesCollection": ids(1, 2, 3, 4, 5, 6, 7)},
    ),
    Case(
        "the limit backwards",
        "{ small_pagesCollection(last: 9) { edges { node { id } } } }",
        {"small_pagesCollection": ids(7, 8, 9, 10)},
    ),
    refused("first and last", "{ shipsCollection(first: 1, last: 1) { edges { node { id } } } }"),
    refused(
        "before and after",
        f'{{ shipsCollection(before: "{opaque(4)}", after: "{opaque(1)}") {{ edges {{ node {{ id }} }} }} }}',
    ),
    refused(
        "first and before", f'{{ shipsCollection(first: 1, before: "{opaque(4)}") {{ edges {{ node {{ id }} }} }} }}'
    ),
    refused("last and after", f'{{ shipsCollection(last: 1, after: "{opaque(4)}") {{ edges {{ node {{ id }} }} }} }}'),
    refused("offset and last", "{ shipsCollection(last: 1, offset: 1) { edges { node { id } } } }", "offset"),
    refused(
        "offset and before",
        f'{{ shipsCollection(before: "{opaque(4)}", offset: 1) {{ edges {{ node {{ id }} }} }} }}',
        "offset",
    ),
    refused("a negative first", "{ shipsCollection(first: -1) { edges { node { id } } } }"),
    refused("a negative last", "{ shipsCollection(last: -1) { edges { node { id } } } }"),
    refused("a negative offset", "{ shipsCollection(offset: -1) { edges { node { id } } } }"),
    refused("a cursor that is none", '{ shipsCollection(after: "%%%") { edges { node { id } } } }'),
    refused(
        "a cursor of another order",
        f'{{ shipsCollection(after: "{opaque(1, 2, 3)}") {{ edges {{ node {{ id }} }} }} }}',
    ),
    refused("a word for first", '{ shipsCollection(first: "2") { edges { node { id } } } }'),
    refused("an unknown direction", "{ shipsCollection(orderBy: [{id: Up}]) { edges { node { id } } } }"),
    refused(
        "an unknown column to order by",
        "{ shipsCollection(orderBy: [{nope: AscNullsLast}]) { edges { node { id } } } }",
    ),
    refused("an order by json", "{ shipsCollection(orderBy: [{meta: AscNullsLast}]) { edges { node { id } } } }"),
    Case("first of none", "{ shipsCollection(first: 0) { edges { node { id } } } }", {"shipsCollection": ids()}),
]
