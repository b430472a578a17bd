"""MeteoAlarm: warnings in JSON, and the zones that they name."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from plugins.meteoalarm import reading
from tests.plugins.conftest import FEEDS, ReadSample, sample_of


def test_a_warning_is_one_record_with_its_translations(read_sample: ReadSample):
    found = read_sample(Path("meteoalarm/bosnia-herzegovina-3.json"))
    assert (found.plugin, len(found.records)) == ("meteoalarm", 3)
    first = found.records[0]
    assert first.properties["geocode_EMMA_ID"] == "BA003"
    assert first.properties["severity"] == 2
    assert first.properties["headline_bs"].startswith("Snijeg-led")
    assert found.reading.hints["join"] == "geocode_EMMA_ID"


def test_zones_are_drawn_by_their_code(read_sample: ReadSample):
    found = read_sample(Path("meteoalarm/zones-3.json"))
    assert len(found.records) == 3
    assert all(record.geometry is not None for record in found.records)
    assert found.reading.hints["join"] == "code"


def test_no_warning_today_is_no_error():
    assert list(reading.read(sample_of('{"warnings": []}'), {}).records) == []


def test_anything_else_is_refused():
    with pytest.raises(Unreadable, match="ni alerte ni zone"):
        reading.read(sample_of('{"a": 1}'), {})


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_real_samples_have_their_counts():
    assert (
        len(list(reading.read(sample_of(FEEDS / "meteoalarm/bosnia-herzegovina.json"), {}).records))
        == 22
    )
    zones = list(reading.read(sample_of(FEEDS / "meteoalarm/zones_emma_france.json"), {}).records)
    assert len(zones) == 98
    assert all(zone.geometry for zone in zones)
