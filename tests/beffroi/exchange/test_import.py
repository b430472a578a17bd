"""Files made elsewhere: what is understood, what is told, what is refused."""

import json
import shutil
import zipfile
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.exchange import export_entries, import_entries, importing
from beffroi.exchange.values import defused, refused
from beffroi.journal import Identity
from beffroi.logbook.entry import Content, Nature
from beffroi.logbook.query import EVERYTHING
from beffroi.node import Node, open_node
from tests.conftest import SECRET


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


def sheet(path: Path, rows: str, *, shared: bytes = b"") -> Path:
    """A workbook whose sheet holds these XML rows."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    name = "xl/worksheets/sheet1.xml"
    before, after = parts[name].split(b"<sheetData")
    after = after[after.index(b"<pageMargins") :]
    parts[name] = before + b"<sheetData>" + rows.encode() + b"</sheetData>" + after
    if shared:
        parts["xl/sharedStrings.xml"] = shared
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for part, data in parts.items():
            out.writestr(part, data)
    return path


def said(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_row_that_claims_to_be_the_billionth_is_refused_soon(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    rows = f'<row r="1">{said("Texte")}</row><row r="999999999999">{said("loin")}</row>'
    with pytest.raises(BeffroiError, match="coupez-le"):
        import_entries(node, sheet(tmp_path / "loin.xlsx", rows), who)


def test_shared_words_beyond_measure_are_refused_unread(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "gros.xlsx", "", shared=bytes(130_000_000))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(BeffroiError, match="coupez-le"):
        import_entries(node, path, who)


def test_entities_that_multiply_do_not_fill_the_memory(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "rires.xlsx", f'<row r="1">{said("Texte")}</row>')
    with zipfile.ZipFile(path) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "{"ha" * 50}">{entities}]>'
    name = "xl/worksheets/sheet1.xml"
    body = parts[name].decode().split("?>", 1)[-1].replace("Texte", "&a11;")
    parts[name] = f'<?xml version="1.0"?>{doctype}{body}'.encode()
    with zipfile.ZipFile(path, "w") as out:
        for part, data in parts.items():
            out.writestr(part, data)
    with pytest.raises(BeffroiError):
        import_entries(node, path, who)


def test_a_table_wider_than_any_is_refused(node: Node, who: Identity, tmp_path: Path) -> None:
    path = write(tmp_path / "large.csv", "Texte" + ";x" * 2_000_000 + "\nbonjour\n")
    with pytest.raises(BeffroiError, match="500 colonnes"):
        import_entries(node, path, who)


def test_a_row_wider_than_its_header_is_cut_to_it(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    write(tmp_path / "large.csv", "Texte;Lieu\nbonjour;Paris" + ";x" * 100_000 + "\n")
    report = import_entries(node, tmp_path / "large.csv", who)
    assert report.published == 1
    assert contents(node)[0].place == "Paris"


def test_features_that_share_no_property_cost_what_they_weigh(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    features = [
        {"type": "Feature", "geometry": None, "properties": {"text": f"cas {n}"} | {f"p{n}_{k}": k for k in range(40)}}
        for n in range(2_000)
    ]  # fmt: skip
    path = write(
        tmp_path / "epars.geojson", json.dumps({"type": "FeatureCollection", "features": features})
    )
    report = import_entries(node, path, who)
    assert report.published == 2_000
    assert len(report.ignored) < 600


def test_a_coordinate_beyond_numbers_keeps_the_entry_without_place(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    far = f'{{"type": "Point", "coordinates": [{"9" * 400}, 48]}}'
    path = write(
        tmp_path / "loin.geojson",
        '{"type": "FeatureCollection", "features": [{"type": "Feature", '
        f'"properties": {{"text": "x"}}, "geometry": {far}}}]}}',
    )
    try:
        report = import_entries(node, path, who)
    except BeffroiError as refusal:
        assert "abîmé" in str(refusal)  # noqa: PT017 - either is honest: msgspec may refuse it whole
    else:
        assert report.published == 1


@pytest.mark.parametrize(
    "content",
    [
        '<OGRVRTDataSource><OGRVRTLayer name="entries"><SrcDataSource>{secret}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>",
        "text\nbonjour\n",
        "SQLite format 3\x00" + "x" * 200,
    ],
)
def test_a_package_that_is_none_never_reaches_gdal(
    node: Node, who: Identity, tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyogrio

    secret = write(tmp_path / "secret.csv", "text\nle secret d’un autre dossier\n")
    path = write(tmp_path / "faux.gpkg", content.replace("{secret}", str(secret)))

    def reached(*_arguments: object, **_options: object) -> None:
        pytest.fail("GDAL was asked")

    monkeypatch.setattr(pyogrio, "list_layers", reached)
    with pytest.raises(BeffroiError, match="abîmé"):
        import_entries(node, path, who)


def test_what_is_no_file_is_refused_unread(node: Node, who: Identity, tmp_path: Path) -> None:
    with pytest.raises(BeffroiError, match="pas un fichier"):
        import_entries(node, Path("/dev/zero"), who)
    with pytest.raises(BeffroiError, match="pas un fichier"):
        import_entries(node, tmp_path, who)


def test_doubts_without_number_are_not_all_kept(node: Node, who: Identity, tmp_path: Path) -> None:
    tags = ",".join(f"t{n}" for n in range(40))
    path = write(tmp_path / "doutes.csv", "Texte;Étiquettes\n" + f"x;{tags}\n" * 500 + ";\nx;;\n")
    report = import_entries(node, path, who, dry_run=True)
    assert report.published == 501
    assert len(report.problems) <= importing.MAX_KEPT


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), suffix=st.sampled_from([".xlsx", ".gpkg", ".geojson", ".csv"]))
def test_a_file_damaged_anywhere_is_read_or_refused(
    node: Node,
    who: Identity,
    whole: dict[str, bytes],
    tmp_path: Path,
    data: st.DataObject,
    suffix: str,
) -> None:
    content = bytearray(whole[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(1, len(content)))]
    path = tmp_path / f"abime{suffix}"
    path.write_bytes(content)
    try:
        import_entries(node, path, who, dry_run=True)
    except BeffroiError as refusal:
        assert str(refusal)  # noqa: PT017 - one sentence, never a traceback


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> dict[str, bytes]:
    """A sound export of each kind."""
    folder = tmp_path_factory.mktemp("entiers")
    shutil.copytree(pristine, folder / "p", ignore=shutil.ignore_patterns("reserve"))
    node = open_node(folder / "p", "c.marchand", SECRET)
    node.logbook.publish(Content(text="Alarme", lon=2.35, lat=48.85, gravity=2), node.who)
    node.logbook.publish(Content(text="Fumée"), node.who)
    made = {}
    for suffix in (".xlsx", ".gpkg", ".geojson", ".csv"):
        export_entries(node, "", folder / f"e{suffix}", node.who)
        made[suffix] = (folder / f"e{suffix}").read_bytes()
    node.close()
    return made


def test_an_import_that_stops_halfway_is_in_the_trail(
    node: Node, who: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    path = write(tmp_path / "a.csv", "Texte\nun\ndeux\n")
    monkeypatch.setattr(node.logbook, "publish_many", stopped)
    with pytest.raises(KeyboardInterrupt):
        import_entries(node, path, who)
    assert [line.object for line in node.audit.lines(action="import")] == ["a.csv"]
