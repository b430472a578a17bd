"""The menu bar, generated from the command registry each time a menu opens."""

from itertools import groupby

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit.commands import MENUS, Command

TALL = 16
MANY = 5
CHOSEN = N_("Sur ce qui est choisi")
"""A menu of more than TALL commands folds each category of MANY or more into a submenu."""


def with_mnemonic(word: str, taken: set[str]) -> str:
    """`word` with the first of its letters that no other menu answers to (Alt + that letter)."""
    for place, letter in enumerate(word.casefold()):
        if letter.isalpha() and letter not in taken:
            taken.add(letter)
            return f"{word[:place]}&{word[place:]}"
    return word


class Menus(QMenuBar):
    """One menu per word of `MENUS`; what a menu holds is what the registry says."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setNativeMenuBar(False)
        taken: set[str] = set()
        for word in MENUS:
            menu = QMenu(with_mnemonic(_(word), taken), self)
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(lambda m=menu, w=word: self._fill(m, w))
            self.addMenu(menu)

    def _fill(self, menu: QMenu, word: str) -> None:
        menu.clear()
        commands = self._of(word)
        for heading, some in groupby(commands, key=_heading):
            members = list(some)
            if not menu.isEmpty():
                menu.addSeparator()
            inside = menu
            if heading not in ("", word) and len(commands) > TALL and len(members) >= MANY:
                inside = menu.addMenu(_(heading))
                inside.setToolTipsVisible(True)
            for command in members:
                inside.addAction(self._entry(command, inside))

    def _of(self, word: str) -> list[Command]:
        """The commands of a menu, those of one heading together, in the order registered."""
        found = [command for command in self._desk.commands if command.menu == word]
        order = list(dict.fromkeys(_heading(command) for command in found))
        return sorted(found, key=lambda command: order.index(_heading(command)))

    def _entry(self, command: Command, menu: QMenu) -> QAction:
        action = self._desk.commands.entry(command, menu)
        if command.icon and command.checked is None:
            action.setIcon(self._desk.theme.icon(command.icon))
        return action


def _heading(command: Command) -> str:
    """What a command stands under: what is chosen, for those that work inside one dock."""
    return CHOSEN if command.scope else command.category
