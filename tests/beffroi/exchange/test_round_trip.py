"""What leaves Beffroi comes back the same, whatever the kind of file."""

import csv
import json
from pathlib import Path

import msgspec
import openpyxl
import pyogrio
import pytest

from beffroi import resources, text
from beffroi.access import Account
from beffroi.clock import PARIS
from beffroi.errors import BeffroiError
from beffroi.exchange import export_entries, import_entries, readers
from beffroi.exchange.columns import by_header
from beffroi.exchange.values import moment
from beffroi.journal import Identity
from beffroi.logbook.entry import (
    Channel,
    Content,
    GeoPrecision,
    Impact,
    Nature,
    TimePrecision,
)
from beffroi.node import Node, open_node
from beffroi.profile import create_profile
from beffroi.store import StoreError
from tests.conftest import CHEAP

KINDS = ("csv", "xlsx", "geojson", "gpkg")
RICH = Content(
    text="Vandières : feu d’installation ; « câbles brûlés »\nDeuxième ligne",
    nature=Nature.REPORT,
    event_time=1_721_948_400_000,
    event_end=1_721_964_600_000,
    time_precision=TimePrecision.INTERVAL,
    received_time=1_721_965_260_000,
    origin="CORG 54",
    organisation="Gendarmerie nationale",
    channel=Channel.RADIO,
    on_behalf_of="COMGEND",
    tags=("TRA.FERRE", "SEC.MALVEILLANCE"),
    gravity=3,
    source_grade="A",
    credibility=2,
    impacts={Impact.OPERATIONAL: 3, Impact.EVENT: 2},
    place="Vandières",
    lon=6.02701,
    lat=48.96499,
    geo_precision=GeoPrecision.POINT,
    commune="54546",
    for_action=("OL-SNCF", "OL-DGGN"),
    for_info=("Chef de salle",),
    key_event=True,
)
PLAIN = Content(text="=HYPERLINK(0)", place="@place", event_time=1_721_980_000_000)
FAR = Content(text="Houle à Teahupo’o", lon=-149.25208, lat=-17.86693, event_time=1_721_980_001_000)


@pytest.fixture
def empty(tmp_path: Path, info, clock):  # type: ignore[no-untyped-def]
    """Another profile, without any entry."""
    from beffroi.access import Account

    account = Account(name="i.haddad", display="Inès Haddad", organisation="CNCS", posts=("MC",))
    secret = "un-autre-mot-de-passe"
    folder = tmp_path / "autre"
    create_profile(folder, info, [(account, secret)], clock, cost=CHEAP)
    other_node = open_node(folder, "i.haddad", secret, clock=clock)
    yield other_node
    other_node.close()


def contents(node: Node) -> list[Content]:
    rids = sorted(int(rid) for rid in node.search.rids(_everything()))
    return [entry.content for entry in node.logbook.entries(rids)]


def _everything():  # type: ignore[no-untyped-def]
    from beffroi.logbook.query import EVERYTHING

    return EVERYTHING


