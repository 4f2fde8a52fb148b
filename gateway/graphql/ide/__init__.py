"""GraphiQL for browsers, from files beside this one; those of npm come by `make graphiql` (daira/graphiql.py)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.http import Response

if TYPE_CHECKING:
    from gateway.http import Headers

VENDOR = Path(str(files(__package__))) / "vendor"
"""Where the files of npm are."""
BASE = "ide/"
_TYPES = {".html": b"text/html", ".css": b"text/css", ".js": b"text/javascript"}
_POLICY: Headers = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        b" font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"vary", b"accept"),
)
_NAMES = (
    "page.css",
    "page.js",
    "graphiql.min.css",
    "graphiql.min.js",
    "react.production.min.js",
    "react-dom.production.min.js",
)


def page() -> Response:
    """The page that a browser gets at the endpoint."""
    return _file("page.html") or Response(404, (), b"")


def asset(path: str) -> Response | None:
    """A file that the page asks for; None where there is none of that name."""
    name = path.removeprefix(BASE)
    return _file(name) if path.startswith(BASE) and name in _NAMES else None


@cache
def _file(name: str) -> Response | None:
    found = next((path for path in (VENDOR.parent / name, VENDOR / name) if path.is_file()), None)
    if found is None:
        return None
    headers = ((b"content-type", _TYPES[found.suffix] + b"; charset=utf-8"), *_POLICY)
    kept = b"no-cache" if found.parent != VENDOR else b"public, max-age=86400"
    return Response(200, (*headers, (b"cache-control", kept)), found.read_bytes())
