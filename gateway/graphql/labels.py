"""Enums of the database as graphql-core types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import EnumValueNode, GraphQLEnumType, StringValueNode

if TYPE_CHECKING:
    from graphql import ConstValueNode


class LabelType(GraphQLEnumType):
    """An enum whose values documents may also write as strings, as they may for pg_graphql."""

    def coerce_input_literal(self, value_node: ConstValueNode, hide_suggestions: bool = False) -> Any:
        """The value of a literal. Raises GraphQLError."""
        if isinstance(value_node, StringValueNode):
            value_node = EnumValueNode(value=value_node.value)
        return super().coerce_input_literal(value_node, hide_suggestions)
