"""Which rows can be inserted along with a row: those that keys lead to, where the schema's comment allows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gateway.graphql.directives import read_directive
from gateway.graphql.origins import FromLink
from gateway.graphql.results import Row, Rows
from gateway.graphql.surface import NestedShape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.catalog.model import Name
    from gateway.graphql.rules import Rules
    from gateway.graphql.surface import FieldShape, RelationShape


def with_nested(rules: Rules, shape: RelationShape, relations: Mapping[Name, RelationShape]) -> RelationShape:
    """`shape` with the rows that the role may insert along with its own."""
    if not read_directive(rules.catalog.schemas.get(shape.relation[0])).nested_inserts:
        return shape
    links = {name: _nested(rules, shape, field) for name, field in shape.fields.items() if name not in shape.insertable}
    usable = {name: link for name, link in links.items() if link is not None and _is_usable(shape, link, relations)}
    return replace(shape, nested=usable)


def _nested(rules: Rules, shape: RelationShape, field: FieldShape) -> NestedShape | None:
    if not isinstance(field.origin, FromLink) or not isinstance(field.result, Row | Rows):
        return None
    target, pairs = field.result.relation, field.origin.pairs
    is_first = isinstance(field.result, Row) and any(
        key.target == target and set(zip(key.columns, key.target_columns, strict=True)) == set(pairs)
        for key in rules.catalog.foreign_keys
        if key.table == shape.relation
    )
    return NestedShape(target, pairs, is_first, isinstance(field.result, Rows))


def _is_usable(shape: RelationShape, link: NestedShape, relations: Mapping[Name, RelationShape]) -> bool:
    """Whether the role may insert there, and may write the columns of the key."""
    target = relations[link.relation]
    holder = shape if link.is_first else target
    writable = {column.column for column in holder.insertable.values()}
    return bool(target.insertable) and writable.issuperset(pair[0 if link.is_first else 1] for pair in link.pairs)
