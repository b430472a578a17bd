"""F1: every key, by place, read from the registry; it can be printed from the screen as it is."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.text import N_, _
from desktop.kit.commands import Command, Commands
from desktop.kit.theme import Theme
from desktop.shell.page import PageOverlay

EVERYWHERE = (
    ("Tab", N_("Aller au champ suivant")),
    ("Esc", N_("Fermer ce qui est ouvert par-dessus, revenir en arrière")),
    ("Shift+F10", N_("Ouvrir le menu de ce qui est choisi")),
)
"""What the toolkit itself answers."""


def groups(commands: Commands) -> dict[str, list[Command]]:
    """The commands that have a key, by the place where they are found."""
    found: dict[str, list[Command]] = {}
    for command in commands:
        if command.keys:
            where = _(command.menu or command.category)
            if command.scope and command.single_key:
                where = _("{place} : une touche, quand le panneau a le clavier").format(place=where)
            found.setdefault(where, []).append(command)
    return found


def balanced(heights: Mapping[str, int], count: int) -> list[list[str]]:
    """Spread groups over columns: the tallest first, each into the shortest column."""
    columns: list[list[str]] = [[] for _column in range(count)]
    filled = [0] * count
    for name in sorted(heights, key=lambda n: -heights[n]):
        shortest = filled.index(min(filled))
        columns[shortest].append(name)
        filled[shortest] += heights[name]
    return columns


class KeyMap(PageOverlay):
    """The keys of the whole application on one page."""

    def __init__(self, window: QWidget, commands: Commands, theme: Theme) -> None:
        super().__init__(window, theme, _("Carte des touches"))
        self._commands = commands

    @override
    def open(self) -> None:
        """Open with the keys as they are now."""
        self.resize(self._window.size())
        self._scroll.setWidget(self._page())
        super().open()

    @override
    def panel_size(self) -> tuple[int, int, int]:
        page = self._scroll.widget()
        wanted = page.sizeHint().height() + self._theme.px(64) if page is not None else 0
        return self._theme.px(1240), max(self._theme.px(240), wanted), 48

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("surface", "clear")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(20, 4, 20, 20)
        columns.setSpacing(36)
        found = {name: [_line(c) for c in some] for name, some in groups(self._commands).items()}
        found[_("Partout")] = [(_native((key,)), _(words)) for key, words in EVERYWHERE]
        count = 3 if self.width() >= self._theme.px(1200) else 2
        for names in balanced({name: len(lines) + 2 for name, lines in found.items()}, count):
            column = QVBoxLayout()
            column.setSpacing(16)
            for name in names:
                column.addWidget(self._group(name, found[name]))
            column.addStretch()
            columns.addLayout(column, 1)
        return page

    def _group(self, name: str, lines: list[tuple[str, str]]) -> QWidget:
        group = QWidget()
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        heading = QLabel(name, group)
        heading.setProperty("role", "section")
        grid.addWidget(heading, 0, 0, 1, 2)
        for row, (keys, words) in enumerate(lines, start=1):
            what = QLabel(words, group)
            what.setWordWrap(True)
            cap = QLabel(keys, group)
            cap.setProperty("role", "key")
            grid.addWidget(what, row, 0)
            grid.addWidget(cap, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return group


def _native(keys: tuple[str, ...]) -> str:
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def _line(command: Command) -> tuple[str, str]:
    return _native(command.keys), _(command.title)
