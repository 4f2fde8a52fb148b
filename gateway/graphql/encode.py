"""Values as PostgreSQL's text format takes them. An encoder gets the coerced value of an argument."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from gateway.graphql.errors import Code, Refusal
from gateway.graphql.leaves import Leaf, Scalar
from gateway.graphql.surface import RecordInput

if TYPE_CHECKING:
    from gateway.catalog.model import Name
    from gateway.graphql.limits import Limits
    from gateway.graphql.surface import ArgumentShape, CompositeShape, WritableColumn

Encoded = str | None
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"'})


class Encoder(Protocol):
    """Turns a value into a parameter. Raises `Refusal` for one that can't be. Equal encoders encode alike."""

    def __call__(self, value: Any) -> Encoded: ...


def text(value: Any) -> Encoded:
    """A scalar; what JSON has as an object or list goes as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)


def array(value: Any) -> Encoded:
    """A list of scalars as PostgreSQL's array literal."""
    return None if value is None else "{" + ",".join(map(_element, value)) + "}"


def _element(value: Any) -> str:
    encoded = text(value)
    return "NULL" if encoded is None else f'"{encoded.translate(_ESCAPES)}"'


def leaf_encoder(leaf: Leaf) -> Encoder:
    """The encoder of a value of type `leaf`."""
    return array if leaf.is_list else text


@dataclass(frozen=True)
class AsRecord:
    """Input objects as the JSON that `json_populate_record` takes, under the names that attributes have in SQL."""

    composite: int
    composites: Mapping[int, CompositeShape]

    def __call__(self, value: Any) -> Encoded:
        return json.dumps(self._value(RecordInput(self.composite, isinstance(value, list)), value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AsRecord) and other.composite == self.composite

    def __hash__(self) -> int:
        return hash(self.composite)

    def _value(self, type_: Leaf | RecordInput, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(type_, Leaf):
            return _json_document(value) if type_.type is Scalar.JSON else value
        if isinstance(value, list):
            return [self._value(RecordInput(type_.composite), item) for item in value]
        inputs = self.composites[type_.composite].inputs
        return {inputs[name].sql_name: self._attribute(inputs[name], item) for name, item in value.items()}

    def _attribute(self, shape: ArgumentShape, value: Any) -> Any:
        return self._value(shape.type, value)


def _json_document(value: Any) -> Any:
    if isinstance(value, list):
        return [_json_document(item) for item in value]
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal(Code.BAD_INPUT, "A value of type JSON is not a JSON document.") from None


@dataclass(frozen=True)
class AsObjects:
    """Input objects as the JSON array of rows that a write takes, under the names of columns."""

    relation: Name
    columns: Mapping[str, WritableColumn] = field(compare=False)

    def __call__(self, value: Any) -> Encoded:
        return json.dumps([self.row(given) for given in (value if isinstance(value, list) else [value])])

    def row(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of one object."""
        return {self.columns[n].column: self._value(n, item) for n, item in given.items() if n in self.columns}

    def _value(self, name: str, value: Any) -> Any:
        is_document = self.columns[name].type.type is Scalar.JSON and value is not None
        return _json_document(value) if is_document else value


@dataclass(frozen=True)
class AsCount:
    """A number of rows, at most `most`, with `more` added; refused where it is over the limit for pages."""

    name: str
    most: int | None = None
    more: int = 0
    limits: Limits | None = None

    def __call__(self, value: Any) -> Encoded:
        if value < 0:
            raise Refusal(Code.BAD_INPUT, f'"{self.name}" must not be negative.')
        if self.limits is not None:
            self.limits.check("first", value)
        return str((value if self.most is None else min(value, self.most)) + self.more)


@dataclass(frozen=True)
class CursorPart:
    """Value `index` of a cursor of `length` values."""

    index: int
    length: int

    def __call__(self, value: Any) -> Encoded:
        parts = decode_array(value)
        if parts is None or len(parts) != self.length or any(isinstance(part, list | dict) for part in parts):
            raise Refusal(
                Code.BAD_INPUT, "The cursor is not one of this collection in this order.", "Give one of its cursors."
            )
        return text(parts[self.index])


@dataclass(frozen=True)
class NodeIdPart:
    """Key value `index` of a `nodeId` of a row of `relation`."""

    relation: tuple[str, str]
    index: int
    length: int

    def __call__(self, value: Any) -> Encoded:
        parts = decode_array(value)
        if parts is None or len(parts) != self.length + 2 or tuple(parts[:2]) != self.relation:
            raise Refusal(Code.BAD_INPUT, f'"{value}" is not the nodeId of such a row.', "Give one that was read.")
        return text(parts[self.index + 2])


def decode_array(value: str) -> list[Any] | None:
    """The JSON array behind an opaque name, its numbers as text; None where it is not one."""
    try:
        document = json.loads(base64.b64decode(value, validate=True), parse_int=str, parse_float=str)
    except (ValueError, binascii.Error, RecursionError):
        return None
    return document if isinstance(document, list) else None
