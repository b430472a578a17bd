"""The collecting process is there when there is something to follow, and not before."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from beffroi.plugin import Record
from desktop.api import Desk
from desktop.sources import relay as under_test
from desktop.sources.relay import Relay


@pytest.fixture
def begun(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Relay]]:
    """Makes a relay that looks at once."""
    monkeypatch.setattr(under_test, "CALM_MS", 0)
    made: list[Relay] = []

    def begin() -> Relay:
        made.append(Relay(desk, "fr", desk.shared))
        made[-1].begin()
        return made[-1]

    yield begin
    for relay in made:
        relay.process.stop()


def put_source(desk: Desk) -> str:
    fields = {"title": "Rien", "transport": "manual", "address": ""}
    return desk.node.sheets.put("source", fields, desk.node.who).uid


def test_without_sources_nothing_is_started_and_the_first_one_starts_it(
    desk: Desk, begun: Callable[[], Relay], qtbot: QtBot
) -> None:
    relay = begun()
    with qtbot.waitSignal(relay.looked, timeout=5000) as looked:
        pass
    assert looked.args == [False]
    assert not relay.process.running
    put_source(desk)
    qtbot.waitUntil(lambda: relay.process.running, timeout=5000)


def test_it_starts_for_the_sources_that_are_there(
    desk: Desk, begun: Callable[[], Relay], qtbot: QtBot
) -> None:
    put_source(desk)
    relay = begun()
    qtbot.waitUntil(lambda: relay.process.running, timeout=5000)


def test_it_starts_to_forget_what_a_source_told_that_is_no_more(
    desk: Desk, begun: Callable[[], Relay], qtbot: QtBot
) -> None:
    observations = desk.node.observations
    observations.put("gone", [Record(id="a")], snapshot=True, now=0)
    begun()
    qtbot.waitUntil(lambda: not observations.counts().get("gone"), timeout=20_000)
