"""The points of a calque as columns of numbers, kept in step with what its source tells."""

from collections import deque
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from beffroi.layers.mercator import Array, metres
from beffroi.layers.painting import Places
from beffroi.observations.model import NEVER, Columns

KEPT_STEPS = 240
"""So many past changes are known one by one; who is further behind is told everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Columns of one length, in order of `rid`: where (metres), when, how it looks.

    `time` is when it was so (UTC s, 0: not told), `due` from when on it is out of date (0: never),
    `place` that of its look (see `painting.places`).
    """

    rid: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    time: NDArray[np.uint32]
    due: NDArray[np.uint32]
    place: Places

    def __len__(self) -> int:
        return len(self.rid)

    def at(self, where: Array) -> "Marks":
        """The rows chosen by indices or by a mask."""
        return Marks(**{f.name: getattr(self, f.name)[where] for f in fields(Marks)})


def nothing() -> Marks:
    """No point at all."""
    return marks(
        Columns(
            rid=np.zeros(0, np.int64), lon=np.zeros(0), lat=np.zeros(0),
            time=np.zeros(0, np.int64), until=np.zeros(0, np.int64), seen=np.zeros(0, np.int64),
        ), np.zeros(0, np.uint16), 0,
    )  # fmt: skip


def marks(columns: Columns, place: Places, validity_s: int) -> Marks:
    """What the page needs of points read from the store."""
    x, y = metres(columns.lon, columns.lat)
    return Marks(
        rid=columns.rid, x=x, y=y, place=place, time=seconds(columns.time),
        due=due(columns.time, columns.until, columns.seen, validity_s),
    )  # fmt: skip


def seconds(times: NDArray[np.int64]) -> NDArray[np.uint32]:
    """UTC ms as s within what the page holds; 0 where none was told."""
    return np.clip(np.where(times == NEVER, 0, times // 1000), 0, 2**32 - 1).astype(np.uint32)


def due(
    time: NDArray[np.int64], until: NDArray[np.int64], seen: NDArray[np.int64], validity_s: int
) -> NDArray[np.uint32]:
    """From when on each thing is out of date (UTC s): its own end, or the calque's validity.

    Validity runs from when it was so, or from when it was last told to us.
    """
    ends = seconds(until)
    if not validity_s:
        return ends
    since = seconds(np.where(time == NEVER, seen, time)).astype(np.int64)
    worn = np.clip(since + validity_s, 1, 2**32 - 1).astype(np.uint32)
    return np.where(ends == 0, worn, np.minimum(ends, worn))


class Growing:
    """Marks that change; `step` counts the changes, `since` tells them again."""

    def __init__(self, first: Marks, step: int = 1) -> None:
        self.all = first
        self.step = step
        self._past: deque[NDArray[np.int64]] = deque(maxlen=KEPT_STEPS)

    def change(self, new: Marks, gone: NDArray[np.int64]) -> None:
        """Replace or add `new`, take out `gone` (rids)."""
        touched = np.union1d(new.rid, gone)
        if not len(touched):
            return
        stay = ~np.isin(self.all.rid, touched)
        kept = self.all if stay.all() else self.all.at(stay)
        order = np.argsort(np.concatenate([kept.rid, new.rid]), kind="stable")
        joined = {
            f.name: np.concatenate([getattr(kept, f.name), getattr(new, f.name)])[order]
            for f in fields(Marks)
        }
        self.all = Marks(**joined)
        self.step += 1
        self._past.append(touched)

    def since(self, step: int) -> tuple[Marks, NDArray[np.int64]] | None:
        """What is new or changed since `step`, and which rids went; None: too long ago."""
        missed = self.step - step
        if not 0 <= missed <= len(self._past):
            return None
        if not missed:
            return self.all.at(np.zeros(0, np.int64)), np.zeros(0, np.int64)
        touched = np.unique(np.concatenate(list(self._past)[-missed:]))
        present = np.isin(touched, self.all.rid, assume_unique=True)
        return self.all.at(np.isin(self.all.rid, touched)), touched[~present]
