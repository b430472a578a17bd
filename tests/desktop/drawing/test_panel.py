"""The dock « Dessin »: palette, sheet, queue, sharing, files; no page is needed for any of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beffroi.exchange.drawings import export_drawing
from beffroi.journal import Identity
from beffroi.layers.shapes import Shape, fields_of
from beffroi.logbook.entry import Content, Entry
from beffroi.node import Node
from desktop import drawing as drawing_capability
from desktop.api import Desk, Spot
from desktop.drawing.commands import _offers
from desktop.drawing.panel import DrawingPanel

HERE = (2.35, 48.85)


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> DrawingPanel:
    drawing_capability.install(desk)
    dock = desk.docks.widget("drawing")  # type: ignore[attr-defined]
    assert isinstance(dock, DrawingPanel)
    qtbot.waitUntil(lambda: dock.studio.shapes.loaded, timeout=5000)
    dock.studio.calques.make("SITAC", "sitac")
    qtbot.waitUntil(lambda: bool(dock.studio.calques.current), timeout=5000)
    return dock


def drawn(panel: DrawingPanel, bot: QtBot, **fields: object) -> str:
    """A shape drawn, stored and selected."""
    before = panel.studio.shapes.uids
    panel.studio.place(Shape(layer="", **{"kind": "point", "points": (HERE,), **fields}))  # type: ignore[arg-type]
    bot.waitUntil(lambda: len(panel.studio.shapes.uids) == len(before) + 1, timeout=5000)
    (uid,) = panel.studio.shapes.uids - before
    bot.waitUntil(lambda: panel.studio.hand.selection == (uid,), timeout=5000)
    return uid


def enter(node: Node, who: Identity, text: str, **more: object) -> Entry:
    return node.logbook.publish(Content(text=text, **more), who)  # type: ignore[arg-type]


def test_a_symbol_is_found_by_its_letters_and_taken_by_enter(panel: DrawingPanel) -> None:
    symbols = panel.palette_tab.symbols
    QTest.keyClicks(symbols.field, "prv")
    assert symbols.list.count() == 1
    QTest.keyClick(symbols.field, Qt.Key.Key_Return)
    assert (panel.studio.pen.kind, panel.studio.pen.symbol) == ("symbol", "sitac:prv")
    symbols.field.clear()
    assert symbols.list.item(0).text() == "Point de rassemblement des victimes"


def test_one_calque_takes_its_symbols_from_one_set(panel: DrawingPanel, qtbot: QtBot) -> None:
    panel.studio.calques.make("Militaires", "app6")
    qtbot.waitUntil(lambda: panel.studio.calques.symbol_set == "app6", timeout=5000)
    keys = {
        str(panel.palette_tab.symbols.list.item(row).data(Qt.ItemDataRole.UserRole))
        for row in range(panel.palette_tab.symbols.list.count())
    }
    assert all(key.startswith("app6:") for key in keys)
    panel.palette_tab.military.affiliation.setCurrentIndex(1)
    panel.palette_tab.symbols.chosen.emit("app6:10031000001211000000")
    assert panel.studio.pen.symbol == "app6:10061000001211000000"
    QTest.keyClicks(panel.palette_tab.symbols.field, "10031500001205000000")
    QTest.keyClick(panel.palette_tab.symbols.field, Qt.Key.Key_Return)
    assert panel.studio.pen.symbol == "app6:10031500001205000000"


def test_the_sheet_changes_label_validity_and_what_is_planned(
    panel: DrawingPanel, qtbot: QtBot
) -> None:
    uid = drawn(panel, qtbot)
    sheet = panel.properties
    sheet.label.setText("Poste avancé")
    sheet.label.editingFinished.emit()
    sheet.since.setText("26/07/2024 14:30")
    sheet.since.editingFinished.emit()
    sheet.planned.click()
    shapes = panel.studio.shapes
    qtbot.waitUntil(
        lambda: (shapes[uid].label, shapes[uid].planned) == ("Poste avancé", True), timeout=5000
    )
    assert shapes[uid].since == 1_721_997_000_000  # 14 h 30 in Paris
    assert panel.studio.hand.undo_words == "modifier"


def test_a_validity_that_is_not_understood_is_marked_and_changes_nothing(
    panel: DrawingPanel, qtbot: QtBot
) -> None:
    uid = drawn(panel, qtbot)
    panel.properties.until.setText("un de ces jours")
    panel.properties.until.editingFinished.emit()
    assert panel.properties.until.property("wrong") is True
    assert panel.studio.shapes[uid].until is None


def test_the_queue_holds_what_is_located_or_locatable_and_one_key_draws_it(
    panel: DrawingPanel, node: Node, who: Identity, qtbot: QtBot
) -> None:
    enter(node, who, "Point de presse à 18 h")
    fire = enter(node, who, "Feu de broussailles", lon=2.3, lat=48.8, tags=("SDC.INCENDIE",))
    enter(node, who, "Accident", place="A86, PK 12", tags=("SDC.AVP",))
    queue = panel.queue
    qtbot.waitUntil(
        lambda: queue.list.count() == 0 and not queue.list.isVisibleTo(queue), timeout=5000
    )
    queue.gravity.setCurrentIndex(0)
    queue.gravity.activated.emit(0)
    qtbot.waitUntil(lambda: queue.list.count() == 2, timeout=5000)
    assert panel.tabs.tabText(2) == "À dessiner (2)"
    queue.list.setCurrentRow(1)
    QTest.keyClick(queue.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: queue.list.count() == 1, timeout=5000)
    (uid,) = panel.studio.shapes.of_entry(fire.uid)
    shape = panel.studio.shapes[uid]
    assert (shape.symbol, shape.points) == ("sitac:source-feu", ((2.3, 48.8),))
    queue.draw(queue.list.item(0).data(Qt.ItemDataRole.UserRole))
    assert panel.studio.pen.symbol == "sitac:vsav"


def test_an_entry_set_aside_stays_aside(
    panel: DrawingPanel, node: Node, who: Identity, qtbot: QtBot
) -> None:
    enter(node, who, "Bruit", lon=2.3, lat=48.8, gravity=2)
    qtbot.waitUntil(lambda: panel.queue.list.count() == 1, timeout=5000)
    panel.queue.list.setCurrentRow(0)
    panel.queue.aside_button.click()
    qtbot.waitUntil(lambda: panel.queue.list.count() == 0, timeout=5000)
    assert panel.queue.empty.isVisibleTo(panel.queue)


def test_a_click_on_a_symbol_selects_its_entry_and_the_entry_its_symbols(
    panel: DrawingPanel, desk: Desk, node: Node, who: Identity, qtbot: QtBot
) -> None:
    entry = enter(node, who, "Feu", lon=2.3, lat=48.8)
    uid = drawn(panel, qtbot, entry=entry.uid)
    panel.studio.hand.select(())
    desk.canvas.bridge.happened("drawing-clicked", f'{{"uid": "{uid}", "more": false}}')  # type: ignore[attr-defined]
    assert desk.shared.selection == (entry.uid,)
    panel.studio.hand.select(())
    desk.shared.select(())
    desk.shared.select((entry.uid,))
    assert panel.studio.hand.selection == (uid,)


def test_a_calque_is_shared_on_purpose_with_all_that_is_drawn_on_it(
    panel: DrawingPanel, node: Node, qtbot: QtBot
) -> None:
    uid = drawn(panel, qtbot)
    layer = panel.studio.calques.current
    panel.ask_share(layer)
    assert "votre nom y figure" in panel.share.said.text()
    assert not node.sheets.one(layer).shared
    panel.share.choice.list.setCurrentIndex(0)
    panel.share.agree.click()
    qtbot.waitUntil(lambda: node.sheets.one(uid).shared, timeout=5000)
    assert node.sheets.one(layer).shared
    assert node.sheets.one(uid).marking == "NP"
    later = drawn(panel, qtbot, label="Après")
    assert (node.sheets.one(later).shared, node.sheets.one(later).marking) == (True, "NP")


def test_what_others_draw_arrives_live_and_cannot_be_changed_without_the_right(
    panel: DrawingPanel, node: Node, other: Identity, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = node.sheets.put("layer", {"title": "Zone", "kind": "drawing"}, other, shared=True)
    shape = Shape(layer=layer.uid, kind="point", points=(HERE,), label="Chez eux")
    made = node.sheets.put("shape", fields_of(shape), other, shared=True)
    qtbot.waitUntil(lambda: made.uid in panel.studio.shapes, timeout=5000)
    hand = panel.studio.hand
    monkeypatch.setattr(panel._desk.link, "may", lambda *_what, own=False: own)
    hand.select((made.uid,))
    assert hand.changeable() == []
    assert not panel.properties.label.isEnabled()


def test_a_file_becomes_shapes_in_one_step(
    panel: DrawingPanel, node: Node, who: Identity, qtbot: QtBot, tmp_path: Path,
    heard: list[tuple[str, str]],
) -> None:  # fmt: skip
    drawn(panel, qtbot, label="Un")
    path = tmp_path / "dessin.geojson"
    assert export_drawing(node, panel.studio.calques.current, path, who) == 1
    panel.files.read(path)
    qtbot.waitUntil(lambda: len(panel.studio.shapes.uids) == 2, timeout=15_000)
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    assert heard[-1] == ("done", "1 dessin importé")
    panel.studio.hand.undo()
    qtbot.waitUntil(lambda: len(panel.studio.shapes.uids) == 1, timeout=5000)


def test_the_maps_menu_says_what_undo_would_take_back(panel: DrawingPanel, qtbot: QtBot) -> None:
    uid = drawn(panel, qtbot)
    titles = [offer.title for offer in _offers(panel, Spot(lon=2, lat=48))]
    assert titles == ["Annuler\u00a0: tracer le point"]
    on_it = _offers(panel, Spot(lon=2, lat=48, hit={"kind": "shape", "uid": uid}))
    assert [offer.title for offer in on_it][:3] == ["Fiche du dessin", "Copier", "Supprimer"]


def test_a_locked_calque_takes_no_drawing(panel: DrawingPanel, desk: Desk) -> None:
    desk.stack.lock(panel.studio.calques.current, True)
    panel.palette_tab.take("line")
    assert panel.studio.pen.kind is None
    assert "verrouillé" in desk.notices.history[-1].text


def test_the_look_chosen_without_a_tool_is_for_what_is_selected(
    panel: DrawingPanel, qtbot: QtBot
) -> None:
    uid = drawn(panel, qtbot)
    panel.studio.pen.dress(colour="#1457c2", planned=True)
    shapes = panel.studio.shapes
    qtbot.waitUntil(lambda: shapes[uid].colour == "#1457c2", timeout=5000)
    assert shapes[uid].planned
    panel.studio.hand.select(())
    panel.studio.gestures.step(1)
    assert panel.studio.hand.selection == (uid,)
