"""Finding places by name, by address and by position, with the real file of names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.places import Place, Places
from beffroi.places.folding import fold

PLACES = Places()
NEAR_REUNION = (55.4, -21.0)


@pytest.fixture(scope="module")
def places() -> Places:
    PLACES.load()
    return PLACES


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("Stade de France", "Stade de France", "site"),
        ("stade de fr", "Stade de France", "site"),
        ("VÉLODROME marseille", "Stade de Marseille", "site"),
        ("teahupoo", "Teahupoo", "lieu"),
        ("st denis", "Saint-Denis", "commune"),
        ("SAINT-DENIS", "Saint-Denis", "commune"),
        ("ste maxime", "Sainte-Maxime", "commune"),
        ("93200", "Saint-Denis", "commune"),
        ("93066", "Saint-Denis", "commune"),
        ("lhay les roses", "L'Haÿ-les-Roses", "commune"),
        ("marseile", "Marseille", "commune"),
        ("par", "Paris", "commune"),
        ("paris 12", "Paris 12e Arrondissement", "commune"),
        ("gare bordeaux", "Bordeaux Saint-Jean", "gare"),
        ("lyon part dieu", "Lyon Part Dieu", "gare"),
        ("courtalain", "Courtalain - Saint-Pellerin", "gare"),
        ("hopital pitie", "Hôpital la Pitié Salpêtrière", "hôpital"),
        ("prefecture bobigny", "Préfecture · Bobigny", "préfecture"),
        ("CDG", "Charles de Gaulle International Airport", "aéroport"),
        ("mata utu", "Mata-Utu", "lieu"),
        ("fakarava", "Fakarava", "commune"),
        ("kerguelen", "Archipel des Kerguelen", "commune"),
        ("seine saint denis", "Seine-Saint-Denis", "département"),
        ("boulevard haussmann", "Boulevard Haussmann", "voie"),
    ],
)
def test_words_find_the_place_first(places: Places, typed: str, name: str, kind: str):
    found = places.search(typed)[0]
    assert (fold(found.name), found.kind) == (fold(name), kind)


def test_what_is_near_comes_first(places: Places):
    assert places.search("saint-denis", near=NEAR_REUNION)[0].code == "97411"
    assert places.search("saint-denis", near=(2.35, 48.9))[0].code == "93066"


def test_pasted_coordinates_are_a_place(places: Places):
    found = places.search("48,8566 2,3522")[0]
    assert found.kind == "coordonnées"
    assert found.geo_precision == "point"
    assert (found.lon, found.lat) == pytest.approx((2.3522, 48.8566))


def test_an_unknown_street_falls_back_to_its_commune_and_says_so(places: Places):
    found = places.locate("12 rue des Inconnus, Saint-Denis", near=(2.35, 48.9))
    assert found
    assert found.geo_precision == "commune"
    assert found.code == "93066"
    assert found.name == "12 rue des Inconnus, Saint-Denis"
    assert "centre de la commune" in found.detail


@pytest.mark.parametrize(
    ("typed", "precision", "lon", "lat"),
    [
        ("45 boulevard Haussmann, Paris", "street", 2.33, 48.873),
        ("45 bd haussmann paris", "street", 2.33, 48.873),
        ("3 bis avenue des Lilas 97400 Saint-Denis", "commune", 55.45, -20.93),
        ("rue du Port, Le Havre", "commune", 0.14, 49.50),
        ("8 chemin Vert 64000 Pau", "commune", -0.36, 43.31),
    ],
)
def test_an_address_is_placed_as_precisely_as_it_can_be(
    places: Places, typed: str, precision: str, lon: float, lat: float
):
    found = places.locate(typed)
    assert found
    assert found.geo_precision == precision
    assert (found.lon, found.lat) == pytest.approx((lon, lat), abs=0.06)


@pytest.mark.parametrize("typed", ["", " ", "x", "zzz qqq", "12 rue Bidule, Trifouilly", "???"])
def test_words_that_name_no_place_locate_none(places: Places, typed: str):
    assert places.locate(typed) is None


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (2.3522, 48.8566, "Paris 4e Arrondissement"),
        (2.36, 48.935, "Saint-Denis"),
        (-149.57, -17.535, "Papeete"),
        (7.75, 48.58, "Strasbourg"),
        (55.45, -20.9, "Saint-Denis"),
    ],
)
def test_a_position_is_in_its_commune(places: Places, lon: float, lat: float, name: str):
    found = places.nearest_commune(lon, lat)
    assert found
    assert found.name == name


@pytest.mark.parametrize("position", [(0.0, 0.0), (-30.0, 40.0), (400.0, 2.0), (2.0, float("nan"))])
def test_the_open_sea_is_in_no_commune(places: Places, position: tuple[float, float]):
    assert places.nearest_commune(*position) is None


def test_a_map_of_france_names_its_biggest_towns(places: Places):
    names = [place.name for place in places.labels((-6, 41, 10, 51.5), 40)]
    assert names[0] == "Paris"
    assert {"Marseille", "Lyon", "Toulouse", "Nantes", "Strasbourg"} <= set(names)
    assert not any("Arrondissement" in name for name in names)


def test_labels_are_spread_sorted_and_within_the_box(places: Places):
    box = (-155.0, -20.0, -145.0, -14.0)
    found = places.labels(box, 30)
    assert found
    assert all(-155 <= p.lon <= -145 and -20 <= p.lat <= -14 for p in found)
    sizes = [p.population for p in found]
    assert sizes == sorted(sizes, reverse=True)
    assert places.labels((10, 10, 10, 10), 5) == []


@pytest.mark.parametrize("box", [(160, -25, 215, -10), (160, -25, -145, -10)])
def test_a_view_across_180_degrees_names_both_sides(places: Places, box):
    names = {place.name for place in places.labels(box, 40)}
    assert "Fidji" in names
    assert {"Nouvelle-Calédonie", "Polynésie française", "Wallis-et-Futuna"} <= names


def test_a_missing_file_of_names_is_a_sentence(tmp_path: Path):
    with pytest.raises(BeffroiError, match="répertoire des lieux"):
        Places(tmp_path).search("Paris")
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "gazetteer" / "places.bin.gz").write_bytes(b"\x1f\x8bnope")
    with pytest.raises(BeffroiError, match="réinstallez"):
        Places(tmp_path).locate("Paris")


@given(st.text(max_size=60))
def test_no_words_break_the_search(typed: str):
    assert all(isinstance(place, Place) for place in PLACES.search(typed, 3))
    PLACES.locate(typed)
