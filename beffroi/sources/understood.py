"""What Beffroi understood of a sample: all that the wizard, the collector and reports need."""

from collections.abc import Iterable
from itertools import islice

import msgspec
import shapely

from beffroi.plugin import Problem, Record
from beffroi.plugin.columns import Columns
from beffroi.plugin.geometry import positions
from beffroi.plugin.record import Part
from beffroi.sources.proposing import Proposal, Style, proposals, style
from beffroi.sources.reading import Read
from beffroi.sources.registry import manifests

Box = tuple[float, float, float, float]
"""West, south, east, north."""
_LOOKED_AT = 2_000


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """One reading, whole: it can cross to another process.

    `records` are a list, or columns for large files of one shape; iterate over them either way.
    """

    plugin: str
    """The id of the plugin that read it: give it as `format` to read the next delivery alike."""
    format: str
    """The word of reports (`geojson`, `cap`…)."""
    format_title: str
    listed: list[Record] = []
    columns: Columns | None = None
    problems: list[Problem] = []
    crs: str = "EPSG:4326"
    encoding: str = ""
    attribution: str = ""
    title: str = ""
    ended: list[str] = []
    snapshot: bool = True
    parts: list[Part] = []
    hints: dict[str, str] = {}
    proposals: list[Proposal] = []
    style: Style | None = None
    located: int = 0
    """How many records have a place."""
    box: Box | None = None

    @property
    def records(self) -> Iterable[Record]:
        """The records, one by one."""
        return self.listed if self.columns is None else self.columns

    @property
    def read(self) -> int:
        """How many records were read, with or without a place."""
        return len(self.listed) if self.columns is None else len(self.columns)

    @property
    def skipped(self) -> int:
        """How many were left out."""
        return sum(problem.count for problem in self.problems if problem.lost)

    def first(self, most: int) -> list[Record]:
        """The first records, for a look."""
        return list(islice(self.records, most))


def understood(found: Read) -> Understood:
    """The whole of a reading, with what it suggests."""
    reading, records = found.reading, found.records
    columns = records if isinstance(records, Columns) else None
    first = list(islice(records, _LOOKED_AT))
    box, located = _box(records) if columns is None else _columns_box(columns)
    return Understood(
        plugin=found.plugin,
        format=reading.format,
        format_title=manifests()[found.plugin].title,
        listed=[] if isinstance(records, Columns) else records,
        columns=columns,
        problems=list(reading.problems),
        crs=reading.crs,
        encoding=reading.encoding,
        attribution=reading.attribution,
        title=reading.title,
        ended=list(reading.ended),
        snapshot=reading.snapshot,
        parts=list(reading.parts),
        hints=reading.hints,
        proposals=proposals(first, reading.hints),
        style=style(first),
        located=located,
        box=box,
    )


def _columns_box(columns: Columns) -> tuple[Box | None, int]:
    if not len(columns):
        return None, 0
    west, south, east, north = shapely.total_bounds(shapely.from_wkb(columns.wkb)).tolist()
    located = len(columns) - sum(shape is None for shape in columns.wkb)
    return ((west, south, east, north) if located else None), located


def _box(records: Iterable[Record]) -> tuple[Box | None, int]:
    west = south = 360.0
    east = north = -360.0
    located = 0
    for record in records:
        if record.geometry is None:
            continue
        located += 1
        for lon, lat in positions(record.geometry):
            west, east = min(west, lon), max(east, lon)
            south, north = min(south, lat), max(north, lat)
    return ((west, south, east, north) if located else None), located
