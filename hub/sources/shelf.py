"""What the sources of all told, in the hub's database: put in by one replica, read by all."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from beffroi.observations.rows import Body
from beffroi.observations.states import SourceState
from beffroi.sync.observed import ObservedPage
from hub.db import Database, Session
from hub.db.marks import among, listed

REMEMBER_MS = 24 * 3_600_000
"""How long a departure is remembered: a desktop that was away for longer begins again."""
_NEXT = "UPDATE observed_head SET head = head + 1 WHERE one = 1 RETURNING head"
_PUT = (
    "INSERT INTO observed_thing (source, id, seq, at, gone, body) VALUES (?,?,?,?,0,?) "
    "ON CONFLICT (source, id) DO UPDATE SET seq = excluded.seq, at = excluded.at, gone = 0, "
    "body = excluded.body WHERE observed_thing.gone = 1 OR observed_thing.body <> excluded.body"
)
_KEEP = (
    "INSERT INTO observed_source (uid, workspace, bucket) VALUES (?,?,?) "
    "ON CONFLICT (uid) DO UPDATE SET workspace = excluded.workspace, bucket = excluded.bucket"
)
_body = msgspec.json.Decoder(Body)
_state = msgspec.json.Decoder(SourceState)


class Shelf:
    """Copies of observations, with one counter for all of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def follow(self, places: Mapping[str, tuple[str, str]]) -> None:
        """These are the sources now (uid → workspace and bucket); what others told goes."""
        async with self._database.write() as session:
            known = {uid for (uid,) in await session.rows("SELECT uid FROM observed_source")}
            gone = listed(known - set(places))
            for table, column in (("observed_thing", "source"), ("observed_source", "uid")):
                await session.run(
                    f"DELETE FROM {table} WHERE {column} {among(self._database.dialect)}", gone
                )
            await session.many(_KEEP, [(uid, *place) for uid, place in places.items()])

    async def put(self, source: str, rows: Sequence[Body], gone: Sequence[str], now: int) -> int:
        """Keep rows and departures; their `seq`.  A row that is as it was is not told again."""
        async with self._database.write() as session:
            seq = await _next(session)
            lines = [(source, row[0], seq, now, msgspec.json.encode(row).decode()) for row in rows]
            await session.many(_PUT, lines)
            await session.run(
                "UPDATE observed_thing SET gone = 1, body = '', seq = ?, at = ? "
                f"WHERE source = ? AND gone = 0 AND id {among(self._database.dialect)}",
                seq, now, source, listed(gone),
            )  # fmt: skip
            await session.run("UPDATE observed_source SET seq = ? WHERE uid = ?", seq, source)
            return seq

    async def ids(self, source: str) -> set[str]:
        """What is there of a source: whoever takes it over lets go of what it no longer tells."""
        rows = await self._database.ask(
            "SELECT id FROM observed_thing WHERE source = ? AND gone = 0", source
        )
        return {name for (name,) in rows}

    async def put_states(self, told: Mapping[str, SourceState]) -> None:
        """Keep how sources are."""
        lines = [(msgspec.json.encode(state).decode(), uid) for uid, state in told.items()]
        async with self._database.write() as session:
            await session.many("UPDATE observed_source SET state = ? WHERE uid = ?", lines)

    async def forget(self, now: int) -> None:
        """Let go of departures that are old."""
        before = now - REMEMBER_MS
        async with self._database.write() as session:
            rows = await session.rows(
                "SELECT source, max(seq) FROM observed_thing WHERE gone = 1 AND at < ? "
                "GROUP BY source", before,
            )  # fmt: skip
            await session.many(
                "UPDATE observed_source SET forgotten = ? WHERE uid = ?",
                [(seq, source) for source, seq in rows],
            )
            await session.run("DELETE FROM observed_thing WHERE gone = 1 AND at < ?", before)

    async def known(self, workspace: str) -> dict[str, tuple[str, int, int, SourceState | None]]:
        """The sources of a workspace: bucket, seq, forgotten, state.

        The bucket is where the sheet lies now: what was moved out of sight is so at once.
        """
        rows = await self._database.ask(
            "SELECT s.uid, coalesce(t.bucket, s.bucket), s.seq, s.forgotten, s.state "
            "FROM observed_source s LEFT JOIN thing t ON t.uid = s.uid WHERE s.workspace = ?",
            workspace,
        )
        return {
            uid: (bucket, int(seq), int(forgotten), _state.decode(state) if state else None)
            for uid, bucket, seq, forgotten, state in rows
        }

    async def page(self, source: str, after: int, limit: int, *, again: bool) -> ObservedPage:
        """What came of a source after `after`, whole `seq`s at a time unless one alone is larger."""
        async with self._database.read() as session:
            rows = await session.rows(
                "SELECT id, seq, gone, body FROM observed_thing WHERE source = ? AND seq > ? "
                "ORDER BY seq, id LIMIT ?", source, after, limit + 1,
            )  # fmt: skip
            more = len(rows) > limit
            if more:
                rows = await _whole(session, source, rows, limit)
        return ObservedPage(
            source=source, cursor=int(rows[-1][1]) if rows else after, again=again, more=more,
            rows=[_body.decode(body) for _id, _seq, gone, body in rows if not gone],
            gone=[name for name, _seq, gone, _body_ in rows if gone],
        )  # fmt: skip


async def _next(session: Session) -> int:
    row = await session.row(_NEXT)
    return int(row[0]) if row else 0


async def _whole(
    session: Session, source: str, rows: Sequence[tuple[object, ...]], limit: int
) -> list[tuple[object, ...]]:
    """The rows up to the end of a `seq`: a cursor cannot stand in the middle of one."""
    last = rows[limit][1]
    fit = [row for row in rows[:limit] if row[1] != last]
    if fit:
        return fit
    return await session.rows(
        "SELECT id, seq, gone, body FROM observed_thing WHERE source = ? AND seq = ? ORDER BY id",
        source, last,
    )  # fmt: skip


class Lease:
    """Lets one replica at a time do something."""

    def __init__(self, database: Database, name: str, holder: str, lasts_ms: int) -> None:
        self._database = database
        self._name, self._holder, self._lasts_ms = name, holder, lasts_ms

    async def take(self, now: int) -> bool:
        """Whether it is ours from now on, for `lasts_ms`; ask again before it ends."""
        async with self._database.write() as session:
            await session.run(
                "INSERT INTO lease (name, holder, until) VALUES (?,?,?) ON CONFLICT (name) DO UPDATE "
                "SET holder = excluded.holder, until = excluded.until "
                "WHERE lease.holder = excluded.holder OR lease.until < ?",
                self._name, self._holder, now + self._lasts_ms, now,
            )  # fmt: skip
            row = await session.row("SELECT holder FROM lease WHERE name = ?", self._name)
        return row is not None and row[0] == self._holder

    async def let_go(self) -> None:
        """Let another take it at once."""
        async with self._database.write() as session:
            await session.run(
                "DELETE FROM lease WHERE name = ? AND holder = ?", self._name, self._holder
            )


def pieces(rows: Sequence[Body], size: int) -> Iterable[Sequence[Body]]:
    """`rows` in pieces that a transaction may hold."""
    return (rows[at : at + size] for at in range(0, len(rows), size))
