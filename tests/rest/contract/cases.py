"""The cases of cases/*.yaml: a request to a foreign database, and what PostgREST's documentation says is answered.

The method is the key that holds the path: `get: "/stalls?id=eq.1"`. `as` is the role of a token, `claims` what else
it says (numbers in `exp`, `nbf` and `iat` are seconds from now), `key` what it is signed with, where it is not the
usual secret; `token` is the whole header instead. `send` is the body: JSON unless it is a string.

The status is 200 unless said. The body `is` JSON, or `text`; it `has` these members, or is `like` a pattern; `rows` are
the ids of a list; `err` is the code of an error, or some of its members. `with` are headers, a pattern where between
slashes; `without` are headers that are not there. `sql` runs before, `signal` is sent before, and what takes a while
comes `soon`; `then` is a statement, run afterwards as the superuser, and its one value as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

_FILES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))
_WRITES = ("post", "patch", "put", "delete")
_METHODS = (*_WRITES, "get", "head", "options", "trace", "other")
UNSAID: Any = object()


@dataclass(frozen=True)
class Case:
    """One case. `server` names the settings, see servers.yaml; writes go where they are undone, unless said."""

    name: str
    method: str
    path: str
    role: str | None = None
    claims: Mapping[str, Any] | None = None
    key: str | None = None
    token: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    send: Any = UNSAID
    status: int = 200
    body: Any = UNSAID
    text: str | None = None
    like: str | None = None
    has: Any = None
    rows: list[Any] | None = None
    err: Any = None
    with_: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    server: str = "main"
    sql: str | None = None
    after: str | None = None
    signal: str | None = None
    soon: bool = False
    then: Mapping[str, Any] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """Whether the rows have to be put back afterwards."""
        return self.method in _WRITES and self.status < 300 and self.server not in ("undone", "rollback")


def read_cases() -> Iterator[tuple[str, Case]]:
    """All cases with the names that the test report gives them, those of a server together."""
    named = [case for path in _FILES for case in _of_file(path)]
    return iter(sorted(named, key=lambda pair: pair[1].server))


def _of_file(path: Path) -> Iterator[tuple[str, Case]]:
    for number, entry in enumerate(yaml.safe_load(path.read_text()), 1):
        case = _case(entry)
        yield f"{path.stem}-{number}-{case.name}", case


def _case(entry: dict[str, Any]) -> Case:
    given = dict(entry)
    method = next(name for name in _METHODS if name in given)
    path = given.pop(method)
    headers: dict[str, str] = {key: str(given.pop(key)) for key in ("prefer", "accept") if key in given}
    headers |= {"content-type": given.pop("type")} if "type" in given else {}
    headers |= given.pop("headers", {})
    name = given.pop("name", f"{method} {path}"[:70])
    said = {_FIELDS.get(key, key): value for key, value in given.items()}
    server = "undone" if method in _WRITES and "then" not in said else "main"
    return Case(**{"name": name, "method": method, "path": path, "headers": headers, "server": server, **said})


_FIELDS = {"as": "role", "is": "body", "with": "with_"}
assert set(_FIELDS.values()) <= {one.name for one in fields(Case)}
