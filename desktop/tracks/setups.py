"""How tracks are followed and which stage is under way: their sheets, and what these point to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from beffroi.errors import BeffroiError
from beffroi.layers.drawing.geodesic import near
from beffroi.layers.shapes import Position, shape_of
from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.sheet import Sheet
from beffroi.node import Node
from beffroi.plugin import Geometry
from beffroi.tracks import rules, stage
from beffroi.tracks.bubble import circle
from beffroi.tracks.route import Route
from beffroi.tracks.rules import Setup
from beffroi.tracks.scene import Scene, SensitivePoint, Zone
from beffroi.tracks.stage import Stage
from desktop.api import Desk
from desktop.kit.rereading import Rereading
from desktop.tracks.tracker import Tracker

T = TypeVar("T")
MOST_POINTS = 5_000
_KINDS = (rules.KIND, stage.KIND, "shape", "layer")


@dataclass(frozen=True, slots=True)
class Read:
    """What the sheets say; calques are (uid, title) of those that may hold points or zones."""

    setups: dict[str, tuple[str, Setup]] = field(default_factory=dict[str, tuple[str, Setup]])
    """By track: the sheet and what it says."""
    stages: dict[str, Stage] = field(default_factory=dict[str, Stage])
    calques: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    scenes: dict[str, Scene] = field(default_factory=dict[str, Scene])
    """By track."""


class Setups(QObject):
    """Reads those sheets again when one changes, and tells the tracker."""

    changed = Signal()

    def __init__(self, desk: Desk, tracker: Tracker) -> None:
        super().__init__(tracker)
        self._desk = desk
        self._tracker = tracker
        self.now = Read()
        self._sheets = Rereading(desk.tasks, partial(read, desk.node), self._came, self)
        desk.feed.on(SheetChanged, self._sheet_changed)
        self.read()

    def read(self) -> None:
        """Read everything again, in the background."""
        self._sheets.ask()

    def _sheet_changed(self, change: SheetChanged) -> None:
        if change.kind in _KINDS:
            self.read()

    def _came(self, found: Read) -> None:
        self.now = found
        self._tracker.set_up(
            [(setup, found.scenes[track]) for track, (_uid, setup) in found.setups.items()]
        )
        self.changed.emit()

    def stage_of(self, track: str) -> Stage | None:
        """The stage that a track follows."""
        known = self.now.setups.get(track)
        return self.now.stages.get(known[1].stage) if known else None

    def zone(self, track: str) -> ZoneInfo:
        """Whose hours are said of a track: its stage's, else the workspace's."""
        stage = self.stage_of(track)
        return zone_of(stage, self._desk.node.info.zone)

    def keep(
        self, setup: Setup, done: Callable[[Sheet], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Follow a track in this way; a set-up is everybody's, as the bubble is."""
        uid = self.now.setups.get(setup.track, ("", setup))[0]
        fields = _whole(rules.fields_of(rules.checked(setup)), Setup)
        self._put(rules.KIND, uid, fields, done, failed)

    def forget(self, track: str) -> None:
        """Follow a track no longer."""
        if (known := self.now.setups.get(track)) is not None:
            self.drop(known[0])

    def drop(self, uid: str) -> None:
        """Take a set-up or a stage away."""
        node = self._desk.node
        work = partial(node.sheets.drop, uid, node.who)
        self._desk.tasks.run(work, lambda _none: None, touches_store=True)

    def keep_stage(
        self, uid: str, now: Stage, done: Callable[[Sheet], None] = lambda _s: None
    ) -> None:
        """Write a stage; a new one under an empty `uid`."""
        self._put(stage.KIND, uid, _whole(stage.fields_of(now), Stage), done, None)

    def _put(
        self,
        kind: str,
        uid: str,
        fields: dict[str, object],
        done: Callable[[Sheet], None],
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        node = self._desk.node
        work = partial(node.sheets.put, kind, fields, node.who, uid=uid, shared=True)
        self._desk.tasks.run(work, done, failed, touches_store=True)


def _whole(fields: dict[str, Any], kind: type[Struct]) -> dict[str, Any]:
    """`fields` with those that are as usual taken away from the sheet: they may have been otherwise."""
    return {name: fields.get(name) for name in kind.__struct_fields__}


def zone_of(stage: Stage | None, usual: str) -> ZoneInfo:
    """The time zone of a stage; the usual one when it has none that exists."""
    try:
        return ZoneInfo(stage.zone if stage is not None and stage.zone else usual)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(usual)


def read(node: Node) -> Read:
    """What the sheets of a node say; one that cannot be understood is left out."""
    stages = dict(_understood(node.sheets.all(stage.KIND), stage.stage_of))
    setups = {
        setup.track: (uid, setup)
        for uid, setup in _understood(node.sheets.all(rules.KIND), rules.setup_of)
    }
    layers = {sheet.uid: sheet for sheet in node.sheets.all("layer")}
    calques = [(uid, str(sheet.fields.get("title") or "")) for uid, sheet in layers.items()]
    scenes = {track: _scene(node, setup, stages, layers) for track, (_uid, setup) in setups.items()}
    return Read(setups, stages, sorted(calques, key=lambda one: one[1]), scenes)


def _understood(
    sheets: list[Sheet], read: Callable[[dict[str, Any]], T]
) -> Iterator[tuple[str, T]]:
    for sheet in sheets:
        try:
            yield sheet.uid, read(sheet.fields)
        except BeffroiError:
            continue


def _scene(node: Node, setup: Setup, stages: dict[str, Stage], layers: dict[str, Sheet]) -> Scene:
    followed = stages.get(setup.stage)
    route = Route(followed.line) if followed and len(followed.line) > 1 else None
    points = [p for uid in setup.points for p in _points(node, layers.get(uid))]
    zones = [z for uid in setup.zones for z in _zones(node, layers.get(uid))]
    return Scene(route=route, points=points, zones=zones)


def _points(node: Node, layer: Sheet | None) -> Iterator[SensitivePoint]:
    if layer is None:
        return
    if source := str(layer.fields.get("source") or ""):
        for seen in node.observations.features(source, None, MOST_POINTS):
            if seen.geometry is not None and seen.geometry.get("type") == "Point":
                lon, lat = seen.geometry["coordinates"][:2]
                yield SensitivePoint(f"{source}/{seen.id}", seen.title or seen.id, (lon, lat))
    for sheet in _drawn(node, layer.uid):
        shape = shape_of(sheet.fields)
        yield SensitivePoint(sheet.uid, shape.label or str(layer.fields["title"]), shape.points[0])


def _zones(node: Node, layer: Sheet | None) -> Iterator[Zone]:
    if layer is None:
        return
    title = str(layer.fields.get("title") or "")
    for sheet in _drawn(node, layer.uid):
        shape = shape_of(sheet.fields)
        if shape.kind == "circle":
            yield Zone(sheet.uid, shape.label or title, circle(shape.points[0], shape.radius_m))
        elif len(shape.points) >= 3 and shape.kind in ("area", "rectangle"):
            yield Zone(sheet.uid, shape.label or title, shape.points)
    if source := str(layer.fields.get("source") or ""):
        for seen in node.observations.features(source, None, MOST_POINTS):
            for ring in _rings(seen.geometry or {}):
                yield Zone(f"{source}/{seen.id}", seen.title or seen.id, ring)


def _rings(geometry: Geometry) -> Iterator[list[Position]]:
    """The outer rings of an area; none of what is no area."""
    match geometry:
        case {"type": "Polygon", "coordinates": [ring, *_holes]}:
            yield _ring(ring)
        case {"type": "MultiPolygon", "coordinates": list(polygons)}:
            for polygon in polygons:
                yield _ring(polygon[0])
        case _:
            return


def _ring(ring: list[list[float]]) -> list[Position]:
    first = (ring[0][0], ring[0][1])
    return [near((lon, lat), first) for lon, lat, *_height in ring]


def _drawn(node: Node, layer: str) -> Iterator[Sheet]:
    for sheet in node.sheets.all("shape"):
        if sheet.fields.get("layer") == layer:
            try:
                shape_of(sheet.fields)
            except BeffroiError:
                continue
            yield sheet
