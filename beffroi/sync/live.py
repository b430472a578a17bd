"""Reads the hub's live stream: server-sent events, bounded, given up when they fall silent."""

from collections.abc import AsyncIterator, Iterator

import httpx
import msgspec

from beffroi.sync import wire
from beffroi.sync.client import HubClient
from beffroi.sync.trouble import HubUnreachable, garbled
from beffroi.text import _

SILENCE_S = 40.0
MAX_EVENT = 16_000_000
_PATIENCE = httpx.Timeout(30.0, connect=5.0, read=SILENCE_S, pool=30.0)


class EventReader:
    """Cuts a stream of bytes into the data of its events, wherever the network cuts it.

    Raises:
        HubUnreachable: an event is bigger than `MAX_EVENT`.
    """

    def __init__(self) -> None:
        self._rest = bytearray()
        self._data = bytearray()

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The data of each event that `chunk` ends."""
        start = len(self._rest)
        self._rest += chunk
        begin = 0
        while (end := self._rest.find(b"\n", max(begin, start))) >= 0:
            yield from self._line(bytes(self._rest[begin:end]).removesuffix(b"\r"))
            begin = end + 1
        del self._rest[:begin]
        if len(self._rest) + len(self._data) > MAX_EVENT:
            raise garbled()

    def _line(self, line: bytes) -> Iterator[bytes]:
        if not line:
            if self._data:
                yield bytes(self._data)
                self._data.clear()
            return
        name, _colon, value = line.partition(b":")
        if name == b"data":
            if self._data:
                self._data += b"\n"
            self._data += value.removeprefix(b" ")


async def events(hub: HubClient, workspace: str) -> AsyncIterator[wire.Event]:
    """The live stream of `workspace`, for as long as it stands.

    Raises:
        HubUnreachable: it ended, fell silent, or says what cannot be understood.
        HubRefused: the hub does not let us listen.
    """
    reader = EventReader()
    async with hub.opened(
        "GET",
        "/sync/live",
        params={"workspace": workspace},
        headers={"Accept": "text/event-stream", "Accept-Encoding": "identity"},
        patience=_PATIENCE,
    ) as response:
        async for chunk in response.aiter_raw():
            for data in reader.feed(chunk):
                yield _event(data)
    raise HubUnreachable(_("Le hub a fermé la liaison\u00a0: Beffroi la reprend de lui-même."))


def _event(data: bytes) -> wire.Event:
    try:
        event: wire.Event = wire.decoder(wire.Event).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise garbled() from error
    return event
