"""Reads the hub's traces: accesses, those of stations included, and every change of the ledger."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import msgspec

from beffroi.access.trace import AUDIT, JOURNAL, Place, Trace, TracePage
from beffroi.access.trail_search import Arm, TrailFilter, query, trace_of
from hub.db import Database, Session

PAGE = 200
EXPORT_PAGE = 1000
_ARMS = (
    Arm(
        chain=AUDIT,
        table="trail",
        columns={
            name: name
            for name in (
                "at", "seq", "account", "post", "station", "device", "action", "object", "detail",
                "source", "source_seq", "flaw", "hash",
            )
        },
    ),
    Arm(
        chain=JOURNAL,
        table="operation",
        columns={
            "at": "made_at", "account": "author", "action": "kind", "object": "entity",
            "detail": "'{}'", "seq": "seq", "post": "post", "station": "station",
            "device": "device", "hash": "hash",
        },
    ),
)  # fmt: skip


class TrailReader:
    """Finds and hands out traces; it never shows what an entry says."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._like = "ILIKE" if database.dialect == "postgresql" else "LIKE"

    async def page(
        self, wanted: TrailFilter, *, obj: str = "", after: Place | None = None, limit: int = PAGE
    ) -> TracePage:
        """The newest traces, or those before `after`; `obj` is a uid or an entry's number."""
        async with self._database.read() as session:
            chosen = await _about(session, wanted, obj)
            sql, values = query(chosen, _ARMS, after=after, limit=limit + 1, like=self._like)
            rows = await session.rows(sql, *values)
            traces = await _labelled(session, [trace_of(row) for row in rows[:limit]])
        return TracePage(traces=traces, more=len(rows) > limit)

    async def all(self, wanted: TrailFilter, *, obj: str = "") -> AsyncIterator[list[Trace]]:
        """Every trace that answers, oldest first, by pages."""
        after: Place | None = None
        while True:
            async with self._database.read() as session:
                chosen = await _about(session, wanted, obj)
                sql, values = query(
                    chosen, _ARMS, after=after, limit=EXPORT_PAGE, oldest_first=True,
                    like=self._like,
                )  # fmt: skip
                rows = await session.rows(sql, *values)
                traces = await _labelled(session, [trace_of(row) for row in rows])
            if traces:
                yield traces
            if len(traces) < EXPORT_PAGE:
                return
            after = traces[-1].place


async def _about(session: Session, wanted: TrailFilter, obj: str) -> TrailFilter:
    """The filter with the uids of what `obj` names."""
    said = obj.strip()
    if not said:
        return wanted
    rows = await session.rows("SELECT uid FROM entity_alias WHERE label = ?", said)
    return replace(wanted, objects=(said, *(row[0] for row in rows)))


async def _labelled(session: Session, traces: Sequence[Trace]) -> list[Trace]:
    """The same with the numbers of the entries that they are about."""
    uids = sorted({trace.object for trace in traces if trace.object})
    if not uids:
        return list(traces)
    rows = await session.rows(
        f"SELECT uid, label FROM entity WHERE uid IN ({','.join('?' * len(uids))})", *uids
    )
    labels: dict[str, str] = dict(rows)
    return [msgspec.structs.replace(trace, label=labels.get(trace.object, "")) for trace in traces]
