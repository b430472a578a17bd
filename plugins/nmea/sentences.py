r"""The sentences of satellite receivers, one by one: checksum, position, time.

`$GPRMC,163000,A,1751.0000,S,14916.2000,W,6.2,300.0,130624,,*hh`: 16:30:00 UTC, valid, 17°51′ S,
149°16.2′ W, 6.2 knots towards 300°, 13 June 2024.  A tag block before it may name the receiver
(`\s:FLAMME*hh\`).  Source: NMEA 0183 4.11, sentences RMC and GGA, and its tag blocks.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

SENTENCE = re.compile(r"\$([A-Z]{2})(RMC|GGA),([^*$\r\n]{10,120})\*([0-9A-Fa-f]{2})")
_STATION = re.compile(r"\\[^\\]*\bs:([^,*\\]{1,40})[^\\]*\\")
_CLOCK = re.compile(r"(\d\d)(\d\d)(\d\d)(\.\d{1,6})?")
_DAY = re.compile(r"(\d\d)(\d\d)(\d\d)")
_DEGREES = re.compile(r"(\d{1,3})(\d\d(?:\.\d{1,9})?)")
KNOT_MS = 0.514444
_CENTURY, _TURN = 2000, 80
"""Years are told by two digits: those from 80 on are of the century before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one sentence says; `day` is None in GGA, which tells the time of day alone.

    `speed` is m/s, `course` degrees from true north, `alt` metres above the sea.
    """

    station: str
    clock: time
    day: date | None
    lon: float
    lat: float
    speed: float | None = None
    course: float | None = None
    alt: float | None = None
    satellites: int | None = None
    hdop: float | None = None


def sound(found: re.Match[str]) -> bool:
    """Whether the checksum of a sentence is right."""
    value = 0
    for letter in f"{found[1]}{found[2]},{found[3]}".encode("latin-1", "replace"):
        value ^= letter
    return value == int(found[4], 16)


def station(line: str) -> str:
    """The receiver that a tag block names; empty without one."""
    tag = _STATION.search(line)
    return tag[1].strip() if tag else ""


def told(found: re.Match[str], name: str) -> Told | None:
    """What a sentence says; None while its receiver has no position.

    Raises:
        ValueError: a part of it is not what it should be.
    """
    parts = found[3].split(",")
    return _rmc(parts, name) if found[2] == "RMC" else _gga(parts, name)


def _rmc(parts: list[str], name: str) -> Told | None:
    clock, valid, lat, north, lon, east, speed, course, day, *_rest = parts
    if valid != "A":
        return None
    knots = _number(speed)
    return Told(
        station=name, clock=_clock(clock), day=_day(day), lon=_degrees(lon, east, 180),
        lat=_degrees(lat, north, 90), speed=None if knots is None else round(knots * KNOT_MS, 2),
        course=_number(course),
    )  # fmt: skip


def _gga(parts: list[str], name: str) -> Told | None:
    clock, lat, north, lon, east, quality, satellites, hdop, alt, *_rest = parts
    if quality in ("", "0"):
        return None
    return Told(
        station=name, clock=_clock(clock), day=None, lon=_degrees(lon, east, 180),
        lat=_degrees(lat, north, 90), alt=_number(alt), hdop=_number(hdop),
        satellites=int(satellites) if satellites.isdigit() else None,
    )  # fmt: skip


def _clock(words: str) -> time:
    found = _CLOCK.fullmatch(words)
    if found is None:
        raise ValueError(words)
    micro = round(float(found[4] or 0) * 1_000_000)
    return time(int(found[1]), int(found[2]), min(59, int(found[3])), min(999_999, micro), UTC)


def _day(words: str) -> date:
    found = _DAY.fullmatch(words)
    if found is None:
        raise ValueError(words)
    year = int(found[3])
    return date(_CENTURY + year - (100 if year >= _TURN else 0), int(found[2]), int(found[1]))


def _degrees(words: str, side: str, most: float) -> float:
    """`ddmm.mmmm` and its side as degrees."""
    whole, _dot, fraction = words.partition(".")
    found = _DEGREES.fullmatch(f"{whole}.{fraction or 0}")
    if found is None or side not in "NSEW" or len(side) != 1:
        raise ValueError(words)
    value = int(found[1]) + float(found[2]) / 60
    if value > most or float(found[2]) >= 60:
        raise ValueError(words)
    return round(-value if side in "SW" else value, 8)


def _number(words: str) -> float | None:
    if not words:
        return None
    value = float(words)
    if abs(value) > 1e6 or value != value:
        raise ValueError(words)
    return value


def moment(clock: time, day: date, near: int = 0) -> int:
    """The moment (UTC ms) of a time of day; with `near` (UTC ms), on the day that brings it nearest."""
    at = datetime.combine(day, clock)
    if near:
        days = (at + timedelta(days=n) for n in (-1, 0, 1))
        at = min(days, key=lambda one: abs(one.timestamp() * 1000 - near))
    return round(at.timestamp() * 1000)
