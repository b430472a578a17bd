"""Any JSON: the list of records is found, or chosen by its path."""

import json

import pytest

from beffroi.plugin import Unreadable
from tests.plugins.conftest import ReadSample

SITES = [
    {"id": "x", "nom": "Arena", "pos": {"lat": 48.8, "lon": 2.3}},
    {"id": "y", "nom": "Stade", "pos": {"lat": 48.9, "lon": 2.4}},
]


def said(document: object) -> bytes:
    return json.dumps(document).encode()


def places(found: object) -> list[object]:
    return [record.geometry and record.geometry["coordinates"] for record in found.records]


def test_the_longest_list_of_objects_is_the_records(read_sample: ReadSample):
    found = read_sample(said({"meta": [{"n": 1}], "data": {"sites": SITES}}))
    assert found.reading.format == "json"
    assert [record.properties["nom"] for record in found.records] == ["Arena", "Stade"]
    assert places(found) == [[2.3, 48.8], [2.4, 48.9]]
    assert [(p.option, p.value, p.count) for p in found.reading.parts] == [
        ("records", "data.sites", 2), ("records", "meta", 1),
    ]  # fmt: skip


def test_a_list_that_is_not_read_is_said(read_sample: ReadSample):
    found = read_sample(said({"sites": [*SITES, *SITES], "postes": SITES, "links": SITES}))
    assert len(found.records) == 4
    assert [problem.where for problem in found.reading.problems] == ["postes"]


def test_another_list_may_be_chosen_by_its_path(read_sample: ReadSample):
    document = said({"meta": [{"n": 1}], "data": {"sites": SITES}})
    assert [r.properties for r in read_sample(document, records="meta").records] == [{"n": 1}]
    assert len(read_sample(document, records="data.sites[*]").records) == 2
    with pytest.raises(Unreadable, match="ne mène à aucun"):
        read_sample(document, records="data.rien", word="json")


def test_objects_by_their_names_are_records_with_an_identity(read_sample: ReadSample):
    found = read_sample(said({name: {"nom": name.upper(), "lat": 48, "lon": 2} for name in "abc"}))
    assert [record.id for record in found.records] == ["a", "b", "c"]
    assert places(found)[0] == [2, 48]


@pytest.mark.parametrize(
    "place",
    [
        {"coordonnees": [2.3, 48.8]},
        {"geo_point_2d": "48.8, 2.3"},
        {"geo_point_2d": {"lon": 2.3, "lat": 48.8}},
        {"lieu": {"shape": {"type": "Point", "coordinates": [2.3, 48.8]}}},
        {"latitude": "48,8", "longitude": "2,3"},
        {"wkt": "POINT (2.3 48.8)"},
    ],
)
def test_a_place_is_found_however_it_is_written(read_sample: ReadSample, place: dict):
    found = read_sample(said([{"nom": "A", **place}]))
    assert places(found) == [[2.3, 48.8]]


def test_a_list_of_one_is_the_records_when_its_name_says_so(read_sample: ReadSample):
    found = read_sample(said({"total_count": 1, "results": [{"nom": "A"}]}))
    assert [record.properties for record in found.records] == [{"nom": "A"}]
    alone = read_sample(said({"nom": "A", "contacts": [{"tel": "1"}]}))
    assert alone.records[0].properties["nom"] == "A"


def test_fields_that_place_the_records_may_be_chosen(read_sample: ReadSample):
    found = read_sample(said([{"e": 652469, "n": 6862035}]), x="e", y="n", crs="EPSG:2154")
    assert places(found)[0] == pytest.approx([2.3522, 48.8566], abs=1e-3)


def test_one_object_is_one_record_and_lines_are_records(read_sample: ReadSample):
    assert len(read_sample(said({"a": 1, "b": {"c": 2}})).records) == 1
    lines = b'{"n": 1, "lat": 48.1, "lon": 2.1}\n{"n": 2\n{"n": 3}\n'
    found = read_sample(lines)
    assert [record.properties["n"] for record in found.records] == [1, 3]
    assert found.reading.problems[0].lost


@pytest.mark.parametrize("document", [[], {}, [1, 2], ["a"], [[1, 2], [3, 4]]])
def test_json_without_records_is_refused_in_one_sentence(read_sample: ReadSample, document: object):
    with pytest.raises(Unreadable, match="aucun enregistrement"):
        read_sample(said(document))


def test_a_lone_list_of_one_is_the_records_when_little_is_said_around_it(read_sample: ReadSample):
    works = {"identifier": "R1", "title": "A7", "coordinate": {"lat": "50.1", "long": "9.1"}}
    (only,) = read_sample(said({"roadworks": [works]})).records
    assert (only.properties["title"], only.geometry["coordinates"]) == ("A7", [9.1, 50.1])
    (whole,) = read_sample(said({"nom": "Arena", "n": 3, "links": [{"rel": "x"}]})).records
    assert whole.properties["nom"] == "Arena"


