"""A drawing out to a file and in from one: asks where, says what came of it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from beffroi.exchange.drawings.reading import Drawn, shapes_in
from beffroi.exchange.drawings.writing import SUFFIXES, export_drawing
from beffroi.layers.drawing import deeds
from beffroi.text import _, ngettext
from desktop.api import Desk
from desktop.drawing.studio import Studio


class Files(QObject):
    """Asks with the system’s own dialog; works in the background."""

    def __init__(self, desk: Desk, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._studio = studio
        self._window = parent

    def export(self, layer: str) -> None:
        """Ask where the drawing of a calque goes."""
        title = self._studio.calques.all[layer].title.replace("/", "-") or _("dessin")
        kinds = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in SUFFIXES)
        name, chosen = QFileDialog.getSaveFileName(
            self._window, _("Exporter ce dessin"), f"{title}.kml", kinds
        )
        if name:
            path = Path(name)
            if path.suffix.lower() not in SUFFIXES:
                path = path.with_name(path.name + chosen.rpartition("*")[2].rstrip(")"))
            self.write(layer, path)

    def write(self, layer: str, path: Path) -> None:
        """Write the drawing of a calque to a file."""
        node = self._desk.node
        work = partial(export_drawing, node, layer, path, node.who)
        self._desk.tasks.run(work, partial(self._wrote, path), touches_store=True)

    def _wrote(self, path: Path, count: int) -> None:
        words = ngettext(
            "{n} dessin exporté vers {name}", "{n} dessins exportés vers {name}", count
        )
        self._desk.notices.done(words.format(n=count, name=path.name))

    def import_drawing(self) -> None:
        """Ask which file is to become shapes of the calque in use."""
        name, _chosen = QFileDialog.getOpenFileName(
            self._window, _("Importer un dessin"), "",
            _("Dessins (*.kml *.kmz *.geojson *.json *.gpx *.gpkg)"),
        )  # fmt: skip
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Draw what a file holds, as one step that undo takes back."""
        layer = self._studio.calques.current
        if not layer:
            self._studio.calques.make(path.stem[:120], "sitac", lambda _uid: self.read(path))
            return
        self._desk.tasks.run(partial(shapes_in, path, layer), self._read)

    def _read(self, drawn: Drawn) -> None:
        self._studio.hand.draw_all(drawn.shapes, deeds.IMPORT)
        count = len(drawn.shapes)
        words = ngettext("{n} dessin importé", "{n} dessins importés", count).format(n=count)
        if drawn.lost:
            lost = ngettext(
                "{n} objet n’a pas pu être dessiné", "{n} objets n’ont pas pu être dessinés",
                drawn.lost,
            )  # fmt: skip
            words = f"{words}\u202f; {lost.format(n=drawn.lost)}"
        self._desk.notices.done(words)
