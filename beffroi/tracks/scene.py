"""What a track is measured against: its route, sensitive points, zones."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import shapely
from shapely import Polygon

from beffroi.layers.drawing.geodesic import near
from beffroi.layers.shapes import Position
from beffroi.tracks.route import Route


@dataclass(frozen=True, slots=True)
class SensitivePoint:
    """Something to watch for when it is near ahead."""

    uid: str
    title: str
    at: Position


class Zone:
    """An area that one enters and leaves; its ring may cross the 180th meridian."""

    def __init__(self, uid: str, title: str, ring: Sequence[Position]) -> None:
        self.uid = uid
        self.title = title
        self._anchor = ring[0] if ring else (0.0, 0.0)
        placed = [near(position, self._anchor) for position in ring]
        self._area = Polygon(placed) if len(placed) >= 3 else Polygon()
        shapely.prepare(self._area)

    def holds(self, position: Position) -> bool:
        """Whether a position lies in it."""
        lon, lat = near(position, self._anchor)
        return bool(shapely.contains_xy(self._area, lon, lat))


@dataclass(slots=True)
class Scene:
    """All of it; a route of None when the track follows none."""

    route: Route | None = None
    points: Sequence[SensitivePoint] = ()
    zones: Sequence[Zone] = ()
    places: dict[str, float] = field(default_factory=dict[str, float])
    """Metres along the route of each sensitive point that lies near it."""

    def __post_init__(self) -> None:
        if self.route is None:
            return
        for point in self.points:
            along = self.route.along(point.at)
            if along is not None and along.beside_m <= _NEAR_M:
                self.places[point.uid] = along.along_m


_NEAR_M = 500.0
"""A sensitive point farther from the route than this is not on the way."""
