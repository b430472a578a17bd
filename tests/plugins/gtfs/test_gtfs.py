"""GTFS: stops, lines drawn by their shapes or through their stops, broken archives."""

import io
import zipfile
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from plugins.gtfs import reading
from tests.plugins.conftest import FEEDS, ReadSample, sample_of

TABLES = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\n1,Réseau fictif,http://r.example,Europe/Paris\n",
    "stops.txt": (
        "stop_id,stop_name,stop_lat,stop_lon,location_type\n"
        'A,"Gare, quai 1",48.85,2.35,0\nB,Mairie,48.86,2.36,\nC,Hors du globe,148.0,2.3,1\n'
        "D,Sans place,,,0\nE,Nœud,,,3\n"
    ),
    "routes.txt": (
        "route_id,route_short_name,route_long_name,route_type,route_color\n"
        "R1,1,Gare – Mairie,3,FF0000\nR2,2,Sans course,109,\n"
    ),
    "trips.txt": "route_id,service_id,trip_id,direction_id,shape_id\nR1,S,T1,0,F1\n",
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "T1,25:10:00,25:10:00,B,10\nT1,25:00:00,25:00:00,A,9\n"
    ),
    "shapes.txt": (
        "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n"
        "F1,48.86,2.36,10\nF1,48.855,2.357,9\nF1,48.85,2.35,2\n"
    ),
}


def archive(folder: str = "", encoding: str = "utf-8", **changed: str | None) -> bytes:
    """A small network; `stops=None` leaves a table out, `stops="…"` replaces it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in TABLES.items():
            words = changed.get(name.removesuffix(".txt"), content)
            if words is not None:
                target.writestr(folder + name, words.encode(encoding))
    return packed.getvalue()


def read(data: bytes, **options: str):
    found = reading.read(sample_of(data, "reseau.zip"), options)
    return found, list(found.records)


def test_stops_are_read_and_those_without_a_place_are_told(read_sample: ReadSample):
    found = read_sample(archive())
    assert found.plugin == "gtfs"
    assert [record.id for record in found.records] == ["A", "B", "C", "D", "E"]
    assert found.records[0].title == "Gare, quai 1"
    assert [r.geometry is not None for r in found.records] == [True, True, False, False, False]
    assert [problem.where for problem in found.reading.problems] == [
        "stops.txt, ligne 4", "stops.txt, ligne 5",
    ]  # fmt: skip
    assert found.reading.title == "Réseau fictif"
    assert [(part.value, part.count) for part in found.reading.parts] == [
        ("stops", 5),
        ("routes", 2),
    ]


def test_lines_follow_their_shapes_in_the_order_of_their_numbers():
    _found, (line, bare) = read(archive(), layer="routes")
    assert line.title == "Bus 1 – Gare – Mairie"
    assert line.properties["colour"] == "#FF0000"
    assert line.geometry["coordinates"] == [[2.35, 48.85], [2.357, 48.855], [2.36, 48.86]]
    assert bare.geometry is None
    assert bare.properties["kind"] == "train"


def test_lines_without_shapes_go_through_their_stops():
    _found, (line, _bare) = read(archive(shapes=None), layer="routes")
    assert line.geometry["coordinates"] == [[2.35, 48.85], [2.36, 48.86]]


@pytest.mark.parametrize(
    ("folder", "encoding"), [("reseau/", "utf-8"), ("", "utf-8-sig"), ("", "cp1252")]
)
def test_folders_marks_and_old_encodings_change_nothing(folder: str, encoding: str):
    found, records = read(archive(folder, encoding))
    assert records[4].title == "Nœud"
    assert found.title == "Réseau fictif"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"stops": None}, "stops.txt"),
        ({"stops": "identifiant,nom\n1,a\n"}, "stop_id"),
    ],
)
def test_a_broken_network_is_refused_in_one_sentence(changed: dict[str, str | None], words: str):
    with pytest.raises(Unreadable, match=words):
        read(archive(**changed))


def test_tables_under_odd_names_are_no_network():
    with pytest.raises(Unreadable, match=r"stops\.txt"):
        reading.read(sample_of(Path("gtfs/badgtfs.zip")), {})


def test_a_missing_table_is_told_and_the_rest_is_read():
    found, records = read(archive(agency=None))
    assert len(records) == 5
    assert "agency.txt" in [problem.where for problem in found.problems]


def test_a_real_network_is_read(read_sample: ReadSample):
    found = read_sample(Path("gtfs/frioul-if-express.zip"))
    assert len(found.records) == 9
    assert {record.title for record in found.records} >= {"Frioul"}
    (line,) = read_sample(Path("gtfs/frioul-if-express.zip"), layer="routes").records
    assert line.geometry["type"] == "MultiLineString"


@pytest.mark.skipif(not FEEDS.exists(), reason="the real samples are elsewhere")
def test_caltrain_has_its_31_stops_and_its_lines():
    sample = sample_of(FEEDS / "gtfs/caltrain_gtfs.zip")
    assert len(list(reading.read(sample, {}).records)) == 31
    assert len(list(reading.read(sample, {"layer": "routes"}).records)) == 3
