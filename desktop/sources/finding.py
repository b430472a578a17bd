"""What the wizard shows of a source that is not one yet: what was understood, what is proposed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from beffroi.plugin import Problem, Record
from beffroi.sources.addresses import Origin, recognise
from beffroi.sources.understood import Understood
from beffroi.text import _, ngettext, number
from desktop.kit.shared import Box
from desktop.sources.extent import extent

SHOWN = 200
"""How many records are shown; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the officer decided about the reading; empty means: as proposed."""

    format: str = ""
    options: Mapping[str, str | int | float | bool] = field(
        default_factory=dict[str, str | int | float | bool]
    )
    mapping: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of several things in the same place: a layer, a sheet, a collection of a service.

    Choosing it sets the reading's `options`; a service's part may have an `address` of its own.
    """

    id: str
    title: str
    count: int | None = None
    options: Mapping[str, str | int | float | bool] = field(
        default_factory=dict[str, str | int | float | bool]
    )
    address: str = ""


def origin_of(origin: Origin, part: Part | None) -> Origin:
    """Where a part is read: at an address of its own when it has one, else where the whole is."""
    if part is None or not part.address:
        return origin
    known = recognise(part.address)
    return known if known.known else replace(origin, address=part.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reading, as far as it is shown.

    `roles` maps a role (`id`, `time`, `title`…) to the field that plays it, `reasons` says why;
    `proposal` holds fields of the source to be, by their names in `Source`.
    """

    format: str
    format_title: str
    read: int
    located: int = 0
    skipped: int = 0
    records: Sequence[Record] = ()
    columns: Sequence[str] = ()
    roles: Mapping[str, str] = field(default_factory=dict[str, str])
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: Sequence[Problem] = ()
    parts: Sequence[Part] = ()
    part: str = ""
    crs: str = ""
    encoding: str = ""
    attribution: str = ""
    proposal: Mapping[str, Any] = field(default_factory=dict[str, Any])
    style: Mapping[str, Any] = field(default_factory=dict[str, Any])
    whole: Understood | None = None
    """All that was read, for the first data of the source."""
    hints: Mapping[str, str] = field(default_factory=dict[str, str])
    tiles: bool = False
    """A picture of the ground (WMS, WMTS): there are no records to count."""

    @property
    def sentence(self) -> str:
        """The counts in words."""
        if self.tiles:
            return _("Fond ou image de carte\u00a0: rien à compter, tout à voir.")
        said = ngettext("{n} objet lu", "{n} objets lus", self.read).format(n=number(self.read))
        if self.located < self.read:
            said += _(", {n} avec une position").format(n=number(self.located))
        if self.skipped:
            left = ngettext(", {n} laissé de côté", ", {n} laissés de côté", self.skipped)
            said += left.format(n=number(self.skipped))
        return said

    @property
    def box(self) -> Box | None:
        """What contains the records shown, None when none has a position."""
        return box_of(self.records)


def columns_of(records: Sequence[Record]) -> tuple[str, ...]:
    """The names of the fields, in the order they are met."""
    return tuple(dict.fromkeys(name for record in records for name in record.properties))


def box_of(records: Sequence[Record]) -> Box | None:
    """The box around all positions, or around the many when a few lie far away."""
    points = [point for record in records for point in positions(record.geometry)]
    return extent([p[0] for p in points], [p[1] for p in points])


def positions(geometry: Mapping[str, Any] | None) -> Iterator[tuple[float, float]]:
    """Every position of a GeoJSON geometry."""
    if not geometry:
        return
    for part in geometry.get("geometries", ()):
        yield from positions(part)
    yield from _flat(geometry.get("coordinates", ()))


def _flat(coordinates: Any) -> Iterator[tuple[float, float]]:
    if not coordinates:
        return
    if isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for inner in coordinates:
        yield from _flat(inner)


def paths(geometry: Mapping[str, Any] | None) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """The simple parts of a geometry: (`point` | `line` | `ring`, positions)."""
    if not geometry:
        return
    for part in geometry.get("geometries", ()):
        yield from paths(part)
    yield from _parts(str(geometry.get("type", "")), geometry.get("coordinates") or ())


def _parts(kind: str, coordinates: Any) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    match kind:
        case "Point" | "MultiPoint":
            for position in _flat(coordinates):
                yield "point", [position]
        case "LineString":
            yield "line", list(_flat(coordinates))
        case "MultiLineString":
            for line in coordinates:
                yield "line", list(_flat(line))
        case "Polygon":
            for ring in coordinates:
                yield "ring", list(_flat(ring))
        case "MultiPolygon":
            for polygon in coordinates:
                yield from _parts("Polygon", polygon)
        case _:
            return
