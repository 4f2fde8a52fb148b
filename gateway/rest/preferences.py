"""The Prefer header (https://docs.postgrest.org/en/stable/references/api/preferences.html)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gateway.rest.errors import RestError


class Resolution(Enum):
    """What happens to rows whose key is taken."""

    MERGE = "merge-duplicates"
    IGNORE = "ignore-duplicates"


class Missing(Enum):
    """What stands for a key that an object doesn't have."""

    DEFAULT = "default"
    NULL = "null"


class Return(Enum):
    """How much a write answers."""

    MINIMAL = "minimal"
    HEADERS = "headers-only"
    REPRESENTATION = "representation"


class Count(Enum):
    """How the rows beyond the page are counted."""

    EXACT = "exact"
    PLANNED = "planned"
    ESTIMATED = "estimated"


class Tx(Enum):
    """How the transaction ends."""

    COMMIT = "commit"
    ROLLBACK = "rollback"


class Handling(Enum):
    """Whether preferences that aren't understood are refused."""

    STRICT = "strict"
    LENIENT = "lenient"


class Page(Enum):
    """How the next page is found."""

    KEYSET = "keyset"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the caller would like; None where nothing was said."""

    resolution: Resolution | None = None
    missing: Missing | None = None
    returns: Return | None = None
    count: Count | None = None
    tx: Tx | None = None
    handling: Handling | None = None
    timezone: str | None = None
    max_affected: int | None = None
    page: Page | None = None
    invalid: tuple[str, ...] = ()

    @property
    def is_strict(self) -> bool:
        """Whether `handling=strict`."""
        return self.handling is Handling.STRICT

    @property
    def limit_affected(self) -> int | None:
        """The number of rows that may be affected; only strict handling makes it count."""
        return self.max_affected if self.is_strict else None

    def check(self) -> None:
        """Raises PGRST122 for what is not understood under strict handling."""
        if self.invalid and self.is_strict:
            raise RestError(
                400,
                "PGRST122",
                "Invalid preferences given with handling=strict",
                f"Invalid preferences: {', '.join(self.invalid)}",
            )


NO_PREFERENCES = Preferences()
_CLOSED: dict[str, tuple[str, type[Enum]]] = {
    "resolution": ("resolution", Resolution),
    "missing": ("missing", Missing),
    "return": ("returns", Return),
    "count": ("count", Count),
    "tx": ("tx", Tx),
    "handling": ("handling", Handling),
    "page": ("page", Page),
}


def parse_preferences(text: str) -> Preferences:
    """The preferences of one header value; the first of several for the same matter counts."""
    found: dict[str, object] = {}
    invalid: list[str] = []
    for item in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = item.partition("=")
        known = _read(name, value)
        if known is None:
            invalid.append(item)
        else:
            found.setdefault(*known)
    return Preferences(**found, invalid=tuple(invalid))  # type: ignore[arg-type]  # the names are those of _CLOSED


def _read(name: str, value: str) -> tuple[str, object] | None:
    if name == "timezone" and value:
        return "timezone", value
    if name == "max-affected" and value.isascii() and value.isdigit() and len(value) < 19:
        return "max_affected", int(value)
    attribute, choices = _CLOSED.get(name, ("", None))
    if choices is None or value not in {choice.value for choice in choices}:
        return None
    return attribute, choices(value)


def applied(*chosen: Enum | None, timezone: str | None = None, max_affected: int | None = None) -> bytes | None:
    """The value of Preference-Applied, in PostgREST's order; None where nothing was applied."""
    given = {type(choice): choice.value for choice in chosen if choice is not None}
    words = [f"{name}={given[kind]}" for name, (_, kind) in _CLOSED.items() if kind in given]
    if timezone is not None:
        words.append(f"timezone={timezone}")
    if max_affected is not None:
        words.append(f"max-affected={max_affected}")
    return ", ".join(words).encode("latin-1", "replace") if words else None
