"""Dossiers gather the entries of one case, with its gravity and where it stands."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from beffroi.changes import Change
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal import Act, Identity, Journal, Operation
from beffroi.logbook import operations as ops
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.changes import DossierChanged
from beffroi.logbook.content import clean, highest
from beffroi.logbook.entry import Entry, Marking
from beffroi.logbook.part import Part, needed
from beffroi.logbook.rules import check_length
from beffroi.store import Connection, Row
from beffroi.text import N_, _

_COLUMNS = "uid, number, title, gravity, status, opened_at, author"


class DossierStatus(StrEnum):
    """Where a dossier stands."""

    OPEN = "open"
    MONITORED = "monitored"
    CLOSED = "closed"


DOSSIER_STATUS_WORDS: dict[DossierStatus, str] = {
    DossierStatus.OPEN: N_("Ouvert"),
    DossierStatus.MONITORED: N_("Suivi"),
    DossierStatus.CLOSED: N_("Clos"),
}


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it stands.  `entries` are uids, oldest first; `opened_at` is UTC ms."""

    uid: str
    number: int
    title: str
    gravity: int
    status: DossierStatus
    opened_at: int
    author: str
    entries: tuple[str, ...] = ()


class DossierWriter:
    """The handlers of dossiers."""

    def __init__(self, entries: EntryWriter) -> None:
        self._entries = entries

    def register(self, journal: Journal) -> None:
        """Answer for the operations on dossiers."""
        journal.handle(ops.DOSSIER_OPEN, self.open)
        journal.handle(ops.DOSSIER_EDIT, self.edit)

    def open(self, connection: Connection, operation: Operation) -> list[Change]:
        """A new dossier, with its first entries."""
        told = msgspec.json.decode(operation.payload, type=ops.OpenDossier)
        connection.execute(
            f"INSERT INTO dossier ({_COLUMNS}) VALUES (?,?,?,?,?,?,?)",
            (operation.entity, told.number, told.title, told.gravity, told.status,
             operation.made_at, operation.author),
        )  # fmt: skip
        changes = self._put(connection, operation, told.entries)
        return [DossierChanged(dossier=operation.entity), *changes]

    def edit(self, connection: Connection, operation: Operation) -> list[Change]:
        """Entries come and go; title, gravity and status when given."""
        told = msgspec.json.decode(operation.payload, type=ops.EditDossier)
        connection.execute(
            "UPDATE dossier SET title = iif(? = '', title, ?), gravity = coalesce(?, gravity), "
            "status = iif(? = '', status, ?) WHERE uid = ?",
            (told.title, told.title, told.gravity, told.status, told.status, operation.entity),
        )
        changes = self._put(connection, operation, told.add)
        changes += self._take(connection, operation.entity, told.remove)
        return [DossierChanged(dossier=operation.entity), *changes]

    def _put(
        self, connection: Connection, operation: Operation, uids: Iterable[str]
    ) -> list[Change]:
        changes: list[Change] = []
        for uid in uids:
            connection.execute(
                "INSERT OR IGNORE INTO dossier_entry (dossier, entry, at) VALUES (?,?,?)",
                (operation.entity, uid, operation.made_at),
            )
            changes += self._tell_entry(connection, uid)
        return changes

    def _take(self, connection: Connection, dossier: str, uids: Iterable[str]) -> list[Change]:
        changes: list[Change] = []
        for uid in uids:
            connection.execute(
                "DELETE FROM dossier_entry WHERE dossier = ? AND entry = ?", (dossier, uid)
            )
            changes += self._tell_entry(connection, uid)
        return changes

    def _tell_entry(self, connection: Connection, uid: str) -> list[Change]:
        found = connection.execute(
            "SELECT d.uid FROM dossier_entry m JOIN dossier d ON d.uid = m.dossier "
            "WHERE m.entry = ? ORDER BY d.number",
            (uid,),
        )
        dossiers = tuple(row[0] for row in found)

        def gathered(entry: Entry) -> Entry:
            return msgspec.structs.replace(entry, dossiers=dossiers)

        return self._entries.change(connection, uid, gathered)


