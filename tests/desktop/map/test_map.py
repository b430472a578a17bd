"""What an officer sees and does on the map."""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beffroi.logbook.entry import Entry
from beffroi.logbook.query import parse
from beffroi.node import Node
from desktop.api import Desk
from desktop.kit.canvas import Spot
from desktop.kit.shared import Shown
from desktop.map.menu import context_menu
from desktop.map.territories import QUICK
from tests.desktop.map.conftest import Map

LYON = (4.8357, 45.764)
TEAHUPOO = (-149.27, -17.86)
NOUMEA = (166.45, -22.27)
MATA_UTU = (-176.2, -13.3)
Write = Callable[..., Entry]


def click(shown: Map, lon: float, lat: float, *, double: bool = False) -> None:
    x, y = shown.pixel(lon, lat)
    target = shown.panel.view.view.focusProxy()
    for _press in range(2 if double else 1):
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))


def test_an_entry_written_while_the_map_is_open_appears_at_once(
    shown: Map, write: Write, node: Node
) -> None:
    shown.go(*LYON, 9)
    written = write("Incendie quai Perrache", *LYON, gravity=3, tags=("SDC.INCENDIE",))
    shown.wait(f"beffroi.entries.marks.some((m) => m.rid === {written.rid} && m.gravity === 3)")
    write("Sans lieu")
    shown.bot.waitUntil(lambda: shown.panel.status.unlocated.text() == "1 sans lieu")
    assert node.points.total == 2


def test_a_click_selects_an_entry_and_a_double_click_opens_it(
    shown: Map, write: Write, desk: Desk, qtbot: QtBot
) -> None:
    written = write("Colis suspect gare de la Part-Dieu", *LYON)
    shown.go(*LYON, 11)
    with qtbot.waitSignal(desk.shared.selection_changed, timeout=5000):
        click(shown, *LYON)
    assert desk.shared.selection == (written.uid,)
    shown.wait("beffroi.overlay.selected.length === 1")
    with qtbot.waitSignal(desk.shared.open_requested, timeout=5000) as opened:
        click(shown, *LYON, double=True)
    assert opened.args == [written.uid]


def test_a_selection_made_in_the_list_is_ringed_and_brought_into_view(
    shown: Map, write: Write, desk: Desk
) -> None:
    written = write("Panne de signalisation", *LYON)
    shown.go(2.35, 48.86, 11)
    desk.shared.select((written.uid,), "list")
    shown.wait("beffroi.overlay.selected.length === 1")
    lon, lat = LYON
    shown.wait(
        "Math.hypot(...ol.proj.toLonLat(beffroi.map.getView().getCenter())"
        f".map((v, i) => v - [{lon}, {lat}][i])) < 0.02"
    )


def test_a_selected_entry_inside_a_group_leaves_its_count_readable(
    shown: Map, write: Write, desk: Desk
) -> None:
    near = [write(f"Appel {n}", LYON[0] + n / 1000, LYON[1]) for n in range(4)]
    shown.go(*LYON, 7)
    shown.wait("beffroi.entries.marks.length === 1 && beffroi.entries.marks[0].count === 4")
    desk.shared.select((near[0].uid,), "list")
    shown.wait("beffroi.overlay.selected.length === 1")
    shown.wait(
        "(({entries, overlay}) => {"
        " const [mark] = entries.marks, [row] = overlay.selected;"
        " return overlay.ringed.length === 1 && overlay.ringed[0] === mark && row.px !== undefined;"
        "})(beffroi)"
    )


def test_several_entries_at_one_place_are_offered_as_a_list(
    shown: Map, write: Write, desk: Desk, qtbot: QtBot
) -> None:
    entries = [write(f"Appel {n}", *LYON) for n in range(3)]
    shown.go(*LYON, 14)
    click(shown, *LYON)
    shown.wait("document.querySelectorAll('#choices li').length === 3")
    assert shown.ask("document.querySelector('#choices li .text').textContent") == "Appel 2"
    with qtbot.waitSignal(desk.shared.open_requested, timeout=5000) as opened:
        QTest.keyClick(shown.panel.view.view.focusProxy(), Qt.Key.Key_Return)
    assert opened.args == [entries[-1].uid]


def test_a_position_asked_for_is_answered_by_a_click_and_escape_withdraws_the_question(
    shown: Map, desk: Desk
) -> None:
    shown.go(*LYON, 10)
    given: list[tuple[float, float]] = []
    desk.shared.pick("Cliquez le lieu de l’entrée", lambda lon, lat: given.append((lon, lat)))
    shown.wait("!document.getElementById('prompt').hidden")
    click(shown, *LYON)
    shown.bot.waitUntil(lambda: bool(given), timeout=5000)
    assert abs(given[0][0] - LYON[0]) < 0.01
    assert abs(given[0][1] - LYON[1]) < 0.01
    desk.shared.pick("Encore", lambda lon, lat: given.append((lon, lat)))
    shown.wait("!document.getElementById('prompt').hidden")
    QTest.keyClick(shown.panel.view.view.focusProxy(), Qt.Key.Key_Escape)
    shown.wait("document.getElementById('prompt').hidden")
    click(shown, *LYON)
    assert len(given) == 1


