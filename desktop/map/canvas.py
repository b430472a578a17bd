"""The map as the desk hands it to capabilities: it remembers what they ask until the page is there."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.kit.canvas import Event, Heard, Offer, Offers, Route, Spot, Stills
from desktop.map.bridge import Bridge

if TYPE_CHECKING:
    from desktop.map.still import StillPage

Tool = tuple[str, str, str, Callable[[], None]]
"""Id, icon, words, what it does."""


class MapCanvas(QObject):
    """Implements `desktop.kit.canvas.Canvas`; the map's panel takes it over when it is built."""

    tool_added = Signal(object)
    """A `Tool` for the strip above the map."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = Bridge(self)
        self.routes: dict[str, Route] = {}
        self.tools: list[Tool] = []
        self._menus: list[Offers] = []
        self._stills: list[StillPage] = []
        self.paper_look: Event = {}
        """The `theme` of pictures: light, whatever the window's."""

    def tell(self, command: str, argument: Any = None) -> None:
        """See `Canvas`."""
        self.bridge.tell(command, argument)

    def keep(self, command: str, argument: Any) -> None:
        """See `Canvas`."""
        self.bridge.keep(command, argument)

    def forget(self, command: str) -> None:
        """See `Canvas`."""
        self.bridge.forget(command)

    def on(self, event: str, listener: Heard) -> None:
        """See `Canvas`."""
        self.bridge.on(event, listener)

    def serve(self, path: str, route: Route) -> None:
        """See `Canvas`; a path taken twice is a programming error."""
        if path in self.routes:
            message = f"{path} is already served"
            raise ValueError(message)
        self.routes[path] = route

    def add_tool(self, tool_id: str, icon: str, words: str, run: Callable[[], None]) -> None:
        """See `Canvas`."""
        tool = (tool_id, icon, words, run)
        self.tools.append(tool)
        self.tool_added.emit(tool)

    def menu(self, offers: Offers) -> None:
        """See `Canvas`."""
        self._menus.append(offers)

    def offers(self, spot: Spot) -> list[list[Offer]]:
        """What the capabilities offer at `spot`, each one's lines together."""
        groups = (list(offers(spot)) for offers in self._menus)
        return [group for group in groups if group]

    def stills(self) -> Stills:
        """See `Canvas`."""
        from desktop.map.still import StillPage  # Chromium is loaded after the window is there

        page = StillPage(self.bridge, self.paper_look, self.routes, self)
        self._stills = [known for known in self._stills if not known.is_shut]
        self._stills.append(page)
        return page

    def shut(self) -> None:
        """Let go of all pages that take pictures, before the application ends."""
        for page in self._stills:
            page.shut()
