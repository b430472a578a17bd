"""The striped strip across the window that says this is no real crisis."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from beffroi.text import N_, _
from desktop.kit.theme import Theme
from desktop.shell.modes import MODE_WORDS

SENTENCES = {
    "exercise": N_("EXERCICE – EXERCICE – EXERCICE"),
    "test": N_("TEST – données d’essai, sans valeur opérationnelle"),
    "training": N_("FORMATION – données fictives"),
}


class Strip(QWidget):
    """Word first, stripes second: the meaning is never carried by colour alone."""

    def __init__(self, mode: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sentence = _(SENTENCES[mode])
        self.setObjectName("strip")
        self.setAccessibleName(_(MODE_WORDS[mode]))
        self.setAccessibleDescription(self.sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFont(self._theme.font("title", bold=True))
        self.setFixedHeight(self._theme.px(28))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("exercise"))
        self._stripe(painter, self._theme.color("exercise_text"))
        words = painter.fontMetrics().boundingRect(self.sentence).width() + self._theme.px(48)
        plate = QRect((self.width() - words) // 2, 0, words, self.height())
        painter.fillRect(plate, self._theme.color("exercise"))
        painter.setPen(self._theme.color("exercise_text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.sentence)

    def _stripe(self, painter: QPainter, colour: QColor) -> None:
        step, height = self._theme.px(26), self.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for x in range(-height, self.width() + height, step):
            half = step // 2
            painter.drawPolygon(QPolygon.fromList(_corners(x, half, height)))


def _corners(x: int, width: int, height: int) -> list[QPoint]:
    return [
        QPoint(x, height),
        QPoint(x + height, 0),
        QPoint(x + height + width, 0),
        QPoint(x + width, height),
    ]
