"""A record as a row of observations.db, and back.

A point is its two numbers; lines and areas are WKB with their box.  Altitudes stay in WKB only.
"""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from beffroi.observations.model import Observation
from beffroi.observations.rows import BATCH, Body, digest_of
from beffroi.plugin import Geometry, Record

_json = msgspec.json.Encoder()
_properties = msgspec.json.Decoder(dict[str, str | int | float | bool | None])
_geometry = msgspec.json.Decoder(dict[str, Any])


def bodies(records: Iterable[Record]) -> Iterator[Body]:
    """The rows of `records`; one without an identity gets that of its contents."""
    known: dict[str, int] = {}
    source = iter(records)
    while batch := list(itertools.islice(source, BATCH)):
        for record, place in zip(batch, _places(batch), strict=True):
            yield _body(record, place, known)


def _body(
    record: Record, place: tuple[list[float | None], bytes | None], known: dict[str, int]
) -> Body:
    (west, south, east, north), wkb = place
    properties = _json.encode(record.properties)
    told = (record.time, record.until, record.title, (west, south, east, north))
    digest = digest_of(properties, told, wkb)
    name = record.id or _own_name(digest, known)
    return (name, record.time, record.until, west, south, east, north, digest, record.title, wkb,
            properties.decode())  # fmt: skip


def _own_name(digest: bytes, known: dict[str, int]) -> str:
    """The identity of a record without one: what it says; the second that says it is another."""
    name = f"#{digest.hex()}"
    times = known[name] = known.get(name, 0) + 1
    return name if times == 1 else f"{name}-{times}"


def _places(batch: list[Record]) -> Iterator[tuple[list[float | None], bytes | None]]:
    """Box and WKB of each; a point in the plane has no WKB."""
    shaped = [
        (at, record.geometry)
        for at, record in enumerate(batch)
        if record.geometry and not _is_flat_point(record.geometry)
    ]
    drawn = shapely.from_geojson([_json.encode(geometry) for _at, geometry in shaped])
    wkb = dict(zip((at for at, _g in shaped), shapely.to_wkb(drawn).tolist(), strict=True))
    boxes = dict(zip(wkb, shapely.bounds(drawn).tolist(), strict=True))
    for at, record in enumerate(batch):
        if at in wkb:
            yield [None if edge != edge else edge for edge in boxes[at]], wkb[at]
        elif record.geometry:
            lon, lat = record.geometry["coordinates"][:2]
            yield [lon, lat, lon, lat], None
        else:
            yield [None, None, None, None], None


def _is_flat_point(geometry: Geometry) -> bool:
    return geometry["type"] == "Point" and len(geometry["coordinates"]) == 2


def geometry_of(row: tuple[float | None, float | None, bytes | None]) -> Geometry | None:
    """The GeoJSON of (west, south, WKB)."""
    west, south, wkb = row
    if wkb is not None:
        return _geometry.decode(shapely.to_geojson(shapely.from_wkb(wkb)))
    if west is None:
        return None
    return {"type": "Point", "coordinates": [west, south]}


FIELDS = "o.rid, s.uid, o.id, o.title, o.time, o.until, max(o.seen, s.told), o.west, o.south, o.geometry, o.properties"


def observation(row: tuple[Any, ...]) -> Observation:
    """The observation of a row of `FIELDS`."""
    rid, source, name, title, time, until, seen, west, south, wkb, properties = row
    return Observation(
        rid=rid, source=source, id=name, title=title, time=time, until=until, seen=seen,
        geometry=geometry_of((west, south, wkb)), properties=_properties.decode(properties),
    )  # fmt: skip


def integers(values: Iterable[int]) -> NDArray[np.int64]:
    """A column of whole numbers."""
    return np.fromiter(values, np.int64)
