"""Linking, asking for something to be done, putting into a dossier: as it is typed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from beffroi.logbook.entry import Entry
from beffroi.node import Node
from desktop.api import Desk
from desktop.logbook.act_forms import FollowUpForm, LinkForm
from desktop.logbook.dossier_form import DossierForm
from desktop.logbook.dossier_panel import DossierPanel
from desktop.logbook.due import moment_of
from desktop.logbook.entry_panel import EntryPanel
from desktop.logbook.forms import Form
from desktop.logbook.list_panel import ListPanel
from desktop.logbook.wording import DAY, HOUR
from tests.conftest import HeldClock
from tests.desktop.logbook.conftest import MINUTE, Write

PARIS = ZoneInfo("Europe/Paris")
Ask = Callable[..., Form]


@pytest.fixture
def ask(panel: ListPanel, reading: EntryPanel, desk: Desk, qtbot: QtBot) -> Ask:
    """Choose an entry and run a command that opens a form."""

    def asked(entry: Entry, command: str) -> Any:
        desk.shared.select((entry.uid,))
        qtbot.waitUntil(lambda: reading.seen is not None and reading.seen.entry.uid == entry.uid)
        desk.commands.run(command)
        assert reading.acts.form is not None
        return reading.acts.form

    return asked


def test_an_entry_is_linked_to_one_found_by_its_words(
    ask: Ask, write: Write, node: Node, qtbot: QtBot
) -> None:
    first, second = write("Alarme signalisation Courtalain"), write("Effet")
    form = ask(second, "logbook.link")
    assert isinstance(form, LinkForm)
    form.target.setFocus()
    qtbot.keyClicks(form.target, "courtalain")
    qtbot.waitUntil(form.target.popup.isVisible)
    qtbot.keyClick(form.target, Qt.Key.Key_Return)
    qtbot.keyClick(form.target, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(node.logbook.thread(second.uid).links_out))
    assert node.logbook.thread(second.uid).links_out[0][1].uid == first.uid


def test_a_link_to_an_unknown_number_stays_in_the_form_with_a_sentence(
    ask: Ask, write: Write, qtbot: QtBot
) -> None:
    form = ask(write("Seule"), "logbook.link")
    assert isinstance(form, LinkForm)
    form.target.setText("999")
    form.submit()
    qtbot.waitUntil(lambda: "999" in form.trouble.text())
    assert form.target.text() == "999"


@pytest.mark.parametrize(
    ("said", "later"),
    [("45 min", 45 * MINUTE), ("2h", 2 * HOUR), ("dans 1 j", DAY), ("11:30", 90 * MINUTE)],
)
def test_a_due_time_is_said_as_a_delay_or_as_an_hour(
    said: str, later: int, clock: HeldClock
) -> None:
    now = clock.now() - clock.now() % MINUTE
    assert moment_of(said, now, PARIS) == now + later


def test_an_hour_gone_by_is_due_tomorrow(clock: HeldClock) -> None:
    due = moment_of("06:30", clock.now(), PARIS)
    assert due is not None
    assert clock.now() < due < clock.now() + DAY


def test_a_follow_up_takes_the_hour_typed_and_refuses_what_is_none(
    ask: Ask, write: Write, node: Node, qtbot: QtBot
) -> None:
    entry = write("Décision")
    form = ask(entry, "logbook.followup")
    assert isinstance(form, FollowUpForm)
    form.text.setText("Surveiller")
    form.owner.setText("OL-DGGN")
    form.due.box.setEditText("bientôt")
    form.submit()
    assert "échéance" in form.trouble.text()
    form.due.box.setEditText("23:45")
    form.submit()
    qtbot.waitUntil(lambda: bool(node.logbook.followups(entry=entry.uid)))
    assert node.logbook.followups(entry=entry.uid)[0].due is not None


def test_the_title_of_a_dossier_that_exists_never_makes_a_second_one(
    ask: Ask, write: Write, node: Node, qtbot: QtBot
) -> None:
    first, second = write("Un"), write("Deux")
    dossier = node.logbook.open_dossier("Sabotages LGV", (first.uid,), 3, node.who)
    form = ask(second, "logbook.dossier")
    assert isinstance(form, DossierForm)
    qtbot.waitUntil(lambda: bool(form._known))
    qtbot.keyClicks(form.title, "sabotages lgv")
    form.submit()
    qtbot.waitUntil(lambda: len(node.logbook.dossier(dossier.uid).entries) == 2)
    assert len(node.logbook.dossiers()) == 1


def test_a_key_pressed_at_once_acts_on_the_entry_just_chosen(
    ask: Ask, write: Write, reading: EntryPanel, desk: Desk, node: Node, qtbot: QtBot
) -> None:
    first, second, third = write("Un"), write("Deux"), write("Trois")
    ask(first, "logbook.link")
    desk.shared.select((second.uid,))
    desk.commands.run("logbook.qualify")
    assert not reading.editing
    qtbot.waitUntil(lambda: reading.editing)
    assert reading.editor.entry is not None
    assert reading.editor.entry.uid == second.uid
    desk.shared.select((third.uid,))
    desk.commands.run("logbook.star")
    qtbot.waitUntil(lambda: node.logbook.entry(third.uid).content.key_event)
    assert not node.logbook.entry(second.uid).content.key_event


def test_tab_walks_a_form_in_reading_order(ask: Ask, write: Write) -> None:
    form = ask(write("Décision"), "logbook.followup")
    assert isinstance(form, FollowUpForm)
    assert form.text.nextInFocusChain() is form.owner
    assert form.owner.nextInFocusChain() in {form.due, form.due.box}


def test_the_keyboard_stays_in_the_entry_when_its_page_is_drawn_again(
    ask: Ask, write: Write, reading: EntryPanel, node: Node, desk: Desk, qtbot: QtBot
) -> None:
    entry = write("Décision")
    node.logbook.open_followup(entry.uid, "OL-DGGN", None, "Surveiller", node.who)
    ask(entry, "logbook.link").closed.emit()
    button = next(b for b in reading.findChildren(QPushButton) if b.text() == "Prendre en compte")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.click()
    qtbot.waitUntil(lambda: not isValid(button))
    assert reading.page.hasFocus()


def test_a_form_begun_outlives_a_look_at_another_entry_and_says_which_it_is_about(
    ask: Ask, write: Write, reading: EntryPanel, desk: Desk, qtbot: QtBot
) -> None:
    first, second = write("Un"), write("Deux")
    form = ask(first, "logbook.followup")
    assert isinstance(form, FollowUpForm)
    form.text.setText("Surveiller")
    desk.shared.select((second.uid,))
    qtbot.waitUntil(lambda: reading.shows_choice)
    assert reading.acts.form is form
    assert "pas celle affichée" in form._head.text()
    desk.shared.select((first.uid,))
    assert "pas celle" not in form._head.text()
    form.text.clear()
    desk.shared.select((second.uid,))
    assert reading.acts.form is None


def test_a_post_that_only_reads_is_told_so_and_offered_no_act(
    panel: ListPanel, reading: EntryPanel, write: Write, desk: Desk, node: Node, qtbot: QtBot
) -> None:
    node.who = replace(node.who, may_write=False)
    entry = write("Lue")
    desk.shared.select((entry.uid,))
    qtbot.waitUntil(lambda: reading.shows_choice)
    assert "sans y écrire" in reading.acts.only_reads.text()
    assert reading.acts.only_reads.isVisible()
    assert not reading.acts._buttons["logbook.qualify"].isVisible()
    desk.commands.run("logbook.qualify")
    assert not reading.editing


def test_a_post_that_only_reads_sees_dossiers_and_follow_ups_without_their_acts(
    panel: ListPanel, reading: EntryPanel, dossiers: DossierPanel, write: Write, desk: Desk,
    node: Node, qtbot: QtBot,
) -> None:  # fmt: skip
    entry = write("Lue")
    node.logbook.open_followup(entry.uid, "OL-DGGN", None, "Surveiller", node.who)
    dossier = node.logbook.open_dossier("Sabotages LGV", (entry.uid,), 3, node.who)
    node.who = replace(node.who, may_write=False)
    desk.shared.select((entry.uid,))
    dossiers.open(dossier.uid)
    qtbot.waitUntil(lambda: reading.shows_choice and dossiers.shown is not None)
    words = {b.text() for w in (reading, dossiers) for b in w.findChildren(QPushButton)
             if not b.isHidden()}  # fmt: skip
    assert not words & {"Prendre en compte", "Clore", "Modifier", "Ajouter un chiffre"}
