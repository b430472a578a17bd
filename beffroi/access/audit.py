"""The audit trail: reads, searches, exports, prints and logins, chained like the journal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from beffroi.clock import Clock
from beffroi.journal import chain, head
from beffroi.journal.operation import Identity, encode
from beffroi.store import Connection, Store
from beffroi.text import printable

_COLUMNS = "seq, at, actor, post, station, action, object, detail"
CHAIN = "audit"
NOTED_AT_MOST = 50
NOTED_FOR_MS = 60_000


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One access.  `at` is UTC milliseconds, `detail` is JSON."""

    seq: int
    at: int
    actor: str
    post: str
    station: str
    action: str
    object: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Noted:
    at: int
    who: Identity
    action: str
    object: str
    detail: str


class Audit:
    """Appends to the trail; there is no way to change or remove a line."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._noted: list[_Noted] = []
        self._lock = Lock()

    def record(self, who: Identity, action: str, obj: str = "", **detail: Any) -> None:
        """Keep that `who` did `action` on `obj`: an export, a print, a login.  Durable on return."""
        line = self._line(who, action, obj, detail)
        self._store.run(lambda connection: _append(connection, [line]))

    def note(self, who: Identity, action: str, obj: str = "", **detail: Any) -> None:
        """Keep a frequent act (opening an entry, searching) with the next ones, within a minute."""
        with self._lock:
            self._noted.append(self._line(who, action, obj, detail))
            waited = self._clock.now() - self._noted[0].at
            due = len(self._noted) >= NOTED_AT_MOST or waited >= NOTED_FOR_MS
        if due:
            self.flush()

    def _line(self, who: Identity, action: str, obj: str, detail: dict[str, Any]) -> _Noted:
        return _Noted(self._clock.now(), who, action, printable(obj), encode(detail).decode())

    def flush(self) -> None:
        """Write down what was noted; what cannot be written stays for the next time."""
        with self._lock:
            noted, self._noted = self._noted, []
        if not noted:
            return
        try:
            self._store.run(lambda connection: _append(connection, noted))
        except BaseException:
            with self._lock:
                self._noted[:0] = noted
            raise

    def lines(self, limit: int = 1000, *, actor: str = "", action: str = "") -> Iterator[AuditLine]:
        """The trail, newest first; of one account or one kind of action when given."""
        with self._store.read() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM audit WHERE (? = '' OR actor = ?) "
                "AND (? = '' OR action = ?) ORDER BY seq DESC LIMIT ?",
                (actor, actor, action, action, limit),
            ).fetchall()
        return (AuditLine(*row) for row in rows)

    def verify(self) -> chain.ChainBreak | None:
        """The first broken link of the trail, None when it is whole."""
        with self._store.read() as connection:
            connection.execute("BEGIN")
            try:
                return _first_break(connection)
            finally:
                connection.execute("ROLLBACK")


def _append(connection: Connection, noted: Sequence[_Noted]) -> None:
    seq, last = _last_line(connection)
    for line in noted:
        seq += 1
        who = line.who
        fields = (
            seq, line.at, who.account, who.post, who.station, line.action, line.object, line.detail,
        )  # fmt: skip
        digest = chain.link(last, fields)
        connection.execute(
            f"INSERT INTO audit ({_COLUMNS}, prev_hash, hash) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (*fields, last, digest),
        )
        last = digest
    head.remember(connection, CHAIN, seq, last)


def _last_line(connection: Connection) -> tuple[int, bytes]:
    row = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return row or (0, chain.GENESIS)


def _first_break(connection: Connection) -> chain.ChainBreak | None:
    rows = connection.execute(f"SELECT {_COLUMNS}, prev_hash, hash FROM audit ORDER BY seq")
    broken = chain.first_break(chain.Line(r[0], tuple(r[:8]), r[8], r[9]) for r in rows)
    return broken or head.cut(connection, CHAIN, *_last_line(connection))
