"""Panels that dock, float on other screens and come back where they were after a restart."""

from functools import partial

from PySide6.QtCore import QByteArray, QPoint, QRect, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from PySide6QtAds import (
    BottomDockWidgetArea,
    CDockAreaWidget,
    CDockManager,
    CDockWidget,
    CenterDockWidgetArea,
    LeftDockWidgetArea,
    RightDockWidgetArea,
    TopDockWidgetArea,
)

from beffroi.text import N_, _
from desktop.kit.commands import Command, Commands
from desktop.kit.theme import Theme
from desktop.shell.arrangement import DEFAULT, ORDER, Place
from desktop.shell.placeholder import Placeholder

LAYOUT_VERSION = 4
_READABLE = QSize(340, 380)
"""The least a floating dock is given when it comes back."""
_KEEP_MS = 1000
_AZERTY = {"1": "&", "2": "É", "3": '"', "4": "'", "5": "(", "7": "È", "8": "_", "9": "Ç"}
_AREAS = {
    "left": LeftDockWidgetArea,
    "right": RightDockWidgetArea,
    "bottom": BottomDockWidgetArea,
    "top": TopDockWidgetArea,
    "centre": CenterDockWidgetArea,
}


def _configure() -> None:
    flags = CDockManager.eConfigFlag
    for flag, on in (
        (flags.DisableStylesheet, True),
        (flags.OpaqueSplitterResize, True),
        (flags.XmlCompressionEnabled, False),
        (flags.FocusHighlighting, True),
        (flags.EqualSplitOnInsertion, False),
        (flags.DockAreaHasTabsMenuButton, False),
        (flags.DockAreaDynamicTabsMenuButtonVisibility, True),
        (flags.DockAreaHasCloseButton, False),
        (flags.AllTabsHaveCloseButton, False),
        (flags.ActiveTabHasCloseButton, False),
        (flags.FloatingContainerHasWidgetTitle, True),
        (flags.FloatingContainerHasWidgetIcon, False),
        (flags.HideSingleCentralWidgetTitleBar, False),
        (flags.DoubleClickUndocksWidget, True),
    ):
        CDockManager.setConfigFlag(flag, on)


