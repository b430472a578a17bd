"""Gives each new entry a row id that follows the time it was written down."""

from beffroi.ids import rid_at
from beffroi.store import Connection


class Slots:
    """The first free row id from a moment on; a crowd in one millisecond overflows into the next."""

    def __init__(self) -> None:
        self._start = -1
        self._last = -1

    def free(self, connection: Connection, moment_ms: int) -> int:
        """A row id that no entry has, as near after `moment_ms` as there is."""
        start = rid_at(moment_ms)
        rid = start
        if start == self._start and _taken(connection, self._last):
            rid = self._last + 1
        if _taken(connection, rid):
            rid = _after_the_crowd(connection, rid)
        self._start, self._last = start, rid
        return rid


def _taken(connection: Connection, rid: int) -> bool:
    row = connection.execute("SELECT 1 FROM entry WHERE rid = ?", (rid,)).fetchone()
    return row is not None


def _after_the_crowd(connection: Connection, rid: int) -> int:
    row = connection.execute(
        "SELECT e.rid + 1 FROM entry e WHERE e.rid >= ? "
        "AND NOT EXISTS (SELECT 1 FROM entry f WHERE f.rid = e.rid + 1) ORDER BY e.rid LIMIT 1",
        (rid,),
    ).fetchone()
    return int(row[0])
