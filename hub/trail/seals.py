"""Daily seals: the hub signs where each of its chains stands, so that its past cannot be rewritten.

A seal names the one before by its hash: taking one away shows, as cutting a line does.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

import msgspec

from beffroi.clock import Clock, to_datetime
from beffroi.journal.chain import GENESIS
from hub.db import Dialect, Session
from hub.recurring import Recurring
from hub.trail.actor import HUB
from hub.trail.keys import SealKey
from hub.trail.trail import Trail

CHAINS: Mapping[str, str] = {
    "audit": "SELECT seq, hash FROM trail_head WHERE one = 1",
    "journal": "SELECT head, hash FROM ledger_head WHERE one = 1",
}
"""The sealed chains, and where each ends."""
LOOK_S = 60.0
_log = logging.getLogger(__name__)
_COLUMNS = "chain, number, day, at, from_seq, to_seq, hash, previous, key, signature"


class Seal(NamedTuple):
    """At `at` (UTC ms), for the day `day` (UTC), `chain` ended at line `to_seq` with this hash."""

    chain: str
    number: int
    day: str
    at: int
    from_seq: int
    to_seq: int
    hash: bytes
    previous: bytes
    key: str
    signature: bytes

    @property
    def statement(self) -> bytes:
        """What is signed."""
        said = [self.chain, self.number, self.day, self.at, self.from_seq, self.to_seq]
        return msgspec.json.encode(
            ["beffroi-seal-1", *said, self.hash.hex(), self.previous.hex(), self.key]
        )

    @property
    def digest(self) -> bytes:
        """What the next seal names."""
        return sha256(self.statement + self.signature).digest()


class Sealer:
    """Seals every chain of the hub once a day, and whenever asked."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._clock: Clock = trail.clock
        self._key: SealKey = trail.key
        self._watching = Recurring("the daily seal", self.seal_if_due, LOOK_S)

    async def start(self) -> None:
        """Seal each day when it has ended, until `stop`."""
        await self._watching.start()

    async def stop(self) -> None:
        """Seal no more by itself; stopping twice is harmless."""
        await self._watching.stop()

    async def seal(self) -> list[Seal]:
        """Seal every chain as it stands now; each seal is itself written into the trail."""
        await self._trail.flush()
        return await self._sealed(day_of(self._clock.now()), always=True)

    async def seal_if_due(self) -> list[Seal]:
        """Seal the day that ended, unless this was done; many replicas may ask at once."""
        ended = day_of(self._clock.now(), days_before=1)
        if await self._is_done(ended):
            return []
        await self._trail.flush()
        return await self._sealed(ended, always=False)

    async def _is_done(self, day: str) -> bool:
        async with self._trail.database.read() as session:
            row = await session.row(
                "SELECT count(*) FROM seal WHERE day >= ? AND chain = ?", day, "audit"
            )
        return bool(row and row[0])

    async def _sealed(self, day: str, *, always: bool) -> list[Seal]:
        made: list[Seal] = []
        async with self._trail.database.write() as session:
            if self._trail.database.dialect == "postgresql":
                # Another replica may seal now, at another end: its seal and ours would share a number.
                await session.run("LOCK TABLE seal IN SHARE ROW EXCLUSIVE MODE")
            for chain, ending in CHAINS.items():
                seq, digest = await _end(session, ending, self._trail.database.dialect)
                last = await last_seal(session, chain)
                if not always and last is not None and last.day >= day:
                    continue
                made.append(self._signed(chain, day, last, seq, digest))
                await session.run(
                    f"INSERT INTO seal ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", *made[-1]
                )
        for seal in made:
            await self._trail.record(
                HUB, "seal.made", f"{seal.chain}/{seal.number}", day=seal.day, line=seal.to_seq,
                digest=seal.digest.hex(),
            )  # fmt: skip
        return made

    def _signed(self, chain: str, day: str, last: Seal | None, seq: int, digest: bytes) -> Seal:
        unsigned = Seal(
            chain=chain,
            number=last.number + 1 if last else 1,
            day=day,
            at=self._clock.now(),
            from_seq=last.to_seq + 1 if last else 1,
            to_seq=seq,
            hash=digest,
            previous=last.digest if last else GENESIS,
            key=self._key.public.hex(),
            signature=b"",
        )
        return unsigned._replace(signature=self._key.sign(unsigned.statement))


async def _end(session: Session, ending: str, dialect: Dialect) -> tuple[int, bytes]:
    """Where a chain ends; nobody prolongs it, nor seals it, until this transaction ends."""
    lock = " FOR UPDATE" if dialect == "postgresql" else ""
    row = await session.row(f"{ending}{lock}")
    return (0, GENESIS) if row is None else (int(row[0]), bytes(row[1]))


async def last_seal(session: Session, chain: str) -> Seal | None:
    """The last seal of a chain."""
    row = await session.row(
        f"SELECT {_COLUMNS} FROM seal WHERE chain = ? ORDER BY number DESC LIMIT 1", chain
    )
    return None if row is None else _read(row)


async def all_seals(session: Session, chain: str) -> list[Seal]:
    """Every seal of a chain, oldest first."""
    rows = await session.rows(f"SELECT {_COLUMNS} FROM seal WHERE chain = ? ORDER BY number", chain)
    return [_read(row) for row in rows]


def _read(row: Sequence[object]) -> Seal:
    """A row of the table; PostgreSQL gives bytes as memory."""
    told = [bytes(value) if isinstance(value, memoryview) else value for value in row]
    return Seal(*told)  # type: ignore[arg-type]  # the query names each field


def day_of(moment: int, *, days_before: int = 0) -> str:
    """The UTC day of a moment (ms): `2024-07-26`."""
    return f"{to_datetime(moment) - timedelta(days=days_before):%Y-%m-%d}"
