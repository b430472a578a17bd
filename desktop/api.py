"""What a capability of the desktop receives, and all it may rely on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from beffroi.node import Node
from desktop.kit.canvas import Canvas, Event, Offer, Spot
from desktop.kit.commands import Commands
from desktop.kit.drops import Drops
from desktop.kit.feed import QtFeed
from desktop.kit.link import Link
from desktop.kit.notices import Notices
from desktop.kit.shared import Shared
from desktop.kit.stack import Stack
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme
from desktop.kit.watch import Watch

__all__ = ["Canvas", "Desk", "Docks", "Event", "Install", "Offer", "Shuts", "Spot"]


class Docks(Protocol):
    """Where a capability puts its panels."""

    def add(self, dock_id: str, title: str, widget: QWidget, *, area: str, icon: str = "") -> None:
        """Dock `widget` in `area` (`left`, `right`, `bottom`, `centre`), under a stable id."""

    def show(self, dock_id: str) -> None:
        """Bring a dock to the front and give it the keyboard."""

    def reveal(self, dock_id: str) -> None:
        """Bring a dock to the front and leave the keyboard where it is."""

    def set_title(self, dock_id: str, title: str) -> None:
        """Change the words on a dock's tab (a count, for instance)."""


@runtime_checkable
class Shuts(Protocol):
    """A panel that has something to put away in its own order before the window goes."""

    def shut(self) -> None:
        """Let go of everything."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """One officer's open profile and the services of the window around it."""

    node: Node
    tasks: Tasks
    feed: QtFeed
    commands: Commands
    notices: Notices
    shared: Shared
    theme: Theme
    settings: QSettings
    docks: Docks
    link: Link
    canvas: Canvas
    stack: Stack
    watch: Watch
    drops: Drops


Install = Callable[[Desk], None]
"""Each capability exposes `install(desk)`: it adds its docks and registers its commands."""
