"""Where moving things were: dated points, late ones in their place, bounded by age and number."""

from collections.abc import Iterable, Iterator

from beffroi.observations.rows import Body
from beffroi.store import Connection

KEPT_MS = 24 * 3_600_000
PER_THING = 20_000
PER_SOURCE = 500_000
"""Beyond, the oldest points of the source go."""
Point = tuple[int, float, float]
"""UTC ms, longitude, latitude."""
_PUT = "INSERT OR IGNORE INTO trail (source, id, time, lon, lat) VALUES (?,?,?,?,?)"


def noted(rows: Iterable[Body], points: list[tuple[str, int, float, float]]) -> Iterator[Body]:
    """The rows as they come; their dated points are added to `points`."""
    for row in rows:
        name, time, _until, west, south, east, north, *_rest = row
        if (
            time is not None
            and west is not None
            and south is not None
            and (west, south) == (east, north)
        ):
            points.append((name, time, west, south))
        yield row


def put(connection: Connection, key: int, points: list[tuple[str, int, float, float]]) -> None:
    """Keep points; one that is known is not kept twice."""
    connection.executemany(_PUT, [(key, *point) for point in points])


def of(connection: Connection, key: int, name: str, since: int) -> list[Point]:
    """The latest points of a thing from `since` on, the oldest first."""
    rows: list[Point] = connection.execute(
        "SELECT time, lon, lat FROM trail WHERE source = ? AND id = ? AND time >= ?"
        " ORDER BY time DESC LIMIT ?",
        (key, name, since, PER_THING),
    ).fetchall()
    return rows[::-1]


def bound(connection: Connection, key: int, now: int) -> None:
    """Let go of what is too old, or too much."""
    connection.execute("DELETE FROM trail WHERE source = ? AND time < ?", (key, now - KEPT_MS))
    last = connection.execute(
        "SELECT time FROM trail WHERE source = ? ORDER BY time DESC LIMIT 1 OFFSET ?",
        (key, PER_SOURCE),
    ).fetchone()
    if last is not None:
        connection.execute("DELETE FROM trail WHERE source = ? AND time <= ?", (key, *last))
