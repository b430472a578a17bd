"""Tells of each new alert once, wherever one works; the dock keeps its card."""

from functools import partial

from PySide6.QtCore import QObject

from beffroi.text import _
from beffroi.tracks.alerts import Alert, sentence
from desktop.api import Desk
from desktop.tracks.tracker import Tracker


class Herald(QObject):
    """Posts a notice for what begins to wait; what comes back after it was over is told again."""

    def __init__(self, desk: Desk, tracker: Tracker, dock: str) -> None:
        super().__init__(tracker)
        self._desk = desk
        self._tracker = tracker
        self._show = partial(desk.docks.show, dock)
        self._told: set[tuple[str, str, int]] = set()
        tracker.alerts_changed.connect(self._changed)

    def _changed(self) -> None:
        following, now = self._tracker.following, self._tracker.now
        alive = {_name(alert) for alert in following.alerts(now)}
        new = [a for a in following.alerts(now, waiting=True) if _name(a) not in self._told]
        self._told = (self._told & alive) | {_name(alert) for alert in new}
        for alert in new:
            one = following.one(alert.track, now)
            said = sentence(alert, one.callsign if one else alert.track)
            tell = self._desk.notices.warn if alert.serious else self._desk.notices.info
            tell(said, (_("Voir"), self._show))


def _name(alert: Alert) -> tuple[str, str, int]:
    return alert.track, alert.key, alert.since
