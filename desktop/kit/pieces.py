"""Small pieces that reading panels are made of: words that can be copied, sections, aligned pairs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.kit.theme import Theme

_BOTH = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse


def words(text: str, *, role: str = "", ink: str = "", wrap: bool = True) -> QLabel:
    """A label of plain text, which can be selected and copied."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setTextInteractionFlags(_BOTH)
    if role:
        label.setProperty("role", role)
    if ink:
        label.setProperty("ink", ink)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(wrap)
    if wrap:
        label.setSizePolicy(policy)
    return label


class Section(QWidget):
    """A title and what belongs under it."""

    def __init__(self, theme: Theme, title: str = "") -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(4))
        if title:
            head = QLabel(title)
            head.setProperty("role", "section")
            self.body.addWidget(head)

    def add(self, widget: QWidget) -> None:
        """Put one more widget under the title."""
        self.body.addWidget(widget)


def rule(theme: Theme) -> QFrame:
    """A thin line between sections."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme.hex('border')};")
    return line


def pairs(theme: Theme, rows: Sequence[tuple[str, str]]) -> QWidget:
    """Names on the left, values on the right, aligned."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(3))
    grid.setColumnMinimumWidth(0, theme.px(92))
    grid.setColumnStretch(1, 1)
    for at, (name, value) in enumerate(rows):
        title = words(name, ink="muted", wrap=False)
        grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(value), at, 1)
    return box


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout and delete it; the keyboard stays in this panel.

    Left to itself it would fall on some button of another one, for the next Enter to press.
    """
    owner, held = layout.parentWidget(), QApplication.focusWidget()
    if owner is not None and held is not None and owner.isAncestorOf(held):
        owner.setFocus(Qt.FocusReason.OtherFocusReason)
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
