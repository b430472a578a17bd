"""Speaks HTTPS to one hub: bounded in size and time, mutually authenticated, never in clear."""

import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from io import BytesIO
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec
import zstandard

from beffroi.errors import BeffroiError
from beffroi.sync import wire
from beffroi.sync.skew import Skew
from beffroi.sync.trouble import garbled, refusal, unreachable
from beffroi.text import _

MAX_REPLY = 64_000_000
RESTORED_HEADER = "Beffroi-Restored"
"""Which backup the hub was restored from, and up to which position: `id:position`."""
MAX_RESTORED = 100
MAX_REFUSAL = 100_000
_WINDOW = 1 << 27
_PATIENCE = httpx.Timeout(30.0, connect=5.0, pool=30.0)
T = TypeVar("T")
Params = Mapping[str, str | int]


class HubClient:
    """One connection pool to the hub at `url`, that shows `context`'s certificate.

    Every answer that carries the hub's clock is told to `skew`.  Close it, or use it in `async with`.

    Raises:
        BeffroiError: `url` is not an https address.
    """

    def __init__(
        self, url: str, context: ssl.SSLContext, skew: Skew | None = None, *, token: str = ""
    ) -> None:
        self.skew = skew or Skew(lambda: time.time_ns() // 1_000_000)
        self.token = token
        self.restored = ""
        self._http = httpx.AsyncClient(
            base_url=checked(url) + wire.API,
            verify=context,
            timeout=_PATIENCE,
            trust_env=False,
            follow_redirects=False,
            headers={"Accept-Encoding": "zstd", "User-Agent": "beffroi"},
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
        )

    async def __aenter__(self) -> Self:
        """Nothing to do: connections are made when needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Let go of the connections."""
        await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    @asynccontextmanager
    async def opened(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        patience: httpx.Timeout | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """An answer whose body is still to be read; whoever asks reads `aiter_raw`.

        Raises:
            HubUnreachable: no answer, or it broke off.
            HubRefused: the hub says no.
        """
        said = {wire.TIME_HEADER: str(self.skew.now()), **(headers or {})}
        if self.token:
            said["Authorization"] = f"Bearer {self.token}"
        if content is not None:
            said.setdefault("Content-Type", "application/json")
        began = time.monotonic()
        try:
            async with self._http.stream(
                method,
                path,
                params=params,
                content=content,
                headers=said,
                timeout=patience or _PATIENCE,
            ) as response:
                self._hear(response, began)
                if not response.is_success:
                    raise refusal(response, await _bounded(response, MAX_REFUSAL))
                yield response
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            raise unreachable(error) from error

    async def fetch(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        limit: int = MAX_REPLY,
    ) -> bytes:
        """The whole body of an answer, at most `limit` bytes.

        Raises:
            HubUnreachable: no answer, or it broke off, or it is too big.
            HubRefused: the hub says no.
        """
        async with self.opened(
            method, path, params=params, content=content, headers=headers
        ) as response:
            return await _bounded(response, limit)

    async def ask(
        self, method: str, path: str, kind: type[T], message: Any = None, **params: str | int
    ) -> T:
        """Send `message` as JSON and understand the answer as `kind`.

        Raises:
            HubUnreachable: no answer, or none that can be understood.
            HubRefused: the hub says no.
        """
        content = None if message is None else wire.encode(message)
        body = await self.fetch(method, path, params=params, content=content)
        try:
            answer: T = wire.decoder(kind).decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise garbled() from error
        return answer

    def _hear(self, response: httpx.Response, began: float) -> None:
        self.restored = response.headers.get(RESTORED_HEADER, self.restored)[:MAX_RESTORED]
        said = response.headers.get(wire.TIME_HEADER, "")
        if said.isascii() and said.isdigit() and len(said) < len(str(1 << 63)):
            self.skew.heard(int(said), round((time.monotonic() - began) * 1000))


def checked(url: str) -> str:
    """`url` without what follows the host and port.

    Raises:
        BeffroiError: it is no https address of a hub.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port or 443
        if parts.scheme != "https" or not parts.hostname or parts.username is not None:
            raise ValueError
    except ValueError as error:
        raise BeffroiError(
            _("L’adresse du hub doit avoir la forme https://nom:port\u00a0: vérifiez-la.")
        ) from error
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"https://{host}:{port}"


async def _bounded(response: httpx.Response, limit: int) -> bytes:
    """The body, decompressed, or nothing when it is bigger than `limit`."""
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > limit:
            raise garbled()
    coding = response.headers.get("Content-Encoding", "identity")
    if coding == "identity":
        return bytes(body)
    if coding != "zstd":
        raise garbled()
    return decompressed(bytes(body), limit)


def decompressed(body: bytes, limit: int) -> bytes:
    """What `body` (zstd) holds.

    Raises:
        HubUnreachable: it is damaged, cut, or holds more than `limit` bytes.
    """
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(
            BytesIO(body), read_across_frames=True
        )
        found = reader.read(limit + 1)
    except (zstandard.ZstdError, MemoryError) as error:
        raise garbled() from error
    if len(found) > limit:
        raise garbled()
    return found
