"""Where the things of a source are: all of them, or the many when a few lie far away."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.kit.shared import Box

MANY = 0.8
"""The share of the things that is enough to show when the others lie far away."""
_FAR_LON, _FAR_LAT = 15.0, 10.0
"""So many degrees from the middle are far: from Paris, what lies beyond the neighbours of France."""


def extent(
    lons: NDArray[np.float64] | Sequence[float], lats: NDArray[np.float64] | Sequence[float]
) -> Box | None:
    """West, south, east, north of these points in degrees, None without any.

    Forty sites of which one is in Tahiti show France; earthquakes of the world show the world.
    """
    lon, lat = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
    known = np.isfinite(lon) & np.isfinite(lat)
    lon, lat = lon[known], lat[known]
    if not len(lon):
        return None
    near = (np.abs(lon - np.median(lon)) <= _FAR_LON) & (np.abs(lat - np.median(lat)) <= _FAR_LAT)
    if near.mean() >= MANY:
        lon, lat = lon[near], lat[near]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())
