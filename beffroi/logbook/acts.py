"""What this node knows of the acts on a thing: from its journal, and from states that it received."""

from collections.abc import Sequence

import msgspec

from beffroi.logbook.merge import Kept, cases, entries, kinds, read_state, sheets, together
from beffroi.logbook.merge.cases import Case
from beffroi.logbook.merge.entries import Shown
from beffroi.logbook.merge.sheets import SheetShown
from beffroi.store import Connection, Row

_SELECT = (
    "SELECT hlc, op_id, kind, author, post, station, made_at, marking, audience, at, number, "
    "payload FROM operation WHERE entity = ? AND kind IN ({}) ORDER BY seq"
)
_SELECTS = {
    state: _SELECT.format(",".join(f"'{kind}'" for kind in of_state))
    for state, of_state in kinds.OF_STATE.items()
}


def acts_on(connection: Connection, kind: str, uid: str) -> tuple[Kept, ...]:
    """The acts on thing `uid` of this kind (one of `STATES`), in their order."""
    entity = uid.partition(" ")[0] if kind == kinds.LINK else uid
    rows = connection.execute(_SELECTS[kind], (entity,)).fetchall()
    acts = [_kept(row) for row in rows]
    if kind == kinds.LINK:
        acts = [act for act in acts if kinds.link_key(act.payload) == uid]
    received = state_of(connection, kind, uid)
    if received or len(acts) > 1:
        return together(acts, received)
    return tuple(acts)


def _kept(row: Row) -> Kept:
    return Kept(
        row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10],
        msgspec.Raw(row[11].encode()),
    )  # fmt: skip


def state_of(connection: Connection, kind: str, uid: str) -> tuple[Kept, ...]:
    """The acts that came with a state, when this node started from states."""
    row = connection.execute(
        "SELECT state FROM merge_state WHERE kind = ? AND uid = ?", (kind, uid)
    ).fetchone()
    return read_state(row[0].encode()).acts if row else ()


def entry_shown(connection: Connection, uid: str) -> Shown | None:
    """The entry `uid` as all acts known here leave it."""
    return entries.entry(uid, acts_on(connection, kinds.ENTRY, uid))


def seen_by(connection: Connection, uid: str, fields: Sequence[str]) -> tuple[str, ...]:
    """The acts on entry `uid` whose values whoever now writes `fields` has before them."""
    shown = entry_shown(connection, uid)
    return entries.seen(shown, fields) if shown else ()


def dossier_shown(connection: Connection, uid: str) -> Case | None:
    """The dossier `uid` as all acts known here leave it."""
    return cases.dossier(uid, acts_on(connection, kinds.DOSSIER, uid))


def followup_shown(connection: Connection, uid: str) -> Case | None:
    """The follow-up `uid` as all acts known here leave it."""
    return cases.followup(uid, acts_on(connection, kinds.FOLLOWUP, uid))


def sheet_shown(connection: Connection, kind: str, uid: str) -> SheetShown | None:
    """The sheet `uid` of this kind as all acts known here leave it, dropped or not."""
    return sheets.sheet(kind, uid, acts_on(connection, kind, uid))
