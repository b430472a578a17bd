"""Orders published by Litteralis: GeoJSON features, one per measure and place of an order."""

from collections.abc import Iterator
from typing import Any

from beffroi.plugin import Book, Geometry, Record, Refused, flat, geometry, times
from beffroi.plugin.words import _

_SIGNS = frozenset(("idarrete", "arretesrcid", "emprisetype"))
_PEOPLE = frozenset(("emetteurlibelle", "emetteurid"))
"""Who asked for the order, often a private person: left out."""


def features(document: Any) -> list[dict[str, Any]]:
    """The features of a document of Litteralis; none when it is another."""
    listed = document.get("features") if isinstance(document, dict) else None
    if not isinstance(listed, list) or not listed:
        return []
    first = listed[0].get("properties") if isinstance(listed[0], dict) else None
    if not isinstance(first, dict) or not first.keys() >= _SIGNS:
        return []
    return [one for one in listed if isinstance(one, dict)]


def records(found: list[dict[str, Any]], book: Book) -> Iterator[Record]:
    """One record per measure; valid as long as its place is occupied, or else as the order is."""
    for number, feature in enumerate(found, 1):
        told = feature.get("properties")
        told = told if isinstance(told, dict) else {}
        yield Record(
            id=str(feature.get("id") or told.get("idmesure") or ""),
            geometry=_shape(feature.get("geometry"), number, book),
            properties=flat({k: v for k, v in told.items() if k not in _PEOPLE}),
            title=_title(told),
            time=_moment(told, "emprisedebut", "arretedebut"),
            until=_moment(told, "emprisefin", "arretefin"),
        )


def _title(told: dict[str, Any]) -> str:
    """What is ordered, and where."""
    parts = (" ".join(str(told.get(name) or "").split()) for name in ("mesure", "localisations"))
    return " – ".join(part for part in parts if part)[:200]


def _moment(told: dict[str, Any], *names: str) -> int | None:
    known = (times.instant(told.get(name)) for name in names)
    return next((moment for moment in known if moment is not None), None)


def _shape(value: object, number: int, book: Book) -> Geometry | None:
    if value is None:
        return None
    try:
        return geometry.checked(value)
    except Refused as refusal:
        book.note(_("arrêté n° {n}").format(n=number), refusal.why, lost=False)
        return None
