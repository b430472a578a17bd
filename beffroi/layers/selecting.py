"""Select and join: which objects lie near, inside or outside others, measured on the ground.

Distances are geodesic on WGS 84: shapes are brought to an azimuthal equidistant projection around
the middle of the reference, whose distances from there are true; the reference is buffered there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from beffroi.observations import Observations, Where
from beffroi.observations.model import Box
from beffroi.plugin import Geometry

Relation = Literal["within", "inside", "outside"]
MOST_METRES = 500_000.0
_STEP = 0.02
"""Edges of the reference, straight in degrees, are followed in steps of so many degrees."""
_TOUCHING = 0.5
"""What lies so many metres from the reference touches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Rids that answer, in order of rid, and how far each is from the reference (metres)."""

    rids: NDArray[np.int64]
    metres: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.rids)


def read(geometries: Sequence[Geometry]) -> NDArray[Any]:
    """Geometries as shapes."""
    drawn = [shapely.from_geojson(msgspec.json.encode(geometry)) for geometry in geometries]
    return np.array(drawn, object)


class Reference:
    """What others are measured from: shapes in WGS 84."""

    def __init__(self, drawn: NDArray[Any]) -> None:
        self._whole: Any = shapely.union_all(shapely.make_valid(drawn))
        middle = shapely.box(*shapely.bounds(self._whole).tolist()).centroid
        from pyproj import Transformer  # 40 ms and 8 MB: for who selects

        self._to = Transformer.from_crs(
            "EPSG:4326",
            f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +datum=WGS84 +units=m",
            always_xy=True,
        )
        self._flat: Any = self._project(shapely.segmentize(self._whole, _STEP))

    def _project(self, geometry: Any) -> Any:
        return shapely.transform(
            geometry, lambda xy: np.column_stack(self._to.transform(xy[:, 0], xy[:, 1]))
        )

    def box(self, metres: float) -> Box:
        """What may lie within `metres` of it: west, south, east, north."""
        west, south, east, north = shapely.bounds(self._whole).tolist()
        up = metres / 110_500
        side = metres / (
            111_320 * max(0.02, np.cos(np.radians(min(89, max(abs(south), abs(north))))))
        )
        return (max(-180.0, west - side), max(-90.0, south - up),
                min(180.0, east + side), min(90.0, north + up))  # fmt: skip

    def metres(self, drawn: NDArray[Any]) -> NDArray[np.float64]:
        """How far each shape is from it; 0 inside."""
        flat = self._project(drawn)
        shapely.prepare(self._flat)
        found: NDArray[np.float64] = shapely.distance(flat, self._flat)
        return found


def objects(
    observations: Observations,
    source: str,
    where: Sequence[Where] = (),
    only: Sequence[int] | None = None,
    box: Box | None = None,
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """The rids of a source's objects and their shapes."""
    points = observations.columns(source, where=where, box=box, rids=only)
    shapes = observations.shapes(source, where=where, box=box, rids=only)
    drawn = [
        shapely.points(points.lon, points.lat),
        shapely.from_wkb(np.array(shapes.wkb, object)),
    ]
    return np.concatenate([points.rid, shapes.rid]), np.concatenate(drawn)


def near(
    observations: Observations,
    source: str,
    reference: Reference,
    relation: Relation,
    metres: float = 0.0,
    where: Sequence[Where] = (),
    only: Sequence[int] | None = None,
) -> Found:
    """The objects of a source `within` some metres of the reference, `inside` it, or `outside`.

    `only` keeps it to these rows; None looks at all.
    """
    reach = min(metres, MOST_METRES) if relation == "within" else 0.0
    box = None if relation == "outside" else reference.box(reach)
    rids, drawn = objects(observations, source, where, only, box)
    if not len(rids):
        return Found(rids=rids, metres=np.zeros(0))
    far = reference.metres(drawn)
    answers = far > _TOUCHING if relation == "outside" else far <= max(reach, _TOUCHING)
    order = np.argsort(rids[answers])
    return Found(rids=rids[answers][order], metres=far[answers][order])


def entries_near(
    rids: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    reference: Reference,
    relation: Relation,
    metres: float = 0.0,
) -> Found:
    """As `near`, of entries given as columns."""
    if not len(rids):
        return Found(rids=rids, metres=np.zeros(0))
    far = reference.metres(shapely.points(lon, lat))
    reach = min(metres, MOST_METRES) if relation == "within" else 0.0
    answers = far > _TOUCHING if relation == "outside" else far <= max(reach, _TOUCHING)
    return Found(rids=rids[answers], metres=far[answers])
