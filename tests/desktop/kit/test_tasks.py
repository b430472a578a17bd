"""Work goes away from the main thread and its answer comes back to it."""

import threading
import time
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.kit.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def hear(self, answer: object) -> None:
        self.heard.append((answer, threading.current_thread() is threading.main_thread()))


def test_the_answer_is_heard_on_the_main_thread(tasks: Tasks, qtbot: QtBot) -> None:
    listener = Listener()
    tasks.run(lambda: threading.current_thread().name, listener.hear)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [("other_0", True)]


def test_writing_is_one_at_a_time_in_order(tasks: Tasks, qtbot: QtBot) -> None:
    listener = Listener()

    def slow(n: int) -> int:
        time.sleep(0.01 if n == 0 else 0)
        return n

    for n in range(5):
        tasks.run(lambda n=n: slow(n), listener.hear, touches_store=True)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(listener.heard) == 5)
    assert [answer for answer, _main in listener.heard] == [0, 1, 2, 3, 4]  # type: ignore[misc]


def test_an_answer_to_a_closed_panel_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    listener, witness = Listener(), Listener()
    go = threading.Event()
    tasks.run(lambda: go.wait(2), listener.hear)
    shiboken6.delete(listener)
    go.set()
    tasks.run(lambda: None, witness.hear)
    qtbot.waitUntil(lambda: bool(witness.heard))


def test_an_error_nobody_awaited_is_told(tasks: Tasks, qtbot: QtBot) -> None:
    def fail() -> None:
        message = "oups"
        raise OSError(message)

    with qtbot.waitSignal(tasks.unhandled) as told:
        tasks.run(fail, lambda _none: None)
    assert isinstance(told.args[0], OSError)


def test_answers_that_come_after_closing_are_dropped(qtbot: QtBot) -> None:
    tasks, listener = Tasks(), Listener()
    go = threading.Event()
    tasks.run(lambda: go.wait(2), listener.hear, touches_store=True)
    go.set()
    tasks.close()
    qtbot.wait(20)
    assert listener.heard == []
