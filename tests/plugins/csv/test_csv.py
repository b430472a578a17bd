"""Tables in plain text, as French administrations and their software write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.plugin import Sample
from beffroi.sources.reading import read
from tests.plugins.conftest import FEEDS, ReadSample


def test_a_french_spreadsheet_is_read_as_it_was_meant(read_sample: ReadSample):
    found = read_sample(Path("csv/sites_jop_decimales_fr_cp1252.csv"))
    assert found.reading.encoding == "cp1252"
    records = list(found.records)
    assert len(records) == 42
    assert records[0].geometry == {"type": "Point", "coordinates": [2.3134, 48.8637]}
    assert records[0].properties["nom_site"] == "Pont Alexandre III"
    assert "arrivée" in str(records[0].properties["sports"])
    assert {"lon": "longitude", "lat": "latitude"}.items() <= found.reading.hints.items()


def rows(read_sample: ReadSample, text: str, **options: str) -> list:
    return list(read_sample(text, word="csv", **options).records)


PARIS = [2.3522, 48.8566]


@pytest.mark.parametrize(
    "table",
    [
        "nom;lat;lon\nA;48,8566;2,3522\n",
        "nom,latitude,longitude\nA,48.8566,2.3522\n",
        "nom\tlatitude\tlongitude\nA\t48.8566\t2.3522\n",
        "nom;Latitude (WGS84);Longitude (WGS84)\nA;48,8566°;2,3522°\n".replace("°", ""),
        "nom;x;y\nA;652469,12;6862035,5\n",
        "nom;coord_x;coord_y\nA;652 469,1;6 862 035,5\n",
        "nom;X_L93;Y_L93\nA;652469;6862035\n",
        "nom;geo_point_2d\nA;48.8566, 2.3522\n",
        "nom;coordonneesXY\nA;[2.3522, 48.8566]\n",
        "nom;position\nA;48,8566 2,3522\n",
        "nom;coordonnées\nA;48.8566°N 2.3522°E\n",
        "nom;lat;lon\rA;48,8566;2,3522\r",
        "nom;geom\nA;POINT (2.3522 48.8566)\n",
        'nom;wkt\nA;"SRID=2154;POINT(652469 6862035)"\n',
        "nom;the_geom\nA;0101000020E6100000A835CD3B4ED1024076E09C11A56D4840\n",
        'nom;geo_shape\nA;"{""type"":""Point"",""coordinates"":[2.3522,48.8566]}"\n',
        "nom;lat;lon\nA;48°51'23.8\"N;2°21'7.9\"E\n",
        "\ufeffsep=;\nnom;lat;lon\nA;48,8566;2,3522\n",
    ],
)
def test_a_place_is_found_however_it_is_written(read_sample: ReadSample, table: str):
    (record,) = rows(read_sample, table)
    assert record.geometry is not None
    assert record.geometry["coordinates"] == pytest.approx(PARIS, abs=1e-3)
    assert record.properties["nom"] == "A"


def test_shapes_are_not_repeated_among_the_fields(read_sample: ReadSample):
    (record,) = rows(read_sample, "nom;wkt\nA;POLYGON ((0 0, 1 0, 1 1, 0 0))\n")
    assert record.properties == {"nom": "A"}
    assert record.geometry["type"] == "Polygon"


def test_headers_may_begin_late(read_sample: ReadSample):
    table = (
        "Liste des sites\nÉdité le 26/07/2024;;\n;;\ncode;nom;lat;lon\n1;A;48,1;2,1\n2;B;48,2;2,2\n"
    )
    found = read_sample(table, word="csv")
    assert [record.properties["nom"] for record in found.records] == ["A", "B"]
    assert [p.where for p in found.reading.problems] == ["ligne 4"]


def test_the_line_of_headers_may_be_chosen(read_sample: ReadSample):
    records = rows(read_sample, "a;b\nc;d\n1;2\n", header="2")
    assert [record.properties for record in records] == [{"c": 1, "d": 2}]


def test_columns_that_are_codes_stay_words_and_numbers_become_numbers(read_sample: ReadSample):
    (one, two) = rows(
        read_sample, "cp;effectif;part;tel\n06000;1 200;12,5;0612345678\n75001;12;3;0712345678\n"
    )
    assert one.properties == {"cp": "06000", "effectif": 1200, "part": 12.5, "tel": "0612345678"}
    assert two.properties["cp"] == "75001"


def test_the_place_columns_and_the_system_may_be_chosen(read_sample: ReadSample):
    (record,) = rows(read_sample, "n;a;b\nA;652469;6862035\n", x="a", y="b", crs="EPSG:2154")
    assert record.geometry["coordinates"] == pytest.approx(PARIS, abs=1e-3)


def test_a_row_without_a_place_is_kept_and_a_bad_one_is_said(read_sample: ReadSample):
    found = read_sample(
        "nom;lat;lon\nA;48;2\nB;;\nC;abc;2\nD;48,5;2,5\nE;1;1\nF;2;2\nG;3;3\nH;4;4\nI;5;5\n",
        word="csv",
    )
    places = [record.geometry is not None for record in found.records]
    assert places == [True, False, False, True, True, True, True, True, True]
    assert [(p.where, p.lost) for p in found.reading.problems] == [("ligne 4", False)]


def test_the_order_of_a_pair_is_told_by_what_no_latitude_can_be(read_sample: ReadSample):
    (record,) = rows(read_sample, "n;position\nA;151.2, -33.8\n")
    assert record.geometry["coordinates"] == [151.2, -33.8]


def test_quoted_cells_may_hold_anything(read_sample: ReadSample):
    (record,) = rows(read_sample, 'nom;texte;lat;lon\nA;"deux\nlignes; ""citées""";48;2\n')
    assert record.properties["texte"] == 'deux\nlignes; "citées"'


