"""The end of the trail, signed: an administrator of the base can neither cut nor rewrite it."""

import msgspec

from beffroi.journal.chain import GENESIS
from hub.db import Dialect, Session
from hub.trail.keys import SealKey


def statement(seq: int, digest: bytes) -> bytes:
    """What the hub signs after each write: the trail ends at `seq` with this hash."""
    return msgspec.json.encode(["beffroi-trail-head-1", seq, digest.hex()])


CUT = "trail.cut"
"""The act by which the hub tells that the end of its trail was taken away."""


async def locked(session: Session, dialect: Dialect) -> tuple[int, bytes, bool]:
    """The last line's number and hash; nobody else writes until this transaction ends.

    The third part is whether lines are there whose signed end is gone.
    """
    made = await session.run(
        "INSERT INTO trail_head (one, seq, hash, signature) VALUES (1, 0, ?, ?) "
        "ON CONFLICT (one) DO NOTHING",
        GENESIS,
        b"",
    )
    lock = " FOR UPDATE" if dialect == "postgresql" else ""
    row = await session.row(f"SELECT seq, hash FROM trail_head WHERE one = 1{lock}")
    seq, digest = (0, GENESIS) if row is None else (int(row[0]), bytes(row[1]))
    if seq:
        return seq, digest, False
    seq, digest = await _last(session)
    return seq, digest, bool(made and seq)


async def _last(session: Session) -> tuple[int, bytes]:
    """The last line there is, when the head knows none: it was taken away, or this is the start."""
    row = await session.row("SELECT seq, hash FROM trail ORDER BY seq DESC LIMIT 1")
    return (0, GENESIS) if row is None else (int(row[0]), bytes(row[1]))


async def move(session: Session, seq: int, digest: bytes, key: SealKey) -> None:
    """The trail now ends at `seq` with this hash."""
    await session.run(
        "UPDATE trail_head SET seq = ?, hash = ?, signature = ? WHERE one = 1",
        seq,
        digest,
        key.sign(statement(seq, digest)),
    )
