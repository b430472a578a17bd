"""NeTEx: stops in degrees or in Lambert-93, lines, archives, documents larger than memory."""

import io
import zipfile
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from plugins.netex import reading
from tests.plugins.conftest import DATA, FEEDS, ReadSample, sample_of

FILE = Path("netex/arrets.xml")


def test_stops_and_quays_are_read_nested_or_not(read_sample: ReadSample):
    found = read_sample(FILE)
    assert (found.plugin, found.reading.title) == ("netex", "FICTIF")
    by_id = {record.id: record for record in found.records}
    assert set(by_id) == {"SP:1", "Q:1", "Q:2", "Q:3"}
    assert by_id["SP:1"].geometry == {"type": "Point", "coordinates": [2.35, 48.85]}
    assert by_id["SP:1"].properties["town"] == "Paris"
    assert by_id["Q:1"].geometry["coordinates"] == pytest.approx([2.35224, 48.85658], abs=1e-4)
    assert by_id["Q:1"].properties["parent"] == by_id["Q:2"].properties["parent"] == "SP:1"


def test_places_that_cannot_be_are_told(read_sample: ReadSample):
    found = read_sample(FILE)
    assert {problem.where: problem.why for problem in found.reading.problems} == {
        "Q:2": "coordonnée non numérique",
        "Q:3": "système de coordonnées inconnu",
    }


def test_lines_are_read_when_asked(read_sample: ReadSample):
    found = read_sample(FILE, layer="lines")
    (line,) = found.records
    assert line.title == "1 – Gare – Plage"
    assert (line.properties["colour"], line.properties["OperatorRef"]) == ("#ff6633", "O:1")
    assert [(p.value, p.count) for p in found.reading.parts] == [("stops", 4), ("lines", 1)]


def test_an_archive_is_one_network(read_sample: ReadSample):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in ("a/arrets.xml", "a/encore.xml"):
            target.write(DATA / FILE, name)
    found = read_sample(packed.getvalue())
    assert found.plugin == "netex"
    assert len(found.records) == 4


def test_entities_and_broken_documents_are_refused():
    head = b'<!DOCTYPE a [<!ENTITY x "y">]>'
    with pytest.raises(Unreadable, match="entités"):
        reading.read(sample_of(head + (DATA / FILE).read_bytes()), {})
    with pytest.raises(Unreadable, match="mal formé"):
        reading.read(sample_of((DATA / FILE).read_bytes()[:-60]), {})
    with pytest.raises(Unreadable, match="ni arrêt ni ligne"):
        reading.read(sample_of('<PublicationDelivery xmlns="http://www.netex.org.uk/netex"/>'), {})


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_the_ferries_of_finistere_have_14_stops_and_23_lines():
    sample = sample_of(FEEDS / "netex/netex_pabmar.zip")
    found = reading.read(sample, {})
    assert sum(record.geometry is not None for record in found.records) == 14
    assert [part.count for part in found.parts] == [14, 23]
