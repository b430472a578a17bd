"""The main courante with others in it: ticks, who is there, what came late, what is new."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from beffroi.journal import Identity
from beffroi.logbook.arrivals import came_late
from beffroi.logbook.changes import EntryAdded, EntryRemoved, ManyEntriesAdded
from beffroi.logbook.entry import Content, Entry
from beffroi.node import Node
from beffroi.sync import status as says
from beffroi.sync.status import Delivery, LinkStatus
from beffroi.sync.wire import Presence, Rights, Seen
from desktop.api import Desk
from desktop.logbook import install
from desktop.logbook.beside import look
from desktop.logbook.entry_acts import ActBar
from desktop.logbook.entry_panel import EntryPanel
from desktop.logbook.list_panel import ListPanel
from desktop.shell.assembly import Assembly
from desktop.sync.relay import Relay
from tests.conftest import START, HeldClock
from tests.desktop.sync.conftest import FakeProcess

HOUR = 3_600_000


@pytest.fixture
def panel(assembly: Assembly, desk: Desk, relay: Relay, qtbot: QtBot) -> ListPanel:
    assembly.install([install])
    assembly.window.resize(1366, 768)
    assembly.window.show()
    assembly.window.activateWindow()
    found = desk.docks.widget("logbook")  # type: ignore[attr-defined]
    assert isinstance(found, ListPanel)
    qtbot.waitUntil(lambda: found.found is not None)
    return found


@pytest.fixture
def reading(panel: ListPanel, desk: Desk) -> EntryPanel:
    found = desk.docks.widget("entry")  # type: ignore[attr-defined]
    assert isinstance(found, EntryPanel)
    return found


def arrive(node: Node, other: Identity, text: str, written: int, arrived: int) -> Entry:
    """What a colleague wrote at `written` is in the tables since now, at the hub since `arrived`."""
    entry = node.logbook.publish(Content(text=text), other, entered_time=written)
    with node.store.write() as connection:
        connection.execute("UPDATE entry SET arrived = ? WHERE uid = ?", (arrived, entry.uid))
    return node.logbook.entry(entry.uid)


def spoken(panel: ListPanel) -> list[str]:
    model = panel.model
    rows = (
        model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    )
    return [str(row) for row in rows if row]


def page(reading: EntryPanel) -> str:
    labels = reading.page.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_my_entry_is_kept_then_at_the_hub_then_seen(
    panel: ListPanel, node: Node, relay: Relay, qtbot: QtBot
) -> None:
    entry = node.logbook.publish(Content(text="Incendie de câbles."), node.who)
    qtbot.waitUntil(lambda: "gardée ici, pas encore au centre" in "".join(spoken(panel)))
    relay.hear(says.Delivered(deliveries=[Delivery(entity=entry.uid, reached="hub", at=START)]))
    assert spoken(panel)[-1].endswith("au centre")
    relay.hear(says.SeenBy(seen=[Seen(entity=entry.uid, account="m.leroy")]))
    relay.hear(says.SeenBy(seen=[Seen(entity=entry.uid, account="m.leroy")]))
    assert spoken(panel)[-1].endswith("au centre, vue par 1 personne")


def test_each_tick_has_a_shape_of_its_own() -> None:
    seen = [Seen(entity="u", account="a")]
    states = (
        Delivery(entity="u"),
        Delivery(entity="u", reached="hub"),
        Delivery(entity="u", reached="hub", seen=seen),
        Delivery(entity="u", reached="refused"),
    )
    assert len({look(state)[0] for state in states}) == len(states)


def test_whoever_reads_or_writes_is_named_in_the_list_and_on_the_page(
    panel: ListPanel, reading: EntryPanel, node: Node, desk: Desk, relay: Relay, qtbot: QtBot
) -> None:
    entry = node.logbook.publish(Content(text="Incendie de câbles."), node.who)
    desk.shared.select((entry.uid,))
    qtbot.waitUntil(lambda: reading.shows_choice)
    marc = Presence(
        account="m.leroy", person="Marc Leroy", post="OL-SNCF", entity=entry.uid, doing="writing"
    )
    relay.hear(says.Present(people=[marc]))
    assert "Marc Leroy (OL-SNCF) écrit" in spoken(panel)[-1]
    qtbot.waitUntil(lambda: "Marc Leroy (OL-SNCF) écrit" in page(reading))
    relay.hear(says.Present(people=[]))
    qtbot.waitUntil(lambda: "Incendie" in page(reading) or "Acheminement" in page(reading))
    assert "Marc Leroy" not in page(reading)


def test_the_others_are_told_what_is_read_written_and_seen(
    panel: ListPanel,
    reading: EntryPanel,
    node: Node,
    desk: Desk,
    process: FakeProcess,
    qtbot: QtBot,
) -> None:
    entry = node.logbook.publish(Content(text="Incendie de câbles."), node.who)
    desk.shared.select((entry.uid,))
    qtbot.waitUntil(lambda: reading.shows_choice)
    desk.commands.run("logbook.qualify")
    qtbot.waitUntil(lambda: reading.editing)
    qtbot.waitUntil(lambda: bool(process.of(says.HaveSeen)))
    desk.shared.select(())
    qtbot.waitUntil(lambda: process.of(says.Looking)[-1].entity == "")  # type: ignore[attr-defined]
    told = [(ask.entity, ask.doing) for ask in process.of(says.Looking)]  # type: ignore[attr-defined]
    assert told[:2] == [(entry.uid, "reading"), (entry.uid, "writing")]
    assert process.of(says.HaveSeen) == [says.HaveSeen(entities=[entry.uid])]


def test_a_late_entry_takes_its_place_says_so_and_is_unread(
    panel: ListPanel, node: Node, other: Identity, qtbot: QtBot
) -> None:
    node.logbook.publish(Content(text="Maintenant."), node.who)
    node.personal.mark_all_read()
    late = arrive(node, other, "Écrit pendant la coupure.", START - HOUR, START + 6 * 60_000)
    node.feed.publish(EntryAdded(entry=late, origin="remote"))
    assert came_late(late)
    qtbot.waitUntil(lambda: len(spoken(panel)) == 3)
    assert "reçu en différé 10h06" in spoken(panel)[-1]
    assert "nouveauté" in spoken(panel)[-1]
    assert panel.strip.isVisible()
    assert panel.strip.only.text() == "1 nouveauté depuis 09h00"
    qtbot.waitUntil(lambda: node.personal.unread([late.rid]) == {late.rid})


def test_after_a_cut_the_news_are_shown_alone_and_all_read_at_once(
    panel: ListPanel, node: Node, other: Identity, relay: Relay, clock: HeldClock, qtbot: QtBot
) -> None:
    relay.hear(says.Link(status=LinkStatus(state="online", last_contact=START)))
    node.logbook.publish(Content(text="La mienne, hors ligne."), node.who)
    relay.hear(says.Link(status=LinkStatus(state="offline", since=START, last_contact=START)))
    clock.forward(3600)
    for n in range(3):
        arrive(node, other, f"La leur, {n}.", START + n * 60_000, START + n * 60_000 + 500)
    node.feed.publish(ManyEntriesAdded(count=3, origin="remote"))
    relay.hear(says.Link(status=LinkStatus(state="online", last_contact=clock.now())))
    qtbot.waitUntil(lambda: panel.strip.only.text() == "3 nouveautés depuis 10h00")
    panel.strip.only.click()
    qtbot.waitUntil(lambda: len(panel.model.timeline.rids) == 3)
    assert panel.search.count.text() == "3 sur 4"
    panel.strip.read.click()
    qtbot.waitUntil(lambda: len(panel.model.timeline.rids) == 4)
    assert not panel.strip.isVisible()
    qtbot.waitUntil(lambda: node.personal.unread(panel.model.timeline.rids.tolist()) == set())


def test_what_may_no_longer_be_seen_leaves_the_list_and_the_page(
    panel: ListPanel, reading: EntryPanel, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    entry = node.logbook.publish(Content(text="Réservé."), node.who)
    desk.shared.select((entry.uid,))
    qtbot.waitUntil(lambda: reading.shows_choice)
    qtbot.waitUntil(lambda: len(panel.model.timeline.rids) == 1)
    node.feed.publish(EntryRemoved(uid=entry.uid, rid=entry.rid, origin="remote"))
    qtbot.waitUntil(lambda: len(panel.model.timeline.rids) == 0)
    assert reading.seen is None


def test_the_page_says_how_far_the_entry_has_come(
    panel: ListPanel, reading: EntryPanel, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    entry = node.logbook.publish(Content(text="Secours.", caveats=("MEDICAL",)), node.who)
    desk.shared.select((entry.uid,))
    qtbot.waitUntil(lambda: reading.shows_choice)
    assert "Acheminement" in page(reading)
    assert "MÉDICAL" in page(reading)


def test_a_new_desk_says_that_its_list_is_on_its_way(panel: ListPanel, relay: Relay) -> None:
    relay.hear(says.Link(status=LinkStatus(state="catching_up", done=400, total=1000)))
    assert panel.empty.title.text() == "La main courante arrive du centre…"
    assert "400 sur 1000" in panel.empty.hint.text()
    relay.hear(says.Link(status=LinkStatus(state="online")))
    assert panel.empty.title.text() == "La main courante est vide"


def test_only_what_the_role_may_do_is_offered(
    panel: ListPanel,
    reading: EntryPanel,
    node: Node,
    other: Identity,
    desk: Desk,
    relay: Relay,
    qtbot: QtBot,
) -> None:
    mine = node.logbook.publish(Content(text="Incendie de câbles."), node.who)
    theirs = node.logbook.publish(Content(text="Trafic suspendu."), other)
    words = ["create:entry", "correct:entry:own", "void:entry:own"]
    relay.hear(says.Granted(rights=[Rights(workspace="*", role="liaison", actions=words)]))
    offered = {"logbook.correct", "logbook.void", "logbook.complete"}
    acts = reading.findChild(ActBar)
    assert acts is not None
    for entry, allowed in ((mine, offered), (theirs, {"logbook.complete"})):
        desk.shared.select((entry.uid,))
        qtbot.waitUntil(
            lambda e=entry: reading.seen is not None and reading.seen.entry.uid == e.uid
        )
        asked = {*offered, "logbook.qualify", "logbook.star"}
        assert {name for name in asked if desk.commands.can_run(name)} == allowed
        assert {name for name in asked if acts.button(name).isEnabled()} == allowed
