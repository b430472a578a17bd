"""« Copier l’image de la carte »: the view of now, marked above and below, on the clipboard."""

from collections.abc import Callable
from functools import partial
from math import ceil

from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from beffroi.exchange.mapped import marking_of, shown_rids
from beffroi.journal import rights
from beffroi.layers.mercator import MercatorBox, mercator
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.canvas import Look, Stills
from desktop.kit.theme import Theme
from desktop.printing import facts as telling
from desktop.printing.ink import CENTRE, GREY, LEFT, RIGHT, Ink
from desktop.printing.page import RED

_WIDTH = 1_600
_BAND = 34
Done = Callable[[], None]


class Copier:
    """Takes one picture at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stills: Stills | None = None

    def copy(self) -> None:
        """Put the picture of what the map shows on the clipboard.

        Raises:
            BeffroiError: the person may not carry content out.
        """
        rights.exporting(self._desk.node.who)
        box = self._box()
        if box is None or self._stills is not None:
            return
        self._stills = self._desk.canvas.stills()
        self._stills.take(_look(box), partial(self._came, box), self._failed)

    def _box(self) -> MercatorBox | None:
        extent = self._desk.shared.extent
        if extent is None:
            return None
        west, south, east, north = extent
        return (*mercator(west, south), *mercator(east + 360 * (east < west), north))

    def _came(self, box: MercatorBox, picture: bytes) -> None:
        self._let_go()
        self._desk.tasks.run(partial(self._marked, box, picture), self._put)

    def _failed(self, error: BaseException) -> None:
        self._let_go()
        self._desk.notices.failure(error)

    def _let_go(self) -> None:
        stills, self._stills = self._stills, None
        if stills is not None:
            stills.shut()

    def _marked(self, box: MercatorBox, picture: bytes) -> QImage:
        """The picture between two bands, traced before anybody can paste it."""
        desk, node = self._desk, self._desk.node
        sheets = telling.visible_sheets(node, desk.stack)
        rids = shown_rids(node, box) if telling.has_entries(desk.stack) else []
        marking = marking_of(node, rids, sheets)
        said = telling.said(desk.shared.moment or node.clock.now(), node.info.zone)
        sources = ", ".join(telling.sources_of(desk.stack, sheets))
        image = banded(
            picture, telling.marking_words(marking), telling.mode_words(node), said, sources
        )
        node.audit.record(
            node.who, "export", _("image de la carte"), format="clipboard", marking=marking,
            box=[round(number) for number in box],
        )  # fmt: skip
        return image

    def _put(self, image: QImage) -> None:
        QApplication.clipboard().setImage(image)
        self._desk.notices.done(_("Image de la carte copiée."))


def _look(box: MercatorBox) -> Look:
    resolution = (box[2] - box[0]) / _WIDTH
    height = max(200, min(_WIDTH, ceil((box[3] - box[1]) / resolution)))
    return Look(
        x=(box[0] + box[2]) / 2, y=(box[1] + box[3]) / 2, resolution=resolution,
        width=_WIDTH, height=height,
    )  # fmt: skip


def banded(picture: bytes, marking: str, exercise: str, said: str, sources: str) -> QImage:
    """A picture with its marking above and below, its moment and its sources."""
    inside = QImage.fromData(picture)
    image = QImage(inside.width(), inside.height() + 2 * _BAND, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    ink = Ink(painter, 1.0, Theme("light").font().families())
    painter.drawImage(0, _BAND, inside)
    for top in (0, _BAND + inside.height()):
        place = (0, top, inside.width(), _BAND)
        ink.text(place, marking, 17, bold=True, align=CENTRE, colour=RED)
    side = inside.width() / 3
    ink.text((10, 0, side, _BAND), said, 13, align=LEFT, colour=GREY)
    ink.text((2 * side - 10, 0, side, _BAND), exercise, 16, bold=True, align=RIGHT)
    ink.text((10, _BAND + inside.height(), side, _BAND), sources, 12, align=LEFT, colour=GREY)
    painter.end()
    return image
