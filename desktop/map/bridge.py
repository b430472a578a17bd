"""The two-way link with the page: commands go down in batches, what the officer does comes up."""

import json
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.kit.canvas import Event, Heard

__all__ = ["Bridge", "Event"]


class Follow(Protocol):
    """Hears a command, and whether it sets a state."""

    def __call__(self, command: str, argument: Any, *, kept: bool) -> None:
        """Take it."""


class Bridge(QObject):
    """Names commands and events; whoever is interested in an event says so with `on`."""

    commands = Signal(str)
    """A JSON list of `[name, argument]`, for the page."""
    ready = Signal()
    """The page is loaded and listening (again)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[tuple[str, Any]] = []
        self._listeners: dict[str, list[Heard]] = {}
        self._state: dict[str, Any] = {}
        self._followers: list[Follow] = []
        self.open = False
        self._flush = QTimer(self, singleShot=True, interval=0)
        self._flush.timeout.connect(self.flush)

    @property
    def state(self) -> dict[str, Any]:
        """What a page that starts is told."""
        return dict(self._state)

    def mirror(self, follow: Follow) -> None:
        """Let `follow` hear every command too: another page shows the same."""
        self._followers.append(follow)

    def unmirror(self, follow: Follow) -> None:
        """`follow` hears no more."""
        self._followers.remove(follow)

    def tell(self, command: str, argument: Any = None) -> None:
        """Send a command; commands told in the same turn travel together."""
        for follow in self._followers:
            follow(command, argument, kept=False)
        self._send(command, argument)

    def _send(self, command: str, argument: Any) -> None:
        self._waiting.append((command, argument))
        if self.open:
            self._flush.start()

    def keep(self, command: str, argument: Any) -> None:
        """Send a command that sets a state: a page that starts again is told it again."""
        self._state[command] = argument
        for follow in self._followers:
            follow(command, argument, kept=True)
        if self.open:
            self._send(command, argument)

    def remember(self, command: str, argument: Any) -> None:
        """Note a state the page already has, for the day it starts again."""
        self._state[command] = argument

    def forget(self, command: str) -> None:
        """A state that no longer holds."""
        self._state.pop(command, None)

    def on(self, event: str, listener: Heard) -> None:
        """Call `listener` each time the page tells `event`."""
        self._listeners.setdefault(event, []).append(listener)

    def close(self) -> None:
        """The page is gone: keep nothing for it, its state will be told anew."""
        self.open = False
        self._waiting.clear()

    @Slot()
    def flush(self) -> None:
        """Send what waits."""
        if self._waiting and self.open:
            batch, self._waiting = self._waiting, []
            self.commands.emit(json.dumps(batch))

    @Slot(str, str)
    def happened(self, name: str, argument: str) -> None:
        """The page calls this."""
        if name == "ready":
            self.open = True
            self._waiting[:0] = self._state.items()
            self.ready.emit()
            self.flush()
            return
        for listener in self._listeners.get(name, []):
            listener(json.loads(argument))
