"""Carries changes from the sync process to the desktop: as uids between them, as `Change` there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from beffroi.changes import Change, ChangeFeed
from beffroi.errors import BeffroiError
from beffroi.logbook.changes import (
    ConflictChanged,
    DossierChanged,
    EntryAdded,
    EntryChanged,
    EntryRemoved,
    FollowUpChanged,
    ManyEntriesAdded,
    SheetChanged,
)
from beffroi.logbook.logbook import Logbook
from beffroi.sync.status import Changed

MANY = 200
"""From so many entries at once, views read again instead of being told of each."""
REMOTE = "remote"
T = TypeVar("T")


class Announcer(Protocol):
    """What announces: a node."""

    @property
    def logbook(self) -> Logbook:
        """Where entries are read."""

    @property
    def feed(self) -> ChangeFeed:
        """Where changes are told."""


def told_of(changes: Sequence[Change]) -> Changed | None:
    """What to tell of `changes`; None when there is nothing to tell."""
    removed = _once((c.uid, c.rid) for c in changes if isinstance(c, EntryRemoved))
    gone = {uid for uid, _rid in removed}
    added = _once(c.entry.uid for c in changes if isinstance(c, EntryAdded))
    new = set(added)
    changed = _once(c.entry.uid for c in changes if isinstance(c, EntryChanged))
    added = [uid for uid in added if uid not in gone]
    changed = [uid for uid in changed if uid not in new and uid not in gone]
    bulk = sum(c.count for c in changes if isinstance(c, ManyEntriesAdded))
    many = bulk + len(added) + len(changed) + len(removed)
    if not bulk and many < MANY:
        many = 0
    told = Changed(
        added=[] if many else added,
        changed=[] if many else changed,
        removed=[] if many else removed,
        dossiers=_once(c.dossier for c in changes if isinstance(c, DossierChanged)),
        followups=_once((c.followup, c.entry) for c in changes if isinstance(c, FollowUpChanged)),
        conflicts=_once(c.entity for c in changes if isinstance(c, ConflictChanged)),
        sheets=_once((c.kind, c.uid) for c in changes if isinstance(c, SheetChanged)),
        many=many,
    )
    return None if told == Changed() else told


def _once(found: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(found))


def announce(told: Changed, node: Announcer) -> None:
    """Publish on the node's feed what `told` says; call it where rows may be read."""
    for change in _changes(told, node.logbook):
        node.feed.publish(change)


def _changes(told: Changed, logbook: Logbook) -> Iterator[Change]:
    if told.many:
        yield ManyEntriesAdded(count=told.many, origin=REMOTE)
    for uid, rid in told.removed:
        yield EntryRemoved(uid=uid, rid=rid, origin=REMOTE)
    for kind, uids in ((EntryAdded, told.added), (EntryChanged, told.changed)):
        for uid in uids:
            try:
                yield kind(entry=logbook.entry(uid), origin=REMOTE)
            except BeffroiError:
                continue  # it left this node meanwhile
    for dossier in told.dossiers:
        yield DossierChanged(dossier=dossier, origin=REMOTE)
    for followup, entry in told.followups:
        yield FollowUpChanged(followup=followup, entry=entry, origin=REMOTE)
    for entity in told.conflicts:
        yield ConflictChanged(entity=entity, origin=REMOTE)
    for kind_of_sheet, uid in told.sheets:
        yield SheetChanged(kind=kind_of_sheet, uid=uid, origin=REMOTE)
