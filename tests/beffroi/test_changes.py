"""Listeners hear what they asked for, as long as they live, from any thread."""

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from beffroi.changes import Change, ChangeFeed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang(Change):
    """A bell rang."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knocked(Change):
    """Someone knocked."""


class Ear:
    def __init__(self) -> None:
        self.heard = 0

    def hear(self, _change: Change) -> None:
        self.heard += 1


def test_a_listener_hears_only_the_kind_it_asked_for() -> None:
    feed, ear = ChangeFeed(), Ear()
    feed.subscribe(Rang, ear.hear)
    feed.publish(Rang())
    feed.publish(Knocked())
    assert ear.heard == 1


def test_a_listener_that_is_gone_is_forgotten() -> None:
    feed, ear = ChangeFeed(), Ear()
    feed.subscribe(Rang, ear.hear)
    del ear
    gc.collect()
    feed.publish(Rang())
    assert feed._listeners == []


def test_no_listener_is_lost_when_subscribing_while_others_publish() -> None:
    feed, ears = ChangeFeed(), [Ear() for _ in range(300)]

    def publish(_n: int) -> None:
        feed.publish(Rang())

    with ThreadPoolExecutor(2) as pool:
        published = pool.map(publish, range(300))
        for ear in ears:
            feed.subscribe(Rang, ear.hear)
        list(published)
    feed.publish(Rang())
    assert all(ear.heard for ear in ears)


def test_a_listener_may_subscribe_another_while_it_hears() -> None:
    feed, late = ChangeFeed(), Ear()

    class Host:
        def welcome(self, _change: Rang) -> None:
            feed.subscribe(Rang, late.hear)

    host = Host()
    feed.subscribe(Rang, host.welcome)
    feed.publish(Rang())
    feed.publish(Rang())
    assert late.heard == 1


def test_a_listener_that_fails_is_reported_and_does_not_silence_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reported: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, bug, _trace: reported.append(str(bug)))
    feed, ear = ChangeFeed(), Ear()

    class Broken:
        def hear(self, _change: Rang) -> None:
            raise ValueError("a bug in a screen")

    broken = Broken()
    feed.subscribe(Rang, broken.hear)
    feed.subscribe(Rang, ear.hear)
    feed.publish(Rang())
    assert ear.heard == 1
    assert reported == ["a bug in a screen"]
