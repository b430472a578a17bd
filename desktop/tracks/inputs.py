"""Brings what sources observe of moving things to the tracker: CoT, AIS, ADS-B, NMEA."""

from functools import partial

from PySide6.QtCore import QObject

from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.sheet import Sheet
from beffroi.observations import Changes, Observation, ObservationsChanged
from beffroi.tracks.fix import Fix, fix_of
from desktop.api import Desk
from desktop.tracks.tracker import Tracker

MOVING = frozenset({"cot", "ais", "adsb", "nmea"})
"""Formats whose observations are positions of moving things, under identities known everywhere."""


class Inputs(QObject):
    """Follows the sources that tell of moving things."""

    def __init__(self, desk: Desk, tracker: Tracker) -> None:
        super().__init__(tracker)
        self._desk = desk
        self._tracker = tracker
        self._sources: list[str] = []
        self._seq = -1
        self._reading = self._again = False
        desk.feed.on(SheetChanged, self._sheet_changed)
        desk.feed.on(ObservationsChanged, self._observed)
        self._know()

    def _sheet_changed(self, change: SheetChanged) -> None:
        if change.kind in ("source", "layer"):
            self._know()

    def _know(self) -> None:
        sheets = self._desk.node.sheets
        self._desk.tasks.run(lambda: (sheets.all("source"), sheets.all("layer")), self._known)

    def _known(self, found: tuple[list[Sheet], list[Sheet]]) -> None:
        sources, layers = found
        shown = {
            str(sheet.fields.get("source"))
            for sheet in layers
            if sheet.fields.get("kind") == "tracks"
        }
        wanted = [
            sheet.uid
            for sheet in sources
            if sheet.fields.get("format") in MOVING or sheet.uid in shown
        ]
        if wanted != self._sources:
            self._sources = wanted
            self._seq = -1
            self._read()

    def _observed(self, change: ObservationsChanged) -> None:
        if change.source in self._sources:
            self._read()

    def _read(self) -> None:
        if self._reading:
            self._again = True
            return
        if self._sources:
            self._reading = True
            work = partial(_fixes, self._desk, list(self._sources), self._seq)
            self._desk.tasks.run(work, self._came, self._failed)

    def _came(self, read: tuple[int, list[Fix]]) -> None:
        self._reading = False
        self._seq, fixes = read
        self._tracker.take(fixes)
        if self._again:
            self._again = False
            self._read()

    def _failed(self, error: BaseException) -> None:
        self._reading = False
        self._desk.notices.failure(error)


def _fixes(desk: Desk, sources: list[str], seq: int) -> tuple[int, list[Fix]]:
    """What these sources told since `seq`, as fixes; where one stands now."""
    observations = desk.node.observations
    changes: Changes = observations.changed_after(max(seq, 0), sources)
    if seq < 0 or changes.again:
        found = [one for source in sources for one in observations.features(source, None, 5_000)]
    else:
        found = observations.many([rid for rids in changes.changed.values() for rid in rids])
    return changes.seq, [fix for fix in map(_fix, found) if fix is not None]


def _fix(seen: Observation) -> Fix | None:
    """The fix that an observation tells; None for what is no dated point."""
    if seen.geometry is None or seen.geometry.get("type") != "Point" or seen.time is None:
        return None
    lon, lat = seen.geometry["coordinates"][:2]
    return fix_of(
        seen.id or f"{seen.source}/{seen.rid}", lon=lon, lat=lat, time=seen.time, until=seen.until,
        properties=seen.properties, title=seen.title, source=seen.source,
    )  # fmt: skip
