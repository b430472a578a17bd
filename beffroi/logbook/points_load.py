"""Reads the columns of all located entries out of the store, in slices that let others breathe."""

import time

import numpy as np
from numpy.typing import NDArray

from beffroi.logbook import numbers
from beffroi.logbook.point_columns import (
    EARTH_RADIUS,
    MERCATOR_LIMIT,
    OPEN_FOLLOWUP,
    PointColumns,
    joined,
)
from beffroi.store import Connection

SLICE = 10_000
_STEP = 1e7
_FIELDS = 5
_LOCATED = (
    "SELECT CAST(group_concat(rid || ',' || CAST(round(lon * 1e7) AS INTEGER) || ',' || "
    "CAST(round(lat * 1e7) AS INTEGER) || ',' || event_time || ',' || "
    "(theme * 64 + gravity * 8 + key_event + 2 * (lifecycle = 'void'))) AS BLOB), max(rid) FROM "
    "(SELECT * FROM entry INDEXED BY ix_entry_points "
    "WHERE rid > ? AND lon IS NOT NULL ORDER BY rid LIMIT ?)"
)
_NOWHERE = (
    "SELECT rid AS numbers FROM entry INDEXED BY ix_entry_points WHERE lon IS NULL ORDER BY rid"
)
_FOLLOWED = (
    "SELECT DISTINCT e.rid FROM followup f CROSS JOIN entry e ON e.uid = f.entry "
    "WHERE f.status NOT IN ('done', 'dropped')"
)


def read_all(connection: Connection) -> tuple[PointColumns, NDArray[np.int64]]:
    """The located entries by row id, and the row ids of those that have no place."""
    connection.execute("BEGIN")
    try:
        columns = joined(_slices(connection))
        nowhere = numbers.read(connection, 1, _NOWHERE)[:, 0]
        followed = np.array([row[0] for row in connection.execute(_FOLLOWED)], dtype=np.int64)
    finally:
        connection.execute("COMMIT")
    columns.flags[np.isin(columns.rid, followed)] |= np.uint8(OPEN_FOLLOWUP)
    return columns, nowhere


def _slices(connection: Connection) -> list[PointColumns]:
    parts: list[PointColumns] = []
    after = -1
    while True:
        text, last = connection.execute(_LOCATED, (after, SLICE)).fetchone()
        if text is None:
            return parts
        parts.append(_columns(numbers.parsed(text).reshape(-1, _FIELDS)))
        after = last
        time.sleep(0)


def _columns(table: NDArray[np.int64]) -> PointColumns:
    rid, lon, lat, at, rest = table.T
    south = np.radians(np.clip(lat / _STEP, -MERCATOR_LIMIT, MERCATOR_LIMIT))
    return PointColumns(
        np.radians(lon / _STEP) * EARTH_RADIUS,
        np.arcsinh(np.tan(south)) * EARTH_RADIUS,
        rid.copy(),
        at.copy(),
        (rest >> 6).astype(np.uint8),
        (rest >> 3 & 7).astype(np.uint8),
        (rest & 7).astype(np.uint8),
    )
