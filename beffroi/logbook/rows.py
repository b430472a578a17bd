"""Between rows of the store and entries."""

import struct
from collections.abc import Iterable
from typing import Any

import msgspec

from beffroi.journal.operation import encode
from beffroi.logbook.entry import Content, Entry, Lifecycle, Qualification
from beffroi.logbook.labels import label as label
from beffroi.store import Connection, Row
from beffroi.taxonomy import theme_index

COLUMNS = (
    "e.rid, e.uid, e.journal, e.number, e.version, e.entered_time, e.qualified_time, e.author, "
    "e.post, e.station, e.lifecycle, e.qualification, e.followup, e.children, e.links, "
    "e.dossiers, e.content, e.arrived"
)
MAX_MARKS = 900
_decoder = msgspec.json.Decoder(Content)
_INSERT = (
    "INSERT INTO entry (rid, uid, journal, number, entered_time, author, post, station, parent, "
    "version, qualified_time, event_time, gravity, theme, lifecycle, qualification, followup, "
    "key_event, children, links, dossiers, lon, lat, content, arrived, geom) "
    f"VALUES ({','.join('?' * 26)})"
)
_UPDATE = (
    "UPDATE entry SET version=?, qualified_time=?, event_time=?, gravity=?, theme=?, lifecycle=?, "
    "qualification=?, followup=?, key_event=?, children=?, links=?, dossiers=?, lon=?, lat=?, "
    "content=?, arrived=?, journal=?, number=? WHERE rid=?"
)


def point(lon: float | None, lat: float | None) -> bytes | None:
    """A WGS 84 point as SpatiaLite keeps it (BLOB-Geometry, little endian)."""
    if lon is None or lat is None:
        return None
    return struct.pack("<BBi4dBiddB", 0, 1, 4326, lon, lat, lon, lat, 0x7C, 1, lon, lat, 0xFE)


def entry_of(row: Row) -> Entry:
    """The entry in a row of `COLUMNS`."""
    return Entry(
        rid=row[0],
        uid=row[1],
        journal=row[2],
        number=row[3],
        label=label(row[2], row[3]),
        version=row[4],
        entered_time=row[5],
        qualified_time=row[6],
        author=row[7],
        post=row[8],
        station=row[9],
        lifecycle=Lifecycle(row[10]),
        qualification=Qualification(row[11]),
        followup=row[12],
        children=row[13],
        links=row[14],
        dossiers=tuple(row[15].split()),
        content=_decoder.decode(row[16]),
        arrived=row[17],
    )


def _what_changes(entry: Entry) -> tuple[Any, ...]:
    c = entry.content
    return (
        entry.version, entry.qualified_time, entry.event_time, c.gravity, theme_index(c.tags),
        entry.lifecycle, entry.qualification, entry.followup, c.key_event, entry.children,
        entry.links, " ".join(entry.dossiers), c.lon, c.lat, encode(c).decode(),
        entry.arrived,
    )  # fmt: skip


def insert(connection: Connection, entry: Entry) -> None:
    """A new row for `entry`."""
    connection.execute(_INSERT, _row(entry))


def insert_all(connection: Connection, entries: Iterable[Entry]) -> None:
    """A new row for each of `entries`."""
    connection.executemany(_INSERT, map(_row, entries))


def _row(entry: Entry) -> tuple[Any, ...]:
    c = entry.content
    return (
        entry.rid, entry.uid, entry.journal, entry.number, entry.entered_time, entry.author,
        entry.post, entry.station, c.parent, *_what_changes(entry), point(c.lon, c.lat),
    )  # fmt: skip


def update(connection: Connection, entry: Entry, before: Content) -> None:
    """The row of `entry` as it stands now; its point is rewritten only when it moved."""
    connection.execute(_UPDATE, (*_what_changes(entry), entry.journal, entry.number, entry.rid))
    c = entry.content
    if (c.lon, c.lat) != (before.lon, before.lat):
        connection.execute("UPDATE entry SET geom=? WHERE rid=?", (point(c.lon, c.lat), entry.rid))


def attach(connection: Connection, entry: Entry, before: Content | None) -> None:
    """The attachments that `entry` refers to, for those who look from the attachment."""
    now = {a.sha256 for a in entry.content.attachments} - {""}
    was = {a.sha256 for a in before.attachments} - {""} if before else set()
    if now == was:
        return
    connection.executemany(
        "DELETE FROM entry_attachment WHERE rid = ? AND sha256 = ?",
        [(entry.rid, sha256) for sha256 in was - now],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO entry_attachment (rid, sha256) VALUES (?,?)",
        [(entry.rid, sha256) for sha256 in now - was],
    )


def by_rids(connection: Connection, rids: Iterable[int]) -> dict[int, Entry]:
    """The entries with these row ids."""
    wanted = [int(rid) for rid in rids]
    found: dict[int, Entry] = {}
    for start in range(0, len(wanted), MAX_MARKS):
        some = wanted[start : start + MAX_MARKS]
        marks = ",".join("?" * len(some))
        rows = connection.execute(f"SELECT {COLUMNS} FROM entry e WHERE e.rid IN ({marks})", some)
        found.update((row[0], entry_of(row)) for row in rows)
    return found


def one(connection: Connection, where: str, *values: Any) -> Entry | None:
    """The entry that answers a condition on table `e`, if there is one."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM entry e WHERE {where} LIMIT 1", values
    ).fetchone()
    return entry_of(row) if row else None


def many(connection: Connection, where: str, *values: Any) -> list[Entry]:
    """All the entries that answer a condition, oldest first."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM entry e WHERE {where} ORDER BY e.rid", values)
    return [entry_of(row) for row in rows]
