"""Vigilance: colours, phenomena and hours in words; départements by their codes."""

import io
import zipfile
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable, times
from plugins.vigilance import reading
from tests.plugins.conftest import DATA, ReadSample, sample_of

MAP = Path("vigilance/CDP_CARTE_EXTERNE-extrait-J.json")
OLD = Path("vigilance/NXFR33_LFPW_2018-03-18.xml")


def test_the_map_gives_each_domain_its_colour_and_why(read_sample: ReadSample):
    found = read_sample(MAP)
    assert (found.plugin, len(found.records)) == ("vigilance", 6)
    brittany = {record.id: record for record in found.records}["J:35"]
    assert brittany.title == "Ille-et-Vilaine\u00a0: vigilance orange orages"
    assert brittany.properties["departement"] == "35"
    assert (brittany.properties["severity"], brittany.properties["colour"]) == (3, "orange")
    assert brittany.properties["timeline"] == (
        "orages\u00a0: jaune 14\u00a0h-20\u00a0h, orange 20\u00a0h-00\u00a0h"
    )
    assert brittany.properties["vent violent"] == "vert"
    assert brittany.time == times.instant("2026-08-26T04:00:00Z")
    assert brittany.until == times.instant("2026-08-26T22:00:00Z")


def test_the_country_is_no_departement(read_sample: ReadSample):
    country = {record.id: record for record in read_sample(MAP).records}["J:FRA"]
    assert "departement" not in country.properties
    assert country.properties["place"] == "France"


def test_the_older_map_has_its_123_entries_highest_first(read_sample: ReadSample):
    found = read_sample(OLD)
    assert len(found.records) == 123
    assert len({record.id for record in found.records}) == 123
    by_id = {record.id: record for record in found.records}
    assert by_id["32"].title == "Gers\u00a0: vigilance rouge orages"
    assert by_id["32"].properties["severity"] == 4
    assert by_id["27"].properties["colour"] == "orange"
    assert (by_id["27#2"].properties["colour"], by_id["27#2"].properties["phenomenon"]) == (
        "jaune",
        "crues",
    )
    assert by_id["2910"].properties["departement"] == "29"
    assert by_id["2910"].properties["coast"] is True
    assert by_id["32"].time == times.instant("2018-03-18T16:00:00+01:00")


def test_the_archive_of_the_older_map_is_opened(read_sample: ReadSample):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.write(DATA / OLD, "NXFR33_LFPW_.xml")
        target.writestr("vigilance_controle.txt", "1 2 vigilance.zip")
    assert len(read_sample(packed.getvalue()).records) == 123


def test_texts_are_read():
    words = (
        '{"product": {"warning_type": "vigilance", "update_time": "2026-08-26T04:00:28Z",'
        '"text_bloc_items": [{"type_code": "BULLETIN", "bloc_title": "Suivi", "domain_id": "35",'
        '"domain_name": "Ille-et-Vilaine", "bloc_id": "1", "bloc_items": [{"text_items": [{"term_items":'
        '[{"risk_name": "Orange", "subdivision_text": [{"text": ["Orages violents.", "Prudence."]}]}]}]}]}]}}'
    )
    sample = sample_of(words)
    assert reading.recognise(sample) > 0.9
    (record,) = reading.read(sample, {}).records
    assert record.title == "Suivi – Ille-et-Vilaine"
    assert record.properties["text"] == "Orages violents.\nPrudence."
    assert record.properties["risk"] == "Orange"


def test_an_empty_map_is_refused():
    with pytest.raises(Unreadable, match="vide"):
        reading.read(sample_of('{"product": {"periods": []}}'), {})
