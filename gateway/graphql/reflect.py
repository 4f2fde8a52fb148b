"""Reflects the catalogue into the surface of one role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gateway.graphql.composites import Composites
from gateway.graphql.directives import read_directive
from gateway.graphql.functions import reflect_functions
from gateway.graphql.leaves import Leaf, Scalar
from gateway.graphql.naming import by_key_name, collection_name, is_valid
from gateway.graphql.nesting import with_nested
from gateway.graphql.origins import FromChange, FromCollection, FromColumn, FromNodeId, FromPrimaryKey
from gateway.graphql.relations import reflect_relations
from gateway.graphql.results import Affected, AnyRow, Row, Rows, Verb
from gateway.graphql.rules import Rules
from gateway.graphql.surface import ArgumentShape, FieldShape, Surface
from gateway.graphql.type_names import TypeNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gateway.catalog.model import Catalog, Name, Privileges
    from gateway.graphql.surface import RelationShape

_NO_KEYS = frozenset({Scalar.JSON, Scalar.BOOLEAN, Scalar.FLOAT, Scalar.OPAQUE})
_NODE = FieldShape("node", FromNodeId(), AnyRow(), description="The row with this `nodeId`")


def reflect(catalog: Catalog, privileges: Privileges, *, indexable_filters: bool = False) -> Surface:
    """What the role of `privileges` sees of `catalog`."""
    names, bare = TypeNames(), Rules(catalog, privileges, indexable_filters=indexable_filters)
    visible = bare.visible_relations(names)
    rules = replace(bare, enums=bare.enums_of(names))
    composites = Composites(rules, frozenset(visible), names)
    relations = reflect_relations(rules, visible, composites)
    functions = reflect_functions(rules, composites)
    relations = {name: _with_conflicts(shape, names) for name, shape in relations.items()}
    relations = {name: with_nested(rules, shape, relations) for name, shape in relations.items()}
    return Surface(
        relations=relations,
        composites=composites.reached,
        query=_sorted((_NODE, *_collections(relations), *_by_key(relations), *functions.query)),
        mutation=_sorted((*_changes(relations), *functions.mutation)),
        has_introspection=any(read_directive(comment).introspection for comment in catalog.schemas.values()),
    )


def _with_conflicts(shape: RelationShape, names: TypeNames) -> RelationShape:
    """`shape` without its unique constraints where types named after them are taken: nobody else gives way to these."""
    if shape.insertable and shape.uniques and names.claim_conflicts(shape.type_name):
        return shape
    return replace(shape, uniques={})


def shown(catalog: Catalog) -> Catalog:
    """What introspection may show: without the relations and functions of schemas that do not say `introspection`."""
    open_ = {name for name, comment in catalog.schemas.items() if read_directive(comment).introspection}
    if open_.issuperset(catalog.schemas):
        return catalog
    return replace(
        catalog,
        relations={name: relation for name, relation in catalog.relations.items() if name[0] in open_},
        functions={name: overloads for name, overloads in catalog.functions.items() if name[0] in open_},
    )


def _sorted(fields: Iterable[FieldShape]) -> dict[str, FieldShape]:
    return dict(sorted(first_of_each_name(fields).items()))


def first_of_each_name(fields: Iterable[FieldShape]) -> dict[str, FieldShape]:
    """`fields` by name; of two with one name the first is kept, names that GraphQL does not allow are left out."""
    kept: dict[str, FieldShape] = {}
    for field in fields:
        if is_valid(field.name):
            kept.setdefault(field.name, field)
    return kept


def _collections(relations: Mapping[Name, RelationShape]) -> Iterable[FieldShape]:
    for shape in relations.values():
        yield FieldShape(
            name=collection_name(shape.type_name),
            origin=FromCollection(shape.relation),
            result=Rows(shape.relation),
            is_nullable=False,
            description=f"The rows of type `{shape.type_name}`, in pages",
        )


def _by_key(relations: Mapping[Name, RelationShape]) -> Iterable[FieldShape]:
    for shape in relations.values():
        arguments = tuple(_key_arguments(shape))
        if len(arguments) == len(shape.key):
            yield FieldShape(
                name=by_key_name(shape.type_name),
                origin=FromPrimaryKey(shape.relation),
                result=Row(shape.relation),
                description=f"The row of type `{shape.type_name}` with this key",
                arguments=arguments,
            )


def _key_arguments(shape: RelationShape) -> Iterable[ArgumentShape]:
    """One for each column of the key; less where a column has no field, or values that pg_graphql takes for no keys."""
    fields = {field.origin.column: field for field in shape.fields.values() if isinstance(field.origin, FromColumn)}
    for column in shape.key:
        field = fields.get(column)
        if field is not None and isinstance(field.result, Leaf) and field.result.type not in _NO_KEYS:
            yield ArgumentShape(field.name, column, field.result, is_required=True)


def _changes(relations: Mapping[Name, RelationShape]) -> Iterable[FieldShape]:
    for shape in relations.values():
        name = shape.type_name
        if shape.insertable:
            yield _change(shape, Verb.INSERT, f"insertInto{name}Collection", "Adds rows", is_nullable=True)
        if shape.updatable:
            yield _change(shape, Verb.UPDATE, f"update{name}Collection", "Changes rows", is_nullable=False)
        if shape.is_deletable:
            yield _change(shape, Verb.DELETE, f"deleteFrom{name}Collection", "Removes rows", is_nullable=False)


def _change(shape: RelationShape, verb: Verb, name: str, does: str, *, is_nullable: bool) -> FieldShape:
    return FieldShape(
        name=name,
        origin=FromChange(shape.relation, verb),
        result=Affected(shape.relation, verb),
        is_nullable=is_nullable,
        description=f"{does} of type `{shape.type_name}`",
    )
