"""The way in: one panel, no dialog, and a refusal says what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from beffroi.errors import BeffroiError
from beffroi.node import Node, open_node
from desktop.access import login
from desktop.access.login import LoginPanel
from desktop.kit.preferences import Preferences
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme

SECRET = "mot-de-passe-de-test"


@pytest.fixture
def opened() -> Iterator[list[Node]]:
    nodes: list[Node] = []
    yield nodes
    for node in nodes:
        node.close()


@pytest.fixture
def panel(
    profile_dir: Path,
    theme: Theme,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    opened: list[Node],
) -> Iterator[LoginPanel]:
    monkeypatch.setattr(login, "BREATH_MS", 20)
    tasks = Tasks()
    made = LoginPanel(theme, tasks, open_node, Preferences())
    made.entered.connect(opened.append)
    made.offer(profile_dir, "c.marchand")
    made.show()
    yield made
    tasks.close()
    made.close()
    made.deleteLater()


def test_the_secret_opens_and_the_post_is_asked(
    panel: LoginPanel, opened: list[Node], qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.credentials.secret, SECRET)
    qtbot.keyClick(panel.credentials.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.posts.isVisible)
    panel.posts.list.setCurrentRow(1)
    qtbot.keyClick(panel.posts.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].who.post == "Rédacteur main courante"


def test_one_post_is_not_asked_about(panel: LoginPanel, opened: list[Node], qtbot: QtBot) -> None:
    panel.credentials.account.setCurrentText("m.leroy")
    panel.credentials.secret.setText(SECRET)
    panel.credentials.enter.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].who.post == "OL-SNCF"


def test_a_wrong_secret_is_said_in_place_and_slows_down(
    panel: LoginPanel, opened: list[Node], qtbot: QtBot
) -> None:
    panel.credentials.secret.setText("pas le bon mot de passe")
    panel.credentials.enter.click()
    qtbot.waitUntil(lambda: bool(panel.credentials.message.text()))
    assert "inconnu" in panel.credentials.message.text()
    assert not panel.credentials.enter.isEnabled()
    qtbot.waitUntil(panel.credentials.enter.isEnabled)
    assert panel.credentials.secret.hasSelectedText()
    assert opened == []


def test_too_many_tries_say_how_long_to_wait(panel: LoginPanel, qtbot: QtBot) -> None:
    for _try in range(5):
        panel.credentials.secret.setText("pas le bon mot de passe")
        panel.credentials.enter.click()
        qtbot.waitUntil(panel.credentials.enter.isEnabled)
    assert "seconde" in panel.credentials.message.text()


def test_missing_words_are_asked_for_one_by_one(panel: LoginPanel) -> None:
    panel.credentials.enter.click()
    assert panel.credentials.message.text() == "Tapez votre mot de passe."
    panel.credentials.account.setCurrentText("")
    panel.credentials.enter.click()
    assert "Dites qui vous êtes" in panel.credentials.message.text()


def test_capitals_locked_are_pointed_out(panel: LoginPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.credentials.secret, Qt.Key.Key_A)
    assert not panel.credentials.capitals.isVisible()
    qtbot.keyClicks(panel.credentials.secret, "A")
    assert panel.credentials.capitals.isVisible()


def test_a_folder_that_is_no_profile_is_said(
    panel: LoginPanel, tmp_path: Path, opened: list[Node], qtbot: QtBot
) -> None:
    panel.offer(tmp_path, "c.marchand")
    panel.credentials.secret.setText(SECRET)
    panel.credentials.enter.click()
    qtbot.waitUntil(lambda: "n’est pas un profil" in panel.credentials.message.text())


def test_a_sentence_from_outside_is_shown(panel: LoginPanel, profile_dir: Path) -> None:
    panel.offer(profile_dir, "c.marchand", str(BeffroiError("Ce profil est déjà ouvert.")))
    assert panel.credentials.message.text() == "Ce profil est déjà ouvert."


def test_leaving_after_unlocking_locks_again(
    panel: LoginPanel, profile_dir: Path, opened: list[Node], qtbot: QtBot
) -> None:
    panel.credentials.secret.setText(SECRET)
    panel.credentials.enter.click()
    qtbot.waitUntil(panel.posts.isVisible)
    panel.close()
    assert opened == []
