"""Brings files written in another coordinate system (Lambert-93, UTM…) to longitude and latitude."""

import math
import re
from collections.abc import Callable
from typing import Any

from pyproj import Transformer
from pyproj.exceptions import ProjError

from beffroi.errors import BeffroiError
from beffroi.layers.geometry import Refused
from beffroi.layers.problems import Reason
from beffroi.text import _

WGS84 = "EPSG:4326"
Reprojection = Callable[[dict[str, Any]], dict[str, Any]]
_CODE = re.compile(r"EPSG:{1,2}(?:[\d.]*:)?(\d{4,6})\Z", re.IGNORECASE)


def declared(document: object) -> str:
    """The system that the file says it is written in, as `EPSG:…`; longitude-latitude if silent.

    Raises:
        BeffroiError: the system named is not one that can be recognised.
    """
    named = document.get("crs") if isinstance(document, dict) else None
    if not isinstance(named, dict):
        return WGS84
    properties = named.get("properties")
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not name or name.upper().endswith(("CRS84", "WGS84", "CRS:84")):
        return WGS84
    if found := _CODE.search(name):
        return f"EPSG:{found[1]}"
    raise BeffroiError(
        _(
            "Le système de coordonnées « {name} » n’est pas reconnu : "
            "exportez la couche en WGS 84 (EPSG:4326)."
        ).format(name=name[:80])
    )


def reprojection(crs: str) -> Reprojection | None:
    """What brings a geometry of `crs` to WGS 84; None when it is already there."""
    if crs == WGS84:
        return None
    try:
        transformer = Transformer.from_crs(crs, WGS84, always_xy=True)
    except ProjError as error:
        raise BeffroiError(
            _(
                "Le système de coordonnées « {name} » n’est pas reconnu : "
                "exportez la couche en WGS 84 (EPSG:4326)."
            ).format(name=crs)
        ) from error
    return lambda geometry: _moved(geometry, transformer)


def _moved(geometry: dict[str, Any], transformer: Transformer) -> dict[str, Any]:
    if "geometries" in geometry:
        parts = [_moved(part, transformer) for part in geometry["geometries"]]
        return {**geometry, "geometries": parts}
    return {**geometry, "coordinates": _move(geometry["coordinates"], transformer)}


def _move(value: list[Any], transformer: Transformer) -> list[Any]:
    if isinstance(value[0], list):
        if isinstance(value[0][0], list):
            return [_move(item, transformer) for item in value]
        xs, ys = transformer.transform([p[0] for p in value], [p[1] for p in value])
        return [_placed(x, y) for x, y in zip(xs, ys, strict=True)]
    return _placed(*transformer.transform(value[0], value[1]))


def _placed(lon: float, lat: float) -> list[float]:
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise Refused(Reason.OUT_OF_GLOBE)
    return [lon, lat]