class Dossiers(Part):
    """Opening, filling and reading dossiers."""

    def open_dossier(
        self, title: str, entries: Sequence[str], gravity: int, who: Identity, *, uid: str = ""
    ) -> Dossier:
        """Open a case around `entries`.

        Raises:
            BeffroiError: no title, an unknown entry, an impossible gravity.
        """
        uid = uid or uuid7(self._clock.now())
        title = _checked_title(title)
        _check_gravity(gravity)

        def acts(connection: Connection) -> list[Act]:
            marking = _check_entries(connection, entries)
            last = connection.execute("SELECT coalesce(max(number), 0) FROM dossier").fetchone()[0]
            payload = ops.OpenDossier(
                number=last + 1, title=title, gravity=gravity, entries=tuple(dict.fromkeys(entries))
            )
            return [Act(kind=ops.DOSSIER_OPEN, entity=uid, payload=payload, marking=marking)]

        return self._kept(acts, who, lambda connection: one(connection, uid))

    def edit_dossier(
        self,
        uid: str,
        who: Identity,
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        title: str = "",
        gravity: int | None = None,
        status: str = "",
    ) -> Dossier:
        """Put entries in or take them out; change title, gravity or status when given.

        Raises:
            BeffroiError: no such dossier or entry, or an impossible value.
        """
        title = _checked_title(title) if title else ""
        _check_gravity(gravity or 0)
        if status and status not in list(DossierStatus):
            raise BeffroiError(
                _("Un dossier est ouvert, suivi ou clos : choisissez l’un des trois.")
            )

        def acts(connection: Connection) -> list[Act]:
            one(connection, uid)
            marking = highest(_check_entries(connection, add), marking_of(connection, uid))
            payload = ops.EditDossier(
                add=tuple(add), remove=tuple(remove), title=title, gravity=gravity, status=status
            )
            return [Act(kind=ops.DOSSIER_EDIT, entity=uid, payload=payload, marking=marking)]

        return self._kept(acts, who, lambda connection: one(connection, uid))

    def dossiers(self) -> list[Dossier]:
        """Every dossier, the newest first."""
        with self._store.read() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM dossier ORDER BY number DESC")
            return [_dossier(connection, row) for row in rows.fetchall()]

    def dossier(self, uid: str) -> Dossier:
        """The dossier `uid`.

        Raises:
            BeffroiError: there is none.
        """
        with self._store.read() as connection:
            return one(connection, uid)


def one(connection: Connection, uid: str) -> Dossier:
    """The dossier `uid`.

    Raises:
        BeffroiError: there is none.
    """
    row = connection.execute(f"SELECT {_COLUMNS} FROM dossier WHERE uid = ?", (uid,)).fetchone()
    if row is None:
        raise BeffroiError(_("Ce dossier n’existe pas dans ce profil : actualisez la liste."))
    return _dossier(connection, row)


def _dossier(connection: Connection, row: Row) -> Dossier:
    uid, number, title, gravity, status, opened_at, author = row
    members = connection.execute(
        "SELECT m.entry FROM dossier_entry m JOIN entry e ON e.uid = m.entry "
        "WHERE m.dossier = ? ORDER BY e.rid",
        (uid,),
    )
    return Dossier(
        uid=uid, number=number, title=title, gravity=gravity, status=DossierStatus(status),
        opened_at=opened_at, author=author, entries=tuple(member[0] for member in members),
    )  # fmt: skip


def _checked_title(title: str) -> str:
    title = check_length(clean(title).replace("\n", " "))
    if not title:
        raise BeffroiError(_("Un dossier a besoin d’un titre : écrivez de quoi il s’agit."))
    return title


def _check_gravity(gravity: int) -> None:
    if not 0 <= gravity <= 4:
        raise BeffroiError(_("La gravité va de 0 à 4 : choisissez l’un de ces degrés."))


def _check_entries(connection: Connection, uids: Iterable[str]) -> str:
    """The marking that these entries give to what gathers them."""
    return highest(Marking.DR, *(needed(connection, uid).content.marking for uid in uids))


def marking_of(connection: Connection, uid: str) -> str:
    """The marking of a dossier: DR at least, and that of its most sensitive entry."""
    rows = connection.execute(
        "SELECT DISTINCT coalesce(json_extract(e.content, '$.marking'), 'DR') "
        "FROM dossier_entry m JOIN entry e ON e.uid = m.entry WHERE m.dossier = ?",
        (uid,),
    )
    return highest(Marking.DR, *(row[0] for row in rows))
