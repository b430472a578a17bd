"""PRIM: disruptions with their lines and hours of Paris; Navitia's reports; empty snapshots."""

import json
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable, times
from plugins.prim import reading
from tests.plugins.conftest import FEEDS, ReadSample, sample_of


def test_a_real_snapshot_is_read(read_sample: ReadSample):
    found = read_sample(Path("prim/20240503120001_disruptions.optimized.json"))
    assert (found.plugin, len(found.records)) == ("prim", 10)
    assert {record.properties["severity"] for record in found.records} == {0, 2, 3}
    assert all("<" not in str(record.properties["message"]) for record in found.records)
    assert any(record.properties.get("lines") for record in found.records)


def disruptions(lines: object = None, **fields: object) -> str:
    told = {
        "id": "d1", "title": "Métro 1", "message": "<p>Trafic&nbsp;interrompu<br>jusqu&#39;à 8h</p>",
        "severity": "BLOQUANTE", "cause": "PERTURBATION", "tags": None,
        "applicationPeriods": [{"begin": "20240503T060000", "end": "20240503T080000"}], **fields,
    }  # fmt: skip
    return json.dumps(
        {"disruptions": [told], "lines": lines, "lastUpdatedDate": "2024-05-03T04:00:00Z"}
    )


def read(words: str):
    return list(reading.read(sample_of(words), {}).records)


def test_hours_without_a_zone_are_those_of_paris_and_html_becomes_words():
    (record,) = read(disruptions())
    assert record.time == times.instant("2024-05-03T04:00:00Z")
    assert record.until == times.instant("2024-05-03T06:00:00Z")
    assert record.properties["message"] == "Trafic interrompu\njusqu'à 8h"
    assert (record.properties["severity"], record.properties["severity_said"]) == (3, "BLOQUANTE")


def test_lines_are_named_and_may_be_null():
    line = {
        "id": "l",
        "shortName": "1",
        "mode": "Metro",
        "impactedObjects": [{"disruptionIds": ["d1"]}],
    }
    (record,) = read(disruptions([line]))
    assert record.properties["lines"] == "Métro 1"
    assert "lines" not in read(disruptions(None))[0].properties


def test_several_periods_last_from_the_first_to_the_last():
    periods = [
        {"begin": "20240504T060000", "end": "20240504T080000"},
        {"begin": "20240503T060000", "end": "20240503T080000"},
    ]
    (record,) = read(disruptions(applicationPeriods=periods))
    assert record.time == times.instant("2024-05-03T04:00:00Z")
    assert record.until == times.instant("2024-05-04T06:00:00Z")


def test_reports_of_navitia_are_read_alike():
    words = json.dumps({
        "disruptions": [{
            "id": "n1", "status": "active", "application_periods": [{"begin": "20240503T060000", "end": "20240503T080000"}],
            "severity": {"name": "trafic interrompu", "effect": "NO_SERVICE"},
            "messages": [{"text": "<b>Titre</b>", "channel": {"types": ["title"]}},
                         {"text": "<p>Le détail, plus long</p>", "channel": {"types": ["web"]}}],
            "impacted_objects": [{"pt_object": {"id": "line:1", "name": "RER A"}}],
        }],
        "context": {"timezone": "Europe/Paris"},
    })  # fmt: skip
    assert reading.recognise(sample_of(words)) > 0.9
    (record,) = read(words)
    assert record.title == "Titre"
    assert (record.properties["lines"], record.properties["severity"]) == ("RER A", 3)
    assert record.properties["message"] == "Le détail, plus long"


def test_lines_alone_are_read():
    words = json.dumps(
        {"lines": [{"id": "line:1", "code": "T9", "commercial_mode": {"name": "Tramway"}}]}
    )
    assert reading.recognise(sample_of(words)) > 0.8
    assert [record.title for record in read(words)] == ["Tramway T9"]


def test_an_interrupted_snapshot_is_refused():
    with pytest.raises(Unreadable, match="vide"):
        reading.read(sample_of(b""), {})
    with pytest.raises(Unreadable, match="ni perturbation ni ligne"):
        reading.read(sample_of("{}"), {})


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_real_snapshots_have_their_disruptions():
    files = sorted(FEEDS.glob("prim_disruptions/*.json"))
    assert [len(read(file.read_text())) for file in files] == [15, 13, 14, 10, 10, 57]


def test_what_nothing_disrupts_is_read_for_what_it_is(read_sample: ReadSample):
    stops = [{"id": "a", "name": "Gare du Nord", "coord": {"lon": "2.355", "lat": "48.88"}}]
    found = read_sample(json.dumps({"stop_areas": stops, "disruptions": [], "links": []}))
    assert (found.plugin, len(found.records)) == ("json", 1)
    assert found.records[0].geometry["coordinates"] == [2.355, 48.88]
    lines = [{"id": "line:1", "name": "Métro 1", "commercial_mode": {"name": "Métro"}}]
    found = read_sample(json.dumps({"lines": lines, "disruptions": []}))
    assert (found.plugin, len(found.records)) == ("prim", 1)
    found = read_sample(json.dumps({"disruptions": [], "lines": [], "lastUpdatedDate": "x"}))
    assert (found.plugin, len(found.records)) == ("prim", 0)
