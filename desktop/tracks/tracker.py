"""The tracks of the desk: takes in what comes, plays recordings, ticks, tells what changed.

All of it is a few microseconds a fix and lives on the main thread; bursts are taken in by portions.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.clock import Clock
from beffroi.tracks.fix import Fix
from beffroi.tracks.following import Following
from beffroi.tracks.replay import Replay
from beffroi.tracks.rules import Setup
from beffroi.tracks.scene import Scene

TICK_MS = 1_000
PLAY_MS = 100
PORTION = 1_000
"""Fixes taken in between two turns of the window."""


class Tracker(QObject):
    """Owns `following`; everybody reads it on the main thread."""

    moved = Signal(object)
    """The uids (set of str) whose latest fix is another one."""
    ticked = Signal()
    """A second passed: ages and states may read otherwise."""
    alerts_changed = Signal()
    replay_changed = Signal()
    """A recording began, ended, or goes at another speed."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.following = Following()
        self.replay: Replay | None = None
        self._clock = clock
        self._waiting: deque[Fix] = deque()
        self._tick = self._every(TICK_MS, self._second)
        self._play = self._every(PLAY_MS, self._played)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._portion)
        self._tick.start()

    def _every(self, interval: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(call)
        return timer

    @property
    def now(self) -> int:
        """This moment (UTC ms)."""
        return self._clock.now()

    def take(self, fixes: Iterable[Fix]) -> None:
        """Fixes came, in any order, of any track."""
        self._waiting.extend(fixes)
        if len(self._waiting) <= PORTION:
            self._portion()
        elif not self._soon.isActive():
            self._soon.start(0)

    def _portion(self) -> None:
        some = [self._waiting.popleft() for _n in range(min(PORTION, len(self._waiting)))]
        if self._waiting:
            self._soon.start(0)
        before = self._ringing()
        if moved := self.following.take(some, self.now):
            self.moved.emit(moved)
        if self._ringing() != before:
            self.alerts_changed.emit()

    def set_up(self, setups: Sequence[tuple[Setup, Scene]]) -> None:
        """Follow these tracks by these rules."""
        self.following.set_up(setups)
        self.moved.emit({setup.track for setup, _scene in setups})
        self.alerts_changed.emit()

    def play(self, fixes: Sequence[Fix], speed: float = 1.0) -> None:
        """Play a recording from now on, instead of the one under way."""
        self.replay = Replay(fixes, self.now, speed)
        self._play.start()
        self.replay_changed.emit()

    def play_at(self, speed: float) -> None:
        """Go on at another speed."""
        if self.replay is not None:
            self.replay.at_speed(speed, self.now)
            self.replay_changed.emit()

    def stop_playing(self) -> None:
        """End the recording; what it told stays."""
        self._play.stop()
        self.replay = None
        self.replay_changed.emit()

    def _played(self) -> None:
        if self.replay is None:
            return
        self.take(self.replay.due(self.now))
        if self.replay.done:
            self.stop_playing()

    def _second(self) -> None:
        before = self._ringing()
        changed = self.following.tick(self.now)
        if changed or self._ringing() != before:
            self.alerts_changed.emit()
        self.ticked.emit()

    def _ringing(self) -> list[tuple[str, str]]:
        return [(a.track, a.key) for a in self.following.alerts(self.now, waiting=True)]

    def shut(self) -> None:
        """Nothing comes any more."""
        for timer in (self._tick, self._play, self._soon):
            timer.stop()
