"""Checks what needs no database: the shape of each operation and its signature, off the loop."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from beffroi.access.buckets import is_workspace
from beffroi.journal.signing import genuine
from beffroi.sync.wire import Op
from hub.ledger.refusal import Refusal
from hub.ledger.shape import Read, read
from hub.ledger.vouching import Station, Vouching

MODES = ("real", "exercise", "test", "training")
THREADS = 2
MOST_WORKSPACES = 8
NOWHERE = Station("", (), frozenset())
Stations = Mapping[tuple[str, str], Station]


@dataclass(frozen=True, slots=True)
class Pushed:
    """An operation that came from the station `device`, pushed by `account`."""

    op: Op
    device: str
    account: str


class Checking:
    """Reads and verifies many operations in a few threads."""

    def __init__(self, vouching: Vouching) -> None:
        self._vouching = vouching
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="hub-check")

    async def all(self, pushed: Sequence[Pushed]) -> list[Read | Refusal]:
        """Each operation read, or why not; before a refusal its station is asked about again."""
        found = await self._round(pushed, sure=False)
        doubtful = [
            at
            for at, one in enumerate(found)
            if isinstance(one, Refusal) and one.why in ("workspace", "author", "signature")
        ]
        again = await self._round([pushed[at] for at in doubtful], sure=True)
        for at, one in zip(doubtful, again, strict=True):
            found[at] = one
        return found

    async def _round(self, pushed: Sequence[Pushed], *, sure: bool) -> list[Read | Refusal]:
        stations = {key: await self._vouching.station(*key, fresh=sure) for key in _keys(pushed)}
        work = partial(_checked, stations=stations, sure=sure)
        size = max(1, -(-len(pushed) // THREADS))
        parts = [pushed[start : start + size] for start in range(0, len(pushed), size)]
        loop = asyncio.get_running_loop()
        done = await asyncio.gather(
            *(loop.run_in_executor(self._threads, work, part) for part in parts)
        )
        return [one for part in done for one in part]

    async def stop(self) -> None:
        """End the threads."""
        await asyncio.to_thread(self._threads.shutdown)


def _keys(pushed: Sequence[Pushed]) -> Iterator[tuple[str, str]]:
    """Each (device, workspace) to ask about; a station speaks of few workspaces at once.

    What cannot be the code of a workspace is not asked about: nothing was looked at yet.
    """
    of_device: dict[str, set[str]] = {}
    for one in pushed:
        asked = of_device.setdefault(one.device, set())
        if len(asked) < MOST_WORKSPACES and is_workspace(one.op.workspace):
            asked.add(one.op.workspace)
    return ((device, workspace) for device, asked in of_device.items() for workspace in asked)


def _checked(pushed: Sequence[Pushed], *, stations: Stations, sure: bool) -> list[Read | Refusal]:
    found: list[Read | Refusal] = []
    for one in pushed:
        station = stations.get((one.device, one.op.workspace), NOWHERE)
        try:
            found.append(check(one, station, sure=sure))
        except Refusal as refusal:
            found.append(refusal)
    return found


def check(pushed: Pushed, station: Station, *, sure: bool = True) -> Read:
    """`pushed` read, if its station vouches for it; not `sure` does not look for `mode`.

    Raises:
        Refusal: `workspace`, `device`, `author`, `mode`, `signature`, or what `read` refuses.
    """
    op = pushed.op
    sound = read(op)
    if not station.mode:
        raise Refusal("workspace")
    if op.device != pushed.device:
        raise Refusal("device")
    if op.author not in station.authors:
        raise Refusal("author")
    if not _signed(op, station, station.mode):
        other = sure and any(_signed(op, station, mode) for mode in MODES)
        raise Refusal("mode" if other else "signature")
    return sound


def _signed(op: Op, station: Station, mode: str) -> bool:
    return any(genuine(op, mode, key) for key in station.keys)
