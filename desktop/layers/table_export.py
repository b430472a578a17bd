"""The rows of a table leave for a file: which kind, where to, and the word that it is done."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from beffroi.exchange.observed import ObservedExport, export_observed
from beffroi.layers.table import Asked
from beffroi.text import N_, _, ngettext, number
from desktop.api import Desk
from desktop.layers.calques import Kept

FILES = (
    ("xlsx", N_("Classeur XLSX")), ("csv", N_("CSV")), ("geojson", N_("GeoJSON")),
    ("gpkg", N_("GeoPackage")),
)  # fmt: skip


class TableExport(QObject):
    """Asks where to, and writes what the table shows."""

    def __init__(
        self, desk: Desk, kept: Callable[[], Kept], asked: Callable[[], Asked], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._kept, self._asked, self._parent = desk, kept, asked, parent
        self.menu = QMenu(parent)
        for suffix, words in FILES:
            self.menu.addAction(_(words), partial(self.ask, suffix))

    def ask(self, suffix: str) -> None:
        """Ask where to, and write the rows there."""
        offered = str(Path.home() / f"{_safe(self._kept().calque.title)}.{suffix}")
        path, _kind = QFileDialog.getSaveFileName(
            self._parent, _("Exporter la table"), offered, f"*.{suffix}"
        )
        if path:
            self.to(Path(path).with_suffix(f".{suffix}"))

    def to(self, path: Path) -> None:
        """Write the rows to a file; the trail says so."""
        node = self._desk.node
        work = partial(export_observed, node, self._kept().sheet, self._asked(), path, node.who)
        self._desk.tasks.run(work, self._done)

    def _done(self, report: ObservedExport) -> None:
        words = ngettext(
            "{n} objet exporté\u00a0: {path}", "{n} objets exportés\u00a0: {path}", report.count
        )
        self._desk.notices.done(words.format(n=number(report.count), path=report.path))


def _safe(title: str) -> str:
    return "".join(c if c.isalnum() or c in " -_’" else "_" for c in title).strip() or "calque"
