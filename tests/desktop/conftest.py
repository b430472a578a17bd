"""A real desk in a real window around a real store, and guards against what tests leave behind."""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from beffroi import text
from beffroi.node import Node
from desktop.api import Desk
from desktop.kit.theme import Theme
from desktop.map.scheme import register_scheme
from desktop.shell.assembly import Assembly
from desktop.shell.environment import prepare_qt
from desktop.shell.window import Window

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

prepare_qt()
register_scheme()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Iterator[Theme]:
    """The application in its light theme; dressing it once is enough."""
    QStandardPaths.setTestModeEnabled(True)
    theme = Theme("light", parent=qapp)
    theme.apply()
    yield theme
    # What is left is Qt's: pytest's last collection would delete it after the application.
    sweep()
    gc.collect()
    gc.freeze()


@pytest.fixture
def theme(dressed: Theme) -> Iterator[Theme]:
    """A theme of the test's own; the application is dressed in light at 100 % again after it."""
    own = Theme("light")
    yield own
    if (own.name, own.text_size) != ("light", 100):
        dressed.apply()


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or writes the preferences of whoever runs it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """Every test speaks French when it starts."""
    yield
    if text.language() != "fr":
        text.use("fr", Path())


@pytest.fixture
def assembly(node: Node, theme: Theme) -> Iterator[Assembly]:
    """A desk without capabilities; install those that the test is about."""
    built = Assembly(node, theme)
    yield built
    built.close()
    sweep()


@pytest.fixture
def desk(assembly: Assembly) -> Desk:
    """What a capability receives."""
    return assembly.desk


@pytest.fixture
def window(assembly: Assembly) -> Window:
    """The window of `desk`, not shown yet."""
    return assembly.window


@pytest.fixture
def heard(desk: Desk) -> list[tuple[str, str]]:
    """The notices shown so far, (level, text)."""
    said: list[tuple[str, str]] = []
    desk.notices.shown.connect(lambda level, words: said.append((level, words)))
    return said


def sweep() -> None:
    """Let Qt delete what was asked to be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _threads() -> set[threading.Thread]:
    return {t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)}


def _timers() -> list[QTimer]:
    found = [o for o in gc.get_objects() if type(o) is QTimer and shiboken6.isValid(o)]
    return [timer for timer in found if timer.isActive()]


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """A test that leaves a window, a thread or a running timer fails."""
    windows, threads, timers = set(qapp.topLevelWidgets()), _threads(), {id(t) for t in _timers()}
    yield
    sweep()
    left: list[Callable[[], list[object]]] = [
        lambda: [w for w in qapp.topLevelWidgets() if w not in windows and w.isVisible()],
        lambda: [t.name for t in _threads() - threads],
        lambda: [f"{t} of {t.parent()}" for t in _timers() if id(t) not in timers],
    ]
    for look in left:
        if look():
            gc.collect()
            sweep()
        assert not look()
