"""What is told of observations: one of them, columns of many, what changed, how a source is."""

from dataclasses import dataclass, field
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from beffroi.plugin import Geometry, Scalar

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees; west > east crosses the antimeridian."""
NEVER = -(2**63)
"""In columns of times: no time was told."""


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """One thing as its source last told it.

    `rid` names it here (it never comes back for another), `id` in its source.  `time` and `until`
    as in `Record`, `seen` when it was last told to us, all UTC ms.
    """

    rid: int
    source: str
    id: str
    title: str = ""
    time: int | None = None
    until: int | None = None
    seen: int = 0
    geometry: Geometry | None = None
    properties: dict[str, Scalar] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Points (or the middle of lines and areas) as columns of one length, in order of `rid`.

    Times are UTC ms, `NEVER` where none was told.  `values` are the fields that were asked for:
    lists of scalars, None where a thing does not have them.
    """

    rid: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    time: NDArray[np.int64]
    until: NDArray[np.int64]
    seen: NDArray[np.int64]
    values: dict[str, list[Scalar]] = field(default_factory=dict[str, list[Scalar]])

    def __len__(self) -> int:
        return len(self.rid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Lines and areas in WKB (WGS 84), with the columns of `Columns`, in order of `rid`."""

    rid: NDArray[np.int64]
    wkb: list[bytes]
    time: NDArray[np.int64]
    until: NDArray[np.int64]
    seen: NDArray[np.int64]
    values: dict[str, list[Scalar]] = field(default_factory=dict[str, list[Scalar]])

    def __len__(self) -> int:
        return len(self.rid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What happened since a `seq`, by source: rids that are new or changed, and (rid, id) gone.

    `again`: too much was forgotten since, read everything again.
    """

    seq: int
    changed: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    gone: dict[str, list[tuple[int, str]]] = field(default_factory=dict[str, list[tuple[int, str]]])
    again: bool = False


Test = Literal["=", "!=", "<", "<=", ">", ">=", "contains", "starts", "empty", "filled"]


@dataclass(frozen=True, slots=True)
class Where:
    """One condition on a field: `@id`, `@title`, `@time`, `@until`, `@seen`, or one of the source.

    `contains` and `starts` do not see the case of ASCII letters; `empty` and `filled` need no value.
    """

    field: str
    test: Test
    value: Scalar = None


@dataclass(frozen=True, slots=True)
class Order:
    """By which field (as in `Where`) to sort."""

    field: str = "@time"
    descending: bool = True
