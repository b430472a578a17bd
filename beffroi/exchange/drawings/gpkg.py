"""GeoPackage: one layer for each kind of geometry, the fields of shapes as columns, for QGIS."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from shapely.geometry import shape as solid

from beffroi.exchange.drawings.features import properties
from beffroi.exchange.drawings.placed import base_of, placed
from beffroi.exchange.watermark import Watermark
from beffroi.layers.shapes import Shape

_LAYERS = {"Point": "points", "LineString": "lines", "Polygon": "areas"}
_SEVERAL = {"LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}
_COLUMNS = (
    "name", "kind", "label", "notes", "symbol", "symbol_name", "colour", "size", "filling", "planned",
    "rotation_deg", "radius_m", "from_deg", "to_deg", "centre_lon", "centre_lat", "since", "until",
)  # fmt: skip


def write(path: Path, mark: Watermark, shapes: Sequence[tuple[str, Shape]]) -> None:
    """Written beside and put in its place at the end; layers without anything are left out."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".beffroi-") as folder:
        part = Path(folder) / "drawing.gpkg"
        first = True
        for kind, layer in _LAYERS.items():
            found = [shape for _uid, shape in shapes if base_of(placed(shape)) == kind]
            if found:
                _write_layer(part, mark, kind, layer, found, append=not first)
                first = False
        shutil.move(part, path)


def _write_layer(
    path: Path, mark: Watermark, kind: str, layer: str, shapes: Sequence[Shape], *, append: bool
) -> None:
    said = [properties(shape) for shape in shapes]
    columns = [[_cell(one.get(name)) for one in said] for name in _COLUMNS]
    drawn = [solid(placed(one)) for one in shapes]
    cut = any(one.geom_type != kind for one in drawn)
    if cut:  # a layer holds one kind of geometry
        drawn = [_SEVERAL[kind](list(getattr(one, "geoms", [one]))) for one in drawn]
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(one) for one in drawn], dtype=object),
        field_data=[np.array(column, dtype=object) for column in columns],
        fields=list(_COLUMNS),
        layer=layer,
        driver="GPKG",
        geometry_type=f"Multi{kind}" if cut else kind,
        crs="EPSG:4326",
        append=append,
        layer_metadata=dict(mark.pairs()),
    )


def _cell(value: object) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
