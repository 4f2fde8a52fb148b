"""The statements of queries.sql, by name."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typing import LiteralString

_SECTION = re.compile(r"^-- (\w+) --$", re.MULTILINE)


def query(name: str) -> LiteralString:
    """The text of one statement; KeyError when queries.sql has none of that name."""
    return _statements()[name]


@cache
def _statements() -> dict[str, LiteralString]:
    _, *sections = _SECTION.split(files("jobs").joinpath("queries.sql").read_text())
    # The text comes from our own package, as literal as one written in Python.
    return {name: cast("LiteralString", text.strip()) for name, text in zip(sections[::2], sections[1::2], strict=True)}
