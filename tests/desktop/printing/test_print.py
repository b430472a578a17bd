"""A map on paper: what is on it, who may take it out, what the trail keeps."""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beffroi.errors import BeffroiError
from beffroi.logbook.entry import Entry
from desktop.api import Desk
from desktop.printing import job
from desktop.printing.commands import register
from desktop.printing.copying import banded
from desktop.printing.dialog import PrintDialog
from desktop.printing.form import read_scale
from desktop.printing.ground import Ground
from desktop.printing.legend import attributions, legend
from desktop.printing.paper import PAPERS
from desktop.printing.plan import Plan
from tests.desktop.map.conftest import Map


@pytest.fixture
def dialog(desk: Desk, shown: Map, qtbot: QtBot) -> Iterator[PrintDialog]:
    """The dialog, its page drawn once."""
    shown.go(2.35, 48.86, 11.5)
    prints = register(desk)
    prints.open()
    assert prints.dialog is not None
    dialog = prints.dialog
    qtbot.waitUntil(
        lambda: bool(dialog._packed) and dialog.preview.page is not None, timeout=20_000
    )
    yield dialog
    dialog.away()
    dialog.close()


def printed(dialog: PrintDialog, qtbot: QtBot, path: Path, to: Callable[..., job.Painted]) -> Path:
    dialog.run(to(dialog._desk, path, dialog._families), path.name)
    qtbot.waitUntil(lambda: not dialog.printing, timeout=40_000)
    return path


