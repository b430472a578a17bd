"""What is typed over the map, looked up in the background and shown on it."""

from functools import partial

from beffroi.text import _
from desktop.api import Desk
from desktop.map.bridge import Bridge
from desktop.map.finder import Found, find
from desktop.map.search_box import SearchBox
from desktop.map.view import MapView


class Lookup:
    """Ties the search box to the places, the entries and the map."""

    def __init__(self, desk: Desk, box: SearchBox, view: MapView) -> None:
        self._desk = desk
        self._box = box
        self._view = view
        self._bridge: Bridge = view.bridge
        box.asked.connect(self._find)
        box.previewed.connect(self._preview)
        box.chosen.connect(self._go_to)
        box.left.connect(self._leave)

    def begin(self) -> None:
        """Give the keyboard to the search box."""
        self._desk.docks.show("map")
        self._box.setFocus()
        self._box.selectAll()

    def _find(self, text: str) -> None:
        work = partial(find, self._desk.node, text)
        self._desk.tasks.run(work, partial(self._box.show_answers, text))

    def _preview(self, found: Found | None) -> None:
        if found and found.lon is not None:
            self._bridge.keep("found", (found.lon, found.lat))
            self._bridge.tell("reveal", (found.lon, found.lat))

    def _go_to(self, found: Found) -> None:
        if found.uid:
            self._bridge.keep("found", None)
            self._desk.shared.open(found.uid)
            if found.lon is None:
                self._desk.notices.info(_("Cette entrée n’a pas de lieu."))
        elif found.lon is not None:
            self._bridge.keep("found", (found.lon, found.lat))
            self._bridge.tell("go", {"lon": found.lon, "lat": found.lat, "zoom": found.zoom})
        self._view.setFocus()

    def _leave(self) -> None:
        self._bridge.keep("found", None)
        self._view.setFocus()
