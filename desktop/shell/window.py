"""The main window: header on top, docks in the middle, notices in a corner."""

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override

from beffroi import resources
from beffroi.profile import ProfileInfo
from beffroi.text import _
from desktop.kit.commands import Commands
from desktop.kit.notices import Notices
from desktop.kit.theme import Theme
from desktop.shell.arrangement import places
from desktop.shell.docks import DockArea
from desktop.shell.modes import MODE_WORDS
from desktop.shell.toasts import Toasts


class Window(QMainWindow):
    """One profile, one window; its docks may live in others."""

    closing = Signal()

    def __init__(
        self,
        info: ProfileInfo,
        theme: Theme,
        settings: QSettings,
        notices: Notices,
        *,
        joined: bool = False,
    ) -> None:
        """`joined` says that others work in this profile too: there are panels for that."""
        super().__init__()
        self.setObjectName("desk")
        self.setWindowTitle(window_title(info))
        self.setWindowIcon(QIcon(str(resources.root() / "icons" / "beffroi.svg")))
        self._settings = settings
        self._bound: set[str] = set()
        self.docks = DockArea(self, theme, settings, places(joined=joined))
        self.toasts = Toasts(self, notices, theme)

    def set_header(self, header: QWidget) -> None:
        """Put the menus and the bandeau on top."""
        self.setMenuWidget(header)

    def bind(self, commands: Commands) -> None:
        """Make the window answer the keys of the commands registered so far, and docks theirs.

        Called again when more capabilities have arrived, it adds only what is new.
        """
        fresh = [c for c in commands if not c.scope and c.id not in self._bound]
        for command in fresh:
            self.addAction(commands.action(command, self))
            self._bound.add(command.id)
        for dock_id in self.docks.ids():
            widget = self.docks.widget(dock_id)
            if widget is not None and dock_id not in self._bound and commands.bind(dock_id, widget):
                self._bound.add(dock_id)

    def set_locked(self, *, locked: bool) -> None:
        """Hide the desk and make its keys dead, or bring it back."""
        for action in self.actions():
            action.setEnabled(not locked)
        if (header := self.menuWidget()) is not None:
            header.setEnabled(not locked)
        self.toasts.hold(held=locked)
        if locked:
            self.docks.manager.hideManagerAndFloatingWidgets()
        else:
            self.docks.manager.show()

    def restore(self) -> None:
        """Open where and how it was closed, or in a sensible place the first time."""
        geometry = self._settings.value("layout/window")
        known = isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)
        if not known or self.isMaximized():
            here = QGuiApplication.screenAt(self.geometry().center())
            screen = (here if known else None) or QGuiApplication.primaryScreen()
            self.setGeometry(screen.availableGeometry())
            self.setWindowState(Qt.WindowState.WindowMaximized)
        if not self.docks.restore():
            self.docks.spread()
        self.docks.keep_changes()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout, then let the application put things away."""
        self._settings.setValue("layout/window", self.saveGeometry())
        self.docks.save()
        self._settings.sync()
        self.closing.emit()
        super().closeEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toasts.place()


def window_title(info: ProfileInfo) -> str:
    """The window's title; anything but the real thing says so first."""
    title = f"{info.title} – Beffroi"
    return title if info.mode == "real" else f"{_(MODE_WORDS[info.mode])} – {title}"
