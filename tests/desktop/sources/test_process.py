"""The collecting process for real, beside the desk: it follows, tells, is told, and comes back."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from beffroi.node import Node
from beffroi.node.collecting import collecting
from beffroi.sources.process import command
from desktop.kit import child as under_test
from desktop.sources.process import SourcesProcess

POINT = '{"type": "Feature", "id": "a", "properties": {}, "geometry": {"type": "Point", "coordinates": [2, 48]}}'
PATIENCE_MS = 20_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "point.geojson"
    path.write_text(POINT)
    return path


@pytest.fixture
def process(node: Node, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[SourcesProcess]:
    monkeypatch.setattr(under_test, "FIRST_PAUSE_MS", 20)
    made = SourcesProcess(command(), lambda: collecting(node))
    yield made
    made.stop()
    assert not made.running


def _source(node: Node, address: Path, **more: object) -> str:
    fields = {"title": "Point", "transport": "file", "address": str(address), **more}
    return node.sheets.put("source", fields, node.who).uid


def test_a_source_is_followed_suspended_resumed_and_told(
    node: Node, process: SourcesProcess, file: Path, qtbot: QtBot
):
    moved, healths = list[str](), list[str]()
    process.observations_changed.connect(moved.append)
    process.state_told.connect(lambda _uid, state: healths.append(state.health))
    uid = _source(node, file)
    process.start()
    qtbot.waitUntil(lambda: moved == [uid] and healths[-1:] == ["ok"], timeout=PATIENCE_MS)
    assert node.observations.counts() == {uid: 1}
    assert node.observations.state(uid).health == "ok"
    process.suspend(uid)
    qtbot.waitUntil(lambda: healths[-1] == "suspended", timeout=PATIENCE_MS)
    process.resume(uid)
    process.retry(uid)
    qtbot.waitUntil(lambda: healths[-1] == "ok", timeout=PATIENCE_MS)


def test_what_is_made_or_removed_while_it_runs_is_heard_of(
    node: Node, process: SourcesProcess, file: Path, qtbot: QtBot
):
    told = list[tuple[str, str]]()
    process.notice.connect(lambda sentence, uid, _good: told.append((uid, sentence)))
    process.start()
    bad = _source(node, file, refresh_s="souvent")
    qtbot.waitUntil(lambda: process.running, timeout=PATIENCE_MS)
    uid = _source(node, file)

    def followed() -> bool:
        process.reload("")
        return node.observations.counts().get(uid) == 1

    qtbot.waitUntil(followed, timeout=PATIENCE_MS)
    assert any(about == bad and "refresh_s" in sentence for about, sentence in told)
    node.sheets.drop(uid, node.who)
    process.reload(uid)
    qtbot.waitUntil(lambda: node.observations.counts().get(uid) == 0, timeout=PATIENCE_MS)


@pytest.mark.skipif(not hasattr(os, "kill"), reason="needs signals")
def test_one_that_dies_is_started_again(node: Node, process: SourcesProcess, file: Path, qtbot: QtBot):  # fmt: skip
    told = list[str]()
    process.health_changed.connect(told.append)
    _source(node, file)
    process.start()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    process.child.process.kill()
    qtbot.waitUntil(lambda: not process.running, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: process.running, timeout=PATIENCE_MS)
