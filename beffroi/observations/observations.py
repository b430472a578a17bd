"""The latest of everything that the sources told: one door to put it in, several to look at it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beffroi.observations import copying, leaving, putting, reading, states, trails
from beffroi.observations.encoding import bodies
from beffroi.observations.file import ObservationFile
from beffroi.observations.model import (
    Box,
    Changes,
    Columns,
    Observation,
    Order,
    Shapes,
    Where,
)
from beffroi.observations.rows import Body, Put
from beffroi.observations.states import SourceState, Try
from beffroi.plugin import Record


class Observations:
    """The observations of a profile.  Any thread may read or write; so may other processes."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = ObservationFile(path, key)

    # Putting in ----------------------------------------------------------------------------------

    def put(
        self,
        source: str,
        records: Iterable[Record],
        *,
        snapshot: bool,
        now: int,
        ended: Sequence[str] = (),
    ) -> Put:
        """Keep a delivery as the latest of `source`; what did not change is not written again.

        With `snapshot`, what is not in it is gone; else it adds to what is known, and what tells
        of a moment before the one known is left out.  `ended` ids are gone.  All or nothing: when
        `records` raises, what was known stays.

        Raises:
            StoreError: the disk is full...
        """
        return self.put_rows(source, bodies(records), snapshot=snapshot, now=now, ended=ended)

    def put_rows(
        self,
        source: str,
        rows: Iterable[Body],
        *,
        snapshot: bool,
        now: int,
        ended: Sequence[str] = (),
        moving: bool = False,
    ) -> Put:
        """As `put`, of rows already made (`beffroi.observations.bulk` makes them from arrays).

        With `moving` their dated points, late ones too, are kept for `trail`.
        """
        points = list[tuple[str, int, float, float]]()
        told = trails.noted(rows, points) if moving else rows
        with self._file.write() as connection:
            done = putting.put(connection, source, told, ended, snapshot=snapshot, now=now)
            if points:
                trails.put(connection, putting.source_key(connection, source), points)
            return done

    def confirm(self, source: str, now: int) -> None:
        """A source whose snapshots are kept says that nothing changed: all of it is told again."""
        with self._file.write() as connection:
            connection.execute(
                "UPDATE source SET told = ? WHERE uid = ? AND told > 0", (now, source)
            )

    def bound_trails(self, source: str, now: int) -> None:
        """Let go of points of trails that are a day old, or too many."""
        with self._file.write() as connection:
            trails.bound(connection, putting.source_key(connection, source), now)

    def retain(self, source: str, *, max_age_ms: int, max_count: int, now: int) -> int:
        """Let go of what was not told for `max_age_ms`, and of the oldest beyond `max_count`.

        Zero sets no bound.  How many went.
        """
        with self._file.write() as connection:
            key = putting.source_key(connection, source)
            over = reading.beyond(connection, key, now - max_age_ms if max_age_ms else 0, max_count)
            return putting.let_go(connection, key, over)

    def drop(self, source: str) -> int:
        """Forget all that a source told, and how it was; how many observations went."""
        with self._file.write() as connection:
            return leaving.forget(connection, source)

    def forget_all_but(self, known: Collection[str]) -> list[str]:
        """Forget every source that is not `known` (any more); their uids."""
        return leaving.forget_all_but(self._file, known)

    # Looking -------------------------------------------------------------------------------------

    def columns(
        self,
        source: str,
        fields: Sequence[str] = (),
        *,
        where: Sequence[Where] = (),
        box: Box | None = None,
        rids: Sequence[int] | None = None,
        middles: bool = False,
    ) -> Columns:
        """The points of a source; with `middles`, lines and areas too, by the middle of their box.

        With `rids`, only these (those that `changed_after` told of).
        """
        with self._file.read() as connection:
            return reading.columns(connection, source, fields, where, box, rids, middles)

    def shapes(
        self,
        source: str,
        fields: Sequence[str] = (),
        *,
        where: Sequence[Where] = (),
        box: Box | None = None,
        rids: Sequence[int] | None = None,
    ) -> Shapes:
        """The lines and areas of a source, in WKB; with `rids`, only these."""
        with self._file.read() as connection:
            return reading.shapes(connection, source, fields, where, box, rids)

    def features(
        self, source: str, box: Box | None = None, limit: int = 10_000
    ) -> list[Observation]:
        """Whole observations, in order of rid."""
        with self._file.read() as connection:
            return reading.observations(connection, source, box=box, limit=limit)

    def rows(
        self,
        source: str,
        *,
        offset: int = 0,
        limit: int = 200,
        order: Order | None = None,
        where: Sequence[Where] = (),
        text: str = "",
        box: Box | None = None,
    ) -> list[Observation]:
        """A page of a table, the newest first unless another `order` is asked for."""
        with self._file.read() as connection:
            return reading.observations(
                connection, source, box=box, where=where, text=text, order=order or Order(),
                offset=offset, limit=limit,
            )  # fmt: skip

    def order_of(
        self,
        source: str,
        *,
        order: Order | None = None,
        where: Sequence[Where] = (),
        text: str = "",
        rids: Sequence[int] | None = None,
    ) -> NDArray[np.int64]:
        """The rids of a table in its order: `many` gives the rows of a screen of it."""
        with self._file.read() as connection:
            return reading.order_of(connection, source, order or Order(), where, text, rids)

    def count(self, source: str, *, where: Sequence[Where] = (), text: str = "") -> int:
        """How many rows such a table has."""
        with self._file.read() as connection:
            return reading.count(connection, source, where, text)

    def one(self, rid: int) -> Observation | None:
        """The observation `rid`, None when it is gone."""
        return next(iter(self.many([rid])), None)

    def many(self, rids: Sequence[int]) -> list[Observation]:
        """These observations, those that are still there."""
        with self._file.read() as connection:
            return reading.many(connection, rids)

    def named(self, source: str, name: str) -> Observation | None:
        """What `source` last told of the thing that it calls `name`."""
        with self._file.read() as connection:
            return reading.by_id(connection, source, name)

    def rows_of(self, rids: Sequence[int]) -> list[Body]:
        """These observations as rows, to be put elsewhere as they are (`Copies`)."""
        with self._file.read() as connection:
            return reading.rows_of(connection, rids)

    def fed(self) -> set[str]:
        """The sources (uids) that the hub follows for this profile."""
        with self._file.read() as connection:
            return set(copying.cursors(connection))

    def trail(self, source: str, name: str, since: int = 0) -> list[trails.Point]:
        """Where the thing that `source` calls `name` was: (UTC ms, lon, lat), the oldest first.

        The last day at most, of sources whose things move; points that came late are in their place.
        """
        with self._file.read() as connection:
            return trails.of(connection, reading.key_of(connection, source), name, since)

    def field_names(self, source: str) -> list[str]:
        """The names of a source's fields."""
        with self._file.read() as connection:
            return reading.field_names(connection, source)

    def counts(self) -> Mapping[str, int]:
        """How many observations each source has."""
        with self._file.read() as connection:
            return dict(connection.execute("SELECT uid, count FROM source"))

    def changed_after(self, seq: int, sources: Sequence[str] | None = None) -> Changes:
        """What happened since `seq` (0: from the beginning), in all sources or in these."""
        with self._file.read() as connection:
            return reading.changed_after(connection, seq, sources)

    # How sources are -----------------------------------------------------------------------------

    def state(self, source: str) -> SourceState:
        """How a source is; one never tried is as new."""
        with self._file.read() as connection:
            return states.get(connection, source)

    def states(self) -> dict[str, SourceState]:
        """How every source is, by uid."""
        with self._file.read() as connection:
            return states.get_all(connection)

    def put_states(self, told: Mapping[str, SourceState], tries: Mapping[str, Try]) -> None:
        """Keep how sources are, and what was tried, in one transaction."""
        with self._file.write() as connection:
            for uid, state in told.items():
                states.put(connection, uid, state)
            for uid, tried in tries.items():
                states.note(connection, uid, tried)

    def tries(self, source: str) -> list[Try]:
        """The last tries of a source, newest first."""
        with self._file.read() as connection:
            return states.tries(connection, source)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._file.close()
