"""How entries bear on one another: follows, confirms, contradicts, duplicates, causes, part of."""

from collections.abc import Sequence

from beffroi.changes import Change
from beffroi.errors import BeffroiError
from beffroi.journal import Act, Identity, Journal, Operation
from beffroi.logbook import operations as ops
from beffroi.logbook import rows
from beffroi.logbook.acts import acts_on
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.entry import Entry, Lifecycle, LinkKind, Qualification
from beffroi.logbook.merge import Kept, cases, kinds
from beffroi.logbook.merge.fields import QUALIFICATION
from beffroi.logbook.part import Part, needed
from beffroi.logbook.reach import join, reach
from beffroi.store import Connection
from beffroi.text import _


class LinkWriter:
    """The handler of the operations on links."""

    def __init__(self, entries: EntryWriter) -> None:
        self._entries = entries

    def register(self, journal: Journal) -> None:
        """Answer for the operations on links."""
        for kind in (ops.LINK, ops.UNLINK):
            journal.handle(kind, self.arrived, subject=lambda o: kinds.link_key(o.payload))

    def arrived(self, connection: Connection, operation: Operation) -> list[Change]:
        """One more act on a link is in the journal: both its ends follow."""
        key = kinds.link_key(operation.payload)
        return self.show(connection, key, acts_on(connection, kinds.LINK, key)) if key else []

    def show(self, connection: Connection, key: str, acts: Sequence[Kept]) -> list[Change]:
        """Make the row of a link (`source kind target`) what `acts` say."""
        source, kind, target = key.split(" ")
        held = cases.tie(acts)
        if held is None:
            connection.execute(
                "DELETE FROM entry_link WHERE source = ? AND kind = ? AND target = ?",
                (source, kind, target),
            )
        else:
            connection.execute(
                "INSERT OR REPLACE INTO entry_link (source, kind, target, at, author) "
                "VALUES (?,?,?,?,?)",
                (source, kind, target, held.act.made_at, held.act.author),
            )
        return self._entries.hang(connection, (source, target))


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
            sight = join(reach(entry.content), reach(needed(connection, target).content))
            if _tied(connection, source, kind, target):
                raise BeffroiError(_("Ce lien existe déjà : rien n’a changé."))
            made = [sight.act(ops.LINK, source, _payload(source, kind, target))]
            if kind == LinkKind.DUPLICATES and entry.lifecycle != Lifecycle.VOID:
                payload = ops.Qualify(
                    changes={},
                    qualification=Qualification.DUPLICATE,
                    seen=self._stories.seen(connection, source, [QUALIFICATION]),
                )
                made.append(reach(entry.content).act(ops.QUALIFY, source, payload))
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
            ends = (reach(needed(connection, uid).content) for uid in (source, target))
            return [join(*ends).act(ops.UNLINK, source, _payload(source, kind, target))]

        self._keep(acts, who)


def _payload(source: str, kind: LinkKind, target: str) -> ops.Link:
    return ops.Link(source=source, kind=kind, target=target)


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
        f"SELECT {there}, kind FROM entry_link WHERE {here} = ? ORDER BY at, source, kind, target",
        (uid,),
    ).fetchall()
    by_uid = _entries(connection, [row[0] for row in found])
    return tuple((LinkKind(kind), by_uid[other]) for other, kind in found if other in by_uid)


def _entries(connection: Connection, uids: Sequence[str]) -> dict[str, Entry]:
    marks = ",".join("?" * len(uids))
    return {e.uid: e for e in rows.many(connection, f"e.uid IN ({marks})", *uids)} if uids else {}