def test_what_openstreetmap_answers_is_drawn(read_sample: ReadSample):
    ring = [{"lat": 1, "lon": 2}, {"lat": 1, "lon": 3}, {"lat": 2, "lon": 3}, {"lat": 1, "lon": 2}]
    found = read_sample(said({"elements": [
        {"type": "node", "id": 1, "lat": 48.8, "lon": 2.3},
        {"type": "way", "id": 2, "center": {"lat": 48.9, "lon": 2.4}, "tags": {"name": "Place"}},
        {"type": "way", "id": 3, "geometry": ring[:2]},
        {"type": "relation", "id": 4, "members": [{"type": "way", "ref": 9, "geometry": ring}]},
    ]})).records  # fmt: skip
    assert [record.geometry["type"] for record in found] == [
        "Point",
        "Point",
        "LineString",
        "Polygon",
    ]
    assert [found[0].geometry["coordinates"], found[1].geometry["coordinates"]] == [
        [2.3, 48.8], [2.4, 48.9],
    ]  # fmt: skip
    assert found[3].properties["id"] == 4


def test_the_dated_shapes_of_an_event_are_drawn_together(read_sample: ReadSample):
    at = [{"date": f"2024-07-2{n}", "type": "Point", "coordinates": [n, 45]} for n in (5, 6)]
    event = read_sample(said({"events": [{"id": "E", "geometry": at}]})).records[0]
    assert event.geometry == {"type": "MultiPoint", "coordinates": [[5, 45], [6, 45]]}
    assert event.properties["geometry.2.date"] == "2024-07-26"


def test_records_without_a_shape_are_placed_by_their_fields(read_sample: ReadSample):
    drawn = {"nom": "B", "location": {"type": "Point", "coordinates": [2.4, 48.9]}}
    told = {"nom": "A", "location": {"latitude": "48.8", "longitude": "2.3"}}
    assert places(read_sample(said([told, drawn]))) == [[2.3, 48.8], [2.4, 48.9]]


def test_the_description_of_the_fields_is_not_taken_for_the_records(read_sample: ReadSample):
    fields = [{"id": name, "type": "text"} for name in ("nom", "lat", "lon")]
    document = {
        "result": {"fields": fields, "records": [{"nom": "A", "lat": "48.8", "lon": "2.3"}]}
    }
    assert places(read_sample(said(document))) == [[2.3, 48.8]]


@pytest.mark.parametrize(
    "document",
    [
        {"columns": ["nom", "lat", "lon"], "data": [["A", 48.8, 2.3], ["B", 48.9, 2.4]]},
        {"table": {"columns": ["nom", "lat", "lon"], "rows": [["A", 48.8, 2.3], ["B", 48.9, 2.4]]}},
        {"fields": [{"name": "nom"}, {"name": "lat"}, {"name": "lon"}],
         "values": [["A", 48.8, 2.3], ["B", 48.9, 2.4]]},
        [["nom", "lat", "lon"], ["A", 48.8, 2.3], ["B", 48.9, 2.4]],
    ],
)  # fmt: skip
def test_rows_under_the_names_of_their_columns_are_records(
    read_sample: ReadSample, document: object
):
    found = read_sample(said(document))
    assert [record.properties["nom"] for record in found.records] == ["A", "B"]
    assert places(found) == [[2.3, 48.8], [2.4, 48.9]]


@pytest.mark.parametrize(
    "document",
    [
        {"error": {"code": 401, "message": "Clé refusée"}},
        {"error": "Clé refusée", "status": 401},
        {"errors": [{"detail": "Clé refusée"}]},
    ],
)
def test_the_error_of_a_service_is_said_in_its_words(read_sample: ReadSample, document: object):
    with pytest.raises(Unreadable, match="Clé refusée"):
        read_sample(said(document))


def test_positions_called_x_and_y_place_what_they_are_in(read_sample: ReadSample):
    alert = {"type": "ACCIDENT", "location": {"x": 2.35, "y": 48.85}}
    jam = {"level": 3, "line": [{"x": 2.3, "y": 48.8}, {"x": 2.4, "y": 48.9}]}
    assert places(read_sample(said([alert, alert]))) == [[2.35, 48.85], [2.35, 48.85]]
    assert places(read_sample(said([jam]))) == [[[2.3, 48.8], [2.4, 48.9]]]


@pytest.mark.parametrize(
    "document",
    [
        {"count": 0, "first": "https://x.example/1", "data": []},
        {"total_count": 0, "results": []},
        {"success": True, "result": {"total": 0, "records": []}},
    ],
)
def test_an_answer_without_any_record_is_empty(read_sample: ReadSample, document: object):
    found = read_sample(said(document))
    assert (found.reading.format, len(found.records)) == ("json", 0)
