"""The desk follows its link: what the bandeau says, what is told to the process and to the person."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from beffroi.logbook.entry import Content
from beffroi.node import Node
from beffroi.sync import status as says
from beffroi.sync.status import LinkStatus
from beffroi.sync.wire import Presence, Rights
from desktop.api import Desk
from desktop.shell.assembly import Assembly
from desktop.sync import heralds
from desktop.sync.popover import LinkPopover
from desktop.sync.presence_panel import PresencePanel
from desktop.sync.relay import Relay
from tests.conftest import START
from tests.desktop.sync.conftest import HUB, FakeProcess

HOUR = 3_600_000


def tell(relay: Relay, **status: object) -> None:
    relay.hear(says.Link(status=LinkStatus(**status)))  # type: ignore[arg-type]


def words_in(widget: object) -> str:
    from PySide6.QtWidgets import QLabel, QWidget

    assert isinstance(widget, QWidget)
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_bandeau_says_offline_since_when_and_what_waits(
    assembly: Assembly, relay: Relay
) -> None:
    tell(relay, state="offline", since=START - HOUR, waiting=7)
    link = assembly.header.bandeau.link
    assert (link.value, link.above) == ("HORS LIGNE depuis 09h00", "7 éléments en attente")
    assert "HORS LIGNE depuis 09h00 – 7 éléments en attente" in link.accessibleName()


def test_the_hubs_time_becomes_the_desks_time(node: Node, relay: Relay) -> None:
    tell(relay, state="online", skew_ms=90_000)
    assert node.clock.offset_ms == 90_000


def test_every_local_act_wakes_the_process_once(
    node: Node, relay: Relay, process: FakeProcess, qtbot: QtBot
) -> None:
    for text in ("Première.", "Deuxième."):
        node.logbook.publish(Content(text=text), node.who)
    qtbot.waitUntil(lambda: bool(process.of(says.Poke)))
    assert len(process.of(says.Poke)) == 1


def test_what_is_written_offline_is_counted_at_once(
    assembly: Assembly, node: Node, relay: Relay, qtbot: QtBot
) -> None:
    tell(relay, state="offline", since=START)
    for text in ("Première.", "Deuxième."):
        node.logbook.publish(Content(text=text), node.who)
    link = assembly.header.bandeau.link
    qtbot.waitUntil(lambda: link.above == "2 éléments en attente")
    tell(relay, state="offline", since=START, last_contact=1)
    assert link.above == "2 éléments en attente"


def test_the_popover_opens_by_its_command_and_tries_again(
    assembly: Assembly, desk: Desk, relay: Relay, process: FakeProcess, qtbot: QtBot
) -> None:
    assembly.window.show()
    tell(relay, state="offline", since=START, last_contact=START - HOUR, waiting=3, quarantined=1)
    desk.commands.run("link.details")
    popover = assembly.window.findChild(LinkPopover)
    assert popover is not None
    shown = words_in(popover)
    for said in (HUB, "dernier contact il y a 1 h", "3 éléments en attente", "1 élément refusé"):
        assert said in shown
    assert [b.text() for b in popover.findChildren(QPushButton) if b.isVisible()] == [
        "Voir ce qui a été refusé",
        "Réessayer maintenant",
    ]
    qtbot.keyClick(popover.retry, Qt.Key.Key_Space)
    assert not popover.isVisible()
    assert len(process.of(says.Poke)) == 1


def test_a_short_cut_is_nobodys_business_and_a_long_one_is_said_once(
    relay: Relay, heard: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    tell(relay, state="online")
    tell(relay, state="offline", since=START)
    tell(relay, state="online")
    assert heard == []
    patience = next(c for c in relay.parent().findChildren(heralds.LinkHerald))._patience
    patience.setInterval(1)
    tell(relay, state="offline", since=START, waiting=2)
    qtbot.waitUntil(lambda: len(heard) == 1)
    tell(relay, state="catching_up", waiting=1)
    tell(relay, state="online")
    assert "hors ligne" in heard[0][1]
    assert heard[1:] == [("done", "De nouveau en ligne. 2 éléments ont été envoyés.")]


def test_the_end_of_a_cut_tells_since_when_there_may_be_news(
    desk: Desk, relay: Relay, qtbot: QtBot
) -> None:
    tell(relay, state="online", last_contact=START - HOUR)
    tell(relay, state="offline", since=START)
    with qtbot.waitSignal(desk.link.back) as told:
        tell(relay, state="online", last_contact=START + HOUR)
    assert told.args == [START - HOUR]


def test_a_desk_that_was_closed_comes_back_as_after_a_cut(
    desk: Desk, relay: Relay, process: FakeProcess, assembly: Assembly, qtbot: QtBot
) -> None:
    tell(relay, state="online", since=START, last_contact=START - 9 * HOUR)
    reopened = Relay(desk, process, lambda _told, _node: None, assembly.window)
    with qtbot.waitSignal(desk.link.back) as told:
        tell(reopened, state="catching_up", since=START)
        tell(reopened, state="online", since=START, last_contact=START)
    assert told.args == [START - 9 * HOUR]


def test_before_the_first_word_the_bandeau_says_that_the_hub_is_called(assembly: Assembly) -> None:
    assert assembly.header.bandeau.link.value == "Appel du centre…"


def test_a_sentence_of_the_process_is_shown_once(
    relay: Relay, heard: list[tuple[str, str]]
) -> None:
    for done in (1, 2):
        tell(relay, state="catching_up", done=done, total=9, sentence="Le disque est plein.")
    assert heard == [("warning", "Le disque est plein.")]


def test_those_present_are_listed_without_oneself(
    assembly: Assembly, desk: Desk, node: Node, relay: Relay, qtbot: QtBot
) -> None:
    entry = node.logbook.publish(Content(text="Incendie de câbles."), node.who)
    marc = Presence(
        account="m.leroy", person="Marc Leroy", post="OL-SNCF", station="poste-2",
        entity=entry.uid, doing="writing",
    )  # fmt: skip
    me = Presence(account=node.who.account, station=node.who.station)
    relay.hear(says.Present(people=[me, marc]))
    panel = desk.docks.widget("present")  # type: ignore[attr-defined]
    assert isinstance(panel, PresencePanel)
    qtbot.waitUntil(lambda: "Marc Leroy" in words_in(panel))
    assert desk.link.around(entry.uid) == (marc,)
    assert "Présents (1)" in assembly.window.docks.title("present")


def test_a_right_to_write_that_ends_is_said_and_taken_away(
    assembly: Assembly, node: Node, relay: Relay, heard: list[tuple[str, str]]
) -> None:
    chief = Rights(workspace="jop-2024", role="room_chief", actions=["create:entry"])
    relay.hear(says.Granted(rights=[chief]))
    assert node.who.may_write
    relay.hear(says.Granted(rights=[]))
    assert not node.who.may_write
    assert "(lecture)" in assembly.header.bandeau.who.accessibleName()
    assert heard[-1][0] == "warning"


def test_an_erased_profile_leaves_one_page_that_says_why(
    assembly: Assembly, relay: Relay, node: Node, qtbot: QtBot
) -> None:
    assembly.window.show()
    relay.hear(says.Erased(sentence="Ce poste a été révoqué.", salvage="a-transmettre.beffroi"))
    page = assembly.farewell.page
    assert page.isVisible()
    assert page.sentence.text() == "Ce poste a été révoqué."
    assert "a-transmettre.beffroi" in page.saved.text()
    qtbot.waitUntil(lambda: node.store.closed)
    assembly.farewell.close_()
    assert page.isVisible()


@pytest.mark.parametrize(("width", "text"), [(1000, 100), (1366, 125)])
def test_nothing_of_the_bandeau_is_cut_when_it_says_most(
    assembly: Assembly, desk: Desk, relay: Relay, width: int, text: int, qtbot: QtBot
) -> None:
    desk.theme.set(text_size=text)
    assembly.window.resize(width, 768)
    assembly.window.show()
    tell(relay, state="offline", since=START - 30 * HOUR, waiting=12_345, skew_ms=-7_200_000)
    desk.link.set_to_settle(12)
    bandeau = assembly.header.bandeau
    qtbot.waitUntil(lambda: bandeau.width() >= bandeau.minimumSizeHint().width())
    assert bandeau.mapTo(assembly.window, bandeau.rect().topRight()).x() < width
