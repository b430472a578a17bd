"""What was typed and not published survives whatever happens to the window or the machine."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from beffroi.logbook.entry import Content
from beffroi.node import Node
from desktop.api import Desk
from desktop.kit.notices import Notice
from desktop.logbook.writing import CaptureBar, EntryEditor

Typing = Callable[..., None]
Place = Callable[[QWidget], None]
TYPIST = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from beffroi.clock import Clock
from beffroi.node import open_node
from desktop.kit.theme import Theme
from desktop.map.scheme import register_scheme
from desktop.shell.assembly import Assembly
from desktop.shell.environment import prepare_qt

prepare_qt()
register_scheme()
app = QApplication([])
node = open_node(Path(sys.argv[1]), "c.marchand", sys.argv[2], clock=Clock(lambda: 1721980800000))
assembly = Assembly(node, Theme("light"))
from desktop.kit.notices import Notice
from desktop.logbook.writing import CaptureBar, EntryEditor
bar = CaptureBar(assembly.desk)
bar.show()
QTimer.singleShot(100, lambda: bar.text.insertPlainText("Vergigny: individus en fuite g2"))
QTimer.singleShot(1200, lambda: print("typed", flush=True))
app.exec()
"""


def test_a_draft_survives_kill_9(
    profile_dir: Path, qtbot: QtBot, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    script = tmp_path / "typist.py"
    script.write_text(TYPIST, encoding="utf-8")
    root = Path(__file__).parents[3]
    child = subprocess.Popen(
        [sys.executable, str(script), str(profile_dir), "mot-de-passe-de-test"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    with child:
        assert child.stdout is not None
        said = child.stdout.readline().strip()
        child.send_signal(signal.SIGKILL)
    assert said == b"typed"
    node: Node = request.getfixturevalue("node")
    desk: Desk = request.getfixturevalue("desk")
    assert node.logbook.total() == 0
    bar = CaptureBar(desk)
    qtbot.addWidget(bar)
    qtbot.waitUntil(lambda: "Vergigny" in bar.text.toPlainText())
    assert "Brouillon" in bar.status.text
    assert "pas publié" in bar.status.text


def test_escape_keeps_the_draft(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, node: Node
) -> None:
    typing(capture.text, "À reprendre plus tard\x1b")
    assert capture.text.toPlainText() == "À reprendre plus tard"
    qtbot.waitUntil(lambda: bool(node.personal.drafts()))
    assert node.personal.drafts()[0].payload["text"] == "À reprendre plus tard"


def test_the_draft_of_a_published_line_is_gone(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, node: Node
) -> None:
    typing(capture.text, "Publiée aussitôt")
    qtbot.waitUntil(lambda: bool(node.personal.drafts()))
    typing(capture.text, "\n")
    qtbot.waitUntil(lambda: node.logbook.total() == 1 and not node.personal.drafts())


def test_a_draft_published_just_before_the_crash_is_not_proposed_again(
    desk: Desk, qtbot: QtBot, node: Node, place: Place
) -> None:
    entry = node.logbook.publish(Content(text="Publiée"), node.who)
    node.personal.save_draft(entry.uid, {"kind": "capture", "text": "Publiée"})
    bar = CaptureBar(desk)
    place(bar)
    qtbot.waitUntil(lambda: not node.personal.drafts())
    assert bar.text.toPlainText() == ""


def test_a_discarded_draft_is_forgotten(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, node: Node
) -> None:
    typing(capture.text, "Finalement non")
    qtbot.waitUntil(lambda: bool(node.personal.drafts()))
    capture.discard()
    qtbot.waitUntil(lambda: not node.personal.drafts())
    assert capture.text.toPlainText() == ""


def test_what_was_abandoned_can_be_taken_up_again(
    desk: Desk, editor: EntryEditor, node: Node, typing: Typing, qtbot: QtBot
) -> None:
    entry = node.logbook.publish(Content(text="Feu à Vandières"), node.who)
    editor.correct(entry)
    typing(editor.form.text.editor, "Au sud : ")
    typing(editor.foot.reason, "lieu")
    posted: list[Notice] = []
    desk.notices.posted.connect(posted.append)
    editor.foot.cancel.click()
    assert editor.mode == "new"
    action = posted[0].action
    assert action is not None
    with qtbot.waitSignal(editor.taken_up):
        action[1]()
    assert editor.form.text.editor.toPlainText().startswith("Au sud")
    assert (editor.mode, editor.foot.reason.text()) == ("correct", "lieu")
