"""A file that somebody brings: what can be drawn is kept, the rest is said in one sentence."""

import gzip
import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.layers import Reading, decoding, geometry, read_geojson, sentence
from beffroi.layers.problems import Reason

HOSTILE = sorted((Path(__file__).parents[2] / "data" / "json_hostile").glob("*.json"))


def feature(coordinates: object, kind: str = "Point", **properties: object) -> dict:
    shape = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": shape, "properties": properties}


def file_of(*features: object, **members: object) -> bytes:
    document = {"type": "FeatureCollection", "features": list(features), **members}
    return json.dumps(document).encode()


def reasons(reading: Reading) -> list[Reason]:
    return [problem.reason for problem in reading.problems]


def test_a_good_file_is_read_whole():
    reading = read_geojson(file_of(feature([2.35, 48.85], nom="Paris", n=3, ok=True)))
    assert reading.features[0].point == (2.35, 48.85)
    assert reading.features[0].properties == {"nom": "Paris", "n": 3, "ok": True}
    assert reading.problems == ()
    assert sentence(reading.problems, 1) == "1 objet lu."


@pytest.mark.parametrize(
    ("coordinates", "reason"),
    [
        ([200, 10], Reason.OUT_OF_GLOBE),
        ([2.35, 95], Reason.SWAPPED),
        ([48.85, 122.3], Reason.SWAPPED),
        ([652469, 6862035], Reason.METRES),
        ([float("nan"), 2], Reason.NOT_A_NUMBER),
        ([float("inf"), 2], Reason.NOT_A_NUMBER),
        (["2,35", "48,85"], Reason.NOT_A_NUMBER),
        ([True, False], Reason.NOT_A_NUMBER),
        ([2.35], Reason.UNKNOWN_GEOMETRY),
        ([], Reason.NO_GEOMETRY),
        ({"x": 1}, Reason.UNKNOWN_GEOMETRY),
        (None, Reason.UNKNOWN_GEOMETRY),
        ([[2, 48]], Reason.UNKNOWN_GEOMETRY),
        ([10**400, 1], Reason.NOT_A_NUMBER),
    ],
)
def test_an_impossible_position_is_left_out_with_its_reason(coordinates: object, reason: Reason):
    reading = read_geojson(file_of(feature([2, 48]), feature(coordinates)))
    assert len(reading.features) == 1
    assert reasons(reading) == [reason]
    assert "1 ignoré" in sentence(reading.problems, 1)


def test_a_file_with_nothing_to_draw_says_so_in_one_sentence():
    reading = read_geojson(file_of(feature([200, 100]), feature([300, 100]), {"type": "Feature"}))
    assert reading.features == ()
    assert reading.skipped == 3
    words = sentence(reading.problems, 0)
    assert "2 hors du globe" in words
    assert words.count(".") == 1


def test_positions_that_look_swapped_everywhere_are_kept_but_pointed_out():
    reading = read_geojson(file_of(feature([48.85, 2.35]), feature([43.3, 5.37])))
    assert len(reading.features) == 2
    assert reasons(reading) == [Reason.DOUBTFUL_ORDER]
    assert reading.skipped == 0
    assert "ordre" in sentence(reading.problems, 2)


def test_a_declared_lambert_93_file_is_brought_to_longitude_and_latitude():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    ring = [[652000, 6862000], [653000, 6862000], [653000, 6863000], [652000, 6862000]]
    reading = read_geojson(file_of(feature([652469, 6862035]), feature([ring], "Polygon"), crs=crs))
    assert reading.crs == "EPSG:2154"
    assert reading.features[0].point == pytest.approx((2.3522, 48.8566), abs=1e-4)
    assert reading.features[1].geometry["type"] == "Polygon"


@pytest.mark.parametrize("name", ["EPSG:999999", "maison", "EPSG:2154; DROP TABLE"])
def test_an_unknown_system_is_refused_with_a_remedy(name: str):
    crs = {"type": "name", "properties": {"name": name}}
    with pytest.raises(BeffroiError, match="EPSG:4326"):
        read_geojson(file_of(feature([1, 1]), crs=crs))


