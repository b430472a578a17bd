"""Makes the rows that lists read from what is known of entries, whatever came first."""

from collections.abc import Callable, Iterable

import msgspec

from beffroi.changes import Change
from beffroi.journal import Journal, Operation
from beffroi.logbook import operations as ops
from beffroi.logbook import rows
from beffroi.logbook.changes import EntryAdded, EntryChanged
from beffroi.logbook.contested import note_rivals
from beffroi.logbook.entry import Content, Entry
from beffroi.logbook.hanging import Hanging, hanging, hangs_from
from beffroi.logbook.known import remember
from beffroi.logbook.labels import label
from beffroi.logbook.merge import kinds
from beffroi.logbook.merge.entries import Shown
from beffroi.logbook.numbering import give
from beffroi.logbook.slots import Slots
from beffroi.logbook.stories import Stories
from beffroi.store import Connection

Indexer = Callable[[Connection, Entry, Content | None], None]


class EntryWriter:
    """The handler of the operations on entries, and the one writer of entries' rows."""

    def __init__(self, index: Indexer, stories: Stories) -> None:
        self._index = index
        self._stories = stories
        self._slots = Slots()

    def register(self, journal: Journal) -> None:
        """Answer for the operations on entries."""
        for kind in (ops.PUBLISH, ops.CORRECT, ops.VOID, ops.QUALIFY):
            journal.handle(kind, self.arrived)

    def arrived(self, connection: Connection, operation: Operation) -> list[Change]:
        """One more act is in the journal, or the hub said more of it: the row follows."""
        return self.show(connection, self._stories.after(connection, operation))

    def show(self, connection: Connection, shown: Shown | None) -> list[Change]:
        """Make the row of an entry what its acts say; none before its publication is there."""
        if shown is None:
            return []
        uid = shown.uid
        before = rows.one(connection, "e.uid = ?", uid)
        if before is None:
            changes = self._new(connection, shown, hanging(connection, uid))
        else:
            after = entry_of(before.rid, shown, hangs_from(before))
            changes = self._replace(connection, before, after)
        if before is None or (before.journal, before.number) != (shown.journal, shown.number):
            give(connection, uid, shown.told, (shown.journal, shown.number))
        if shown.writes:
            changes += note_rivals(connection, kinds.ENTRY, uid, shown.rivals)
        return changes

    def hang(self, connection: Connection, uids: Iterable[str]) -> list[Change]:
        """Something that hangs from these entries came, changed or went: their rows follow."""
        changes: list[Change] = []
        for uid in dict.fromkeys(uids):
            before = rows.one(connection, "e.uid = ?", uid)
            if before is not None:
                around = hanging(connection, uid)._asdict()
                after = msgspec.structs.replace(before, **around)
                changes += self._replace(connection, before, after)
        return changes

    def _new(self, connection: Connection, shown: Shown, around: Hanging) -> list[Change]:
        entry = entry_of(self._slots.free(connection, shown.entered_time), shown, around)
        rows.insert(connection, entry)
        self._index(connection, entry, None)
        remember(connection, entry, None)
        rows.attach(connection, entry, None)
        parent = entry.content.parent
        return [EntryAdded(entry=entry), *(self.hang(connection, [parent]) if parent else ())]

    def _replace(self, connection: Connection, before: Entry, after: Entry) -> list[Change]:
        if after == before:
            return []
        rows.update(connection, after, before.content)
        if _said(before) != _said(after):
            self._index(connection, after, before.content)
        if before.content != after.content:
            remember(connection, after, before)
            rows.attach(connection, after, before.content)
        return [EntryChanged(entry=after)]


def _said(entry: Entry) -> Entry:
    """What the index can hold of an entry: all but its names and when the hub had it."""
    return msgspec.structs.replace(entry, journal="", number=0, label="", arrived=0, version=0)


def entry_of(rid: int, shown: Shown, around: Hanging) -> Entry:
    """The entry in row `rid`, as its acts and what hangs from it make it."""
    return Entry(
        rid=rid, uid=shown.uid, journal=shown.journal, number=shown.number,
        label=label(shown.journal, shown.number), version=shown.version,
        entered_time=shown.entered_time, qualified_time=shown.qualified_time,
        author=shown.born.author, post=shown.born.post, station=shown.born.station,
        lifecycle=shown.lifecycle, qualification=shown.qualification, content=shown.content,
        followup=around.followup, children=around.children, links=around.links,
        dossiers=around.dossiers, arrived=shown.arrived,
    )  # fmt: skip
