"""DATEX II and CIFS: situations, orders, signs and measures of roads."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable, times
from plugins.datex2 import reading
from tests.plugins.conftest import DATA, FEEDS, ReadSample, sample_of


@pytest.mark.parametrize(
    ("file", "count", "located", "ended"),
    [
        ("bison-fute-evenementiel-extrait-accident.xml", 1, 1, []),
        ("situations-v2.xml", 3, 3, ["OVER"]),
        ("situation-v3.json", 1, 1, []),
        ("arretes-v3.xml", 2, 2, ["A-2"]),
        ("cifs.xml", 3, 2, []),
        ("vms-v2.xml", 2, 0, []),
        ("mesures-v2.xml", 1, 0, []),
    ],
)
def test_every_publication_is_read(
    read_sample: ReadSample, file: str, count: int, located: int, ended: list[str]
):
    found = read_sample(Path("datex2") / file)
    assert (found.plugin, found.reading.format) == ("datex2", "datex2")
    assert len(found.records) == count
    assert sum(record.geometry is not None for record in found.records) == located
    assert list(found.reading.ended) == ended


def test_a_situation_says_what_is_still_true_of_it(read_sample: ReadSample):
    """Bison Futé without a namespace, in SOAP: the accident is over, the alternate way is not."""
    (record,) = read_sample(Path("datex2/bison-fute-evenementiel-extrait-accident.xml")).records
    assert record.title == "Circulation alternée – N94"
    assert record.geometry == {"type": "Point", "coordinates": [6.329858, 44.53094]}
    assert record.properties["severity"] == 2
    assert record.properties["severity_said"] == "medium"
    assert (record.properties["records"], record.properties["records_over"]) == (2, 1)
    assert record.properties["town"] == "Prunières"
    assert record.time == times.instant("2026-08-30T18:27:45.141+02:00")
    assert record.until is None


def test_a_situation_all_of_whose_records_are_over_has_ended(read_sample: ReadSample):
    found = read_sample(Path("datex2/situations-v2.xml"))
    over = found.records[2]
    assert over.title == "Carambolage"
    assert list(found.reading.ended) == [over.id]
    assert not found.reading.snapshot


def test_each_way_of_telling_a_place_is_drawn_the_most_exact_first(read_sample: ReadSample):
    openlr, tpeg, listed = read_sample(Path("datex2/situations-v2.xml")).records
    assert openlr.geometry == {"type": "LineString", "coordinates": [[2.3, 48.8], [2.34, 48.82]]}
    assert tpeg.geometry == {"type": "LineString", "coordinates": [[1.44, 43.6], [1.46, 43.62]]}
    assert listed.geometry == {"type": "MultiPoint", "coordinates": [[4.0, 45.0], [4.1, 45.1]]}


def test_the_french_comment_is_shown(read_sample: ReadSample):
    jam = read_sample(Path("datex2/situations-v2.xml")).records[0]
    assert jam.properties["comment"] == "Bouchon de 3 km"
    assert jam.title == "File d’attente"
    assert jam.properties["severity"] == 4
    assert jam.until == times.instant("2026-03-02T10:00:00+01:00")


def test_version_3_in_json_is_read_alike(read_sample: ReadSample):
    (record,) = read_sample(Path("datex2/situation-v3.json")).records
    assert record.id == "V3"
    assert record.title == "Accident de poids lourds"
    assert record.geometry == {"type": "Point", "coordinates": [4.5, 45.5]}
    assert (record.properties["type"], record.properties["severity"]) == ("Accident", 3)


def test_an_order_has_its_dates_days_and_line_latitude_first(read_sample: ReadSample):
    market, works = read_sample(Path("datex2/arretes-v3.xml")).records
    assert market.title == "Marché du dimanche"
    assert market.geometry["coordinates"] == [[-1.944703, 47.366334], [-1.94021, 47.370631]]
    assert market.properties["days"] == "sunday"
    assert market.properties["hours"] == "06:00-12:00"
    assert market.properties["restriction"] == "accès interdit"
    assert market.time == times.instant("2026-03-01T06:00:00Z")
    assert works.geometry["coordinates"] == [[2.34, 48.91], [2.35, 48.92]]


def test_an_incident_without_a_readable_line_is_kept_and_told(read_sample: ReadSample):
    found = read_sample(Path("datex2/cifs.xml"))
    assert [r.geometry and r.geometry["type"] for r in found.records] == [
        "LineString",
        "Point",
        None,
    ]
    assert [p.where for p in found.reading.problems] == ["C-3"]


def test_a_sign_shows_its_lines_and_whether_it_works(read_sample: ReadSample):
    shown, dark = read_sample(Path("datex2/vms-v2.xml")).records
    assert (shown.id, shown.title) == ("PMV1", "BOUCHON / A 3 KM")
    assert (dark.id, dark.properties["working"]) == ("PMV2", "false")


def test_measures_leave_faulty_sensors_out_of_their_mean(read_sample: ReadSample):
    (site,) = read_sample(Path("datex2/mesures-v2.xml")).records
    assert site.properties["speed_kmh"] == 80.0
    assert site.properties["flow_veh_h.3"] == 120.0
    assert "speed_kmh.2" not in site.properties


def test_what_publishes_nothing_is_refused():
    with pytest.raises(Unreadable, match="aucune publication"):
        reading.read(sample_of('<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0"/>'), {})


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_all_real_samples_are_read():
    counts = {
        file.name: len(list(reading.read(sample_of(file), {}).records))
        for file in FEEDS.glob("datex2/**/*.*")
        if file.suffix != ".md" and file.is_file()
    }
    assert counts.pop("cifs-incidents.xml") == 7
    assert counts.pop("get-regulations-expected-result.xml") == 6
    assert counts.pop("MIDAS_Loop_Traffic_Data_3793828281116175.xml.gz") == 108
    assert counts.pop("VMS_and_Matrix_Signal_Status_Data_3794936172555171.xml") == 5
    assert len(counts) == 15
    assert set(counts.values()) == {1}


def test_the_name_of_a_measuring_site_keeps_its_points(read_sample: ReadSample):
    words = (DATA / "datex2" / "mesures-v2.xml").read_text()
    first = read_sample(words).records[0]
    dotted = read_sample(words.replace(f'"{first.id}"', '"MW75.E1"')).records[0]
    assert dotted.title.startswith("MW75.E1 – ")
    assert dotted.title.endswith(" km/h")
