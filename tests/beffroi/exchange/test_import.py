"""Files made elsewhere: what is understood, what is told, what is refused."""

import json
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.exchange import import_entries, importing
from beffroi.exchange.values import defused, refused
from beffroi.journal import Identity
from beffroi.logbook.entry import Content, Nature
from beffroi.logbook.query import EVERYTHING
from beffroi.node import Node


def contents(node: Node) -> list[Content]:
    rids = sorted(int(rid) for rid in node.search.rids(EVERYTHING))
    return [entry.content for entry in node.logbook.entries(rids)]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_french_spreadsheet_saved_by_windows_is_understood(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "liste.csv",
        "Date;Heure;Message;Gravité;Latitude;Longitude;Thème;Nature;Inconnue\r\n"
        "26/07/2024;05h32;Alarme à Courtalain;grave;48,0806;1,1353;Ferré;Demande;x\r\n",
        "cp1252",
    )
    report = import_entries(node, path, who)
    assert report.encoding == "cp1252"
    assert report.ignored == ("Inconnue",)
    (content,) = contents(node)
    assert content.text == "Alarme à Courtalain"
    assert content.event_time == 1_721_964_720_000
    assert (content.lon, content.lat) == (1.1353, 48.0806)
    assert content.gravity == 3
    assert content.nature is Nature.REQUEST
    assert content.tags == ("TRA.FERRE",)


def test_an_english_file_with_commas_is_understood(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "list.csv",
        "timestamp,description,severity,position\n"
        "2024-07-26T05:32:00+02:00,Signal alarm,2,48°52'12\"N 2°19'48\"E\n",
    )
    import_entries(node, path, who)
    (content,) = contents(node)
    assert content.gravity == 2
    assert content.lat == pytest.approx(48.87, abs=1e-4)
    assert content.lon == pytest.approx(2.33, abs=1e-4)


def test_an_impossible_position_keeps_the_entry_without_place(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    path = tmp_path / "faux.geojson"
    features = [
        {"type": "Feature", "properties": {"text": f"cas {n}"}, "geometry": geometry}
        for n, geometry in enumerate(
            (
                {"type": "Point", "coordinates": [200.0, 95.0]},
                {"type": "Point", "coordinates": ["x", None]},
                {"type": "Point"},
                {"type": "Nothing", "coordinates": []},
                "point",
                {"type": "Polygon", "coordinates": [[[2, 48], [3, 48], [3, 49], [2, 48]]]},
            )
        )
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    report = import_entries(node, path, who)
    assert report.published == 6
    assert sum(problem.kept for problem in report.problems) == 5
    places = [content.lon is None for content in contents(node)]
    assert places == [True, True, True, True, True, False]


def test_lambert_93_is_brought_to_degrees(node: Node, who: Identity, tmp_path: Path) -> None:
    path = tmp_path / "l93.geojson"
    document = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}},
        "features": [
            {
                "type": "Feature",
                "properties": {"text": "Notre-Dame"},
                "geometry": {"type": "Point", "coordinates": [652381.0, 6861808.0]},
            }
        ],
    }
    path.write_text(json.dumps(document))
    import_entries(node, path, who)
    (content,) = contents(node)
    assert content.lon == pytest.approx(2.351, abs=1e-3)
    assert content.lat == pytest.approx(48.8545, abs=1e-3)


def test_a_workbook_that_claims_many_columns_costs_nothing(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "texte"
    book.active["XFD1"] = "loin"
    for row in range(2, 300):
        book.active[f"A{row}"] = "un fait"
    book.save(tmp_path / "large.xlsx")
    report = import_entries(node, tmp_path / "large.xlsx", who, dry_run=True)
    assert report.read == 298
    assert report.ignored == ()


def test_a_line_separator_inside_a_cell_stays_in_it(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    path = write(tmp_path / "s.csv", "texte;lieu\nun\u2028deux;ici\n")
    import_entries(node, path, who)
    assert contents(node)[0].text == "un\u2028deux"


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        ("heure", "26/07/2024 05h32"),
        ("date", "26/07/2024 05:32"),
        ("date;heure", "26/07/2024;5h32"),
        ("jour;heure", "2024-07-26;05:32:00"),
        ("horodatage", "2024-07-26T03:32:00Z"),
        ("heure des faits", "le 26 juillet 2024 à 5 h 32"),
    ],
)
def test_a_moment_is_understood_as_people_write_it(
    node: Node, who: Identity, tmp_path: Path, headers: str, cells: str
) -> None:
    path = write(tmp_path / "h.csv", f"texte;{headers}\nun fait;{cells}\n")
    assert import_entries(node, path, who).problems == ()
    assert contents(node)[0].event_time == 1_721_964_720_000


