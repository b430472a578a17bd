"""How entries bear on one another: follows, confirms, contradicts, duplicates, causes, part of."""

from collections.abc import Sequence

import msgspec

from beffroi.changes import Change
from beffroi.errors import BeffroiError
from beffroi.journal import Act, Identity, Journal, Operation
from beffroi.logbook import operations as ops
from beffroi.logbook import rows
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.content import highest
from beffroi.logbook.entry import Entry, Lifecycle, LinkKind, Qualification
from beffroi.logbook.part import Part, needed
from beffroi.store import Connection
from beffroi.text import _


class LinkWriter:
    """The handlers of links."""

    def __init__(self, entries: EntryWriter) -> None:
        self._entries = entries

    def register(self, journal: Journal) -> None:
        """Answer for the operations on links."""
        journal.handle(ops.LINK, self.add)
        journal.handle(ops.UNLINK, self.remove)

    def add(self, connection: Connection, operation: Operation) -> list[Change]:
        """Both ends count one more link."""
        link = msgspec.json.decode(operation.payload, type=ops.Link)
        done = connection.execute(
            "INSERT OR IGNORE INTO entry_link (source, kind, target, at, author) "
            "VALUES (?,?,?,?,?)",
            (link.source, link.kind, link.target, operation.made_at, operation.author),
        ).rowcount
        return self._count(connection, link, 1) if done else []

    def remove(self, connection: Connection, operation: Operation) -> list[Change]:
        """Both ends count one link less."""
        link = msgspec.json.decode(operation.payload, type=ops.Link)
        done = connection.execute(
            "DELETE FROM entry_link WHERE source = ? AND kind = ? AND target = ?",
            (link.source, link.kind, link.target),
        ).rowcount
        return self._count(connection, link, -1) if done else []

    def _count(self, connection: Connection, link: ops.Link, step: int) -> list[Change]:
        def counted(entry: Entry) -> Entry:
            return msgspec.structs.replace(entry, links=entry.links + step)

        return [
            change
            for uid in (link.source, link.target)
            for change in self._entries.change(connection, uid, counted)
        ]


class Links(Part):
    """Tying entries together and untying them; the journal keeps both."""

    def link(self, source: str, kind: LinkKind, target: str, who: Identity) -> None:
        """Say that `source` bears on `target`; a duplicate is also marked as one.

        Raises:
            BeffroiError: the same entry twice, an unknown one, or tied that way already.
        """
        if source == target:
            raise BeffroiError(_("Une entrée ne se lie pas à elle-même : choisissez-en une autre."))

        def acts(connection: Connection) -> list[Act]:
            entry = needed(connection, source)
            marking = highest(entry.content.marking, needed(connection, target).content.marking)
            if _tied(connection, source, kind, target):
                raise BeffroiError(_("Ce lien existe déjà : rien n’a changé."))
            made = [_act(ops.LINK, source, kind, target, marking)]
            if kind == LinkKind.DUPLICATES and entry.lifecycle != Lifecycle.VOID:
                payload = ops.Qualify(changes={}, qualification=Qualification.DUPLICATE)
                own = entry.content.marking
                made.append(Act(kind=ops.QUALIFY, entity=source, payload=payload, marking=own))
            return made

        self._keep(acts, who)

    def unlink(self, source: str, kind: LinkKind, target: str, who: Identity) -> None:
        """Take back that `source` bears on `target`.

        Raises:
            BeffroiError: there is no such link.
        """

        def acts(connection: Connection) -> list[Act]:
            if not _tied(connection, source, kind, target):
                raise BeffroiError(_("Ce lien n’existe plus : actualisez l’entrée."))
            ends = (needed(connection, uid).content.marking for uid in (source, target))
            return [_act(ops.UNLINK, source, kind, target, highest(*ends))]

        self._keep(acts, who)


def _act(operation: str, source: str, kind: LinkKind, target: str, marking: str) -> Act:
    payload = ops.Link(source=source, kind=kind, target=target)
    return Act(kind=operation, entity=source, payload=payload, marking=marking)


def _tied(connection: Connection, source: str, kind: LinkKind, target: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM entry_link WHERE source = ? AND kind = ? AND target = ?",
        (source, kind, target),
    ).fetchone()
    return row is not None


def linked(
    connection: Connection, uid: str, *, outward: bool
) -> tuple[tuple[LinkKind, Entry], ...]:
    """The entries that `uid` bears on, or those that bear on it."""
    here, there = ("source", "target") if outward else ("target", "source")
    found = connection.execute(
        f"SELECT {there}, kind FROM entry_link WHERE {here} = ? ORDER BY at", (uid,)
    ).fetchall()
    by_uid = _entries(connection, [row[0] for row in found])
    return tuple((LinkKind(kind), by_uid[other]) for other, kind in found if other in by_uid)


def _entries(connection: Connection, uids: Sequence[str]) -> dict[str, Entry]:
    marks = ",".join("?" * len(uids))
    return {e.uid: e for e in rows.many(connection, f"e.uid IN ({marks})", *uids)} if uids else {}
