"""Pages of JSON, compressed with zstd for whoever accepts it, packed once for all who ask alike."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

import zstandard
from starlette.requests import Request
from starlette.responses import Response

LEVEL = 3
WORTH_BYTES = 1_000
CACHE_BYTES = 32_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page as JSON, and packed when that is worth it."""

    plain: bytes
    packed: bytes = b""

    @property
    def size(self) -> int:
        """Bytes that keeping it takes."""
        return len(self.plain) + len(self.packed)


def pack(plain: bytes) -> Page:
    """`plain` with its compressed form; takes 2 ms a megabyte: call it in a thread."""
    if len(plain) < WORTH_BYTES:
        return Page(plain)
    return Page(plain, zstandard.ZstdCompressor(level=LEVEL).compress(plain))


def paged(request: Request, page: Page) -> Response:
    """`page` in the form that the asker accepts."""
    headers = {"vary": "accept-encoding", "cache-control": "no-store"}
    if page.packed and "zstd" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "zstd"
        return Response(page.packed, headers=headers, media_type="application/json")
    return Response(page.plain, headers=headers, media_type="application/json")


class Pages:
    """Recently packed pages; those who ask for the same at once wait for one making of it."""

    def __init__(self, capacity: int = CACHE_BYTES) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Hashable, Page] = OrderedDict()
        self._making: dict[Hashable, asyncio.Task[Page]] = {}
        self._size = 0

    async def get(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> Page:
        """The page of that key; `make` gives its JSON when it is not at hand."""
        if (page := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return page
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.create_task(self._make(key, make))
        return await asyncio.shield(task)

    async def _make(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> Page:
        try:
            plain = await make()
            page = pack(plain) if len(plain) < 50_000 else await asyncio.to_thread(pack, plain)
        finally:
            del self._making[key]
        self._keep(key, page)
        return page

    def _keep(self, key: Hashable, page: Page) -> None:
        self._kept[key] = page
        self._size += page.size
        while self._size > self._capacity:
            _oldest, gone = self._kept.popitem(last=False)
            self._size -= gone.size
