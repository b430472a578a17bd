"""Between rows of the store and entries."""

from collections.abc import Iterable
from typing import Any

import msgspec

from beffroi.logbook.entry import Content, Entry, Lifecycle, Qualification
from beffroi.store import Connection, Row

COLUMNS = (
    "e.rid, e.uid, e.journal, e.number, e.version, e.entered_time, e.qualified_time, e.author, "
    "e.post, e.station, e.lifecycle, e.qualification, e.followup, e.children, e.links, "
    "e.dossiers, e.content"
)
_decoder = msgspec.json.Decoder(Content)


def label(journal: str, number: int) -> str:
    """How an entry is named aloud and on paper: `MC-2024-000123`."""
    return f"{journal}-{number:06d}"


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
    )


def by_rids(connection: Connection, rids: Iterable[int]) -> dict[int, Entry]:
    """The entries with these row ids."""
    wanted = list(rids)
    if not wanted:
        return {}
    marks = ",".join("?" * len(wanted))
    rows = connection.execute(f"SELECT {COLUMNS} FROM entry e WHERE e.rid IN ({marks})", wanted)
    return {row[0]: entry_of(row) for row in rows}


def one(connection: Connection, where: str, *values: Any) -> Entry | None:
    """The entry that answers a condition on table `e`, if there is one."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM entry e WHERE {where} LIMIT 1", values
    ).fetchone()
    return entry_of(row) if row else None
