"""Starts Beffroi: one process, one profile, one window; built here and put away here."""

import gc
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from beffroi import resources
from beffroi.errors import BeffroiError
from beffroi.node import Node, open_node
from beffroi.profile import is_joined, is_profile
from beffroi.store.memory import never_dump
from desktop.access.login import LoginPanel
from desktop.api import Desk, Install
from desktop.kit.preferences import PreferenceFile
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme
from desktop.map.scheme import register_scheme
from desktop.shell import arguments
from desktop.shell.arguments import Arguments
from desktop.shell.assembly import Assembly
from desktop.shell.children import child_program
from desktop.shell.crash import CrashLog
from desktop.shell.environment import prepare_qt
from desktop.shell.filling import Filling
from desktop.shell.readiness import Readiness
from desktop.shell.single import Occupancy
from desktop.shell.words import fall_silent, speak
from desktop.sync.process import SyncProcess

if TYPE_CHECKING:
    from beffroi.sync.opening import Opened

PATIENCE_MS = 2000
"""How long the map waits for a list that has nothing to show."""


class Application:
    """The way from a command line to an officer at work, and back."""

    def __init__(self, qt: QApplication, asked: Arguments, preferences: PreferenceFile) -> None:
        self._qt = qt
        self._asked = asked
        self._preferences = preferences
        now = preferences.now
        self._translator = speak(now.language, qt)
        self._theme = Theme(now.theme, now.text_size, parent=qt)
        self._theme.apply()
        self._tasks = Tasks(qt)
        self._login: LoginPanel | None = None
        self._occupancy: Occupancy | None = None
        self._opened: Opened | None = None
        self._sync: SyncProcess | None = None
        self._crash: CrashLog | None = None
        self.assembly: Assembly | None = None
        self.readiness: Readiness | None = None
        self._filling: Filling | None = None
        self._painted = False

    # Getting in

    def start(self) -> None:
        """Open what the command line names, or ask."""
        asked = self._asked
        folder = asked.folder or self._last_profile()
        if folder is None or not (asked.account and asked.secret):
            self.ask(folder, asked.account)
            return
        try:
            node = self.open(folder, asked.account, asked.secret)
        except BeffroiError as error:
            self.ask(folder, asked.account, str(error))
        else:
            self.enter(node)

    def _last_profile(self) -> Path | None:
        known = (Path(name) for name in self._preferences.now.profiles)
        return next((folder for folder in known if is_profile(folder)), None)

    def ask(self, folder: Path | None, account: str = "", sentence: str = "") -> None:
        """Show the login panel."""
        self._login = LoginPanel(self._theme, self._tasks, self.open, self._preferences.now)
        self._login.entered.connect(self.enter)
        self._login.offer(folder, account, sentence)
        self._login.adjustSize()
        room = self._qt.primaryScreen().availableGeometry()
        self._login.move(room.center() - self._login.rect().center())
        self._login.show()

    def open(self, folder: Path, account: str, secret: str) -> Node:
        """Hold the profile and unlock it.

        Raises:
            BeffroiError: it is open elsewhere, the secret is wrong, the store is damaged...
        """
        occupancy = Occupancy(folder) if is_profile(folder) else None
        if occupancy is not None:
            occupancy.take()
        try:
            node = self._unlock(folder, account, secret)
        except BaseException:
            if occupancy is not None:
                occupancy.release()
            raise
        self._occupancy = occupancy
        return node

    def _unlock(self, folder: Path, account: str, secret: str) -> Node:
        """The hub opens its own profiles; when it is silent, the last known secret does."""
        self._opened = None
        if not (is_profile(folder) and is_joined(folder)):
            return open_node(folder, account, secret)
        from beffroi.sync.opening import open_joined

        self._opened = open_joined(
            folder, account, secret, post=self._preferences.now.posts.get(f"{folder}#{account}", "")
        )
        return self._opened.node

    # At work

    def enter(self, node: Node) -> None:
        """Show the desk at once; capabilities fill it one after the other."""
        self._crash = CrashLog(node.folder)
        self._crash.start()
        self._preferences.remember(node.folder, node.who.account, node.who.post)
        hub = node.hub
        self.assembly = Assembly(
            node,
            self._theme,
            self._preferences,
            hub="" if hub is None else hub.url,
            last_contact=0 if hub is None else hub.last_contact,
        )
        self._crash.tell(self.assembly.notices)
        window = self.assembly.window
        self.readiness = Readiness(
            window, self.assembly.desk.shared, self._asked.ready_file, self._all_painted
        )
        self.readiness.first_paint.connect(self._fill_all)
        self._filling = Filling(self._fill, window)
        self._filling.done.connect(self._settle)
        window.restore()
        window.show()
        if self._login is not None:
            self._login.hide()
        if self._opened is not None and self._opened.sentence:
            self.assembly.notices.info(self._opened.sentence)

    def _fill_all(self) -> None:
        """Let the list come first, and the map once the list can be read."""
        self._fill_logbook()
        if self.assembly is None:
            return
        self.assembly.desk.docks.show("logbook")
        self.assembly.desk.shared.painted.connect(self._after_list)
        QTimer.singleShot(PATIENCE_MS, self._qt, self._fill_map)

    def _after_list(self, dock_id: str) -> None:
        if dock_id == "logbook":
            QTimer.singleShot(0, self._qt, self._fill_map)

    def _fill_logbook(self) -> None:
        from desktop import logbook

        self._fill(logbook.install)

    def _fill_map(self) -> None:
        if self._filling is not None:
            self._filling.begin(self._arrivals())

    def _arrivals(self) -> Iterator[Install]:
        """What comes after the list, the map first; each is imported when its turn comes."""
        from desktop import map as map_

        yield map_.install
        from desktop import layers

        yield layers.install
        from desktop import basemaps

        yield basemaps.install
        from desktop import sources

        yield sources.install
        from desktop import drawing

        yield drawing.install
        from desktop import tracks

        yield tracks.install
        from desktop import printing

        yield printing.install
        yield self._install_sync
        yield self._install_audit

    def _install_audit(self, desk: Desk) -> None:
        from desktop import audit

        if self._opened is None:
            audit.install(desk)
            return
        from desktop.audit.door import door

        audit.install(desk, door(self._opened).fetch)

    def _install_sync(self, desk: Desk) -> None:
        from desktop.sync.install import install

        if self._opened is not None and desk.link.joined:
            opened, language = self._opened, self._preferences.now.language
            self._sync = install(desk, lambda: opened.start(language), desk.shared)

    def _fill(self, install: Install) -> None:
        """Install one capability; should it fail, the others still come."""
        if self.assembly is None:
            return
        try:
            self.assembly.install([install])
        except Exception as error:  # noqa: BLE001
            self.assembly.notices.failure(error)

    def _all_painted(self) -> None:
        self._painted = True
        self._settle()

    def _settle(self) -> None:
        """Once everything is there and has been seen."""
        if self.assembly is None or not self._painted:
            return
        if self._filling is not None and not self._filling.complete:
            return
        # What the desk is made of stays for the session: the collector need not walk it again
        # (a full pass costs 30 to 130 ms of the main thread).
        gc.collect()
        gc.freeze()
        if self._asked.quit_after_ready:
            QTimer.singleShot(0, self.assembly.window, self.assembly.window.close)
            return
        desk = self.assembly.desk
        desk.tasks.run(desk.node.places.load, lambda _none: None)

    # Leaving

    def close(self) -> None:
        """Put everything away, in the reverse order."""
        if self._login is not None:
            self._login.close()
            self._login.deleteLater()
        if self._sync is not None:
            self._sync.stop()
        if self.assembly is not None:
            self.assembly.close()
        self._tasks.close()
        fall_silent(self._translator, self._qt)
        if self._crash is not None:
            self._crash.stop()
        if self._occupancy is not None:
            self._occupancy.release()


def main(argv: Sequence[str] | None = None) -> int:
    """The `beffroi` program."""
    said = sys.argv[1:] if argv is None else list(argv)
    never_dump()
    if (child := child_program(said)) is not None:
        return child()
    try:
        asked = arguments.parse(said)
    except BeffroiError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    prepare_qt()
    register_scheme()
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("beffroi")
    qt.setDesktopFileName("beffroi")
    qt.setWindowIcon(QIcon(str(resources.root() / "icons" / "beffroi.svg")))
    if asked.self_test:
        from desktop.shell.selftest import run

        return run(qt, Application)
    application = Application(qt, asked, PreferenceFile())
    application.start()
    code = qt.exec()
    application.close()
    return code
