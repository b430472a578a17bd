"""One event as both forms tell it (XML, protobuf): what, who, when, where, and its detail."""

import math
from dataclasses import dataclass
from typing import Any

UNKNOWN = 9_999_999.0
"""What the standard writes for a height or an error that is not known."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Times are UTC ms, heights and errors metres (None: unknown), `detail` an lxml element or None."""

    uid: str
    type: str
    how: str = ""
    access: str = ""
    time: int | None = None
    start: int | None = None
    stale: int | None = None
    lat: float | None = None
    lon: float | None = None
    hae: float | None = None
    ce: float | None = None
    le: float | None = None
    detail: Any = None

    @property
    def place(self) -> tuple[float, float] | None:
        """Longitude and latitude; None when there is no fix: zeros whose error nobody knows."""
        if self.lat is None or self.lon is None:
            return None
        if self.lat == 0 and self.lon == 0 and self.ce is None:
            return None
        return self.lon, self.lat


def measured(value: float | str | None, most: float = UNKNOWN) -> float | None:
    """A measure below `most`, or None for what is missing, no number, or the standard's “unknown”."""
    try:
        number = float(value) if value is not None else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < most else None
