"""Follow-ups: what a post must do about an entry, and by when."""

import msgspec

from beffroi.changes import Change
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal import Act, Identity, Journal, Operation
from beffroi.logbook import operations as ops
from beffroi.logbook.acts import followup_shown
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.changes import FollowUpChanged
from beffroi.logbook.content import clean
from beffroi.logbook.contested import note_rivals
from beffroi.logbook.merge import kinds
from beffroi.logbook.merge.cases import Case
from beffroi.logbook.part import Part, needed
from beffroi.logbook.reach import reach
from beffroi.logbook.rules import check_length
from beffroi.logbook.statuses import FOLLOWUP_WORDS as FOLLOWUP_WORDS
from beffroi.logbook.statuses import FollowUpStatus as FollowUpStatus
from beffroi.store import Connection
from beffroi.text import _

_COLUMNS = "uid, entry, owner_post, due, status, text, note, at, changed_at, author"


PENDING = (FollowUpStatus.OPEN, FollowUpStatus.ACKNOWLEDGED)


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up as it stands.  Times are UTC ms; `note` is the last word on it."""

    uid: str
    entry: str
    owner_post: str
    due: int | None
    status: FollowUpStatus
    text: str
    note: str
    at: int
    changed_at: int
    author: str

    def late(self, now: int) -> bool:
        """Whether it should have been done by `now`."""
        return self.status in PENDING and self.due is not None and self.due < now


class FollowUpWriter:
    """The handler of the operations on follow-ups."""

    def __init__(self, entries: EntryWriter) -> None:
        self._entries = entries

    def register(self, journal: Journal) -> None:
        """Answer for the operations on follow-ups."""
        journal.handle(ops.FOLLOWUP_OPEN, self.arrived)
        journal.handle(ops.FOLLOWUP_UPDATE, self.arrived)

    def arrived(self, connection: Connection, operation: Operation) -> list[Change]:
        """One more act on a follow-up is in the journal: its row and its entry follow."""
        uid = operation.entity
        case = followup_shown(connection, uid)
        return self.show(connection, case) if case else []

    def show(self, connection: Connection, case: Case) -> list[Change]:
        """Make a follow-up's row what `case` says."""
        put(connection, case)
        entry = case.told.entry
        changes = self._entries.hang(connection, [entry])
        changes += note_rivals(connection, kinds.FOLLOWUP, case.uid, case.rivals)
        return [FollowUpChanged(followup=case.uid, entry=entry), *changes]


def put(connection: Connection, case: Case) -> None:
    """Write the row of a follow-up."""
    told, now = case.told, case.now
    connection.execute(
        f"INSERT OR REPLACE INTO followup ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (case.uid, told.entry, told.owner_post, now["due"], now["status"], told.text,
         now["note"], case.born.made_at, case.changed_at, case.born.author),
    )  # fmt: skip


class FollowUps(Part):
    """Asking for something to be done, and saying how it goes."""

    def open_followup(
        self,
        entry: str,
        owner_post: str,
        due: int | None,
        text: str,
        who: Identity,
        *,
        uid: str = "",
    ) -> FollowUp:
        """Ask `owner_post` to do something about `entry` by `due` (UTC ms).

        Raises:
            BeffroiError: no post, nothing to do, or an unknown entry.
        """
        uid = uid or uuid7(self._clock.now())
        owner_post, text = check_length(clean(owner_post)), check_length(clean(text))
        if not owner_post:
            raise BeffroiError(
                _("Une suite à donner a besoin d’un poste : choisissez qui s’en charge.")
            )
        if not text:
            raise BeffroiError(
                _("Une suite à donner a besoin d’un texte : écrivez ce qu’il faut faire.")
            )

        def acts(connection: Connection) -> list[Act]:
            sight = reach(needed(connection, entry).content)
            payload = ops.OpenFollowUp(entry=entry, owner_post=owner_post, due=due, text=text)
            return [sight.act(ops.FOLLOWUP_OPEN, uid, payload)]

        return self._kept(acts, who, lambda connection: one(connection, uid))

    def update_followup(
        self, uid: str, status: str, who: Identity, note: str = "", due: int | None = None
    ) -> FollowUp:
        """Say how a follow-up goes: acknowledged, done, dropped, or open again.

        Raises:
            BeffroiError: unknown follow-up or status, or dropped without a reason.
        """
        if status not in list(FollowUpStatus):
            raise BeffroiError(
                _("Une suite est ouverte, prise en compte, close ou sans suite : choisissez.")
            )
        note = check_length(clean(note))
        if status == FollowUpStatus.DROPPED and not note:
            raise BeffroiError(
                _("Dites pourquoi la suite est abandonnée : le motif reste visible.")
            )

        def acts(connection: Connection) -> list[Act]:
            sight = reach(needed(connection, one(connection, uid).entry).content)
            case = followup_shown(connection, uid)
            written = ["status", "note", "due"] if due is not None else ["status", "note"]
            payload = ops.UpdateFollowUp(
                status=status, note=note, due=due, seen=case.seen(written) if case else ()
            )
            return [sight.act(ops.FOLLOWUP_UPDATE, uid, payload)]

        return self._kept(acts, who, lambda connection: one(connection, uid))

    def followups(self, *, open_only: bool = True, entry: str = "") -> list[FollowUp]:
        """Follow-ups, the soonest due first; those without a due time come last."""
        with self._store.read() as connection:
            if entry:
                found = of_entry(connection, entry)
                return [f for f in found if f.status in PENDING] if open_only else found
            if open_only:
                return _many(connection, "status IN (?,?)", *PENDING)
            return _many(connection, "1")

    def followup(self, uid: str) -> FollowUp:
        """The follow-up `uid`.

        Raises:
            BeffroiError: there is none.
        """
        with self._store.read() as connection:
            return one(connection, uid)


def _many(connection: Connection, where: str, *values: str) -> list[FollowUp]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM followup WHERE {where} ORDER BY due IS NULL, due, at, uid", values
    )
    names = FollowUp.__struct_fields__
    return [msgspec.convert(dict(zip(names, row, strict=True)), FollowUp) for row in rows]


def of_entry(connection: Connection, uid: str) -> list[FollowUp]:
    """The follow-ups of an entry, the soonest due first."""
    return _many(connection, "entry = ?", uid)


def one(connection: Connection, uid: str) -> FollowUp:
    """The follow-up `uid`.

    Raises:
        BeffroiError: there is none.
    """
    found = _many(connection, "uid = ?", uid)
    if not found:
        raise BeffroiError(_("Cette suite à donner n’existe pas : actualisez la liste."))
    return found[0]
