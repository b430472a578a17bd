"""One choice among few words, all in sight: nature, precision, qualification, marking."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton
from typing_extensions import override

from beffroi.logbook.entry import NATURE_WORDS, Content, Nature
from beffroi.text import _
from desktop.kit.flow import FlowBox
from desktop.kit.theme import Theme
from desktop.logbook.writing.field import Field, alone


class Segments(FlowBox):
    """Words side by side, one of them chosen; the arrows move the choice."""

    picked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        words: Mapping[str, str],
        *,
        small: bool = False,
        tips: Mapping[str, str] | None = None,
    ) -> None:
        """`tips` say in full what the words abbreviate."""
        super().__init__(gap=theme.px(4))
        self._tips = tips or {}
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for value, word in words.items():
            button = _Segment(_(word), self)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, v=value: self.picked.emit(v))
            self._group.addButton(button)
            self._buttons[value] = button
            if value in self._tips:
                button.setToolTip(_(self._tips[value]))
                button.setAccessibleName(_(self._tips[value]))
            self.flow.addWidget(button)
        self._group.setExclusive(True)
        self._theme, self._pad = theme, 6 if small else 8
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        px = self._theme.px
        pad = px(self._pad)
        self.setStyleSheet(
            f"QPushButton {{ padding: {px(2)}px {pad}px; min-height: {px(17)}px;"
            f" font-size: {px(12)}px; }}"
            f"QPushButton:focus {{ padding: {px(1)}px {pad - px(1)}px; }}"
        )

    def choose(self, value: str) -> None:
        """Show that value as chosen, without telling anybody."""
        button = self._buttons.get(value)
        if button is not None:
            button.setChecked(True)
            self.setFocusProxy(button)

    @property
    def value(self) -> str:
        """The chosen value, or nothing."""
        return next((v for v, b in self._buttons.items() if b.isChecked()), "")

    def step(self, by: int) -> None:
        """Choose the next or the previous one that may be chosen."""
        free = [v for v, b in self._buttons.items() if b.isEnabled()]
        if not free:
            return
        at = free.index(self.value) if self.value in free else -1
        value = free[(at + by) % len(free)]
        self.choose(value)
        self._buttons[value].setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(value)

    def allow(self, value: str, *, allowed: bool, why: str = "") -> None:
        """Whether a value may be chosen, and why not."""
        self._buttons[value].setEnabled(allowed)
        tip = _(self._tips[value]) if value in self._tips else ""
        self._buttons[value].setToolTip(tip if allowed else why)


class _Segment(QPushButton):
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        parent = self.parent()
        if isinstance(parent, Segments):
            if event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Down}:
                parent.step(1)
                return
            if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Up}:
                parent.step(-1)
                return
        super().keyPressEvent(event)


class NatureField(Field):
    """Fact, request, decision…: what kind of statement the entry makes."""

    names: ClassVar[tuple[str, ...]] = ("nature",)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        words: dict[str, str] = {n.value: w for n, w in NATURE_WORDS.items()}
        self.segments = Segments(theme, words)
        self.segments.picked.connect(lambda value: self.changed.emit({"nature": value}))
        alone(self, self.segments)

    @override
    def show_content(self, content: Content) -> None:
        self.segments.choose(content.nature.value)

    @property
    def nature(self) -> Nature:
        """The chosen nature."""
        return Nature(self.segments.value or Nature.INFO)
