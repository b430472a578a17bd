"""Reads a GeoJSON file that somebody brought: keeps what can be drawn, says what cannot."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from beffroi.errors import BeffroiError
from beffroi.layers import decoding
from beffroi.layers.antimeridian import cut
from beffroi.layers.crs import Reprojection, declared, reprojection
from beffroi.layers.geometry import Feature, Refused, checked, on_the_globe, positions
from beffroi.layers.problems import Problem, ProblemBook, Reason
from beffroi.places.territories import in_france
from beffroi.text import _

MAX_FEATURES = 500_000
MAX_PROPERTIES = 60
MAX_WORDS = 2_000

Plain = str | int | float | bool


class Reading(NamedTuple):
    """What was understood of a file."""

    features: tuple[Feature, ...]
    problems: tuple[Problem, ...]
    crs: str = "EPSG:4326"

    @property
    def skipped(self) -> int:
        """How many features were left out."""
        return sum(p.count for p in self.problems if not p.kept)


def read_geojson(source: bytes | Path) -> Reading:
    """The features of a file, in WGS 84, and what had to be left out.

    Raises:
        BeffroiError: nothing in the file can be used; says why and what to do.
    """
    document = decoding.load(source)
    crs = declared(document)
    to_wgs84 = reprojection(crs)
    book = ProblemBook()
    features = tuple(_features(document, to_wgs84, book))
    if not features and not book.problems():
        raise BeffroiError(_("Ce fichier ne contient aucun objet : vérifiez son export."))
    if _looks_swapped(features):
        book.note(_("tout le fichier"), Reason.DOUBTFUL_ORDER, len(features))
    return Reading(features, book.problems(), crs)


def _features(
    document: object, to_wgs84: Reprojection | None, book: ProblemBook
) -> Iterator[Feature]:
    for number, item in enumerate(_items(document), 1):
        where = _("objet n° {n}").format(n=number)
        if number > MAX_FEATURES:
            book.note(where, Reason.TOO_MANY)
            return
        try:
            yield _feature(item, to_wgs84)
        except Refused as refusal:
            book.note(where, refusal.reason)


def _items(document: object) -> list[Any]:
    """The features of any GeoJSON document, a lone geometry being one feature."""
    if isinstance(document, list) and any(_is_feature(item) for item in document):
        return document
    if isinstance(document, dict):
        match document.get("type"):
            case "FeatureCollection":
                items = document.get("features")
                return items if isinstance(items, list) else []
            case "Feature":
                return [document]
            case "Topology":
                raise BeffroiError(
                    _("Ce fichier est du TopoJSON : convertissez-le en GeoJSON, puis importez-le.")
                )
            case str() if "coordinates" in document or "geometries" in document:
                return [{"type": "Feature", "geometry": document}]
    raise BeffroiError(
        _("Ce fichier est du JSON mais pas du GeoJSON : exportez la couche en GeoJSON.")
    )


def _feature(item: object, to_wgs84: Reprojection | None) -> Feature:
    if not isinstance(item, dict) or not _is_feature(item):
        raise Refused(Reason.NOT_A_FEATURE)
    if not item.get("geometry"):
        raise Refused(Reason.NO_GEOMETRY)
    geometry = checked(item["geometry"])
    if to_wgs84:
        geometry = to_wgs84(geometry)
    on_the_globe(geometry)
    return Feature(cut(geometry), _plain(item.get("properties")))


def _is_feature(item: object) -> bool:
    return isinstance(item, dict) and item.get("type") == "Feature"


def _plain(properties: object) -> dict[str, Plain]:
    """The properties as short words and numbers, whatever the file held."""
    if not isinstance(properties, dict):
        return {}
    return {
        _printable(str(key)): _plain_value(value)
        for key, value in list(properties.items())[:MAX_PROPERTIES]
        if value is not None
    }


def _plain_value(value: object) -> Plain:
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    return _printable(value if isinstance(value, str) else _as_json(value))


def _printable(words: str) -> str:
    return "".join(c for c in words[:MAX_WORDS] if c.isprintable() or c == "\n")


def _as_json(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""


def _looks_swapped(features: tuple[Feature, ...]) -> bool:
    """Whether everything would be in France if latitude and longitude changed places."""
    return _all_points(features, lambda lon, lat: in_france(lat, lon)) and not _all_points(
        features, in_france, some=True
    )


def _all_points(
    features: tuple[Feature, ...], test: Callable[[float, float], bool], *, some: bool = False
) -> bool:
    firsts = [next(positions(f.geometry)) for f in features[:2_000]]
    answers = (test(lon, lat) for lon, lat in firsts)
    return bool(firsts) and (any(answers) if some else all(answers))
