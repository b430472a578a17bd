"""The menu bar, generated from the command registry each time a menu opens."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from beffroi.text import _
from desktop.api import Desk
from desktop.kit.commands import MENUS, Command


class Menus(QMenuBar):
    """One menu per word of `MENUS`; what a menu holds is what the registry says."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setNativeMenuBar(False)
        for word in MENUS:
            menu = QMenu(_(word), self)
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(lambda m=menu, w=word: self._fill(m, w))
            self.addMenu(menu)

    def _fill(self, menu: QMenu, word: str) -> None:
        menu.clear()
        category: str | None = None
        for command in self._of(word):
            if category is not None and command.category != category:
                menu.addSeparator()
            category = command.category
            menu.addAction(self._entry(command, menu))

    def _of(self, word: str) -> list[Command]:
        """The commands of a menu, those of one category together, in the order registered."""
        found = [command for command in self._desk.commands if command.menu == word]
        order = list(dict.fromkeys(command.category for command in found))
        return sorted(found, key=lambda command: order.index(command.category))

    def _entry(self, command: Command, menu: QMenu) -> QAction:
        action = self._desk.commands.entry(command, menu)
        if command.icon:
            action.setIcon(self._desk.theme.icon(command.icon))
        return action
