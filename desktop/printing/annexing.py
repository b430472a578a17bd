"""« Exporter la carte en annexe HTML… »: asks where, writes it in the background, says what is missing."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from beffroi.exchange.annex import AnnexReport, View, write_annex
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.stack import ENTRIES


class Annexing:
    """Makes an annex of what the map shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def view(self) -> View | None:
        """What the map shows now; None before it shows anything."""
        stack, extent = self._desk.stack, self._desk.shared.extent
        if extent is None:
            return None
        west, south, east, north = extent
        return View(
            box=(west, south, east + 360 * (east < west), north),
            layers=tuple(layer for layer in stack.order if stack[layer].visible),
            entries=stack[ENTRIES].visible,
        )

    def ask(self) -> None:
        """Ask where the annex goes, and write it."""
        parent = self._desk.shared.parent()
        name, _kind = QFileDialog.getSaveFileName(
            parent if isinstance(parent, QWidget) else None,
            _("Exporter la carte en annexe HTML"), "annexe-carte.html", _("Page HTML (*.html)"),
        )  # fmt: skip
        if name:
            self.write(Path(name).with_suffix(".html"))

    def write(self, path: Path) -> None:
        """Write what the map shows now."""
        if view := self.view():
            work = partial(write_annex, self._desk.node, view, path)
            self._desk.tasks.run(work, self._wrote)

    def _wrote(self, report: AnnexReport) -> None:
        name = Path(report.path).name
        said = _("Annexe écrite\u00a0: {name}.").format(name=name)
        if report.left_out:
            self._desk.notices.warn(" ".join((said, *report.left_out)))
        else:
            self._desk.notices.done(said)
