"""What the map shows of tracks: tells the page that something moved, hands over what it fetches."""

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.text import _
from beffroi.tracks.following import Moving
from desktop.api import Desk
from desktop.kit.canvas import Arguments, Offer, Reply, Spot
from desktop.tracks.payload import Payload, Said
from desktop.tracks.setups import Setups
from desktop.tracks.tracker import Tracker

LAYER = "tracks"
"""Its name in the stack of layers and as a path of the page."""
AT_MOST_MS = 200
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
        self._payload = Payload()
        self._version = 0
        self._chosen = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AT_MOST_MS)
        self._soon.timeout.connect(self._tell)
        setups.changed.connect(self._route)
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

    def _now(self, asked: Arguments, reply: Reply) -> None:
        since = asked.get("since", "")
        reply(_encode(self.page(int(since) if since.isdigit() else 0)))

    def page(self, since: int = 0) -> Said:
        """Everything that the page draws; lines only when they are newer than `since`."""
        tracker = self._tracker
        return self._payload.page(
            tracker.following, tracker.now, since, self._chosen, self._setups.zone
        )

    def _route(self) -> None:
        self._payload.route(self._setups.now.stages, self._tracker.now)

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
