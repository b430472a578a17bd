"""Capabilities arrive one a turn, so that the desk answers in between."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from desktop.api import Desk, Install
from desktop.shell.filling import Filling


def test_the_desk_answers_between_two_arrivals(qtbot: QtBot) -> None:
    told: list[str] = []

    def arriving(name: str) -> Install:
        def install(_desk: Desk) -> None:
            told.append(name)
            QTimer.singleShot(0, lambda: told.append(f"answered after {name}"))

        return install

    def arrivals() -> Iterator[Install]:
        yield arriving("map")
        yield arriving("layers")

    parent = QObject()
    filling = Filling(lambda install: install(None), parent)  # type: ignore[arg-type]
    with qtbot.waitSignal(filling.done, timeout=5000):
        filling.begin(arrivals())
        assert told == ["map"]
        assert not filling.complete
    assert told[:3] == ["map", "answered after map", "layers"]
    assert filling.complete


def test_they_arrive_once_however_often_it_is_asked(qtbot: QtBot) -> None:
    told: list[Install] = []
    parent = QObject()
    filling = Filling(told.append, parent)

    def install(_desk: Desk) -> None:
        return

    with qtbot.waitSignal(filling.done, timeout=5000):
        filling.begin(iter([install]))
        filling.begin(iter([install]))
    assert told == [install]


def test_nothing_arrives_at_a_window_that_is_gone(qtbot: QtBot) -> None:
    told: list[int] = []
    window = QObject()

    def arrivals() -> Iterator[Install]:
        for turn in range(3):
            told.append(turn)
            yield lambda _desk: None

    filling = Filling(lambda _install: None, window)
    filling.begin(arrivals())
    with qtbot.waitSignal(window.destroyed, timeout=5000):
        window.deleteLater()
    seen = len(told)
    done: list[bool] = []
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: done.append(True)))
    qtbot.waitUntil(lambda: bool(done), timeout=5000)
    assert len(told) == seen < 3
