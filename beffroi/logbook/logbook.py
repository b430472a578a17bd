"""The main courante of a node: everything that can be done with entries and what hangs from them."""

from collections.abc import Iterable

from beffroi.changes import Change
from beffroi.clock import Clock
from beffroi.journal import Journal
from beffroi.logbook import figures, sheet_rows
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.conflicts import Conflicts
from beffroi.logbook.dossiers import Dossiers, DossierWriter
from beffroi.logbook.figures import Figures
from beffroi.logbook.followups import FollowUps, FollowUpWriter
from beffroi.logbook.forgetting import Forgetting
from beffroi.logbook.index import index_entry
from beffroi.logbook.links import Links, LinkWriter
from beffroi.logbook.reading import Reading
from beffroi.logbook.showing import Showing
from beffroi.logbook.states import StateRow, States
from beffroi.logbook.thread import Threads
from beffroi.logbook.writing import Writing
from beffroi.store import Connection, Store


class Logbook(Writing, Links, Dossiers, FollowUps, Figures, Conflicts, Reading, Threads):
    """One object for the desk; each part of it has its own module."""

    def __init__(
        self,
        store: Store,
        journal: Journal,
        clock: Clock,
        code: str = "MC",
        station_code: str = "",
    ) -> None:
        super().__init__(store, journal, clock, code, station_code)
        entries = EntryWriter(index_entry, self._stories)
        links, cases, asked = LinkWriter(entries), DossierWriter(entries), FollowUpWriter(entries)
        for writer in (entries, links, cases, asked):
            writer.register(journal)
        figures.register(journal)
        sheet_rows.register(journal)
        journal.on_removal(Forgetting(entries).remove)
        self._states = States(Showing(entries, links, cases, asked))

    def load_states(self, connection: Connection, received: Iterable[StateRow]) -> list[Change]:
        """Take in things as they stand, inside the transaction of `connection`; what changed.

        What is here already is merged with them.  The caller announces the changes once stored.
        """
        return self._states.load(connection, received)
