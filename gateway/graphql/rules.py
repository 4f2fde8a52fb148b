"""What holds for a schema as a whole: how names are made, what a role sees, and what a column's type becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gateway.catalog.model import RelationKind, TablePrivileges, TypeKind
from gateway.graphql.directives import read_directive
from gateway.graphql.domains import values_of
from gateway.graphql.leaves import EnumShape, Filtering, Leaf, Scalar
from gateway.graphql.naming import field_name, is_valid, type_name

if TYPE_CHECKING:
    from gateway.catalog.model import Catalog, Column, Name, Privileges, Relation, Type
    from gateway.graphql.type_names import TypeNames

_DEFAULT_MAX_ROWS = 30
_NO_PRIVILEGES = TablePrivileges(frozenset(), frozenset(), frozenset(), False)
_SCALARS = {
    "bool": Scalar.BOOLEAN,
    "int2": Scalar.INT,
    "int4": Scalar.INT,
    "int8": Scalar.BIG_INT,
    "float4": Scalar.FLOAT,
    "float8": Scalar.FLOAT,
    "numeric": Scalar.BIG_FLOAT,
    "text": Scalar.STRING,
    "varchar": Scalar.STRING,
    "bpchar": Scalar.STRING,
    "citext": Scalar.STRING,
    "date": Scalar.DATE,
    "time": Scalar.TIME,
    "timetz": Scalar.TIME,
    "timestamp": Scalar.DATETIME,
    "timestamptz": Scalar.DATETIME,
    "json": Scalar.JSON,
    "jsonb": Scalar.JSON,
    "uuid": Scalar.UUID,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """A catalogue as one role sees it."""

    catalog: Catalog
    privileges: Privileges
    enums: Mapping[int, EnumShape] = field(default_factory=dict)
    indexable_filters: bool = False
    """Whether filters have no comparison that row security keeps from an index, unless a comment says so."""

    def inflects(self, schema: str) -> bool:
        """Whether names of `schema` are inflected."""
        return read_directive(self.catalog.schemas.get(schema)).inflect_names is True

    def max_rows(self, relation: Relation) -> int:
        """The largest page of `relation`."""
        of_table = read_directive(relation.comment).max_rows
        of_schema = read_directive(self.catalog.schemas.get(relation.name[0])).max_rows
        return of_table or of_schema or _DEFAULT_MAX_ROWS

    def filtering(self, relation: Relation, column: Column) -> Filtering:
        """What filters may do with a column: the nearest comment decides."""
        schema = self.catalog.schemas.get(relation.name[0])
        said = (read_directive(comment).filter for comment in (column.comment, relation.comment, schema))
        may_hide = relation.has_row_security or relation.kind is RelationKind.VIEW
        usual = Filtering.INDEXABLE if self.indexable_filters and may_hide else Filtering.ALL
        return next((filtering for filtering in said if filtering is not None), usual)

    def key(self, relation: Relation) -> tuple[str, ...]:
        """The primary key, real or declared."""
        return relation.primary_key or read_directive(relation.comment).primary_key_columns

    def selectable(self, relation: Name) -> frozenset[str]:
        """The columns of `relation` that the role may read."""
        return self.granted(relation).select

    def granted(self, relation: Name) -> TablePrivileges:
        """What the role may do with `relation`."""
        return self.privileges.tables.get(relation, _NO_PRIVILEGES)

    def relation_type_name(self, relation: Relation) -> str:
        """The name of the relation's object type."""
        given = read_directive(relation.comment).name
        return given or type_name(relation.name[1], self.inflects(relation.name[0]))

    def column_field_name(self, relation: Name, column: str, comment: str | None) -> str:
        """The name of a column's field."""
        return read_directive(comment).name or field_name(column, self.inflects(relation[0]))

    def visible_relations(self, names: TypeNames) -> dict[Name, Relation]:
        """What is reflected: a key, the right to read all of it, and a name for its type."""
        relations = (self.catalog.relations[name] for name in sorted(self.catalog.relations))
        return {
            relation.name: relation
            for relation in relations
            if self.key(relation)
            and self.selectable(relation.name).issuperset(self.key(relation))
            and names.claim_relation(
                self.relation_type_name(relation), has_aggregate=read_directive(relation.comment).aggregate
            )
        }

    def enums_of(self, names: TypeNames) -> dict[int, EnumShape]:
        """The enums, and domains that are to be enums, of the exposed schemas, by oid; if GraphQL allows the names."""
        types = sorted(self.catalog.types.values(), key=lambda type_: type_.name)
        shapes = {type_.oid: self._enum(type_, _values(type_)) for type_ in types}
        return {oid: shape for oid, shape in shapes.items() if shape is not None and names.claim_enum(shape.name)}

    def leaf(self, oid: int) -> Leaf | None:
        """The type of a value without fields; None where it is no value (void, record, trigger, internal)."""
        type_ = self.catalog.type_of(oid)
        if type_.is_array:
            element = self.leaf(type_.element)
            return None if element is None else _list_of(element, type_)
        if type_.kind is TypeKind.PSEUDO:
            return None
        return self._domain(type_) if type_.kind is TypeKind.DOMAIN else Leaf(self._plain(type_), type_.sql, type_.sql)

    def _domain(self, domain: Type) -> Leaf | None:
        base = self.leaf(domain.base)
        if base is None:
            return None
        if domain.oid in self.enums:
            return replace(base, type=self.enums[domain.oid], sql=domain.sql)
        resolves = read_directive(self.catalog.schemas.get(domain.name[0])).resolve_base_type
        return replace(base, sql=domain.sql) if resolves else Leaf(Scalar.OPAQUE, domain.sql, base.base)

    def _plain(self, type_: Type) -> Scalar | EnumShape:
        if type_.kind is TypeKind.ENUM:
            return self.enums.get(type_.oid, Scalar.OPAQUE)
        known = _SCALARS.get(type_.name[1], Scalar.OPAQUE)
        return known if type_.name[0] == "pg_catalog" or type_.name[1] == "citext" else Scalar.OPAQUE

    def _enum(self, type_: Type, values: tuple[str, ...]) -> EnumShape | None:
        directive = read_directive(type_.comment)
        labels = tuple((directive.mappings.get(label, label), label) for label in values)
        if type_.name[0] not in self.catalog.schemas or not all(is_valid(value) for value, _ in labels):
            return None
        name = directive.name or type_name(type_.name[1], self.inflects(type_.name[0]))
        return EnumShape(name, labels, directive.documentation) if labels else None


def _values(type_: Type) -> tuple[str, ...]:
    is_enum = type_.kind is TypeKind.DOMAIN and read_directive(type_.comment).enum
    return values_of(type_.checks) if is_enum else type_.labels


def _list_of(element: Leaf, array: Type) -> Leaf:
    if element.is_list:
        return Leaf(Scalar.OPAQUE, array.sql, array.sql)
    return replace(element, sql=array.sql, base=f"{element.base}[]", is_list=True)
