"""Everything around one entry, read at once: what it completes, what completes it, its ties."""

import msgspec

from beffroi.logbook import dossiers, followups, rows
from beffroi.logbook.dossiers import Dossier
from beffroi.logbook.entry import Entry, LinkKind
from beffroi.logbook.followups import FollowUp
from beffroi.logbook.links import linked
from beffroi.logbook.part import Part, needed

Linked = tuple[tuple[LinkKind, Entry], ...]


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """An entry among those it is tied to; children are oldest first."""

    entry: Entry
    parent: Entry | None
    children: tuple[Entry, ...]
    links_out: Linked
    links_in: Linked
    dossiers: tuple[Dossier, ...]
    followups: tuple[FollowUp, ...]


class Threads(Part):
    """Reading threads."""

    def thread(self, uid: str) -> Thread:
        """What surrounds the entry `uid`.

        Raises:
            BeffroiError: there is no such entry.
        """
        with self._store.read() as connection:
            entry = needed(connection, uid)
            parent = entry.content.parent
            return Thread(
                entry=entry,
                parent=rows.one(connection, "e.uid = ?", parent) if parent else None,
                children=tuple(rows.many(connection, "e.parent = ? AND e.parent <> ''", uid)),
                links_out=linked(connection, uid, outward=True),
                links_in=linked(connection, uid, outward=False),
                dossiers=tuple(dossiers.one(connection, d) for d in entry.dossiers),
                followups=tuple(followups.of_entry(connection, uid)),
            )
