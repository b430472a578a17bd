"""Answers searches: the first rows at once, all row ids for the list, how many there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from beffroi.clock import Clock
from beffroi.ids import EPOCH_2020_MS, rid_at
from beffroi.logbook import numbers, rows
from beffroi.logbook.entry import Entry
from beffroi.logbook.numbers import Numbers
from beffroi.logbook.personal import Personal
from beffroi.logbook.query import Query
from beffroi.logbook.query.tag_names import all_tags, known
from beffroi.logbook.search import by_event
from beffroi.logbook.search.facet_counts import Counts, counts
from beffroi.logbook.search.matching import answers
from beffroi.logbook.search.people import display, named
from beffroi.logbook.search.plan import Context, Plan, followup_condition, number_condition, plan
from beffroi.logbook.search.sql import newest, parameters, rid, source
from beffroi.logbook.search.suggest import Suggestion, suggestions
from beffroi.store import Connection, Store
from beffroi.taxonomy import Taxonomy

RIDS_PER_MS = rid_at(EPOCH_2020_MS + 1)
_CONTEXT = (
    "SELECT (SELECT min(event_time) FROM entry), (SELECT max(event_time) FROM entry), "
    "EXISTS (SELECT 1 FROM read_mark WHERE account = ? AND rid < 0)"
)
_DOSSIER = (
    "SELECT uid FROM dossier WHERE uid = ?1 OR CAST(number AS TEXT) = ?1 "
    "OR instr(lower(title), lower(?1)) "
    "ORDER BY uid = ?1 DESC, CAST(number AS TEXT) = ?1 DESC, opened_at DESC LIMIT 1"
)


class Search:
    """Searches on behalf of the person that `personal` belongs to."""

    def __init__(
        self, store: Store, personal: Personal, clock: Clock, tags: Taxonomy | None = None
    ) -> None:
        self._store = store
        self._tags = tags or known()
        self._personal = personal
        self._clock = clock

    def first(self, query: Query, limit: int = 200) -> list[Entry]:
        """The newest entries that answer, in the order the search asks for."""
        with self._planned(query) as (connection, made, context):
            if query.order == "event":
                found = by_event.timed(connection, made, context, limit)[:, 0].tolist()
                entries = rows.by_rids(connection, found)
                return [entries[rid] for rid in found if rid in entries]
            sql = f"SELECT {rows.COLUMNS} {source(made)} ORDER BY {newest(made)} LIMIT ?"
            return [
                rows.entry_of(row) for row in connection.execute(sql, (*parameters(made), limit))
            ]

    def rids(self, query: Query, limit: int | None = None) -> Numbers:
        """The row ids of all entries that answer, in the order the search asks for."""
        if query.order == "event":
            return self.timed(query, limit)[0]
        with self._planned(query) as (connection, made, _context):
            sql = (
                f"SELECT {rid(made)} AS numbers {source(made, narrow=True)} "
                f"ORDER BY {newest(made)} LIMIT ?"
            )
            values = (*parameters(made), -1 if limit is None else limit)
            return numbers.read(connection, 1, sql, values)[:, 0]

    def count(self, query: Query) -> int:
        """How many entries answer."""
        with self._planned(query) as (connection, made, _context):
            sql = f"SELECT count(*) {source(made, narrow=True)}"
            return int(connection.execute(sql, parameters(made)).fetchone()[0])

    def timed(self, query: Query, limit: int | None = None) -> tuple[Numbers, Numbers]:
        """`rids`, and beside each the time it is sorted by: of the event, or of writing."""
        if query.order == "entered":
            found = self.rids(query, limit)
            return found, found // RIDS_PER_MS + EPOCH_2020_MS
        with self._planned(query) as (connection, made, context):
            table = by_event.timed(connection, made, context, limit)
        return table[:, 0].copy(), table[:, 1].copy()

    def matches(self, query: Query, entry: Entry) -> bool:
        """Whether a new or changed entry belongs in the list of `query`.

        Never on the main thread of a desktop when `needs_store` says that it reads the store.
        """
        if not answers(query, entry, self._dossier(query), self._author(query, entry)):
            return False
        if query.unread_only and not self._personal.unread([entry.rid]):
            return False
        conditions = [followup_condition(query.followup, self._clock.now())]
        if query.station:
            conditions.append(number_condition(query))
        return all(condition is None or self._holds(condition, entry) for condition in conditions)

    @staticmethod
    def needs_store(query: Query) -> bool:
        """Whether `matches` must read the store: people, dossiers, due times, old numbers, what was read."""
        return bool(
            query.authors
            or query.dossier
            or query.unread_only
            or query.station
            or query.followup in ("late", "done")
        )

    def facet_counts(self, query: Query) -> Counts:
        """How many of the entries found have each tag domain, gravity, nature, qualification."""
        with self._planned(query) as (connection, made, _context):
            return counts(connection, made)

    def suggest(self, typed: str) -> list[Suggestion]:
        """What may complete the end of `typed`: a filter's name, or one of its values."""
        with self._store.read() as connection:
            return suggestions(connection, typed, all_tags(self._tags))

    def _holds(self, condition: tuple[str, *tuple[Any, ...]], entry: Entry) -> bool:
        only = Plan()
        only.add("e.rid = ?", entry.rid)
        only.add(*condition)
        with self._store.read() as connection:
            row = connection.execute(f"SELECT 1 {source(only)}", parameters(only)).fetchone()
        return row is not None

    def _author(self, query: Query, entry: Entry) -> str:
        if not query.authors:
            return ""
        with self._store.read() as connection:
            return display(connection, entry.author)

    def _dossier(self, query: Query) -> str:
        if not query.dossier:
            return ""
        with self._store.read() as connection:
            row = connection.execute(_DOSSIER, (query.dossier,)).fetchone()
        return row[0] if row else ""

    @contextmanager
    def _planned(self, query: Query) -> Iterator[tuple[Connection, Plan, Context]]:
        with self._store.read() as connection:
            context = self.context(connection, query)
            yield connection, plan(query, context), context

    def context(self, connection: Connection, query: Query) -> Context:
        """What the plan of `query` depends on beside it, as the store stands."""
        account = self._personal.account
        first, last, exceptions = connection.execute(_CONTEXT, (account,)).fetchone()
        dossier = None
        if query.dossier:
            dossier = connection.execute(_DOSSIER, (query.dossier,)).fetchone()
        return Context(
            account=account,
            now=self._clock.now(),
            read_up_to=self._personal.read_up_to(connection),
            exceptions=bool(exceptions),
            first_event=first or 0,
            last_event=last or 0,
            dossier=dossier[0] if dossier else "",
            named=named(connection, query),
        )
