"""A calque of entries: those that answer a search, or those that were selected, held for the map."""

import threading
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from beffroi.layers import packing
from beffroi.layers.held import Form, Recipe
from beffroi.layers.marks import Growing, Marks, nothing
from beffroi.layers.mercator import MercatorBox, inside_the_world
from beffroi.layers.painting import places
from beffroi.logbook.points import Points

Rids = NDArray[np.int64]
Numbers = NDArray[np.float64]
GRAVITY = "@gravity"
"""The only field of entries by which such a calque may be drawn."""


class HeldEntries:
    """As `held.Held`, of entries; `chosen` says which rids answer now (slow)."""

    def __init__(
        self, points: Points, recipe: Recipe, chosen: Callable[[], Sequence[int]], born: int = 0
    ) -> None:
        self.recipe = recipe
        self._points = points
        self._chosen = chosen
        self._lock = threading.RLock()
        self._held = Growing(nothing(), born)
        self.loaded = False

    def load(self) -> None:
        """Read everything, once."""
        with self._lock:
            if not self.loaded:
                self._read()

    def catch_up(self) -> bool:
        """Look for the entries again; whether anything may have changed."""
        with self._lock:
            if self.loaded:
                self._read()
            return self.loaded

    def confirm(self) -> bool:
        """Entries bear their time: nothing to do."""
        return False

    def _read(self) -> None:
        if not self._points.loaded:
            self._points.load()
        rids = np.array(self.recipe.rids or self._chosen(), np.int64)
        found = self._points.columns(rids)
        order = slice(None, None, -1)  # points come newest first
        style = self.recipe.style
        values = [int(level) for level in found.gravity[order]] if style.by_field else []
        validity = self.recipe.validity_s
        time = (found.t[order] // 1000).astype(np.uint32)
        new = Marks(
            rid=found.rid[order], x=found.x[order], y=found.y[order], time=time,
            due=time + np.uint32(validity) if validity else np.zeros(len(time), np.uint32),
            place=places(style, values, len(time)),
        )  # fmt: skip
        gone = np.setdiff1d(self._held.all.rid, new.rid)
        self._held.change(new, gone)
        self.loaded = True

    @property
    def steps(self) -> tuple[int, int]:
        """How far points and shapes have come."""
        return self._held.step, 0

    @property
    def form(self) -> Form:
        """Entries are points."""
        return "point"

    def __len__(self) -> int:
        return len(self._held.all)

    def counts(self) -> NDArray[np.int64]:
        """How many entries have each look."""
        looks = len(self.recipe.style.looks())
        return np.bincount(self._held.all.place, minlength=looks)[:looks]

    def extent(self) -> MercatorBox | None:
        """The box around all of them; None when there is none."""
        x, y = self._held.all.x, self._held.all.y
        if not len(x):
            return None
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def within(self, box: MercatorBox, most: int) -> tuple[Rids, Numbers, Numbers]:
        """The rids and places (metres, beside the view) of the newest entries in a view."""
        self.load()
        every = self._held.all
        found: list[tuple[Rids, Numbers, Numbers]] = []
        for (west, south, east, north), shift in inside_the_world(box):
            inside = (every.x >= west) & (every.x <= east) & (every.y >= south) & (every.y <= north)
            at = np.flatnonzero(inside)[::-1][:most]
            found.append((every.rid[at], every.x[at] + shift, every.y[at]))
        rids, x, y = (np.concatenate(column)[:most] for column in zip(*found, strict=True))
        return rids, x, y

    def points(self, since: int, box: MercatorBox, side: float) -> bytes:
        """Points for the page; see `Held.points`."""
        self.load()
        with self._lock:
            told, every, step = self._held.since(since), self._held.all, self._held.step
        if side > 0 or len(every) > packing.WHOLE_LIMIT:
            return packing.cells(every, step, box, abs(side))
        if since >= 0 and told is not None:
            return packing.step_of(*told, step)
        return packing.whole(every, step)

    def shapes(self, _box: MercatorBox, _resolution: float) -> bytes:
        """Entries have none."""
        return b""

    def shown(self, rids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rows are drawn."""
        return np.isin(rids, self._held.all.rid)
