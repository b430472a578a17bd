"""A desk without a window: the profile, open here, and its sync process, a real one."""

import contextlib
import os
import subprocess
import threading
import time
from pathlib import Path
from typing import TypeVar

from beffroi.clock import Clock
from beffroi.journal import Identity
from beffroi.logbook.entry import Content, Entry
from beffroi.node import Node
from beffroi.sync.announcing import announce
from beffroi.sync.opening import open_joined
from beffroi.sync.process import command
from beffroi.sync.status import Changed, Link, LinkStatus, Poke, Stop, Told, line, told_decoder
from tests.means import until

T = TypeVar("T")
PATIENCE_S = 30.0


def _clock_behind(seconds: int) -> dict[str, str]:
    """The environment in which a process believes that it is `seconds` earlier."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME": f"{-seconds:+d}s",
        "FAKETIME_DISABLE_SHM": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


class Station:
    """What the desktop does around a joined profile, without showing anything."""

    def __init__(self, folder: Path, account: str, secret: str, *, late_s: int = 0) -> None:
        """`late_s`: by how many seconds the whole station's clock lags."""
        self.folder = folder
        self._late_s = late_s
        clock = Clock(lambda: time.time_ns() // 1_000_000 - late_s * 1000)
        self.opened = open_joined(folder, account, secret, clock=clock)
        self.told: list[Told] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: threading.Thread | None = None

    @property
    def node(self) -> Node:
        return self.opened.node

    @property
    def who(self) -> Identity:
        return self.node.who

    # The sync process

    def follow(self) -> None:
        """Start the sync process, as the desktop does."""
        self._process = subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **(_clock_behind(self._late_s) if self._late_s else {})},
        )
        self._say(line(self.opened.start()))
        self._listener = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._listener.start()

    def _listen(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        for said in process.stdout:
            message: Told = told_decoder.decode(said)
            self.told.append(message)
            if isinstance(message, Changed):
                with contextlib.suppress(Exception):
                    announce(message, self.node)

    def _say(self, said: bytes) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                self._process.stdin.write(said)
                self._process.stdin.flush()

    def poke(self) -> None:
        self._say(line(Poke()))

    def kill_sync(self) -> None:
        """`kill -9` of the sync process."""
        if self._process is not None:
            self._process.kill()
            self._gone()

    def stop_sync(self) -> None:
        if self._process is not None:
            self._say(line(Stop()))
            self._gone()

    def _gone(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        process.wait(20)
        if self._listener is not None:
            self._listener.join(10)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    @property
    def status(self) -> LinkStatus:
        links = [message for message in self.told if isinstance(message, Link)]
        return links[-1].status if links else LinkStatus()

    def state_of_affairs(self) -> str:
        """What can be said of the link when something never came."""
        process = self._process
        alive = "none" if process is None else "gone" if process.poll() is not None else "runs"
        last = [type(message).__name__ for message in self.told[-8:]]
        return f"{self.status}, waiting {self.node.journal.waiting()}, process {alive}, told {last}"

    def until_state(self, state: str) -> LinkStatus:
        until(lambda: self.status.state == state, what=f"{state}, is {self.status}")
        return self.status

    def until_nothing_waits(self) -> None:
        until(
            lambda: self.status.state == "online" and not self.node.journal.waiting(),
            what="all is at the hub",
        )

    # What the officer does and sees

    def say(self, text: str, **more: object) -> Entry:
        """Publish an entry."""
        entry = self.node.logbook.publish(Content(text=text, **more), self.who)  # type: ignore[arg-type]
        self.poke()
        return entry

    def entries(self) -> list[Entry]:
        """All entries, by their numbers."""
        with self.node.store.read() as connection:
            rows = connection.execute("SELECT rid FROM entry ORDER BY journal, number").fetchall()
        return self.node.logbook.entries([row[0] for row in rows])

    def close(self) -> None:
        self.stop_sync()
        self.node.close()
