"""The sync process as a child of the desk: started, heard, told, started again, ended with it."""

import sys
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from beffroi.sync import status as says
from desktop.kit import child as under_test
from desktop.sync.process import SyncProcess

ECHO = """
import sys
from beffroi.sync import status as s
out = sys.stdout.buffer
def say(message):
    out.write(s.line(message)); out.flush()
first = s.ask_decoder.decode(sys.stdin.buffer.readline())
say(s.Link(status=s.LinkStatus(state="online", sentence=first.account)))
out.write(b"what is this\\n"); out.flush()
for line in sys.stdin.buffer:
    match s.ask_decoder.decode(line):
        case s.HaveSeen(entities=seen):
            say(s.Notice(code="seen", sentence=seen[0]))
        case s.Poke():
            sys.exit(3)
        case s.Stop():
            say(s.Ended()); sys.exit(0)
"""
Make = Callable[[], tuple[SyncProcess, list[says.Told]]]


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    monkeypatch.setattr(under_test, "FIRST_PAUSE_MS", 20)
    made: list[SyncProcess] = []

    def started() -> tuple[SyncProcess, list[says.Told]]:
        told: list[says.Told] = []
        first = says.Start(profile="p", key="00", account="c.marchand")
        process = SyncProcess((sys.executable, "-c", ECHO), lambda: first)
        process.told.connect(told.append)
        process.start()
        made.append(process)
        return process, told

    yield started
    for process in made:
        process.stop()


def test_it_is_told_who_is_there_and_what_it_says_is_heard(make: Make, qtbot: QtBot) -> None:
    process, told = make()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0] == says.Link(status=says.LinkStatus(state="online", sentence="c.marchand"))
    process.ask(says.HaveSeen(entities=["u"]))
    qtbot.waitUntil(lambda: told[1:] == [says.Notice(code="seen", sentence="u")])


def test_it_is_started_again_when_it_dies(make: Make, qtbot: QtBot) -> None:
    process, told = make()
    qtbot.waitUntil(lambda: len(told) == 1)
    process.ask(says.Poke())
    qtbot.waitUntil(lambda: len(told) == 2)
    assert process.running


def test_it_ends_with_the_desk_and_stays_away(make: Make, qtbot: QtBot) -> None:
    process, told = make()
    qtbot.waitUntil(lambda: len(told) == 1)
    process.stop()
    assert not process.running
    process.start()
    assert not process.running
