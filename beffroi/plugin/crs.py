"""Brings shapes written in another coordinate system (Lambert-93, UTM…) to longitude and latitude."""

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from beffroi.plugin.record import Geometry
from beffroi.plugin.refusals import Refused, Unreadable
from beffroi.text import _

WGS84 = "EPSG:4326"
Reprojection = Callable[[Geometry], Geometry]
_CODE = re.compile(
    r"(?:EPSG[:/]{1,2}|epsg\.xml#|/EPSG/)(?:[\d.]*[:/])?(\d{4,6})/?\Z", re.IGNORECASE
)
_FULL_NAME = re.compile(r"urn:|https?://www\.opengis\.net/def/crs/")
_LON_LAT = ("CRS84", "CRS:84", "WGS84", "84", "WGS 84")
_LONGEST = 10_000
_IGN = {
    "LAMB93": "EPSG:2154", "RGF93LAMB93": "EPSG:2154", "LAMBE": "EPSG:27572", "RGF93G": "EPSG:4171",
    "WGS84G": WGS84, "UTM20W84GUAD": "EPSG:4559", "UTM20W84MART": "EPSG:4559",
    "RGR92UTM40S": "EPSG:2975", "UTM22RGFG95": "EPSG:2972", "RGM04UTM38S": "EPSG:4471",
}  # fmt: skip


def named(name: str) -> str:
    """A system as `EPSG:…` from the ways it is named (code, URN, address, WKT, `.prj`, IGNF).

    What has no EPSG code is given back as it is (a WKT), for `reprojection`.

    Raises:
        Unreadable: nothing is known under that name.
    """
    said = name.strip()[:_LONGEST]
    upper = said.upper()
    if not said or upper.endswith(_LON_LAT[:3]) or upper in _LON_LAT:
        return WGS84
    if found := _CODE.search(said):
        return _usual(f"EPSG:{found[1]}")
    if upper.startswith("IGNF:") or ":IGNF:" in upper:
        return _IGN.get(upper.rpartition(":")[2]) or _refuse(said)
    if "[" not in said:
        raise unknown(said)
    return _usual(_coded(said))


@lru_cache(64)
def _coded(wkt: str) -> str:
    try:
        system = CRS.from_wkt(wkt)
        code = system.to_epsg(min_confidence=25)
    except ProjError as error:
        raise unknown(wkt) from error
    return f"EPSG:{code}" if code else wkt


def _usual(code: str) -> str:
    """Codes that once meant Web Mercator under other names."""
    return "EPSG:3857" if code in {"EPSG:900913", "EPSG:102100", "EPSG:3785"} else code


def _refuse(name: str) -> str:
    raise unknown(name)


def unknown(name: str) -> Unreadable:
    """The refusal of a system that nothing is known of."""
    return Unreadable(
        _(
            "Le système de coordonnées «\u202f{name}\u202f» n’est pas reconnu\u00a0: "
            "exportez la couche en WGS 84 (EPSG:4326)."
        ).format(name=name[:80])
    )


def declared(document: object) -> str:
    """The system that a GeoJSON document says it is written in; longitude-latitude if silent.

    Raises:
        Unreadable: the system named is not one that can be recognised.
    """
    found = document.get("crs") if isinstance(document, dict) else None
    if not isinstance(found, dict):
        return WGS84
    properties = found.get("properties")
    told = properties if isinstance(properties, dict) else {}
    if found.get("type") == "EPSG" and isinstance(told.get("code"), int | str):
        return named(f"EPSG:{told['code']}")
    return named(str(told.get("name") or ""))


def latitude_first(name: str) -> bool:
    """Whether documents of OGC that name their system so write latitude before longitude.

    Full names (URN, address) keep the order of the authority, which for geographic systems of
    EPSG is latitude first; the short `EPSG:4326` of older services is longitude first.
    """
    lower = name.lower()
    if not _FULL_NAME.match(lower) or ":crs:ogc:" in lower or "/ogc/" in lower:
        return False
    return _northing_first(named(name))


@lru_cache(64)
def _northing_first(system: str) -> bool:
    try:
        axes = CRS.from_user_input(system).axis_info
    except ProjError:
        return False
    return bool(axes) and axes[0].direction.lower() in {"north", "south"}


def reprojection(system: str) -> Reprojection | None:
    """What brings a geometry of `system` (x before y) to WGS 84; None when it is already there.

    Raises:
        Unreadable: the system is unknown.
    """
    if system == WGS84:
        return None
    transformer = transformer_of(system)
    return lambda geometry: _moved(geometry, transformer)


@lru_cache(64)
def transformer_of(system: str) -> Transformer:
    """The computation from `system` to longitude and latitude.

    Raises:
        Unreadable: the system is unknown.
    """
    try:
        return Transformer.from_crs(system, WGS84, always_xy=True)
    except ProjError as error:
        raise unknown(system) from error


def to_wgs84(geometry: Geometry, system: str) -> Geometry:
    """A geometry of `system` in longitude and latitude.

    Raises:
        Refused: a position lies outside of what the system is made for.
        Unreadable: the system is unknown.
    """
    move = reprojection(named(system))
    return move(geometry) if move else geometry


def _moved(geometry: Geometry, transformer: Transformer) -> Geometry:
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
        raise Refused(_("coordonnées hors du globe"))
    return [round(lon, 9), round(lat, 9)]
