"""Rows of forms that stand one under the other: their fields begin at one line, words in the middle."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel

_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def align(*forms: QFormLayout) -> None:
    """Give the words of all rows one width, and each the height of its field."""
    pairs = [(label, row) for form in forms for label, row in _rows(form)]
    width = max((label.sizeHint().width() for label, _height in pairs), default=0)
    for label, height in pairs:
        label.setAlignment(_MIDDLE)
        label.setMinimumSize(width, height)


def _rows(form: QFormLayout) -> list[tuple[QLabel, int]]:
    found: list[tuple[QLabel, int]] = []
    for row in range(form.rowCount()):
        words = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        field = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
        label = words.widget() if words is not None else None
        if isinstance(label, QLabel) and field is not None:
            found.append((label, field.sizeHint().height()))
    return found
