"""Finds aircraft in the JSON of services; each family has its own names for the same things.

readsb, tar1090, dump1090, adsb.lol (`aircraft`, `ac`, `trace`), Virtual Radar Server (`acList`),
OpenSky (`states`) and Flightradar24 (`full_count`), whose fields go by position, and the rows or columns of traffic and pandas (`icao24` by `timestamp`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from beffroi.plugin import times

Told = Mapping[str, Any]
_SIGNS = frozenset(("aircraft", "ac", "acList", "states", "trace", "full_count"))
_DAY_S = 86_400


class Names(NamedTuple):
    """How a family calls what identifies, places and names an aircraft."""

    hex: str
    lat: str
    lon: str
    flight: str
    registration: str


class Listing(NamedTuple):
    """Aircraft as they are told, each with its moment in UTC ms; whether they are all there is."""

    rows: Iterable[tuple[Told, int | None]]
    names: Names
    complete: bool


READSB = Names("hex", "lat", "lon", "flight", "r")
_VRS = Names("Icao", "Lat", "Long", "Call", "Reg")
_TRAFFIC = Names("icao24", "latitude", "longitude", "callsign", "registration")
_TRACE = ("after", "lat", "lon", "alt_baro", "gs", "track", "flags", "baro_rate")
_STATES = (
    "icao24", "callsign", "origin_country", "time_position", "last_contact", "longitude", "latitude",
    "baro_altitude", "on_ground", "velocity", "true_track", "vertical_rate", "sensors",
    "geo_altitude", "squawk", "spi", "position_source", "category",
)  # fmt: skip

_RADAR24 = (
    "icao24", "latitude", "longitude", "track", "altitude", "groundspeed", "squawk", "radar",
    "typecode", "registration", "timestamp", "origin", "destination", "flight", "on_ground",
    "vertical_rate", "callsign",
)  # fmt: skip


def seems(document: Any) -> bool:
    """Whether a first look finds what only lists of aircraft have; large documents are not walked."""
    if isinstance(document, dict):
        names = document.keys()
        return bool(names & _SIGNS) or {"icao24", "timestamp"} <= names
    first = document[0] if isinstance(document, list) and document else None
    return isinstance(first, dict) and bool(first.keys() & {"hex", "icao24"})


def listing(document: Any) -> Listing | None:
    """The aircraft of a document; None when it lists none."""
    if isinstance(document, dict):
        found = (known(document) for known in _FAMILIES)
        return next((one for one in found if one is not None), None)
    if isinstance(document, list) and document and isinstance(document[0], dict):
        return _rows(document)
    return None


def _readsb(document: Told) -> Listing | None:
    for name in ("aircraft", "ac"):
        rows = _told(document.get(name))
        if any("hex" in row for row in rows) or (name in document and "now" in document):
            return Listing(_aged(rows, times.instant(document.get("now"))), READSB, complete=True)
    return None


def _trace(document: Told) -> Listing | None:
    """The day of one aircraft (readsb `trace_full`): rows by position, seconds after `timestamp`."""
    start, rows = document.get("timestamp"), document.get("trace")
    if not isinstance(rows, list) or not isinstance(start, int | float) or "icao" not in document:
        return None
    who = {"hex": document["icao"], "r": document.get("r"), "t": document.get("t")}
    told = [row for row in rows if isinstance(row, list) and len(row) >= len(_TRACE)]
    return Listing(
        (({**who, **dict(zip(_TRACE, row, strict=False))}, _after(start, row[0])) for row in told),
        READSB,
        complete=False,
    )


def _after(start: float, seconds: Any) -> int | None:
    return times.seconds(start + seconds) if isinstance(seconds, int | float) else None


def _aged(rows: list[Told], now: int | None) -> Iterator[tuple[Told, int | None]]:
    """The age of each position (`seen_pos`, seconds) tells its moment."""
    for row in rows:
        last = row.get("lastPosition")
        age = (last if isinstance(last, dict) else row).get("seen_pos", row.get("seen"))
        late = round(age * 1000) if isinstance(age, int | float) and 0 <= age < _DAY_S else 0
        yield row, None if now is None else now - late


def _radar_server(document: Told) -> Listing | None:
    rows = _told(document.get("acList"))
    return Listing(_timed(rows, "PosTime"), _VRS, complete=True) if rows else None


def _opensky(document: Told) -> Listing | None:
    states = document.get("states")
    if not isinstance(states, list) or "time" not in document:
        return None
    rows = [dict(zip(_STATES, state, strict=False)) for state in states if isinstance(state, list)]
    return Listing(_timed(rows, "time_position", "last_contact"), _TRAFFIC, complete=True)


def _radar24(document: Told) -> Listing | None:
    """Rows by position, each under its own key, among a few counts."""
    if "full_count" not in document:
        return None
    told = [row for row in document.values() if isinstance(row, list) and len(row) >= len(_RADAR24)]
    rows = [dict(zip(_RADAR24, row, strict=False)) for row in told]
    return Listing(_timed(rows, "timestamp"), _TRAFFIC, complete=True)


def _columns(document: Told) -> Listing | None:
    """Columns by name, each a dictionary by row (pandas) or a list."""
    if not {"icao24", "timestamp"} <= document.keys():
        return None
    columns = {name: _column(values) for name, values in document.items()}
    rows = [{name: one.get(key) for name, one in columns.items()} for key in columns["icao24"]]
    return Listing(_timed(rows, "timestamp"), _TRAFFIC, complete=False)


def _column(values: object) -> Mapping[Any, Any]:
    if isinstance(values, dict):
        return values
    return dict(enumerate(values)) if isinstance(values, list) else {}


def _rows(document: list[Any]) -> Listing | None:
    first, rows = document[0], _told(document)
    if {"icao24", "timestamp"} <= first.keys():
        return Listing(_timed(rows, "timestamp"), _TRAFFIC, complete=False)
    if "hex" in first and {"lat", "flight", "altitude", "squawk"} & first.keys():
        return Listing(_aged(rows, None), READSB, complete=True)
    return None


_FAMILIES = (_readsb, _radar_server, _opensky, _radar24, _columns, _trace)


def _told(rows: object) -> list[Told]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _timed(rows: Iterable[Told], *moments: str) -> Iterator[tuple[Told, int | None]]:
    for row in rows:
        known = (times.instant(row.get(name), "UTC") for name in moments)
        yield row, next((moment for moment in known if moment is not None), None)
