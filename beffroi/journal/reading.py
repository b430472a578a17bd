"""What can be asked of a journal: its lines, what waits for the hub, whether it is whole."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from beffroi.journal import chain, lines, outbox, verifying
from beffroi.journal.operation import Operation
from beffroi.journal.outbox import Refused
from beffroi.store import Store

PUSH_BYTES = 3_000_000


class Reading:
    """The part of a journal that changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def outbox(self, limit: int = 400, max_bytes: int = PUSH_BYTES) -> list[Operation]:
        """The oldest operations that the hub has not taken, at least one if any waits."""
        with self._store.read() as connection:
            return outbox.waiting(connection, limit, max_bytes)

    def refused(self) -> list[Refused]:
        """The operations that the hub put into quarantine, the oldest first."""
        with self._store.read() as connection:
            return outbox.refused(connection)

    def waiting(self) -> int:
        """How many operations the outbox holds for an upstream node."""
        with self._store.read() as connection:
            return int(
                connection.execute("SELECT count(*) FROM outbox WHERE refused = ''").fetchone()[0]
            )

    def cursors(self) -> dict[str, int]:
        """How far this node has followed each bucket of the hub."""
        with self._store.read() as connection:
            return dict(connection.execute("SELECT bucket, seq FROM cursor").fetchall())

    def buckets(self) -> set[str]:
        """The buckets from which this node holds anything."""
        with self._store.read() as connection:
            rows = connection.execute(
                "SELECT DISTINCT bucket FROM entity_bucket UNION SELECT bucket FROM cursor"
            )
            return {row[0] for row in rows}

    def history(self, entity: str) -> list[Operation]:
        """All operations about one thing, oldest first."""
        with self._store.read() as connection:
            return list(lines.select(connection, "WHERE entity = ? ORDER BY seq", entity))

    def replay(self) -> Iterator[Operation]:
        """Every operation from the first one, for rebuilding the tables or another node."""
        with self._store.read() as connection:
            yield from lines.select(connection, "WHERE entity <> '' ORDER BY seq")

    def histories(self, kinds: Sequence[str]) -> Iterator[list[Operation]]:
        """The operations of these kinds, thing by thing, the oldest first in each."""
        marks = ",".join("?" * len(kinds))
        with self._store.read() as connection:
            found = lines.select(
                connection, f"WHERE kind IN ({marks}) ORDER BY entity, seq", *kinds
            )
            for _entity, group in groupby(found, key=lambda o: o.entity):
                yield list(group)

    def verify(self) -> chain.ChainBreak | None:
        """The first broken link of the journal, None when it is whole."""
        with self._store.read() as connection:
            connection.execute("BEGIN")
            try:
                return verifying.first_break(connection)
            finally:
                connection.execute("ROLLBACK")
