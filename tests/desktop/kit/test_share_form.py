"""Sharing: the same choice of marking and restrictions everywhere, and nothing before « Partager »."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.kit.share_form import ShareForm
from desktop.kit.theme import Theme


@pytest.fixture
def form(qtbot: QtBot) -> ShareForm:
    shown = ShareForm(Theme(), ("MEDICAL", "ORG:SNCF"), "DR")
    qtbot.addWidget(shown)
    shown.ask("c1", "Le calque sera vu de tous.")
    return shown


def test_it_proposes_the_marking_of_the_workspace_and_no_restriction(form: ShareForm) -> None:
    assert form.choice.marking == "DR"
    assert form.choice.caveats == ()
    assert [box.text() for box in form.choice.boxes.values()] == ["Médical", "réservé SNCF"]


def test_agreeing_says_what_within_which_limits(form: ShareForm, qtbot: QtBot) -> None:
    form.choice.choose("NP", ("ORG:SNCF",))
    with qtbot.waitSignal(form.agreed) as told:
        form.agree.click()
    assert told.args == ["c1", "NP", ("ORG:SNCF",)]
    assert form.isHidden()


def test_escape_shares_nothing(form: ShareForm, qtbot: QtBot) -> None:
    form.show()
    form.activateWindow()
    form.choice.list.setFocus()
    qtbot.waitUntil(form.choice.list.hasFocus)
    with qtbot.assertNotEmitted(form.agreed):
        qtbot.keyClick(form.choice.list, Qt.Key.Key_Escape)
    assert form.isHidden()


def test_what_was_chosen_for_one_is_not_proposed_for_the_next(form: ShareForm) -> None:
    form.choice.choose("NP", ("MEDICAL",))
    form.ask("c2", "Un autre.")
    assert (form.choice.marking, form.choice.caveats) == ("DR", ())


def test_a_restriction_that_one_may_not_choose_is_shown_where_it_holds(form: ShareForm) -> None:
    form.choice.choose("DR_SF", ("ENQUETE",))
    assert form.choice.caveats == ("ENQUETE",)
