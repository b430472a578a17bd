"""All tracks of a node: takes fixes in, follows what people asked to follow, says what is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from beffroi.tracks.alerts import Alert
from beffroi.tracks.bubble import Areas
from beffroi.tracks.fix import Fix
from beffroi.tracks.route import Along
from beffroi.tracks.rules import MUTED_MS, Setup
from beffroi.tracks.scene import Scene
from beffroi.tracks.state import TrackState, state_of
from beffroi.tracks.track import Track
from beffroi.tracks.watch import Watch

_track = attrgetter("track")
MOST_TRACKS = 5_000
FORGOTTEN_MS = 24 * 3_600_000
"""A track without set-up whose last fix is older than this is let go."""
UNSET = Setup(track="?")
"""The rules of tracks that nobody set up: they age, they raise nothing."""


@dataclass(frozen=True, slots=True)
class Moving:
    """One track as it is shown: its last fix, its state, how long ago (s), its set-up if any.

    `speed` (m/s) is None when nobody knows it.
    """

    uid: str
    callsign: str
    last: Fix
    state: TrackState
    age_s: float
    setup: Setup | None
    along: Along | None
    speed: float | None = None


class Following:
    """The tracks.  One thread at a time calls it; every moment is the caller's (UTC ms)."""

    def __init__(self) -> None:
        self.tracks: dict[str, Track] = {}
        self.watches: dict[str, Watch] = {}

    def set_up(self, setups: Iterable[tuple[Setup, Scene]]) -> None:
        """Follow these tracks by these rules, and no others."""
        wanted = {setup.track: (setup, scene) for setup, scene in setups}
        for uid in self.watches.keys() - wanted.keys():
            del self.watches[uid]
        for uid, (setup, scene) in wanted.items():
            if (watch := self.watches.get(uid)) is not None:
                watch.follow(setup, scene)
            else:
                self.watches[uid] = Watch(self._track(uid), setup, scene)

    def take(self, fixes: Iterable[Fix], now: int) -> set[str]:
        """Put in what came, in any order and of any track; the tracks whose latest fix is new.

        All that came together counts together: the rules are asked once, of the latest.
        """
        moved = set()
        for uid, some in groupby(sorted(fixes, key=_track), key=_track):
            if uid not in self.tracks and len(self.tracks) >= MOST_TRACKS:
                self._let_go(now)
                if len(self.tracks) >= MOST_TRACKS:
                    continue
            if self._track(uid).take(some, now):
                moved.add(uid)
                if uid in self.watches:
                    self.watches[uid].moved(now)
        return moved

    def tick(self, now: int) -> bool:
        """Time passed; whether an alert changed.  Call it about once a second."""
        changed = [uid for uid, watch in self.watches.items() if watch.tick(now)]
        return bool(changed)

    def moving(self, now: int) -> list[Moving]:
        """Every track that has a fix, by name."""
        found = (self.one(uid, now) for uid in self.tracks)
        return sorted(
            filter(None, found), key=lambda one: (one.setup is None, one.callsign, one.uid)
        )

    def one(self, uid: str, now: int) -> Moving | None:
        """One track as it is now; None before any fix."""
        track, watch = self.tracks.get(uid), self.watches.get(uid)
        if track is None or track.last is None:
            return None
        rules = (watch.setup if watch else UNSET).rules
        return Moving(
            uid=uid, callsign=(watch.setup.title if watch else "") or track.callsign,
            last=track.last, state=state_of(track.last, rules, now),
            age_s=max(0.0, (now - track.last.time) / 1000),
            setup=watch.setup if watch else None, along=watch.along if watch else None,
            speed=track.speed,
        )  # fmt: skip

    def areas(self, uid: str) -> Areas:
        """The bubble of a track, anchored to its last fix and nowhere else."""
        watch = self.watches.get(uid)
        return watch.areas() if watch is not None else Areas()

    def alerts(self, now: int, *, waiting: bool = False) -> list[Alert]:
        """Alerts of all tracks, the newest first; those that wait for somebody, or all."""
        found = [
            alert
            for watch in self.watches.values()
            for alert in watch.alerts.values()
            if alert.waits(now) or not waiting
        ]
        return sorted(found, key=lambda alert: (-alert.since, alert.track, alert.key))

    def acknowledge(self, track: str, key: str, who: str) -> Alert | None:
        """Somebody takes care of an alert."""
        return self._act(track, key, taken_by=who)

    def mute(self, track: str, key: str, now: int, for_ms: int = MUTED_MS) -> Alert | None:
        """Be quiet about an alert for a while; it comes back if it is still so."""
        return self._act(track, key, muted_until=now + for_ms)

    def wrote(self, track: str, key: str, entry: str) -> Alert | None:
        """An alert became an entry."""
        return self._act(track, key, entry=entry)

    def past(self, uid: str, since: int) -> Sequence[Fix]:
        """Where a track was since a moment (UTC ms), the oldest first."""
        track = self.tracks.get(uid)
        return track.since(since) if track else ()

    def _act(self, track: str, key: str, **done: object) -> Alert | None:
        watch = self.watches.get(track)
        return watch.act(key, **done) if watch else None

    def _track(self, uid: str) -> Track:
        return self.tracks.setdefault(uid, Track(uid))

    def _let_go(self, now: int) -> None:
        old = [
            uid
            for uid, track in self.tracks.items()
            if uid not in self.watches
            and (track.last is None or now - track.last.time > FORGOTTEN_MS)
        ]
        for uid in old:
            del self.tracks[uid]
