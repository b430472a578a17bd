"""A sample finds its reader by its content, and is read whole or refused in one sentence."""

import io
import json
import zipfile

import pytest

from beffroi.errors import BeffroiError
from beffroi.plugin import Sample
from beffroi.sources import report
from beffroi.sources.reading import read
from beffroi.sources.registry import formats, manifests, reader_of, transports
from beffroi.sources.understood import Understood, understood

GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [2, 48]},
         "properties": {"nom": "A"}},
        {"type": "Feature", "geometry": None, "properties": {"nom": "B"}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [652469, 6862035]},
         "properties": {"nom": "C"}},
        {"type": "Truc"}, {"type": "Truc"},
    ],
}  # fmt: skip


def whole(document: object = GEOJSON, **told: str) -> Understood:
    return understood(read(Sample(data=json.dumps(document).encode(), **told)))


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)
    return held.getvalue()


def test_content_wins_over_the_name_and_the_media_type():
    assert whole(name="alerte.xml", media_type="text/csv").format == "geojson"


def test_the_counts_are_those_of_the_records_with_or_without_a_place():
    found = whole()
    assert (found.read, found.located, found.skipped) == (3, 1, 2)
    assert found.box == (2, 48, 2, 48)


def test_the_report_is_the_one_that_programs_expect():
    told = report.document(whole())
    assert list(told) == [
        "format", "features", "read", "skipped", "problems", "crs", "encoding", "attribution",
    ]  # fmt: skip
    assert told["features"]["features"][0] == {
        "type": "Feature", "id": "7", "geometry": {"type": "Point", "coordinates": [2, 48]},
        "properties": {"nom": "A"},
    }  # fmt: skip
    assert told["read"] == 3
    assert told["skipped"] == 2
    assert {problem["where"] for problem in told["problems"]} == {"objet n° 3", "objet n° 4"}
    assert any("2 fois" in problem["why"] for problem in told["problems"])


def test_the_sentences_say_the_same_to_people():
    lines = "\n".join(report.sentences(whole()))
    assert "3 enregistrements lus, 1 situé, 2 laissés de côté." in lines
    assert "Titre → nom" in lines


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "", "vide"),
        (b"<!DOCTYPE html><html></html>", "", "page web"),
        (b"<a><b></a>", "", "mal formé"),
        (b'{"a":', "", "incorrect"),
        (b"[1, 2]", "", "aucun enregistrement"),
        (b"PK\x03\x04" + bytes(30), "", "abîmée"),
        (bytes(range(256)), "x.bin", "non reconnu"),
        (b"ISO-8859-1", "x.cpg", "morceau de shapefile"),
    ],
)
def test_what_is_known_to_nobody_is_refused_with_its_remedy(data: bytes, name: str, words: str):
    with pytest.raises(BeffroiError, match=words) as refusal:
        read(Sample(data=data, name=name))
    assert " : " in str(refusal.value).replace("\u00a0", " ")


def test_a_format_that_does_not_exist_is_refused():
    with pytest.raises(BeffroiError, match="source formats"):
        read(Sample(data=b"x"), "klingon")


def test_data_zipped_to_travel_are_found_in_their_archive():
    table = b"nom;lat;lon\nA;48,8;2,3\n"
    assert read(Sample(data=zipped(**{"lisez-moi.md": b"x", "d/sites.csv": table}))).plugin == "csv"
    nested = zipped(**{"a.zip": zipped(**{"sites.csv": table})})
    assert len(read(Sample(data=nested)).records) == 1


def test_the_next_delivery_in_an_archive_is_read_by_the_same_plugin():
    table = b"nom;lat;lon\nA;48,8;2,3\n"
    archive = zipped(**{"sites.csv": table})
    first = read(Sample(data=archive))
    assert len(read(Sample(data=archive), first.plugin).records) == 1
    assert len(read(Sample(data=zipped(**{"a.zip": archive})), first.plugin).records) == 1


def test_one_of_several_files_of_an_archive_may_be_chosen():
    data = zipped(**{"a.csv": b"n;m\n1;2\n3;4\n", "b.json": b'[{"n": 5}]'})
    found = read(Sample(data=data))
    assert {(part.option, part.value) for part in found.reading.parts} == {
        ("member", "a.csv"), ("member", "b.json"),
    }  # fmt: skip
    assert [problem.where for problem in found.reading.problems] == ["b.json"]
    chosen = read(Sample(data=data), "", {"member": "b.json"})
    assert [record.properties for record in chosen.records] == [{"n": 5}]
    with pytest.raises(BeffroiError, match=r"a\.csv"):
        read(Sample(data=data), "", {"member": "c"})


def test_positions_that_look_turned_are_kept_and_pointed_out():
    table = "nom;lon;lat\nA;48,85;2,35\nB;43,3;5,37\n"
    found = read(Sample(data=table.encode()))
    assert [problem.why for problem in found.reading.problems] == [
        "latitude et longitude peut-être inversées"
    ]
    assert len(found.records) == 2


def test_every_word_of_a_report_names_a_reader():
    for manifest in formats():
        for word in manifest.words:
            assert reader_of(word).id in manifests()
    assert not {manifest.id for manifest in transports()} & {m.id for m in formats()}
