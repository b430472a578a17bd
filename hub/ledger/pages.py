"""Records in the order of their positions: what pulls and the live stream are made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from beffroi.sync.wire import Op, Record
from hub.db import Database, Row, Session
from hub.db.marks import among, listed
from hub.ledger.marking import PUT, REMOVE

OP_FIELDS = (
    "op_id, kind, entity, workspace, hlc, made_at, offset_ms, author, post, station, marking, "
    "audience, device, payload, signature"
)
"""The columns that `op_of` reads."""
_OP = f"SELECT seq, bucket, at, number, '' AS what, {OP_FIELDS} FROM operation"
_NO_FIELDS = (
    "'' AS op_id, '' AS kind, entity, '' AS workspace, 0 AS hlc, 0 AS made_at, 0 AS offset_ms, "
    "'' AS author, '' AS post, '' AS station, '' AS marking, '' AS audience, '' AS device, "
    "{empty} AS payload, '' AS signature"
)
_MARKER = "SELECT seq, bucket, at, {null} AS number, what, {fields} FROM marker"
_BUCKETS_AT_ONCE = 100
_SHORT = 500
MOST_BYTES = 8_000_000
"""A page holds no more payload, unless a single thing does."""
HEAD = "SELECT head FROM ledger_head WHERE one = 1"


@dataclass(frozen=True, slots=True)
class Page:
    """Records in order; every asked bucket is complete up to position `reached`.

    A thing that came into a bucket brings its operations, with the positions they always had.
    """

    records: list[Record]
    reached: int
    more: bool


class Pages:
    """Cuts the ledger into pages."""

    def __init__(self, database: Database) -> None:
        self._database = database
        postgres = database.dialect == "postgresql"
        fields = _NO_FIELDS.format(empty="''::bytea" if postgres else "x''")
        self._marker = _MARKER.format(null="NULL::bigint" if postgres else "NULL", fields=fields)

    async def records(self, cursors: Mapping[str, int], limit: int, upto: int) -> Page:
        """The first records after each bucket's cursor, none beyond position `upto`."""
        behind = {bucket: max(0, after) for bucket, after in cursors.items() if after < upto}
        begin = min(behind.values(), default=upto)
        async with self._database.read() as session:
            if upto - begin <= _SHORT:
                rows = await self._recent(session, behind, begin, upto)
            else:
                rows = await self._of_buckets(session, behind, limit + 1, upto)
            return await self._page(session, rows, limit, upto)

    async def tail(self, after: int, limit: int) -> Page:
        """The first records after a position, of all buckets."""
        async with self._database.read() as session:
            head = await head_of(session)
            upto = min(head, after + limit)
            where = "WHERE seq > ? AND seq <= ?"
            rows = await session.rows(
                f"{_OP} {where} UNION ALL {self._marker} {where} ORDER BY 1",
                after, upto, after, upto,
            )  # fmt: skip
            page = await self._page(session, rows, limit, upto)
        return Page(page.records, page.reached, more=page.reached < head)

    async def _recent(
        self, session: Session, behind: Mapping[str, int], begin: int, upto: int
    ) -> list[Row]:
        """What a desktop that is nearly up to date lacks: one short range, whatever the buckets."""
        where = f"WHERE seq > ? AND seq <= ? AND bucket {among(self._database.dialect)}"
        marks = (begin, upto, listed(behind))
        rows = await session.rows(
            f"{_OP} {where} UNION ALL {self._marker} {where} ORDER BY 1", *marks, *marks
        )
        return [row for row in rows if row[0] > behind[row[1]]]

    async def _of_buckets(
        self, session: Session, behind: Mapping[str, int], limit: int, upto: int
    ) -> list[Row]:
        rows: list[Row] = []
        for some in _by(list(behind.items()), _BUCKETS_AT_ONCE):
            rows += await self._of_some(session, some, limit, upto)
        return sorted(rows, key=_seq)

    async def _of_some(
        self, session: Session, some: Sequence[tuple[str, int]], limit: int, upto: int
    ) -> list[Row]:
        part = "SELECT * FROM ({select} WHERE bucket = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?) AS p"
        parts = (part.format(select=_OP), part.format(select=self._marker))
        sql = " UNION ALL ".join(parts * len(some))
        marks = [mark for bucket, after in some for mark in (bucket, after, upto, limit) * 2]
        return await session.rows(f"{sql} ORDER BY 1 LIMIT ?", *marks, limit)

    async def _page(self, session: Session, rows: list[Row], limit: int, upto: int) -> Page:
        records: list[Record] = []
        taken = size = 0
        for row in rows[:limit]:
            if row[4] == PUT:
                some = await self._brought(session, row[1], row[7], upto)
            else:
                some = [_record(row)]
            size += sum(len(record.op.payload) for record in some if record.op)
            if taken and size > MOST_BYTES:
                break
            records += some
            taken += 1
        more = taken < len(rows)
        return Page(records, rows[taken - 1][0] if more else upto, more)

    async def _brought(self, session: Session, bucket: str, uid: str, upto: int) -> list[Record]:
        """The operations of a thing that came into a bucket, as far as they still lie there."""
        rows = await session.rows(
            f"{_OP} WHERE bucket = ? AND seq <= ? AND (entity = ? OR seq IN "
            "(SELECT seq FROM about WHERE uid = ?)) ORDER BY seq",
            bucket, upto, uid, uid,
        )  # fmt: skip
        return [_record(row) for row in rows]


async def head_of(session: Session) -> int:
    """The last position."""
    row = await session.row(HEAD)
    return int(row[0]) if row else 0


def op_of(row: Row) -> Op:
    """The operation as its author signed it, from the columns of `OP_FIELDS`."""
    return Op(
        op_id=row[0], kind=row[1], entity=row[2], workspace=row[3], hlc=row[4], made_at=row[5],
        offset=row[6], author=row[7], post=row[8], station=row[9], marking=row[10],
        audience=row[11], device=row[12], payload=msgspec.Raw(row[13]), signature=row[14],
    )  # fmt: skip


def _record(row: Row) -> Record:
    seq, bucket, at, number, what = row[:5]
    if what == REMOVE:
        return Record(seq=seq, bucket=bucket, at=at, remove=row[7])
    return Record(seq=seq, bucket=bucket, at=at, number=number, op=op_of(row[5:]))


def _seq(row: Row) -> int:
    return int(row[0])


def _by(items: Sequence[tuple[str, int]], size: int) -> Iterable[Sequence[tuple[str, int]]]:
    return (items[start : start + size] for start in range(0, len(items), size))
