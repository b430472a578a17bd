"""The page itself, without a map: what must be on every copy."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from desktop.kit.theme import Theme
from desktop.printing import page, target
from desktop.printing.ground import Ground
from desktop.printing.ink import Ink
from desktop.printing.paper import PAPERS, Rect
from desktop.printing.plan import Facts, Plan

FACTS = Facts(
    marking="DIFFUSION RESTREINTE", exercise="", workspace="JOP Paris 2024", author="Claire Marchand – Carto",
    data_at="26/07/2024 14:00 (Paris)", printed_at="26/07/2024 14:05 (Paris)",
    attributions=("IGN", "© les contributeurs OpenStreetMap"), projection="Web Mercator",
    reference="C-1 2024-07-26T12:05Z\ngeo:48.86000,2.35000 1:25000 R0",
)  # fmt: skip
PLAN = Plan(
    ground=Ground(lon=2.35, lat=48.86, scale=25_000), title="Dispositif", number="C-1", grid="utm"
)
K = 4.0


def nothing(ink: Ink, place: Rect) -> None:
    ink.fill(place, QColor("#e8eef2"))


def draw(plan: Plan, facts: Facts, theme: Theme) -> QImage:
    sheet = plan.sheet
    picture = QImage(round(sheet.width * K), round(sheet.height * K), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    page.draw(Ink(painter, K, theme.font().families()), plan, facts, (), nothing)
    painter.end()
    return picture


def has(picture: QImage, place: Rect, colour: QColor) -> int:
    """How many points of a place are about a colour."""
    x0, y0, x1, y1 = (
        round(v * K) for v in (place.x, place.y, place.x + place.w, place.y + place.h)
    )
    found = 0
    for y in range(y0, min(y1, picture.height()), 2):
        for x in range(x0, min(x1, picture.width()), 2):
            p = picture.pixelColor(x, y)
            near = (
                abs(p.red() - colour.red())
                + abs(p.green() - colour.green())
                + abs(p.blue() - colour.blue())
            )
            found += near < 40
    return found


@pytest.mark.parametrize("paper", [PAPERS[0], PAPERS[1]], ids=lambda paper: paper.name)
@pytest.mark.parametrize("landscape", [True, False])
def test_every_page_is_marked_above_and_below(theme: Theme, paper, landscape):
    plan = replace(PLAN, paper=paper, landscape=landscape)
    picture = draw(plan, FACTS, theme)
    assert has(picture, plan.sheet.header, page.RED) > 60
    assert has(picture, plan.sheet.footer, page.RED) > 60
    assert has(picture, plan.sheet.header, page.YELLOW) == 0


def test_an_exercise_cannot_be_taken_for_the_real_thing(theme: Theme):
    plain, exercise = (
        draw(PLAN, replace(FACTS, exercise=words), theme) for words in ("", "EXERCICE")
    )
    assert has(exercise, PLAN.sheet.header, page.YELLOW) > 100
    place = PLAN.sheet.map
    changed = sum(
        plain.pixel(x, y) != exercise.pixel(x, y)
        for y in range(round(place.y * K), round((place.y + place.h) * K), 6)
        for x in range(round(place.x * K), round((place.x + place.w) * K), 6)
    )
    assert changed > 1_000, "it is written across the map"


def test_the_north_turns_with_the_sheet(theme: Theme):
    turned = replace(PLAN, ground=replace(PLAN.ground, rotation=90.0))
    assert draw(PLAN, FACTS, theme) != draw(turned, FACTS, theme)


def read(path: Path) -> tuple[int, str]:
    """How many pages a PDF has, and the words of the last one."""
    document = QPdfDocument()
    held = QBuffer()
    held.setData(path.read_bytes())
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(held)
    pages = document.pageCount()
    words = document.getAllText(pages - 1).text()
    document.close()
    return pages, words


def test_each_copy_bears_its_number_and_its_words_can_be_searched(theme: Theme, tmp_path: Path):
    plan, families = replace(PLAN, copies=3), theme.font().families()
    target.write_pdf(
        tmp_path / "a.pdf", plan, "Dispositif", families,
        lambda ink, copy: page.draw(ink, plan, FACTS, (), nothing, copy),
    )  # fmt: skip
    pages, words = read(tmp_path / "a.pdf")
    assert pages == 3
    said = words.replace("\u00a0", " ")
    for wanted in (
        "DIFFUSION RESTREINTE",
        "Dispositif",
        "Exemplaire n° 3 sur 3",
        "OpenStreetMap",
        "C-1 2024-07-26T12:05Z",
    ):
        assert wanted in said, wanted


def test_a_printer_gets_the_same_pages(theme: Theme, tmp_path: Path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "b.pdf"))
    plan, families = replace(PLAN, copies=2, landscape=False), theme.font().families()
    target.send_to(
        printer, plan, families, lambda ink, copy: page.draw(ink, plan, FACTS, (), nothing, copy)
    )
    pages, words = read(tmp_path / "b.pdf")
    assert pages == 2
    assert "DIFFUSION RESTREINTE" in words


def test_a_large_sheet_stays_within_memory_whatever_is_asked():
    large = replace(PLAN, paper=PAPERS[-1], dpi=300)
    sheet = large.sheet
    points = sheet.width * sheet.height * (large.fineness / 25.4) ** 2
    assert points <= 70_500_000
    assert replace(PLAN, dpi=300).fineness == 300
