"""A label that cuts its words with an ellipsis instead of widening the panel."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel
from typing_extensions import override

LEAST = 6
"""Fewer letters than that tell nothing: better an empty line."""


class Elided(QLabel):
    """One line, cut on the right."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(min(260, super().sizeHint().width()), super().sizeHint().height())

    @override
    def paintEvent(self, event: Any) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        if len(words) < LEAST and words != self.text():
            words = ""
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()
