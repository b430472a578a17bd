"""Gives records the identity, hour, title and place that the source's own fields tell."""

from collections.abc import Iterable, Iterator

import msgspec

from beffroi.plugin import Geometry, Record, Scalar
from beffroi.plugin.times import instant
from beffroi.sources.definition import Roles

MAX_TITLE = 300


def mapped(records: Iterable[Record], roles: Roles, zone: str = "Europe/Paris") -> Iterator[Record]:
    """The records with what `roles` chose; a field that is missing leaves what the format said."""
    if roles == Roles():
        yield from records
        return
    for record in records:
        yield _mapped(record, roles, zone)


def _mapped(record: Record, roles: Roles, zone: str) -> Record:
    told = record.properties
    name, title = _words(told.get(roles.id)), _words(told.get(roles.title))
    time = instant(told.get(roles.time), zone) if roles.time else None
    until = instant(told.get(roles.until), zone) if roles.until else None
    place = _place(told.get(roles.lon), told.get(roles.lat)) if roles.lon and roles.lat else None
    return msgspec.structs.replace(
        record,
        id=name[:MAX_TITLE] or record.id,
        title=title[:MAX_TITLE] or record.title,
        time=record.time if time is None else time,
        until=record.until if until is None else until,
        geometry=place or record.geometry,
    )


def _words(value: Scalar) -> str:
    return "" if value is None else str(value).strip()


def _place(lon: Scalar, lat: Scalar) -> Geometry | None:
    """The point of two fields in degrees, None when they are none."""
    x, y = _number(lon), _number(lat)
    if x is None or y is None or not (-180 <= x <= 180 and -90 <= y <= 90):
        return None
    return {"type": "Point", "coordinates": [x, y]}


def _number(value: Scalar) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(str(value).strip().replace("\u202f", "").replace(",", "."))
    except ValueError:
        return None
