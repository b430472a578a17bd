"""The map's panel: the page, the strips around it, and the hands that tie them to the desk."""

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beffroi.text import _
from desktop.api import Desk
from desktop.kit.canvas import Spot
from desktop.kit.shared import Box, Pick
from desktop.map.bridge import Event
from desktop.map.canvas import MapCanvas, Tool
from desktop.map.data import MapData
from desktop.map.dressing import CLUSTERS, PIXELS, Dressing
from desktop.map.hidden import HiddenByTime
from desktop.map.live import Live
from desktop.map.lookup import Lookup
from desktop.map.menu import context_menu
from desktop.map.moment import Moment
from desktop.map.search_box import SearchBox
from desktop.map.selection import Selection
from desktop.map.status_bar import StatusBar
from desktop.map.territories import HOME, Quick
from desktop.map.toolbar import MapToolbar
from desktop.map.view import MapView
from desktop.map.words import page_words

if TYPE_CHECKING:
    from desktop.map.time_bar import TimeBar


class MapPanel(QWidget):
    """What the dock "map" holds."""

    painted = Signal()
    """The page has painted entries: the map is usable."""

    def __init__(self, desk: Desk, canvas: MapCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._canvas = canvas
        self._pick: Pick | None = None
        self._seen = False
        self.data = MapData(desk.tasks, desk.node.points, desk.node.places)
        for path, route in self.data.routes().items():
            canvas.serve(path, route)
        self.view = MapView(canvas.bridge, canvas.routes, self)
        self.bridge = canvas.bridge
        self.search = SearchBox(desk.theme, self)
        self.toolbar = MapToolbar(desk.theme, self.search, self)
        self.status = StatusBar(desk.theme, str(desk.settings.value("map/system", "dd")), self)
        self.lookup = Lookup(desk, self.search, self.view)
        self.selection = Selection(desk, self.bridge, self.data)
        self.live = Live(desk, self.bridge, self.data, self)
        self.moment = Moment(desk, self.bridge, self)
        self.hidden = HiddenByTime(self.view)
        self.dressing = Dressing(desk, canvas, self.view, self)
        self._time: TimeBar | None = None
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.status)
        self.setFocusProxy(self.view)
        self._add_tools()
        self._connect()
        self._begin()

    # setting up

    def _add_tools(self) -> None:
        add = self.toolbar.add_tool
        self._pixels = self.toolbar.add_switch(
            "map-pixels",
            "grid-dots",
            _("Tous les points, sans regrouper"),
            lambda on: self.dressing.set_mode(PIXELS if on else CLUSTERS),
        )
        self._pixels.setChecked(self.dressing.mode == PIXELS)
        self._time_button = self.toolbar.add_switch(
            "map-time", "timeline", _("Frise du temps (Ctrl+T)"), self.show_time
        )
        add("map-measure", "ruler-measure", _("Mesurer une distance"), self.measure)
        for tool in self._canvas.tools:
            self._add_tool(tool)
        self._canvas.tool_added.connect(self._add_tool)
        self.toolbar.add_gap()
        add("map-back", "arrow-left", _("Cadre précédent (Alt+←)"), lambda: self.travel(-1))
        add("map-forward", "arrow-right", _("Cadre suivant (Alt+→)"), lambda: self.travel(1))
        add("map-home", "home", _("Cadre initial"), self.go_home)

    def _add_tool(self, tool: Tool) -> None:
        self.toolbar.add_tool(*tool)

    def _connect(self) -> None:
        desk, bridge = self._desk, self.bridge
        bridge.on("moved", self._moved)
        bridge.on("cursor", lambda event: self.status.point(event["lon"], event["lat"]))
        bridge.on("menu", self._menu)
        bridge.on("picked", self._picked)
        bridge.on("pick-cancelled", lambda _event: desk.shared.cancel_pick())
        bridge.on("zoom-to", self._zoom_to)
        bridge.on("painted", self._painted)
        self.toolbar.jumps.asked.connect(self.jump)
        self.status.unlocated_asked.connect(self._show_unlocated)
        self.status.follow_changed.connect(self.live.set_follow)
        self.status.system_changed.connect(self._use_system)
        self.status.grid_changed.connect(lambda _on: self._grid())
        self.live.counted.connect(self.status.count)
        self.live.counted.connect(lambda _count: self.moment.settle())
        self.live.hidden.connect(self.hidden.say)
        self.hidden.show_all.connect(lambda: self.show_time(False))
        desk.shared.go_to.connect(self._go_to)
        desk.shared.preview_changed.connect(lambda at: bridge.keep("preview", at))
        desk.shared.pick_requested.connect(self._ask_position)
        self.dressing.mode_changed.connect(lambda mode: self._pixels.setChecked(mode == PIXELS))
        self.moment.changed.connect(desk.shared.set_moment)
        desk.shared.set_moment(self.moment.value)
        self.view.crashed.connect(
            lambda: desk.notices.warn(_("L’affichage de la carte s’est arrêté, il a été relancé."))
        )

    def _begin(self) -> None:
        self.bridge.keep("words", page_words())
        self.dressing.dress()
        self.dressing.show_layers()
        stored = self._desk.settings.value("map/view")
        try:
            lon, lat, zoom = (float(part) for part in str(stored).split(" "))
            self.bridge.remember("go", {"lon": lon, "lat": lat, "zoom": zoom, "still": True})
        except ValueError:
            self.bridge.remember("fit", {"box": HOME.box, "still": True})
        points = self._desk.node.points
        if not points.loaded:
            self._desk.tasks.run(points.load, lambda _none: self._loaded())
        self.live.count()
        self.view.open()

    def _painted(self, _event: Event) -> None:
        self.painted.emit()
        if not self._seen:
            self._seen = True
            self._desk.shared.painted.emit("map")

    def _loaded(self) -> None:
        self.live.count()
        self.bridge.tell("refresh")

    def switch_mode(self) -> None:
        """From groups to points, or back."""
        self.dressing.set_mode(CLUSTERS if self.dressing.mode == PIXELS else PIXELS)

    # replaying time

    @property
    def time_shown(self) -> bool:
        """Whether the time bar is open."""
        return self._time is not None and self._time.isVisibleTo(self)

    def switch_time(self) -> None:
        """Open the time bar, or close it."""
        self.show_time(not self.time_shown)

    def show_time(self, shown: bool) -> None:
        """Open or close the time bar; closed, every entry is shown."""
        if shown == self.time_shown:
            return
        if self._time is None:
            self._time = self._make_time_bar()
        self._time.setVisible(shown)
        self._time_button.setChecked(shown)
        if shown:
            self._time.begin()
        else:
            self._time.end()

    def _make_time_bar(self) -> "TimeBar":
        from desktop.map.time_bar import TimeBar  # pyqtgraph is slow to import: when first needed

        desk = self._desk
        bar = TimeBar(desk.theme, desk.tasks, desk.node.points, ZoneInfo(desk.node.info.zone), self)
        bar.changed.connect(self.live.set_window)
        bar.changed.connect(self.moment.replay)
        bar.changed.connect(desk.shared.set_period)
        bar.closed.connect(lambda: self.show_time(False))
        self.live.counted.connect(lambda _count: bar.entries_changed())
        self._layout.insertWidget(2, bar)
        return bar

    # where the view is

    def jump(self, quick: Quick) -> None:
        """Show one of the views one jumps to."""
        self.bridge.tell("fit", {"box": quick.box})

    def go_home(self) -> None:
        """Show metropolitan France."""
        self.jump(HOME)

    def travel(self, step: int) -> None:
        """Go back to the extent before, or forward to the one after."""
        self.bridge.tell("travel", step)

    def turn_north(self) -> None:
        """Put the north at the top again."""
        self.bridge.tell("north")

    def measure(self) -> None:
        """Measure a distance by clicks."""
        self.bridge.tell("measure")

    def _go_to(self, lon: float, lat: float, zoom: float) -> None:
        self.bridge.tell("go", {"lon": lon, "lat": lat, "zoom": zoom})

    def _zoom_to(self, event: Event) -> None:
        self.bridge.tell("fit-mercator", event)

    def _moved(self, event: Event) -> None:
        west, south, east, north = event["box"]
        box: Box = (west, south, east, north)
        self._desk.shared.set_extent(box)
        where = {key: event[key] for key in ("lon", "lat", "zoom", "rotation")}
        self.status.centre(event["lon"], event["lat"])
        self.bridge.forget("fit")
        self.bridge.remember("go", {**where, "still": True})
        self._desk.settings.setValue("map/view", f"{event['lon']} {event['lat']} {event['zoom']}")

    # a position is asked for

    def _ask_position(self, pick: Pick | None) -> None:
        self._pick = pick
        self.bridge.keep("pick", pick.prompt if pick else None)
        if pick:
            self._desk.docks.show("map")

    def _picked(self, event: Event) -> None:
        pick, self._pick = self._pick, None
        self.bridge.remember("pick", None)
        if pick:
            pick.chosen(event["lon"], event["lat"])

    # strips and menu

    def _menu(self, event: Event) -> None:
        hit = event["hit"] or {}
        opens = None
        if hit.get("kind") == "entry":
            opens = partial(self.selection.open_rid, int(hit["rid"]))
        spot = Spot(lon=event["lon"], lat=event["lat"], hit=event["hit"])
        menu = context_menu(self._desk, self.bridge, self, spot, opens, self._canvas.offers(spot))
        menu.aboutToHide.connect(menu.deleteLater)
        x, y = event["at"]
        menu.popup(self.view.mapToGlobal(QPoint(round(x), round(y))))

    def _show_unlocated(self) -> None:
        self._desk.shared.search("lieu:non")

    def _use_system(self, system: str) -> None:
        self._desk.settings.setValue("map/system", system)
        self._grid()

    def _grid(self) -> None:
        shown = self.status.system if self.status.grid.isChecked() else ""
        self.bridge.keep("graticule", shown)

    def shut(self) -> None:
        """Let go of the pages before the application ends."""
        self._canvas.shut()
        self.view.shut()
