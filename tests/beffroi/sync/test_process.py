"""The sync process: one JSON message a line, light, and gone at once when asked."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from beffroi.sync.process import command
from beffroi.sync.status import (
    Ended,
    Granted,
    Link,
    Notice,
    Poke,
    Start,
    Stop,
    Telling,
    line,
    told_decoder,
)
from tests.beffroi.sync.conftest import NewDesk
from tests.beffroi.sync.fake_hub import SECRET, FakeHub
from tests.beffroi.sync.kit import Desk
from tests.means import until


class Child:
    """A sync process and what it said so far."""

    def __init__(self, start: Start) -> None:
        self.process = subprocess.Popen(
            command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        self._rest = b""
        self.said: list[Telling] = []
        self.say(line(start))

    def say(self, said: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(said)
        self.process.stdin.flush()

    def heard(self) -> list[Telling]:
        assert self.process.stdout is not None
        while chunk := self.process.stdout.read():
            *lines, self._rest = (self._rest + chunk).split(b"\n")
            self.said += [told_decoder.decode(one) for one in lines]
        return self.said

    def state(self) -> str:
        links = [m for m in self.heard() if isinstance(m, Link)]
        return links[-1].status.state if links else ""


@contextmanager
def child(desk: Desk) -> Iterator[Child]:
    started = Child(desk.opened.start())
    try:
        yield started
    finally:
        started.process.kill()
        started.process.communicate()


def test_it_follows_the_hub_beside_an_open_desk(hub: FakeHub, new_desk: NewDesk) -> None:
    desk, other = new_desk("claire"), new_desk("marc")
    with child(desk) as process:
        until(lambda: process.state() == "online", 20.0)
        desk.publish("Écrit au poste")
        process.say(line(Poke()))
        until(lambda: len(hub.records) == 1)
        other.publish("Écrit ailleurs")
        other.once()
        until(lambda: len(desk.texts()) == 2, 2.0)
        assert any(isinstance(m, Granted) and m.token for m in process.heard())
        assert SECRET not in repr(process.said)


@pytest.mark.parametrize("how", ["stop", "eof", "term", "garbage, then stop"])
def test_it_ends_at_once_when_asked(hub: FakeHub, new_desk: NewDesk, how: str) -> None:
    desk = new_desk("claire")
    with child(desk) as process:
        until(lambda: process.state() == "online", 20.0)
        began = time.monotonic()
        assert process.process.stdin is not None
        match how:
            case "eof":
                process.process.stdin.close()
                process.process.stdin = None
            case "term":
                process.process.send_signal(signal.SIGTERM)
            case _:
                if how != "stop":
                    process.say(b'{"ask":"poke"\n\xff\xfe\n[]\n{"ask":"unknown"}\n')
                process.say(line(Stop()))
        assert process.process.wait(10) == 0
        assert time.monotonic() - began < 2.0
        assert isinstance(process.heard()[-1], Ended)
        assert process.process.stderr is not None
        assert b"Traceback" not in process.process.stderr.read()


def test_killed_at_any_moment_it_loses_nothing(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    for n in range(6):
        with child(desk) as process:
            until(process.heard, 20.0)
            desk.publish(f"Entrée {n}")
            process.say(line(Poke()))
            time.sleep(0.02 * n)
    with child(desk) as process:
        until(lambda: process.state() == "online", 20.0)
        until(lambda: desk.node.journal.waiting() == 0)
    ids = [r.op.op_id for r in hub.records if r.op]
    assert len(ids) == len(set(ids)) == 6
    assert desk.node.journal.verify() is None


def test_it_says_why_it_cannot_work(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    start = desk.opened.start()
    wrong = Child(Start(profile=start.profile, key="00" * 32, account="claire"))
    assert wrong.process.wait(20) == 1
    assert [type(m) for m in wrong.heard()] == [Notice, Ended]
    wrong.process.communicate()


def test_secrets_never_go_through_the_command_line() -> None:
    assert command()[1:] == ["-m", "beffroi.sync"]


def test_it_is_light() -> None:
    heavy = (
        "numpy", "shapely", "geopandas", "pyogrio", "pyproj", "pandas", "PySide6", "sqlalchemy",
        "fastapi", "beffroi.node", "beffroi.places",
    )  # fmt: skip
    code = f"import sys, json, beffroi.sync.process; print(json.dumps([m for m in {heavy} if m in sys.modules]))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert json.loads(found) == []
