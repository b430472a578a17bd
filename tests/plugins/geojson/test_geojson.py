"""A file that somebody brings: what can be read is kept, the rest is said in one sentence."""

import gzip
import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.plugin import Record, Sample, geometry, kinds
from beffroi.sources.reading import Read, read
from tests.plugins.conftest import ReadSample

HOSTILE = sorted((Path(__file__).parents[2] / "data" / "json_hostile").glob("*.json"))


NOWHERE = {"type": "GeometryCollection", "geometries": []}


def read_geojson(data: bytes) -> Read:
    return read(Sample(data=data), "geojson")


def point_of(record: Record) -> tuple[float, float]:
    assert record.geometry
    assert record.geometry["type"] == "Point"
    lon, lat = record.geometry["coordinates"]
    return lon, lat


def feature(coordinates: object, kind: str = "Point", **properties: object) -> dict:
    shape = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": shape, "properties": properties}


def file_of(*features: object, **members: object) -> bytes:
    document = {"type": "FeatureCollection", "features": list(features), **members}
    return json.dumps(document).encode()


def reasons(found: Read) -> list[str]:
    return [problem.why for problem in found.reading.problems]


def test_a_good_file_is_read_whole():
    found = read_geojson(file_of(feature([2.35, 48.85], nom="Paris", n=3, ok=True)))
    assert point_of(found.records[0]) == (2.35, 48.85)
    assert found.records[0].properties == {"nom": "Paris", "n": 3, "ok": True}
    assert reasons(found) == []


@pytest.mark.parametrize(
    ("coordinates", "reason"),
    [
        ([200, 10], "coordonnées hors du globe"),
        ([2.35, 95], "latitude et longitude inversées, semble-t-il"),
        ([48.85, 122.3], "latitude et longitude inversées, semble-t-il"),
        ([652469, 6862035], "coordonnées en mètres, sans système déclaré (Lambert-93\u202f?)"),
        ([float("nan"), 2], "coordonnée non numérique"),
        ([float("inf"), 2], "coordonnée non numérique"),
        (["2,35", "48,85"], "coordonnée non numérique"),
        ([True, False], "coordonnée non numérique"),
        ([2.35], "géométrie inconnue ou mal formée"),
        ([], "géométrie vide"),
        ({"x": 1}, "géométrie inconnue ou mal formée"),
        (None, "géométrie inconnue ou mal formée"),
        ([[2, 48]], "géométrie inconnue ou mal formée"),
        ([10**400, 1], "coordonnée non numérique"),
    ],
)
def test_what_cannot_be_placed_is_kept_without_a_place_and_said(coordinates: object, reason: str):
    found = read_geojson(file_of(feature([2, 48]), feature(coordinates, nom="Égaré")))
    assert found.records[1].geometry is None
    assert found.records[1].properties == {"nom": "Égaré"}
    assert reasons(found) == [reason]
    assert not found.reading.problems[0].lost


def test_what_is_no_feature_is_left_out_and_counted():
    found = read_geojson(file_of(feature([2, 48]), {"type": "Machin"}, 12, None))
    assert len(found.records) == 1
    assert [(p.where, p.count, p.lost) for p in found.reading.problems] == [("objet n° 2", 3, True)]


def test_positions_that_look_swapped_everywhere_are_kept_but_pointed_out():
    found = read_geojson(file_of(feature([48.85, 2.35]), feature([43.3, 5.37])))
    assert len(found.records) == 2
    assert reasons(found) == ["latitude et longitude peut-être inversées"]
    assert not found.reading.problems[0].lost


def test_a_declared_lambert_93_file_is_brought_to_longitude_and_latitude():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    ring = [[652000, 6862000], [653000, 6862000], [653000, 6863000], [652000, 6862000]]
    found = read_geojson(file_of(feature([652469, 6862035]), feature([ring], "Polygon"), crs=crs))
    assert found.reading.crs == "EPSG:2154"
    assert point_of(found.records[0]) == pytest.approx((2.3522, 48.8566), abs=1e-4)
    assert found.records[1].geometry["type"] == "Polygon"


def test_a_system_that_was_forgotten_is_proposed(read_sample: ReadSample):
    ring = [[652000, 6862000], [653000, 6862000], [653000, 6863000], [652000, 6862000]]
    found = read_sample(file_of(feature([652469, 6862035]), feature([ring], "Polygon")))
    assert found.reading.hints == {"crs": "EPSG:2154"}
    assert read_sample(file_of(feature([2, 48]))).reading.hints == {}


def test_a_system_that_the_file_does_not_name_may_be_chosen(read_sample: ReadSample):
    found = read_sample(file_of(feature([652469, 6862035])), crs="EPSG:2154")
    assert point_of(found.records[0]) == pytest.approx((2.3522, 48.8566), abs=1e-4)


