from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from beffroi.logbook.entry import TimePrecision
from beffroi.node import Node
from desktop.api import Desk
from desktop.kit.shared import Shown
from desktop.logbook.list_panel import ListPanel
from desktop.logbook.number_jump import NumberJump
from tests.conftest import HeldClock
from tests.desktop.logbook.conftest import MINUTE, Write, texts


def scrolled(panel: ListPanel, qtbot: QtBot, value: int = 2000) -> int:
    bar = panel.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > value)
    bar.setValue(value)
    return value


def test_an_empty_main_courante_says_how_to_begin(panel: ListPanel) -> None:
    assert panel.stack.currentWidget() is panel.empty
    assert "Ctrl+N" in panel.empty.hint.text()


def test_an_entry_added_elsewhere_appears_at_the_top(
    panel: ListPanel, write: Write, qtbot: QtBot
) -> None:
    write("Première")
    write("Seconde")
    qtbot.waitUntil(lambda: texts(panel) == ["Seconde", "Première"])
    assert panel.search.count.text() == "2 entrées"


def test_days_stand_above_their_entries(
    many: Callable[[int], None], panel: ListPanel, qtbot: QtBot
) -> None:
    many(200)
    qtbot.waitUntil(lambda: panel.model.timeline.rows == 202)
    assert panel.model.index(0, 0).data() == "Aujourd’hui, vendredi 26 juillet"


def test_reading_far_down_is_not_disturbed_by_what_arrives(
    many: Callable[[int], None], panel: ListPanel, write: Write, qtbot: QtBot
) -> None:
    many(300)
    qtbot.waitUntil(lambda: panel.model.timeline.rows > 300)
    value = scrolled(panel, qtbot)
    top = panel.model.rid_at(panel.view.top_row())
    write("Pendant que je lis")
    write("Encore")
    qtbot.waitUntil(lambda: panel.view.pill.count == 2)
    assert panel.view.pill.text() == "↑ 2 nouvelles entrées"
    assert panel.model.rid_at(panel.view.top_row()) == top
    assert panel.view.verticalScrollBar().value() > value
    panel.view.pill.click()
    assert panel.view.at_top
    assert not panel.view.pill.isVisible()


def test_words_typed_filter_the_list_and_the_map_is_told(
    panel: ListPanel, write: Write, desk: Desk, qtbot: QtBot
) -> None:
    write("Incendie à Vergigny", gravity=3)
    write("RAS au Stade de France")
    told: list[Shown] = []
    desk.shared.shown_changed.connect(told.append)
    panel.search.set_text("vergi")
    qtbot.waitUntil(lambda: texts(panel) == ["Incendie à Vergigny"])
    assert panel.search.count.text() == "1 sur 2"
    assert told[-1].rids is not None
    assert len(told[-1].rids) == 1
    assert panel.looks.lighting.words == ("vergi",)


def test_a_filtered_list_takes_only_what_belongs_to_it(
    panel: ListPanel, write: Write, node: Node, qtbot: QtBot
) -> None:
    kept = write("Grave", gravity=3)
    panel.search.set_text("gravité>=3")
    qtbot.waitUntil(lambda: panel.found is not None and panel.found.filtered)
    write("Léger", gravity=1)
    write("Très grave", gravity=4)
    qtbot.waitUntil(lambda: texts(panel) == ["Très grave", "Grave"])
    node.logbook.qualify(kept.uid, {"gravity": 1}, node.who)
    qtbot.waitUntil(lambda: texts(panel) == ["Très grave"])
    assert panel.search.count.text() == "1 sur 3"


def test_a_search_that_finds_nothing_offers_the_way_back(
    panel: ListPanel, write: Write, qtbot: QtBot
) -> None:
    write("Incendie")
    panel.search.set_text("zzzz")
    qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.empty)
    panel.empty.remedy.click()
    qtbot.waitUntil(lambda: texts(panel) == ["Incendie"])


def test_a_chip_takes_its_filter_away(panel: ListPanel, write: Write, qtbot: QtBot) -> None:
    write("Un", key_event=True)
    write("Deux")
    panel.search.set_text("fait:marquant")
    qtbot.waitUntil(lambda: panel.search.chips.flow.count() == 1)
    panel.search.chips.flow.itemAt(0).widget().removed.emit("0")
    qtbot.waitUntil(lambda: len(texts(panel)) == 2)
    assert panel.search.field.text() == ""


def test_what_is_not_understood_is_said(panel: ListPanel, qtbot: QtBot) -> None:
    panel.search.set_text("gravité>=9")
    qtbot.waitUntil(panel.search.problem.isVisible)
    assert "gravité" in panel.search.problem.text()


def test_the_list_sorts_by_the_hour_of_the_facts_or_of_writing(
    panel: ListPanel, write: Write, clock: HeldClock, qtbot: QtBot
) -> None:
    now = clock.now()
    write("Écrite d’abord, arrivée après", event_time=now - MINUTE)
    write("Écrite ensuite, arrivée avant", event_time=now - 90 * MINUTE)
    qtbot.waitUntil(lambda: texts(panel)[:1] == ["Écrite ensuite, arrivée avant"])
    panel.search.order.click()
    qtbot.waitUntil(lambda: texts(panel)[:1] == ["Écrite d’abord, arrivée après"])
    write("Bien avant", event_time=now - 200 * MINUTE)
    qtbot.waitUntil(lambda: texts(panel)[-1] == "Bien avant")


