"""Reflects relations: columns, `nodeId`, links along keys, computed fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.graphql.directives import read_directive
from gateway.graphql.leaves import Leaf, Scalar
from gateway.graphql.links import links_of
from gateway.graphql.naming import function_field_name, is_valid
from gateway.graphql.origins import FromColumn, FromComputed, FromKey
from gateway.graphql.results import Verb
from gateway.graphql.surface import FieldShape, RelationShape, WritableColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gateway.catalog.model import Column, Function, Name, Relation
    from gateway.graphql.composites import Composites
    from gateway.graphql.rules import Rules


def reflect_relations(
    rules: Rules, visible: Mapping[Name, Relation], composites: Composites
) -> dict[Name, RelationShape]:
    """The shapes of the relations that the role sees."""
    links = links_of(rules, visible)
    return {
        name: _shape(rules, relation, (*links[name], *_computed(rules, relation, composites)))
        for name, relation in visible.items()
    }


def _shape(rules: Rules, relation: Relation, further: Iterable[FieldShape]) -> RelationShape:
    directive = read_directive(relation.comment)
    fields: dict[str, FieldShape] = {}
    for field in (_node_id(rules, relation), *_columns(rules, relation), *further):
        if is_valid(field.name):
            fields.setdefault(field.name, field)
    return RelationShape(
        relation=relation.name,
        type_name=rules.relation_type_name(relation),
        description=directive.documentation,
        key=rules.key(relation),
        fields=fields,
        max_rows=rules.max_rows(relation),
        has_total_count=directive.total_count,
        has_aggregate=directive.aggregate,
        insertable=_writable(rules, relation, Verb.INSERT),
        updatable=_writable(rules, relation, Verb.UPDATE),
        is_deletable=relation.deletable and rules.granted(relation.name).delete,
        uniques=_uniques(rules, relation),
    )


def _uniques(rules: Rules, relation: Relation) -> dict[str, tuple[str, ...]]:
    """The constraints that an insert can name: their columns must be readable to PostgreSQL's `on conflict`."""
    selectable = rules.selectable(relation.name)
    named = sorted(relation.unique_names.items())
    return {name: columns for name, columns in named if is_valid(name) and selectable.issuperset(columns)}


def _writable(rules: Rules, relation: Relation, verb: Verb) -> dict[str, WritableColumn]:
    granted = rules.granted(relation.name)
    is_insert = verb is Verb.INSERT
    names = granted.insert if is_insert else granted.update
    if not (relation.insertable if is_insert else relation.updatable):
        return {}
    writable: dict[str, WritableColumn] = {}
    for column in sorted(relation.columns.values(), key=_position):
        leaf, name = rules.leaf(column.type), rules.column_field_name(relation.name, column.name, column.comment)
        if column.name in names and leaf is not None and is_valid(name) and not _is_made(column):
            writable.setdefault(name, WritableColumn(name, column.name, leaf, column.default))
    return writable


def _is_made(column: Column) -> bool:
    """Whether the database always makes the value itself: generated columns, identities and serials."""
    return column.is_generated or bool(column.identity) or (column.default or "").startswith("nextval(")


def _node_id(rules: Rules, relation: Relation) -> FieldShape:
    return FieldShape(
        name="nodeId",
        origin=FromKey(relation.name, rules.key(relation)),
        result=Leaf(Scalar.ID, "text", "text"),
        is_nullable=False,
        description="Identifies the row among all rows of all types",
    )


def _columns(rules: Rules, relation: Relation) -> Iterable[FieldShape]:
    selectable = rules.selectable(relation.name)
    for column in sorted(relation.columns.values(), key=_position):
        leaf = rules.leaf(column.type)
        if column.name in selectable and leaf is not None:
            yield FieldShape(
                name=rules.column_field_name(relation.name, column.name, column.comment),
                origin=FromColumn(column.name),
                result=leaf,
                is_nullable=column.nullable,
                description=read_directive(column.comment).documentation,
                filtering=rules.filtering(relation, column),
            )


def _position(column: Column) -> int:
    return column.position


def _computed(rules: Rules, relation: Relation, composites: Composites) -> Iterable[FieldShape]:
    for name, function in sorted(rules.catalog.computed_fields(relation.name).items()):
        result = composites.result_of(function)
        if result is not None and function.oid in rules.privileges.functions:
            yield FieldShape(
                name=computed_name(rules, name, function),
                origin=FromComputed(function.name),
                result=result,
                description=read_directive(function.comment).documentation,
            )


def computed_name(rules: Rules, name: str, function: Function) -> str:
    """The name of the field that `function` is."""
    given = read_directive(function.comment).name
    return given or function_field_name(name, rules.inflects(function.name[0]))
