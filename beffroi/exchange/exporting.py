"""Entries out of the profile, marked and signed, and written down in the audit trail."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

import msgspec

from beffroi.errors import BeffroiError
from beffroi.exchange.columns import COLUMNS, Column, Kind, Value
from beffroi.exchange.selection import selected
from beffroi.exchange.watermark import Watermark
from beffroi.journal import Identity, rights
from beffroi.logbook.entry import Entry, Lifecycle, Marking
from beffroi.logbook.query.parse import Locate
from beffroi.node import Node
from beffroi.text import N_, _, printable

_PAGE = 500
_MARKINGS = list(Marking)


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
    mark = _watermark(node, query, who, rids)
    temporary = path.with_name(f".{path.name}.part")
    try:
        write(temporary, mark, _table(node, rids))
        with temporary.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        report = ExportReport(
            path=printable(str(path)), format=path.suffix.lower().lstrip("."), count=len(rids),
            marking=mark.marking, sha256=digest,
        )  # fmt: skip
        node.audit.record(
            who, "export", path.name, format=report.format, query=query, count=report.count,
            marking=report.marking, sha256=digest,
        )  # fmt: skip
        temporary.replace(path)
    except OSError as error:
        raise BeffroiError(
            _("Le fichier {path} ne peut pas être écrit : vérifiez le dossier et la place.").format(
                path=path
            )
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return report


def _watermark(node: Node, query: str, who: Identity, rids: Sequence[int]) -> Watermark:
    markings = {node.info.marking} | {e.content.marking for e in _entries(node, rids)}
    return Watermark(
        title=node.info.title,
        workspace=node.info.workspace,
        mode=node.info.mode,
        marking=max(markings, key=lambda m: _MARKINGS.index(Marking(m))),
        exported_by=f"{who.person} ({who.account}, {who.post})",
        exported_at=node.clock.now(),
        query=query,
        zone=node.info.zone,
    )


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
