"""Where the role stands in a token's claims: PostgREST's `jwt-role-claim-key` (https://docs.postgrest.org, Auth)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_STEP = re.compile(
    r"""
    \.(?P<key>[\w$@-]+)
  | \."(?P<quoted>[^"]+)"
  | \[(?P<index>-?\d+)\]
  | \[(?P<begin>(?:-?\d+)?)(?P<slice>:)(?P<end>(?:-?\d+)?)\]
  | \[(?P<quote>["'])(?P<member>.*?)(?P=quote)\]
  | \[\?\(?\s*@(?P<within>(?:\.[\w$-]+)*)\s*(?P<op>==\^|\^==|\*==|==|!=)\s*(?P<mark>["'])(?P<text>.*?)(?P=mark)\s*\)?\]
  | \[\?\(?\s*(?P<function>search|match)\(\s*@\s*,\s*(?P<sign>["'])(?P<pattern>.*?)(?P=sign)\s*\)\s*\)?\]
    """,
    re.VERBOSE,
)
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "==": lambda value, text: value == text,
    "!=": lambda value, text: value != text,
    "^==": lambda value, text: value.startswith(text),
    "==^": lambda value, text: value.endswith(text),
    "*==": lambda value, text: text in value,
    "search": lambda value, text: re.search(text, value) is not None,
    "match": lambda value, text: re.fullmatch(text, value) is not None,
}


@dataclass(frozen=True)
class Member:
    """Descend into an object."""

    name: str


@dataclass(frozen=True)
class Element:
    """Descend into an array by position."""

    index: int


@dataclass(frozen=True)
class Slice:
    """A part of a text, or the first element of a part of an array."""

    begin: int | None
    end: int | None


@dataclass(frozen=True)
class FirstMatch:
    """The first element of an array for which the comparison holds: of itself, or of its member `within`."""

    operator: str
    text: str
    within: tuple[str, ...] = ()


Step = Member | Element | Slice | FirstMatch


def parse_path(path: str) -> tuple[Step, ...]:
    """`.app.roles[0]`, `$['https://x/role']`, `.roles[?(@ ^== "web_")]` as steps; raises ValueError.

    Both the older notation and what of JSONPath (RFC 9535) leads to one value.
    """
    steps: list[Step] = []
    at = 1 if path.startswith("$") else 0
    while at < len(path):
        match = _STEP.match(path, at)
        if match is None:
            raise ValueError(f"jwt-role-claim-key {path!r} cannot be read at character {at}")
        steps.append(_step(match))
        at = match.end()
    return tuple(steps)


def _step(match: re.Match[str]) -> Step:
    if match["index"] is not None:
        return Element(int(match["index"]))
    if match["slice"] is not None:
        return Slice(_bound(match["begin"]), _bound(match["end"]))
    if match["op"] is not None:
        return FirstMatch(match["op"], match["text"], tuple(match["within"].split(".")[1:]))
    if match["function"] is not None:
        _checked(match["pattern"])
        return FirstMatch(match["function"], match["pattern"])
    return Member(match["key"] or match["quoted"] or match["member"])


def _bound(digits: str) -> int | None:
    return int(digits) if digits else None


def walk(claims: Any, path: tuple[Step, ...]) -> Any:
    """The value at `path`, or None where there is none."""
    value = claims
    for step in path:
        value = _descend(value, step)
    return value


def _descend(value: Any, step: Step) -> Any:
    match step:
        case Member(name) if isinstance(value, dict):
            return value.get(name)
        case Element(index) if isinstance(value, list) and -len(value) <= index < len(value):
            return value[index]
        case Slice(begin, end) if isinstance(value, str):
            return value[begin:end] or None
        case Slice(begin, end) if isinstance(value, list):
            return next(iter(value[begin:end]), None)
        case FirstMatch() if isinstance(value, list):
            return next((item for item in value if _holds(item, step)), None)
        case _:
            return None


def _holds(item: Any, step: FirstMatch) -> bool:
    value = walk(item, tuple(map(Member, step.within)))
    return isinstance(value, str) and _TESTS[step.operator](value, step.text)


def _checked(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"jwt-role-claim-key has a pattern that can't be read: {pattern!r}") from error