def test_a_line_across_180_degrees_is_cut_in_two():
    reading = read_geojson(file_of(feature([[166.4, -22.3], [-176.2, -13.3]], "LineString")))
    shape = reading.features[0].geometry
    assert shape["type"] == "MultiLineString"
    assert all(abs(a[0] - b[0]) <= 180 for a, b in shape["coordinates"])


def test_an_open_ring_is_closed_and_a_flat_one_left_out():
    square = [[0, 0], [1, 0], [1, 1], [0, 1]]
    reading = read_geojson(
        file_of(feature([square], "Polygon"), feature([[[0, 0], [1, 1]]], "Polygon"))
    )
    assert reading.features[0].geometry["coordinates"][0][-1] == [0, 0]
    assert reasons(reading) == [Reason.UNKNOWN_GEOMETRY]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_whatever_the_encoding(encoding: str):
    text = '{"type":"Feature","geometry":{"type":"Point","coordinates":[2,48]},"properties":{"n":"Élysée"}}'
    assert read_geojson(text.encode(encoding)).features[0].properties["n"] == "Élysée"


def test_features_one_per_line_and_gzip_are_read(tmp_path: Path):
    lines = b"\n".join(json.dumps(feature([n, 48])).encode() for n in range(3))
    packed = tmp_path / "lignes.geojsonl.gz"
    packed.write_bytes(gzip.compress(lines))
    assert len(read_geojson(packed).features) == 3


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'"x"', b"{", b"\x00\xff", b"[[[", b"null"])
def test_what_is_not_geojson_is_refused_in_one_sentence(content: bytes):
    with pytest.raises(BeffroiError) as refusal:
        read_geojson(content)
    assert str(refusal.value).endswith(".")


def test_topojson_is_recognised_and_the_remedy_given():
    with pytest.raises(BeffroiError, match="TopoJSON"):
        read_geojson(b'{"type":"Topology","objects":{}}')


def test_a_document_nested_without_end_is_refused():
    with pytest.raises(BeffroiError):
        read_geojson(b"[" * 200_000)
    nested = '{"type":"GeometryCollection","geometries":[' * 30 + "]}" * 30
    reading = read_geojson(f'{{"type":"Feature","geometry":{nested}}}'.encode())
    assert reading.features == ()


def test_a_bomb_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoding, "MAX_BYTES", 100_000)
    with pytest.raises(BeffroiError, match="dépasse"):
        read_geojson(gzip.compress(b" " * 10_000_000))
    with pytest.raises(BeffroiError, match="dépasse"):
        read_geojson(b" " * 200_000)


def test_a_shape_with_too_many_positions_is_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(geometry, "MAX_POSITIONS", 100)
    reading = read_geojson(file_of(feature([[n / 10, 1] for n in range(200)], "LineString")))
    assert reasons(reading) == [Reason.TOO_COMPLEX]


def test_a_missing_file_is_a_sentence(tmp_path: Path):
    with pytest.raises(BeffroiError, match="nulle-part"):
        read_geojson(tmp_path / "nulle-part.geojson")


def test_properties_are_plain_words_and_numbers():
    odd = {"a": {"b": [1]}, "c": None, "d": "x\u202ey\x00z", "e": 10**30, "f": "w" * 9_000}
    kept = read_geojson(file_of(feature([1, 2], **odd))).features[0].properties
    assert kept["a"] == '{"b": [1]}'
    assert "c" not in kept
    assert kept["d"] == "xyz"
    assert kept["e"] == str(10**30)
    assert len(str(kept["f"])) == 2_000


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_hostile_json_gives_a_sentence_or_a_reading_and_nothing_else(path: Path):
    with suppress(BeffroiError):
        json.dumps([f.as_dict() for f in read_geojson(path).features]).encode()


def test_the_hostile_files_are_there():
    assert len(HOSTILE) == 16


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(anything, st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "Circle"]))
def test_nothing_that_is_kept_is_ever_off_the_globe(coordinates: object, kind: str):
    reading = read_geojson(file_of(feature([0, 0]), feature(coordinates, kind)))
    for kept in reading.features:
        for lon, lat in geometry.positions(kept.geometry):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(list), min_size=2, max_size=6)
)
def test_a_line_that_is_kept_never_crosses_the_planet(line: list[list[float]]):
    for kept in read_geojson(file_of(feature(line, "LineString"))).features:
        shape = kept.geometry
        parts = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        for part in parts:
            assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(part))
