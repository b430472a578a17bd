"""Near, inside and outside, measured on the ground anywhere on the globe."""

from collections.abc import Iterator
from pathlib import Path

import pyproj
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.layers.selecting import Reference, near, read
from beffroi.observations import Observations
from beffroi.plugin import Record

GEOD = pyproj.Geod(ellps="WGS84")
NOW = 1_721_930_400_000


@pytest.fixture
def observations(tmp_path: Path) -> Iterator[Observations]:
    kept = Observations(tmp_path / "observations.db", b"k" * 32)
    yield kept
    kept.close()


def at(name: str, lon: float, lat: float) -> Record:
    return Record(id=name, geometry={"type": "Point", "coordinates": [lon, lat]})


@given(st.floats(-170, 170), st.floats(-70, 70), st.floats(0, 360), st.floats(50, 20_000))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_distance_is_always_that_of_the_ground(
    observations: Observations, lon: float, lat: float, azimuth: float, metres: float
) -> None:
    east, north, _back = GEOD.fwd(lon, lat, azimuth, metres)
    observations.put("s", [at("a", east, north)], snapshot=True, now=NOW)
    reference = Reference(read([{"type": "Point", "coordinates": [lon, lat]}]))
    assert len(near(observations, "s", reference, "within", metres * 1.001)) == 1
    assert len(near(observations, "s", reference, "within", metres * 0.999)) == 0


def test_inside_a_perimeter_and_outside_of_it(observations: Observations) -> None:
    told = [at("in", 2.35, 48.86), at("out", 2.5, 48.86), at("edge", 2.3, 48.85)]
    observations.put("s", told, snapshot=True, now=NOW)
    ring = [[2.3, 48.8], [2.4, 48.8], [2.4, 48.9], [2.3, 48.9], [2.3, 48.8]]
    reference = Reference(read([{"type": "Polygon", "coordinates": [ring]}]))
    names = {one.rid: one.id for one in observations.features("s")}
    inside = near(observations, "s", reference, "inside")
    outside = near(observations, "s", reference, "outside")
    assert {names[int(rid)] for rid in inside.rids} == {"in", "edge"}
    assert {names[int(rid)] for rid in outside.rids} == {"out"}
    assert outside.metres[0] == pytest.approx(7_340, rel=0.01)
