"""Draws in millimetres on whatever Qt draws on: a page of a printer, a PDF, a picture, a preview."""

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.printing.paper import Rect

BLACK, GREY, HAIR = QColor("#12161b"), QColor("#59636f"), QColor("#9aa4af")
_NO_LETTERS = ("tnum", "calt", "case")
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
Place = Rect | tuple[float, float, float, float]


class Ink:
    """A painter whose unit is the millimetre; letters stay letters where the paper is a PDF."""

    def __init__(self, painter: QPainter, per_mm: float, families: list[str]) -> None:
        """`per_mm` is how many of the painter's units make a millimetre."""
        self.painter = painter
        self.k = per_mm
        self._families = families
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )

    def rect(self, place: Place) -> QRectF:
        """A place in the painter's units."""
        x, y, w, h = place
        return QRectF(x * self.k, y * self.k, w * self.k, h * self.k)

    def point(self, x: float, y: float) -> QPointF:
        """A point in the painter's units."""
        return QPointF(x * self.k, y * self.k)

    def font(self, mm: float, *, bold: bool = False) -> QFont:
        """A font whose letters are `mm` high, ascenders and all."""
        font = QFont(self._families)
        font.setPixelSize(max(1, round(mm * self.k)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        # shapes of figures, hyphens and colons that fit their neighbours are no letters any more:
        # a PDF with them could not be searched nor copied from
        for feature in _NO_LETTERS:
            font.setFeature(QFont.Tag(feature), 0)
        return font

    def pen(self, colour: QColor, mm: float) -> None:
        """Draw lines so wide from now on, and fill nothing."""
        self.painter.setPen(QPen(colour, mm * self.k))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def fill(self, place: Place, colour: QColor) -> None:
        """Colour a place."""
        self.painter.fillRect(self.rect(place), colour)

    def frame(self, place: Place, colour: QColor = BLACK, mm: float = 0.2) -> None:
        """Draw a rectangle."""
        self.pen(colour, mm)
        self.painter.drawRect(self.rect(place))

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a line with the pen of now."""
        self.painter.drawLine(QLineF(self.point(x0, y0), self.point(x1, y1)))

    def polygon(self, points: Iterable[tuple[float, float]], colour: QColor) -> None:
        """Fill a polygon."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        self.painter.drawPolygon(QPolygonF([self.point(x, y) for x, y in points]))

    def text(
        self, place: Place, words: str, mm: float, *, bold: bool = False,
        align: Qt.AlignmentFlag = LEFT, colour: QColor = BLACK,
    ) -> None:  # fmt: skip
        """Write one line, cut with « … » where there is no room."""
        font = self.font(mm, bold=bold)
        where = self.rect(place)
        said = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, where.width())
        self.painter.setFont(font)
        self.painter.setPen(colour)
        self.painter.drawText(where, align, said)

    def words(
        self, place: Place, words: str, mm: float, *, bold: bool = False, colour: QColor = BLACK
    ) -> float:
        """Write on several lines, as far as there is room; the height taken."""
        font = self.font(mm, bold=bold)
        where = self.rect(place)
        flags = TOP | Qt.TextFlag.TextWordWrap
        needed = QFontMetricsF(font).boundingRect(where, int(flags), words)
        self.painter.save()
        self.painter.setClipRect(where)
        self.painter.setFont(font)
        self.painter.setPen(colour)
        self.painter.drawText(where, int(flags), words)
        self.painter.restore()
        return min(needed.height(), where.height()) / self.k

    def fitted(
        self, place: Place, words: str, mm: float, least: float, *, colour: QColor = BLACK
    ) -> None:
        """Write on several lines, in letters as small as it takes (never below `least`)."""
        where = self.rect(place)
        flags = int(TOP | Qt.TextFlag.TextWordWrap)
        while mm > least:
            needed = QFontMetricsF(self.font(mm)).boundingRect(where, flags, words)
            if needed.height() <= where.height():
                break
            mm -= 0.1
        self.words(place, words, mm, colour=colour)

    def width(self, words: str, mm: float, *, bold: bool = False) -> float:
        """How wide a line of words is."""
        return QFontMetricsF(self.font(mm, bold=bold)).horizontalAdvance(words) / self.k
