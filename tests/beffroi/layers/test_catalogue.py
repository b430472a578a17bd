"""What ships: every layer opens, names its owner, fits its budget and stays on its side of 180°."""

import gzip
import json
from functools import cache
from itertools import pairwise

import pytest
import shapely
from shapely.geometry import shape

from beffroi import resources
from beffroi.layers import LayerSpec, catalogue, commune_files, groups, path

BUDGET = 3 * 1024 * 1024
WHOLE_BUDGET = 20 * 1024 * 1024
SPECS = {spec.id: spec for spec in catalogue()}
DRAWN = [spec for spec in catalogue() if spec.kind != "communes"]
OVERSEAS = {
    "Basse-Terre": (-61.7, 16.03),
    "Fort-de-France": (-61.03, 14.65),
    "Cayenne": (-52.5, 4.6),
    "Saint-Denis de La Réunion": (55.5, -21.1),
    "Mamoudzou": (45.16, -12.82),
    "Nouméa": (165.5, -21.5),
    "Papeete": (-149.4, -17.65),
    "Nuku Hiva": (-140.1, -8.87),
    "Wallis": (-176.16, -13.29),
    "Saint-Pierre-et-Miquelon": (-56.33, 47.05),
    "Saint-Martin": (-63.05, 18.09),
    "Kerguelen": (69.5, -49.4),
}


@cache
def features(name: str) -> list[dict]:
    data = gzip.decompress((resources.root() / "layers" / name).read_bytes())
    return json.loads(data)["features"]


def lines(geometry: dict):
    match geometry["type"]:
        case "Point":
            yield [geometry["coordinates"]]
        case "LineString" | "MultiPoint":
            yield geometry["coordinates"]
        case "MultiLineString" | "Polygon":
            yield from geometry["coordinates"]
        case "MultiPolygon":
            for polygon in geometry["coordinates"]:
                yield from polygon


@pytest.mark.parametrize("spec", DRAWN, ids=lambda spec: spec.id)
def test_a_layer_has_things_to_draw_within_its_budget(spec: LayerSpec):
    assert features(spec.file)
    assert path(spec).stat().st_size <= BUDGET


@pytest.mark.parametrize("spec", [s for s in DRAWN if s.far], ids=lambda spec: spec.id)
def test_a_heavy_layer_has_a_lighter_drawing_of_the_same_named_things(spec: LayerSpec):
    far, near = features(spec.far), features(spec.file)
    if spec.group != "basemap":
        assert [f["properties"] for f in far] == [f["properties"] for f in near]
    assert sum(len(line) for f in far for line in lines(f["geometry"])) < sum(
        len(line) for f in near for line in lines(f["geometry"])
    )


@pytest.mark.parametrize("spec", DRAWN, ids=lambda spec: spec.id)
def test_no_line_of_a_layer_crosses_the_planet(spec: LayerSpec):
    for feature in features(spec.file):
        for line in lines(feature["geometry"]):
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in line)
            assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(line)), feature["properties"]


@pytest.mark.parametrize("spec", DRAWN, ids=lambda spec: spec.id)
def test_coordinates_have_no_more_than_five_decimals(spec: LayerSpec):
    for feature in features(spec.file)[:50]:
        for line in lines(feature["geometry"]):
            assert all(round(v, 5) == v for position in line for v in position)


@pytest.mark.parametrize("spec", catalogue(), ids=lambda spec: spec.id)
def test_a_layer_says_whose_it_is_in_both_languages(spec: LayerSpec):
    assert spec.attribution
    assert spec.licence
    assert spec.title_fr
    assert spec.title_en
    assert spec.group in {group.id for group in groups()}
    listed = (resources.root() / "ATTRIBUTIONS.md").read_text(encoding="utf-8")
    assert f"layers/{spec.file.replace('index.json', '*')}" in listed


@pytest.mark.parametrize("spec", catalogue(), ids=lambda spec: spec.id)
def test_the_icon_of_a_layer_is_there(spec: LayerSpec):
    if icon := spec.style.get("icon"):
        assert (resources.root() / "icons" / "theme" / f"{icon}.svg").is_file()


def test_things_that_can_be_hovered_have_a_name():
    for spec in DRAWN:
        if spec.group != "basemap":
            assert all(f["properties"].get("name") for f in features(spec.file)), spec.id


def test_everything_together_fits_in_twenty_megabytes():
    files = [*(resources.root() / "layers").rglob("*.gz"), *resources.root().glob("gazetteer/*")]
    assert sum(file.stat().st_size for file in files) <= WHOLE_BUDGET


def test_the_games_have_their_63_sites_and_dated_perimeters():
    assert len(features(SPECS["jop_sites"].file)) == 63
    perimeters = features(SPECS["jop_perimetres"].file)
    assert len(perimeters) > 870
    for perimeter in perimeters:
        held = perimeter["properties"]
        assert 1_720_000_000_000 < held["date_debut"] <= held["date_fin"] < 1_727_000_000_000
        assert held["type"] in {"Rouge", "Bleu", "Blanc", "Gris"}


def test_france_is_whole_with_its_overseas_territories():
    departements = features(SPECS["departements"].file)
    assert len(departements) == 108
    assert len(features(SPECS["zones_defense"].file)) == 12
    land = shapely.STRtree([shape(f["geometry"]) for f in features(SPECS["basemap_land"].file)])
    for name, position in OVERSEAS.items():
        assert land.query(shapely.Point(position), predicate="within").size, name


def test_neighbouring_departements_leave_no_gap():
    parts = [shape(f["geometry"]) for f in features(SPECS["departements"].file)]
    mainland = [p for p in parts if p.bounds[0] > -6 and p.bounds[2] < 10 and p.bounds[1] > 40]
    union = shapely.unary_union(mainland)
    holes = [shapely.Polygon(h) for part in shapely.get_parts(union) for h in part.interiors]
    real = shapely.MultiPoint([(5.1, 43.46), (1.98, 42.465)])  # étang de Berre, Llívia (Spain)
    assert all(hole.intersects(real) for hole in holes)


@pytest.mark.parametrize("code", ["75", "93", "2A", "974", "976"])
def test_the_communes_of_a_departement_lie_in_the_box_of_the_index(code: str):
    entry = next(item for item in commune_files() if item.code == code)
    west, south, east, north = shapely.total_bounds(
        [shape(f["geometry"]) for f in features(entry.file)]
    )
    assert entry.box == pytest.approx((west, south, east, north), abs=1e-3)
    assert all(f["properties"]["code"].startswith(code) for f in features(entry.file))


def test_a_source_that_forbids_it_never_ships():
    listed = (resources.root() / "ATTRIBUTIONS.md").read_text(encoding="utf-8").lower()
    for forbidden in ("ntis", "atak", "manifs", "opencare", "titres de presse"):
        assert forbidden not in listed
