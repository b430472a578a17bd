"""EDXL-DE envelopes: what they carry, and what they lack."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable, times
from plugins.edxl import reading
from tests.plugins.conftest import FEEDS, ReadSample, sample_of

ENVELOPE = """<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0">
<distributionID>D1</distributionID><senderID>a@b.example</senderID>
<dateTimeSent>2026-03-02T09:00:00+01:00</dateTimeSent><distributionStatus>{status}</distributionStatus>
<distributionType>{kind}</distributionType><combinedConfidentiality>U</combinedConfidentiality>
<distributionReference>D0,a@b.example,2026-03-01T09:00:00+01:00</distributionReference>
<targetArea><circle>48,2 0</circle></targetArea>{content}</EDXLDistribution>"""
ALERT = """<contentObject><xmlContent><embeddedXMLContent>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A1</identifier><sender>s</sender>
<sent>2026-03-02T09:00:00+01:00</sent><status>Actual</status><msgType>Alert</msgType>
<info><event>Crue</event></info></alert></embeddedXMLContent></xmlContent></contentObject>"""


def envelope(status="Actual", kind="Report", content="") -> str:
    return ENVELOPE.format(status=status, kind=kind, content=content)


def read(words: str):
    found = reading.read(sample_of(words), {})
    return found, list(found.records)


def test_an_alert_in_an_envelope_is_an_alert_with_the_envelope_around():
    _found, (record,) = read(envelope(content=ALERT))
    assert (record.id, record.title) == ("A1", "Crue")
    assert record.properties["distribution.distributionID"] == "D1"


def test_an_envelope_around_nothing_known_is_drawn_where_it_is_meant_for():
    _found, (record,) = read(
        envelope(
            content="<contentObject><contentDescription>Plan</contentDescription></contentObject>"
        )
    )
    assert (record.id, record.title) == ("D1", "Plan")
    assert record.geometry == {"type": "Point", "coordinates": [2, 48]}


def test_an_exercise_shows_on_everything_inside():
    _found, (record,) = read(envelope(status="Exercise", content=ALERT))
    assert record.title == "EXERCICE – Crue"


def test_a_cancellation_ends_the_distribution_that_it_names():
    found, _records = read(envelope(kind="Cancel"))
    assert list(found.ended) == ["D0"]
    found, _records = read(envelope())
    assert not found.ended


@pytest.mark.parametrize(
    ("file", "count", "located", "lacking"),
    [
        ("EDXL-DE_hub.json", 2, 0, "message.messageId"),
        ("EDXL-DE_hub.xml", 1, 0, "message.messageId"),
        ("sdisZ_to_samuA.xml", 1, 1, "message.messageId"),
        ("RC-EDA.json", 1, 1, ""),
        ("errors-in-RC-DE-and-content.json", 1, 0, "message.status"),
        ("multiple-errors-in-envelope.json", 1, 0, "distributionID"),
    ],
)
def test_messages_of_the_hub_are_read_and_what_they_lack_is_told(
    read_sample: ReadSample, file: str, count: int, located: int, lacking: str
):
    found = read_sample(Path("edxl") / file)
    assert found.plugin == "edxl"
    assert len(found.records) == count
    assert sum(record.geometry is not None for record in found.records) == located
    told = [problem.why for problem in found.reading.problems if "absent" in problem.why]
    assert bool(told) == bool(lacking)
    assert any(why.endswith(lacking) for why in told) or not lacking


def test_hospitals_of_have_are_read_where_they_are():
    words = """<have:HospitalStatus xmlns:have="urn:oasis:names:tc:emergency:EDXL:HAVE:1.0"
    xmlns:gml="http://www.opengis.net/gml"><have:Hospital><have:Organization><have:OrganizationInformation>
    <OrganizationID>H1</OrganizationID><OrganizationName>CHU fictif</OrganizationName>
    </have:OrganizationInformation><have:OrganizationGeoLocation><gml:Point><gml:pos>48.85 2.35</gml:pos>
    </gml:Point></have:OrganizationGeoLocation></have:Organization>
    <have:LastUpdateTime>2026-03-02T09:00:00+01:00</have:LastUpdateTime></have:Hospital></have:HospitalStatus>"""
    assert reading.recognise(sample_of(words)) > 0.9
    _found, (record,) = read(words)
    assert (record.id, record.title) == ("H1", "CHU fictif")
    assert record.geometry == {"type": "Point", "coordinates": [2.35, 48.85]}
    assert record.time == times.instant("2026-03-02T08:00:00Z")


def test_an_entity_is_refused_before_it_is_looked_at():
    with pytest.raises(Unreadable, match="entités"):
        read('<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + envelope())


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_each_message_that_the_hub_refuses_has_what_is_wrong_told():
    for file in sorted(FEEDS.glob("hub_sante/failing/EDXL-DE/*.json")):
        found = reading.read(sample_of(file), {})
        assert list(found.records), file.name
        assert found.problems, file.name
