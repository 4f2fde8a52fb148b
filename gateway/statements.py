"""The gateway's own SQL, kept in `.sql` files: `-- name kind --`, one line that says what it does, the statement."""

from __future__ import annotations

import re
from importlib.resources import files

from gateway.lanes import LaneKind, Rows, Statement

_SECTION = re.compile(r"^-- (\w+) (read|write|long) --$", re.MULTILINE)


def load_statements(package: str, file: str = "queries.sql") -> dict[str, Statement]:
    """The statements of one file by name."""
    _, *sections = _SECTION.split(files(package).joinpath(file).read_text())
    triples = zip(sections[::3], sections[1::3], sections[2::3], strict=True)
    return {name: Statement(_statement(text), LaneKind[kind.upper()]) for name, kind, text in triples}


def _statement(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line and not line.startswith("--")).rstrip(";")


def text_row(rows: Rows) -> tuple[str, ...]:
    """The first row as text, null as the empty string; an empty tuple where there is no row."""
    return tuple((value or b"").decode() for value in rows.first() or ())
