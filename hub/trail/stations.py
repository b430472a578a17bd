"""Merges the stations' own trails into the hub's, after following each chain link by link.

A line that does not follow is kept all the same, with what is wrong with it: it is evidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from beffroi.journal import chain
from beffroi.journal.operation import encode
from beffroi.sync.wire import TrailLine
from hub.db import Row, Session
from hub.trail import head
from hub.trail.actor import HUB, Actor
from hub.trail.line import Line, storable
from hub.trail.trail import MAX_DETAIL, Trail

MOST_LINES = 1000
MOST_CHARS = 1000
_HASH_CHARS = 64
_COLUMNS = "source, device, workspace, first_hash, seq, hash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A chain of a station: one profile there.  `seq` and `hash` (hex) are its last merged line."""

    name: str
    device: str
    workspace: str
    first_hash: str
    seq: int
    hash: str


async def known_until(session: Session, device: str, workspace: str, first: str = "") -> int:
    """The last line that the hub has of what this station writes now; 0 for none.

    `first` is the hash of the chain's first line: a profile made again has another chain.
    """
    source = await _known(session, device, workspace, first)
    return source.seq if source else 0


async def merge(
    trail: Trail, who: Actor, workspace: str, lines: Sequence[TrailLine], first: str = ""
) -> int:
    """Keep the lines that `who.device` sent (oldest first) and the hub does not have yet.

    Returns the last line that the hub has now: what follows is to be sent next.  A line that is
    missing at the station is told, and those after it are kept.
    """
    async with trail.database.write() as session:
        await head.locked(session, trail.database.dialect)
        source = await _source(session, who.device, workspace, lines, first)
        merged, source = _followed(source, _fresh(source, lines), who, trail.clock.now())
        if merged:
            await trail.prolong(session, merged)
            await _keep(session, source)
    return source.seq


async def _known(session: Session, device: str, workspace: str, first: str) -> Source | None:
    """The chain that begins with `first`, the latest one when nothing is said of that."""
    latest = await _latest(session, device, workspace)
    if not first or latest is None or latest.first_hash == first:
        return latest
    row = await session.row(
        f"SELECT {_COLUMNS} FROM trail_source "
        "WHERE device = ? AND workspace = ? AND first_hash = ?",
        device,
        workspace,
        first,
    )
    return None if row is None else _read(row)


async def _latest(session: Session, device: str, workspace: str) -> Source | None:
    row = await session.row(
        f"SELECT {_COLUMNS} FROM trail_source "
        "WHERE device = ? AND workspace = ? ORDER BY source DESC LIMIT 1",
        device,
        workspace,
    )
    return None if row is None else _read(row)


def _read(row: Row) -> Source:
    return Source(
        name=row[0], device=row[1], workspace=row[2], first_hash=row[3], seq=int(row[4]),
        hash=row[5],
    )  # fmt: skip


async def _source(
    session: Session, device: str, workspace: str, lines: Sequence[TrailLine], first: str
) -> Source:
    """The chain that these lines go on; another first line begins another chain."""
    begins = first or (lines[0].hash if lines and lines[0].seq == 1 else "")
    if (known := await _known(session, device, workspace, begins)) is not None:
        return known
    latest = await _latest(session, device, workspace)
    generation = int(latest.name.rpartition("/")[2]) + 1 if latest else 1
    return Source(
        name=f"{device}/{workspace}/{generation:04d}", device=device, workspace=workspace,
        first_hash=begins, seq=0, hash=chain.GENESIS.hex(),
    )  # fmt: skip


def _fresh(source: Source, lines: Sequence[TrailLine]) -> list[TrailLine]:
    """Those after the last one known, in order."""
    fresh: list[TrailLine] = []
    last = source.seq
    for line in lines:
        if line.seq > last:
            fresh.append(line)
            last = line.seq
    return fresh


def _followed(
    source: Source, lines: Sequence[TrailLine], who: Actor, now: int
) -> tuple[list[Line], Source]:
    """The lines as the hub keeps them; the first flaw of the batch is told by the hub as well."""
    merged: list[Line] = []
    if source.seq == 0 and lines and not source.name.endswith("/0001"):
        merged.append(_told(who, source, "station.restarted", 1, now))
    for line in lines:
        flaw = _flaw(source, line)
        if flaw:
            merged.append(_told(who, source, "station.broken", line.seq, now))
        merged.append(_kept(source, line, who, flaw, now))
        source = replace(source, seq=line.seq, hash=line.hash)
    return merged, source


def _flaw(source: Source, line: TrailLine) -> str:
    """What a line has against it, after the last one known."""
    if line.seq != source.seq + 1:
        return "missing"
    parts = (
        line.seq, line.at, line.actor, line.post, line.station, line.action, line.object,
        line.detail,
    )  # fmt: skip
    return "" if chain.link(bytes.fromhex(source.hash), parts).hex() == line.hash else "altered"


def _kept(source: Source, line: TrailLine, who: Actor, flaw: str, now: int) -> Line:
    return Line(
        at=line.at,
        kept_at=now,
        account=_bounded(line.actor),
        post=_bounded(line.post),
        station=_bounded(line.station),
        device=who.device,
        action=_bounded(line.action),
        object=_bounded(line.object),
        detail=_bounded_detail(line.detail),
        source=source.name,
        source_seq=line.seq,
        source_hash=line.hash,
        flaw=flaw,
    )


def _bounded(text: str) -> str:
    """What a line says, up to a limit: it stays for ever, and a station may say anything."""
    return storable(text)[:MOST_CHARS]


def _bounded_detail(detail: str) -> str:
    if len(detail) <= MAX_DETAIL:
        return storable(detail)
    return encode({"cut": storable(detail)[:MOST_CHARS]}).decode()


def _told(who: Actor, source: Source, action: str, line: int, now: int) -> Line:
    return Line(
        at=now,
        kept_at=now,
        account=HUB.account,
        station=who.station,
        device=who.device,
        action=action,
        object=source.name,
        detail=f'{{"line":{line}}}',
    )


async def _keep(session: Session, source: Source) -> None:
    await session.run(
        "INSERT INTO trail_source (source, device, workspace, first_hash, seq, hash) "
        "VALUES (?,?,?,?,?,?) ON CONFLICT (source) DO UPDATE SET seq = excluded.seq, "
        "hash = excluded.hash",
        source.name, source.device, source.workspace, source.first_hash, source.seq, source.hash,
    )  # fmt: skip


def acceptable(lines: Sequence[TrailLine]) -> bool:
    """Whether lines are such as a station writes: counted from 1, with hashes, within limits."""
    return len(lines) <= MOST_LINES and all(
        0 < line.seq < 2**53 and 0 <= line.at < 2**53 and is_hash(line.hash) for line in lines
    )


def is_hash(text: str) -> bool:
    """Whether `text` is a hash as stations write it."""
    return len(text) == _HASH_CHARS and _is_hex(text)


def _is_hex(text: str) -> bool:
    return text.isascii() and all(sign in "0123456789abcdef" for sign in text)
