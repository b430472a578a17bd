"""Writing and reading sheets: shared ones through the journal, one's own on this station alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.access.buckets import MARKINGS, checked_caveats
from beffroi.changes import Change
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal import Act, Identity, Journal
from beffroi.logbook import own_sheets
from beffroi.logbook.acts import sheet_shown
from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.merge.sheets import SheetShown
from beffroi.logbook.reach import Reach
from beffroi.logbook.sheet import Sheet, of_kind, one
from beffroi.logbook.sheet_fields import checked_fields, different
from beffroi.logbook.sheet_operations import DropSheet, PutSheet, drop_of, put_of
from beffroi.store import Connection, Store
from beffroi.text import _

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a sheet is to lie: None leaves what is there as it is."""

    shared: bool
    marking: str | None
    caveats: tuple[str, ...] | None

    def reach(self, before: Reach) -> Reach:
        """This, and for what is not said, `before`."""
        marking = before.marking if self.marking is None else self.marking
        return Reach(marking, before.caveats if self.caveats is None else self.caveats)


_NEW = Reach("DR")


class Sheets:
    """The sheets of a node, as `account` sees them: those of all, and one's own.

    A sheet of one's own is never in the journal: it can be neither sent nor claimed by anyone.
    """

    def __init__(self, store: Store, journal: Journal, clock: Clock, account: str) -> None:
        self._store = store
        self._journal = journal
        self._clock = clock
        self._account = account

    def one(self, uid: str) -> Sheet:
        """The sheet `uid`.

        Raises:
            BeffroiError: there is none.
        """
        with self._store.read() as connection:
            return self._needed(connection, uid)

    def find(self, uid: str) -> Sheet | None:
        """The sheet `uid`, None when there is none (any more)."""
        with self._store.read() as connection:
            return one(connection, self._account, uid)

    def all(self, kind: str) -> list[Sheet]:
        """Every sheet of a kind, the oldest first."""
        with self._store.read() as connection:
            return of_kind(connection, self._account, kind)

    def put(
        self,
        kind: str,
        fields: Fields,
        who: Identity,
        *,
        uid: str = "",
        shared: bool = False,
        marking: str | None = None,
        caveats: Sequence[str] | None = None,
    ) -> Sheet:
        """Write `fields` of the sheet `uid`, or make a new one; None as a value takes one away.

        Fields that are not named stay as they are, and so do marking and caveats left out (DR for
        a new one).  A sheet that was dropped comes back, `fields` written over what it was.  `shared` counts for a
        new one; one's own becomes everybody's by `share` alone.

        Raises:
            BeffroiError: a field that cannot be, or `who` may not write.
        """
        said = {uid or uuid7(self._clock.now()): fields}
        return self.put_all(kind, said, who, shared=shared, marking=marking, caveats=caveats)[0]

    def put_all(
        self,
        kind: str,
        sheets: Mapping[str, Fields],
        who: Identity,
        *,
        shared: bool = False,
        marking: str | None = None,
        caveats: Sequence[str] | None = None,
    ) -> list[Sheet]:
        """Write several sheets (uid → fields) of a kind together, or none; see `put`."""
        said = {uid: checked_fields(fields) for uid, fields in sheets.items()}
        where = _Where(shared, _marking(marking), _caveats(caveats))

        def work(connection: Connection) -> list[Sheet]:
            acts: list[Act] = []
            changes: list[Change] = []
            for uid, fields in said.items():
                if self._is_own(connection, kind, uid, where):
                    changes += self._put_own(connection, kind, uid, fields, who, where)
                else:
                    acts += _put_act(connection, kind, uid, fields, where)
            self._journal.commit(acts, who)
            self._tell(changes)
            return [self._needed(connection, uid) for uid in said]

        return self._store.run(work)

    def share(
        self,
        uid: str,
        who: Identity,
        *,
        marking: str | None = None,
        caveats: Sequence[str] | None = None,
    ) -> Sheet:
        """Make one's own sheet everybody's who may see its marking and caveats.

        Raises:
            BeffroiError: there is none, or `who` may not write.
        """
        where = _Where(True, _marking(marking), _caveats(caveats))

        def work(connection: Connection) -> Sheet:
            sheet = self._needed(connection, uid)
            if not sheet.shared:
                own_sheets.delete(connection, uid)
                reach = where.reach(Reach(sheet.marking, sheet.caveats))
                act = reach.act(put_of(sheet.kind), uid, PutSheet(fields=sheet.fields))
                self._journal.commit([act], who)
            return self._needed(connection, uid)

        return self._store.run(work)

    def drop(self, uid: str, who: Identity) -> None:
        """Take a sheet away; what others wrote into it meanwhile keeps it.

        Raises:
            BeffroiError: there is none, or `who` may not write.
        """
        self.drop_all([uid], who)

    def drop_all(self, uids: Sequence[str], who: Identity) -> None:
        """Take several sheets away together, or none; see `drop`."""

        def work(connection: Connection) -> None:
            acts: list[Act] = []
            for uid in uids:
                sheet = self._needed(connection, uid)
                if sheet.shared:
                    acts.append(_drop_act(connection, sheet))
                else:
                    own_sheets.delete(connection, uid)
                    self._tell([SheetChanged(kind=sheet.kind, uid=uid)])
            self._journal.commit(acts, who)

        self._store.run(work)

    def _needed(self, connection: Connection, uid: str) -> Sheet:
        found = one(connection, self._account, uid)
        if found is None:
            raise BeffroiError(
                _("Cet objet n’existe plus dans ce profil\u00a0: actualisez la liste.")
            )
        return found

    def _is_own(self, connection: Connection, kind: str, uid: str, where: _Where) -> bool:
        """Whether what is put at `uid` concerns its author alone."""
        known = one(connection, self._account, uid)
        if known is not None:
            return not known.shared
        return not where.shared and sheet_shown(connection, kind, uid) is None

    def _put_own(
        self,
        connection: Connection,
        kind: str,
        uid: str,
        fields: Fields,
        who: Identity,
        where: _Where,
    ) -> list[Change]:
        known = one(connection, self._account, uid)
        before = Reach(known.marking, known.caveats) if known else _NEW
        reach = where.reach(before)
        now = self._clock.now()
        sheet = Sheet(
            uid=uid, kind=kind, fields=_merged(known.fields if known else {}, fields), shared=False,
            author=self._account, post=who.post, made_at=known.made_at if known else now,
            changed_at=now, changed_by=self._account, marking=reach.marking, caveats=reach.caveats,
        )  # fmt: skip
        own_sheets.put(connection, sheet)
        return [SheetChanged(kind=kind, uid=uid)]

    def _tell(self, changes: Sequence[Change]) -> None:
        if changes:
            self._store.after_commit(lambda: self._journal.announce(changes))


