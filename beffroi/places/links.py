"""Reads positions inside what people paste: geo: addresses, map links, WKT points."""

import re

from beffroi.places.reading import Reading, on_globe

_N = r"([+-]?\d{1,3}(?:\.\d+)?)"
_LAT_LON = (
    re.compile(rf"geo:{_N},{_N}", re.IGNORECASE),
    re.compile(rf"[?&](?:q|ll|query|center|daddr|destination)=(?:loc:)?{_N}(?:,|%2C){_N}"),
    re.compile(rf"/@{_N},{_N}"),
    re.compile(rf"#map=\d{{1,2}}(?:\.\d+)?/{_N}/{_N}"),
    re.compile(rf"[?&]mlat={_N}&mlon={_N}"),
)
_LON_LAT = (
    re.compile(rf"POINT\s*Z?\s*\(\s*{_N}\s+{_N}", re.IGNORECASE),
    re.compile(rf'"coordinates"\s*:\s*\[\s*{_N}\s*,\s*{_N}'),
)


def read(text: str) -> list[Reading]:
    """The position that a link or a line of data carries; nothing is fetched."""
    for patterns, lat_first in ((_LAT_LON, True), (_LON_LAT, False)):
        for pattern in patterns:
            if found := pattern.search(text):
                first, second = float(found[1]), float(found[2])
                lon, lat = (second, first) if lat_first else (first, second)
                return [Reading(lon, lat, "dd")] if on_globe(lon, lat) else []
    return []
