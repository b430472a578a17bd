"""What every field of the form is: it shows a content, tells what changed, says its trouble."""

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from beffroi.logbook.entry import Content
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.writing.elided import Elided
from desktop.logbook.writing.icons import IconLabel

TICK_MS = 2500


class Field(QWidget):
    """One matter of an entry; `names` are the attributes of `Content` it fills."""

    names: ClassVar[tuple[str, ...]] = ()
    changed = Signal(object)
    """The new values, name → JSON value."""

    def show_content(self, content: Content) -> None:
        """Show what the entry holds."""
        raise NotImplementedError

    @property
    def typing(self) -> bool:
        """Whether somebody is in the middle of writing here: a live update must wait."""
        return False

    def settle(self) -> str:
        """Keep what is typed here as if the person had left; a sentence when it cannot be kept."""
        return ""


class FieldBox(QWidget):
    """A field under its label, with room for a green tick or a sentence in red."""

    def __init__(self, theme: Theme, label: str, field: Field, *, hint: str = "") -> None:
        super().__init__()
        self.field = field
        self._theme = theme
        self._tick = IconLabel(theme, parent=self)
        self._tick.setFixedSize(theme.px(15), theme.px(15))
        self._trouble = QLabel(self)
        self._trouble.setWordWrap(True)
        self._trouble.setProperty("ink", "danger")
        self._trouble.setProperty("role", "small")
        self._trouble.hide()
        self._timer = QTimer(self, singleShot=True, interval=TICK_MS)
        self._timer.timeout.connect(lambda: self._tick.draw("", ""))
        title = QLabel(label, self)
        title.setProperty("role", "section")
        title.setBuddy(field)
        _name(field, label)
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(title)
        if hint:
            key = Elided(hint, self)
            key.setProperty("ink", "faint")
            key.setProperty("role", "small")
            head.addWidget(key)
        head.addWidget(self._tick)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(3))
        layout.addLayout(head)
        layout.addWidget(field)
        layout.addWidget(self._trouble)

    def saved(self) -> None:
        """A green tick: it is in the journal."""
        self._tick.draw("check", "ok")
        self._tick.setToolTip(_("Enregistré"))
        self._trouble.hide()
        self._timer.start()

    def settle(self) -> bool:
        """Keep what is still being typed; says whether it could not be, and the box says why."""
        sentence = self.field.settle()
        if sentence:
            self.trouble(sentence)
        return bool(sentence)

    def trouble(self, sentence: str) -> None:
        """What is wrong and what to do; an empty sentence takes it back."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        if sentence:
            self._tick.draw("", "")

    @property
    def trouble_text(self) -> str:
        """What is wrong now, if anything."""
        return "" if self._trouble.isHidden() else self._trouble.text()


def _name(field: QWidget, label: str) -> None:
    """Tell screen readers what the control that takes the keyboard is for."""
    control: QWidget | None = field
    while control is not None:
        if not control.accessibleName():
            control.setAccessibleName(label)
        control = control.focusProxy()


def alone(field: QWidget, widget: QWidget, *under: QWidget) -> None:
    """Fill a field with one widget, which takes its keyboard; others only explain it."""
    layout = QVBoxLayout(field)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    layout.addWidget(widget)
    for other in under:
        layout.addWidget(other)
    field.setFocusProxy(widget)


def small_label(text: str = "", *, ink: str = "muted") -> QLabel:
    """A short explanation under a control."""
    label = QLabel(text)
    label.setProperty("ink", ink)
    label.setProperty("role", "small")
    label.setWordWrap(True)
    label.setMinimumWidth(40)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label
