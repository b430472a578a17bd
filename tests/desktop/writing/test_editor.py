"""Qualification in place, correction, completion, the full form."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beffroi.journal import Identity
from beffroi.logbook.entry import Content, Entry, Marking, Qualification, TimePrecision
from beffroi.node import Node
from desktop.api import Desk
from desktop.kit.shared import Prefill
from desktop.logbook.writing import EntryEditor

Typing = Callable[..., None]


@pytest.fixture
def entry(node: Node) -> Entry:
    return node.logbook.publish(
        Content(text="Feu installation entre Vandières et Pagny", organisation="DGGN"), node.who
    )


def stored(node: Node, entry: Entry) -> Content:
    return node.logbook.entry(entry.uid).content


def test_a_digit_qualifies_the_gravity_at_once(
    editor: EntryEditor, entry: Entry, node: Node, typing: Typing, qtbot: QtBot
) -> None:
    editor.qualify(entry)
    typing(editor.form.gravity.picker, "3")
    qtbot.waitUntil(lambda: stored(node, entry).gravity == 3)
    assert node.logbook.entry(entry.uid).version == entry.version


def test_changes_of_one_pause_are_one_operation(
    editor: EntryEditor, entry: Entry, node: Node, typing: Typing, qtbot: QtBot
) -> None:
    editor.qualify(entry)
    before = len(node.logbook.history(entry.uid))
    typing(editor.form.gravity.picker, "2")
    typing(editor.form.grading.grid, "B3")
    editor.form.tags.chips.add("TRA.FERRE")
    qtbot.waitUntil(lambda: stored(node, entry).tags == ("TRA.FERRE",))
    content = stored(node, entry)
    assert (content.gravity, content.source_grade, content.credibility) == (2, "B", 3)
    assert len(node.logbook.history(entry.uid)) == before + 1


def test_the_three_words_grade(editor: EntryEditor, entry: Entry, node: Node, qtbot: QtBot) -> None:
    editor.qualify(entry)
    QTest.mouseClick(editor.form.grading.shortcuts[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stored(node, entry).credibility == 4)
    assert stored(node, entry).source_grade == "D"


def test_credibility_one_waits_for_the_entry_that_corroborates(
    editor: EntryEditor, entry: Entry, node: Node, typing: Typing, qtbot: QtBot, other: Identity
) -> None:
    proof = node.logbook.publish(Content(text="Fumée vue du ciel", organisation="SDIS"), other)
    editor.qualify(entry)
    typing(editor.form.grading.grid, "B1")
    line = editor.form.grading.line.line
    assert line.isVisible()
    assert stored(node, entry).credibility == 6
    line.setFocus()
    typing(line, str(proof.number))
    qtbot.waitUntil(line.popup.isVisible)
    typing(line, "\n")
    qtbot.waitUntil(lambda: stored(node, entry).corroborated_by == proof.uid)
    assert stored(node, entry).credibility == 1


def test_a_refused_field_says_why_and_holds_no_other_back(
    editor: EntryEditor, entry: Entry, node: Node, typing: Typing, qtbot: QtBot
) -> None:
    editor.qualify(entry)
    editor.saver.add({"text": "autre chose"})
    typing(editor.form.gravity.picker, "2")
    qtbot.waitUntil(lambda: stored(node, entry).gravity == 2)
    qtbot.waitUntil(lambda: "Corriger" in editor.form.text_box.trouble_text)


def test_a_time_is_given_as_it_is_said(
    editor: EntryEditor, entry: Entry, node: Node, typing: Typing, qtbot: QtBot
) -> None:
    editor.qualify(entry)
    line = editor.form.event_time.moment.line
    line.setFocus()
    typing(line, "26/07 1h–5h30")
    typing(line, "\n")
    qtbot.waitUntil(lambda: stored(node, entry).event_end is not None)
    content = stored(node, entry)
    assert content.time_precision is TimePrecision.INTERVAL
    assert content.event_end is not None
    assert content.event_time is not None
    assert content.event_end - content.event_time == 4.5 * 3_600_000


def test_what_is_no_time_is_said_and_not_saved(
    editor: EntryEditor, entry: Entry, node: Node, typing: Typing
) -> None:
    editor.qualify(entry)
    moment = editor.form.event_time.moment
    moment.line.setFocus()
    typing(moment.line, "tantôt\n")
    assert "Je ne lis pas d’heure" in moment._said.text()
    assert stored(node, entry).event_time is None


def test_a_given_time_only_changes_by_a_correction(editor: EntryEditor, node: Node) -> None:
    entry = node.logbook.publish(
        Content(text="Vu à 5h", event_time=node.clock.now(), lon=2.0, lat=48.0), node.who
    )
    editor.qualify(entry)
    assert not editor.form.event_time.moment.isEnabled()
    assert editor.form.place.line.isReadOnly()
    editor.correct(entry)
    assert editor.form.event_time.moment.isEnabled()
    assert not editor.form.place.line.isReadOnly()


def test_a_live_change_never_touches_the_field_being_typed(
    editor: EntryEditor, entry: Entry, node: Node, typing: Typing, qtbot: QtBot, other: Identity
) -> None:
    editor.qualify(entry)
    line = editor.form.origin.line
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    typing(line, "Capitaine Du")
    node.logbook.qualify(entry.uid, {"origin": "Autre", "gravity": 4}, other)
    qtbot.waitUntil(lambda: editor.form.gravity.picker.level == 4)
    assert line.text() == "Capitaine Du"
    typing(line, "rand\n")
    qtbot.waitUntil(lambda: stored(node, entry).origin == "Capitaine Durand")


def test_the_marking_is_never_lowered_here(editor: EntryEditor, entry: Entry) -> None:
    editor.qualify(entry)
    buttons = editor.form.marking.segments._buttons
    assert not buttons[Marking.NP.value].isEnabled()
    assert buttons[Marking.DR_SF.value].isEnabled()


def test_the_assessment_is_saved(
    editor: EntryEditor, entry: Entry, node: Node, qtbot: QtBot
) -> None:
    editor.qualify(entry)
    editor.form.qualification.segments._buttons["confirmed"].click()
    qtbot.waitUntil(lambda: node.logbook.entry(entry.uid).qualification is Qualification.CONFIRMED)


def test_a_correction_needs_its_reason(
    editor: EntryEditor, entry: Entry, node: Node, typing: Typing, qtbot: QtBot
) -> None:
    editor.correct(entry)
    editor.form.text.editor.selectAll()
    typing(editor.form.text.editor, "Feu éteint à Vandières")
    editor.foot.finish.click()
    qtbot.waitUntil(lambda: "otif" in editor.status.text)
    assert editor.form.text.editor.toPlainText() == "Feu éteint à Vandières"
    typing(editor.foot.reason, "précision")
    done: list[Entry] = []
    editor.published.connect(done.append)
    editor.foot.finish.click()
    qtbot.waitUntil(lambda: bool(done))
    assert done[0].number == entry.number
    assert done[0].content.text == "Feu éteint à Vandières"
    assert node.logbook.history(entry.uid)[0].content.text == entry.content.text


def test_a_complement_is_an_entry_of_its_own(
    editor: EntryEditor, entry: Entry, typing: Typing, qtbot: QtBot
) -> None:
    editor.complete(entry)
    typing(editor.form.text.editor, "Feu maîtrisé")
    done: list[Entry] = []
    editor.published.connect(done.append)
    typing(editor.form.text.editor, "\n", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(done))
    assert done[0].content.parent == entry.uid
    assert done[0].number == entry.number + 1


def test_the_full_form_publishes_everything(
    editor: EntryEditor, typing: Typing, qtbot: QtBot
) -> None:
    editor.new(Prefill(text="Colis suspect", place="Gare du Nord"))
    form = editor.form
    form.nature.segments._buttons["request"].click()
    typing(form.gravity.picker, "2")
    typing(form.impacts.bars[next(iter(form.impacts.bars))], "3")
    form.for_action.chips.line.setFocus()
    typing(form.for_action.chips.line, "OL-DGPN\n")
    form.key_event.box.click()
    done: list[Entry] = []
    editor.published.connect(done.append)
    editor.foot.finish.click()
    qtbot.waitUntil(lambda: bool(done))
    content = done[0].content
    assert (content.text, content.place) == ("Colis suspect", "Gare du Nord")
    assert (content.nature.value, content.gravity, content.key_event) == ("request", 2, True)
    assert content.for_action == ("OL-DGPN",)
    assert list(content.impacts.values()) == [3]


def test_a_place_is_found_and_shown_on_the_map(
    editor: EntryEditor, entry: Entry, node: Node, desk: Desk, typing: Typing, qtbot: QtBot
) -> None:
    previews: list[object] = []
    desk.shared.preview_changed.connect(previews.append)
    editor.qualify(entry)
    line = editor.form.place.line
    line.setFocus()
    typing(line, "croisil")
    qtbot.waitUntil(line.popup.isVisible)
    typing(line, "\n")
    qtbot.waitUntil(lambda: stored(node, entry).lon is not None)
    assert stored(node, entry).place == "Croisilles"
    assert previews[-1] == (stored(node, entry).lon, stored(node, entry).lat)


def test_a_correction_begun_comes_back_after_a_crash(
    editor: EntryEditor, entry: Entry, node: Node, desk: Desk, typing: Typing, qtbot: QtBot
) -> None:
    editor.correct(entry)
    typing(editor.form.text.editor, "Au sud : ")
    typing(editor.foot.reason, "lieu")
    editor.foot.reason.textEdited.emit("lieu")
    qtbot.waitUntil(lambda: bool(node.personal.drafts()))
    qtbot.wait(300)
    again = EntryEditor(desk)
    qtbot.addWidget(again)
    again.correct(entry)
    qtbot.waitUntil(lambda: again.form.text.editor.toPlainText().startswith("Au sud"))
    assert again.foot.reason.text() == "lieu"


def test_a_void_entry_cannot_be_qualified(editor: EntryEditor, entry: Entry, node: Node) -> None:
    editor.qualify(node.logbook.void(entry.uid, "erreur", node.who))
    assert not editor.form.isEnabled()
    assert "annulée" in editor.status.text
