"""The audit trail: reads, searches, exports, prints and logins, chained like the journal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from beffroi.clock import Clock
from beffroi.journal import chain
from beffroi.journal.operation import Identity, encode
from beffroi.store import Connection, Store

_COLUMNS = "seq, at, actor, post, station, action, object, detail"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One access.  `at` is UTC milliseconds."""

    seq: int
    at: int
    actor: str
    post: str
    station: str
    action: str
    object: str
    detail: str


class Audit:
    """Appends to the trail; there is no way to change or remove a line."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def record(self, who: Identity, action: str, obj: str = "", **detail: Any) -> None:
        """Keep that `who` did `action` on `obj`, durably."""
        with self._store.write() as connection:
            self._append(connection, who, action, obj, encode(detail).decode())

    def _append(
        self, connection: Connection, who: Identity, action: str, obj: str, detail: str
    ) -> None:
        row = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        seq, previous = (row[0] + 1, row[1]) if row else (1, chain.GENESIS)
        fields = (
            seq, self._clock.now(), who.account, who.post, who.station, action, obj, detail,
        )  # fmt: skip
        connection.execute(
            f"INSERT INTO audit ({_COLUMNS}, prev_hash, hash) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (*fields, previous, chain.link(previous, fields)),
        )

    def lines(self, limit: int = 1000) -> Iterator[AuditLine]:
        """The trail, newest first."""
        with self._store.read() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM audit ORDER BY seq DESC LIMIT ?", (limit,)
            ).fetchall()
        return (AuditLine(*row) for row in rows)

    def verify(self) -> chain.ChainBreak | None:
        """The first broken link of the trail, None when it is whole."""
        with self._store.read() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS}, prev_hash, hash FROM audit ORDER BY seq")
            return chain.first_break(chain.Line(r[0], tuple(r[:8]), r[8], r[9]) for r in rows)
