"""Checks what needs no database: the shape of each operation and its signature, off the loop."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from beffroi.journal.signing import genuine
from beffroi.sync.wire import Op
from hub.ledger.refusal import Refusal
from hub.ledger.shape import Read, read
from hub.ledger.vouching import Station, Vouching

MODES = ("real", "exercise", "test", "training")
THREADS = 2
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
        found = await self._round(pushed, fresh=False)
        doubtful = [at for at, one in enumerate(found) if isinstance(one, Refusal)]
        again = await self._round([pushed[at] for at in doubtful], fresh=True)
        for at, one in zip(doubtful, again, strict=True):
            found[at] = one
        return found

    async def _round(self, pushed: Sequence[Pushed], *, fresh: bool) -> list[Read | Refusal]:
        stations = {
            key: await self._vouching.station(*key, fresh=fresh)
            for key in {(one.device, one.op.workspace) for one in pushed}
        }
        size = max(1, -(-len(pushed) // THREADS))
        parts = [pushed[start : start + size] for start in range(0, len(pushed), size)]
        loop = asyncio.get_running_loop()
        done = await asyncio.gather(
            *(loop.run_in_executor(self._threads, _checked, part, stations) for part in parts)
        )
        return [one for part in done for one in part]

    async def stop(self) -> None:
        """End the threads."""
        await asyncio.to_thread(self._threads.shutdown)


def _checked(pushed: Sequence[Pushed], stations: Stations) -> list[Read | Refusal]:
    found: list[Read | Refusal] = []
    for one in pushed:
        try:
            found.append(check(one, stations[one.device, one.op.workspace]))
        except Refusal as refusal:
            found.append(refusal)
    return found


def check(pushed: Pushed, station: Station) -> Read:
    """`pushed` read, if its station vouches for it.

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
        other = any(_signed(op, station, mode) for mode in MODES if mode != station.mode)
        raise Refusal("mode" if other else "signature")
    return sound


def _signed(op: Op, station: Station, mode: str) -> bool:
    return any(genuine(op, mode, key) for key in station.keys)