@pytest.mark.parametrize("kind", KINDS)
def test_entries_come_back_as_they_left(
    node: Node, who: Identity, empty: Node, tmp_path: Path, kind: str
) -> None:
    for content in (RICH, PLAIN, FAR):
        node.logbook.publish(content, who)
    path = tmp_path / f"export.{kind}"
    report = export_entries(node, "", path, who)
    assert report.count == 3
    back = import_entries(empty, path, empty.who)
    assert [p.why for p in back.problems] == []
    assert back.published == 3
    came = contents(empty)
    assert came[0].on_behalf_of == "COMGEND"
    for left, right in zip(contents(node), came, strict=True):
        for name in Content.__struct_fields__:
            if name != "on_behalf_of":
                assert getattr(left, name) == getattr(right, name), name


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_made_in_english_is_read_by_a_french_desk(
    node: Node, who: Identity, empty: Node, tmp_path: Path, kind: str
) -> None:
    node.logbook.publish(RICH, who)
    path = tmp_path / f"export.{kind}"
    text.use("en", resources.root() / "locale")
    try:
        export_entries(node, "", path, who)
    finally:
        text.use("fr", resources.root() / "locale")
    back = import_entries(empty, path, empty.who)
    assert [p.why for p in back.problems] == []
    assert len(back.ignored) == 2
    (came,) = contents(empty)
    assert (came.nature, came.channel, came.geo_precision) == (
        RICH.nature, RICH.channel, RICH.geo_precision,
    )  # fmt: skip
    assert (came.event_time, came.place, came.for_action) == (
        RICH.event_time, RICH.place, RICH.for_action,
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_file_twice_adds_nothing(
    node: Node, who: Identity, empty: Node, tmp_path: Path, kind: str
) -> None:
    node.logbook.publish(RICH, who)
    path = tmp_path / f"export.{kind}"
    export_entries(node, "", path, who)
    import_entries(empty, path, empty.who)
    again = import_entries(empty, path, empty.who)
    assert again.published == 0
    assert empty.logbook.total() == 1


def test_a_void_entry_is_exported_as_void_with_its_reason_and_not_imported(
    node: Node, who: Identity, empty: Node, tmp_path: Path
) -> None:
    entry = node.logbook.publish(FAR, who)
    node.logbook.void(entry.uid, "saisie en double", who)
    path = tmp_path / "export.csv"
    export_entries(node, "", path, who)
    (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert row["État"] == "Annulée"
    assert row["Motif d’annulation"] == "saisie en double"
    report = import_entries(empty, path, empty.who)
    assert report.published == 0
    assert "annulée" in report.problems[0].why


def test_no_cell_begins_like_a_formula(node: Node, who: Identity, tmp_path: Path) -> None:
    node.logbook.publish(PLAIN, who)
    export_entries(node, "", tmp_path / "e.csv", who)
    (row,) = csv.reader((tmp_path / "e.csv").read_text("utf-8-sig").splitlines()[1:], delimiter=";")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    export_entries(node, "", tmp_path / "e.xlsx", who)
    sheet = openpyxl.load_workbook(tmp_path / "e.xlsx").worksheets[0]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_every_file_says_who_took_it_out_and_under_which_marking(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    node.logbook.publish(RICH, who)
    for kind in KINDS:
        export_entries(node, "", tmp_path / f"e.{kind}", who)
    assert "DR – Claire Marchand" in (tmp_path / "e.csv").read_text("utf-8-sig")
    about = json.loads((tmp_path / "e.geojson").read_text())["beffroi"]
    assert about["marking"] == "DR"
    assert "Claire Marchand" in about["exported_by"]
    book = openpyxl.load_workbook(tmp_path / "e.xlsx")
    assert "DR – Claire Marchand" in book.worksheets[0].oddHeader.center.text
    _meta, _ids, _shapes, (names, values) = pyogrio.raw.read(tmp_path / "e.gpkg", layer="export")
    assert dict(zip(names, values, strict=True))["marking"] == "DR"


def test_an_export_is_in_the_audit_trail(node: Node, who: Identity, tmp_path: Path) -> None:
    node.logbook.publish(RICH, who)
    report = export_entries(node, "vandières", tmp_path / "e.csv", who)
    line = next(line for line in node.audit.lines() if line.action == "export")
    assert line.object == "e.csv"
    assert report.sha256 in line.detail
    assert report.count == 1


def test_only_what_answers_the_query_leaves(node: Node, who: Identity, tmp_path: Path) -> None:
    node.logbook.publish(RICH, who)
    node.logbook.publish(FAR, who)
    assert export_entries(node, "gravité>=3", tmp_path / "e.geojson", who).count == 1


def test_nothing_to_export_makes_an_empty_file(node: Node, who: Identity, tmp_path: Path) -> None:
    for kind in KINDS:
        assert export_entries(node, "introuvable", tmp_path / f"e.{kind}", who).count == 0
        assert (tmp_path / f"e.{kind}").stat().st_size


def test_no_file_leaves_without_its_trace(
    node: Node, who: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_detail: object) -> None:
        raise StoreError("plein")

    node.logbook.publish(Content(text="x"), who)
    monkeypatch.setattr(node.audit, "record", refuse)
    with pytest.raises(StoreError):
        export_entries(node, "", tmp_path / "e.csv", who)
    assert not list(tmp_path.glob("*e.csv*"))
    monkeypatch.undo()
    report = export_entries(node, "", tmp_path / "e.csv", who)
    (line,) = node.audit.lines(action="export")
    assert report.sha256 in line.detail


def test_the_security_officer_carries_nothing_out(node: Node, tmp_path: Path) -> None:
    officer = Account(name="rssi", display="R", organisation="", posts=("RSSI",), role="security")
    node.accounts.put(officer)
    with pytest.raises(BeffroiError, match="sortir des contenus"):
        export_entries(node, "", tmp_path / "e.csv", node.accounts.identity("rssi", "", "poste"))
    assert not list(tmp_path.glob("*e.csv*"))


@pytest.mark.parametrize("query", ["!!!", "?", "\udcff", "\x01"])
def test_a_query_that_asks_for_nothing_is_not_an_export_of_everything(
    node: Node, who: Identity, tmp_path: Path, query: str
) -> None:
    node.logbook.publish(Content(text="x"), who)
    with pytest.raises(BeffroiError, match="ne demande rien"):
        export_entries(node, query, tmp_path / "e.xlsx", who)


def test_a_title_with_odd_characters_goes_into_any_file(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    node.info = msgspec.structs.replace(node.info, title="JO\x01P\x0b")
    node.logbook.publish(Content(text="x"), who)
    for suffix in (".csv", ".xlsx", ".geojson", ".gpkg"):
        assert export_entries(node, "x\x02", tmp_path / f"e{suffix}", who).count == 1


def test_a_sheet_that_is_full_says_so_and_leaves_nothing(
    node: Node, who: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from beffroi.exchange import xlsx_file

    monkeypatch.setattr(xlsx_file, "_SHEET_ROWS", 3)
    for _ in range(2):
        node.logbook.publish(Content(text="x"), who)
    assert export_entries(node, "", tmp_path / "e.xlsx", who).count == 2
    node.logbook.publish(Content(text="x"), who)
    with pytest.raises(BeffroiError, match="une période"):
        export_entries(node, "", tmp_path / "f.xlsx", who)
    assert not list(tmp_path.glob("*f.xlsx*"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_two_half_past_two_of_an_autumn_night_stay_apart(
    node: Node, who: Identity, tmp_path: Path, kind: str
) -> None:
    first = 1_729_989_000_000  # 2024-10-27T00:30:00Z, 02:30 in summer time
    for at in (first, first + 3_600_000):
        node.logbook.publish(Content(text=f"À {at}", event_time=at), who)
    export_entries(node, "", tmp_path / f"nuit.{kind}", who)
    read = readers.read(tmp_path / f"nuit.{kind}", 10)
    place = next(p for p, key in by_header(read.headers).items() if key == "event_time")
    back = [moment(cells[place], PARIS, 0) for _number, cells in read.rows]
    assert back == [first, first + 3_600_000]
