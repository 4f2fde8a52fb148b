"""Which page a field asks for: `first`, `last`, `before`, `after`, `offset`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.graphql.encode import AsCount
from gateway.graphql.errors import Code, Refusal
from gateway.graphql.given import Whole

if TYPE_CHECKING:
    from gateway.graphql.request import Use
    from gateway.graphql.surface import RelationShape
    from gateway.plan.model import Value

_APART = (("first", "last"), ("after", "before"), ("first", "before"), ("last", "after"), ("last", "offset"))


@dataclass(frozen=True, slots=True)
class Page:
    """A page: read from the end where `backward`; `cursor` is the position next to which it begins."""

    backward: bool
    size: Value
    size_and_one: Value
    cursor: Whole | None
    offset: Value | None


def read_page(use: Use, shape: RelationShape) -> Page:
    """The page that `use` asks for. Raises `Refusal` where its arguments contradict each other."""
    given = {name: use.argument(name) for name in ("first", "last", "before", "after", "offset")}
    known = {name: value for name, value in given.items() if isinstance(value, Whole)}
    for one, other in (*_APART, ("before", "offset")):
        if one in known and other in known:
            raise Refusal(Code.BAD_INPUT, f'"{one}" and "{other}" can\'t be given together.')
    count = known.get("last") or known.get("first")
    offset = known.get("offset")
    return Page(
        backward="last" in known or "before" in known,
        size=_size(use, shape, count, 0),
        size_and_one=_size(use, shape, count, 1),
        cursor=known.get("after") or known.get("before"),
        offset=None if offset is None else use.request.slots.value(offset, AsCount("offset"), "bigint"),
    )


def _size(use: Use, shape: RelationShape, count: Whole | None, more: int) -> Value:
    slots = use.request.slots
    if count is None:
        return slots.constant(str(shape.max_rows + more), "bigint")
    name = "first" if use.argument("last") is None else "last"
    return slots.value(count, AsCount(name, shape.max_rows, more, use.request.limits), "bigint")
