"""Looks up what is typed over the map: coordinates, places, entries."""

from dataclasses import dataclass

from beffroi.logbook.query import parse
from beffroi.node import Node
from beffroi.places import coordinates
from beffroi.text import _

_ZOOMS = {
    "site": 15.0, "gare": 14.5, "hôpital": 15.0, "commune": 12.0, "préfecture": 11.5,
    "arrondissement": 13.0, "quartier": 14.0, "département": 8.5, "région": 7.5,
}  # fmt: skip
_PLACES = 8
_ENTRIES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One answer: where it is, or which entry it is."""

    title: str
    detail: str
    icon: str
    lon: float | None = None
    lat: float | None = None
    zoom: float = 13.0
    uid: str = ""


def find(node: Node, text: str) -> list[Found]:
    """Everything that answers `text`, the surest first; called from the background."""
    if len(text.strip()) < 2:
        return []
    positions = _positions(text)
    known = {(found.lon, found.lat) for found in positions}
    places = [found for found in _places(node, text) if (found.lon, found.lat) not in known]
    return [*positions, *places, *_entries(node, text)]


def _positions(text: str) -> list[Found]:
    return [
        Found(
            title=coordinates.format(reading.lon, reading.lat, "dd"),
            detail=reading.label,
            icon="current-location",
            lon=reading.lon,
            lat=reading.lat,
            zoom=15.0,
        )
        for reading in coordinates.parse(text)
    ]


def _places(node: Node, text: str) -> list[Found]:
    return [
        Found(
            title=place.name,
            detail=place.detail or place.kind,
            icon="map-pin",
            lon=place.lon,
            lat=place.lat,
            zoom=_ZOOMS.get(place.kind, 13.0),
        )
        for place in node.places.search(text, limit=_PLACES)
    ]


def _entries(node: Node, text: str) -> list[Found]:
    def locate(name: str) -> tuple[float, float] | None:
        place = node.places.locate(name)
        return (place.lon, place.lat) if place else None

    asked = parse(text, now=node.clock.now(), locate=locate, tags=node.taxonomy)
    entries = node.search.first(asked, limit=_ENTRIES)
    return [
        Found(
            title=_("n° {number} – {text}").format(
                number=e.number, text=_first_line(e.content.text)
            ),
            detail=e.content.place,
            icon="message-2",
            lon=e.content.lon,
            lat=e.content.lat,
            zoom=0.0,
            uid=e.uid,
        )
        for e in entries
    ]


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:90]
