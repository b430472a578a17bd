"""What the hub knows of operations and things before it takes a batch in."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from hub.db import Dialect, Row, Session
from hub.db.marks import among, listed
from hub.ledger.batch import Placed, Thing

_MOVES, _KNOWN, _QUARANTINED, _THING = range(4)
_LOOK = """
SELECT {moves}, CAST(moves AS text), '', '', '', '', '' FROM ledger_head WHERE one = 1
UNION ALL
SELECT {known}, op_id, CAST(seq AS text), CAST(number AS text), CAST(at AS text), signature, ''
FROM operation WHERE op_id {among}
UNION ALL
SELECT {quarantined}, device, op_id, '', '', '', '' FROM quarantine WHERE op_id {among}
UNION ALL
SELECT {thing}, uid, kind, workspace, bucket, author, refs FROM thing WHERE uid {among}
"""
_ASKED = {
    dialect: _LOOK.format(
        moves=_MOVES, known=_KNOWN, quarantined=_QUARANTINED, thing=_THING, among=among(dialect)
    )
    for dialect in ("postgresql", "sqlite")
}
_THINGS = {
    dialect: f"SELECT uid, kind, workspace, bucket, author, refs FROM thing WHERE uid {among(dialect)}"
    for dialect in ("postgresql", "sqlite")
}
Ask = Callable[..., Awaitable[list[Row]]]


@dataclass(slots=True)
class Knowledge:
    """Operations that are there already, things and where they lie, and how many moved so far.

    `known` has the signature of each besides.  `quarantined` are the (device, op_id) of those that
    were refused before.  `things` grows while a batch is read: its operations may be about each
    other.
    """

    moves: int = 0
    known: dict[str, tuple[Placed, str]] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    quarantined: set[tuple[str, str]] = field(default_factory=set)


async def look(ask: Ask, dialect: Dialect, op_ids: Iterable[str], uids: Iterable[str]) -> Knowledge:
    """Look up operations and things by their ids, and the things that decide where those lie.

    One question; a second one for what goes on with something about others, as a follow-up does.
    """
    ids = listed(set(op_ids))
    found = Knowledge()
    for part, *row in await ask(_ASKED[dialect], ids, ids, listed(set(uids))):
        if part == _THING:
            found.things[row[0]] = Thing(*row)
        elif part == _KNOWN:
            number = None if row[2] is None else int(row[2])
            placed = Placed(int(row[1]), number, int(row[3]), fresh=False)
            found.known[row[0]] = (placed, row[4])
        elif part == _QUARANTINED:
            found.quarantined.add((row[0], row[1]))
        else:
            found.moves = int(row[0])
    deciding = {uid for thing in found.things.values() for uid in thing.refs.split()}
    if missing := deciding - found.things.keys():
        for told in await ask(_THINGS[dialect], listed(missing)):
            found.things[told[0]] = Thing(*told)
    return found


async def things(session: Session, dialect: Dialect, uids: Iterable[str]) -> dict[str, Thing]:
    """The things of those uids that the hub knows."""
    rows = await session.rows(_THINGS[dialect], listed(set(uids)))
    return {row[0]: Thing(*row) for row in rows}
