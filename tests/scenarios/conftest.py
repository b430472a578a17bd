"""The whole desk of a crisis centre on the night of 26 July 2024, and hands that use it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from beffroi.access import Account
from beffroi.logbook.entry import Entry
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile
from desktop import logbook
from desktop import map as map_
from desktop.kit.theme import Theme
from desktop.logbook.list_panel import ListPanel
from desktop.logbook.writing import CaptureBar
from desktop.map.view import MapView
from desktop.shell.assembly import Assembly
from tests.conftest import CHEAP, SECRET, HeldClock
from tests.desktop.conftest import (  # noqa: F401  (the same guards and theme as the desk's tests)
    dressed,
    french,
    nothing_left_behind,
    own_folders,
    sweep,
    theme,
)

W = TypeVar("W", bound=QWidget)
POSTS = {
    "m.leroy": ("Marc Leroy", "SNCF", "OL-SNCF"),
    "a.benali": ("Amel Benali", "Gendarmerie nationale", "OL-DGGN"),
    "r.costa": ("Rui Costa", "CNCS", "MC"),
    "c.marchand": ("Claire Marchand", "CNCS", "Chef de salle"),
    "j.morel": ("Jeanne Morel", "Ministère des transports", "OL-Transports"),
    "s.petit": ("Sami Petit", "CNCS", "Com/RS"),
    "l.faure": ("Lise Faure", "CNCS", "Rédacteur PS"),
}
KEYS = {"\n": Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape, "\t": Qt.Key.Key_Tab}


def paris(hour: int, minute: int) -> int:
    """UTC milliseconds of a Paris time on 26 July 2024 (UTC+2)."""
    return round(datetime(2024, 7, 26, hour - 2, minute, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def night(tmp_path: Path, clock: HeldClock) -> Iterator[Node]:
    """The workspace JOP-2024 with its posts, at 05:30 in Paris."""
    clock.at = paris(5, 30)
    accounts = [
        (Account(name=name, display=display, organisation=organisation, posts=(post,)), SECRET)
        for name, (display, organisation, post) in POSTS.items()
    ]
    info = ProfileInfo(title="JOP Paris 2024", workspace="JOP-2024")
    create_profile(tmp_path / "profil", info, accounts, clock, cost=CHEAP)
    node = open_node(tmp_path / "profil", "m.leroy", SECRET, clock=clock)
    yield node
    node.close()


class Hands:
    """A desk in its window, and whoever uses it."""

    def __init__(self, assembly: Assembly, qtbot: QtBot) -> None:
        self.assembly = assembly
        self.desk = assembly.desk
        self.node = assembly.desk.node
        self._qtbot = qtbot

    def command(self, command_id: str) -> None:
        """Run a command, as its key, its menu or the palette would."""
        self.desk.commands.run(command_id)
        QApplication.processEvents()

    def write(self, widget: QWidget, text: str) -> None:
        """Type on a widget, accents included."""
        for char in text:
            key = KEYS.get(char, 0)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(
                    kind, int(key), Qt.KeyboardModifier.NoModifier, "" if key else char
                )
                QApplication.sendEvent(widget, event)

    def until(self, true: Callable[[], bool], wait_ms: int = 8_000) -> None:
        """Let the desk work until it is so."""
        self._qtbot.waitUntil(true, timeout=wait_ms)

    def until_page(self, view: MapView, script: str) -> None:
        """Let the desk work until a script inside the map's page says yes."""

        def yes() -> bool:
            with self._qtbot.waitCallback(timeout=8_000) as said:
                view.page.runJavaScript(f"Boolean({script})", 0, said)
            return said.args == [True]

        self.until(yes)

    def find(self, kind: type[W]) -> W:
        """The visible widget of a kind in the window."""
        found = [w for w in self.assembly.window.findChildren(kind) if w.isVisible()]
        assert found, f"no visible {kind.__name__}"
        return found[0]


class Room(Hands):
    """The clock on the wall, and who sits there when."""

    def __init__(self, assembly: Assembly, clock: HeldClock, qtbot: QtBot) -> None:
        super().__init__(assembly, qtbot)
        self._clock = clock

    def at(self, hour: int, minute: int, account: str) -> None:
        """It is that time in Paris, and that person has the keyboard."""
        self._clock.at = paris(hour, minute)
        self.node.who = self.node.accounts.identity(account, POSTS[account][2], "PC-1")


def capture(hands: Hands, text: str) -> Entry:
    """Ctrl+N, type, Enter; the entry is in the journal and in the list."""
    bar = hands.find(CaptureBar)
    kept: list[Entry] = []
    bar.published.connect(kept.append)
    hands.command("logbook.new")
    hands.until(bar.text.hasFocus)
    hands.write(bar.text, text + "\n")
    hands.until(lambda: bool(kept))
    bar.published.disconnect(kept.append)
    entry = kept[0]
    panel = hands.find(ListPanel)
    hands.until(lambda: panel.model.row_of(entry.rid) is not None)
    return entry


@pytest.fixture
def room(night: Node, theme: Theme, clock: HeldClock, qtbot: QtBot) -> Iterator[Room]:  # noqa: F811
    """The real window with every capability, its map painted."""
    built = Assembly(night, theme)
    painted: list[str] = []
    built.desk.shared.painted.connect(painted.append)
    built.window.resize(1500, 950)
    built.window.show()
    qtbot.waitExposed(built.window)
    built.window.activateWindow()
    built.install([logbook.install, map_.install])
    qtbot.waitUntil(lambda: "map" in painted, timeout=30_000)
    yield Room(built, clock, qtbot)
    built.close()
    sweep()
