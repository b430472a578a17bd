"""A drawing goes out in the formats of others, and comes back as it was."""

from pathlib import Path

import pytest
from lxml import etree

from beffroi.errors import BeffroiError
from beffroi.exchange.drawings import export_drawing, shapes_in
from beffroi.journal import Identity
from beffroi.layers.shapes import Shape, fields_of
from beffroi.node import Node

SQUARE = ((2.0, 48.0), (2.1, 48.0), (2.1, 48.1), (2.0, 48.1))
HOLE = ((2.02, 48.02), (2.04, 48.02), (2.04, 48.04))


def drawn(layer: str) -> list[Shape]:
    return [
        Shape(layer=layer, kind="area", points=SQUARE, holes=(HOLE,), label="Zone <A> & B",
              colour="#c81e1e", planned=True, since=1_721_980_800_000, until=1_721_984_400_000),
        Shape(layer=layer, kind="circle", points=SQUARE[:1], radius_m=1500.0, label="500 m",
              notes="Bouclage\nseconde ligne"),
        Shape(layer=layer, kind="sector", points=SQUARE[:1], radius_m=900.0, from_deg=350.0,
              to_deg=40.0),
        Shape(layer=layer, kind="arrow", points=SQUARE[:3], size="l"),
        Shape(layer=layer, kind="symbol", points=SQUARE[1:2], symbol="sitac:pma", label="PMA 1"),
        Shape(layer=layer, kind="text", points=SQUARE[2:3], label="=cmd|' /C calc'!A0"),
    ]  # fmt: skip


@pytest.fixture
def layer(node: Node, who: Identity) -> str:
    made = node.sheets.put("layer", {"title": "SITAC", "kind": "drawing"}, who)
    node.sheets.put_all(
        "shape", {f"s{at}": fields_of(s) for at, s in enumerate(drawn(made.uid))}, who
    )
    return made.uid


@pytest.mark.parametrize("suffix", [".geojson", ".kml", ".gpkg"])
def test_a_drawing_comes_back_as_it_went(
    node: Node, who: Identity, layer: str, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"sitac{suffix}"
    assert export_drawing(node, layer, path, who) == 6
    back = shapes_in(path, layer)
    assert back.lost == 0
    assert set(back.shapes) == set(drawn(layer))


@pytest.mark.parametrize("suffix", [".geojson", ".kml", ".gpkg", ".gpx"])
def test_what_crosses_the_date_line_is_written_on_both_of_its_sides(
    node: Node, who: Identity, tmp_path: Path, suffix: str
) -> None:
    layer = node.sheets.put("layer", {"title": "Fidji", "kind": "drawing"}, who).uid
    crossing = [
        Shape(layer=layer, kind="area", points=((179, -17), (181, -17), (181, -16), (179, -16))),
        Shape(layer=layer, kind="line", points=((179.5, -17), (180.5, -17))),
        Shape(layer=layer, kind="circle", points=((179.99, -17.0),), radius_m=5_000),
        Shape(layer=layer, kind="point", points=((181.5, -17),)),
    ]
    fields = {f"d{at}": fields_of(shape) for at, shape in enumerate(crossing)}
    node.sheets.put_all("shape", fields, who)
    path = tmp_path / f"fidji{suffix}"
    export_drawing(node, layer, path, who)
    back = shapes_in(path, layer)
    assert back.lost == 0
    lons = [lon for shape in back.shapes for lon, _lat in shape.points]
    assert all(abs(lon) <= 180 for lon in lons)
    for shape in back.shapes:
        sides = [lon for lon, _lat in shape.points]
        assert max(sides) - min(sides) < 2, "no line runs around the world"
    if suffix != ".gpx":
        assert sum(shape.kind == "circle" for shape in back.shapes) == 1
    assert pytest.approx(-178.5) in lons


def test_a_gps_receives_points_and_tracks(
    node: Node, who: Identity, layer: str, tmp_path: Path
) -> None:
    path = tmp_path / "sitac.gpx"
    export_drawing(node, layer, path, who)
    root = etree.parse(path).getroot()
    assert len(root.findall("{*}wpt")) == 2
    assert len(root.findall("{*}trk")) == 4
    assert {shape.kind for shape in shapes_in(path, layer).shapes} == {"point", "line"}


@pytest.mark.parametrize("suffix", [".geojson", ".kml", ".gpx", ".gpkg"])
def test_every_file_says_its_marking(
    node: Node, who: Identity, layer: str, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"sitac{suffix}"
    export_drawing(node, layer, path, who)
    assert b"Claire Marchand" in path.read_bytes()


def test_what_is_not_ours_becomes_points_lines_and_zones(tmp_path: Path) -> None:
    path = tmp_path / "autre.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Deux"},'
        '"geometry":{"type":"MultiPoint","coordinates":[[2,48],[3,49]]}},{"type":"Feature",'
        '"properties":{},"geometry":{"type":"LineString","coordinates":[[2,48],[3,49]]}}]}'
    )
    found = shapes_in(path, "calque")
    assert [shape.kind for shape in found.shapes] == ["point", "point", "line"]
    assert found.shapes[0].label == "Deux"


def test_an_empty_calque_and_an_unknown_suffix_are_said_so(
    node: Node, who: Identity, layer: str, tmp_path: Path
) -> None:
    empty = node.sheets.put("layer", {"title": "Vide", "kind": "drawing"}, who).uid
    with pytest.raises(BeffroiError, match="vide"):
        export_drawing(node, empty, tmp_path / "vide.kml", who)
    with pytest.raises(BeffroiError, match="terminaisons"):
        export_drawing(node, layer, tmp_path / "sitac.dwg", who)


@pytest.mark.parametrize("suffix", [".kml", ".gpx"])
def test_signs_that_xml_forbids_do_not_spoil_the_file(
    node: Node, who: Identity, layer: str, tmp_path: Path, suffix: str
) -> None:
    bell = Shape(layer=layer, kind="point", points=SQUARE[:1], label="Zone\x07]]>", notes="\x00")
    node.sheets.put("shape", fields_of(bell), who)
    path = tmp_path / f"sitac{suffix}"
    assert export_drawing(node, layer, path, who) == 7
    assert etree.parse(path).getroot() is not None
