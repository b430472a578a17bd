"""Proves the trail: reads every line again, and names the first link that does not hold."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Protocol

import msgspec

from beffroi.access.station_verdicts import chain_verdict
from beffroi.access.trace import Verdict
from beffroi.journal import chain
from hub.db import Database, Row, Session
from hub.trail import head, seals
from hub.trail.keys import SealKey, signed_by
from hub.trail.line import COLUMNS, NAMES
from hub.trail.seals import Seal

PAGE = 5000
_PARTS = len(NAMES)


class Chained(Protocol):
    """The ledger, as far as proof goes."""

    async def verify(self) -> chain.ChainBreak | None:
        """Its first broken link, None when it is whole."""
        ...


async def verify(database: Database, key: SealKey, ledger: Chained | None) -> list[Verdict]:
    """A verdict on the trail, on the ledger, on their seals, and on each station's chain at fault.

    Everything is read on one snapshot, by pages, off the loop where it computes.
    """
    async with database.read() as session:
        trail = await _trail(session, key)
        sealed = await _seals(session, key, trail.lines)
        stations = await _stations(session)
    journal = [] if ledger is None else [chain_verdict("journal", await ledger.verify())]
    return [trail, *journal, sealed, *stations]


async def _trail(session: Session, key: SealKey) -> Verdict:
    walker = Walker()
    async for rows in _pages(session):
        if await asyncio.to_thread(walker.walk, rows):
            break
    return chain_verdict("audit", walker.broken or await _cut(session, key, walker), walker.lines)


async def _pages(session: Session) -> AsyncIterator[list[Row]]:
    after = -(2**62)
    while rows := await session.rows(
        f"SELECT {COLUMNS}, prev_hash, hash FROM trail WHERE seq > ? ORDER BY seq LIMIT ?",
        after,
        PAGE,
    ):
        yield rows
        after = int(rows[-1][0])


class Walker:
    """Follows the chain page after page."""

    def __init__(self) -> None:
        self.broken: chain.ChainBreak | None = None
        self.lines = 0
        self.last = chain.GENESIS

    def walk(self, rows: Sequence[Row]) -> bool:
        """Whether a link of this page is broken."""
        for row in rows:
            seq, previous, digest = row[0], bytes(row[-2]), bytes(row[-1])
            if why := self._flaw(seq, previous, digest, row[:_PARTS]):
                self.broken = chain.ChainBreak(self.lines + 1 if why == "missing" else seq, why)
                return True
            self.lines, self.last = seq, digest
        return False

    def _flaw(self, seq: int, previous: bytes, digest: bytes, parts: Row) -> str:
        if seq != self.lines + 1:
            return "missing"
        if previous != self.last:
            return "unlinked"
        return "" if chain.link(previous, parts) == digest else "altered"


async def _cut(session: Session, key: SealKey, walker: Walker) -> chain.ChainBreak | None:
    """What the signed end of the trail says against its last line."""
    told = await session.row(
        "SELECT min(seq) FROM trail WHERE action = ? AND source = ''", head.CUT
    )
    if told is not None and told[0] is not None:
        return chain.ChainBreak(int(told[0]), "cut")
    row = await session.row("SELECT seq, hash, signature FROM trail_head WHERE one = 1")
    if row is None:
        return chain.ChainBreak(walker.lines + 1, "cut") if walker.lines else None
    seq, digest, signature = int(row[0]), bytes(row[1]), bytes(row[2])
    if seq and not signed_by(key.publics, head.statement(seq, digest), signature):
        return chain.ChainBreak(seq, "seal")
    if (seq, digest) == (walker.lines, walker.last):
        return None
    return chain.ChainBreak(min(seq, walker.lines) + 1, "cut")


async def _seals(session: Session, key: SealKey, lines: int) -> Verdict:
    count = 0
    for name, hash_at in HASHES.items():
        sealed = await seals.all_seals(session, name)
        count += len(sealed)
        broken = await _first_false(session, key, sealed, hash_at)
        if broken := broken or await _forgotten(session, name, sealed):
            return msgspec.structs.replace(chain_verdict("seals", broken, count), label=name)
    return chain_verdict("seals", None, count)


HASHES: Mapping[str, str] = {
    "audit": "SELECT hash FROM trail WHERE seq = ?",
    "journal": "SELECT hash FROM (SELECT seq, hash FROM operation UNION ALL "
    "SELECT seq, hash FROM marker) AS line WHERE seq = ?",
}
"""The hash of a line of each sealed chain."""


async def _first_false(
    session: Session, key: SealKey, sealed: Sequence[Seal], hash_at: str
) -> chain.ChainBreak | None:
    before: Seal | None = None
    for seal in sealed:
        why = _against(seal, before, key)
        if not why and seal.to_seq:
            row = await session.row(hash_at, seal.to_seq)
            why = "" if row is not None and bytes(row[0]) == seal.hash else "seal"
        if why:
            missing = before.number + 1 if before else 1
            return chain.ChainBreak(missing if why == "missing" else seal.number, why)
        before = seal
    return None


def _against(seal: Seal, before: Seal | None, key: SealKey) -> str:
    """What a seal itself has against it."""
    number, previous = (before.number + 1, before.digest) if before else (1, chain.GENESIS)
    if seal.number != number:
        return "missing"
    if seal.previous != previous:
        return "unlinked"
    return "" if signed_by(key.publics, seal.statement, seal.signature) else "seal"


async def _forgotten(
    session: Session, name: str, sealed: Sequence[Seal]
) -> chain.ChainBreak | None:
    """The last seals taken away: the trail remembers that they were made."""
    row = await session.row(
        "SELECT object FROM trail WHERE action = 'seal.made' AND object LIKE ? "
        "ORDER BY seq DESC LIMIT 1",
        f"{name}/%",
    )
    told = int(row[0].rpartition("/")[2]) if row is not None else 0
    return chain.ChainBreak(len(sealed) + 1, "cut") if told > len(sealed) else None


async def _stations(session: Session) -> list[Verdict]:
    """For each station's chain with a flaw, the first one."""
    rows = await session.rows(
        "SELECT t.source, t.source_seq, t.flaw, t.station FROM trail t JOIN "
        "(SELECT source, min(seq) AS seq FROM trail WHERE flaw <> '' GROUP BY source) f "
        "ON f.seq = t.seq ORDER BY t.seq"
    )
    return [
        Verdict(chain="station", whole=False, seq=int(seq), why=flaw, source=station or source)
        for source, seq, flaw, station in rows
    ]
