"""Who is at the other end of TLS: the SHA-256 of the station's certificate, in each request's scope.

TLS has verified by then that the hub's authority signed it and that the station holds its key.
"""

import asyncio
import contextlib
import hashlib
import socket
from collections import Counter
from typing import Any, ClassVar

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from hub.http.rates import neighbourhood

PEER = "beffroi.peer"
"""The SHA-256 of the certificate that a station showed, in the scope of its requests."""
DEAD_AFTER_MS = 45_000
MAX_HEAD = 32_000
"""Bytes of a request before its body: address and headers."""
HEAD_WITHIN_S = 20.0
MOST_STRANGERS = 100
"""Connections at once from one source without a certificate: browsers, machines that enrol."""


class PeerProtocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, that knows its client's certificate and bounds what it reads."""

    _peer = ""
    _head = 0
    _patience: asyncio.TimerHandle | None = None
    _stranger = ""
    _strangers: ClassVar[Counter[str]] = Counter()

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there; its certificate was verified."""
        super().connection_made(transport)
        shown: Any = transport.get_extra_info("ssl_object")
        certificate = shown.getpeercert(binary_form=True) if shown is not None else None
        self._peer = hashlib.sha256(certificate).hexdigest() if certificate else ""
        if shown is not None and not certificate:
            self._count_stranger(transport)
        _notice_death(transport.get_extra_info("socket"))
        self._wait_for_head()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """The client has left."""
        self._head_is_there()
        if self._stranger:
            self._strangers[self._stranger] -= 1
            if self._strangers[self._stranger] <= 0:
                del self._strangers[self._stranger]
        super().connection_lost(exc)

    def _count_stranger(self, transport: asyncio.Transport) -> None:
        """Whoever shows no certificate holds no more than a few of the places that all need."""
        self._stranger = neighbourhood(str((transport.get_extra_info("peername") or ("?",))[0]))
        self._strangers[self._stranger] += 1
        if self._strangers[self._stranger] > MOST_STRANGERS:
            transport.abort()

    @override
    def on_message_begin(self) -> None:
        """A request begins on this connection."""
        super().on_message_begin()
        self._head = 0
        self.scope[PEER] = self._peer  # type: ignore[literal-required]
        self._wait_for_head()

    @override
    def on_url(self, url: bytes) -> None:
        """A piece of the address."""
        self._weigh(len(url))
        super().on_url(url)

    @override
    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        self._weigh(len(name) + len(value) + 4)
        super().on_header(name, value)

    @override
    def on_headers_complete(self) -> None:
        """All headers are there."""
        self._head_is_there()
        super().on_headers_complete()

    def _weigh(self, size: int) -> None:
        self._head += size
        if self._head > MAX_HEAD:
            message = "the head of the request is too big"
            # The parser stops at it, and uvicorn answers 400 and closes.
            raise ValueError(message)

    def _wait_for_head(self) -> None:
        self._head_is_there()
        self._patience = self.loop.call_later(HEAD_WITHIN_S, self._give_up)

    def _head_is_there(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        """Whoever sends a head byte by byte holds a place that others need."""
        if not self.transport.is_closing():
            self.transport.close()


def _notice_death(shown: socket.socket | None) -> None:
    """Let the system tell of clients that vanish without a word: streams only ever send."""
    if shown is None:
        return
    with contextlib.suppress(OSError, AttributeError):
        shown.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        shown.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)
