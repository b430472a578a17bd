"""Keys that a window takes for itself, though the desk has a command on them too."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override


def validates(event: QEvent) -> bool:
    """Whether Ctrl+Enter was pressed."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )


def claims(event: QEvent) -> bool:
    """Keep Ctrl+Enter for the window that hears this, from its `event`; True when it was that.

    Qt asks for it before it looks for shortcuts: unclaimed, the key would publish an entry instead.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not validates(event):
        return False
    event.accept()
    return True


class Line(QLineEdit):
    """A line whose Enter means something, and that leaves Ctrl+Enter to its window."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if validates(event):
            event.ignore()
        else:
            super().keyPressEvent(event)
