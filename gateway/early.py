"""Makes the GraphQL schemas of roles before they ask: after the start, and after each reading of the catalogue."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from typing import TYPE_CHECKING

from gateway.catalog.watch import CatalogUnavailable
from gateway.lanes import LaneError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from gateway.background import Background
    from gateway.catalog.model import Catalog
    from gateway.graphql.endpoint import GraphQLEndpoint

_AFTER_START_S = 0.2
"""REST is to answer first: GraphQL's library takes a quarter of a second to import."""


class Early:
    """A listener to new catalogues."""

    def __init__(
        self, background: Background, endpoint: Callable[[], GraphQLEndpoint], roles: Callable[[], Collection[str]]
    ) -> None:
        self._background = background
        self._endpoint = endpoint
        self._roles = roles
        self._is_first = True

    def __call__(self, _: Catalog) -> None:
        """Begin to make the schemas of the usual roles, and of those that were here before."""
        self._background.start(self._prepare())

    async def _prepare(self) -> None:
        is_first, self._is_first = self._is_first, False
        if is_first:
            await asyncio.sleep(_AFTER_START_S)
        endpoint = await asyncio.to_thread(self._endpoint)
        for role in {*self._roles(), *endpoint.roles}:
            with suppress(LaneError, CatalogUnavailable):
                await endpoint.api(role)
        if is_first:
            gc.collect()
            gc.freeze()
