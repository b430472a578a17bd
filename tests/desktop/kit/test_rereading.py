"""A thing that is read again and again is read once at a time, and a failure is not the end of it."""

from collections.abc import Iterator
from itertools import count
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.kit.rereading import Rereading
from desktop.kit.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_who_asks_while_it_reads_gets_one_more_reading(tasks: Tasks, qtbot: QtBot) -> None:
    parent, may_go, numbers, heard = QObject(), Event(), count(), list[int]()

    def read() -> int:
        number = next(numbers)
        may_go.wait(5)
        return number

    reading = Rereading(tasks, read, heard.append, parent)
    for _time in range(5):
        reading.ask()
    may_go.set()
    qtbot.waitUntil(lambda: heard == [0, 1])
    reading.ask()
    qtbot.waitUntil(lambda: heard == [0, 1, 2])


def test_a_reading_that_fails_is_told_and_the_next_goes_well(tasks: Tasks, qtbot: QtBot) -> None:
    parent, answers, heard = QObject(), iter([OSError("gone"), 7]), list[int]()

    def read() -> int:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    reading = Rereading(tasks, read, heard.append, parent)
    with qtbot.waitSignal(tasks.unhandled):
        reading.ask()
    reading.ask()
    qtbot.waitUntil(lambda: heard == [7])
