"""A straight road east of Teahupo’o, and something that moves along it."""

from collections.abc import Sequence

from beffroi.layers.drawing.geodesic import reach
from beffroi.layers.shapes import Position
from beffroi.tracks.fix import Fix
from beffroi.tracks.following import Following
from beffroi.tracks.route import Route
from beffroi.tracks.rules import Setup
from beffroi.tracks.scene import Scene, SensitivePoint, Zone

START: Position = (-149.27, -17.85)
BEGUN = 1_718_296_200_000
"""13 June 2024, 16:30 UTC: 06:30 in Tahiti."""
FLAME = "FLAMME"


def at(metres: float, beside: float = 0.0) -> Position:
    """A position so far along the road, and so far beside it."""
    place = reach(START, metres, 90)
    return reach(place, beside, 180) if beside else place


ROAD = Route([at(n * 500) for n in range(7)])


def fix(seconds: float, metres: float, beside: float = 0.0, **more: object) -> Fix:
    lon, lat = at(metres, beside)
    return Fix(track=FLAME, time=BEGUN + round(seconds * 1000), lon=lon, lat=lat, **more)


def square(uid: str, start_m: float, end_m: float) -> Zone:
    ring = [at(start_m, 100), at(end_m, 100), at(end_m, -100), at(start_m, -100)]
    return Zone(uid, f"Zone {uid}", ring)


def scene(*, points: Sequence[float] = (), zones: Sequence[Zone] = ()) -> Scene:
    found = [SensitivePoint(f"p{n}", f"Point {n}", at(m, 20)) for n, m in enumerate(points)]
    return Scene(route=ROAD, points=found, zones=zones)


def followed(setup: Setup | None = None, around: Scene | None = None) -> Following:
    following = Following()
    following.set_up([(setup or Setup(track=FLAME), around or scene())])
    return following


def drive(following: Following, fixes: Sequence[Fix]) -> None:
    """Fixes that come as they are made, one by one."""
    for one in fixes:
        following.take([one], one.time)


def ringing(following: Following, now: int) -> list[str]:
    return sorted(alert.kind for alert in following.alerts(now, waiting=True))
