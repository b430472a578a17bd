"""The legend of what is visible: each calque with the looks it uses, entries with their gravity."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from beffroi import resources
from beffroi.errors import BeffroiError
from beffroi.layers import painting
from beffroi.layers.calques import Calque, calque_of
from beffroi.layers.catalogue import LayerSpec, catalogue
from beffroi.layers.style import Look
from beffroi.logbook.entry import GRAVITY_WORDS
from beffroi.logbook.sheet import Sheet
from beffroi.taxonomy import Tag
from beffroi.text import _
from desktop.kit.stack import ENTRIES, Stack
from desktop.kit.swatch import Form, look_pixmap, shape_path
from desktop.kit.theme import Theme

_BASEMAP = "basemap"
_FINE = 6.0
_SHAPES = ("disc", "disc", "diamond", "triangle", "octagon")
_EDGED = 2
"""From this gravity on, an entry is edged in the colour of its gravity."""
_NO_THEME = "#6b7683"
Drawn = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, kw_only=True)
class Key:
    """One line of the legend; a heading has nothing drawn beside it."""

    words: str
    drawn: Drawn | None = None


def legend(
    stack: Stack, sheets: list[Sheet], zoom: float, theme: Theme, themes: Iterable[Tag] = ()
) -> list[Key]:
    """What is drawn at a zoom, the topmost first; the basemap explains itself.

    `themes` are those of the entries on the map: their colours are told.
    """
    shipped = {spec.id: spec for spec in catalogue()}
    made = {sheet.uid: sheet for sheet in sheets}
    keys: list[Key] = []
    for layer in reversed(stack.order):
        if not stack[layer].visible:
            continue
        if layer == ENTRIES:
            keys += _entries(theme, themes)
        elif layer in shipped:
            keys += _shipped(shipped[layer], zoom)
        elif layer in made:
            keys += _made(made[layer], zoom, theme)
    return keys


def attributions(stack: Stack, sheets: list[Sheet]) -> tuple[str, ...]:
    """Whose data are shown, each once."""
    shipped = {spec.id: spec.attribution for spec in catalogue()}
    made = {sheet.uid: str(sheet.fields.get("attribution") or "") for sheet in sheets}
    found = (
        shipped.get(layer) or made.get(layer, "")
        for layer in reversed(stack.order)
        if stack[layer].visible
    )
    parts = (part.strip() for told in found for part in told.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _entries(theme: Theme, themes: Iterable[Tag]) -> Iterator[Key]:
    yield Key(words=_("Main courante"))
    for level in range(len(GRAVITY_WORDS) - 1, -1, -1):
        yield Key(words=f"{level} – {_(GRAVITY_WORDS[level])}", drawn=_gravity(level, theme))
    for tag in themes:
        yield Key(words=tag.label, drawn=_dot(tag.colour))


def _dot(colour: str) -> Drawn:
    def draw(painter: QPainter, place: QRectF) -> None:
        side = min(place.width(), place.height()) * 0.62
        where = QRectF(0, 0, side, side)
        where.moveCenter(place.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(where)

    return draw


def _gravity(level: int, theme: Theme) -> Drawn:
    """The shape and the edge of a gravity, as on the map; what is inside is the colour of a theme."""
    edge = theme.gravity(level)[0] if level >= _EDGED else QColor("#12161b")

    def draw(painter: QPainter, place: QRectF) -> None:
        painter.save()
        painter.translate(place.center())
        side = min(place.width(), place.height())
        painter.scale(side / 18, side / 18)
        painter.setPen(QPen(edge, 1.8 if level >= _EDGED else 1.0))
        painter.setBrush(QColor(_NO_THEME))
        painter.drawPath(_outline(level))
        if level:
            font = theme.font("tiny", bold=True)
            font.setPixelSize(9)
            painter.setFont(font)
            painter.setPen(QColor("white"))
            low = 2.0 if level == 3 else 0.0
            painter.drawText(QRectF(-9, -9 + low, 18, 18), Qt.AlignmentFlag.AlignCenter, str(level))
        painter.restore()

    return draw


def _outline(level: int) -> QPainterPath:
    if _SHAPES[level] != "octagon":
        return shape_path(_SHAPES[level], 7.0 if level else 4.5)
    path = QPainterPath()
    turns = [radians(22.5 + 45 * side) for side in range(8)]
    path.addPolygon(QPolygonF([QPointF(7.8 * cos(t), 7.8 * sin(t)) for t in turns]))
    path.closeSubpath()
    return path


def _shipped(spec: LayerSpec, zoom: float) -> Iterator[Key]:
    if spec.group != _BASEMAP and zoom >= spec.min_zoom:
        yield Key(
            words=spec.title, drawn=lambda painter, place: _draw_shipped(spec, painter, place)
        )


def _draw_shipped(spec: LayerSpec, painter: QPainter, place: QRectF) -> None:
    stroke = str(spec.style.get("color") or "")
    fill = str(spec.style.get("fill") or "")
    width = float(str(spec.style.get("width", 1.2)))
    painter.save()
    painter.translate(place.center())
    side = min(place.width(), place.height())
    painter.scale(side / 18, side / 18)
    painter.setPen(QPen(QColor(stroke or "#59636f"), max(0.8, width)))
    if spec.kind == "line":
        painter.drawLine(-8, 3, 8, -3)
    elif spec.kind == "point":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(stroke or "#59636f"))
        painter.drawEllipse(QRectF(-8, -8, 16, 16))
        if icon := str(spec.style.get("icon") or ""):
            QSvgRenderer(_icon(icon)).render(painter, QRectF(-5.5, -5.5, 11, 11))
    else:
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(-7.5, -5, 15, 10))
    painter.restore()


@cache
def _icon(name: str) -> QByteArray:
    """The drawing of an icon, in white."""
    for folder in ("vendor/maki", "vendor/temaki"):
        file = resources.root() / "web" / folder / f"{name}.svg"
        if file.is_file():
            return QByteArray(
                file.read_text("utf-8").replace("<svg ", '<svg fill="#fff" ', 1).encode()
            )
    return QByteArray()


def _made(sheet: Sheet, zoom: float, theme: Theme) -> Iterator[Key]:
    try:
        calque = calque_of(sheet.fields)
    except BeffroiError:
        return
    if zoom < calque.min_zoom or (calque.max_zoom and zoom > calque.max_zoom):
        return
    form, lines = _form(calque), painting.legend(calque.style)
    if not calque.style.by_field:
        yield Key(words=calque.title, drawn=_look(lines[0].look, form, theme))
        return
    yield Key(words=calque.title)
    for line in lines:
        yield Key(words=line.words, drawn=_look(line.look, form, theme))


def _form(calque: Calque) -> Form:
    form = str(calque.options.get("form", "point"))
    return "line" if form == "line" else "area" if form == "area" else "point"


def _look(look: Look, form: Form, theme: Theme) -> Drawn:
    # made here, on the main thread: a page may be painted in another
    picture = look_pixmap(look, form, theme, _FINE).toImage()

    def draw(painter: QPainter, place: QRectF) -> None:
        side = min(place.width(), place.height())
        where = QRectF(0, 0, side, side)
        where.moveCenter(place.center())
        painter.drawImage(where, picture)

    return draw