def test_the_map_shows_what_the_list_shows_unless_told_otherwise(
    shown: Map, write: Write, desk: Desk, node: Node
) -> None:
    first = write("Premier", *LYON)
    write("Second", 4.9, 45.9)
    shown.go(*LYON, 10)
    shown.wait("beffroi.entries.store.n === 2")
    desk.shared.set_shown(Shown(query=None, rids=node.points.columns().rid[-1:]))
    shown.wait("beffroi.entries.store.n === 1")
    assert shown.ask("beffroi.entries.store.rid[0]") == first.rid
    shown.panel.status.follow.setChecked(False)
    shown.wait("beffroi.entries.store.n === 2")


def test_the_pacific_is_one_sea_and_each_entry_is_there_once(shown: Map, write: Write) -> None:
    places = {"Teahupo’o": TEAHUPOO, "Nouméa": NOUMEA, "Mata-Utu": MATA_UTU}
    placed = {text: write(text, *place) for text, place in places.items()}
    shown.panel.jump(next(q for q in QUICK if q.id == "pacifique"))
    view = "beffroi.map.getView()"
    shown.wait(f"Math.abs(ol.proj.toLonLat({view}.getCenter())[0]) > 90 && !{view}.getAnimating()")
    width = "beffroi.map.getSize()[0]"
    within = f"beffroi.entries.marks.every((m) => m.px > 0 && m.px < {width})"
    shown.wait(f"beffroi.entries.marks.length === 3 && {within}")
    marks = shown.ask("beffroi.entries.marks.map((m) => [m.rid, m.px]).sort((m, n) => m[1] - n[1])")
    west_to_east = [rid for rid, _x in marks]
    assert west_to_east == [placed["Nouméa"].rid, placed["Mata-Utu"].rid, placed["Teahupo’o"].rid]


def test_the_page_can_reach_nothing_but_its_own_files(shown: Map) -> None:
    tries = (
        "fetch('https://example.org/')", "fetch('file:///etc/passwd')",
        "fetch('beffroi://app/../../etc/passwd').then((r) => { if (!r.ok) throw 1; })",
        "fetch('http://127.0.0.1:1/')",
        "new Promise((yes, no) => { try { eval('1'); yes(); } catch (e) { no(e); } })",
    )  # fmt: skip
    for attempt in tries:
        shown.ask(
            f"(window.tried = null, {attempt}.then(() => window.tried = 'in', "
            "() => window.tried = 'out'), 1)"
        )
        shown.wait("window.tried")
        assert shown.ask("window.tried") == "out", attempt
    assert shown.ask("typeof RTCPeerConnection") == "undefined"
    shown.panel.view.page.messages.clear()


def test_a_page_that_dies_comes_back_with_what_it_showed(
    shown: Map, write: Write, desk: Desk, qtbot: QtBot
) -> None:
    written = write("Avant la panne", *LYON)
    shown.go(*LYON, 12)
    desk.shared.select((written.uid,), "list")
    shown.wait("beffroi.overlay.selected.length === 1")
    with qtbot.waitSignal(shown.panel.painted, timeout=15_000):
        os.kill(shown.panel.view.page.renderProcessPid(), signal.SIGKILL)
    shown.wait("window.beffroi && beffroi.overlay.selected.length === 1")
    assert abs(shown.ask("beffroi.map.getView().getZoom()") - 12) < 0.01


def test_the_menu_copies_coordinates_and_offers_to_write_there(
    shown: Map, desk: Desk, qtbot: QtBot
) -> None:
    spot = Spot(lon=LYON[0], lat=LYON[1])
    menu = context_menu(desk, shown.panel.bridge, shown.panel, spot, None)
    copy = next(a.menu() for a in menu.actions() if a.menu())
    copy.actions()[0].trigger()
    assert QGuiApplication.clipboard().text().startswith("45,76")
    with qtbot.waitSignal(desk.shared.entry_asked) as asked:
        next(a for a in menu.actions() if a.text() == "Écrire une entrée ici").trigger()
    assert (asked.args[0].lon, asked.args[0].lat) == LYON
    menu.deleteLater()


@pytest.mark.parametrize("asked", ["auteur:marchand", "auteur:leroy", "lu:non", "feu"])
def test_the_store_is_never_read_on_the_main_thread_to_place_a_new_entry(
    shown: Map, write: Write, desk: Desk, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    search, read_here = desk.node.search, []
    query = parse(asked, now=desk.node.clock.now())
    true_read = desk.node.store.read

    def watched() -> Any:
        if threading.current_thread() is threading.main_thread():
            read_here.append(asked)
        return true_read()

    desk.shared.set_shown(Shown(query=query, rids=search.rids(query)))
    entry = desk.node.logbook.entry(write("Feu de poubelle", 2.36, 48.92).uid)
    monkeypatch.setattr(desk.node.store, "read", watched)
    settled: list[bool] = []
    shown.panel.live.judge(entry, settled.append)
    shown.bot.waitUntil(lambda: bool(settled))
    assert read_here == []
    assert settled == [asked in ("feu", "auteur:marchand")]


def test_a_box_asked_for_before_the_map_has_room_is_shown_when_it_has(shown: Map) -> None:
    """The map lay behind another dock: there was nothing to fit the box in."""
    shown.ask("beffroi.map.setSize([40, 40])")
    shown.panel.bridge.tell("fit", {"box": [-1.0, 43.5, 7.0, 49.5], "still": True})
    shown.ask("beffroi.map.setSize([600, 500])")
    shown.wait("Math.abs(ol.proj.toLonLat(beffroi.map.getView().getCenter())[0] - 3) < 0.01")
    assert 4 < shown.ask("beffroi.map.getView().getZoom()") < 7
