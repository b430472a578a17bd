"""A drop anywhere on the window, a paste, a small table typed by hand: all lead to the wizard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.api import Desk
from desktop.kit.drops import Taker
from desktop.sources.dropping import dropped
from desktop.sources.manual import ManualTable
from desktop.sources.windows import Sources
from tests.desktop.sources.conftest import FakeReader

BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def let_go(window: QWidget, data: QMimeData) -> None:
    """Drag something over the window, and drop it."""
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), copy, data, BUTTON, NONE))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, data, BUTTON, NONE))


def test_a_file_dropped_on_the_window_opens_the_wizard_on_it(
    sources: Sources, window, reader: FakeReader, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "sites.geojson"
    file.write_text("{}")
    let_go(window, files(file))
    wizard = sources.wizard()
    qtbot.waitUntil(lambda: wizard.understood.finding is not None)
    assert reader.asked[0][0].address == str(file)
    wizard.close()


def test_whoever_asked_last_has_the_first_choice(desk: Desk, sources: Sources, window) -> None:
    taken: list[QMimeData] = []
    desk.drops.add(
        Taker(
            wants=lambda data: data.urls()[0].fileName().endswith(".pmtiles"),
            take=taken.append,
            words="Installer le fond de carte",
        )
    )
    let_go(window, files(Path("/tmp/fond.pmtiles")))
    assert len(taken) == 1
    assert not sources.wizard().isVisible()


@pytest.mark.parametrize(
    ("text", "transport"),
    [
        ("https://example.fr/flux.json", "http"),
        ("nom\tlat\tlon\nGymnase\t48,85\t2,35", "paste"),
        ('{"type": "FeatureCollection", "features": []}', "paste"),
    ],
)
def test_what_is_in_the_clipboard_becomes_a_source(
    sources: Sources, desk: Desk, reader: FakeReader, qtbot: QtBot, text: str, transport: str
) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.commands.run("sources.paste")
    wizard = sources.wizard()
    qtbot.waitUntil(lambda: wizard.understood.finding is not None)
    assert reader.asked[0][0].transport == transport
    wizard.close()


def test_an_address_dragged_from_a_browser_is_an_address() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.fr/wfs?service=WFS")])
    origin = dropped(data).origin
    assert (origin.transport, origin.format) == ("http", "wfs")


@pytest.fixture
def table(desk: Desk, window):
    built = ManualTable(desk, window)
    yield built
    built.close()


def test_a_table_typed_by_hand_leaves_out_what_nobody_filled(
    table: ManualTable, qtbot: QtBot
) -> None:
    table.add_field("capacité")
    table.write(0, 0, "Gymnase Japy")
    table.write(0, 2, "48.8552")
    table.write(0, 3, "2.3805")
    table.write(2, 0, "Salle ; annexe")
    table.write(2, 6, "120")
    with qtbot.waitSignal(table.written) as written:
        table.accept()
    (origin,) = written.args
    assert origin.transport == "manual"
    assert origin.text.splitlines() == [
        "titre;latitude;longitude;capacité",
        "Gymnase Japy;48.8552;2.3805;",
        '"Salle ; annexe";;;120',
    ]


def test_an_empty_table_is_not_handed_over(table: ManualTable) -> None:
    table.open()
    table.accept()
    assert table.told.text() == "Écrivez au moins une ligne."
    assert table.isVisible()


def test_a_known_place_finds_its_position_and_a_click_on_the_map_does_too(
    table: ManualTable, desk: Desk, qtbot: QtBot
) -> None:
    table.write(0, 1, "Marseille")
    qtbot.waitUntil(lambda: bool(table.cell(0, 2)), timeout=20_000)
    assert table.cell(0, 2).startswith("43.")
    table.table.setCurrentCell(1, 0)
    picks = []
    desk.shared.pick_requested.connect(picks.append)
    table.pick.click()
    picks[0].chosen(2.35, 48.85)
    assert (table.cell(1, 2), table.cell(1, 3)) == ("48.850000", "2.350000")


def test_every_control_of_the_windows_has_a_name(sources: Sources, table: ManualTable) -> None:
    for window in (sources.wizard(), sources.board, table):
        fields = (QAbstractButton, QLineEdit, QComboBox, QTableView, QListWidget, QPlainTextEdit)
        for control in [found for kind in fields for found in window.findChildren(kind)]:
            inside = control.parentWidget()
            inner = isinstance(inside, QComboBox | QAbstractItemView)
            if control.isHidden() or inner or control.objectName().startswith("qt_"):
                continue
            text = control.text() if isinstance(control, QAbstractButton) else ""
            assert control.accessibleName() or control.toolTip() or text, control
