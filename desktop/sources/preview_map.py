"""The small map of the wizard: where the records lie, on the outline of the world."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from beffroi.layers.painting import HIDDEN, places
from beffroi.layers.style import Look, Style
from beffroi.plugin import Record
from beffroi.text import _
from desktop.kit.shared import Box
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme
from desktop.sources import ground
from desktop.sources.finding import box_of, paths
from desktop.sources.marks import dress_line, paint_point

_SETTLE_MS = 60


class PreviewMap(QWidget):
    """Shows records; one of them may be chosen."""

    def __init__(self, theme: Theme, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tasks = tasks
        self._records: Sequence[Record] = ()
        self._chosen = -1
        self._style = Style()
        self._looks: list[Look | None] = []
        self._box: Box = ground.FRANCE
        self._ground: QImage | None = None
        self._locator: QImage | None = None
        self._view = ground.fitted(ground.FRANCE, QSize(1, 1))
        self._turn = 0
        self._rest = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._rest.timeout.connect(self._draw_ground)
        self.setMinimumSize(theme.px(220), theme.px(150))
        theme.changed.connect(self._rest.start)
        self._name()

    @property
    def settled(self) -> bool:
        """Whether the ground shown is that of the present records."""
        return self._ground is not None and not self._rest.isActive()

    def show_records(self, records: Sequence[Record]) -> None:
        """Show these, around the place where they are."""
        self._records, self._chosen = records, -1
        self._box = box_of(records) or ground.FRANCE
        self._name()
        self._fit()
        self.dress(self._style)

    def dress(self, style: Style) -> None:
        """Draw the records in this style."""
        self._style = style
        looks = style.looks()
        values = [record.properties.get(style.field) for record in self._records]
        found = places(style, values, len(self._records)).tolist()
        self._looks = [None if place == HIDDEN else looks[place] for place in found]
        self.update()

    def choose(self, index: int) -> None:
        """Bring one record out, -1 none."""
        self._chosen = index
        self.update()

    def _name(self) -> None:
        placed = sum(1 for record in self._records if record.geometry)
        said = _("Aperçu sur la carte\u00a0: {n} objets placés").format(n=placed)
        self.setAccessibleName(said)

    def _fit(self) -> None:
        self._view = ground.fitted(self._box, self.size())
        self._rest.start()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _draw_ground(self) -> None:
        theme, view, size = self._theme, self._view, self.size()
        ink = ground.Ink(
            sea=theme.color("sunken"),
            land=theme.color("panel"),
            coast=theme.color("control"),
            border=theme.color("border"),
        )
        ratio = self.devicePixelRatioF()
        self._turn += 1
        turn = self._turn
        self._tasks.run(
            lambda: (
                ground.draw(view, size, ink, ratio),
                ground.locator(self._box, theme.px(92), ink, theme.color("danger"), ratio),
            ),
            lambda images: self._drawn(turn, *images),
        )

    def _drawn(self, turn: int, image: QImage, locator: QImage | None) -> None:
        if turn == self._turn:
            self._ground, self._locator = image, locator
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("sunken"))
        if self._ground is not None and not self._rest.isActive():
            painter.drawImage(0, 0, self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, record in enumerate(self._records):
            if at != self._chosen:
                self._paint(painter, record, self._looks[at], strong=False)
        if 0 <= self._chosen < len(self._records):
            look = self._looks[self._chosen] or Look()
            self._paint(painter, self._records[self._chosen], look, strong=True)
        if not any(record.geometry for record in self._records):
            self._say_nothing(painter)
        if self._locator is not None and not self._rest.isActive():
            painter.drawImage(4, 4, self._locator)
        painter.setPen(self._theme.color("border"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint(self, painter: QPainter, record: Record, look: Look | None, *, strong: bool) -> None:
        if look is None:
            return
        edge = self._theme.color("text" if strong else "panel")
        for kind, points in paths(record.geometry):
            found = QPolygonF([self._view.at(lon, lat) for lon, lat in points])
            if kind == "point":
                paint_point(painter, look, found.at(0), edge, 1.5 if strong else 1.0)
                continue
            dress_line(painter, look, area=kind == "ring")
            if strong:
                painter.setPen(QPen(edge, 2.6))
            if kind == "ring":
                painter.drawPolygon(found)
            else:
                painter.drawPolyline(found)

    def _say_nothing(self, painter: QPainter) -> None:
        painter.setPen(self._theme.color("muted"))
        painter.setFont(self._theme.font("small"))
        said = _("Aucune position\u00a0: le calque se lira en tableau.") if self._records else ""
        painter.drawText(
            self.rect().adjusted(12, 12, -12, -12),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
            said,
        )
