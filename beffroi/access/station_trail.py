"""A station's own traces: its accesses and the changes it knows, read by the security officer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import msgspec

from beffroi.access.trace import AUDIT, JOURNAL, Place, Trace, TracePage
from beffroi.access.trail_search import Arm, TrailFilter, query, trace_of
from beffroi.store import Connection, Store

PAGE = 200
_AT_ONCE = 500
_ARMS = (
    Arm(
        chain=AUDIT,
        table="audit",
        columns={"account": "actor"}
        | {name: name for name in ("at", "seq", "post", "station", "action", "object", "detail")}
        | {"hash": "hash"},
    ),
    Arm(
        chain=JOURNAL,
        table="operation",
        columns={"at": "made_at", "account": "author", "action": "kind", "object": "entity"}
        | {name: name for name in ("seq", "post", "station", "device", "hash")},
        where="kind <> ''",
    ),
)
"""A line of the journal that was purged keeps its place in the chain and says nothing more."""


Label = Callable[[str, int], str]
"""How an entry is named, from its journal and its number: `beffroi.logbook.labels.label`."""


class StationTrail:
    """Reads; writing is `Audit` and `Journal`."""

    def __init__(self, store: Store, label: Label) -> None:
        self._store = store
        self._label = label

    def page(
        self, wanted: TrailFilter, *, obj: str = "", after: Place | None = None, limit: int = PAGE
    ) -> TracePage:
        """The newest traces, or those before `after`; `obj` is a uid or a number (`MC-000143`)."""
        with self._store.read() as connection:
            chosen = replace(wanted, objects=_objects(connection, obj)) if obj else wanted
            sql, values = query(chosen, _ARMS, after=after, limit=limit + 1)
            rows = connection.execute(sql, values).fetchall()
            traces = self._labelled(connection, [trace_of(row) for row in rows[:limit]])
        return TracePage(traces=traces, more=len(rows) > limit)

    def all(self, wanted: TrailFilter, *, obj: str = "", limit: int = PAGE * 5) -> Iterator[Trace]:
        """Every trace that answers, oldest first, read by pages."""
        after: Place | None = None
        while True:
            with self._store.read() as connection:
                chosen = replace(wanted, objects=_objects(connection, obj)) if obj else wanted
                sql, values = query(chosen, _ARMS, after=after, limit=limit, oldest_first=True)
                rows = connection.execute(sql, values).fetchall()
                traces = self._labelled(connection, [trace_of(row) for row in rows])
            yield from traces
            if len(traces) < limit:
                return
            after = traces[-1].place

    def _labelled(self, connection: Connection, traces: Sequence[Trace]) -> list[Trace]:
        """The same with the numbers of the entries that they are about."""
        uids = sorted({trace.object for trace in traces if trace.object})
        labels: dict[str, str] = {}
        for start in range(0, len(uids), _AT_ONCE):
            some = uids[start : start + _AT_ONCE]
            rows = connection.execute(
                f"SELECT uid, journal, number FROM entry WHERE uid IN ({','.join('?' * len(some))})",
                some,
            ).fetchall()
            labels |= {uid: self._label(journal, number) for uid, journal, number in rows}
        return [
            msgspec.structs.replace(trace, label=labels.get(trace.object, "")) for trace in traces
        ]

    def accounts(self) -> list[str]:
        """Every account that the traces name."""
        with self._store.read() as connection:
            rows = connection.execute(
                "SELECT actor FROM audit UNION SELECT author FROM operation ORDER BY 1"
            ).fetchall()
        return [row[0] for row in rows if row[0]]


def _objects(connection: Connection, said: str) -> tuple[str, ...]:
    """The uids of what someone names: a uid or an entry's number, provisional ones included."""
    said = said.strip()
    before, _dash, after = said.rpartition("-")
    number, mark, station = after.partition("~")
    found: list[tuple[str]] = []
    if number.isdecimal():
        found = connection.execute(
            "SELECT uid FROM entry WHERE journal = ? AND number = ?",
            (f"{before}{mark}{station}", int(number[:18])),
        ).fetchall()
    found += connection.execute("SELECT uid FROM entry_alias WHERE label = ?", (said,)).fetchall()
    return (said, *(row[0] for row in found))
