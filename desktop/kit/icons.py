"""Icons: SVG files of `resources/icons`, drawn in the colour of the theme at any scale."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from beffroi import resources


@cache
def source(name: str) -> str:
    """The SVG text of an icon.

    Raises:
        FileNotFoundError: no such icon; a programming error.
    """
    return (resources.root() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def render(name: str, colour: str, size: QSize) -> QPixmap:
    """The icon drawn in `colour` on nothing, `size` in device pixels."""
    renderer = QSvgRenderer(QByteArray(source(name).replace("currentColor", colour).encode()))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    side = min(size.width(), size.height())
    box = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
    renderer.render(painter, box)
    painter.end()
    return QPixmap.fromImage(image)


class _Engine(QIconEngine):
    """Draws the SVG afresh at each size, so that icons stay sharp at 200 %."""

    def __init__(self, name: str, normal: str, disabled: str, active: str) -> None:
        super().__init__()
        self._name = name
        self._normal = normal
        self._disabled = disabled
        self._active = active

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return self._disabled
        return self._active if state == QIcon.State.On else self._normal

    @override
    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        svg = source(self._name).replace("currentColor", self._colour(mode, state))
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(rect))  # type: ignore[call-overload]

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return render(self._name, self._colour(mode, state), size)

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._normal, self._disabled, self._active)


@cache
def icon(name: str, normal: str, disabled: str, active: str) -> QIcon:
    """An icon in three colours: at rest, when it cannot be used, when it is switched on.

    Kept for ever: collected in one cycle with its engine, an icon would call what is gone already.
    """
    source(name)
    return QIcon(_Engine(name, normal, disabled, active))