def test_a_day_alone_leaves_the_hour_unknown(node: Node, who: Identity, tmp_path: Path) -> None:
    import_entries(node, write(tmp_path / "j.csv", "texte;date\nun fait;26/07/2024\n"), who)
    assert contents(node)[0].time_precision == "unknown"


def test_a_date_and_a_clock_of_a_workbook_are_put_together(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["texte", "date", "heure"])
    book.active.append(["un fait", datetime(2024, 7, 26), time(5, 32)])  # noqa: DTZ001
    book.save(tmp_path / "h.xlsx")
    import_entries(node, tmp_path / "h.xlsx", who)
    assert contents(node)[0].event_time == 1_721_964_720_000


def test_bad_values_are_told_row_by_row(node: Node, who: Identity, tmp_path: Path) -> None:
    path = write(
        tmp_path / "doutes.csv",
        "texte;heure des faits;gravité;cotation;étiquettes;nature\n"
        "bon;pas une date;9;Z9;licorne;poème\n"
        ";26/07/2024 10h00;1;B2;;\n"
        "cote un;;;A1;;\n",
    )
    report = import_entries(node, path, who)
    assert report.published == 2
    assert {p.column for p in report.problems if p.where == 1} == {
        "event_time", "gravity", "grade", "tags", "nature",
    }  # fmt: skip
    assert [p.kept for p in report.problems if p.where == 2] == [False]
    assert contents(node)[1].credibility == 2


def test_the_entry_time_is_now_whatever_the_file_says(
    node: Node, who: Identity, tmp_path: Path, clock
) -> None:  # type: ignore[no-untyped-def]
    path = write(tmp_path / "vieux.csv", "texte;heure de saisie\nvieux;2001-01-01T00:00:00Z\n")
    import_entries(node, path, who)
    (rid,) = node.search.rids(EVERYTHING)
    assert node.logbook.entry_at(int(rid)).entered_time == clock.now()


def test_a_dry_run_writes_nothing(node: Node, who: Identity, tmp_path: Path) -> None:
    path = write(tmp_path / "essai.csv", "texte\nun\ndeux\n")
    report = import_entries(node, path, who, dry_run=True)
    assert (report.published, report.dry_run, node.logbook.total()) == (2, True, 0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK\x03\x04 not a workbook"),
        ("a.geojson", b"{"),
        ("a.geojson", b"[" * 100_000),
        ("a.geojson", b'{"type":"FeatureCollection","features":3}'),
        ("a.gpkg", b"SQLite format 3\x00 nothing"),
        ("a.docx", b"PK\x03\x04"),
        ("a.csv", b"colonne\nvaleur\n"),
        ("a.csv", b""),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    node: Node, who: Identity, tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BeffroiError):
        import_entries(node, path, who)
    assert node.logbook.total() == 0


def test_a_missing_file_is_one_sentence(node: Node, who: Identity, tmp_path: Path) -> None:
    with pytest.raises(BeffroiError, match="ne peut pas être lu"):
        import_entries(node, tmp_path / "rien.csv", who)


def test_too_many_rows_or_bytes_are_refused(
    node: Node, who: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "long.csv", "texte\n" + "x\n" * 30)
    monkeypatch.setattr(importing, "MAX_ROWS", 20)
    with pytest.raises(BeffroiError, match="20 lignes"):
        import_entries(node, path, who)
    monkeypatch.setattr(importing, "MAX_BYTES", 10)
    with pytest.raises(BeffroiError, match="Mo"):
        import_entries(node, path, who)


@given(st.text(max_size=60))
def test_defusing_is_always_undone(text: str) -> None:
    assert refused(defused(text)) == text
    assert not defused(text).startswith(("=", "+", "-", "@"))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=400))
def test_no_csv_ever_breaks_the_import(
    node: Node, who: Identity, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "n.csv"
    path.write_bytes(b"texte;lat;lon;heure des faits\n" + data)
    report = import_entries(node, path, who, dry_run=True)
    assert report.published <= report.read
