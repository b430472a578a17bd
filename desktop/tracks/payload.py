"""What the page of the map fetches of tracks: all that moves, and of the rest what it does not have."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from beffroi.layers.drawing.geodesic import near
from beffroi.layers.shapes import Position
from beffroi.tracks.following import Following, Moving
from beffroi.tracks.stage import Stage
from desktop.tracks import words

PAST_MS = 3_600_000
MOST_PAST = 240
PAST_EVERY_MS = 5_000
"""A past line is made anew that often; the page itself goes on to the last fix meanwhile."""
Said = dict[str, object]
ZoneOf = Callable[[str], ZoneInfo]
"""The time zone of a track (uid)."""


@dataclass(slots=True)
class _Past:
    """A line with when it was made (UTC ms), and of how many fixes."""

    made: int
    count: int
    line: list[Position] = field(default_factory=list[Position])


class Payload:
    """Makes what is fetched; `since` is the `now` of the last that the page has."""

    def __init__(self) -> None:
        self._pasts: dict[str, _Past] = {}
        self._routes: list[list[list[Position]]] = []
        self._routes_made = 0

    def route(self, stages: Mapping[str, Stage], now: int) -> None:
        """These are the stages whose ways are drawn."""
        lines = (
            [_line(leg.line) for leg in one.legs if len(leg.line) > 1] for one in stages.values()
        )
        self._routes = [some for some in lines if some]
        self._routes_made = now

    def page(
        self, following: Following, now: int, since: int, chosen: str, zone_of: ZoneOf
    ) -> Said:
        """Everything that moves, and the lines that are newer than `since`."""
        moving = following.moving(now)
        followed = [one for one in moving if one.setup is not None]
        drawn = [one for one in moving if one.setup is not None or one.uid == chosen]
        for one in drawn:
            self._draw_past(following, one, now)
        told: Said = {
            "now": now,
            "chosen": chosen,
            "tracks": [_track(one, zone_of) for one in moving],
            "bubbles": [_bubble(following, one) for one in followed],
            "pasts": [
                {"uid": one.uid, "line": self._pasts[one.uid].line}
                for one in drawn
                if self._pasts[one.uid].made > since
            ],
            "behind": [one.uid for one in drawn],
        }
        if self._routes_made >= since:
            told["routes"] = self._routes
        return told

    def _draw_past(self, following: Following, one: Moving, now: int) -> None:
        known = self._pasts.get(one.uid)
        count = len(following.tracks[one.uid])
        if known and (known.count == count or now - known.made < PAST_EVERY_MS):
            return
        fixes = following.past(one.uid, one.last.time - PAST_MS)
        step = max(1, -(-len(fixes) // MOST_PAST))
        line = _line([fix.at for fix in fixes[::step]])
        self._pasts[one.uid] = _Past(now, count, line)


def _track(one: Moving, zone_of: ZoneOf) -> Said:
    last = one.last
    told = one.setup is not None and one.state != "live"
    return {
        "uid": one.uid, "name": one.callsign, "lon": last.lon, "lat": last.lat, "time": last.time,
        "state": one.state, "course": last.course, "followed": one.setup is not None,
        "words": words.state(one, zone_of(one.uid)) if told else "",
    }  # fmt: skip


def _bubble(following: Following, one: Moving) -> Said:
    areas = following.areas(one.uid)
    rings = (areas.corridor, areas.middle, areas.inner)
    return {"uid": one.uid, "state": one.state, "rings": [ring for ring in rings if ring]}


def _line(line: Sequence[Position]) -> list[Position]:
    """A line whose longitudes are continuous."""
    placed: list[Position] = []
    for position in line:
        placed.append(near(position, placed[-1]) if placed else position)
    return placed