def test_a_corrected_hour_moves_the_entry(
    panel: ListPanel, write: Write, node: Node, clock: HeldClock, qtbot: QtBot
) -> None:
    now = clock.now()
    write("A", event_time=now - 10 * MINUTE)
    moved = write("B", event_time=now - 5 * MINUTE)
    panel.search.order.click()
    qtbot.waitUntil(lambda: texts(panel) == ["B", "A"])
    content = msgspec.structs.replace(moved.content, event_time=now - 60 * MINUTE)
    node.logbook.correct(moved.uid, content, "erreur d’heure", node.who)
    qtbot.waitUntil(lambda: texts(panel) == ["A", "B"])


def test_only_the_map_view_can_be_shown(
    panel: ListPanel, write: Write, desk: Desk, qtbot: QtBot
) -> None:
    write("À Paris", lon=2.35, lat=48.85)
    write("À Lille", lon=3.06, lat=50.63)
    desk.shared.set_extent((2.0, 48.5, 2.7, 49.1))
    panel.search.in_view.click()
    qtbot.waitUntil(lambda: texts(panel) == ["À Paris"])
    desk.shared.set_extent((2.9, 50.0, 3.2, 51.0))
    qtbot.waitUntil(lambda: texts(panel) == ["À Lille"])


def test_an_entry_chosen_is_chosen_everywhere_and_read_after_a_moment(
    panel: ListPanel, write: Write, desk: Desk, node: Node, qtbot: QtBot
) -> None:
    entry = write("À lire")
    qtbot.waitUntil(lambda: texts(panel) == ["À lire"])
    assert panel.pages.is_unread(entry.rid)
    panel.into_list()
    assert desk.shared.selection == (entry.uid,)
    qtbot.waitUntil(lambda: node.personal.unread([entry.rid]) == set(), timeout=4000)
    assert not panel.pages.is_unread(entry.rid)


def test_a_key_says_read_or_unread(
    panel: ListPanel, write: Write, desk: Desk, node: Node, qtbot: QtBot
) -> None:
    entry = write("À lire")
    qtbot.waitUntil(lambda: texts(panel) == ["À lire"])
    panel.into_list()
    desk.commands.run("logbook.read")
    qtbot.waitUntil(lambda: node.personal.unread([entry.rid]) == set())
    desk.commands.run("logbook.read")
    qtbot.waitUntil(lambda: node.personal.unread([entry.rid]) == {entry.rid})


def test_an_entry_chosen_on_the_map_is_chosen_in_the_list(
    panel: ListPanel, write: Write, desk: Desk, qtbot: QtBot
) -> None:
    entry = write("Sur la carte")
    write("Autre")
    qtbot.waitUntil(lambda: len(texts(panel)) == 2)
    desk.shared.select((entry.uid,), by="map")
    qtbot.waitUntil(lambda: panel.view.chosen_rids() == [entry.rid])


def test_arrows_home_and_end_walk_the_entries_not_the_headings(
    many: Callable[[int], None], panel: ListPanel, qtbot: QtBot
) -> None:
    many(200)
    qtbot.waitUntil(lambda: panel.model.timeline.rows == 202)
    panel.into_list()
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    assert panel.view.currentIndex().row() == 1
    qtbot.keyClick(panel.view, Qt.Key.Key_End)
    assert panel.view.currentIndex().row() == panel.model.timeline.rows - 1
    heading = int(panel.model.timeline.heads[1])
    panel.view.setCurrentIndex(panel.model.index(heading - 1, 0))
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert panel.view.currentIndex().row() == heading + 1
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        before = -1
        while panel.view.currentIndex().row() != before:
            before = panel.view.currentIndex().row()
            assert panel.model.rid_at(before) is not None
            qtbot.keyClick(panel.view, key)
    assert before >= panel.model.timeline.rows - 1


def test_the_table_look_is_remembered(panel: ListPanel, desk: Desk) -> None:
    desk.commands.run("logbook.look")
    assert panel.look == "table"
    assert not panel.header.isHidden()
    assert desk.settings.value("logbook/look") == "table"
    desk.commands.run("logbook.look")
    assert panel.look == "card"


def test_a_number_is_reached_by_typing_it(
    many: Callable[[int], None], panel: ListPanel, desk: Desk, qtbot: QtBot
) -> None:
    many(150)
    qtbot.waitUntil(lambda: panel.model.timeline.rows > 150)
    desk.commands.run("logbook.number")
    jump = panel.findChild(NumberJump)
    assert jump is not None
    assert jump.isVisible()
    qtbot.keyClicks(jump.field, "7")
    qtbot.keyClick(jump.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [e.number for e in panel.chosen_entries()] == [7])
    assert not jump.isVisible()


def test_the_search_field_proposes_filters_and_values(
    panel: ListPanel, write: Write, qtbot: QtBot
) -> None:
    panel.into_search()
    qtbot.keyClicks(panel.search.field, "gra")
    qtbot.waitUntil(panel.search.field.popup.isVisible)
    qtbot.keyClick(panel.search.field, Qt.Key.Key_Down)
    qtbot.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert panel.search.field.text() == "gravité>="
    panel.search.field.popup.hide()


def test_a_screen_reader_hears_the_whole_row(panel: ListPanel, write: Write, qtbot: QtBot) -> None:
    write("Fumée", gravity=2, key_event=True, place="Arrou", time_precision=TimePrecision.APPROX)
    qtbot.waitUntil(lambda: texts(panel) == ["Fumée"])
    said = panel.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "gravité 2, Significatif" in said
    assert "fait marquant" in said
    assert "Arrou" in said


def test_the_dock_says_how_many_are_not_read(
    panel: ListPanel, write: Write, desk: Desk, qtbot: QtBot
) -> None:
    titles: list[str] = []
    panel.marks.counted.connect(lambda n: titles.append(str(n)))
    write("Une")
    write("Deux")
    qtbot.waitUntil(lambda: titles[-1:] == ["2"])
    desk.commands.run("logbook.read_all")
    qtbot.waitUntil(lambda: titles[-1:] == ["0"])
