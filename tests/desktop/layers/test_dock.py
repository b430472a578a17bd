"""What the dock of the calques shows, and what one does there."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyogrio
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from beffroi.layers.calques import Calque
from beffroi.layers.style import Class, Style
from beffroi.node import Node
from beffroi.observations import Where
from desktop.api import Desk
from desktop.layers import rooms
from desktop.layers.panel import LayersPanel
from desktop.layers.rooms import Room
from tests.desktop.layers.conftest import Make, Tell, area, point

LYON = (4.8357, 45.764)


@pytest.fixture
def room(desk: Desk) -> Room:
    """The calques on the desk, without the page of the map."""
    return rooms.install(desk)


def items(panel: LayersPanel) -> dict[str, QTreeWidgetItem]:
    return {item.text(0): item for item in panel.tree.leaves()}


def settle(qtbot: QtBot, room: Room, *titles: str) -> None:
    qtbot.waitUntil(lambda: set(titles) <= set(items(room.panel)), timeout=5000)


def test_calques_lie_under_the_entries_in_their_group_with_their_legend(
    room: Room, make: Make, tell: Tell, qtbot: QtBot
) -> None:
    tell("s", point("a", *LYON, k="rouge"), point("b", 4.9, 45.8, k="vert"), area("z", 4, 45, 1))
    style = Style(mode="values", field="k", classes=(Class(value="rouge", label="Danger"),))
    kept = make(Calque(title="Crues", source="s", group="Vigilances", style=style))
    settle(qtbot, room, "Crues")
    item = items(room.panel)["Crues"]
    assert item.parent().text(0) == "Vigilances"
    assert [item.child(at).text(0) for at in range(item.childCount())] == ["Danger", "Autres"]
    held = room.serving.held(kept.uid)
    assert held is not None
    held.load()
    room.serving.counted.emit(kept.uid)
    qtbot.waitUntil(lambda: items(room.panel)["Crues"].text(1) == "3", timeout=5000)
    item = items(room.panel)["Crues"]
    assert [item.child(at).text(1) for at in range(item.childCount())] == ["1", "2"]


def test_a_calque_of_areas_has_an_area_for_its_mark(
    room: Room, make: Make, tell: Tell, qtbot: QtBot
) -> None:
    tell("s", area("z", 4, 45, 1))
    uid = make(Calque(title="Zones", source="s")).uid
    settle(qtbot, room, "Zones")
    as_point = items(room.panel)["Zones"].icon(0).pixmap(18, 18).toImage()
    held = room.serving.held(uid)
    assert held is not None
    held.load()
    room.serving.counted.emit(uid)
    qtbot.waitUntil(lambda: items(room.panel)["Zones"].text(1) == "1", timeout=5000)
    assert items(room.panel)["Zones"].icon(0).pixmap(18, 18).toImage() != as_point


def test_a_calque_that_was_empty_at_first_fills_when_its_source_speaks(
    room: Room, make: Make, tell: Tell, qtbot: QtBot
) -> None:
    uid = make(Calque(title="Crues", source="s")).uid
    settle(qtbot, room, "Crues")
    held = room.serving.held(uid)
    assert held is not None
    held.load()
    room.serving.counted.emit(uid)
    qtbot.waitUntil(lambda: items(room.panel)["Crues"].text(1) == "0", timeout=5000)
    tell("s", point("a", *LYON))
    qtbot.waitUntil(lambda: len(held) == 1, timeout=5000)


def test_a_few_letters_find_a_calque(room: Room, make: Make, qtbot: QtBot) -> None:
    make(Calque(title="Hôpitaux", source="s"))
    settle(qtbot, room, "Hôpitaux")
    room.panel.search.setText("hôpit")
    shown = {title for title, item in items(room.panel).items() if not item.isHidden()}
    assert "Hôpitaux" in shown
    assert len(shown) < 4
    room.panel.search.setText("pour moi seul")
    assert [title for title, item in items(room.panel).items() if not item.isHidden()] == [
        "Hôpitaux"
    ]
    room.panel.search.clear()
    assert not any(item.isHidden() for item in items(room.panel).values())


def test_only_this_one_and_back_again(room: Room, make: Make, desk: Desk, qtbot: QtBot) -> None:
    uid = make(Calque(title="Crues", source="s")).uid
    other = make(Calque(title="Feux", source="t")).uid
    settle(qtbot, room, "Crues", "Feux")
    desk.stack.show(uid, False)
    room.acts.act("alone", uid)
    assert (desk.stack[uid].visible, desk.stack[other].visible) == (True, False)
    assert desk.stack["entries"].visible
    room.acts.act("alone", uid)
    assert desk.stack[other].visible


def test_what_is_renamed_grouped_or_taken_away_is_so_for_the_sheet(
    room: Room, make: Make, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    uid = make(Calque(title="Crues", source="s")).uid
    settle(qtbot, room, "Crues")
    room.panel.select(uid)
    room.panel.renamed.emit(uid, "Crues de la Seine")
    settle(qtbot, room, "Crues de la Seine")
    room.acts.put_into(uid, "Eaux")
    qtbot.waitUntil(lambda: node.sheets.one(uid).fields.get("group") == "Eaux", timeout=5000)
    settle(qtbot, room, "Crues de la Seine")
    room.acts.act("remove", uid)
    qtbot.waitUntil(lambda: node.sheets.find(uid) is None, timeout=5000)
    notice = desk.notices.history[-1]
    assert notice.action is not None
    notice.action[1]()
    qtbot.waitUntil(lambda: node.sheets.find(uid) is not None, timeout=5000)


def test_the_stack_is_mine_and_comes_back_after_a_restart(
    room: Room, make: Make, desk: Desk, qtbot: QtBot
) -> None:
    from desktop.kit.stack import Stack

    uid = make(Calque(title="Crues", source="s")).uid
    settle(qtbot, room, "Crues")
    desk.stack.lock(uid, True)
    desk.stack.fade(uid, 0.4)
    order = [*desk.stack.order]
    order.remove(uid)
    desk.stack.arrange([*order, uid])
    again = Stack(desk.settings)
    again.know([(layer, True) for layer in desk.stack.order if layer not in again])
    assert (again[uid].locked, again[uid].opacity) == (True, 0.4)
    assert again.order[-1] == uid
    assert again.z(uid) > again.z("entries")


def test_a_style_tried_out_is_told_to_the_map_and_kept_only_when_applied(
    room: Room, make: Make, tell: Tell, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    tell("s", *(point(f"p{n}", 4.8, 45.7, niveau=n) for n in range(30)))
    uid = make(Calque(title="Crues", source="s")).uid
    settle(qtbot, room, "Crues")
    room.windows.edit(uid)
    editor = room.windows.editor
    assert editor is not None
    form = editor.style_form
    qtbot.waitUntil(lambda: form.field.count() > 0, timeout=5000)
    plain = form.style_now.colour
    form.mode.setCurrentIndex(form.mode.findData("graduated"))
    qtbot.waitUntil(lambda: form.classes.rowCount() == 6, timeout=5000)
    assert form.style_now.colour != plain, "what is in no class stays behind"
    kept: dict[str, Any] = desk.canvas.bridge._state  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(kept["calques"][0]["looks"]) == 6, timeout=5000)
    assert node.sheets.one(uid).fields.get("style", {}) == {}
    editor.filter_form.add(Where("niveau", ">=", 10))
    editor.keep()
    qtbot.waitUntil(lambda: "style" in node.sheets.one(uid).fields, timeout=5000)
    calque = room.calques[uid].calque
    qtbot.waitUntil(lambda: room.calques[uid].calque.filter != (), timeout=5000)
    calque = room.calques[uid].calque
    assert calque.style.mode == "graduated"
    assert len(calque.style.classes) == 5
    assert calque.filter == (Where("niveau", ">=", 10),)


def test_a_name_that_is_missing_is_said_where_it_is_written(
    room: Room, make: Make, qtbot: QtBot
) -> None:
    uid = make(Calque(title="Crues", source="s")).uid
    settle(qtbot, room, "Crues")
    room.windows.edit(uid)
    editor = room.windows.editor
    assert editor is not None
    editor.display_form.title.setText(" ")
    editor.keep()
    assert editor.isVisible()
    assert editor.problem.text() == "Donnez un nom à ce calque."
    editor.reject()


def test_a_table_shows_sorts_and_filters_every_row(
    room: Room, make: Make, tell: Tell, desk: Desk, qtbot: QtBot
) -> None:
    tell("s", *(point(f"p{n:03}", 4.8, 45.7, niveau=n, commune=f"C{n % 7}") for n in range(450)))
    uid = make(Calque(title="Crues", source="s", filter=(Where("niveau", "<", 400),))).uid
    settle(qtbot, room, "Crues")
    desk.shared.calque_asked.emit(uid, 0)
    table = room.windows.table
    assert table is not None
    model = table.model
    qtbot.waitUntil(lambda: model.rowCount() == 400, timeout=5000)
    assert table.count.text() == "400 objets"
    model.sort(model.columns.index("niveau"), Qt.SortOrder.DescendingOrder)
    cell = lambda row, name: model.data(model.index(row, model.columns.index(name)))  # noqa: E731
    qtbot.waitUntil(lambda: cell(0, "niveau") == "399", timeout=5000)
    qtbot.waitUntil(lambda: cell(250, "@title") == "p149", timeout=5000)
    table._filter_by("commune")
    table.search.setText("c3")
    qtbot.waitUntil(lambda: model.rowCount() == 57, timeout=5000)
    table.search.setText("introuvable")
    qtbot.waitUntil(lambda: table.empty.title.text() == "Aucune ligne ne répond", timeout=5000)
    table.empty.remedy.click()
    qtbot.waitUntil(lambda: model.rowCount() == 400, timeout=5000)
    rid = int(model.rids[5])
    desk.shared.calque_asked.emit(uid, rid)
    assert table.view.currentIndex().row() == 5


def test_exports_carry_marking_and_exercise_and_no_formula(
    room: Room, make: Make, tell: Tell, node: Node, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    tell("s", point("=cmd|' /C calc'!A0", *LYON, **{"=SUM(A1)": "+1+1", "n": 2.5, "Fid": "x"}),
         area("z", 4.0, 45.0, 1.0, n=3.5))  # fmt: skip
    uid = make(Calque(title="Crues", source="s")).uid
    settle(qtbot, room, "Crues")
    desk.shared.calque_asked.emit(uid, 0)
    table = room.windows.table
    assert table is not None
    qtbot.waitUntil(lambda: table.model.rowCount() == 2, timeout=5000)
    for suffix in ("csv", "xlsx", "geojson", "gpkg"):
        path = tmp_path / f"table.{suffix}"
        table.export.to(path)
        qtbot.waitUntil(path.exists, timeout=10_000)
    text = (tmp_path / "table.csv").read_text("utf-8-sig")
    assert "'=cmd" in text
    assert "'+1+1" in text
    assert "'=SUM(A1)" in text
    assert "2,5" in text
    assert "DR" in text.splitlines()[1]
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    assert book.sheetnames[0] == "Crues"
    assert all(cell.data_type != "f" for row in book.worksheets[0].rows for cell in row)
    collection = json.loads((tmp_path / "table.geojson").read_bytes())
    assert collection["beffroi"]["marking"] == "DR"
    assert {f["geometry"]["type"] for f in collection["features"]} == {"Point", "Polygon"}
    _meta, _ids, shapes, _fields = pyogrio.raw.read(tmp_path / "table.gpkg", layer="objects")
    assert len(shapes) == 2
    assert len(list(node.audit.lines(action="export"))) == 4


def test_what_lies_near_becomes_a_table_a_calque_or_a_list(
    room: Room, make: Make, tell: Tell, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    tell("s", point("près", 4.84, 45.764), point("loin", 5.2, 45.7), point("centre", *LYON))
    uid = make(Calque(title="Sites", source="s")).uid
    settle(qtbot, room, "Sites")
    room.windows.select(uid)
    form = room.windows.form
    assert form is not None
    form.reference.setCurrentIndex(form.reference.findData("pick"))
    form.metres.setValue(500)
    asked: list[Any] = []
    desk.shared.pick_requested.connect(asked.append)
    form.ask()
    asked[0].chosen(*LYON)
    qtbot.waitUntil(lambda: form.answer_words.text() == "2 objets répondent.", timeout=5000)
    form.table.click()
    table = room.windows.table
    assert table is not None
    qtbot.waitUntil(lambda: table.model.rowCount() == 2, timeout=5000)
    form.make.click()
    qtbot.waitUntil(lambda: len(room.calques.kept) == 2, timeout=5000)
    made = next(kept for kept in room.calques.kept.values() if kept.uid != uid)
    assert len(made.calque.rids) == 2
    assert made.calque.title.startswith("Sites – à moins de 500 m")
    form.close()


def test_entries_inside_what_the_map_shows_since_two_hours(
    room: Room, make: Make, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    from beffroi.logbook.entry import Content

    inside = node.logbook.publish(Content(text="Dedans", lon=4.84, lat=45.76), node.who)
    node.logbook.publish(Content(text="Ailleurs", lon=2.3, lat=48.8), node.who)
    node.logbook.publish(
        Content(text="Hier", lon=4.84, lat=45.76, event_time=node.clock.now() - 90_000_000),
        node.who,
    )
    uid = make(Calque(title="Sites", source="s")).uid
    settle(qtbot, room, "Sites")
    desk.shared.set_extent((4.7, 45.6, 5.0, 45.9))
    room.windows.select(uid)
    form = room.windows.form
    assert form is not None
    form.target.setCurrentIndex(form.target.findData("entries"))
    form.relation.setCurrentIndex(form.relation.findData("inside"))
    form.reference.setCurrentIndex(form.reference.findData("extent"))
    form.recent.setCurrentIndex(form.recent.findData(7200))
    form.ask()
    qtbot.waitUntil(lambda: form.answer_words.text() == "1 entrée répond.", timeout=5000)
    form.table.click()
    assert np.array_equal(desk.shared.shown.rids, [inside.rid])
    form.close()


def test_entries_inside_what_is_drawn(
    room: Room, make: Make, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    from beffroi.layers.shapes import Shape
    from beffroi.layers.shapes import fields_of as shape_fields
    from beffroi.logbook.entry import Content

    inside = node.logbook.publish(Content(text="Dedans", lon=4.84, lat=45.76), node.who)
    node.logbook.publish(Content(text="Ailleurs", lon=2.3, lat=48.8), node.who)
    uid = make(Calque(title="Bouclages", kind="drawing")).uid
    circle = Shape(layer=uid, kind="circle", points=((4.84, 45.76),), radius_m=500)
    node.sheets.put("shape", shape_fields(circle), node.who)
    settle(qtbot, room, "Bouclages")
    assert {"zoom", "select"} <= room.acts.acts(uid)
    room.acts.act("select", uid)
    form = room.windows.form
    assert form is not None
    assert form.reference.currentText() == "les dessins de «\u202fBouclages\u202f»"
    form.ask()
    qtbot.waitUntil(lambda: form.answer_words.text() == "1 entrée répond.", timeout=5000)
    form.table.click()
    assert np.array_equal(desk.shared.shown.rids, [inside.rid])
    form.close()


def test_sharing_a_calque_shares_its_source_under_the_marking_chosen(
    room: Room, make: Make, node: Node, qtbot: QtBot
) -> None:
    crues = {"title": "Crues", "transport": "http", "address": "https://exemple.test/crues.xml"}
    source = node.sheets.put("source", crues, node.who).uid
    uid = make(Calque(title="Crues", source=source)).uid
    settle(qtbot, room, "Crues")
    menu = room.acts.make_menu(uid, room.panel)
    qtbot.addWidget(menu)
    next(action for action in menu.actions() if "Partager" in action.text()).trigger()
    form = room.panel.sharing
    assert "Crues" in form.said.text()
    assert "sa source" in form.said.text()
    form.choice.choose("NP", ["MEDICAL"])
    assert not room.calques[uid].sheet.shared
    form.agree.click()
    qtbot.waitUntil(lambda: room.calques[uid].sheet.shared, timeout=5000)
    for sheet in (room.calques[uid].sheet, node.sheets.one(source)):
        assert (sheet.marking, sheet.caveats) == ("NP", ("MEDICAL",))
    assert "share" not in room.acts.acts(uid)
