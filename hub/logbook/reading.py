"""Reads entries as they stand; everything is filtered where it lies, in SQL."""

from beffroi.sync.wire import Seen
from hub.db import Database, Session
from hub.logbook.asked import Asked
from hub.logbook.shown import COLUMNS, Counts, EntryPage, EntryShown, entry_of
from hub.logbook.sight import Sight, Sights
from hub.scope import Scope

_SHOWN = ", ".join(f"e.{name}" for name in COLUMNS)
_FROM = "FROM entity e JOIN thing t ON t.uid = e.uid"
TAGS = 50


class EntryReader:
    """Answers for one scope at a time; what it does not see costs and says the same as nothing."""

    def __init__(self, database: Database, sights: Sights) -> None:
        self._database = database
        self._sights = sights

    async def page(
        self, scope: Scope, asked: Asked, after: tuple[int, str] | None, limit: int
    ) -> EntryPage:
        """The latest entered entries that answer, or those before `after`."""
        async with self._database.read() as session:
            where, marks = await self._where(session, scope, asked)
            if after is not None:
                where += " AND (e.entered_time, e.uid) < (?, ?)"
                marks = (*marks, *after)
            rows = await session.rows(
                f"SELECT {_SHOWN} {_FROM} WHERE {where} "
                "ORDER BY e.entered_time DESC, e.uid DESC LIMIT ?",
                *marks,
                limit + 1,
            )
        entries = [entry_of(row) for row in rows[:limit]]
        last = entries[-1] if len(rows) > limit else None
        return EntryPage(entries=entries, next=f"{last.entered_time},{last.uid}" if last else "")

    async def counts(self, scope: Scope, asked: Asked) -> Counts:
        """How many entries answer."""
        async with self._database.read() as session:
            where, marks = await self._where(session, scope, asked)
            gravities = await session.rows(
                f"SELECT e.gravity, count(*) {_FROM} WHERE {where} GROUP BY e.gravity", *marks
            )
            tags = await session.rows(
                f"SELECT g.tag, count(*) {_FROM} JOIN entity_tag g ON g.uid = e.uid WHERE {where} "
                "GROUP BY g.tag ORDER BY 2 DESC, 1 LIMIT ?",
                *marks,
                TAGS,
            )
        return Counts(
            total=sum(int(count) for _gravity, count in gravities),
            gravities={str(gravity): int(count) for gravity, count in sorted(gravities)},
            tags={str(tag): int(count) for tag, count in tags},
        )

    async def one(self, scope: Scope, uid: str) -> EntryShown | None:
        """The entry, when it exists for `scope`."""
        async with self._database.read() as session:
            return await self._one(session, await self._sights.of(session, scope), uid)

    async def seen(self, scope: Scope, uid: str) -> list[Seen] | None:
        """Who has read the entry, earliest first; None when it does not exist for `scope`."""
        async with self._database.read() as session:
            if await self._one(session, await self._sights.of(session, scope), uid) is None:
                return None
            rows = await session.rows(
                "SELECT uid, account, post, at FROM entry_seen WHERE uid = ? ORDER BY at, account",
                uid,
            )
        return [Seen(entity=row[0], account=row[1], post=row[2], at=row[3]) for row in rows]

    async def _one(self, session: Session, sight: Sight, uid: str) -> EntryShown | None:
        where, marks = sight.where(self._database.dialect)
        row = await session.row(f"SELECT {_SHOWN} {_FROM} WHERE {where} AND e.uid = ?", *marks, uid)
        return None if row is None else entry_of(row)

    async def _where(
        self, session: Session, scope: Scope, asked: Asked
    ) -> tuple[str, tuple[str | int | float, ...]]:
        dialect = self._database.dialect
        visible, marks = (await self._sights.of(session, scope)).where(dialect)
        sought, more = asked.where(dialect)
        return visible + sought, (*marks, *more)
