"""What a plugin hands over: records, and what could not be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

Scalar = str | int | float | bool | None
Geometry = dict[str, Any]
"""A GeoJSON geometry (RFC 7946), longitude and latitude in WGS 84."""


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that a source tells of.

    `id` is its identity in the source (empty: the reader found none), `properties` its fields under
    the names of the source, flat.  `time` is when it was so or was said, `until` the end of its
    validity, both UTC ms.
    """

    id: str = ""
    geometry: Geometry | None = None
    properties: dict[str, Scalar] = {}
    title: str = ""
    time: int | None = None
    until: int | None = None


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What was wrong, once per reason: `where` it was first met, `why` in words, how often.

    `lost` says that the records concerned were left out.
    """

    where: str
    why: str
    count: int = 1
    lost: bool = True


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a sample that may be read alone (a layer, a sheet, a collection of a service).

    Giving `value` under the name `option` reads that part only; `count` is None when unknown.
    """

    option: str
    value: str
    title: str = ""
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All that was understood of one sample.

    `records` may be an iterator, consumed once; `problems` may still grow while it is.  `ended` are
    ids that the source says are over.  `snapshot`: what is not in it is no longer so (a feed that
    tells everything each time); otherwise it adds to what was known (a stream, an alert).
    """

    format: str
    records: Iterable[Record]
    problems: Sequence[Problem] = ()
    crs: str = "EPSG:4326"
    encoding: str = ""
    attribution: str = ""
    title: str = ""
    ended: Sequence[str] = ()
    snapshot: bool = True
    parts: Sequence[Part] = ()
    """What else could be read alone, when there is a choice."""
    hints: dict[str, str] = field(default_factory=dict[str, str])
    """What the wizard should propose: `title`, `id`, `time`, `family`, `licence`, `refresh` (s)…"""
