"""A locked desk shows nothing and does nothing until the secret is typed."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from beffroi.node import Node
from desktop.api import Desk
from desktop.shell import lockscreen
from desktop.shell.idle import IdleWatch
from desktop.shell.lockscreen import LockScreen
from desktop.shell.window import Window


@pytest.fixture
def locked(window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> LockScreen:
    monkeypatch.setattr(lockscreen, "BREATH_MS", 10)
    window.show()
    desk.commands.run("desk.lock")
    return next(s for s in window.findChildren(LockScreen))


def test_a_locked_desk_hides_its_docks_and_its_keys(locked: LockScreen, window: Window) -> None:
    assert locked.isVisible()
    assert not window.docks.manager.isVisible()
    assert not any(action.isEnabled() for action in window.actions())


def test_escape_does_not_open_it(locked: LockScreen, qtbot: QtBot) -> None:
    qtbot.keyClick(locked, Qt.Key.Key_Escape)
    assert locked.isVisible()


def test_a_wrong_secret_says_so(locked: LockScreen, qtbot: QtBot) -> None:
    locked.secret.setText("ce n’est pas lui")
    locked.enter.click()
    qtbot.waitUntil(lambda: "inconnu" in locked.message.text())
    assert locked.isVisible()
    qtbot.waitUntil(locked.enter.isEnabled)


def test_the_right_secret_brings_everything_back(
    locked: LockScreen, window: Window, node: Node, qtbot: QtBot
) -> None:
    locked.secret.setText("mot-de-passe-de-test")
    qtbot.keyClick(locked.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not locked.isVisible())
    assert window.docks.manager.isVisible()
    assert all(action.isEnabled() for action in window.actions())
    assert "unlock" in [line.action for line in node.audit.lines()]


def test_no_notice_is_read_over_a_locked_desk(
    locked: LockScreen, desk: Desk, window: Window, qtbot: QtBot
) -> None:
    desk.notices.warn("Une suite est en retard.")
    (toast,) = window.toasts.visible
    assert not toast.isVisible()
    locked.secret.setText("mot-de-passe-de-test")
    locked.enter.click()
    qtbot.waitUntil(toast.isVisible)


def test_a_desk_that_nobody_touches_locks_itself(window: Window, desk: Desk, qtbot: QtBot) -> None:
    window.show()
    window.activateWindow()
    (watch,) = window.findChildren(IdleWatch)
    assert watch.on
    locked: list[bool] = []
    quick = IdleWatch(lambda: locked.append(True), window, quiet_ms=600)
    quick._hear(window.windowHandle())
    quick.set_on(on=True)
    for _gesture in range(5):
        qtbot.wait(200)
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert not locked
    qtbot.waitUntil(lambda: bool(locked))
    desk.commands.run("desk.auto_lock")
    assert not watch.on
    desk.commands.run("desk.auto_lock")
    assert watch.on
