"""The grading of an entry: the grid, three shortcuts in words, the entry that corroborates."""

from typing import Any, ClassVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.logbook.entry import Content
from beffroi.text import N_, _
from desktop.kit.flow import FlowBox
from desktop.kit.theme import Theme
from desktop.logbook.writing.corroboration import CorroborationLine, NameEntry
from desktop.logbook.writing.field import Field, small_label
from desktop.logbook.writing.grading_grid import GradingGrid, in_words
from desktop.logbook.writing.typeahead import Lookup

SHORTCUTS = (
    ("B", 2, N_("Confirmé")),
    ("F", 6, N_("À confirmer")),
    ("D", 4, N_("Douteux")),
)
"""What most officers need: three words for three gradings."""


class GradingField(Field):
    """The grid, three shortcuts in words, and the entry that corroborates a credibility of 1."""

    names: ClassVar[tuple[str, ...]] = ("source_grade", "credibility", "corroborated_by")

    def __init__(self, theme: Theme, find_entry: Lookup, name_entry: NameEntry) -> None:
        super().__init__()
        self.grid = GradingGrid(theme)
        self.grid.picked.connect(self._picked)
        self._words = small_label()
        self.line = CorroborationLine(theme, find_entry, name_entry)
        self.line.found.connect(self._corroborated)
        self._corroborated_by = ""
        beside = QWidget(self)
        beside.setMinimumWidth(theme.px(118))
        side = QVBoxLayout(beside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.px(5))
        self.shortcuts: list[QPushButton] = []
        for grade, credibility, word in SHORTCUTS:
            button = QPushButton(f"{_(word)} ({grade}{credibility})", self)
            button.setStyleSheet(f"text-align: left; padding: {theme.px(2)}px {theme.px(9)}px;")
            button.clicked.connect(lambda _on=False, g=grade, c=credibility: self._choose(g, c))
            self.shortcuts.append(button)
            side.addWidget(button)
        side.addWidget(self._words)
        row = FlowBox(self, gap=theme.px(10), stretch_last=True)
        row.flow.addWidget(self.grid)
        row.flow.addWidget(beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(row)
        layout.addWidget(self.line)
        self.setFocusProxy(self.grid)
        self._draw()

    @override
    def show_content(self, content: Content) -> None:
        waiting = self.grid.credibility == 1 and content.credibility != 1 and self.line.typing
        if waiting:
            return
        self._corroborated_by = content.corroborated_by
        self.grid.choose(content.source_grade, content.credibility)
        self.line.show_uid(content.corroborated_by)
        self._draw()

    @property
    @override
    def typing(self) -> bool:
        return self.line.typing or (self.grid.credibility == 1 and not self._corroborated_by)

    @override
    def settle(self) -> str:
        waiting = self.grid.credibility == 1 and not self._corroborated_by
        return (
            _("La cote 1 attend l’entrée qui corrobore : choisissez-la, ou cotez 2.")
            if waiting
            else ""
        )

    def _choose(self, grade: str, credibility: int) -> None:
        self.grid.choose(grade, credibility)
        self._picked(grade, credibility)

    def _picked(self, grade: str, credibility: int) -> None:
        self._draw()
        if credibility == 1 and not self._corroborated_by:
            self.line.ask()
            return
        values: dict[str, Any] = {"source_grade": grade, "credibility": credibility}
        if credibility != 1 and self._corroborated_by:
            self._corroborated_by = values["corroborated_by"] = ""
        self.changed.emit(values)

    def _corroborated(self, uid: str) -> None:
        self._corroborated_by = uid
        if uid:
            self.changed.emit(
                {
                    "source_grade": self.grid.grade,
                    "credibility": self.grid.credibility,
                    "corroborated_by": uid,
                }
            )

    def _draw(self) -> None:
        self._words.setText(in_words(self.grid.grade, self.grid.credibility))
        self.line.setVisible(self.grid.credibility == 1)
