"""One calque of observations, held ready for the map: read once, then kept in step."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from beffroi.layers import packing
from beffroi.layers.marks import Growing, Marks, marks, nothing
from beffroi.layers.mercator import MercatorBox
from beffroi.layers.outlines import Outlines
from beffroi.layers.painting import HIDDEN, places
from beffroi.layers.style import Style
from beffroi.observations import Observations
from beffroi.observations.model import Columns, Shapes, Where

Form = Literal["point", "line", "area"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What decides of the columns: change any of it and they are made again."""

    source: str
    style: Style = field(default_factory=Style)
    where: tuple[Where, ...] = ()
    rids: tuple[int, ...] = ()
    """Only these rows; empty: all."""
    validity_s: int = 0

    @property
    def fields(self) -> list[str]:
        """The fields of the source that the style looks at."""
        return [self.style.field] if self.style.by_field else []


class Held:
    """Any thread may ask; reading happens in the thread that asks first."""

    def __init__(self, observations: Observations, recipe: Recipe, born: int = 0) -> None:
        """`born`: where the count of steps begins, so that a page sees one held anew as newer."""
        self.recipe = recipe
        self._observations = observations
        self._lock = threading.RLock()
        self._seq = -1
        self._points = Growing(nothing(), born)
        self._outlines: Outlines | None = None
        self._outlines_step = born

    @property
    def loaded(self) -> bool:
        """Whether it has been read."""
        return self._seq >= 0

    # Keeping in step -----------------------------------------------------------------------------

    def load(self) -> None:
        """Read everything, once."""
        with self._lock:
            if self._seq < 0:
                self._read()

    def catch_up(self) -> bool:
        """Take in what changed since; whether anything did."""
        with self._lock:
            if self._seq < 0:
                return False
            source = self.recipe.source
            changes = self._observations.changed_after(self._seq, [source])
            if changes.again:
                self._read()
                return True
            rids = changes.changed.get(source, [])
            gone = [rid for rid, _id in changes.gone.get(source, [])]
            self._seq = changes.seq
            if rids or gone:
                self._take(rids, gone)
            return bool(rids or gone)

    def confirm(self) -> bool:
        """Take in that a source has said again what it said: what bears no time is fresh again.

        Nothing else changes then, so that `catch_up` does not see it.  Whether anything did.
        """
        with self._lock:
            if self._seq < 0 or not self.recipe.validity_s:
                return False
            before = self.steps
            if (self._points.all.time == 0).any():
                now = self._marks(None)
                known = np.isin(now.rid, self._points.all.rid)
                held = self._points.all.at(np.isin(self._points.all.rid, now.rid))
                fresh = np.flatnonzero(known)[now.due[known] != held.due]
                self._points.change(now.at(fresh), np.zeros(0, np.int64))
            if self._outlines is not None and (self._outlines.time == 0).any():
                self._draw(self._shapes(None))
            return self.steps != before

    def _read(self) -> None:
        # What is told while we read comes again with the next step, which does no harm.
        self._seq = self._observations.changed_after(2**62).seq
        self._points = Growing(self._marks(None), self._points.step + 1)
        self._draw(self._shapes(None))

    def _take(self, rids: list[int], gone: list[int]) -> None:
        new = self._marks(rids)
        out = np.setdiff1d(np.array([*rids, *gone], np.int64), new.rid)
        self._points.change(new, out[np.isin(out, self._points.all.rid)])
        held, rest = self._outlines, np.setdiff1d(rids, new.rid)
        lost = held is not None and np.isin([*rids, *gone], held.rid).any()
        if lost or (len(rest) and len(self._shapes(rest.tolist()))):
            self._draw(self._shapes(None))

    def _draw(self, shapes: Shapes) -> None:
        place = self._place(shapes)
        self._outlines_step += 1
        self._outlines = Outlines(shapes, place, self.recipe.validity_s) if len(shapes) else None

    def _marks(self, rids: Sequence[int] | None) -> Marks:
        recipe = self.recipe
        columns = self._observations.columns(
            recipe.source, recipe.fields, where=recipe.where, rids=self._only(rids)
        )
        return marks(columns, self._place(columns), recipe.validity_s)

    def _shapes(self, rids: Sequence[int] | None) -> Shapes:
        recipe = self.recipe
        return self._observations.shapes(
            recipe.source, recipe.fields, where=recipe.where, rids=self._only(rids)
        )

    def _only(self, rids: Sequence[int] | None) -> Sequence[int] | None:
        kept = self.recipe.rids
        if not kept:
            return rids
        return kept if rids is None else sorted(set(kept).intersection(rids))

    def _place(self, read: Columns | Shapes) -> NDArray[np.uint16]:
        style = self.recipe.style
        values = read.values[style.field] if style.by_field else []
        return places(style, values, len(read))

    # What the page asks --------------------------------------------------------------------------

    @property
    def steps(self) -> tuple[int, int]:
        """How far points and shapes have come: the page asks again when it knows others."""
        return self._points.step, self._outlines_step

    def __len__(self) -> int:
        with self._lock:
            return len(self._points.all) + (len(self._outlines) if self._outlines else 0)

    def counts(self) -> NDArray[np.int64]:
        """How many things have each look, by place; HIDDEN ones are not counted."""
        with self._lock:
            looks = len(self.recipe.style.looks())
            every = [self._points.all.place, *([self._outlines.place] if self._outlines else [])]
            return np.bincount(np.concatenate(every), minlength=looks)[:looks]

    @property
    def form(self) -> Form:
        """What most of it is: points, lines or areas."""
        outlines = self._outlines
        if outlines is None or len(self._points.all) >= len(outlines):
            return "point"
        return "area" if outlines.mostly_areas else "line"

    def shown(self, rids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rows are drawn."""
        self.load()
        with self._lock:
            drawn = [self._points.all.rid[self._points.all.place != HIDDEN]]
            if self._outlines is not None:
                drawn.append(self._outlines.rid[self._outlines.place != HIDDEN])
            return np.isin(rids, np.concatenate(drawn))

    def extent(self) -> MercatorBox | None:
        """The box around everything; None when nothing has a place."""
        with self._lock:
            boxes = [box for box in (_extent(self._points.all), _around(self._outlines)) if box]
        if not boxes:
            return None
        west, south, east, north = (list(side) for side in zip(*boxes, strict=True))
        return min(west), min(south), max(east), max(north)

    def points(self, since: int, box: MercatorBox, side: float) -> bytes:
        """Points for the page, which knows those up to `since` (-1: none); see `packing`.

        `side` above 0 asks for cells of so many metres; too many points come as cells of a pixel.
        """
        self.load()
        with self._lock:
            held, step = self._points, self._points.step
            told = held.since(since) if side <= 0 and since >= 0 else None
            every = held.all
        if side > 0 or len(every) > packing.WHOLE_LIMIT:
            return packing.cells(every, step, box, abs(side))
        if told is not None:
            return packing.step_of(*told, step)
        return packing.whole(every, step)

    def shapes(self, box: MercatorBox, resolution: float) -> bytes:
        """The lines and areas of a view; no byte when the calque has none."""
        self.load()
        outlines = self._outlines
        return packing.shapes(outlines.view(box, resolution)) if outlines is not None else b""


def _extent(points: Marks) -> MercatorBox | None:
    if not len(points):
        return None
    x, y = points.x, points.y
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _around(outlines: Outlines | None) -> MercatorBox | None:
    return outlines.extent if outlines is not None else None