def _put_act(
    connection: Connection, kind: str, uid: str, fields: Fields, where: _Where
) -> list[Act]:
    """The act that writes what differs from the shared sheet as it stands; none when nothing does."""
    shown = sheet_shown(connection, kind, uid)
    if shown is None:
        first = PutSheet(fields=_merged({}, fields))
        return [where.reach(_NEW).act(put_of(kind), uid, first)]
    before = Reach(shown.marking, shown.caveats)
    reach, said = where.reach(before), different(shown, fields)
    if shown.stands and not said and reach == before:
        return []
    return [reach.act(put_of(kind), uid, PutSheet(fields=said, seen=shown.seen(said)))]


def _drop_act(connection: Connection, sheet: Sheet) -> Act:
    shown: SheetShown | None = sheet_shown(connection, sheet.kind, sheet.uid)
    seen = shown.seen(()) if shown else ()
    return Reach(sheet.marking, sheet.caveats).act(
        drop_of(sheet.kind), sheet.uid, DropSheet(seen=seen)
    )


def _merged(before: Fields, fields: Fields) -> dict[str, Any]:
    return {name: value for name, value in {**before, **fields}.items() if value is not None}


def _marking(marking: str | None) -> str | None:
    if marking is not None and marking not in MARKINGS:
        raise BeffroiError(_("Cette mention n’existe pas\u00a0: choisissez NP, DR ou DR-SF."))
    return marking


def _caveats(caveats: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if caveats is None else checked_caveats(caveats)
