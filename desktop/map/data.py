"""What the page asks for by address: entries, names of places, the lines of the grid."""

from collections.abc import Sequence
from functools import partial

import msgspec

from beffroi.layers import graticule
from beffroi.layers.mercator import MercatorBox, inside_the_world, to_degrees
from beffroi.logbook.points import Points
from beffroi.places import Places
from desktop.kit.canvas import Arguments, Reply, Route
from desktop.kit.tasks import Tasks
from desktop.map.columns import (
    WHOLE_LIMIT,
    Array,
    Filter,
    inside,
    reduced,
    whole,
)

_SIZES = (500_000, 100_000, 25_000, 5_000)
"""Inhabitants from which a name is written bigger."""


class MapData:
    """Answers the page from the open profile, away from the main thread."""

    def __init__(self, tasks: Tasks, points: Points, places: Places) -> None:
        self._tasks = tasks
        self._points = points
        self._places = places
        self.filter = Filter()

    def routes(self) -> dict[str, Route]:
        """The addresses under `beffroi://app/` that are computed."""
        return {"points": self._entries, "labels": self._labels, "graticule": self._graticule}

    def _entries(self, asked: Arguments, reply: Reply) -> None:
        chosen = self.filter
        located = self._points.total - self._points.unlocated
        shown = located if chosen.rids is None else len(chosen.rids)
        if asked["mode"] == "pixels" and shown <= WHOLE_LIMIT:
            self._answer(partial(whole, self._points, chosen), reply)
        else:
            box, cell = _box(asked), float(asked["cell"])
            self._answer(partial(reduced, self._points, chosen, box, cell), reply)

    def inside(self, box: Sequence[float]) -> Array:
        """The rids shown in a Web Mercator box, newest first."""
        west, south, east, north = box
        return inside(self._points, self.filter, (west, south, east, north))

    def _labels(self, asked: Arguments, reply: Reply) -> None:
        limit = min(200, int(asked["limit"]))
        self._answer(partial(self._names, _box(asked), limit), reply)

    def _names(self, box: MercatorBox, limit: int) -> bytes:
        named = [
            place
            for piece, _shift in inside_the_world(box)
            for place in self._places.labels(to_degrees(piece), limit)
        ]
        return msgspec.json.encode(
            [
                (p.name, p.lon, p.lat, sum(p.population < size for size in _SIZES))
                for p in named
                if not p.name.startswith("Paris ")  # its arrondissements are a layer of their own
            ]
        )

    def _graticule(self, asked: Arguments, reply: Reply) -> None:
        reply(graticule.encoded(asked["system"], _box(asked)))

    def _answer(self, work: partial[bytes], reply: Reply) -> None:
        self._tasks.run(work, reply, partial(_failed, reply))


def _failed(reply: Reply, error: BaseException) -> None:
    reply(b"")
    raise error


def _box(asked: Arguments) -> MercatorBox:
    west, south, east, north = (float(part) for part in asked["box"].split(","))
    return west, south, east, north
