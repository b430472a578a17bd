"""What the page is told of looks: colours of the theme, which layers are shown, how entries are drawn."""

from dataclasses import asdict

from PySide6.QtCore import QObject, Signal

from desktop.api import Desk
from desktop.kit.stack import ENTRIES, LABELS
from desktop.kit.theme import Theme
from desktop.map import shipped
from desktop.map.canvas import MapCanvas
from desktop.map.colours import look_of
from desktop.map.view import MapView

CLUSTERS, PIXELS = "clusters", "pixels"


class Dressing(QObject):
    """Follows the theme and the stack, and keeps the page as they are."""

    mode_changed = Signal(str)

    def __init__(self, desk: Desk, canvas: MapCanvas, view: MapView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._canvas, self._view = desk, canvas, view
        self._mode = str(desk.settings.value("map/mode", CLUSTERS))
        shipped.know(desk.stack)
        desk.theme.changed.connect(self.dress)
        desk.stack.changed.connect(self.show_layers)

    @property
    def mode(self) -> str:
        """`clusters`, or `pixels` when every entry is drawn."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Group entries, or draw every one."""
        if mode == self._mode:
            return
        self._mode = mode
        self._desk.settings.setValue("map/mode", mode)
        self.show_layers()
        self.mode_changed.emit(mode)

    def dress(self) -> None:
        """Tell the colours: those of the screen, and those of paper, which is always light."""
        theme = self._desk.theme
        domains = [tag for tag in self._desk.node.taxonomy.all() if "." not in tag.code]
        colours = {tag.code: tag.dark if theme.dark else tag.colour for tag in domains}
        look = look_of(theme, colours)
        self._view.page.paper(look["colours"]["sea"])
        self._canvas.bridge.keep("theme", look)
        light = {tag.code: tag.colour for tag in domains}
        self._canvas.paper_look = look_of(Theme("light", parent=self), light)

    def show_layers(self) -> None:
        """Tell which layers are shown, in which order, and how entries are drawn."""
        stack, bridge = self._desk.stack, self._canvas.bridge
        bridge.keep("stack", stack.for_page())
        bridge.keep("layers", shipped.for_page(stack))
        bridge.keep("labels", {**asdict(stack[LABELS]), "rank": stack.rank(LABELS)})
        entries = {**asdict(stack[ENTRIES]), "z": stack.z(ENTRIES)}
        bridge.keep("entries", {**entries, "mode": self._mode})
