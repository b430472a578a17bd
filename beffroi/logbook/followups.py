"""Follow-ups: what a post must do about an entry, and by when."""

from enum import StrEnum

import msgspec

from beffroi.changes import Change
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal import Act, Identity, Journal, Operation
from beffroi.logbook import operations as ops
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.changes import FollowUpChanged
from beffroi.logbook.content import clean
from beffroi.logbook.entry import Entry
from beffroi.logbook.part import Part, needed
from beffroi.logbook.rules import check_length
from beffroi.store import Connection
from beffroi.text import N_, _

_COLUMNS = "uid, entry, owner_post, due, status, text, note, at, changed_at, author"


class FollowUpStatus(StrEnum):
    """How far a follow-up is; the most pressing first."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    DROPPED = "dropped"


FOLLOWUP_WORDS: dict[FollowUpStatus, str] = {
    FollowUpStatus.OPEN: N_("Ouverte"),
    FollowUpStatus.ACKNOWLEDGED: N_("Prise en compte"),
    FollowUpStatus.DONE: N_("Close"),
    FollowUpStatus.DROPPED: N_("Sans suite"),
}
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
    """The handlers of follow-ups."""

    def __init__(self, entries: EntryWriter) -> None:
        self._entries = entries

    def register(self, journal: Journal) -> None:
        """Answer for the operations on follow-ups."""
        journal.handle(ops.FOLLOWUP_OPEN, self.open)
        journal.handle(ops.FOLLOWUP_UPDATE, self.update)

    def open(self, connection: Connection, operation: Operation) -> list[Change]:
        """A new follow-up, shown on its entry."""
        told = msgspec.json.decode(operation.payload, type=ops.OpenFollowUp)
        at = operation.made_at
        connection.execute(
            f"INSERT INTO followup ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (operation.entity, told.entry, told.owner_post, told.due, FollowUpStatus.OPEN,
             told.text, "", at, at, operation.author),
        )  # fmt: skip
        return self._tell(connection, operation.entity, told.entry)

    def update(self, connection: Connection, operation: Operation) -> list[Change]:
        """It goes on: status, note, another due time."""
        told = msgspec.json.decode(operation.payload, type=ops.UpdateFollowUp)
        connection.execute(
            "UPDATE followup SET status = ?, note = iif(? = '', note, ?), due = coalesce(?, due), "
            "changed_at = ? WHERE uid = ?",
            (told.status, told.note, told.note, told.due, operation.made_at, operation.entity),
        )
        followup = one(connection, operation.entity)
        return self._tell(connection, followup.uid, followup.entry)

    def _tell(self, connection: Connection, uid: str, entry_uid: str) -> list[Change]:
        statuses = {f.status for f in of_entry(connection, entry_uid)}
        pressing = next(status for status in FollowUpStatus if status in statuses)

        def pressed(entry: Entry) -> Entry:
            return msgspec.structs.replace(entry, followup=str(pressing))

        changes = self._entries.change(connection, entry_uid, pressed)
        return [FollowUpChanged(followup=uid, entry=entry_uid), *changes]


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
            marking = needed(connection, entry).content.marking
            payload = ops.OpenFollowUp(entry=entry, owner_post=owner_post, due=due, text=text)
            return [Act(kind=ops.FOLLOWUP_OPEN, entity=uid, payload=payload, marking=marking)]

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
            marking = needed(connection, one(connection, uid).entry).content.marking
            payload = ops.UpdateFollowUp(status=status, note=note, due=due)
            return [Act(kind=ops.FOLLOWUP_UPDATE, entity=uid, payload=payload, marking=marking)]

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
