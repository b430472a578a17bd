"""The page as it will come out, small, drawn anew at each choice."""

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.api import Desk
from desktop.kit.canvas import Look, Stills
from desktop.printing.ground import CSS_MM, Tile
from desktop.printing.paper import Rect
from desktop.printing.picture import Packed
from desktop.printing.plan import Plan

_CALM_MS = 250
_PIXELS = 900
"""Width of the picture of the map in a preview."""
_EDGE = 12


def whole(plan: Plan) -> Tile:
    """The whole map as one rough picture."""
    place, factor = plan.sheet.map, plan.sheet.factor
    width, height = round(place.w / CSS_MM / factor), round(place.h / CSS_MM / factor)
    ratio = min(1.5, _PIXELS / max(width, height))
    x, y = plan.ground.centre
    look = Look(
        x=x, y=y, resolution=plan.ground.resolution * factor, rotation=plan.ground.turn,
        width=width, height=height, ratio=ratio,
    )  # fmt: skip
    return Tile(look=look, place=place, kept=Rect(0, 0, width * ratio, height * ratio))


class Rough(QObject):
    """Takes a rough picture of the map once the choices have calmed down."""

    came = Signal(object)
    """`Packed`: one picture in its place."""
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stills: Stills | None = None
        self._plan: Plan | None = None
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._take)
        self._asked = 0

    def want(self, plan: Plan) -> None:
        """A picture of this plan is wanted, unless another one is soon."""
        self._plan = plan
        self._calm.start()

    def lend(self) -> Stills:
        """Who takes the pictures: warm already, for a print."""
        if self._stills is None:
            self._stills = self._desk.canvas.stills()
        return self._stills

    def _take(self) -> None:
        if self._plan is None:
            return
        stills = self.lend()
        tile = whole(self._plan)
        self._asked += 1
        asked = self._asked

        def done(data: bytes) -> None:
            if asked == self._asked:
                packed: Packed = [(tile, data)]
                self.came.emit(packed)

        stills.take(tile.look, done, self.failed.emit)

    def begin_again(self) -> None:
        """The map shows something else: the next picture is of that."""
        self.stop()
        if self._plan is not None:
            self._calm.start()

    def stop(self) -> None:
        """No more pictures."""
        self._calm.stop()
        stills, self._stills = self._stills, None
        if stills is not None:
            stills.shut()


class Preview(QWidget):
    """Shows a page on a desk."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page: QImage | None = None
        self._ratio = 297 / 210
        self.setMinimumSize(360, 300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_page(self, page: QImage) -> None:
        """Show a page."""
        self._page = page
        self.update()

    @property
    def page(self) -> QImage | None:
        """What is shown."""
        return self._page

    @override
    def sizeHint(self) -> QSize:
        return QSize(620, 560)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        if self._page is None:
            return
        size = self._page.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF(0, 0, size.width(), size.height())
        where.moveCenter(room.center())
        painter.fillRect(where.translated(3, 3), Qt.GlobalColor.darkGray)
        painter.drawImage(where, self._page)
