"""Links between relations: foreign keys, and keys that a comment declares, in both directions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gateway.catalog.model import ForeignKey
from gateway.graphql.directives import read_directive
from gateway.graphql.naming import collection_name, field_name, uncapitalized, without_id
from gateway.graphql.origins import FromLink
from gateway.graphql.results import Row, Rows
from gateway.graphql.surface import FieldShape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.catalog.model import Name, Relation
    from gateway.graphql.directives import ForeignKeyDirective
    from gateway.graphql.rules import Rules


def links_of(rules: Rules, visible: Mapping[Name, Relation]) -> Mapping[Name, list[FieldShape]]:
    """The link fields of each relation in `visible`: first those along its own keys, then those of others to it."""
    links: dict[Name, list[FieldShape]] = defaultdict(list)
    keys = [key for key in _keys(rules) if _is_usable(rules, visible, key)]
    for key in keys:
        links[key.table].append(_forward(rules, visible[key.target], key))
    for key in keys:
        links[key.target].append(_backward(rules, visible[key.table], key))
    return links


def _keys(rules: Rules) -> list[ForeignKey]:
    enforced = rules.catalog.foreign_keys
    declared = (
        _declared(relation, key)
        for relation in rules.catalog.relations.values()
        for key in read_directive(relation.comment).foreign_keys
    )
    return sorted((*enforced, *declared), key=lambda key: (key.table, key.name))


def _declared(relation: Relation, key: ForeignKeyDirective) -> ForeignKey:
    names = {"foreign_name": key.foreign_name, "local_name": key.local_name}
    pairs = ", ".join(f'"{name}": "{value}"' for name, value in names.items() if value)
    return ForeignKey(
        name=f"~{'_'.join(key.local_columns)}",
        table=relation.name,
        columns=key.local_columns,
        target=(key.foreign_schema, key.foreign_table),
        target_columns=key.foreign_columns,
        is_one_to_one=any(set(unique) <= set(key.local_columns) for unique in relation.uniques),
        comment=f"@graphql({{{pairs}}})",
    )


def _is_usable(rules: Rules, visible: Mapping[Name, Relation], key: ForeignKey) -> bool:
    if key.table not in visible or key.target not in visible or len(key.columns) != len(key.target_columns):
        return False
    return rules.selectable(key.table).issuperset(key.columns) and rules.selectable(key.target).issuperset(
        key.target_columns
    )


def _forward(rules: Rules, target: Relation, key: ForeignKey) -> FieldShape:
    inflects = rules.inflects(key.target[0])
    stem = without_id(key.columns[0], inflects) if len(key.columns) == 1 else None
    derived = uncapitalized(rules.relation_type_name(target) if stem is None else field_name(stem, inflects))
    pairs = tuple(zip(key.columns, key.target_columns, strict=True))
    name = read_directive(key.comment).foreign_name or derived
    return FieldShape(name, FromLink(pairs), Row(key.target), is_nullable=_may_miss(rules, target, key))


def _may_miss(rules: Rules, target: Relation, key: ForeignKey) -> bool:
    """Whether a row may have no partner that the role sees: a column is null, or the target's policies hide rows."""
    columns = rules.catalog.relations[key.table].columns
    return target.has_row_security or any(columns[name].nullable for name in key.columns)


def _backward(rules: Rules, origin: Relation, key: ForeignKey) -> FieldShape:
    base = rules.relation_type_name(origin)
    derived = uncapitalized(base) if key.is_one_to_one else collection_name(base)
    pairs = tuple(zip(key.target_columns, key.columns, strict=True))
    result = Row(key.table) if key.is_one_to_one else Rows(key.table)
    name = read_directive(key.comment).local_name or derived
    return FieldShape(name, FromLink(pairs), result, is_nullable=key.is_one_to_one)
