"""One page of features, as GeoJSON or JSON-FG."""

from collections.abc import Iterator
from typing import Any

from beffroi.plugin import Book, Geometry, Record, Refused, flat, geometry
from beffroi.plugin.words import _
from plugins.ogc_api_features.links import Told

_TITLES = ("title", "titre", "name", "nom", "label", "libelle", "nom_lieu")
_OWN = frozenset(("type", "geometry", "properties", "id", "links", "bbox", "place", "time"))


def records(document: Told, book: Book) -> Iterator[Record]:
    """One record per feature of the page."""
    for number, feature in enumerate(document.get("features") or (), 1):
        if not isinstance(feature, dict):
            book.note(_place(number), _("objet mal formé"))
            continue
        told = feature.get("properties")
        fields = {
            name: value for name, value in feature.items() if name not in _OWN and name[:1] != "@"
        }
        fields |= told if isinstance(told, dict) else {}
        identity = feature.get("id", feature.get("@id"))
        yield Record(
            id="" if identity is None else str(identity),
            geometry=_shape(feature.get("geometry"), number, book),
            properties=flat(fields),
            title=_title(fields, identity),
        )


def _shape(value: Any, number: int, book: Book) -> Geometry | None:
    if value is None:
        return None
    try:
        return geometry.checked(value)
    except Refused as refusal:
        book.note(_place(number), refusal.why, lost=False)
        return None


def _title(fields: Told, identity: Any) -> str:
    found = (fields[name] for name in _TITLES if isinstance(fields.get(name), str))
    return next(found, "" if identity is None else str(identity))[:200]


def _place(number: int) -> str:
    return _("objet n° {n}").format(n=number)
