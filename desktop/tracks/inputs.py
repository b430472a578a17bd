"""Brings what sources observe of moving things to the tracker: CoT, AIS, ADS-B, NMEA."""

from collections.abc import Iterator

import msgspec
from PySide6.QtCore import QObject

from beffroi.logbook.changes import SheetChanged
from beffroi.observations import Observation, Observations, ObservationsChanged
from beffroi.tracks.fix import Fix, fix_of
from desktop.api import Desk
from desktop.kit.rereading import Rereading
from desktop.tracks.tracker import Tracker

MOVING = frozenset({"cot", "ais", "adsb", "nmea"})
"""Formats whose observations are positions of moving things, under identities known everywhere."""
MOST = 5_000
PAST_MS = 3_600_000
"""How far back a trail is read for what is met for the first time, or has points that came late."""
GAP_MS = 10_000
"""Between two positions farther apart there may be some that nobody told us of."""


class Inputs(QObject):
    """Follows the sources that tell of moving things."""

    def __init__(self, desk: Desk, tracker: Tracker) -> None:
        super().__init__(tracker)
        self._desk = desk
        self._tracker = tracker
        self._sources: list[str] = []
        self._reader: Reader | None = None
        self._sheets = Rereading(desk.tasks, self._moving, self._known, self)
        self._told = Rereading(desk.tasks, self._fixes, tracker.take, self)
        desk.feed.on(SheetChanged, self._sheet_changed)
        desk.feed.on(ObservationsChanged, self._observed)
        self._sheets.ask()

    def _sheet_changed(self, change: SheetChanged) -> None:
        if change.kind in ("source", "layer"):
            self._sheets.ask()

    def _moving(self) -> list[str]:
        """The sources that tell of moving things, or that a calque shows as tracks."""
        sheets = self._desk.node.sheets
        shown = {
            str(sheet.fields.get("source"))
            for sheet in sheets.all("layer")
            if sheet.fields.get("kind") == "tracks"
        }
        return [
            sheet.uid
            for sheet in sheets.all("source")
            if sheet.fields.get("format") in MOVING or sheet.uid in shown
        ]

    def _known(self, wanted: list[str]) -> None:
        if wanted != self._sources:
            self._sources = wanted
            if wanted:
                self._told.ask()

    def _observed(self, change: ObservationsChanged) -> None:
        if change.source in self._sources:
            self._told.ask()

    def _fixes(self) -> list[Fix]:
        if self._reader is None:
            self._reader = Reader(self._desk.node.observations)
        return self._reader.read(list(self._sources))


class Reader:
    """Reads what sources told since the last time, with the points that came late or were missed.

    One reading at a time, in the background.
    """

    def __init__(self, observations: Observations) -> None:
        self._observations = observations
        self._last: dict[tuple[str, str], int] = {}
        self._seq = 0
        self._sources: list[str] = []

    def read(self, sources: list[str]) -> list[Fix]:
        """What is new of these sources, as fixes in any order."""
        anew = sources != self._sources
        self._sources = sources
        changes = self._observations.changed_after(0 if anew else self._seq, sources)
        self._seq = changes.seq
        rids = [rid for some in changes.changed.values() for rid in some][-MOST:]
        return [fix for seen in self._observations.many(rids) for fix in self._of(seen)]

    def _of(self, seen: Observation) -> Iterator[Fix]:
        """The fix that an observation tells, after those of its trail that were not told yet."""
        fix = _fix(seen)
        if fix is None:
            return
        key = (seen.source, seen.id)
        before = self._last.get(key)
        self._last[key] = fix.time
        if before is None or fix.time <= before or fix.time - before > GAP_MS:
            missed = before if before is not None and fix.time > before else fix.time - PAST_MS
            for time, lon, lat in self._observations.trail(seen.source, seen.id, missed):
                if time < fix.time:
                    yield msgspec.structs.replace(fix, time=time, lon=lon, lat=lat, stale=0)
        yield fix


def _fix(seen: Observation) -> Fix | None:
    """The fix that an observation tells; None for what is no dated point."""
    if seen.geometry is None or seen.geometry.get("type") != "Point" or seen.time is None:
        return None
    lon, lat = seen.geometry["coordinates"][:2]
    return fix_of(
        seen.id or f"{seen.source}/{seen.rid}", lon=lon, lat=lat, time=seen.time, until=seen.until,
        properties=seen.properties, title=seen.title, source=seen.source,
    )  # fmt: skip
