"""From alerts to entries, and from a stage to its report."""

from functools import partial

from PySide6.QtCore import QObject

from beffroi.logbook.changes import EntryAdded
from beffroi.logbook.entry import Lifecycle
from beffroi.logbook.query import Query
from beffroi.node import Node
from beffroi.tracks.alerts import Alert
from beffroi.tracks.fix import Fix
from beffroi.tracks.report import StageReport, report, words
from beffroi.tracks.rules import Rules
from beffroi.tracks.stage import Stage
from desktop.api import Desk
from desktop.kit.shared import Prefill
from desktop.tracks.setups import Setups, zone_of
from desktop.tracks.tracker import Tracker
from desktop.tracks.words import entry_text

_SAME = 1e-6
TAG = "ORG.RELAIS"
"""What marks an entry as one of the relay's."""


class Incidents(QObject):
    """Asks for entries; remembers which alert became which."""

    def __init__(self, desk: Desk, tracker: Tracker, setups: Setups) -> None:
        super().__init__(tracker)
        self._desk = desk
        self._tracker = tracker
        self._setups = setups
        self._asked: list[Alert] = []
        desk.feed.on(EntryAdded, self._added)

    def write(self, alert: Alert) -> None:
        """Ask for the entry of an alert, with what is known of it."""
        one = self._tracker.following.one(alert.track, self._tracker.now)
        stage, zone = self._setups.stage_of(alert.track), self._setups.zone(alert.track)
        text = entry_text(alert, one.callsign if one else alert.track, stage, zone)
        self._asked.append(alert)
        lon, lat = alert.at
        self._desk.shared.entry_asked.emit(Prefill(text=text, lon=lon, lat=lat))

    def _added(self, change: EntryAdded) -> None:
        """An entry where an alert asked for one is that alert's."""
        content = change.entry.content
        if content.lon is None or content.lat is None:
            return
        for alert in self._asked:
            if abs(alert.at[0] - content.lon) < _SAME and abs(alert.at[1] - content.lat) < _SAME:
                self._tracker.following.wrote(alert.track, alert.key, change.entry.uid)
                self._asked.remove(alert)
                self._tracker.alerts_changed.emit()
                return

    def report(self, _uid: str, stage: Stage) -> None:
        """Ask for the entry that tells what a stage came to."""
        following = self._tracker.following
        watch = following.watches.get(stage.track)
        entries = [
            a.entry
            for a in following.alerts(self._tracker.now)
            if a.track == stage.track and a.entry
        ]
        rules = watch.rules if watch else Rules()
        fixes = list(following.past(stage.track, 0))
        work = partial(reported, self._desk.node, stage, fixes, entries, rules)
        self._desk.tasks.run(work, partial(self._propose, stage))

    def _propose(self, stage: Stage, told: StageReport) -> None:
        zone = zone_of(stage, self._desk.node.info.zone)
        at = stage.line[-1] if stage.line else (None, None)
        self._desk.shared.entry_asked.emit(Prefill(text=words(told, zone), lon=at[0], lat=at[1]))


def reported(
    node: Node, stage: Stage, fixes: list[Fix], entries: list[str], rules: Rules
) -> StageReport:
    """The report of a stage; its incidents are its alerts' entries and those that bear its tag."""
    labels = {node.logbook.entry(uid).label for uid in entries} | set(tagged(node, stage))
    return report(stage, fixes, sorted(labels), rules)


def tagged(node: Node, stage: Stage) -> list[str]:
    """The labels of entries of gravity 1 or more that bear the relay's tag, during the stage."""
    began = min((leg.start for leg in stage.legs if leg.start is not None), default=None)
    if began is None or stage.closed_at is None:
        return []
    asked = Query(tags=(TAG,), min_gravity=1, since=began, until=stage.closed_at + 1)
    found = node.search.first(asked)
    return [entry.label for entry in found if entry.lifecycle != Lifecycle.VOID]
