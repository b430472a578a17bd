"""Small removable labels: what was understood of a line, tags, recipients."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from beffroi.text import _
from desktop.kit.flow import FlowBox
from desktop.kit.theme import Theme
from desktop.logbook.writing.icons import Cross, IconLabel
from desktop.logbook.writing.popup import Suggestion
from desktop.logbook.writing.typeahead import Lookup, TypeAheadLine


class Chip(QWidget):
    """A label with a cross; Delete or Backspace removes it when it has the keyboard."""

    removed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        key: str,
        text: str,
        *,
        colour: str = "",
        icon: str = "",
        wrong: bool = False,
        tip: str = "",
        fixed: bool = False,
    ) -> None:
        super().__init__()
        self.key = key
        self.text = text
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("entryChip")
        self.setAccessibleName(text)
        self.setToolTip(tip)
        self._dress(wrong=wrong, plain=bool(colour))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(7), 0, theme.px(7 if fixed else 2), 0)
        layout.setSpacing(theme.px(4))
        if colour:
            dot = QLabel(self)
            dot.setFixedSize(theme.px(8), theme.px(8))
            dot.setStyleSheet(f"background: {colour}; border-radius: {theme.px(2)}px;")
            layout.addWidget(dot)
        if icon:
            token = "warning" if wrong else "accent"
            layout.addWidget(IconLabel(theme, icon, token, self, side=13))
        words = QLabel(text, self)
        words.setMaximumWidth(theme.px(300))
        layout.addWidget(words)
        self.setFixedHeight(theme.px(22))
        if not fixed:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            cross = Cross(theme, _("Retirer {what}").format(what=text), self)
            cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            cross.clicked.connect(lambda: self.removed.emit(self.key))
            layout.addWidget(cross)

    def _dress(self, *, wrong: bool, plain: bool) -> None:
        theme = self._theme
        surface = "warning_soft" if wrong else "sunken" if plain else "accent_soft"
        ink = "warning" if wrong else "text" if plain else "accent"
        self.setStyleSheet(
            f"#entryChip {{ background: {theme.hex(surface)}; border-radius: {theme.px(4)}px;"
            f" border: 1px solid transparent; }}"
            f"#entryChip:focus {{ border: 1px solid {theme.hex('accent')}; }}"
            f"#entryChip QLabel {{ color: {theme.hex(ink)}; font-size: {theme.px(12)}px; }}"
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(self.key)
            return
        super().keyPressEvent(event)


class ChipField(FlowBox):
    """Several values chosen by type-ahead: tags, recipients."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        lookup: Lookup,
        face: Callable[[str], Suggestion],
        *,
        placeholder: str,
        meant: Callable[[str], str],
    ) -> None:
        """`meant` tells the value that typed words stand for, or nothing."""
        super().__init__(gap=theme.px(5), stretch_last=True)
        self._theme = theme
        self._face = face
        self._meant = meant
        self._values: tuple[str, ...] = ()
        self.line = TypeAheadLine(theme, lookup, self, on_focus=True)
        self.line.setPlaceholderText(placeholder)
        self.line.setMinimumWidth(theme.px(120))
        self.line.picked.connect(lambda said: self.add(str(said.value)))
        self.line.entered.connect(self._typed)
        self.line.emptied_back.connect(self._back)
        self.line.editingFinished.connect(lambda: self.settle(""))
        self.flow.addWidget(self.line)
        self.setFocusProxy(self.line)
        theme.changed.connect(self._draw)

    @property
    def values(self) -> tuple[str, ...]:
        """What is chosen, in order."""
        return self._values

    def show_values(self, values: tuple[str, ...]) -> None:
        """Show what an entry holds."""
        if values != self._values:
            self._values = values
            self._draw()

    @property
    def typing(self) -> bool:
        """Whether somebody is in the middle of a word."""
        return bool(self.line.text()) and self.line.hasFocus()

    def add(self, value: str) -> None:
        """Choose one more."""
        self.line.clear()
        if value and value not in self._values:
            self._set((*self._values, value))

    def remove(self, value: str) -> None:
        """Choose one less."""
        self._set(tuple(v for v in self._values if v != value))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self, refusal: str) -> str:
        """Choose what is typed if it is a value; else say `refusal`, with the words in it."""
        words = self.line.text().strip()
        if words:
            self._typed(words)
        return refusal.format(words=words) if self.line.text().strip() else ""

    def _typed(self, words: str) -> None:
        meant = self._meant(words.strip())
        if meant:
            self.add(meant)

    def _back(self) -> None:
        if self._values:
            self.remove(self._values[-1])

    def _set(self, values: tuple[str, ...]) -> None:
        self._values = values
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        while self.flow.count() > 1:
            chip = self.flow.takeAt(0).widget()
            if chip is not None:
                chip.hide()
                chip.deleteLater()
        for place, value in enumerate(self._values):
            said = self._face(value)
            chip = Chip(
                self._theme, value, said.text, colour=said.ink(self._theme), tip=said.detail
            )
            chip.removed.connect(self.remove)
            self.flow.insert(place, chip)
            chip.show()
        self.updateGeometry()
