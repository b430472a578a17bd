"""Dossiers gather the entries of one case, with its gravity and where it stands."""

import json
from collections.abc import Iterable, Sequence

import msgspec

from beffroi.changes import Change
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal import Act, Identity, Journal, Operation
from beffroi.logbook import operations as ops
from beffroi.logbook.acts import dossier_shown
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.changes import DossierChanged
from beffroi.logbook.content import clean
from beffroi.logbook.contested import note_rivals
from beffroi.logbook.entry import Marking
from beffroi.logbook.merge import kinds
from beffroi.logbook.merge.cases import Case
from beffroi.logbook.part import Part, needed
from beffroi.logbook.reach import Reach, join, reach
from beffroi.logbook.rules import check_length
from beffroi.logbook.statuses import DOSSIER_STATUS_WORDS as DOSSIER_STATUS_WORDS
from beffroi.logbook.statuses import DossierStatus as DossierStatus
from beffroi.store import Connection, Row
from beffroi.text import _

_COLUMNS = "uid, number, title, gravity, status, opened_at, author"
_FLOOR = Reach(Marking.DR)
"""What gathers entries is restricted, whatever they say."""


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
    """The handler of the operations on dossiers."""

    def __init__(self, entries: EntryWriter) -> None:
        self._entries = entries

    def register(self, journal: Journal) -> None:
        """Answer for the operations on dossiers."""
        journal.handle(ops.DOSSIER_OPEN, self.arrived)
        journal.handle(ops.DOSSIER_EDIT, self.arrived)

    def arrived(self, connection: Connection, operation: Operation) -> list[Change]:
        """One more act on a dossier is in the journal: its row and its entries follow."""
        uid = operation.entity
        case = dossier_shown(connection, uid)
        return self.show(connection, case) if case else []

    def show(self, connection: Connection, case: Case) -> list[Change]:
        """Make a dossier's rows what `case` says."""
        gathered = put(connection, case)
        changes = self._entries.hang(connection, gathered)
        changes += note_rivals(connection, kinds.DOSSIER, case.uid, case.rivals)
        return [DossierChanged(dossier=case.uid), *changes]


def put(connection: Connection, case: Case) -> list[str]:
    """Write the rows of a dossier; the entries that came into it or left it."""
    values = (case.uid, case.told.number, case.now["title"], case.now["gravity"],
              case.now["status"], case.born.made_at, case.born.author)  # fmt: skip
    connection.execute(
        f"INSERT OR REPLACE INTO dossier ({_COLUMNS}) VALUES (?,?,?,?,?,?,?)", values
    )
    rows = connection.execute("SELECT entry, at FROM dossier_entry WHERE dossier = ?", (case.uid,))
    was = dict(rows.fetchall())
    now = case.members
    connection.executemany(
        "DELETE FROM dossier_entry WHERE dossier = ? AND entry = ?",
        [(case.uid, entry) for entry in was if entry not in now],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO dossier_entry (dossier, entry, at) VALUES (?,?,?)",
        [(case.uid, entry, at) for entry, at in now.items() if was.get(entry) != at],
    )
    return [entry for entry in {**was, **now} if (entry in was) != (entry in now)]


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
            sight = _reach_of(connection, entries)
            last = connection.execute("SELECT coalesce(max(number), 0) FROM dossier").fetchone()[0]
            payload = ops.OpenDossier(
                number=last + 1, title=title, gravity=gravity, entries=tuple(dict.fromkeys(entries))
            )
            return [sight.act(ops.DOSSIER_OPEN, uid, payload)]

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
            sight = join(_reach_of(connection, add), reach_of(connection, uid))
            case = dossier_shown(connection, uid)
            payload = ops.EditDossier(
                add=tuple(add), remove=tuple(remove), title=title, gravity=gravity, status=status,
                seen=case.seen(_written(title, gravity, status)) if case else (),
            )  # fmt: skip
            return [sight.act(ops.DOSSIER_EDIT, uid, payload)]

        return self._kept(acts, who, lambda connection: one(connection, uid))

    def dossiers(self) -> list[Dossier]:
        """Every dossier, the newest first."""
        with self._store.read() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM dossier ORDER BY number DESC, uid")
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


def _written(title: str, gravity: int | None, status: str) -> list[str]:
    given = {"title": title != "", "gravity": gravity is not None, "status": status != ""}
    return [name for name, is_given in given.items() if is_given]


def _check_gravity(gravity: int) -> None:
    if not 0 <= gravity <= 4:
        raise BeffroiError(_("La gravité va de 0 à 4 : choisissez l’un de ces degrés."))


def _reach_of(connection: Connection, uids: Iterable[str]) -> Reach:
    """Who may see what gathers these entries."""
    return join(_FLOOR, *(reach(needed(connection, uid).content) for uid in uids))


def reach_of(connection: Connection, uid: str) -> Reach:
    """Who may see a dossier: those who may see every one of its entries; DR at least."""
    rows = connection.execute(
        "SELECT DISTINCT coalesce(json_extract(e.content, '$.marking'), 'DR'), "
        "coalesce(json_extract(e.content, '$.caveats'), '[]') "
        "FROM dossier_entry m JOIN entry e ON e.uid = m.entry WHERE m.dossier = ?",
        (uid,),
    )
    return join(_FLOOR, *(Reach(marking, tuple(json.loads(said))) for marking, said in rows))
