"""The board says of every source how it is, in words with a remedy, and what can be done about it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from beffroi.node import Node
from beffroi.observations import SourceState, Try
from beffroi.plugin import Record
from beffroi.sources.settings import allow_list
from desktop.api import Desk
from desktop.kit.watch import Tally
from desktop.shell.assembly import Assembly
from desktop.sources import board_model as columns
from desktop.sources.door import Made
from desktop.sources.standing import Standing
from desktop.sources.windows import Sources
from tests.conftest import START
from tests.desktop.sources.conftest import SITES, FakeRunner, Shop

DEAD = "Le serveur ne répond plus\u00a0: réessayez, ou prévenez l’exploitant."


def down(now: int = START) -> SourceState:
    return SourceState(health="down", last_try=now, last_ok=now - 720_000, sentence=DEAD)


def shown(sources: Sources, column: int) -> list[str]:
    model = sources.board.shown
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_an_empty_board_says_how_to_begin(sources: Sources, qtbot: QtBot) -> None:
    empty = sources.board.empty
    assert empty.title.text() == "Aucune source"
    assert "Ctrl+V" in empty.hint.text()
    qtbot.mouseClick(empty.remedy, Qt.MouseButton.LeftButton)
    wizard = sources.wizard()
    assert wizard.isVisible()
    wizard.close()


def test_what_needs_somebody_comes_first_with_its_remedy(shop: Shop, sources: Sources) -> None:
    shop.add("Bison Futé")
    shop.add("Perturbations SNCF", down())
    shop.show(2)
    assert shown(sources, columns.STATE) == ["En panne", "À jour"]
    assert shown(sources, columns.SOURCE) == ["Perturbations SNCF", "Bison Futé"]
    assert shown(sources, columns.FRESH) == ["il y a 12\u00a0min", "il y a 4\u00a0min"]
    assert shown(sources, columns.COUNT) == ["6", "6"]
    sources.board.table.selectRow(0)
    assert sources.board.foot.trouble.text() == DEAD


def test_the_bandeau_counts_the_dead_and_leads_to_them(
    shop: Shop, sources: Sources, desk: Desk, assembly: Assembly, qtbot: QtBot
) -> None:
    plate = assembly.header.bandeau.sources
    assert plate.isHidden()
    shop.add("Bison Futé")
    shop.add("Perturbations SNCF", down())
    shop.add("Vigicrues", SourceState(health="late", last_try=START, last_ok=START))
    shop.show(3)
    assert desk.watch.tally == Tally(ok=1, late=1, down=1)
    assert not plate.isHidden()
    assert plate.text() == "1 source en panne"
    qtbot.mouseClick(plate, Qt.MouseButton.LeftButton)
    assert shown(sources, columns.SOURCE) == ["Perturbations SNCF"]


def test_the_filters_narrow_by_words_family_and_state(shop: Shop, sources: Sources) -> None:
    shop.add("Bison Futé", family="interministerial")
    shop.add("Fil Mastodon", family="media")
    shop.add("Perturbations SNCF", down(), family="operator")
    shop.show(3)
    filters = sources.board.filters
    filters.text.setText("sncf")
    assert shown(sources, columns.SOURCE) == ["Perturbations SNCF"]
    filters.text.clear()
    filters.family.setCurrentIndex(filters.family.findData("media"))
    filters.family.activated.emit(filters.family.currentIndex())
    assert shown(sources, columns.SOURCE) == ["Fil Mastodon"]
    filters.only("down")
    assert shown(sources, columns.SOURCE) == []
    assert "Élargissez" in sources.board.empty.hint.text()


def test_a_source_rests_and_is_taken_up_again(
    shop: Shop, sources: Sources, node: Node, runner: FakeRunner, desk: Desk, qtbot: QtBot
) -> None:
    uid = shop.add("Bison Futé")
    shop.show(1)
    sources.board.table.selectRow(0)
    desk.commands.run("sources.suspend")
    qtbot.waitUntil(lambda: shown(sources, columns.STATE) == ["Suspendue"])
    assert node.sheets.one(uid).fields["enabled"] is False
    button = sources.board.foot.button("sources.suspend")
    assert isinstance(button, QPushButton)
    sources.board.table.selectRow(0)
    assert button.text() == "Reprendre"
    desk.commands.run("sources.suspend")
    qtbot.waitUntil(lambda: shown(sources, columns.STATE) == ["À jour"])
    assert runner.asked == [("suspend", uid), ("resume", uid)]


def test_it_is_tried_again_by_one_key(
    shop: Shop, sources: Sources, runner: FakeRunner, window, qtbot: QtBot
) -> None:
    uid = shop.add("Perturbations SNCF", down())
    shop.show(1)
    window.show()
    sources.board.window().show()
    sources.board.table.selectRow(0)
    sources.desk.commands.run("sources.retry")
    assert runner.asked == [("retry", uid)]


def test_removing_asks_first_says_what_stays_and_can_be_taken_back(
    shop: Shop, sources: Sources, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    shop.add("Bison Futé")
    shop.show(1)
    sources.board.table.selectRow(0)
    desk.commands.run("sources.remove")
    foot = sources.board.foot
    assert "restent dans la main courante" in foot.asked.text()
    qtbot.mouseClick(foot.no, Qt.MouseButton.LeftButton)
    assert len(node.sheets.all("source")) == 1
    desk.commands.run("sources.remove")
    qtbot.mouseClick(foot.sure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not sources.board.model.rows)
    assert node.sheets.all("layer") == []
    notice = desk.notices.history[-1]
    assert notice.text == "1 source retirée."
    assert notice.action is not None
    notice.action[1]()
    qtbot.waitUntil(lambda: [one.title for one in sources.board.model.rows] == ["Bison Futé"])
    assert node.sheets.all("layer")[0].fields["source"] == node.sheets.all("source")[0].uid


def test_a_death_is_said_once_with_the_way_to_it(
    shop: Shop, sources: Sources, desk: Desk, heard: list[tuple[str, str]]
) -> None:
    uid = shop.add("Perturbations SNCF", down())
    shop.add("Bison Futé")
    shop.show(2)
    sources.follow(uid, SourceState(health="ok"))
    sources.hearing.heard("La source « Perturbations SNCF » est en panne.", uid)
    assert heard == [("warning", "La source « Perturbations SNCF » est en panne.")]
    action = desk.notices.history[-1].action
    assert action is not None
    action[1]()
    assert [one.uid for one in sources.board.chosen] == [uid]


def test_a_return_is_good_news(shop: Shop, sources: Sources, heard: list[tuple[str, str]]) -> None:
    uid = shop.add("Perturbations SNCF", down())
    sources.hearing.heard("La source « Perturbations SNCF » est revenue.", uid, True)
    assert heard == [("done", "La source « Perturbations SNCF » est revenue.")]


@pytest.mark.parametrize("place", [(2.3, 48.8), None])
def test_what_was_added_is_shown_and_said(
    sources: Sources, shop: Shop, heard: list[tuple[str, str]], qtbot: QtBot,
    place: tuple[float, float] | None,
) -> None:  # fmt: skip
    uid = shop.node.sheets.put(
        "source", {"title": "Abris", "address": "https://a.fr"}, shop.node.who
    ).uid
    geometry = {"type": "Point", "coordinates": list(place)} if place else None
    rows = [Record(id="a", properties={"nom": "a"}, geometry=geometry)]
    shop.node.observations.put(uid, rows, snapshot=True, now=1)
    sources._made(Made(sources=(uid,), layers=("c1",)))
    qtbot.waitUntil(lambda: bool(heard))
    assert ("tableau" in heard[0][1]) is (place is None)
    action = sources.desk.notices.history[-1].action
    assert action is not None
    assert action[0] == ("Voir" if place else "Voir le tableau")


def test_many_deaths_are_one_notice_on_the_screen_that_leads_to_all_of_them(
    shop: Shop, sources: Sources, desk: Desk, heard: list[tuple[str, str]]
) -> None:
    uids = [shop.add(f"Flux {n}", down()) for n in range(4)]
    shop.show(4)
    for uid in uids[:3]:
        sources.hearing.heard("Une source est en panne.", uid)
    sources.follow(uids[1], SourceState(health="ok"))
    sources.hearing.heard("La source « Flux 3 » est en panne.", uids[3])
    assert heard[-1][1] == (
        "La source « Flux 3 » est en panne. 2 autres sources ne vont pas bien non plus."
    )
    assert {notice.topic for notice in desk.notices.history} == {"sources"}
    action = desk.notices.history[-1].action
    assert action is not None
    action[1]()
    assert {one.uid for one in sources.board.chosen} == {uids[0], uids[2], uids[3]}


def test_the_last_data_and_the_last_tries_are_tables(
    shop: Shop, sources: Sources, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    uid = shop.add("Sites")
    tries = {uid: Try(at=START, ok=False, sentence=DEAD, took_ms=12)}
    node.observations.put_states({}, tries)
    shop.show(1)
    sources.board.table.selectRow(0)
    desk.commands.run("sources.data")
    window = sources._data
    assert window is not None
    qtbot.waitUntil(lambda: window.model.rowCount() == 6)
    assert window.told.text() == "6 objets"
    assert window.model.columns[:4] == ("", "@id", "@title", "Reçu")
    assert window.model.index(0, 2).data() in [site[1] for site in SITES]
    assert window.tries.item(0, 1).text() == DEAD
    window.close()


def test_editing_shows_the_source_as_it_is_and_saves_what_changed(
    shop: Shop, sources: Sources, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    uid = shop.add("Bison Futé", reliability="B", refresh_s=900)
    shop.show(1)
    sources.board.table.selectRow(0)
    desk.commands.run("sources.edit")
    wizard = sources.wizard()
    qtbot.waitUntil(lambda: wizard.understood.finding is not None)
    assert wizard.windowTitle() == "Modifier la source"
    assert wizard.make_up.fields()["title"] == "Bison Futé"
    assert wizard.make_up.fields()["refresh_s"] == 900
    wizard.make_up.description.title.setText("Bison Futé – événements")
    with qtbot.waitSignal(wizard.made):
        qtbot.mouseClick(wizard.add, Qt.MouseButton.LeftButton)
    fields = node.sheets.one(uid).fields
    assert fields["title"] == "Bison Futé – événements"
    assert fields["reliability"] == "B"
    assert len(node.sheets.all("source")) == 1


def test_a_row_is_drawn_and_spoken_whole(
    shop: Shop, sources: Sources, window, qtbot: QtBot
) -> None:
    shop.add("Perturbations SNCF", down())
    shop.show(1)
    index = sources.board.model.index(0, columns.STATE)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Perturbations SNCF, En panne, dernier succès il y a 12\u00a0min, {DEAD}"
    picture: QImage = sources.board.table.grab().toImage()
    assert not picture.isNull()


def test_what_is_pasted_once_is_never_late_and_never_tried() -> None:
    paste = Standing(
        uid="a", fields={"title": "Collé", "transport": "paste", "attachment": "x"}, count=3
    )
    assert paste.health == "ok"
    assert paste.next_try(START) == ""
    assert Standing(uid="b", fields={"transport": "http"}).health == "new"


def test_a_fresh_profile_lets_no_private_machine_be_reached(node: Node) -> None:
    assert allow_list(node.settings) == []
