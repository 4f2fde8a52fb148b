"""Reflects composite types: as objects where functions return them, as input objects where functions take them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gateway.catalog.model import TypeKind
from gateway.graphql.directives import read_directive
from gateway.graphql.leaves import Leaf
from gateway.graphql.naming import field_name, is_valid, type_name
from gateway.graphql.origins import FromAttribute
from gateway.graphql.results import Many, Record, Row, Rows, Values
from gateway.graphql.surface import ArgumentShape, CompositeShape, FieldShape, RecordInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gateway.catalog.model import Attribute, Function, Name, Type
    from gateway.graphql.results import Result
    from gateway.graphql.rules import Rules
    from gateway.graphql.type_names import TypeNames

_PAGE_INFO = "PageInfo"
_PAGE_INFO_FIELDS = {"hasNextPage", "hasPreviousPage", "startCursor", "endCursor"}


class Composites:
    """The composite types that functions reach, gathered while functions are reflected."""

    def __init__(self, rules: Rules, visible: frozenset[Name], names: TypeNames) -> None:
        self._rules = rules
        self._visible = visible
        self._names = names
        self._shapes: dict[int, CompositeShape] = {}

    @property
    def reached(self) -> dict[int, CompositeShape]:
        """The shapes so far, by oid, in the order of oids."""
        return dict(sorted(self._shapes.items()))

    def result_of(self, function: Function) -> Result | None:
        """What a call of `function` gives; None where GraphQL can't say it."""
        result = self._result(function.returns)
        if not function.returns_set:
            return result
        if isinstance(result, Row):
            return result if function.rows == 1 else Rows(result.relation)
        if isinstance(result, Record):
            return Many(result, is_set=True)
        return Values(result) if isinstance(result, Leaf) and not result.is_list else None

    def input_of(self, oid: int) -> Leaf | RecordInput | None:
        """The type of an argument; None where GraphQL can't say it, and for rows of tables."""
        type_ = self._rules.catalog.type_of(oid)
        if type_.is_array:
            element = self.input_of(type_.element)
            return replace(element, is_list=True) if isinstance(element, RecordInput) else self._rules.leaf(oid)
        if type_.kind is not TypeKind.COMPOSITE:
            return self._rules.leaf(oid)
        return RecordInput(oid) if type_.relation is None and self._gives_input(type_) else None

    def _result(self, oid: int) -> Result | None:
        type_ = self._rules.catalog.type_of(oid)
        if type_.is_array:
            element = self._result(type_.element)
            return Many(element) if isinstance(element, Row | Record) else self._rules.leaf(oid)
        if type_.kind is not TypeKind.COMPOSITE:
            return self._rules.leaf(oid)
        if type_.relation is not None:
            return Row(type_.relation) if type_.relation in self._visible else None
        return Record(oid) if self._gives_output(type_) else None

    def _gives_output(self, type_: Type) -> bool:
        shape, name = self._shape(type_), self._base_name(type_)
        if shape.output_name is not None:
            return True
        if not self._names.claim(name) and not self._is_page_info(type_, name):
            return False
        self._shapes[type_.oid] = replace(shape, output_name=name)
        fields = {field.name: field for field in self._fields(type_) if is_valid(field.name)}
        self._shapes[type_.oid] = replace(self._shapes[type_.oid], output_name=name if fields else None, fields=fields)
        return bool(fields)

    def _gives_input(self, type_: Type) -> bool:
        shape, base = self._shape(type_), self._base_name(type_)
        if shape.input_name is not None:
            return True
        name = base if base.endswith("Input") else f"{base}Input"
        if not self._names.claim(name):
            return False
        self._shapes[type_.oid] = replace(shape, input_name=name)
        inputs = {given.name: given for given in self._inputs(type_) if is_valid(given.name)}
        self._shapes[type_.oid] = replace(self._shapes[type_.oid], input_name=name if inputs else None, inputs=inputs)
        return bool(inputs)

    def _is_page_info(self, type_: Type, name: str) -> bool:
        """Whether the type may stand for GraphQL's PageInfo, which connections have too."""
        fields = {self._attribute_name(type_, attribute) for attribute in type_.attributes}
        return name == _PAGE_INFO and fields <= _PAGE_INFO_FIELDS

    def _shape(self, type_: Type) -> CompositeShape:
        known = self._shapes.get(type_.oid)
        return known or CompositeShape(type_.sql, None, None, read_directive(type_.comment).documentation, {}, {})

    def _base_name(self, type_: Type) -> str:
        return read_directive(type_.comment).name or type_name(type_.name[1], self._rules.inflects(type_.name[0]))

    def _fields(self, type_: Type) -> Iterable[FieldShape]:
        for attribute in type_.attributes:
            result = self._result(attribute.type)
            if result is not None:
                yield FieldShape(self._attribute_name(type_, attribute), FromAttribute(attribute.name), result)

    def _inputs(self, type_: Type) -> Iterable[ArgumentShape]:
        for attribute in type_.attributes:
            given = self.input_of(attribute.type)
            if given is not None:
                yield ArgumentShape(self._attribute_name(type_, attribute), attribute.name, given, is_required=False)

    def _attribute_name(self, type_: Type, attribute: Attribute) -> str:
        return field_name(attribute.name, self._rules.inflects(type_.name[0]))
