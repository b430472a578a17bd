"""What the dock « Dessin » holds: the palette, the sheet of the selection, what is to be drawn."""

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from beffroi.layers.drawing.queue import MOST
from beffroi.text import _, ngettext
from desktop.api import Desk
from desktop.drawing.files import Files
from desktop.drawing.palette import Palette
from desktop.drawing.properties import Properties
from desktop.drawing.queue_panel import QueuePanel
from desktop.drawing.studio import Studio
from desktop.kit.caveats import offered_caveats
from desktop.kit.share_form import ShareForm


class DrawingPanel(QWidget):
    """Three tabs, and above them the form for sharing when it is asked for."""

    def __init__(self, desk: Desk, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.studio = studio
        studio.setParent(self)
        self.palette_tab = Palette(desk, studio)
        self.properties = Properties(desk, studio)
        self.queue = QueuePanel(desk, studio)
        caveats = offered_caveats(desk.link, desk.node.who.organisation)
        self.share = ShareForm(desk.theme, caveats, desk.node.info.marking, self)
        self.files = Files(desk, studio, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.palette_tab, _("Palette"))
        self.tabs.addTab(self.properties, _("Fiche"))
        self.tabs.addTab(self.queue, _("À dessiner"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.share)
        layout.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)
        bar = self.palette_tab.calques
        bar.share_asked.connect(self.ask_share)
        bar.export_asked.connect(self.files.export)
        bar.import_asked.connect(self.files.import_drawing)
        self.share.agreed.connect(self._share)
        self.queue.counted.connect(self._count)
        studio.gestures.opened.connect(self.open_sheet)

    def open_sheet(self, _uid: str = "") -> None:
        """Show the sheet of what is selected, the keyboard in its label."""
        self._desk.docks.reveal("drawing")
        self.tabs.setCurrentWidget(self.properties)
        self.properties.ask_label()

    def show_palette(self) -> None:
        """Show the palette, the keyboard in its search."""
        self._desk.docks.reveal("drawing")
        self.tabs.setCurrentWidget(self.palette_tab)
        self.palette_tab.symbols.field.setFocus()

    def show_queue(self) -> None:
        """Show what is to be drawn, the keyboard in its list."""
        self._desk.docks.reveal("drawing")
        self.tabs.setCurrentWidget(self.queue)
        self.queue.list.setFocus()

    def ask_share(self, uid: str) -> None:
        """Ask with what marking a calque is to be shared."""
        if uid:
            self._desk.docks.reveal("drawing")
            calque = self.studio.calques.all[uid]
            shapes = len(self.studio.shapes.of_layer(uid))
            said = ngettext(
                "«\u202f{title}\u202f» et son dessin seront vus de tous ceux qui ont droit à la mention "
                "choisie\u202f; votre nom y figure. Un partage ne se reprend pas.",
                "«\u202f{title}\u202f» et ses {n} dessins seront vus de tous ceux qui ont droit à la "
                "mention choisie\u202f; votre nom y figure. Un partage ne se reprend pas.",
                shapes,
            )
            self.share.ask(uid, said.format(title=calque.title, n=shapes))

    def _share(self, uid: str, marking: str, caveats: tuple[str, ...]) -> None:
        shapes = tuple(self.studio.shapes.of_layer(uid))
        self.studio.calques.share(uid, shapes, marking, caveats)

    def _count(self, n: int) -> None:
        more = "+" if n >= MOST else ""
        title = _("À dessiner ({n})").format(n=f"{n}{more}") if n else _("À dessiner")
        self.tabs.setTabText(self.tabs.indexOf(self.queue), title)
