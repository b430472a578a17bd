"""Finds ships in the JSON of services: AISStream, AIS-catcher, gpsd, and rows that have an MMSI."""

from collections.abc import Iterator
from typing import Any

from beffroi.plugin import Book, Geometry, Record, Refused, flat, geometry, times
from beffroi.plugin.words import _

_MMSI = ("mmsi", "MMSI", "Mmsi", "MMSI_String", "UserID", "userid")
_LAT = ("lat", "latitude", "Latitude", "LAT", "Lat", "LATITUDE")
_LON = ("lon", "longitude", "Longitude", "LON", "Lon", "lng", "LONGITUDE")
_NAMES = ("shipname", "ShipName", "SHIPNAME", "name", "Name", "NAME")
_MOMENTS = (
    "time_utc",
    "timestamp",
    "TIMESTAMP",
    "rxtime",
    "rxuxtime",
    "BaseDateTime",
    "time",
    "TIME",
)
_LISTS = ("ships", "vessels", "data", "rows", "positions")
Told = dict[str, Any]


def rows(document: Any) -> list[Told]:
    """The ships of a document, each flattened to one level; none when it lists none."""
    if isinstance(document, dict):
        lists = [document[name] for name in _LISTS if isinstance(document.get(name), list)]
        document = lists[0] if lists else [document]
    if not isinstance(document, list):
        return []
    if any(isinstance(part, list) for part in document):  # AISHub: how it went, then the ships
        document = [row for part in document if isinstance(part, list) for row in part]
    found = (_one(row) for row in document if isinstance(row, dict))
    return [row for row in found if _first(row, _MMSI)]


def record(row: Told, number: int, book: Book) -> Record:
    """The record of one ship."""
    return Record(
        id=str(_first(row, _MMSI)),
        geometry=_place(row, number, book),
        properties=flat(row),
        title=str(_first(row, _NAMES) or "").strip(" @"),
        time=times.instant(_moment(row), "UTC"),
    )


def _one(row: Told) -> Told:
    """AISStream nests what the ship says and what the service knows of it; others do not."""
    inner, around = row.get("Message"), row.get("MetaData") or row.get("Metadata")
    if isinstance(inner, dict) and isinstance(around, dict):
        told = next((part for part in inner.values() if isinstance(part, dict)), {})
        return {**told, **around, "MessageType": row.get("MessageType")}
    return row


def _first(row: Told, names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def _moment(row: Told) -> Any:
    moment = _first(row, _MOMENTS)
    return moment.replace(" +0000 UTC", "Z") if isinstance(moment, str) else moment


def _place(row: Told, number: int, book: Book) -> Geometry | None:
    lat, lon = _first(row, _LAT), _first(row, _LON)
    if lat is None or lon is None or _number(lat) == 91 or _number(lon) == 181:
        return None
    try:
        return geometry.point(lon, lat)
    except Refused as refusal:
        book.note(_("navire n° {n}").format(n=number), refusal.why, lost=False)
        return None


def _number(value: object) -> float | None:
    """A number, if it is one."""
    return float(value) if isinstance(value, int | float) else None


def each(documents: Iterator[tuple[int, Any]]) -> Iterator[Told]:
    """The ships of several documents."""
    for _number, document in documents:
        yield from rows(document)
