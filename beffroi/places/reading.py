"""One way of understanding coordinates that somebody typed or pasted."""

import math
from dataclasses import dataclass

SYSTEMS = ("dd", "dms", "ddm", "utm", "mgrs", "l93")


@dataclass(frozen=True)
class Reading:
    """A position in WGS 84, the system it was written in and how to show it."""

    lon: float
    lat: float
    system: str
    label: str = ""


def on_globe(lon: float, lat: float) -> bool:
    """Whether both numbers are a longitude and a latitude."""
    return math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90
