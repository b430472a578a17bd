"""What an officer sees of calques on the map, and does to them."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from beffroi.layers.calques import Calque
from beffroi.layers.style import Class, Labels, Style
from beffroi.logbook.entry import Content
from beffroi.logbook.query import parse
from beffroi.node import Node
from desktop.api import Desk
from desktop.kit.shared import Shown
from desktop.layers.calques import Calques
from desktop.layers.table_panel import TablePanel
from tests.desktop.layers.conftest import T0, Make, Tell, area, point
from tests.desktop.map.conftest import Map

LYON = (4.8357, 45.764)


def click(shown: Map, lon: float, lat: float) -> None:
    x, y = shown.pixel(lon, lat)
    target = shown.panel.view.view.focusProxy()
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))


def calque(uid: str) -> str:
    return f"room.calques.get('{uid}')"


def test_what_a_source_tells_is_drawn_and_follows_it(shown: Map, tell: Tell, make: Make) -> None:
    tell("s", point("a", *LYON), point("b", 4.9, 45.8), area("z", 4.7, 45.7, 0.1))
    uid = make(Calque(title="Capteurs", source="s")).uid
    shown.go(*LYON, 10)
    shown.wait(f"{calque(uid)}?.store?.n === 2")
    shown.wait(f"{calque(uid)}.outlines?.source.getFeatures().length === 1")
    tell("s", point("a", *LYON), point("c", 4.8, 45.7), point("d", 4.81, 45.71))
    shown.wait(f"{calque(uid)}.store.n === 3")
    shown.wait(f"{calque(uid)}.outlines.source.getFeatures().length === 0")


def test_values_decide_of_looks_and_a_filter_of_what_is_there(
    shown: Map, tell: Tell, make: Make
) -> None:
    tell("s", *(point(f"p{n}", 4.8 + n / 50, 45.76, niveau=n % 3) for n in range(9)))
    classes = (Class(value="0", colour="#009e73"), Class(value="1", shape="square"))
    style = Style(mode="values", field="niveau", classes=classes)
    uid = make(Calque(title="Niveaux", source="s", style=style)).uid
    shown.go(*LYON, 10)
    shown.wait(f"{calque(uid)}?.store?.n === 9")
    assert shown.ask(f"Array.from({calque(uid)}.store.place)") == [1, 2, 0] * 3
    looks = shown.ask(f"{calque(uid)}.spec.looks")
    assert [look["shape"] for look in looks] == ["disc", "disc", "square"]


def test_a_click_on_an_object_tells_all_its_fields_and_writes_an_entry_from_it(
    shown: Map, tell: Tell, make: Make, desk: Desk
) -> None:
    tell("s", point("Capteur 12", *LYON, niveau="orange", débit=12.5))
    uid = make(Calque(title="Crues", source="s", validity_s=60)).uid
    shown.go(*LYON, 12)
    shown.wait(f"{calque(uid)}?.points.drawn.length === 1")
    click(shown, *LYON)
    shown.wait("!document.getElementById('object').hidden")
    said = shown.ask("document.getElementById('object').innerText")
    assert "Capteur 12" in said
    assert "débit\n12,5" in said
    assert "25/07/2024 20:00:00 (Paris)" in said
    assert "Périmé depuis" in said
    with shown.bot.waitSignal(desk.shared.entry_asked, timeout=5000) as asked:
        shown.ask("document.querySelector('#object footer button').click()")
    prefill = asked.args[0]
    assert (prefill.lon, prefill.lat) == LYON
    assert "niveau\u00a0: orange" in prefill.text
    QTest.keyClick(shown.panel.view.view.focusProxy(), Qt.Key.Key_Escape)
    shown.wait("document.getElementById('object').hidden")


def test_what_is_locked_is_not_pointed_at_and_what_is_hidden_is_not_there(
    shown: Map, tell: Tell, make: Make, desk: Desk
) -> None:
    tell("s", point("a", *LYON))
    uid = make(Calque(title="Capteurs", source="s")).uid
    shown.go(*LYON, 12)
    shown.wait(f"{calque(uid)}?.points.drawn.length === 1")
    at = f"{calque(uid)}.at(beffroi.map.getPixelFromCoordinate(ol.proj.fromLonLat({list(LYON)})))"
    assert shown.ask(at)["count"] == 1
    desk.stack.lock(uid, True)
    shown.wait(f"{at} === null")
    desk.stack.lock(uid, False)
    desk.stack.show(uid, False)
    shown.wait(f"{at} === null")


def test_many_points_come_in_groups_and_a_click_looks_into_one(
    shown: Map, tell: Tell, make: Make
) -> None:
    tell("s", *(point(f"p{n}", 4.8 + n / 5000, 45.76) for n in range(60)))
    uid = make(Calque(title="Groupes", source="s", style=Style(mode="cluster"))).uid
    shown.go(4.806, 45.76, 9)
    shown.wait(f"{calque(uid)}?.gathered?.reduce((n, g) => n + g.count, 0) === 60")
    before = shown.ask("beffroi.map.getView().getZoom()")
    shown.wait(f"{calque(uid)}.gathered[0].px > 0")
    x, y = shown.ask(f"(([g]) => [g.px, g.py])({calque(uid)}.gathered)")
    target = shown.panel.view.view.focusProxy()
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    shown.wait(f"beffroi.map.getView().getZoom() > {before} + 1")


def test_groups_give_way_to_the_things_themselves_from_near(
    shown: Map, tell: Tell, make: Make
) -> None:
    tell("s", *(point(f"p{n}", 4.8 + n / 5000, 45.76) for n in range(60)))
    uid = make(Calque(title="Sites", source="s", style=Style(mode="cluster", apart_zoom=12))).uid
    shown.go(4.806, 45.76, 9)
    shown.wait(f"{calque(uid)}?.gathered?.length > 0")
    shown.go(4.806, 45.76, 13)
    shown.wait(f"{calque(uid)}.gathered === null && {calque(uid)}.store.n === 60")
    shown.go(4.806, 45.76, 9)
    shown.wait(f"{calque(uid)}.gathered?.length > 0")


def test_names_are_written_from_the_zoom_they_are_asked_for(
    shown: Map, tell: Tell, make: Make
) -> None:
    tell("s", point("Pont Wilson", *LYON), point("Pont Lafayette", 4.84, 45.766))
    style = Style(labels=Labels(min_zoom=11))
    uid = make(Calque(title="Ponts", source="s", style=style)).uid
    shown.go(*LYON, 9)
    shown.wait(f"{calque(uid)}?.store?.n === 2")
    shown.go(*LYON, 13)
    names = f"{calque(uid)}.names?.source.getFeatures().map((f) => f.get('text')).sort()"
    shown.wait(f"{names}?.length === 2")
    assert shown.ask(names) == ["Pont Lafayette", "Pont Wilson"]


def test_what_is_out_of_date_at_the_moment_shown_is_drawn_so(
    shown: Map, tell: Tell, make: Make
) -> None:
    tell("s", point("a", *LYON, time=T0), point("b", 4.9, 45.8, time=T0 + 3_600_000))
    uid = make(Calque(title="Relevés", source="s", validity_s=600)).uid
    shown.go(*LYON, 10)
    shown.wait(f"{calque(uid)}?.store?.n === 2")
    aged = f"Array.from({calque(uid)}.store.due, (due) => {calque(uid)}.isAged(due))"
    shown.panel.moment.replay(None, T0 + 300_000)
    shown.wait(f"JSON.stringify({aged}) === '[false,false]'")
    shown.panel.moment.replay(None, T0 + 1_200_000)
    shown.wait(f"JSON.stringify({aged}) === '[true,false]'")


def test_a_calque_taken_away_leaves_the_map_and_its_source(
    shown: Map, tell: Tell, make: Make, node: Node
) -> None:
    tell("s", point("a", *LYON))
    uid = make(Calque(title="Capteurs", source="s")).uid
    shown.wait(f"Boolean({calque(uid)})")
    node.sheets.drop(uid, node.who)
    shown.wait(f"!{calque(uid)}")
    assert node.observations.counts()["s"] == 1


def test_a_search_made_a_calque_follows_what_is_written(
    shown: Map, node: Node, desk: Desk, calques: Calques
) -> None:
    def write(text: str) -> None:
        node.logbook.publish(Content(text=text, lon=LYON[0], lat=LYON[1]), node.who)

    write("Colis suspect gare de Perrache")
    write("Panne de métro")
    query = parse("colis", now=node.clock.now(), tags=node.taxonomy)
    desk.shared.set_shown(Shown(query=query, rids=node.points.columns().rid[-1:]))
    desk.commands.run("layers.from_search")
    shown.bot.waitUntil(lambda: len(calques.kept) == 1, timeout=5000)
    (uid,) = calques.kept
    assert (calques[uid].calque.kind, calques[uid].calque.query) == ("query", "colis")
    shown.go(*LYON, 11)
    shown.wait(f"{calque(uid)}?.store?.n === 1")
    write("Un second colis, levé de doute")
    shown.wait(f"{calque(uid)}.store.n === 2")


def test_the_table_and_the_map_choose_the_same_object(
    shown: Map, tell: Tell, make: Make, desk: Desk, node: Node, calques: Calques
) -> None:
    tell("s", point("a", *LYON, n=1), point("b", 4.9, 45.8, n=2), area("z", 4.6, 45.6, 0.1))
    uid = make(Calque(title="Sites", source="s")).uid
    shown.go(*LYON, 11)
    shown.wait(f"{calque(uid)}?.points.drawn.length === 2")
    rids = {one.id: one.rid for one in node.observations.features("s")}
    desk.shared.calque_asked.emit(uid, rids["b"])
    table = desk.docks.widget("table")
    assert isinstance(table, TablePanel)
    chosen = "room.map.getLayers().getArray().find((l) => l.getZIndex() === 940).getSource()"
    shown.wait(f"{chosen}.getFeatures().length === 1")
    shown.bot.waitUntil(lambda: table.view.currentIndex().row() >= 0, timeout=5000)
    shown.wait("!room.map.getView().getAnimating()")
    click(shown, *LYON)
    row = table.model.row_of(rids["a"])
    shown.bot.waitUntil(lambda: table.view.currentIndex().row() == row, timeout=5000)
