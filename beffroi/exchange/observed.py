"""The rows of a calque's table leave for a file: CSV, XLSX, GeoJSON, GeoPackage, marked as all exports."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import shapely

from beffroi.exchange.columns import Column, Kind, Value
from beffroi.exchange.leaving import leave, watermark
from beffroi.exchange.mapped import with_source
from beffroi.exchange.values import defused
from beffroi.exchange.watermark import Watermark
from beffroi.journal import Identity, rights
from beffroi.layers.table import MOMENTS, OWN_COLUMNS, Asked, cell, names, rows
from beffroi.logbook.sheet import Sheet
from beffroi.node import Node
from beffroi.observations import Observation
from beffroi.text import N_, printable

_PAGE = 2_000
_SHAPES = (".geojson", ".json", ".gpkg")


class ObservedExport(msgspec.Struct, frozen=True, kw_only=True):
    """What was written where."""

    path: str
    format: str
    count: int
    marking: str
    sha256: str


def export_observed(
    node: Node, calque: Sheet, asked: Asked, path: Path, who: Identity
) -> ObservedExport:
    """Write the rows `asked` of a calque to `path`, by its suffix; the audit trail says so first.

    Raises:
        BeffroiError: unknown kind of file, a folder that cannot be written; or `who` may not.
    """
    rights.exporting(who)
    from beffroi.exchange import observed_shapes, writers, xlsx_file  # GDAL takes half a second

    rids = [int(rid) for rid in rows(node.observations, asked)]
    mark = _watermark(node, calque, asked, who)
    suffix = path.suffix.lower()

    def write(unfinished: Path) -> None:
        if suffix in _SHAPES:
            observed_shapes.write(unfinished, suffix, mark, _found(node, rids))
        elif suffix == ".xlsx":
            xlsx_file.write(unfinished, mark, _table(node, asked.source, rids), mark.title)
        else:
            writers.writer_of(path)(unfinished, mark, _table(node, asked.source, rids))

    def trace(digest: str) -> None:
        node.audit.record(
            who, "export", path.name, format=suffix.lstrip("."), query=mark.query,
            count=len(rids), marking=mark.marking, sha256=digest,
        )  # fmt: skip

    digest = leave(path, write, trace)
    return ObservedExport(
        path=str(path), format=suffix.lstrip("."), count=len(rids), marking=mark.marking,
        sha256=digest,
    )  # fmt: skip


def _watermark(node: Node, calque: Sheet, asked: Asked, who: Identity) -> Watermark:
    markings = [sheet.marking for sheet in with_source(node, calque)]
    title = str(calque.fields.get("title") or node.info.title)
    return watermark(node, who, title, markings, asked.text)


def _found(node: Node, rids: Sequence[int]) -> Iterator[Observation]:
    for start in range(0, len(rids), _PAGE):
        page = {found.rid: found for found in node.observations.many(rids[start : start + _PAGE])}
        yield from (page[rid] for rid in rids[start : start + _PAGE] if rid in page)


def _table(node: Node, source: str, rids: Sequence[int]) -> Iterator[list[tuple[Column, Value]]]:
    """A row per object: the columns of the table, then where its middle is."""
    columns = [_column(name) for name in names(node.observations, source)]
    lon = Column("lon", N_("Longitude"), Kind.DEGREES, lambda _entry: None)
    lat = Column("lat", N_("Latitude"), Kind.DEGREES, lambda _entry: None)
    for found in _found(node, rids):
        west, south = _middle(found)
        cells = [_cell(column, cell(found, column.key)) for column in columns]
        yield [*cells, (lon, west), (lat, south)]


def _column(name: str) -> Column:
    if name in MOMENTS:
        return Column(name, OWN_COLUMNS[name], Kind.TIME, lambda _entry: None)
    label = OWN_COLUMNS.get(name) or defused(printable(name)) or "?"
    return Column(name, label, Kind.TEXT, lambda _entry: None)


def _cell(column: Column, value: Value) -> tuple[Column, Value]:
    """A value beside a column of its own kind: a field may hold numbers here and words there."""
    if column.kind is Kind.TIME or isinstance(value, str) or value is None:
        return column, value
    kind = Kind.FLAG if isinstance(value, bool) else Kind.DEGREES
    return _as(column, kind), value


def _as(column: Column, kind: Kind) -> Column:
    return Column(column.key, column.label, kind, column.get)


def _middle(found: Observation) -> tuple[float | None, float | None]:
    if found.geometry is None:
        return None, None
    drawn = shapely.from_geojson(msgspec.json.encode(found.geometry))
    west, south, east, north = shapely.bounds(drawn).tolist()
    return (west + east) / 2, (south + north) / 2
