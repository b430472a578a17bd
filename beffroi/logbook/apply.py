"""Carries out the operations on entries: from a line of the journal to the rows that lists read."""

from collections.abc import Callable

import msgspec

from beffroi.changes import Change
from beffroi.journal import Journal, Operation
from beffroi.logbook import operations as ops
from beffroi.logbook import rows
from beffroi.logbook.changes import EntryAdded, EntryChanged
from beffroi.logbook.content import merged
from beffroi.logbook.entry import Content, Entry, Lifecycle, Qualification
from beffroi.logbook.known import remember
from beffroi.logbook.slots import Slots
from beffroi.store import Connection

Indexer = Callable[[Connection, Entry, Content | None], None]
_UNASSESSED = (Qualification.RAW, Qualification.TO_QUALIFY)


class EntryWriter:
    """The handlers of entries, and the one way in which others may change an entry's row."""

    def __init__(self, index: Indexer) -> None:
        self._index = index
        self._slots = Slots()

    def register(self, journal: Journal) -> None:
        """Answer for the operations on entries."""
        journal.handle(ops.PUBLISH, self.publish)
        journal.handle(ops.CORRECT, self.correct)
        journal.handle(ops.VOID, self.void)
        journal.handle(ops.QUALIFY, self.qualify)

    def publish(self, connection: Connection, operation: Operation) -> list[Change]:
        """A new line; its parent, if any, counts one more child."""
        told = msgspec.json.decode(operation.payload, type=ops.Publish)
        entered = operation.made_at if told.entered_time is None else told.entered_time
        qualification = Qualification(told.qualification or Qualification.RAW)
        entry = Entry(
            rid=self._slots.free(connection, entered),
            uid=operation.entity,
            journal=told.journal,
            number=told.number,
            label=rows.label(told.journal, told.number),
            version=1,
            entered_time=entered,
            qualified_time=None if qualification in _UNASSESSED else entered,
            author=operation.author,
            post=operation.post,
            station=operation.station,
            lifecycle=Lifecycle.PUBLISHED,
            qualification=qualification,
            content=told.content,
        )
        rows.insert(connection, entry)
        connection.execute(
            "UPDATE logbook SET last_number = max(last_number, ?) WHERE prefix = ?",
            (told.number, told.journal),
        )
        self._around(connection, entry, None)
        return [EntryAdded(entry=entry), *self._one_more_child(connection, told.content.parent)]

    def correct(self, connection: Connection, operation: Operation) -> list[Change]:
        """A new version; what it replaces stays in the journal."""
        told = msgspec.json.decode(operation.payload, type=ops.Correct)
        return self.change(
            connection,
            operation.entity,
            lambda entry: msgspec.structs.replace(
                entry, version=told.version, lifecycle=Lifecycle.CORRECTED, content=told.content
            ),
        )

    def void(self, connection: Connection, operation: Operation) -> list[Change]:
        """The entry stays, greyed."""
        return self.change(
            connection,
            operation.entity,
            lambda entry: msgspec.structs.replace(entry, lifecycle=Lifecycle.VOID),
        )

    def qualify(self, connection: Connection, operation: Operation) -> list[Change]:
        """Assessed fields, and how far the assessment went."""
        told = msgspec.json.decode(operation.payload, type=ops.Qualify)

        def assessed(entry: Entry) -> Entry:
            level = Qualification(told.qualification or entry.qualification)
            first = entry.qualified_time is None and level not in _UNASSESSED
            return msgspec.structs.replace(
                entry,
                content=merged(entry.content, told.changes),
                qualification=level,
                qualified_time=operation.made_at if first else entry.qualified_time,
            )

        return self.change(connection, operation.entity, assessed)

    def change(
        self, connection: Connection, uid: str, new: Callable[[Entry], Entry]
    ) -> list[Change]:
        """Replace the row of entry `uid` by what `new` makes of it."""
        before = rows.one(connection, "e.uid = ?", uid)
        if before is None:
            return []
        after = new(before)
        if after == before:
            return []
        rows.update(connection, after, before.content)
        self._around(connection, after, before.content)
        return [EntryChanged(entry=after)]

    def _one_more_child(self, connection: Connection, parent: str) -> list[Change]:
        if not parent:
            return []
        return self.change(
            connection,
            parent,
            lambda entry: msgspec.structs.replace(entry, children=entry.children + 1),
        )

    def _around(self, connection: Connection, entry: Entry, before: Content | None) -> None:
        """The full-text index, the tags, the names and the attachments that go with the row."""
        self._index(connection, entry, before)
        if before != entry.content:
            remember(connection, entry, before)
        if before is not None and before.attachments == entry.content.attachments:
            return
        for attachment in entry.content.attachments:
            if attachment.sha256:
                connection.execute(
                    "INSERT OR IGNORE INTO entry_attachment (rid, sha256) VALUES (?,?)",
                    (entry.rid, attachment.sha256),
                )
