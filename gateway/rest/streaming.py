"""Reads that are answered row by row, however many there are."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from gateway.http import Response
from gateway.rest.asked import afford, content_headers, preference_applied, stream
from gateway.rest.media import Form

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from gateway.lanes import Rows
    from gateway.rest.asked import Asked, Context
    from gateway.rest.plans import Compiled


async def streamed(context: Context, asked: Asked, plan: Compiled, values: Sequence[str]) -> Response:
    """The answer once its first rows are there; what fails before them is raised as ever."""
    await afford(context, asked, plan, values)
    chunks = stream(context, asked, plan, values)
    first = await anext(chunks, None)
    head = f"{','.join(plan.header)}\n".encode() if plan.media.form is Form.CSV else b""
    headers = (*content_headers(context, asked, plan), *preference_applied(context, asked.preferences))
    if asked.request.method == "HEAD":
        await chunks.aclose()
        return Response(200, headers, b"")
    return Response(200, headers, head + _text(first), _rest(chunks))


async def _rest(chunks: AsyncGenerator[Rows, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(chunks):
        async for chunk in chunks:
            yield _text(chunk)


def _text(chunk: Rows | None) -> bytes:
    return b"" if chunk is None else b"".join(row[0] or b"" for row in chunk)
