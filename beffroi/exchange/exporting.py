"""Entries out of the profile, marked and signed, and written down in the audit trail."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from beffroi.exchange.columns import COLUMNS, Column, Kind, Value
from beffroi.exchange.leaving import leave, watermark
from beffroi.exchange.selection import selected
from beffroi.journal import Identity, rights
from beffroi.logbook.entry import Entry, Lifecycle
from beffroi.logbook.query.parse import Locate
from beffroi.node import Node
from beffroi.text import N_, printable

_PAGE = 500


class ExportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was exported.  `marking` is the highest of the entries and of the profile."""

    path: str
    format: str
    count: int
    marking: str
    sha256: str


VOID_REASON = Column("void_reason", N_("Motif d’annulation"), Kind.TEXT, lambda e: "")


def export_entries(
    node: Node, query: str, path: Path, who: Identity, locate: Locate | None = None
) -> ExportReport:
    """Write the entries that answer `query` (all when empty) to `path`, by its suffix.

    Void entries are there, and say that they are void.  The export is in the audit trail before
    the file is in its place.

    Raises:
        BeffroiError: unknown kind of file, a query that is not understood, a folder that cannot
            be written; or `who` may not export.
    """
    rights.exporting(who)
    # Loaded when first needed: GDAL takes half a second.
    from beffroi.exchange import writers

    write, query = writers.writer_of(path), printable(query)
    rids = selected(node, query, locate)
    markings = {entry.content.marking for entry in _entries(node, rids)}
    mark = watermark(node, who, node.info.title, markings, query)
    suffix = path.suffix.lower().lstrip(".")
    digest = leave(
        path,
        lambda unfinished: write(unfinished, mark, _table(node, rids)),
        lambda digest: node.audit.record(
            who, "export", path.name, format=suffix, query=query, count=len(rids),
            marking=mark.marking, sha256=digest,
        ),
    )  # fmt: skip
    return ExportReport(
        path=printable(str(path)), format=suffix, count=len(rids), marking=mark.marking,
        sha256=digest,
    )  # fmt: skip


def _entries(node: Node, rids: Sequence[int]) -> Iterator[Entry]:
    for start in range(0, len(rids), _PAGE):
        yield from node.logbook.entries(rids[start : start + _PAGE])


def _table(node: Node, rids: Sequence[int]) -> Iterator[list[tuple[Column, Value]]]:
    """One row per entry, each value beside its column."""
    for entry in _entries(node, rids):
        row = [(column, column.get(entry)) for column in COLUMNS]
        reason = ""
        if entry.lifecycle is Lifecycle.VOID:
            reason = node.logbook.history(entry.uid)[-1].reason
        yield [*row, (VOID_REASON, reason)]
