"""Documents that are known by a name: by their SHA-256 once sent (Apollo's automatic persisted queries), or registered.

https://www.apollographql.com/docs/apollo-server/performance/apq
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Protocol

from gateway.graphql.errors import Code, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gateway.graphql.http import Asked


class Shared(Protocol):
    """Where several gateways keep documents together; a text that can't be had is None."""

    async def find(self, digest: str) -> str | None: ...
    async def keep(self, digest: str, text: str) -> None: ...


class Documents(Protocol):
    """Gives the document of a request."""

    async def text_of(self, asked: Asked) -> str:
        """The document. Raises `Refusal` where it is not known or not allowed."""

    async def learn(self, asked: Asked) -> None:
        """The document of `asked` is valid and may be remembered."""


class Automatic:
    """Remembers valid documents that were sent with their digest: those used last, in `characters` at most."""

    def __init__(self, shared: Shared | None = None, documents: int = 1_000, characters: int = 4_000_000) -> None:
        self._shared = shared
        self._documents = documents
        self._characters = characters
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        return len(self._kept)

    async def text_of(self, asked: Asked) -> str:
        """The document, which has the digest where one is given."""
        if asked.text is None:
            return await self._find(asked.digest or "")
        if asked.digest is not None and asked.digest != _digest(asked.text):
            raise Refusal(Code.BAD_REQUEST, "The sha256Hash is not that of the query.", status=400)
        return asked.text

    async def learn(self, asked: Asked) -> None:
        """Remember the document under its digest, where that was given."""
        if asked.text is None or asked.digest is None or asked.digest in self._kept:
            return
        self._keep(asked.digest, asked.text)
        if self._shared is not None:
            await self._shared.keep(asked.digest, asked.text)

    async def _find(self, digest: str) -> str:
        text = self._kept.get(digest)
        if text is not None:
            self._kept.move_to_end(digest)
            return text
        text = None if self._shared is None else await self._shared.find(digest)
        if text is None:
            raise Refusal(Code.NOT_PERSISTED, "PersistedQueryNotFound", "Send the query with its hash.")
        self._keep(digest, text)
        return text

    def _keep(self, digest: str, text: str) -> None:
        self._kept[digest] = text
        self._size += len(text)
        while len(self._kept) > self._documents or self._size > self._characters:
            _, unused = self._kept.popitem(last=False)
            self._size -= len(unused)


class Registered:
    """Allows only documents that are registered, asked for by name, by digest or by their text."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self._known = {**{_digest(text): text for text in named.values()}, **named}
        self._texts = frozenset(named.values())

    async def text_of(self, asked: Asked) -> str:
        """The document."""
        text = self._known.get(asked.digest or "") if asked.text is None else asked.text
        if text is None or text not in self._texts:
            raise Refusal(
                Code.NOT_REGISTERED, "Only registered operations are allowed.", "Register it, or use one that is.", 403
            )
        return text

    async def learn(self, asked: Asked) -> None:
        """Nothing is remembered."""


def read_registered(path: Path) -> Registered:
    """The documents of a directory, or of a JSON file. Raises ValueError or OSError where they can't be read."""
    if path.is_dir():
        return Registered({file.stem: file.read_text() for file in sorted(path.glob("*.graphql"))})
    document = json.loads(path.read_text())
    return Registered(_of_manifest(document) if "operations" in document else document)


def _of_manifest(document: Mapping[str, Any]) -> dict[str, str]:
    """Apollo's manifest: `{"operations": [{"id": ..., "body": ...}]}`."""
    return {operation["id"]: operation["body"] for operation in document["operations"]}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
