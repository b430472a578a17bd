"""What could not be read, once per reason: how often, why, and where it was met first."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from beffroi.plugin import Problem
from beffroi.text import _, ngettext, number
from desktop.kit.pieces import clear, words
from desktop.kit.theme import Theme


class ProblemsView(QScrollArea):
    """A list of sentences; says so when there is nothing wrong."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems: Sequence[Problem] = ()
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Ce qui n’a pas pu être lu"))
        page = QWidget()
        page.setProperty("surface", "panel")
        self._body = QVBoxLayout(page)
        self._body.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        self._body.setSpacing(theme.px(6))
        self.setWidget(page)
        theme.changed.connect(self._draw)

    @property
    def sentences(self) -> list[str]:
        """What is said."""
        return [sentence(problem) for problem in self._problems]

    def say(self, problems: Sequence[Problem]) -> None:
        """Show these, what lost records first."""
        self._problems = sorted(problems, key=lambda p: (not p.lost, -p.count))
        self._draw()

    def _draw(self) -> None:
        clear(self._body)
        for problem in self._problems:
            icon, ink = ("alert-triangle", "warning") if problem.lost else ("info-circle", "muted")
            self._body.addWidget(self._line(icon, ink, sentence(problem)))
        if not self._problems:
            self._body.addWidget(self._line("circle-check", "ok", _("Tout a été lu.")))
        self._body.addStretch(1)

    def _line(self, icon: str, ink: str, text: str) -> QWidget:
        line = QWidget()
        picture = QLabel(line)
        side = self._theme.px(16)
        picture.setPixmap(self._theme.icon(icon, ink).pixmap(QSize(side, side)))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(6))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words(text), 1)
        return line


def sentence(problem: Problem) -> str:
    """« 12 fois : la date n’est pas comprise (ligne 4). »."""
    why = problem.why.strip().rstrip(".")
    where = _(" (d’abord\u00a0: {where})") if problem.count > 1 else " ({where})"
    place = where.format(where=problem.where) if problem.where else ""
    times = ngettext("{n} fois", "{n} fois", problem.count).format(n=number(problem.count))
    return f"{why}{place}." if problem.count == 1 else f"{times}\u00a0: {why}{place}."
