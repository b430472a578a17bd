"""What the hub knows of operations and things before it takes a batch in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hub.db import Dialect, Session
from hub.db.marks import among, listed
from hub.ledger.batch import Placed, Thing


@dataclass(slots=True)
class Knowledge:
    """Operations that are there already, things and where they lie, and how many moved so far.

    `known` has the signature of each besides.  `quarantined` are the (device, op_id) of those that were refused before.

    `things` grows while a batch is read: its operations may be about each other.
    """

    moves: int
    known: dict[str, tuple[Placed, str]] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    quarantined: set[tuple[str, str]] = field(default_factory=set)


async def look(
    session: Session, dialect: Dialect, op_ids: Iterable[str], uids: Iterable[str]
) -> Knowledge:
    """Look up operations and things by their ids."""
    row = await session.row("SELECT moves FROM ledger_head WHERE one = 1")
    found = Knowledge(int(row[0]) if row else 0)
    ids = listed(set(op_ids))
    rows = await session.rows(
        f"SELECT op_id, seq, number, at, signature FROM operation WHERE op_id {among(dialect)}",
        ids,
    )
    found.known = {row[0]: (Placed(row[1], row[2], row[3], fresh=False), row[4]) for row in rows}
    rows = await session.rows(
        f"SELECT device, op_id FROM quarantine WHERE op_id {among(dialect)}", ids
    )
    found.quarantined = {(row[0], row[1]) for row in rows}
    found.things = await things(session, dialect, uids)
    return found


async def things(session: Session, dialect: Dialect, uids: Iterable[str]) -> dict[str, Thing]:
    """The things of those uids that the hub knows."""
    rows = await session.rows(
        f"SELECT uid, kind, workspace, bucket, author, refs FROM thing WHERE uid {among(dialect)}",
        listed(set(uids)),
    )
    return {row[0]: Thing(*row) for row in rows}
