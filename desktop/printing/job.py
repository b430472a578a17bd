"""One print from the choices to the paper: pictures, facts, painting, trace, none on the main thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter

from beffroi.journal import rights
from beffroi.logbook.sheet import Sheet
from desktop.api import Desk
from desktop.kit.canvas import Stills
from desktop.kit.theme import Theme
from desktop.printing import facts as telling
from desktop.printing import leaving, page, target
from desktop.printing.ink import Ink
from desktop.printing.legend import legend
from desktop.printing.picture import Packed, Pictures, draw_map
from desktop.printing.plan import Facts, Plan
from desktop.printing.scalebar import ratio

Painted = Callable[[Plan, Facts, target.DrawCopy], None]
"""Puts the page somewhere, in the background."""


class Job(QObject):
    """A print under way.  `over` hears nothing, or the error that ended it."""

    stepped = Signal(int, int)
    """So many pictures of so many are there."""
    over = Signal(object)

    def __init__(
        self, desk: Desk, plan: Plan, paint: Painted, parent: QObject, stills: Stills | None = None
    ) -> None:
        """`stills` are those of a preview, warm already; without, the print has its own."""
        super().__init__(parent)
        self._stills = stills
        self._desk, self._plan, self._paint = desk, plan, paint
        self._light = Theme("light", parent=self)
        self._pictures: Pictures | None = None
        self._facts: Facts | None = None
        self._packed: Packed | None = None

    def start(self) -> None:
        """Begin.

        Raises:
            BeffroiError: the person may not carry content out.
        """
        rights.exporting(self._desk.node.who)
        self._pictures = Pictures(
            self._desk.canvas,
            self._plan,
            self._stills,
            self._drawn,
            self.over.emit,
            self.stepped.emit,
            self,
        )
        self._desk.tasks.run(self._read, self._told, self.over.emit)

    def _read(self) -> tuple[Facts, list[Sheet]]:
        desk, plan = self._desk, self._plan
        sheets = telling.visible_sheets(desk.node, desk.stack)
        told = telling.gather(
            desk.node, plan, sheets, telling.sources_of(desk.stack, sheets),
            entries=telling.has_entries(desk.stack), moment=desk.shared.moment,
        )  # fmt: skip
        return told, sheets

    def _told(self, read: tuple[Facts, list[Sheet]]) -> None:
        self._facts, sheets = read
        self._keys = legend(
            self._desk.stack, sheets, self._plan.zoom, self._light, self._facts.themes
        )
        self._go_on()

    def _drawn(self, packed: Packed) -> None:
        self._packed = packed
        self._go_on()

    def _go_on(self) -> None:
        if self._facts is None or self._packed is None:
            return
        fill = partial(draw_map, self._packed, grey=self._plan.grey)

        def draw(ink: Ink, copy: int) -> None:
            assert self._facts is not None  # noqa: S101 - looked at above
            page.draw(ink, self._plan, self._facts, self._keys, _filled(fill), copy)

        work = partial(self._paint, self._plan, self._facts, draw)
        self._desk.tasks.run(work, lambda _none: self.over.emit(None), self.over.emit)

    def stop(self) -> None:
        """Give it up."""
        if self._pictures is not None:
            self._pictures.stop()


def _filled(fill: Callable[..., None]) -> page.DrawMap:
    return lambda ink, place: fill(ink=ink, place=place)


def to_pdf(desk: Desk, path: Path, families: list[str]) -> Painted:
    """Into a PDF."""

    def paint(plan: Plan, facts: Facts, draw: target.DrawCopy) -> None:
        title = f"{plan.title or facts.workspace} – {ratio(plan.ground.scale)}"
        write = partial(target.write_pdf, plan=plan, title=title, families=families, draw=draw)
        leaving.to_file(desk.node, plan, facts, path, write)

    return paint


def to_png(desk: Desk, path: Path, families: list[str]) -> Painted:
    """Into a picture that a GIS can place."""

    def paint(plan: Plan, facts: Facts, draw: target.DrawCopy) -> None:
        write = partial(target.write_png, plan=plan, families=families, draw=draw)
        leaving.to_file(desk.node, plan, facts, path, write)
        target.write_world(path, plan)

    return paint


def to_printer(desk: Desk, printer: QPrinter, families: list[str]) -> Painted:
    """Onto paper: traced before the first sheet comes out."""

    def paint(plan: Plan, facts: Facts, draw: target.DrawCopy) -> None:
        leaving.record(desk.node, plan, facts, printer.printerName(), format="paper")
        target.send_to(printer, plan, families, draw)

    return paint
