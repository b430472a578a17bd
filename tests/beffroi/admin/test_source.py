"""`beffroi-admin source read`: what an administrator, a cron job and a test ask without a window."""

import io
import json
from pathlib import Path

import pytest

from beffroi.admin import main

DATA = Path(__file__).parents[2] / "data"


def test_one_json_document_says_all(capsys: pytest.CaptureFixture[str]):
    assert (
        main(["source", "read", str(DATA / "geojson" / "commissariats_2014.geojson"), "--json"])
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "geojson"
    assert told["read"] == len(told["features"]["features"]) == 26
    assert told["skipped"] == 0
    assert told["problems"] == []


def test_people_read_a_summary(capsys: pytest.CaptureFixture[str]):
    assert main(["source", "read", str(DATA / "csv" / "sites_jop_decimales_fr_cp1252.csv")]) == 0
    said = capsys.readouterr().out
    assert "Format : CSV (tableau en texte) (csv)" in said.replace("\u00a0", " ")
    assert "42 enregistrements lus, 42 situés." in said
    assert "cp1252" in said


def test_options_and_the_format_may_be_given(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    table = tmp_path / "points.txt"
    table.write_text("n|a|b\nA|652469|6862035\n", encoding="utf-8")
    call = ["source", "read", str(table), "--format", "csv", "--option", "x=a", "--option", "y=b",
            "--option", "crs=EPSG:2154", "--json"]  # fmt: skip
    assert main(call) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["crs"] == "EPSG:2154"
    place = told["features"]["features"][0]["geometry"]["coordinates"]
    assert place == pytest.approx([2.3522, 48.8566], abs=1e-4)


def test_the_standard_input_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    data = b'{"type":"Point","coordinates":[2,48]}'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["source", "read", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["read"] == 1


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["nulle-part.csv"], "nulle-part.csv"),
        (["."], "dossier"),
        ([__file__, "--format", "klingon"], "source formats"),
        ([__file__, "--option", "x"], "CLÉ=VALEUR"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], call: list[str], words: str
):
    assert main(["source", "read", *call]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == 1


def test_the_formats_are_listed(capsys: pytest.CaptureFixture[str]):
    assert main(["source", "formats", "--json"]) == 0
    known = {one["format"] for one in json.loads(capsys.readouterr().out)}
    assert {"geojson", "csv", "kml", "gpx", "shapefile", "geopackage", "spreadsheet"} <= known
