"""The nodes that a statement is made of, and their rendering to text with $1, $2, ...

`sql("select {} from {}", a, b)` takes its template from the code (a `LiteralString`), never from a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import LiteralString


@dataclass(frozen=True, slots=True)
class Raw:
    """Keywords and punctuation, written in the code."""

    text: LiteralString


@dataclass(frozen=True, slots=True)
class Ident:
    """A quoted identifier, qualified where it has several parts. Its parts come from the catalogue."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type as the catalogue writes it in SQL (`catalog.Type.sql`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A constant of the catalogue as a string literal, such as a type's name."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number that the code or the catalogue gives."""

    value: int


@dataclass(frozen=True, slots=True)
class Param:
    """The value in `slot` of the request, always sent beside the statement."""

    slot: int


@dataclass(frozen=True, slots=True)
class Seq:
    """Nodes one after the other."""

    nodes: tuple[Node, ...]


Node = Raw | Ident | TypeName | Text | Number | Param | Seq


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text of a statement; `slots[n]` is the request's slot that goes to `$n+1`."""

    text: str
    slots: tuple[int, ...]


def ident(*parts: str) -> Ident:
    """The identifier with these parts."""
    return Ident(parts)


def sql(template: LiteralString, *nodes: Node) -> Seq:
    """`template` with each `{}` replaced by the node in its place."""
    texts = _around(template)
    if len(texts) != len(nodes) + 1:
        raise ValueError(f"{len(nodes)} nodes for {len(texts) - 1} places")
    filled: list[Node] = [texts[0]]
    for node, text in zip(nodes, texts[1:], strict=True):
        filled += (node, text)
    return Seq(tuple(filled))


@cache
def _around(template: LiteralString) -> tuple[Raw, ...]:
    return tuple(map(Raw, template.split("{}")))


def join(separator: LiteralString, nodes: Iterable[Node]) -> Seq:
    """`nodes` with `separator` between them."""
    joined: list[Node] = []
    between = Raw(separator)
    for node in nodes:
        joined += (between, node) if joined else (node,)
    return Seq(tuple(joined))


def render(node: Node) -> Rendered:
    """The text of `node`. The same slot is always the same parameter."""
    pieces: list[str] = []
    numbers: dict[int, int] = {}
    _write(node, pieces, numbers)
    return Rendered("".join(pieces), tuple(numbers))


def _write(node: Node, pieces: list[str], numbers: dict[int, int]) -> None:
    match node:
        case Raw(text) | TypeName(text):
            pieces.append(text)
        case Seq(nodes):
            for inner in nodes:
                _write(inner, pieces, numbers)
        case Ident(parts):
            pieces.append(".".join(map(_quote, parts)))
        case Text(text):
            pieces.append(_literal(text))
        case Number(value):
            pieces.append(str(value))
        case Param(slot):
            pieces.append(f"${numbers.setdefault(slot, len(numbers) + 1)}")


@lru_cache(maxsize=4096)
def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"E'{escaped.replace(chr(92), chr(92) * 2)}'" if "\\" in text else f"'{escaped}'"
