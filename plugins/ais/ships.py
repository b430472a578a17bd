"""What one AIS message tells of a ship (ITU-R M.1371): where it is, or who it is.

Speeds are knots, courses degrees from true north; what the standard writes for “not available” is
left out.
"""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pyais
from pyais.exceptions import AISBaseException

from beffroi.plugin import Geometry, Record, Refused, Scalar, flat, geometry, times
from beffroi.plugin.words import _
from plugins.ais.sentences import Message

_UNKNOWN = {"lat": 91, "lon": 181, "speed": 102.3, "course": 360, "heading": 511, "imo": 0,
            "draught": 0, "to_bow": 0, "to_stern": 0, "to_port": 0, "to_starboard": 0}  # fmt: skip
_PLUMBING = frozenset(
    ("repeat", "radio", "second", "spare", "spare_1", "spare_2", "spare_3", "cs", "display", "dsc", "band",
     "msg22", "assigned", "raim", "data", "dac", "fid", "year", "month", "day", "hour", "minute", "retransmit",
     "seqno", "vendorid", "model", "serial", "maneuver", "accuracy", "reserved_1", "reserved_2", "lat", "lon",
     "ais_version", "dte", "regional", "smi", "full_name", "name_ext")
)  # fmt: skip
_MOMENT = ("year", "month", "day", "hour", "minute", "second")
_NEVER_TURNING = -128


def record(message: Message, received: int) -> Record:
    """The record of one message, by the number of the ship (MMSI).

    Raises:
        Refused: the message says nothing that can be read.
    """
    try:
        told = pyais.decode(*(part.encode() for part in message.parts)).asdict()
    except (AISBaseException, ValueError, TypeError, IndexError, KeyError, OverflowError) as error:
        raise Refused(_("message AIS inconnu ou abîmé")) from error
    who = f"{int(told.get('mmsi') or 0):09d}"
    fields = _fields(told)
    return Record(
        id=who,
        geometry=_place(told),
        properties={"mmsi": who, **fields},
        title=str(fields.get("shipname") or fields.get("name") or ""),
        time=message.moment or _told_time(told) or received or None,
    )


def _fields(told: dict[str, Any]) -> dict[str, Scalar]:
    """What is worth a column, lists of codes in their names."""
    kept: dict[str, Any] = {}
    for name, value in told.items():
        known = _plain(value)
        if name in _PLUMBING or name == "mmsi" or known in (None, "") or isinstance(known, bytes):
            continue
        if known == _UNKNOWN.get(name) or (name == "turn" and known == _NEVER_TURNING):
            continue
        kept[name] = known
    return flat(kept)


def _plain(value: object) -> object:
    """Codes as words where the standard has some: `UnderWayUsingEngine`."""
    if isinstance(value, Enum):
        return value.value if isinstance(value.value, float) else value.name
    return value.strip(" @") if isinstance(value, str) else value


def _place(told: dict[str, Any]) -> Geometry | None:
    lat, lon = told.get("lat"), told.get("lon")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        return None
    return geometry.point(lon, lat)


def _told_time(told: dict[str, Any]) -> int | None:
    """The full moment that a base station (4, 11) tells."""
    if told.get("msg_type") not in {4, 11}:
        return None
    try:
        year, month, day, hour, minute, second = (int(told[name]) for name in _MOMENT)
        return times.instant(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except (KeyError, ValueError, TypeError):
        return None
