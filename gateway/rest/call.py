"""Calls of functions: how the arguments arrive, and the statement that calls and answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.catalog.model import Column, Relation, RelationKind, TypeKind, Volatility
from gateway.lanes import LaneKind, Statement
from gateway.plan.compile import expression, header, rows
from gateway.plan.model import Cte
from gateway.plan.mutation import BODY, Given, Objects
from gateway.plan.writing import objects_of
from gateway.rest import values as encoders
from gateway.rest.body import form_fields, payload_of, text_of, unacceptable
from gateway.rest.functions import RAW_BODIES, result_of, takes_body, variadic_of
from gateway.rest.intent import Page
from gateway.rest.mutation import SOURCE
from gateway.rest.parser import parse
from gateway.rest.planner import DEFAULT_RULES, plan_rows
from gateway.rest.plans import Compiled, labelled
from gateway.rest.preferences import Count
from gateway.rest.scope import Rules, Slots
from gateway.rest.statement import GUARDED, SCALAR, UNCOUNTED, Result, answer
from gateway.rest.values import array_literal, as_text
from gateway.sql.nodes import Number, Param, Raw, TypeName, ident, join, render, sql

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.catalog.model import Argument, Catalog, Function
    from gateway.rest.lexer import Lexed
    from gateway.rest.media import Media
    from gateway.sql.nodes import Node

_RESERVED = frozenset({"select", "order", "limit", "offset", "and", "or", "columns", "on_conflict"})
_OPERATORS = (
    "eq|neq|gt|gte|lt|lte|like|ilike|match|imatch|in|is|isdistinct|fts|plfts|phfts|wfts|cs|cd|ov|sl|sr|nxr|nxl|adj"
)
_FILTER = re.compile(rf"(?:not\.)?(?:{_OPERATORS})(?:\([^)]*\))?\.", re.ASCII)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a call as values for slots: one each, or the whole body as one where `is_body`."""

    keys: tuple[str, ...]
    values: tuple[str, ...]
    is_body: bool = False


