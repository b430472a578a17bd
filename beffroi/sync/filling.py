"""Fills a profile just joined from the hub's snapshot, when there is much: one file, taken over whole.

Whatever goes wrong, the profile stays empty and synchronising fills it thing by thing.
"""

import asyncio
import logging
import string
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import httpx

from beffroi.errors import BeffroiError
from beffroi.sync import wire
from beffroi.sync.adopting import adopt
from beffroi.sync.backoff import Backoff
from beffroi.sync.routes import Hub
from beffroi.sync.station import Station
from beffroi.sync.trouble import HubRefused, HubUnreachable, garbled

_log = logging.getLogger(__name__)
WORTH_FROM = 20_000
"""Operations at the hub from which a snapshot is worth its making."""
MAX_BYTES = 8_000_000_000
TRIES = 20
_KEY_CHARS = 64
Told = Callable[[int, int], None]


def fill(
    folder: Path, key: bytes, station: Station, token: str, workspace: str, told: Told
) -> bool:
    """Fill the closed, empty profile in `folder` (its raw `key`); whether it was.

    `told` hears how many bytes of how many have come.
    """
    file = folder / "snapshot.part"
    try:
        file_key = asyncio.run(_fetched(station, token, workspace, file, told))
        if file_key is None:
            return False
        adopt(folder, key, file, file_key)
    except BeffroiError as error:
        _log.warning("no snapshot, synchronising will do: %s", error)
        return False
    finally:
        file.unlink(missing_ok=True)
    return True


async def _fetched(
    station: Station, token: str, workspace: str, file: Path, told: Told
) -> bytes | None:
    """The key of the snapshot that is in `file` now; None when there is too little for one."""
    async with Hub(station.url, station.context(), token=token) as hub:
        page = await hub.pull(wire.Pull(workspace=workspace, cursors={}, limit=1))
        if page.head < WORTH_FROM:
            return None
        download = _Download(hub, workspace, told)
        with file.open("wb") as out:
            return await download.into(out)


class _Download:
    """One file, in as many pieces as the network wants."""

    def __init__(self, hub: Hub, workspace: str, told: Told) -> None:
        self._hub = hub
        self._workspace = workspace
        self._told = told
        self._tag = ""
        self._backoff = Backoff()

    async def into(self, out: BinaryIO) -> bytes:
        for _try in range(TRIES):
            try:
                return await self._piece(out)
            except HubUnreachable as cut:
                await asyncio.sleep(self._backoff.next(cut.wait_s))
        raise garbled()

    async def _piece(self, out: BinaryIO) -> bytes:
        """Go on from what is there; from the start when the hub has made another file since."""
        place = out.tell()
        headers = {"Accept-Encoding": "identity"}
        if place and self._tag:
            headers |= {"Range": f"bytes={place}-", "If-Range": self._tag}
        async with self._hub.opened(
            "GET", "/sync/snapshot", params={"workspace": self._workspace}, headers=headers
        ) as response:
            if response.status_code != httpx.codes.PARTIAL_CONTENT:
                place = 0
                out.seek(0)
                out.truncate()
            self._tag = response.headers.get("ETag", "")
            total = place + _length(response)
            async for chunk in response.aiter_raw():
                out.write(chunk)
                self._told(out.tell(), total)
                if out.tell() > MAX_BYTES:
                    raise HubRefused(str(garbled()), "too_big")
            out.flush()
            return _key(response)


def _length(response: httpx.Response) -> int:
    said = response.headers.get("Content-Length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < len(str(MAX_BYTES)) else 0


def _key(response: httpx.Response) -> bytes:
    said = response.headers.get("Beffroi-Key", "")
    if len(said) != _KEY_CHARS or not set(said) <= set(string.hexdigits):
        raise HubRefused(str(garbled()), "key")
    return bytes.fromhex(said)
