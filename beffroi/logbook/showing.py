"""Makes the rows of any thing follow from what is known of it."""

from collections.abc import Callable

from beffroi.changes import Change
from beffroi.logbook import figures
from beffroi.logbook.acts import acts_on, dossier_shown, entry_shown, followup_shown
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.dossiers import DossierWriter
from beffroi.logbook.followups import FollowUpWriter
from beffroi.logbook.links import LinkWriter
from beffroi.logbook.merge import kinds
from beffroi.logbook.sheet_operations import SHEETS
from beffroi.logbook.sheet_rows import show_sheet
from beffroi.store import Connection


class Showing:
    """The writers of all kinds of things behind one door."""

    def __init__(
        self,
        entries: EntryWriter,
        links: LinkWriter,
        dossiers: DossierWriter,
        followups: FollowUpWriter,
    ) -> None:
        self.entries = entries
        self._links = links
        self._dossiers = dossiers
        self._followups = followups
        self._shown: dict[str, Callable[[Connection, str], list[Change]]] = {
            kinds.ENTRY: self._entry,
            kinds.LINK: self._link,
            kinds.DOSSIER: self._dossier,
            kinds.FOLLOWUP: self._followup,
            kinds.FIGURE: _figure,
            kinds.ARBITRATION: _arbitration,
        }

    def show(self, connection: Connection, kind: str, uid: str) -> list[Change]:
        """Make the rows of the thing `uid` (one of `STATES`) what its acts say."""
        if kind in SHEETS:
            return show_sheet(connection, kind, uid)
        return self._shown[kind](connection, uid)

    def _entry(self, connection: Connection, uid: str) -> list[Change]:
        return self.entries.show(connection, entry_shown(connection, uid))

    def _link(self, connection: Connection, key: str) -> list[Change]:
        return self._links.show(connection, key, acts_on(connection, kinds.LINK, key))

    def _dossier(self, connection: Connection, uid: str) -> list[Change]:
        case = dossier_shown(connection, uid)
        return self._dossiers.show(connection, case) if case else []

    def _followup(self, connection: Connection, uid: str) -> list[Change]:
        case = followup_shown(connection, uid)
        return self._followups.show(connection, case) if case else []


def _figure(connection: Connection, uid: str) -> list[Change]:
    return figures.show_figure(connection, uid, acts_on(connection, kinds.FIGURE, uid))


def _arbitration(connection: Connection, uid: str) -> list[Change]:
    acts = acts_on(connection, kinds.ARBITRATION, uid)
    return figures.show_arbitration(connection, uid, acts)
