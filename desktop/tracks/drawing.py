"""What the map shows of tracks: tells the page that something moved, hands over what it fetches."""

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.layers.drawing.geodesic import near
from beffroi.layers.shapes import Position
from beffroi.text import _
from beffroi.tracks.following import Moving
from desktop.api import Desk
from desktop.kit.canvas import Arguments, Offer, Reply, Spot
from desktop.tracks import words
from desktop.tracks.setups import Setups
from desktop.tracks.tracker import Tracker

LAYER = "tracks"
"""Its name in the stack of layers and as a path of the page."""
AT_MOST_MS = 200
PAST_MS = 3_600_000
MOST_PAST = 1_500
_encode = msgspec.json.Encoder().encode


class Drawing(QObject):
    """Keeps the page's tracks as the tracker has them."""

    follow_asked = Signal(str)
    """Somebody wants to say how a track (uid) is followed."""

    def __init__(self, desk: Desk, tracker: Tracker, setups: Setups) -> None:
        super().__init__(tracker)
        self._desk = desk
        self._tracker = tracker
        self._setups = setups
        self._version = 0
        self._chosen = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AT_MOST_MS)
        self._soon.timeout.connect(self._tell)
        for signal in (tracker.moved, tracker.ticked, setups.changed):
            signal.connect(self._changed)
        desk.stack.know([(LAYER, True)])
        desk.canvas.serve(f"{LAYER}/now", self._now)
        desk.canvas.keep("tracks", 0)

    def _changed(self, *_what: object) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _tell(self) -> None:
        if self._tracker.following.tracks:
            self._version += 1
            self._desk.canvas.keep("tracks", self._version)

    def choose(self, uid: str) -> None:
        """Ring one track, and draw where it was."""
        self._chosen = uid
        self._tell()

    def show(self, one: Moving) -> None:
        """Go to a track."""
        self._desk.shared.go_to.emit(one.last.lon, one.last.lat, 15.0)

    def _now(self, _asked: Arguments, reply: Reply) -> None:
        reply(_encode(self.page()))

    def page(self) -> dict[str, object]:
        """Everything that the page draws."""
        now = self._tracker.now
        moving = self._tracker.following.moving(now)
        followed = [one for one in moving if one.setup is not None]
        past = {one.uid for one in followed} | {self._chosen}
        routes = [s for s in self._setups.now.stages.values() if len(s.line) > 1]
        return {
            "now": now,
            "chosen": self._chosen,
            "tracks": [self._track(one) for one in moving],
            "bubbles": [self._bubble(one) for one in followed],
            "pasts": [self._past(one) for one in moving if one.uid in past],
            "routes": [[_line(leg.line) for leg in s.legs if len(leg.line) > 1] for s in routes],
        }

    def _track(self, one: Moving) -> dict[str, object]:
        last = one.last
        return {
            "uid": one.uid, "name": one.callsign, "lon": last.lon, "lat": last.lat,
            "time": last.time, "state": one.state, "course": last.course,
            "followed": one.setup is not None,
            "words": "" if one.state == "live" else words.state(one, self._setups.zone(one.uid)),
        }  # fmt: skip

    def _bubble(self, one: Moving) -> dict[str, object]:
        areas = self._tracker.following.areas(one.uid)
        rings = (areas.corridor, areas.middle, areas.inner)
        return {"uid": one.uid, "state": one.state, "rings": [list(ring) for ring in rings if ring]}

    def _past(self, one: Moving) -> dict[str, object]:
        fixes = self._tracker.following.past(one.uid, one.last.time - PAST_MS)
        step = max(1, len(fixes) // MOST_PAST)
        return {"uid": one.uid, "line": _line([fix.at for fix in fixes[::step]])}

    def offers(self, spot: Spot) -> list[Offer]:
        """Nothing is offered where no track is."""
        if spot.hit is None or spot.hit.get("kind") != "track":
            return []
        uid = str(spot.hit.get("uid"))
        return [
            Offer(
                title=_("Suivre cette piste…"),
                run=lambda: self.follow_asked.emit(uid),
                icon="target",
            )
        ]


def _line(line: "list[Position] | tuple[Position, ...]") -> list[Position]:
    """A line whose longitudes are continuous."""
    placed: list[Position] = []
    for position in line:
        placed.append(near(position, placed[-1]) if placed else position)
    return placed
