"""CAP alerts: what they say, where, in which language, and what they end."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable, times
from plugins.cap import reading
from tests.plugins.conftest import FEEDS, ReadSample, sample_of

ALERT = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A2</identifier>
<sender>a@b.example</sender><sent>2026-03-02T09:00:00+01:00</sent><status>{status}</status>
<msgType>{kind}</msgType><scope>Public</scope>{references}
<info><category>Met</category><event>Crue</event><urgency>Immediate</urgency>
<severity>Extreme</severity><certainty>Observed</certainty>{info}
<area><areaDesc>Ici</areaDesc>{area}</area></info></alert>"""


def alert(status="Actual", kind="Alert", references="", info="", area="") -> str:
    return ALERT.format(status=status, kind=kind, references=references, info=info, area=area)


def records(words: str):
    found = reading.read(sample_of(words), {})
    return found, list(found.records)


@pytest.mark.parametrize(
    ("file", "count", "located"),
    [
        ("canada.cap", 2, 1),
        ("australia.cap", 2, 2),
        ("earthquake-iso8859-1.cap", 1, 1),
        ("invalid.cap", 1, 0),
        ("noaa_errors.cap", 1, 1),
        ("weather.cap", 1, 0),
    ],
)
def test_each_information_of_an_alert_is_a_record(
    read_sample: ReadSample, file: str, count: int, located: int
):
    found = read_sample(Path("cap") / file)
    assert found.plugin == "cap"
    assert len(found.records) == count
    assert sum(record.geometry is not None for record in found.records) == located


def test_a_polygon_is_latitude_first_and_a_circle_is_in_kilometres():
    _found, (record,) = records(alert(area="<polygon>48,2 49,2 49,3 48,2</polygon>"))
    assert record.geometry == {
        "type": "Polygon",
        "coordinates": [[[2, 48], [2, 49], [3, 49], [2, 48]]],
    }
    _found, (record,) = records(alert(area="<circle>48,2 10</circle>"))
    norths = [lat for _lon, lat in record.geometry["coordinates"][0]]
    assert max(norths) - min(norths) == pytest.approx(20 / 111.2, abs=0.001)
    _found, (record,) = records(alert(area="<circle>48,2 0</circle>"))
    assert record.geometry == {"type": "Point", "coordinates": [2, 48]}


def test_shapes_that_cannot_be_drawn_are_told_and_the_alert_is_kept():
    found, (record,) = records(
        alert(area="<polygon>48,2 49,2 49</polygon><circle>148,2 3</circle><polygon/>")
    )
    assert record.geometry is None
    assert record.title == "Crue"
    assert len(found.problems) == 2
    assert not any(problem.lost for problem in found.problems)


def test_the_french_words_are_shown_and_the_others_are_kept(read_sample: ReadSample):
    french, english = read_sample(Path("cap/canada.cap")).records
    assert french.title == "veille d'orages violents"
    assert french.properties["headline_en"] == "severe thunderstorm watch"
    assert french.properties["geocode_layer:EC-MSC-SMC:1.0:CLC"] == "041420, 041410"
    assert english.title == "severe thunderstorm watch"
    assert english.geometry is None
    assert english.properties["translation_of"] == french.id


def test_an_update_ends_what_it_names_and_a_cancellation_is_over_at_once():
    references = "<references>a@b.example,A1,2026-03-02T08:00:00+01:00</references>"
    found, (record,) = records(alert(kind="Update", references=references))
    assert list(found.ended) == ["A1"]
    assert record.until is None
    found, (record,) = records(alert(kind="Cancel", references=references))
    assert list(found.ended) == ["A1"]
    assert record.until == times.instant("2026-03-02T09:00:00+01:00")
    found, _records = records(alert(references=references))
    assert not found.ended
    assert not found.snapshot


@pytest.mark.parametrize(
    ("status", "title"),
    [("Actual", "Crue"), ("Exercise", "EXERCICE – Crue"), ("Test", "ESSAI – Crue")],
)
def test_nobody_takes_an_exercise_for_an_alert(status: str, title: str):
    _found, (record,) = records(alert(status=status))
    assert record.title == title
    assert record.properties["status"] == status


def test_severity_is_on_the_common_scale_and_in_the_words_of_the_source():
    _found, (record,) = records(alert())
    assert record.properties["severity"] == 4
    assert record.properties["severity_said"] == "Extreme"


def test_it_applies_from_its_onset_until_it_expires():
    _found, (record,) = records(
        alert(
            info="<onset>2026-03-02T12:00:00+01:00</onset>"
            "<expires>2026-03-02T18:00:00+01:00</expires>"
        )
    )
    assert record.time == times.instant("2026-03-02T11:00:00Z")
    assert record.until == times.instant("2026-03-02T17:00:00Z")


def test_alerts_are_found_without_namespace_in_an_envelope_or_in_a_list():
    bare = alert().replace(' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', "")
    assert reading.recognise(sample_of(bare)) > 0.5
    soap = f"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>{alert()}</s:Body></s:Envelope>"
    assert reading.recognise(sample_of(soap)) == 0.9
    assert len(records(soap)[1]) == 1
    assert len(records(f"<alerts>{alert()}{alert()}</alerts>")[1]) == 2


def test_old_bytes_are_read_in_their_own_encoding(read_sample: ReadSample):
    (record,) = read_sample(Path("cap/earthquake-iso8859-1.cap")).records
    assert "Usulután" in record.title


def test_what_the_standard_requires_and_an_alert_lacks_is_told(read_sample: ReadSample):
    found = read_sample(Path("cap/invalid.cap"))
    assert [problem.why for problem in found.reading.problems] == [
        "champ obligatoire absent\u00a0: scope"
    ]


def test_a_document_without_an_alert_is_refused():
    with pytest.raises(Unreadable, match="aucune alerte"):
        reading.read(sample_of("<alert/>"), {})


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_all_real_samples_are_read():
    counts = {
        file.name: len(list(reading.read(sample_of(file), {}).records))
        for file in FEEDS.glob("cap/*.cap")
    }
    assert counts.pop("canada.cap") == counts.pop("australia.cap") == 2
    assert len(counts) == 8
    assert set(counts.values()) == {1}


def test_an_alert_in_json_is_read_as_one_in_xml(read_sample: ReadSample):
    found = read_sample(Path("cap/alerte.json"))
    assert (found.plugin, found.reading.format) == ("cap", "cap")
    (record,) = found.records
    assert (record.id, record.title) == ("FR-1", "Accident")
    assert record.geometry["coordinates"][0][0] == [2.3, 48.8]
