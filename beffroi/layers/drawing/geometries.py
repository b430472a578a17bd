"""What is drawn on a calque, as geometries on the globe: what others are measured from, or framed by."""

from collections.abc import Sequence

import msgspec
import shapely

from beffroi.errors import BeffroiError
from beffroi.layers.drawing.outline import geometry
from beffroi.layers.mercator import MercatorBox, mercator
from beffroi.layers.shapes import shape_of
from beffroi.logbook.sheets import Sheets
from beffroi.plugin import Geometry


def geometries_on(sheets: Sheets, layer: str) -> list[Geometry]:
    """The geometry of each shape of a drawing calque (its uid); what cannot be read is left out."""
    found: list[Geometry] = []
    for sheet in sheets.all("shape"):
        if sheet.fields.get("layer") == layer:
            try:
                found.append(geometry(shape_of(sheet.fields)))
            except BeffroiError:
                continue
    return found


def box_of(geometries: Sequence[Geometry]) -> MercatorBox | None:
    """The box around geometries, None when there is none."""
    if not geometries:
        return None
    drawn = [shapely.from_geojson(msgspec.json.encode(geometry)) for geometry in geometries]
    west, south, east, north = shapely.total_bounds(drawn).tolist()
    return (*mercator(west, south), *mercator(east, north))
