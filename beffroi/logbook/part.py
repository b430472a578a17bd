"""What the parts of the logbook share: the store to read, the journal to write."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from beffroi.changes import Change
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.journal import Act, Identity, Journal
from beffroi.logbook import rows
from beffroi.logbook.changes import EntryAdded, EntryChanged
from beffroi.logbook.content import clean
from beffroi.logbook.entry import Entry, Lifecycle
from beffroi.logbook.rules import check_length
from beffroi.logbook.stories import Stories
from beffroi.store import Connection, Store
from beffroi.text import _

T = TypeVar("T")
Acts = Callable[[Connection], Sequence[Act]]


class Part:
    """A part of the logbook.  Every act goes through `_keep`, decided inside its transaction.

    With a `station_code`, new entries get provisional numbers until the hub grants definitive ones.
    """

    def __init__(
        self, store: Store, journal: Journal, clock: Clock, code: str, station_code: str = ""
    ) -> None:
        self._store = store
        self._journal = journal
        self._clock = clock
        self._code = code
        self._station_code = station_code
        self._stories = Stories()

    def _keep(self, acts: Acts, who: Identity) -> list[Change]:
        return self._journal.commit(acts, who)

    def _kept(self, acts: Acts, who: Identity, read: Callable[[Connection], T]) -> T:
        """Keep `acts`, and read what they made before anyone else writes."""

        def work(connection: Connection) -> T:
            self._journal.commit(acts, who)
            return read(connection)

        return self._store.run(work)


def latest_of(changes: Sequence[Change], uid: str, unchanged: Entry | None = None) -> Entry:
    """The entry `uid` as the last of `changes` leaves it, or `unchanged` when none touched it."""
    for change in reversed(changes):
        if isinstance(change, EntryAdded | EntryChanged) and change.entry.uid == uid:
            return change.entry
    if unchanged is None:
        raise KeyError(uid)
    return unchanged


def needed(connection: Connection, uid: str = "", *, rid: int = -1) -> Entry:
    """The entry `uid`, or the one in row `rid`.

    Raises:
        BeffroiError: there is none.
    """
    entry = (
        rows.one(connection, "e.uid = ?", uid) if uid else rows.one(connection, "e.rid = ?", rid)
    )
    if entry is None:
        raise BeffroiError(_("Cette entrée n’existe pas dans ce profil : actualisez la liste."))
    return entry


def standing(connection: Connection, uid: str) -> Entry:
    """The entry `uid`, if it was not voided.

    Raises:
        BeffroiError: there is none, or it is void.
    """
    entry = needed(connection, uid)
    if entry.lifecycle == Lifecycle.VOID:
        raise BeffroiError(
            _("L’entrée {label} est annulée : complétez-la ou écrivez-en une autre.").format(
                label=entry.label
            )
        )
    return entry


def reason_given(reason: str) -> str:
    """`reason`, if someone gave one.

    Raises:
        BeffroiError: it is blank, or a whole story.
    """
    reason = check_length(clean(reason))
    if not reason:
        raise BeffroiError(_("Donnez un motif : il reste dans l’historique."))
    return reason
