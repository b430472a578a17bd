"""Pictures of symbols: served to the page, drawn as icons for the palette (APP-6 by the page)."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from beffroi.errors import BeffroiError
from beffroi.layers.drawing import symbols
from desktop.api import Desk, Event

_SIDE = 48
_GATHER_MS = 30


class Pictures(QObject):
    """Icons by symbol key; `arrived` when the page has drawn more of them."""

    arrived = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._icons: dict[str, QIcon] = {}
        self._asked: set[str] = set()
        self._waiting: set[str] = set()
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self._ask)
        desk.canvas.serve("drawing/picture", self._serve)
        desk.canvas.on("drawing-pictures", self._received)

    @staticmethod
    def colour(key: str) -> str:
        """The colour of a symbol's family; empty when its own rules give it."""
        known = symbols.find(key) if key else None
        return known.family.colour if known else ""

    def icon(self, key: str) -> QIcon:
        """The icon of a symbol; empty until the page has drawn it, for APP-6."""
        if key not in self._icons and key.startswith("app6:"):
            self._want(key)
            return QIcon()
        if key not in self._icons:
            self._icons[key] = _icon(_dressed(key))
        return self._icons[key]

    def _want(self, key: str) -> None:
        if key not in self._asked:
            self._asked.add(key)
            self._waiting.add(key.partition(":")[2])
            self._gather.start()

    def _ask(self) -> None:
        self._desk.canvas.tell("drawing-pictures", sorted(self._waiting))
        self._waiting.clear()

    def _received(self, drawn: Event) -> None:
        for code, svg in drawn.items():
            self._icons[f"app6:{code}"] = _icon(str(svg))
        self.arrived.emit()

    @staticmethod
    def _serve(asked: dict[str, str], reply: Callable[[bytes], None]) -> None:
        try:
            reply(symbols.picture(asked.get("key", "")).encode())
        except BeffroiError:
            reply(b"")


def _dressed(key: str) -> str:
    """The symbol in its colour; a civil pictogram in its disc, as on the map."""
    colour = Pictures.colour(key)
    try:
        svg = symbols.picture(key).replace("currentColor", colour)
    except BeffroiError:
        return ""
    return svg


def _icon(svg: str) -> QIcon:
    icon = QIcon()
    for scale in (1, 2):
        icon.addPixmap(_painted(svg, scale))
    return icon


def _painted(svg: str, scale: int) -> QPixmap:
    pixmap = QPixmap(QSize(_SIDE, _SIDE) * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    if svg:
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        size = renderer.defaultSize()
        fit = size.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(pixmap)
        left, top = (_SIDE - fit.width()) / 2, (_SIDE - fit.height()) / 2
        renderer.render(painter, QRectF(left, top, fit.width(), fit.height()))
        painter.end()
    return pixmap