@pytest.mark.parametrize("name", ["EPSG:999999", "maison", "EPSG:2154; DROP TABLE"])
def test_an_unknown_system_is_refused_with_a_remedy(name: str):
    crs = {"type": "name", "properties": {"name": name}}
    with pytest.raises(BeffroiError, match="EPSG:4326"):
        read_geojson(file_of(feature([1, 1]), crs=crs))


def test_a_line_across_180_degrees_is_cut_in_two():
    found = read_geojson(file_of(feature([[166.4, -22.3], [-176.2, -13.3]], "LineString")))
    shape = found.records[0].geometry
    assert shape["type"] == "MultiLineString"
    assert all(abs(a[0] - b[0]) <= 180 for a, b in shape["coordinates"])


def test_an_open_ring_is_closed_and_a_flat_one_left_out():
    square = [[0, 0], [1, 0], [1, 1], [0, 1]]
    found = read_geojson(
        file_of(feature([square], "Polygon"), feature([[[0, 0], [1, 1]]], "Polygon"))
    )
    assert found.records[0].geometry["coordinates"][0][-1] == [0, 0]
    assert reasons(found) == ["ligne ou contour de trop peu de points"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_whatever_the_encoding(encoding: str):
    text = '{"type":"Feature","geometry":{"type":"Point","coordinates":[2,48]},"properties":{"n":"Élysée"}}'
    assert read_geojson(text.encode(encoding)).records[0].properties["n"] == "Élysée"


def test_features_one_per_line_and_gzip_are_read(read_sample: ReadSample):
    lines = b"\n".join(json.dumps(feature([n, 48])).encode() for n in range(3))
    found = read_sample(gzip.compress(lines), name="lignes.geojsonl.gz")
    assert found.reading.format == "geojson"
    assert len(found.records) == 3


def test_records_apart_by_their_separator_are_read(read_sample: ReadSample):
    sequence = b"".join(b"\x1e" + json.dumps(feature([n, 48])).encode() + b"\n" for n in range(3))
    assert len(read_sample(sequence).records) == 3


def test_a_bad_line_among_good_ones_is_said(read_sample: ReadSample):
    line = json.dumps(feature([2, 48])).encode()
    found = read_sample(line + b"\n" + line[:20] + b"\n" + line)
    assert len(found.records) == 2
    assert [(p.where, p.lost) for p in found.reading.problems] == [("ligne 2", True)]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'"x"', b"{", b"\x00\xff", b"[[[", b"null"])
def test_what_is_not_geojson_is_refused_in_one_sentence(content: bytes):
    with pytest.raises(BeffroiError) as refusal:
        read_geojson(content)
    assert str(refusal.value).endswith(".")


def test_a_document_nested_without_end_is_refused():
    with pytest.raises(BeffroiError):
        read_geojson(b"[" * 200_000)
    nested = '{"type":"GeometryCollection","geometries":[' * 30 + "]}" * 30
    found = read_geojson(f'{{"type":"Feature","geometry":{nested}}}'.encode())
    assert found.records[0].geometry is None


def test_a_bomb_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kinds, "MAX_BYTES", 100_000)
    with pytest.raises(BeffroiError, match="dépasse"):
        read_geojson(gzip.compress(b" " * 10_000_000))
    with pytest.raises(BeffroiError, match="dépasse"):
        read_geojson(b" " * 200_000)


def test_a_shape_with_too_many_positions_is_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(geometry, "MAX_POSITIONS", 100)
    found = read_geojson(file_of(feature([[n / 10, 1] for n in range(200)], "LineString")))
    assert reasons(found) == ["géométrie de plus de 500\u202f000 points"]


def test_properties_are_plain_words_and_numbers():
    odd = {"a": {"b": [1]}, "c": None, "d": "x\u202ey\x00z", "e": 10**30, "f": "w" * 9_000}
    kept = read_geojson(file_of(feature([1, 2], **odd))).records[0].properties
    assert kept["a.b"] == "1"
    assert "c" not in kept
    assert kept["d"] == "xyz"
    assert kept["e"] == str(10**30)
    assert len(str(kept["f"])) == 2_000


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_hostile_json_gives_a_sentence_or_a_reading_and_nothing_else(path: Path):
    with suppress(BeffroiError):
        msgspec.json.encode(read_geojson(path.read_bytes()).records)


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
    found = read_geojson(file_of(feature([0, 0]), feature(coordinates, kind)))
    for kept in found.records:
        for lon, lat in geometry.positions(kept.geometry or NOWHERE):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(list), min_size=2, max_size=6)
)
def test_a_line_that_is_kept_never_crosses_the_planet(line: list[list[float]]):
    for kept in read_geojson(file_of(feature(line, "LineString"))).records:
        shape = kept.geometry
        parts = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        for part in parts:
            assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(part))
