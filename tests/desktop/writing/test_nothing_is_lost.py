"""What is still in a field when one publishes is kept, or said; never left out in silence."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from beffroi.journal import Identity
from beffroi.logbook.entry import Content, Entry
from beffroi.node import Node
from desktop.kit.shared import Prefill
from desktop.logbook.writing import EntryEditor
from desktop.logbook.writing.rebase import rebased

Typing = Callable[..., None]
Publish = Callable[[], Entry]


@pytest.fixture
def form(editor: EntryEditor) -> EntryEditor:
    editor.new(Prefill(text="Colis suspect"))
    return editor


@pytest.fixture
def publish(form: EntryEditor, qtbot: QtBot) -> Publish:
    """Publish by the keyboard, as from any field: the field keeps the keyboard."""
    done: list[Entry] = []
    form.published.connect(done.append)

    def published() -> Entry:
        form.finish()
        qtbot.waitUntil(lambda: bool(done))
        return done[-1]

    return published


def test_words_still_in_a_line_are_published(
    form: EntryEditor, publish: Publish, typing: Typing
) -> None:
    line = form.form.origin.line
    line.setFocus()
    typing(line, "Capitaine Durand")
    assert publish().content.origin == "Capitaine Durand"


def test_a_post_still_being_typed_is_published(
    form: EntryEditor, publish: Publish, typing: Typing
) -> None:
    line = form.form.for_action.chips.line
    line.setFocus()
    typing(line, "Cellule eau")
    assert publish().content.for_action == ("Cellule eau",)


def test_a_tag_spelt_out_is_published(form: EntryEditor, publish: Publish, typing: Typing) -> None:
    line = form.form.tags.chips.line
    line.setFocus()
    typing(line, "ferré")
    assert publish().content.tags == ("TRA.FERRE",)


def test_a_place_still_in_the_line_is_published_and_found(
    form: EntryEditor, publish: Publish, typing: Typing, qtbot: QtBot
) -> None:
    line = form.form.place.line
    line.setFocus()
    typing(line, "stade de france")
    form.form.text.editor.setFocus()
    qtbot.waitUntil(lambda: form.content.lon is not None)
    content = publish().content
    assert (content.place, content.commune) == ("stade de france", "Saint-Denis")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("tags", "zorglub", "zorglub"), ("event_time", "tantôt", "d’heure")],
)
def test_what_cannot_be_kept_is_said_before_publishing(
    form: EntryEditor, typing: Typing, field: str, typed: str, said: str
) -> None:
    fields = form.form
    lines = {"tags": fields.tags.chips.line, "event_time": fields.event_time.moment.line}
    line, box = lines[field], next(fields.boxes_of((field,)))
    line.setFocus()
    typing(line, typed)
    form.finish()
    assert said in box.trouble_text
    assert form.content.text == "Colis suspect"
    assert form.mode == "new"


def test_credibility_one_is_not_published_without_its_proof(
    form: EntryEditor, typing: Typing, publish: Publish
) -> None:
    grid = form.form.grading.grid
    typing(grid, "B1")
    form.finish()
    box = next(form.form.boxes_of(("credibility",)))
    assert "corrobore" in box.trouble_text
    typing(grid, "2")
    assert publish().content.credibility == 2


def test_the_entry_that_corroborates_is_named(
    editor: EntryEditor, node: Node, other: Identity, qtbot: QtBot
) -> None:
    proof = node.logbook.publish(Content(text="Fumée vue du ciel", organisation="SDIS"), other)
    entry = node.logbook.publish(
        Content(text="Feu", source_grade="B", credibility=1, corroborated_by=proof.uid), node.who
    )
    editor.qualify(entry)
    line = editor.form.grading.line.line
    qtbot.waitUntil(lambda: line.text() == f"{proof.label} Fumée vue du ciel")


def test_a_correction_keeps_what_another_post_changed_meanwhile(
    editor: EntryEditor, node: Node, other: Identity, typing: Typing, qtbot: QtBot
) -> None:
    entry = node.logbook.publish(Content(text="Feu à Vandières"), other)
    editor.correct(entry)
    editor.form.text.editor.selectAll()
    typing(editor.form.text.editor, "Feu à Pagny")
    node.logbook.qualify(entry.uid, {"gravity": 3, "tags": ["TRA.FERRE"]}, other)
    qtbot.waitUntil(lambda: "autre poste" in editor.status.text)
    typing(editor.foot.reason, "lieu")
    typing(editor.form.text.editor, "\n", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: node.logbook.entry(entry.uid).content.text == "Feu à Pagny")
    content = node.logbook.entry(entry.uid).content
    assert (content.gravity, content.tags) == (3, ("TRA.FERRE",))


def test_what_was_changed_wins_over_what_came_meanwhile() -> None:
    base = Content(text="un", gravity=1)
    mine = msgspec.structs.replace(base, text="deux")
    newer = msgspec.structs.replace(base, text="trois", gravity=4)
    assert rebased(mine, base, newer) == Content(text="deux", gravity=4)


def test_tab_passing_by_a_field_chooses_nothing(
    form: EntryEditor, typing: Typing, qtbot: QtBot
) -> None:
    line = form.form.tags.chips.line
    line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(line.popup.isVisible)
    typing(line, "\t")
    assert form.content.tags == ()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(line.popup.isVisible)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    typing(line, "\n")
    assert len(form.content.tags) == 1
