"""Workbooks as offices make them: a title above the headers, several sheets, dates."""

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from beffroi.plugin import Unreadable
from tests.plugins.conftest import FEEDS, ReadSample


@pytest.fixture
def workbook() -> bytes:
    book = openpyxl.Workbook()
    sites = book.active
    sites.title = "Sites"
    for row in (
        ["Sites sensibles – DR"], [], ["Code", "Nom", "Latitude", "Longitude", "Ouverture", "Jauge"],
        ["01", "Arena", 48.83, 2.37, datetime(2024, 7, 27), 12_000],  # noqa: DTZ001
        ["02", "Stade", "48,92", "2,36", datetime(2024, 7, 27, 20, 30), None],  # noqa: DTZ001
        [None, None, None, None, None, None],
    ):  # fmt: skip
        sites.append(row)
    people = book.create_sheet("Effectifs")
    people.append(["Unité", "Agents"])
    people.append(["CRS 8", 80])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_the_headers_are_found_under_the_title(workbook: bytes, read_sample: ReadSample):
    found = read_sample(workbook, sheet="Sites")
    first, second = found.records
    assert [problem.where for problem in found.reading.problems] == [
        "feuille «\u202fSites\u202f», ligne 3"
    ]
    assert found.reading.format == "xlsx"
    assert first.geometry == {"type": "Point", "coordinates": [2.37, 48.83]}
    assert first.properties == {
        "Code": "01", "Nom": "Arena", "Latitude": 48.83, "Longitude": 2.37, "Ouverture": "2024-07-27",
        "Jauge": 12_000,
    }  # fmt: skip
    assert second.geometry == {"type": "Point", "coordinates": [2.36, 48.92]}
    assert second.properties["Ouverture"] == "2024-07-27T20:30:00"


def test_all_sheets_are_read_when_none_is_chosen(workbook: bytes, read_sample: ReadSample):
    found = read_sample(workbook)
    assert [record.properties["sheet"] for record in found.records] == [
        "Sites",
        "Sites",
        "Effectifs",
    ]
    assert [part.value for part in found.reading.parts] == ["Sites", "Effectifs"]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(
    workbook: bytes, read_sample: ReadSample
):
    with pytest.raises(Unreadable, match="Sites, Effectifs"):
        read_sample(workbook, sheet="Rien")


def test_a_broken_workbook_is_refused_in_one_sentence(workbook: bytes, read_sample: ReadSample):
    with pytest.raises(Unreadable):
        read_sample(workbook[:-400], word="spreadsheet")
    with pytest.raises(Unreadable, match="classeur"):
        read_sample(b"\xd0\xcf\x11\xe0" + bytes(600), name="vieux.xls")


@pytest.mark.skipif(not FEEDS.is_dir(), reason="real samples are elsewhere")
@pytest.mark.parametrize(
    ("name", "format_word", "sheets", "lines"),
    [("programme_jop2024.ods", "ods", 6, 1112), ("test-cases-15-15.xlsx", "xlsx", 10, 475)],
)
def test_real_workbooks_are_read_sheet_by_sheet(
    read_sample: ReadSample, name: str, format_word: str, sheets: int, lines: int
):
    found = read_sample(Path(FEEDS / "xlsx_ods" / name))
    assert found.reading.format == format_word
    assert len(found.reading.parts) == sheets
    total = sum(part.count or 0 for part in found.reading.parts)
    assert total == pytest.approx(lines, abs=10)
    assert len(list(found.records)) > 0.8 * total
