"""The two buckets of the object store, made before anybody needs them."""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from daira.errors import StackError
from daira.servers.model import NotReadyError
from services.objects import ObjectStore, StoreConfig, StoreUnavailableError, config_from

_PROBE_KEY = ".daira/probe"
_SECONDS = 30.0


def make_buckets(environ: Mapping[str, str]) -> None:
    """Makes the buckets of the store that the variables MINIO_* name. Raises StackError."""
    try:
        asyncio.run(prepare_buckets(config_from(environ)))
    except KeyError as error:
        raise StackError(f"{error.args[0]} is not set.", "Set it in the environment; .env.example lists it.") from error
    except NotReadyError as error:
        raise StackError(f"The object store does not work: {error}.", "Check MINIO_ENDPOINT and its keys.") from error


async def prepare_buckets(config: StoreConfig) -> None:
    """Makes the buckets and stores an object, which a store that has just started may refuse for a moment.

    Raises NotReadyError when it refuses for longer.
    """
    store = ObjectStore(config)
    deadline = time.monotonic() + _SECONDS
    try:
        while not await _works(store, deadline):  # noqa: ASYNC110  (nobody tells us)
            await asyncio.sleep(0.1)
    finally:
        store.close()


async def _works(store: ObjectStore, deadline: float) -> bool:
    try:
        await store.ensure_buckets()
        await asyncio.to_thread(_put, store.presign_put(_PROBE_KEY, 60))
        await store.discard(_PROBE_KEY)
    except (StoreUnavailableError, OSError) as error:
        if time.monotonic() > deadline:
            raise NotReadyError(str(error)) from error
        return False
    return True


def _put(url: str) -> None:
    request = urllib.request.Request(url, data=b"daira", method="PUT")  # noqa: S310  (a signed http address)
    with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - the store is at http
        return
