"""Made-up entries around French cities, overseas included, from a fixed seed."""

from dataclasses import dataclass

import numpy as np

from beffroi.ids import rid_at
from beffroi.logbook.entry import Content, Entry, Lifecycle, Qualification
from beffroi.logbook.point_columns import EARTH_RADIUS, PointColumns

CITIES = (
    (2.35, 48.86, 8.0), (4.83, 45.76, 2.0), (5.37, 43.30, 2.0), (1.44, 43.60, 1.0),
    (3.06, 50.63, 1.0), (-0.58, 44.84, 1.0), (-1.55, 47.22, 1.0), (7.75, 48.58, 1.0),
    (7.26, 43.70, 1.0), (-61.55, 16.24, 0.3), (55.45, -20.88, 0.3), (-149.57, -17.53, 0.3),
    (166.45, -22.27, 0.3), (-176.20, -13.28, 0.1), (-52.30, 4.90, 0.2),
)  # fmt: skip
START = 1_721_900_000_000
PERIOD = 10 * 86_400_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """Columns as `Points` keeps them, and more entries to come."""

    columns: PointColumns
    lon: np.ndarray
    lat: np.ndarray

    def entry(self, number: int) -> Entry:
        """A new entry, later than all others, near the middle of France."""
        rid = rid_at(START + PERIOD + number * 1000)
        content = Content(
            text="Un de plus", gravity=2, tags=("TRA.FERRE",), lon=2.0 + number * 0.05, lat=47.0
        )
        return Entry(
            rid=rid, uid=f"banc-{number}", journal="MC", number=number + 1, label="", version=1,
            entered_time=START + PERIOD, qualified_time=None, author="banc", post="Carto",
            station="", lifecycle=Lifecycle.PUBLISHED, qualification=Qualification.RAW,
            content=content,
        )  # fmt: skip


def crowd(size: int) -> Crowd:
    """`size` entries over ten days."""
    chance = np.random.default_rng(2024)
    weights = np.array([city[2] for city in CITIES])
    city = chance.choice(len(CITIES), size, p=weights / weights.sum())
    spread = chance.choice([0.2, 1.0, 3.0], size)
    lon = np.array([c[0] for c in CITIES])[city] + chance.normal(0, 0.25, size) * spread
    lat = np.array([c[1] for c in CITIES])[city] + chance.normal(0, 0.18, size) * spread
    t = START + np.arange(size, dtype=np.int64) * PERIOD // size
    columns = PointColumns(
        x=np.radians(lon) * EARTH_RADIUS,
        y=np.arcsinh(np.tan(np.radians(lat))) * EARTH_RADIUS,
        rid=rid_at(START) + np.arange(size, dtype=np.int64) * 4 * (PERIOD // size),
        t=t,
        theme=chance.integers(0, 17, size).astype(np.uint8),
        gravity=chance.choice(5, size, p=[0.5, 0.3, 0.14, 0.05, 0.01]).astype(np.uint8),
        flags=(chance.random(size) < 0.02).astype(np.uint8),
    )
    return Crowd(columns, lon, lat)