def split_query(query: str, decode: Callable[[str], tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """What reads of the result say, and the pairs that are arguments."""
    kept: list[str] = []
    arguments: list[tuple[str, str]] = []
    for part in query.split("&") if query else ():
        key, value = decode(part)
        if key.rpartition(".")[2] in _RESERVED or "." in key or _FILTER.match(value):
            kept.append(part)
        else:
            arguments.append((key, value))
    return "&".join(kept), arguments


def from_pairs(pairs: list[tuple[str, str]], variadics: frozenset[str]) -> Arguments:
    """Arguments of a query string or a form; those of `variadics` gather all of their values."""
    gathered: dict[str, list[str]] = {}
    for key, value in pairs:
        gathered.setdefault(key, []).append(value)
    keys = tuple(sorted(gathered))
    return Arguments(keys, tuple(_one(gathered[key], key in variadics) for key in keys))


def _one(given: list[str], is_variadic: bool) -> str:
    return array_literal(given) if is_variadic else given[-1]


def from_body(content_type: str, body: bytes, variadics: frozenset[str], columns: tuple[str, ...] | None) -> Arguments:
    """Arguments of a POST. Raises PGRST102."""
    if content_type == "application/octet-stream":
        return Arguments((), ("\\x" + body.hex(),), is_body=True)
    if content_type in RAW_BODIES:
        return Arguments((), (text_of(body),), is_body=True)
    if content_type == "application/x-www-form-urlencoded":
        return from_pairs(form_fields(text_of(body)), variadics)
    if content_type not in ("application/json", "text/csv"):
        raise unacceptable(content_type)
    payload = payload_of(content_type, body or b"{}", columns)
    return Arguments(payload.keys, (payload.text,), is_body=True)


def is_write(function: Function, method: str) -> bool:
    """Whether the call may change rows."""
    return method == "POST" and function.volatility is Volatility.VOLATILE


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the statement of a call, beside its query string."""

    function: Function
    method: str
    content_type: str
    arguments: Arguments
    count: Count | None
    is_guarded: bool


def compile_call(catalog: Catalog, lexed: Lexed, shape: Shape, media: Media, rules: Rules = DEFAULT_RULES) -> Compiled:
    """The statement of a call; the arguments are the values behind those of the query string. Raises `RestError`."""
    slots = Slots(len(lexed.values) + len(shape.arguments.values))
    result = result_of(catalog, shape.function)
    called = _called(catalog, shape, len(lexed.values))
    body = _body(catalog, shape, len(lexed.values))
    offset: int | None = None
    head: Node | None = None
    if result in (Result.ROWS, Result.ROW):
        intent = parse(lexed.shape)
        offset = next((page.offset for path, page in intent.pages if not path), None)
        planned = plan_rows(catalog, Cte(SOURCE), relation_of(catalog, shape.function), intent, slots, rules=rules)
        feed = sql("{}, ", body) if body is not None else Raw("")
        before = sql("with {} as (select r.* from {}{} as r) ", ident(SOURCE), feed, called)
        counted = rows(planned.counted)
        shown, labelled_ = labelled(planned.select, media)
        head = header(planned.select)
        if labelled_ is Result.SCALARS:
            result = Result.SCALARS if result is Result.ROWS else Result.SCALAR
    else:
        tail = sql(" from {}", body) if body is not None else Raw("")
        before = sql("with {} as (select {} as {}{}) ", ident(SOURCE), called, ident(SCALAR), tail)
        counted = sql("select {} from {}", ident(SCALAR), ident(SOURCE))
        page = dict(parse(lexed.shape).pages).get((), Page()) if result is Result.SCALARS else Page()
        most = rules.max_rows if result is Result.SCALARS else None
        shown, offset = sql("{}{}", counted, _page(slots, page, most)), page.offset
    is_counted = shape.count in (Count.EXACT, Count.ESTIMATED)
    total = sql("(select count(*) from ({}) as c)", counted) if is_counted else UNCOUNTED
    more = (GUARDED,) if shape.is_guarded else ()
    rendered = render(answer(shown, media, result, total, more, before, head))
    binds = tuple((slot, slots.encoders.get(slot, as_text)) for slot in rendered.slots)
    kind = LaneKind.WRITE if is_write(shape.function, shape.method) else LaneKind.READ
    return Compiled(Statement(rendered.text, kind), binds, tuple(slots.constants), media, offset)


def relation_of(catalog: Catalog, function: Function) -> Relation:
    """The relation whose rows the function gives, or one made up of its result's columns."""
    type_ = catalog.type_of(function.returns)
    if type_.relation is not None and type_.relation in catalog.relations:
        return catalog.relations[type_.relation]
    outputs = [(a.name, a.type) for a in function.outputs] or [(a.name, a.type) for a in type_.attributes]
    columns = {
        name: Column(name, at, oid, True, False, None, False, "", None) for at, (name, oid) in enumerate(outputs, 1)
    }
    name = (function.name[0], f"{function.name[1]}()")
    return Relation(name, RelationKind.VIEW, function.returns, columns, (), (), False, False, False, None)


def _called(catalog: Catalog, shape: Shape, slot: int) -> Node:
    function, arguments = shape.function, shape.arguments
    name = ident(*function.name)
    if arguments.is_body and not arguments.keys:
        whole = takes_body(catalog, function, shape.content_type)
        return sql("{}({})", name, _typed(catalog, function.inputs[0], slot) if whole else Raw(""))
    by_name = {a.name: a for a in function.inputs}
    variadic = variadic_of(function)
    passed = [
        sql(
            "{}{} => {}",
            Raw("variadic " if key == variadic else ""),
            ident(key),
            ident(BODY, key) if arguments.is_body else _typed(catalog, by_name[key], slot + at),
        )
        for at, key in enumerate(arguments.keys)
    ]
    return sql("{}({})", name, join(", ", passed))


def _body(catalog: Catalog, shape: Shape, slot: int) -> Node | None:
    if not shape.arguments.is_body or not shape.arguments.keys:
        return None
    by_name = {a.name: a for a in shape.function.inputs}
    given = tuple(_given(catalog, by_name[key]) for key in shape.arguments.keys)
    return sql("(select * from {} limit 1) as {}", objects_of(Objects(slot, given)), ident(BODY))


def _given(catalog: Catalog, argument: Argument) -> Given:
    type_ = catalog.type_of(argument.type)
    return Given(argument.name, "text" if type_.kind is TypeKind.PSEUDO else type_.sql)


def _typed(catalog: Catalog, argument: Argument, slot: int) -> Node:
    type_ = catalog.type_of(argument.type)
    if type_.kind is TypeKind.PSEUDO:
        return sql("{}::text", Param(slot))
    return sql("{}::{}", Param(slot), TypeName(type_.sql))


def _page(slots: Slots, page: Page, most: int | None) -> Node:
    limit = Raw("") if most is None else sql(" limit {}", Number(most))
    if page.limit is not None:
        encoder = encoders.as_count if most is None else encoders.at_most(most)
        limit = sql(" limit {}", expression(slots.count(page.limit, encoder)))
    if page.offset is None:
        return limit
    return sql("{} offset {}", limit, expression(slots.count(page.offset, encoders.as_count)))
