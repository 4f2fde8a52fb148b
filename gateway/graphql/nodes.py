"""Rows by their `nodeId`, which names the relation and the values of its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.graphql.encode import NodeIdPart, decode_array
from gateway.graphql.errors import Code, Refusal
from gateway.graphql.given import Whole
from gateway.graphql.leaves import Leaf
from gateway.graphql.origins import FromColumn
from gateway.plan.model import ColumnOf, Compare, Constant, Operator
from gateway.plan.values import Encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gateway.catalog.model import Name
    from gateway.graphql.given import Null
    from gateway.graphql.origins import FromKey
    from gateway.graphql.rows import PlanRow
    from gateway.graphql.slots import Slots
    from gateway.graphql.surface import RelationShape
    from gateway.plan.model import Condition

NODE, NODE_ID = "node", "nodeId"


def node_id(key: FromKey, row: PlanRow) -> Encoded:
    """The `nodeId` of a row."""
    names = tuple(Constant(part) for part in key.relation)
    return Encoded((*names, *(row.column(column) for column in key.columns)))


def relation_of(node_id: object) -> Name | None:
    """The relation that a `nodeId` names; None where it is not one."""
    parts = decode_array(node_id) if isinstance(node_id, str) else None
    if parts is None or len(parts) < 3 or not all(isinstance(part, str) for part in parts[:2]):
        return None
    return parts[0], parts[1]


def known_relation(given: Whole) -> Name:
    """The relation that the `nodeId` of a request names. Raises `Refusal` where it is not one."""
    relation = relation_of(given.value)
    if relation is None:
        raise Refusal(Code.BAD_INPUT, f'"{given.value}" is not a nodeId.', "Give one that was read.")
    return relation


def is_node(slots: Slots, shape: RelationShape, alias: str, given: Whole | Null) -> Iterator[Condition]:
    """What holds for the one row of `shape`, known as `alias`, whose `nodeId` is given."""
    for index, column in enumerate(shape.key):
        field = next((field for field in shape.fields.values() if field.origin == FromColumn(column)), None)
        type_ = field.result.base if field is not None and isinstance(field.result, Leaf) else "text"
        part = NodeIdPart(shape.relation, index, len(shape.key))
        yield Compare(ColumnOf(alias, column), Operator.EQ, slots.value(given, part, type_))
