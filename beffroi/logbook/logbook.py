"""The main courante of a node: everything that can be done with entries and what hangs from them."""

from beffroi.clock import Clock
from beffroi.journal import Journal
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.index import index_entry
from beffroi.logbook.reading import Reading
from beffroi.logbook.writing import Writing
from beffroi.store import Store


class Logbook(Writing, Reading):
    """One object for the desk; each part of it has its own module."""

    def __init__(self, store: Store, journal: Journal, clock: Clock, code: str = "MC") -> None:
        super().__init__(store, journal, clock, code)
        EntryWriter(index_entry).register(journal)