def test_twin_and_missing_headers_are_told_apart(read_sample: ReadSample):
    (record,) = rows(read_sample, "nom;nom;;x1\nA;B;C;D\n")
    assert record.properties == {"nom": "A", "nom (2)": "B", "colonne 3": "C", "x1": "D"}


def test_cells_beyond_the_headers_are_said(read_sample: ReadSample):
    found = read_sample("a;b\n1;2;3\n4;5\n", word="csv")
    assert len(list(found.records)) == 2
    assert "surplus" in found.reading.problems[0].why


def test_one_bad_latitude_does_not_unplace_the_others(read_sample: ReadSample):
    found = read_sample("nom|lat|lon\nA|48.85|2.35\nB||\nC|abc|2\n")
    assert [record.geometry is not None for record in found.records] == [True, False, False]
    assert [problem.where for problem in found.reading.problems] == ["ligne 4"]


def test_a_place_in_degrees_minutes_and_seconds_is_read(read_sample: ReadSample):
    found = read_sample("Site;Coordonnées\nA;48°51'24\"N 2°21'08\"E\nB;48° 30′ N, 2° 30′ O\n")
    assert [record.geometry["coordinates"] for record in found.records] == [
        [pytest.approx(2.35222, abs=1e-5), pytest.approx(48.85667, abs=1e-5)],
        [-2.5, 48.5],
    ]


def test_latitudes_with_the_letter_of_their_hemisphere_are_read(read_sample: ReadSample):
    found = read_sample("Nom;Latitude;Longitude\nA;48,5 N;2.25 W\nB;N 48° 30,0';E 2° 15,0'\n")
    assert [record.geometry["coordinates"] for record in found.records] == [
        [-2.25, 48.5], [2.25, 48.5],
    ]  # fmt: skip


def test_words_are_no_table(read_sample: ReadSample):
    with pytest.raises(BeffroiError, match="non reconnu"):
        read_sample("Le pont est fermé.\nIl rouvrira demain, dit-on, vers midi.\nÀ suivre.\n")


@given(st.text(max_size=200))
def test_no_text_ever_breaks_the_reader(words: str):
    sample = Sample(data=words.encode("utf-8", "replace"), name="x.csv")
    try:
        list(read(sample, "csv").records)
    except BeffroiError:
        assert sample.kind not in {"text"} or '"' in words or not words.strip()


@pytest.mark.skipif(not FEEDS.is_dir(), reason="real samples are elsewhere")
@pytest.mark.parametrize(
    ("name", "read", "placed"),
    [
        ("dialog_aires_de_stockage.csv", 270, 0),
        ("sites_jop_decimales_fr_cp1252.csv", 42, 42),
        ("transport_covoiturage_latin1.csv", 60, 60),
        ("transport_covoiturage_utf8.csv", 37, 37),
        ("zfe_ids.csv", 43, 0),
    ],
)
def test_real_files_are_read_whole(read_sample: ReadSample, name: str, read: int, placed: int):
    records = list(read_sample(FEEDS / "csv" / name).records)
    assert len(records) == read
    assert sum(record.geometry is not None for record in records) == placed
