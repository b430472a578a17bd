"""The parts a bandeau is made of: a small label above a value, and a coloured word."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.kit.theme import Theme


class Cell(QPushButton):
    """A name in small above a value; pressing it opens what can be done about it."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "cell")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._theme = theme
        self._said = name
        self._drawn = ("", "")
        self._name = QLabel(name, self)
        self._value = QLabel(self)
        self._picture = QLabel(self)
        for label in (self._name, self._value, self._picture):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name.setProperty("ink", "faint")
        self._picture.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._value)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(10, 3, 10, 3)
        self._line.setSpacing(7)
        self._line.addWidget(self._picture)
        self._line.addLayout(words)
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self._name.setFont(self._theme.font("tiny"))
        self._value.setFont(self._theme.font("body", bold=True))
        icon, ink = self._drawn
        self._picture.setVisible(bool(icon))
        if icon:
            side = self._theme.px(18)
            self._picture.setPixmap(self._theme.icon(icon, ink).pixmap(side, side))
        self.updateGeometry()

    def draw(self, icon: str, ink: str) -> None:
        """Put an icon before the words, and write the value in its ink."""
        if (icon, ink) == self._drawn:
            return
        self._drawn = (icon, ink)
        self._value.setProperty("ink", ink)
        self._value.style().polish(self._value)
        self._dress()

    @property
    def above(self) -> str:
        """The small words above the value."""
        return self._name.text()

    @property
    def value(self) -> str:
        """What the cell says."""
        return self._value.text()

    def say(self, value: str, tip: str = "", name: str = "") -> None:
        """Change the value (and the small name above it)."""
        self._said = name or self._said
        self._name.setText(self._said)
        self._value.setText(value)
        self.setToolTip(tip)
        self.setAccessibleName(f"{self._said} : {value}")
        self.setAccessibleDescription(tip)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Plate(QPushButton):
    """A word on a colour that means the same thing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plate")
        self._theme = theme
        self._fill = "raised"
        self._ink = "text"
        self._outlined = False
        theme.changed.connect(self.dress)

    def say(self, word: str, fill: str, ink: str, *, outlined: bool = False) -> None:
        """Show `word` in the token `ink` on the token `fill`."""
        self._fill, self._ink, self._outlined = fill, ink, outlined
        self.setText(word)
        self.setAccessibleName(word)
        self.dress()

    def dress(self) -> None:
        """Take the colours and fonts of the theme."""
        self.setFont(self._theme.font("small", bold=True))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.ButtonText, self._theme.color(self._ink))
        self.setPalette(palette)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self.text()) + self._theme.px(22)
        return QSize(width, metrics.height() + self._theme.px(9))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        painter.setPen(self._theme.color(self._ink if self._outlined else self._fill))
        painter.setBrush(self._theme.color(self._fill))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(self._theme.color(self._ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 4, 4)


def level_icon(theme: Theme, level: int) -> QIcon:
    """The square of a level's colour, its number in it."""
    side = theme.px(20)
    pixmap = QPixmap(side * 2, side * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"level{level}"))
    painter.drawRoundedRect(pixmap.rect(), 8, 8)
    font = theme.font("small", bold=True)
    font.setPixelSize(font.pixelSize() * 2)
    painter.setFont(font)
    painter.setPen(theme.color(f"level{level}_text"))
    painter.drawText(pixmap.rect(), Qt.AlignmentFlag.AlignCenter, str(level))
    painter.end()
    return QIcon(pixmap)