class DockArea:
    """The docks of the window: what `desktop.api.Docks` promises, and the layout's memory."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        settings: QSettings,
        places: tuple[Place, ...] = DEFAULT,
    ) -> None:
        _configure()
        self._places = places
        self.manager = CDockManager(window)
        self._settings = settings
        self._keep = QTimer(self.manager, singleShot=True, interval=_KEEP_MS)
        self._keep.timeout.connect(self.save)
        self._docks: dict[str, CDockWidget] = {}
        self._icons: dict[str, str] = {}
        for place in self._places:
            self._create(place.dock_id, _(place.title), Placeholder(theme), place.icon)
        self.reset()
        self._delivered = self.manager.saveState(LAYOUT_VERSION)

    # What capabilities use

    def add(self, dock_id: str, title: str, widget: QWidget, *, area: str, icon: str = "") -> None:
        """Dock `widget` in `area` under a stable id; a dock already there receives it."""
        if dock_id in self._docks:
            dock = self._docks[dock_id]
            waiting = dock.takeWidget()
            dock.setWidget(widget, CDockWidget.eInsertMode.ForceNoScrollArea)
            if waiting is not None:
                waiting.deleteLater()
            dock.setWindowTitle(title)
            return
        dock = self._create(dock_id, title, widget, icon)
        self.manager.addDockWidget(_AREAS[area], dock)

    def show(self, dock_id: str) -> None:
        """Bring a dock to the front and give it the keyboard."""
        self.reveal(dock_id)
        dock = self._docks[dock_id]
        if dock.isFloating():
            dock.window().activateWindow()
        if (widget := dock.widget()) is not None:
            _entrance(widget).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reveal(self, dock_id: str) -> None:
        """Bring a dock to the front and leave the keyboard where it is."""
        dock = self._docks[dock_id]
        dock.toggleView(True)
        dock.setAsCurrentTab()

    def set_title(self, dock_id: str, title: str) -> None:
        """Change the words on a dock's tab."""
        self._docks[dock_id].setWindowTitle(title)

    def title(self, dock_id: str) -> str:
        """The words on a dock's tab."""
        return str(self._docks[dock_id].windowTitle())

    def widget(self, dock_id: str) -> QWidget | None:
        """What a dock shows."""
        found: QWidget | None = self._docks[dock_id].widget()
        return found

    def ids(self) -> tuple[str, ...]:
        """Every dock, in the order of its number key."""
        return tuple(self._docks)

    def is_floating(self, dock_id: str) -> bool:
        """Whether a dock lies in a window of its own."""
        return bool(self._docks[dock_id].isFloating())

    def float_dock(self, dock_id: str) -> None:
        """Put a dock in a window of its own, to be dragged to another screen."""
        self._docks[dock_id].setFloating()

    def float_current(self) -> None:
        """Put the dock that has the keyboard in a window of its own."""
        focused = self.manager.focusedDockWidget()
        dock_id = focused.objectName() if focused is not None else "map"
        if not self.is_floating(dock_id):
            self.float_dock(dock_id)

    # The layout's memory

    def reset(self) -> None:
        """Put everything back as delivered."""
        if hasattr(self, "_delivered"):
            self.manager.restoreState(self._delivered, LAYOUT_VERSION)
        else:
            self._lay_out()
        self.spread()

    def _lay_out(self) -> None:
        areas: dict[str, CDockAreaWidget] = {}
        for place in self._places:
            dock = self._docks[place.dock_id]
            if place.tab_of:
                self.manager.addDockWidget(CenterDockWidgetArea, dock, areas[place.tab_of])
            else:
                areas[place.dock_id] = self.manager.addDockWidget(_AREAS[place.area], dock)
        for place in self._places:
            if place.share:
                self._docks[place.dock_id].setAsCurrentTab()

    def spread(self) -> None:
        """Give the columns their share of the width."""
        area = self._docks["map"].dockAreaWidget()
        if area is not None:
            order = sorted((p for p in self._places if p.share), key=lambda p: ORDER[p.area])
            width = max(1000, self.manager.width())
            self.manager.setSplitterSizes(area, [width * p.share // 100 for p in order])

    def save(self) -> None:
        """Keep the layout for next time."""
        self._settings.setValue("layout/docks", self.manager.saveState(LAYOUT_VERSION))

    def restore(self) -> bool:
        """Come back as it was; a layout that no longer makes sense is left aside."""
        state = self._settings.value("layout/docks")
        if not isinstance(state, QByteArray) or not self.manager.restoreState(
            state, LAYOUT_VERSION
        ):
            return False
        self.bring_home()
        return True

    def keep_changes(self) -> None:
        """From now on a panel moved or detached is remembered at once, whatever happens next."""
        for dock in self._docks.values():
            dock.topLevelChanged.connect(lambda _floating: self._keep.start())

    def bring_home(self) -> None:
        """Move floating docks whose screen is gone, or much smaller, to where they can be read."""
        for window in self.manager.floatingWidgets():
            frame = window.geometry()
            screen = QGuiApplication.screenAt(frame.center())
            room = (screen or QGuiApplication.primaryScreen()).availableGeometry()
            size = frame.size().expandedTo(_READABLE).boundedTo(room.size())
            if screen is None or size != frame.size():
                window.resize(size)
                window.move(room.center() - QRect(QPoint(), size).center())

    # Inside

    def _create(self, dock_id: str, title: str, widget: QWidget, icon: str) -> CDockWidget:
        dock = CDockWidget(self.manager, title)
        dock.setObjectName(dock_id)
        dock.setFeature(CDockWidget.DockWidgetFeature.DockWidgetDeleteOnClose, False)
        dock.setMinimumSizeHintMode(CDockWidget.eMinimumSizeHintMode.MinimumSizeHintFromContent)
        dock.setWidget(widget, CDockWidget.eInsertMode.ForceNoScrollArea)
        dock.setAccessibleName(title)
        self._docks[dock_id] = dock
        self._icons[dock_id] = icon
        return dock

    def register(self, commands: Commands) -> None:
        """A command and a number key per dock."""
        for number, (dock_id, dock) in enumerate(self._docks.items(), start=1):
            digit = str(number)
            also = (f"Ctrl+{_AZERTY[digit]}",) if digit in _AZERTY else ()
            commands.register(
                Command(
                    id=f"dock.{dock_id}",
                    title=dock.windowTitle(),
                    run=partial(self.show, dock_id),
                    menu="Affichage",
                    shortcut=f"Ctrl+{digit}" if number <= 9 else "",
                    also=also,
                    icon=self._icons[dock_id],
                    category=N_("Panneaux"),
                )
            )


def _entrance(panel: QWidget) -> QWidget:
    """Where the keyboard enters a panel: itself, its proxy, or its first control."""
    if panel.focusProxy() is not None or panel.focusPolicy() != Qt.FocusPolicy.NoFocus:
        return panel
    tab = Qt.FocusPolicy.TabFocus
    inside: QWidget | None = panel.nextInFocusChain()
    while inside is not None and inside is not panel and panel.isAncestorOf(inside):
        if inside.focusPolicy() & tab and inside.isVisible():
            return inside
        inside = inside.nextInFocusChain()
    return panel