def streams(pdf: bytes) -> bytes:
    """What a PDF draws, unpacked."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    out = b""
    for one in found:
        try:
            out += zlib.decompress(one)
        except zlib.error:
            continue
    return out


def test_a_map_leaves_as_a_pdf_with_letters_and_as_a_picture_that_a_gis_places(
    dialog: PrintDialog, desk: Desk, write: Callable[..., Entry], qtbot: QtBot, tmp_path: Path
):
    pdf = printed(dialog, qtbot, tmp_path / "carte.pdf", job.to_pdf).read_bytes()
    assert pdf.startswith(b"%PDF")
    assert b"/FontFile" in pdf, "letters are letters"
    assert streams(pdf).count(b"BT") > 20
    png = QImage(str(printed(dialog, qtbot, tmp_path / "carte.png", job.to_png)))
    assert png.size() == QSize(1754, 1240), "A4 lying, 150 points per inch"
    world = [float(line) for line in (tmp_path / "carte.pgw").read_text("ascii").split()]
    assert world[0] == pytest.approx(-world[3])
    assert "Mercator" in (tmp_path / "carte.prj").read_text("ascii")
    assert not list(tmp_path.glob(".*")), "nothing half written is left"
    dialog.plan = replace(dialog.plan, paper=PAPERS[2], dpi=96)
    steps: list[tuple[int, int]] = []
    dialog.run(job.to_pdf(desk, tmp_path / "a2.pdf", dialog._families), "a2.pdf")
    assert dialog._job is not None
    dialog._job.stepped.connect(lambda there, wanted: steps.append((there, wanted)))
    qtbot.waitUntil(lambda: not dialog.printing, timeout=60_000)
    assert steps[-1][0] == steps[-1][1] > 1, "a large sheet is drawn in several pictures"
    trace = list(desk.node.audit.lines(action="print"))
    assert len(trace) == 3
    assert '"marking"' in trace[0].detail


def test_the_sheet_on_the_map_and_the_fields_say_the_same(
    dialog: PrintDialog, shown: Map, qtbot: QtBot
):
    shown.wait("room.map.getLayers().getArray().some(l => l.getZIndex() === 990 && l.getVisible())")
    x, y = shown.pixel(dialog.plan.ground.lon, dialog.plan.ground.lat)
    before = dialog.plan.ground
    shown.ask(f"""(() => {{
      const target = document.querySelector('.ol-viewport'), box = target.getBoundingClientRect();
      const say = (type, dx) => target.dispatchEvent(new PointerEvent(type, {{ clientX: box.left + {x} + dx,
        clientY: box.top + {y}, button: 0, buttons: 1, pointerId: 1, isPrimary: true, bubbles: true }}));
      say('pointerdown', 0); for (const dx of [10, 30, 60]) say('pointermove', dx);
      document.dispatchEvent(new PointerEvent('pointerup', {{ clientX: box.left + {x} + 60,
        clientY: box.top + {y}, button: 0, pointerId: 1, isPrimary: true, bubbles: true }}));
      return true;
    }})()""")
    qtbot.waitUntil(lambda: dialog.plan.ground.lon > before.lon, timeout=5_000)
    dialog.form.turn.setValue(30)
    assert dialog.plan.ground.rotation == 30
    shown.wait("document.body !== null")
    dialog.form.paper.setCurrentIndex(1)
    assert dialog.plan.paper == PAPERS[1]


def test_the_window_may_close_while_the_dialog_is_open(desk: Desk, shown: Map, qtbot: QtBot):
    prints = register(desk)
    prints.open()
    assert prints.dialog is not None
    stills = prints.dialog.rough.lend()
    shown.panel.shut()
    assert stills.is_shut  # type: ignore[attr-defined]
    prints.dialog.close()


def test_who_may_not_export_prints_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    register(desk)
    monkeypatch.setattr(desk.node, "who", replace(desk.node.who, may_export=False))
    plan = Plan(ground=Ground(lon=2.35, lat=48.86, scale=25_000))
    never = job.Job(desk, plan, job.to_pdf(desk, tmp_path / "non.pdf", []), desk.shared)
    with pytest.raises(BeffroiError, match="ne permet pas de sortir"):
        never.start()
    assert not (tmp_path / "non.pdf").exists()
    for command in ("map.print", "map.copy-image", "map.annex"):
        assert not desk.commands[command].enabled()  # type: ignore[misc]


def test_the_picture_on_the_clipboard_is_marked(
    desk: Desk, shown: Map, qtbot: QtBot, dressed: object
):
    register(desk)
    shown.go(2.35, 48.86, 10)
    QApplication.clipboard().clear()
    desk.commands["map.copy-image"].run()
    qtbot.waitUntil(lambda: not QApplication.clipboard().image().isNull(), timeout=20_000)
    image = QApplication.clipboard().image()
    red = [
        (x, y)
        for y in (*range(34), *range(image.height() - 34, image.height()))
        for x in range(image.width() // 3, 2 * image.width() // 3)
        if image.pixelColor(x, y).red() > 150 > image.pixelColor(x, y).green() + 40
    ]
    assert min(y for _x, y in red) < 34 < image.height() - 34 < max(y for _x, y in red)
    assert list(desk.node.audit.lines(action="export"))


def test_an_exercise_is_said_in_the_picture(dressed: object):
    blank = QImage(900, 300, QImage.Format.Format_RGB32)
    blank.fill(0xFFFFFF)
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(held, b"png").write(blank)
    data = held.data().data()
    real = banded(data, "DIFFUSION RESTREINTE", "", "", "")
    exercise = banded(data, "DIFFUSION RESTREINTE", "EXERCICE", "", "")
    assert real != exercise


def test_the_legend_tells_what_is_visible_and_whose_it_is(desk: Desk, theme):
    words = [key.words for key in legend(desk.stack, [], 11.0, theme)]
    assert words[0] == "Main courante"
    assert "Sites de compétition" in words or "Communes (2018)" in words or len(words) >= 6
    desk.stack.show("entries", False)
    assert "Main courante" not in [key.words for key in legend(desk.stack, [], 11.0, theme)]
    assert len(set(attributions(desk.stack, []))) == len(attributions(desk.stack, []))


@pytest.mark.parametrize(
    ("words", "scale"),
    [("1:25 000", 25_000), ("1/5000", 5_000), ("75000", 75_000), ("1:10", 500), ("carte", None)],
)
def test_a_scale_is_read_as_people_write_it(words: str, scale: float | None):
    assert read_scale(words) == scale
