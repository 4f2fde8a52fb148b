"""`python -m tests.support.parse PATH...`: has PostgreSQL's own parser read every SQL file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pglast import parse_sql
from pglast.parser import ParseError


def main(arguments: list[str]) -> int:
    """Prints each mistake with its place; gives the exit code."""
    mistakes = [line for path in _files(arguments) for line in _mistakes(path)]
    for line in mistakes:
        print(line)
    return 1 if mistakes else 0


def _files(arguments: list[str]) -> Iterator[Path]:
    for argument in map(Path, arguments):
        yield from sorted(argument.glob("*.sql")) if argument.is_dir() else [argument]


def _mistakes(path: Path) -> Iterator[str]:
    try:
        parse_sql(path.read_text())
    except ParseError as error:
        yield f"{path}: {error}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
