"""Large collections are read by columns: faster, and not otherwise."""

import json
from typing import Any

import pytest

from beffroi.plugin.columns import Columns
from plugins.geojson import bulk
from tests.plugins.conftest import ReadSample

ODD: list[Any] = [
    {"type": "Point", "coordinates": [2.35, 48.85, 120]},
    {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]},
    {"type": "LineString", "coordinates": [[166.4, -22.3], [-176.2, -13.3]]},
    {"type": "MultiPoint", "coordinates": [[1, 1], [2, 2]]},
    {"type": "Point", "coordinates": [200, 10]},
    {"type": "Point", "coordinates": ["a", "b"]},
    {"type": "Point", "coordinates": []},
    {"type": "Truc"},
    None,
]
FIELDS: list[Any] = [
    {"nom": "Élysée", "n": 1, "ok": True, "x": None},
    {"nom": "a\x07b", "n": 2.5, "imbriqué": {"a": [1, 2]}},
    {"nom": "w" * 5_000, "n": 10**30},
    None,
]


def collection(**members: object) -> bytes:
    features = [
        {"type": "Feature", "id": n, "geometry": shape, "properties": FIELDS[n % len(FIELDS)]}
        for n, shape in enumerate(ODD * 4)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def test_both_ways_of_reading_give_the_same_records(
    read_sample: ReadSample, monkeypatch: pytest.MonkeyPatch
):
    slow = read_sample(collection(), word="geojson")
    monkeypatch.setattr(bulk, "LARGE", 1)
    fast = read_sample(collection(), word="geojson")
    assert isinstance(fast.records, Columns)
    assert not isinstance(slow.records, Columns)
    for one, other in zip(slow.records, fast.records, strict=True):
        assert (one.id, one.properties) == (other.id, other.properties)
        assert json.loads(json.dumps(one.geometry)) == other.geometry
    assert sum(p.count for p in slow.reading.problems) == sum(
        p.count for p in fast.reading.problems
    )


def test_a_large_file_in_lambert_93_is_brought_to_longitude_and_latitude(
    read_sample: ReadSample, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bulk, "LARGE", 1)
    feature = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Point", "coordinates": [652469, 6862035]},
    }
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    document = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}).encode()
    (record,) = read_sample(document).records
    assert record.geometry is not None
    assert record.geometry["coordinates"] == pytest.approx([2.3522, 48.8566], abs=1e-4)
