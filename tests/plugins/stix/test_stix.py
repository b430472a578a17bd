"""What is known of cyber threats."""

import json
from pathlib import Path

import pytest

from tests.plugins.conftest import FEEDS, ReadSample

AMBER = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"
STRICT = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
OURS = "marking-definition--11111111-1111-4111-8111-111111111111"


def bundle(*objects: dict[str, object]) -> str:
    return json.dumps({"type": "bundle", "id": "bundle--1", "objects": list(objects)})


def indicator(**told: object) -> dict[str, object]:
    return {"type": "indicator", "id": "indicator--1", "spec_version": "2.1", "name": "C2", **told}


def test_a_bundle_is_told_object_by_object(read_sample: ReadSample):
    read = read_sample(Path("stix/infrastructure.json"))
    assert (read.reading.format, len(read.records)) == ("stix", 10)
    assert "Poison Ivy C2 controls Poison Ivy" in {record.title for record in read.records}
    assert {record.geometry for record in read.records} == {None}


def test_an_indicator_is_valid_as_long_as_it_says(read_sample: ReadSample):
    told = indicator(valid_from="2024-07-26T12:00:00Z", valid_until="2024-07-27T12:00:00Z")
    [record] = read_sample(bundle(told)).records
    assert (record.time, record.until) == (1_721_995_200_000, 1_722_081_600_000)
    assert record.properties["kind"] == "indicateur"


def test_the_strictest_light_wins_and_other_conditions_are_told(read_sample: ReadSample):
    ours = {"type": "marking-definition", "id": OURS, "definition": {"statement": "© CERT-FR"}}
    told = indicator(object_marking_refs=[AMBER, STRICT, OURS])
    record = read_sample(bundle(told, ours)).records[0]
    assert record.properties["tlp"] == "TLP:AMBER+STRICT"
    assert record.properties["conditions"] == "© CERT-FR"


def test_what_is_revoked_is_ended(read_sample: ReadSample):
    assert read_sample(bundle(indicator(revoked=True))).reading.ended == ["indicator--1"]


def test_a_place_is_drawn(read_sample: ReadSample):
    told = {
        "type": "location",
        "id": "location--1",
        "latitude": 48.9,
        "longitude": 2.3,
        "name": "Paris",
    }
    [record] = read_sample(bundle(told)).records
    assert record.geometry == {"type": "Point", "coordinates": [2.3, 48.9]}


def test_an_envelope_of_taxii_and_a_lone_object_are_read(read_sample: ReadSample):
    for document in ({"more": False, "objects": [indicator()]}, indicator(), [indicator()]):
        read = read_sample(json.dumps(document))
        assert (read.plugin, len(read.records)) == ("stix", 1)


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
def test_a_large_report_is_read_whole(read_sample: ReadSample):
    assert len(read_sample(FEEDS / "stix" / "apt1.json").records) == 76
