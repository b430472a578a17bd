"""Watches one track: what its rules say of the last fix, and of silence.

A rule is asked of the latest fix alone, and only while that fix is fresh: fixes that come late or
out of order fill the past and raise nothing.  Each rule has its own end, a little inside its
beginning, so that a position that trembles does not ring twice.
"""

from collections.abc import Iterator

import msgspec

from beffroi.layers.shapes import Position
from beffroi.tracks.alerts import PASSING, Alert, AlertKind
from beffroi.tracks.bubble import Areas, areas
from beffroi.tracks.fix import Fix
from beffroi.tracks.route import Along
from beffroi.tracks.rules import Rules, Setup
from beffroi.tracks.scene import Scene
from beffroi.tracks.stops import standing
from beffroi.tracks.track import Track

_ENDS = 0.75
"""A distance is over again at this share of its threshold."""
_PASSED_M = 10.0
"""A sensitive point is passed when it lies this far behind."""
MOST_PASSING = 50
Found = tuple[AlertKind, str, str, float]
"""A rule that speaks: which, the uid and the title of what it is about, its value."""


class Watch:
    """The alerts of one track, and where it stands along its route."""

    def __init__(self, track: Track, setup: Setup, scene: Scene) -> None:
        self.track = track
        self.setup = setup
        self.scene = scene
        self.along: Along | None = None
        self.alerts: dict[str, Alert] = {}
        self._inside: frozenset[str] | None = None
        self._judged = 0
        self._drawn: tuple[int, Areas] | None = None
        self._place()

    @property
    def rules(self) -> Rules:
        """The rules that hold."""
        return self.setup.rules

    def follow(self, setup: Setup, scene: Scene) -> None:
        """Go on with other rules or another scene; what was raised stays until its rule ends it."""
        before = self.scene
        self.setup, self.scene, self._drawn = setup, scene, None
        if _line(before) != _line(scene):
            self.along = None
        self._inside = self._kept_inside(before)
        self._place()

    def _kept_inside(self, before: Scene) -> frozenset[str] | None:
        """The zones it is in, now that there are others: to be in a new one is no entry."""
        last = self.track.last
        if self._inside is None or last is None:
            return None
        known = {zone.uid for zone in before.zones}
        new = {z.uid for z in self.scene.zones if z.uid not in known and z.holds(last.at)}
        return frozenset((self._inside & {zone.uid for zone in self.scene.zones}) | new)

    def areas(self) -> Areas:
        """The bubble, anchored to the last fix and nowhere else."""
        last = self.track.last
        if last is None:
            return Areas()
        if self._drawn is None or self._drawn[0] != last.time:
            found = areas(self.setup.bubble, last.at, self.scene.route, self.along)
            self._drawn = (last.time, found)
        return self._drawn[1]

    def moved(self, now: int) -> bool:
        """The latest fix is another one: ask the rules, if it is fresh; whether alerts changed."""
        last = self.track.last
        if last is None:
            return False
        self._place()
        if not self._fresh(last, now) or last.time <= self._judged:
            return self.tick(now)
        self._judged = last.time
        before = dict(self.alerts)
        self._settle(
            [*self._ahead(), *self._off_route(), *self._stopped(last), *self._silent(now)], last
        )
        self._cross(last)
        return self.alerts != before

    def tick(self, now: int) -> bool:
        """Time passed: silence alone can raise something; whether alerts changed."""
        last = self.track.last
        if last is None:
            return False
        before = dict(self.alerts)
        silent = (AlertKind.NO_FIX, AlertKind.LOST)
        others = [
            _found(a)
            for a in self.alerts.values()
            if not a.over and a.kind not in (*silent, *PASSING)
        ]
        self._settle([*others, *self._silent(now)], last)
        return self.alerts != before

    def _fresh(self, last: Fix, now: int) -> bool:
        return self.rules.amber_s <= 0 or now - last.time <= self.rules.amber_s * 1000

    def _place(self) -> None:
        last = self.track.last
        if self.scene.route is not None and last is not None:
            hint = self.along.along_m if self.along else None
            self.along = self.scene.route.along(last.at, hint_m=hint)

    def _ahead(self) -> Iterator[Found]:
        if self.along is None or self.rules.ahead_m <= 0:
            return
        for point in self.scene.points:
            place = self.scene.places.get(point.uid)
            if place is None:
                continue
            left = place - self.along.along_m
            if -_PASSED_M < left < self.rules.ahead_m:
                yield AlertKind.AHEAD, point.uid, point.title, max(0.0, left)

    def _off_route(self) -> Iterator[Found]:
        if self.along is None or self.rules.off_route_m <= 0:
            return
        limit = self.rules.off_route_m
        if self._rings(AlertKind.OFF_ROUTE):
            limit *= _ENDS
        if self.along.beside_m > limit:
            yield AlertKind.OFF_ROUTE, "", "", self.along.beside_m

    def _stopped(self, last: Fix) -> Iterator[Found]:
        if self.rules.stop_s <= 0:
            return
        fixes = self.track.since(last.time - _LONGEST_STOP_MS)
        stop = standing(fixes, self.rules.still_m, self.rules.amber_s)
        if stop is not None and stop.seconds > self.rules.stop_s:
            yield AlertKind.STOP, "", "", stop.seconds

    def _silent(self, now: int) -> Iterator[Found]:
        last = self.track.last
        age_s = (now - last.time) / 1000 if last is not None else 0.0
        if 0 < self.rules.red_s < age_s:
            yield AlertKind.LOST, "", "", age_s
        elif 0 < self.rules.amber_s < age_s:
            yield AlertKind.NO_FIX, "", "", age_s

    def _rings(self, kind: AlertKind) -> bool:
        return any(alert.kind is kind and not alert.over for alert in self.alerts.values())

    def _settle(self, found: list[Found], last: Fix) -> None:
        """Raise what speaks and does not ring yet, end what is so no longer."""
        keys = set()
        for kind, uid, title, value in found:
            key = f"{kind} {uid}".strip()
            keys.add(key)
            known = self.alerts.get(key)
            if known is None or known.over:
                self.alerts[key] = Alert(
                    key=key, track=self.track.uid, kind=kind, since=last.time, at=last.at,
                    about=title, value=value,
                )  # fmt: skip
            else:
                self.alerts[key] = msgspec.structs.replace(known, value=value)
        for key, alert in list(self.alerts.items()):
            if key not in keys and alert.kind not in PASSING and not alert.over:
                self.alerts[key] = msgspec.structs.replace(alert, over=True)

    def _cross(self, last: Fix) -> None:
        if not self.rules.zones:
            return
        zones = {zone.uid: zone.title for zone in self.scene.zones}
        inside = frozenset(zone.uid for zone in self.scene.zones if zone.holds(last.at))
        before = inside if self._inside is None else self._inside
        self._inside = inside
        for kind, some in (
            (AlertKind.ENTERS, inside - before),
            (AlertKind.LEAVES, before - inside),
        ):
            for uid in sorted(some):
                key = f"{kind} {uid} {last.time}"
                self.alerts[key] = Alert(
                    key=key, track=self.track.uid, kind=kind, since=last.time, at=last.at,
                    about=zones.get(uid, uid),
                )  # fmt: skip
        passing = [key for key, alert in self.alerts.items() if alert.kind in PASSING]
        for key in passing[:-MOST_PASSING]:
            del self.alerts[key]

    def act(self, key: str, **done: object) -> Alert | None:
        """Write on an alert what somebody did (`taken_by`, `muted_until`, `entry`); None for none."""
        alert = self.alerts.get(key)
        if alert is not None:
            alert = self.alerts[key] = msgspec.structs.replace(alert, **done)
        return alert


def _line(scene: Scene) -> tuple[Position, ...]:
    return scene.route.points if scene.route is not None else ()


def _found(alert: Alert) -> Found:
    return alert.kind, alert.key.partition(" ")[2], alert.about, alert.value


_LONGEST_STOP_MS = 6 * 3_600_000
