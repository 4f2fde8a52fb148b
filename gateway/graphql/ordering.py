"""Reads orders: the terms that `orderBy` asks for, and those that make it total."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gateway.graphql.errors import Code, Refusal
from gateway.graphql.given import Items, Members, Whole
from gateway.graphql.leaves import Leaf
from gateway.graphql.origins import FromColumn, FromComputed, FromLink
from gateway.graphql.results import Row
from gateway.graphql.terms import BESIDE, Partner, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.graphql.given import Given
    from gateway.graphql.request import Use
    from gateway.graphql.surface import FieldShape, RelationShape


def read_order(use: Use, shape: RelationShape) -> tuple[Term, ...]:
    """The order that `use` asks for. The key comes last, so that no two rows are equal in it."""
    given = use.argument("orderBy")
    asked = [_term(use, shape, item, n) for n, item in enumerate(given.items)] if isinstance(given, Items) else []
    terms = [term for term in asked if term is not None]
    named = {term.column for term in terms}
    by_column = {field.origin.column: field for field in shape.fields.values() if isinstance(field.origin, FromColumn)}
    terms += (_of_column(by_column[name]) for name in shape.key if name not in named and name in by_column)
    return tuple(terms)


def _term(use: Use, shape: RelationShape, given: Given, number: int) -> Term | None:
    known = {name: value for name, value in _members(given).items() if isinstance(value, Whole | Members)}
    if len(known) > 1:
        raise Refusal(Code.BAD_INPUT, "Each element of orderBy names one field.", "Write [{a: ...}, {b: ...}].")
    for name, value in known.items():
        field = shape.fields[name]
        if isinstance(value, Members):
            return _of_partner(use, field, value, number)
        return _directed(_of_field(field, number), value.value)
    return None


def _members(given: Given) -> Mapping[str, Given]:
    return given.members if isinstance(given, Members) else {}


def _directed(term: Term, direction: str) -> Term:
    return replace(term, descending=direction.startswith("Desc"), nulls_first=direction.endswith("First"))


def _of_partner(use: Use, field: FieldShape, given: Given, number: int) -> Term | None:
    if not isinstance(field.origin, FromLink) or not isinstance(field.result, Row):
        raise TypeError("an order follows links to one row")
    partner = Partner(field.result.relation, field.origin.pairs)
    term = _term(use, use.request.surface.relations[partner.relation], given, number)
    if term is None:
        return None
    of = term.of or FromColumn(term.column)
    return replace(term, column=f"{BESIDE}{number}", of=of, partners=(partner, *term.partners), is_nullable=True)


def _of_field(field: FieldShape, number: int) -> Term:
    type_ = field.result.base if isinstance(field.result, Leaf) else "text"
    if isinstance(field.origin, FromComputed):
        return Term(f"{BESIDE}{number}", type_, is_nullable=True, of=field.origin)
    return _of_column(field)


def _of_column(field: FieldShape) -> Term:
    if not isinstance(field.origin, FromColumn) or not isinstance(field.result, Leaf):
        raise TypeError("rows are ordered by values")
    return Term(field.origin.column, field.result.base, field.is_nullable)
