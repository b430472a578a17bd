"""Messages of the Hub Santé and EMSI: cases, means, positions; nothing on persons."""

import json
from pathlib import Path

import pytest

from plugins.hub_sante import reading
from tests.plugins.conftest import FEEDS, ReadSample, sample_of


@pytest.mark.parametrize("suffix", ["json", "xml"])
@pytest.mark.parametrize(
    ("file", "count", "located", "title"),
    [
        ("EMSI-Complet-DC-RDC-OPG-message", 8, 5, "Incident sur voix cyclable"),
        ("CU2_Geolocation_03", 1, 1, "Position – fr.health.samu760.resource.VLM25"),
        (
            "RC-EDA_Incendie_RaymondeLECCIA.01", 1, 1,
            "Affaire – Incendie - Bâtiment d'habitation – Guichen",
        ),
        ("RC-RI_Incendie_RaymondeLECCIA.02", 1, 1, "Moyen engagé – VSR-Rea3"),
    ],
)  # fmt: skip
def test_json_and_xml_tell_the_same(
    read_sample: ReadSample, file: str, count: int, located: int, title: str, suffix: str
):
    found = read_sample(Path("hub-sante") / f"{file}.{suffix}")
    assert found.plugin == "hub-sante"
    assert len(found.records) == count
    assert sum(record.geometry is not None for record in found.records) == located
    assert found.records[0].title == title


def test_an_event_of_emsi_has_its_missions_and_its_means(read_sample: ReadSample):
    found = read_sample(Path("hub-sante/EMSI-Complet-DC-RDC-OPG-message.xml"))
    event, *others = found.records
    assert found.reading.format == "emsi"
    assert (event.properties["severity"], event.properties["SCALE"]) == (1, "2")
    assert event.geometry == {"type": "Point", "coordinates": [4.830608, 45.760169]}
    assert [record.properties["kind"] for record in others] == ["mission"] * 5 + ["moyen"] * 2
    assert {record.properties["event"] for record in others} == {event.id}


EMSI = {
    "emsi": {
        "CONTEXT": {"ID": "c", "MODE": "{mode}", "MSGTYPE": "{kind}", "CREATION": "2026-03-02T09:00:00+01:00"},
        "EVENT": {
            "ID": "e", "NAME": "Feu", "STATUS": "{status}", "SCALE": "5",
            "EGEO": [{"POSITION": {"TYPE": "{shape}", "COORD": [
                {"LAT": 48.0, "LONG": 2.0}, {"LAT": 48.1, "LONG": 2.0}, {"LAT": 48.1, "LONG": 2.1}]}}],
        },
    }
}  # fmt: skip


def emsi(mode="ACTUAL", kind="UPDATE", status="IPR", shape="POINT"):
    words = json.dumps(EMSI)
    for name, value in {"mode": mode, "kind": kind, "status": status, "shape": shape}.items():
        words = words.replace(f"{{{name}}}", value)
    found = reading.read(sample_of(words), {})
    return found, list(found.records)


@pytest.mark.parametrize(
    ("shape", "kind"), [("POINT", "MultiPoint"), ("CURVE", "LineString"), ("POLYGON", "Polygon")]
)
def test_an_event_is_drawn_as_it_says(shape: str, kind: str):
    _found, (event,) = emsi(shape=shape)
    assert event.geometry["type"] == kind


def test_an_event_that_is_over_is_ended():
    assert not emsi()[0].ended
    assert list(emsi(kind="CANCEL")[0].ended) == ["e"]
    assert list(emsi(status="COM")[0].ended) == ["e"]


def test_an_exercise_shows():
    assert emsi(mode="EXERCS")[1][0].title == "EXERCICE – Feu"


def test_nothing_on_persons_is_kept_and_that_is_told(read_sample: ReadSample):
    found = read_sample(Path("hub-sante/RC-EDA_Incendie_RaymondeLECCIA.01.json"))
    said = str(found.records[0])
    for word in ("Christine", "Michel", "33608310965", "Raymonde", "LECCIA"):
        assert word not in said
    assert "Guichen" in said
    assert any("données de personnes" in problem.why for problem in found.reading.problems)


def test_an_update_of_a_case_bears_the_id_of_the_case(read_sample: ReadSample):
    found = read_sample(Path("hub-sante/RS-EDA-MAJ_FuiteDeGaz_AliceGregoireNormand.07.json"))
    (record,) = found.records
    assert record.id == "fr.health.samu440.DRFR154402413800236"
    assert (record.properties["severity"], record.properties["severity_said"]) == (3, "P1")
    assert not found.reading.snapshot


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("doesnt-pass-regex-validation.xml", "valeur non admise\u00a0: emailField"),
        ("unknown-property.xml", "champ inconnu\u00a0: unknownField"),
    ],
)
def test_what_the_hub_would_refuse_is_told(read_sample: ReadSample, file: str, why: str):
    found = read_sample(Path("hub-sante") / file)
    assert why in [problem.why for problem in found.reading.problems]


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_every_example_of_the_hub_says_the_same_in_json_and_in_xml():
    files = sorted(FEEDS.glob("hub_sante/examples/*/*.json"))
    for file in files:
        told = [
            list(reading.read(sample_of(f), {}).records) for f in (file, file.with_suffix(".xml"))
        ]
        assert [r.id for r in told[0]] == [r.id for r in told[1]], file.name
        assert [r.geometry for r in told[0]] == [r.geometry for r in told[1]], file.name
        assert told[0], file.name
    assert len(files) > 70


def test_emsi_as_the_standard_writes_it_is_read(read_sample: ReadSample):
    found = read_sample(Path("hub-sante/iso22351.xml"))
    assert found.reading.format == "emsi"
    (event,) = found.records
    assert (event.title, event.geometry["coordinates"]) == ("Feu", [2.35, 48.85])
