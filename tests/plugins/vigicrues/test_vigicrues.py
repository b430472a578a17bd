"""Vigicrues: stretches of rivers in Lambert-93 or in degrees, with their level."""

import json
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from plugins.vigicrues import reading
from tests.plugins.conftest import ReadSample, sample_of


def document(level: object, coordinates: object, **more: object) -> str:
    return json.dumps({
        "type": "FeatureCollection", "RefInfoVigiCru": "1", "DtHrInfoVigiCru": "2026-08-25T13:55:59+00:00",
        "features": [{"type": "Feature", "geometry": {"type": "LineString", "coordinates": coordinates},
                      "properties": {"CdEntCru": "T1", "lbentcru": "Seine", "NivInfViCr": level}}], **more,
    })  # fmt: skip


def test_real_stretches_are_read(read_sample: ReadSample):
    found = read_sample(Path("vigicrues/InfoVigiCru-extrait.geojson"))
    assert (found.plugin, len(found.records)) == ("vigicrues", 2)
    assert found.records[0].title == "Golo aval\u00a0: vigilance verte"
    assert found.records[0].geometry["type"] == "MultiLineString"
    assert found.reading.crs == "EPSG:4326"


@pytest.mark.parametrize(
    "more", [{}, {"crs": {"type": "name", "properties": {"name": "EPSG:2154"}}}]
)
def test_lambert_93_is_recognised_declared_or_not(more: dict[str, object]):
    words = document(3, [[652469.02, 6862035.26], [652500.0, 6862100.0]], **more)
    found = reading.read(sample_of(words), {})
    (record,) = found.records
    assert found.crs == "EPSG:2154"
    assert record.geometry["coordinates"][0] == pytest.approx([2.35224, 48.85658], abs=1e-4)
    assert (record.properties["severity"], record.properties["colour"]) == (3, "orange")


@pytest.mark.parametrize(("level", "severity"), [(1, 0), ("2", 2), (4, 4), (9, None), (None, None)])
def test_levels_are_on_the_common_scale(level: object, severity: int | None):
    (record,) = reading.read(sample_of(document(level, [[2, 48], [2, 49]])), {}).records
    assert record.properties.get("severity") == severity


def test_a_shape_that_cannot_be_drawn_is_told_and_the_level_is_kept():
    found = reading.read(sample_of(document(4, [[2, 48], [2, 148]])), {})
    (record,) = found.records
    assert (record.geometry, record.properties["severity"]) == (None, 4)
    assert len(found.problems) == 1


def test_no_stretch_is_refused():
    with pytest.raises(Unreadable, match="aucun tronçon"):
        reading.read(
            sample_of('{"type": "FeatureCollection", "RefInfoVigiCru": "1", "features": []}'), {}
        )
