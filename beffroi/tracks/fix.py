"""One position of one moving thing, as its source told it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from beffroi.layers.shapes import Position

MOST_WORDS = 120


class Fix(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where `track` was at `time` (UTC ms).

    `stale` is when its source no longer vouches for it (UTC ms, 0 when it did not say: CoT does).
    `speed` is m/s, `course` degrees from true north, `ce` the 1-sigma circular error in metres.
    """

    track: str
    time: int
    lon: float
    lat: float
    stale: int = 0
    callsign: str = ""
    type: str = ""
    speed: float | None = None
    course: float | None = None
    ce: float | None = None
    alt: float | None = None
    source: str = ""

    @property
    def at(self) -> Position:
        """Longitude and latitude."""
        return self.lon, self.lat


def fix_of(
    track: str,
    *,
    lon: float,
    lat: float,
    time: int,
    until: int | None = None,
    properties: Mapping[str, Any] | None = None,
    title: str = "",
    source: str = "",
) -> Fix:
    """The fix that an observation tells: CoT, NMEA, AIS and ADS-B name their fields alike.

    What a field does not hold as a finite number is left out, never guessed.
    """
    told = properties or {}
    word = told.get("callsign") or title
    return Fix(
        track=track, time=time, lon=lon, lat=lat, stale=until or 0, source=source,
        callsign=str(word or "")[:MOST_WORDS], type=str(told.get("type") or "")[:MOST_WORDS],
        speed=_number(told, "speed"), course=_number(told, "course"), ce=_number(told, "ce"),
        alt=_number(told, "hae", "altitude", "alt"),
    )  # fmt: skip


def _number(told: Mapping[str, Any], *names: str) -> float | None:
    for name in names:
        value = told.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9:
            return float(value)
    return None
