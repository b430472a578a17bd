"""Orders that regulate traffic."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from tests.plugins.conftest import FEEDS, ReadSample


def test_an_order_is_valid_as_long_as_its_place_is_occupied(read_sample: ReadSample):
    closed, alternate = read_sample(Path("arretes/litteralis.json")).records
    assert closed.title == "Circulation interdite – D911 du PR 4+0800 au PR 5+0200"
    assert closed.geometry is not None
    assert closed.geometry["type"] == "LineString"
    assert (closed.time, closed.until) == (1_773_100_800_000, 1_773_273_600_000)
    assert (alternate.geometry, alternate.until) == (None, 1_773_964_800_000)


def test_who_asked_for_the_order_is_not_kept(read_sample: ReadSample):
    assert "MARTIN" not in str(read_sample(Path("arretes/litteralis.json")).records)


def test_reports_call_them_what_they_come_in(read_sample: ReadSample):
    words = {
        name: read_sample(Path(f"arretes/{name}.json")).reading.format
        for name in ("litteralis", "eudonet")
    }
    assert words == {"litteralis": "geojson", "eudonet": "json"}


def test_the_fields_of_a_register_bear_their_labels(read_sample: ReadSample):
    [record] = read_sample(Path("arretes/eudonet.json")).records
    assert (record.id, record.title) == ("2700/1", "40-47 Boulevard d’Exemple")
    assert record.properties["Porte sur"] == "Une zone"
    assert record.properties["table"] == "Localisation"
    assert "Libellé voie début" not in record.properties, "it is empty"


def test_a_register_that_fails_is_said_in_its_words(read_sample: ReadSample):
    failed = (
        '{"ResultInfos": {"Success": false, "ErrorMessage": "Jeton expiré"}, "ResultData": null}'
    )
    with pytest.raises(Unreadable, match="Jeton expiré"):
        read_sample(failed)


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
@pytest.mark.parametrize(
    ("name", "count"),
    [("litteralis_savoie_communication_sample.json", 4), ("eudonet_paris.2700.mock.json", 2)],
)
def test_real_answers_are_read_whole(read_sample: ReadSample, name: str, count: int):
    assert len(read_sample(FEEDS / "arretes_circulation" / name).records) == count
