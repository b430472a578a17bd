"""SIRI: situations, journeys, visits, vehicles and messages."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable, times
from plugins.siri import reading
from tests.plugins.conftest import FEEDS, ReadSample, sample_of


@pytest.mark.parametrize(
    ("file", "count", "located", "ended"),
    [
        ("sx.xml", 2, 1, ["S2"]),
        ("et-soap.xml", 2, 0, []),
        ("sm-lite.json", 1, 0, []),
        ("vm-gm.xml", 2, 1, ["BUS8", "M0"]),
        ("gm-lite.json", 1, 0, []),
    ],
)
def test_every_service_is_read(
    read_sample: ReadSample, file: str, count: int, located: int, ended: list[str]
):
    found = read_sample(Path("siri") / file)
    assert (found.plugin, found.reading.format) == ("siri", "siri")
    assert len(found.records) == count
    assert sum(record.geometry is not None for record in found.records) == located
    assert list(found.reading.ended) == ended


def test_a_situation_speaks_french_names_lines_and_stops_and_lasts(read_sample: ReadSample):
    fire, over = read_sample(Path("siri/sx.xml")).records
    assert fire.title == "Ligne fermée"
    assert fire.properties["description"] == "Incendie & fumées"
    assert fire.properties["summary_en"] == "Line closed"
    assert (fire.properties["lines"], fire.properties["stops"]) == ("L:1", "P:1, P:2")
    assert fire.properties["severity"] == 4
    assert fire.until == times.instant("2026-03-03T18:00:00+01:00")
    assert (over.properties["severity"], over.until) == (0, None)


def test_stops_are_placed_in_degrees_and_in_lambert_93(read_sample: ReadSample):
    fire, _over = read_sample(Path("siri/sx.xml")).records
    (degrees, lambert) = fire.geometry["coordinates"]
    assert degrees == [2.35, 48.85]
    assert lambert == pytest.approx([2.35224, 48.85658], abs=1e-4)


def test_a_journey_is_late_by_its_next_call(read_sample: ReadSample):
    late, cancelled = read_sample(Path("siri/et-soap.xml")).records
    assert late.title == "1 → Nord – +4\u00a0min"
    assert (late.properties["delay_s"], late.properties["delay_max_s"]) == (270, 270)
    assert (late.properties["next_stop"], late.properties["calls_cancelled"]) == ("Mairie", "Plage")
    assert late.id == "2026-03-02/J1"
    assert (cancelled.title, cancelled.properties["cancelled"]) == ("L:2 – supprimé", True)


def test_siri_lite_is_read_like_xml(read_sample: ReadSample):
    (visit,) = read_sample(Path("siri/sm-lite.json")).records
    assert visit.title == "RER fictif → Nord – +2\u00a0min"
    assert (visit.properties["stop"], visit.properties["stop_name"]) == ("P:1", "Gare")
    assert visit.properties["delay_s"] == 120


def test_a_vehicle_is_where_it_says_and_may_be_early(read_sample: ReadSample):
    found = read_sample(Path("siri/vm-gm.xml"))
    bus, message = found.records
    assert bus.geometry == {"type": "Point", "coordinates": [2.35, 48.85]}
    assert (bus.id, bus.properties["delay_s"], bus.properties["course"]) == ("BUS7", -120, 123.0)
    assert message.title == "Grève"
    assert message.properties["message"] == "Grève\nUn train sur deux toute la journée."
    assert not found.reading.snapshot


def test_an_error_of_the_service_is_said_in_one_sentence():
    fault = (
        "<S:Envelope xmlns:S='http://schemas.xmlsoap.org/soap/envelope/'"
        " xmlns:siri='http://www.siri.org.uk/siri'><S:Body><siri:ServiceDelivery>"
        "<siri:ErrorCondition><siri:OtherError><siri:ErrorText>Quota dépassé</siri:ErrorText>"
        "</siri:OtherError></siri:ErrorCondition></siri:ServiceDelivery></S:Body></S:Envelope>"
    )
    with pytest.raises(Unreadable, match="Quota dépassé"):
        reading.read(sample_of(fault), {})


def test_an_answer_with_nothing_new_is_no_error():
    empty = "<Siri xmlns='http://www.siri.org.uk/siri'><ServiceDelivery><ProducerRef>P</ProducerRef></ServiceDelivery></Siri>"
    assert list(reading.read(sample_of(empty), {}).records) == []


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_all_real_samples_are_read():
    counts = {
        file.name: len(list(reading.read(sample_of(file), {}).records))
        for file in FEEDS.glob("siri/*/*.*")
    }
    assert counts == {
        "SX_1010_first_message.xml": 1,
        "SX_1022_main_message.xml": 1,
        "exm_generalMessage_response.xml": 1,
        "exs_stopMonitoring_response.xml": 2,
        "ext_estimatedTimetable_response.xml": 2,
        "exv_vehicleMonitoring_response.xml": 2,
        "exx_situationExchangeResponse.xml": 2,  # one on public transport, one on a road
        "exx_situationExchange_response.xml": 2,
        "exx_situationExchange_road.xml": 1,
        "siri-et-from-bnr.xml.gz": 144,
        "general-message-idfm.xml": 2,
        "stopmonitoring-lite-delivery.json": 1,
        "stopmonitoring-response-soap.xml": 2,
    }


def test_words_that_only_a_publishing_action_shows_are_kept(read_sample: ReadSample):
    (found,) = read_sample(
        '<Siri xmlns="http://www.siri.org.uk/siri"><ServiceDelivery><PtSituationElement>'
        "<SituationNumber>12</SituationNumber><PublishingActions><PassengerInformationAction>"
        "<SummaryText>Manifestation</SummaryText><DescriptionText>Ligne 1 déviée</DescriptionText>"
        "</PassengerInformationAction></PublishingActions></PtSituationElement></ServiceDelivery></Siri>"
    ).records
    assert (found.title, found.properties["description"]) == ("Manifestation", "Ligne 1 déviée")
