"""Takes deliveries in: reads them under guard, judges their shape, and keeps what they tell."""

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from beffroi.errors import BeffroiError
from beffroi.observations import Observations, Put, SourceState
from beffroi.plugin import Fetched, Record
from beffroi.sources.definition import Roles, Source
from beffroi.sources.guard import Guard
from beffroi.sources.mapping import mapped
from beffroi.sources.rows import rows_of
from beffroi.sources.shape import LOOKED_AT, broken, shape_of
from beffroi.sources.understood import Understood
from beffroi.text import ngettext

MOVING = frozenset({"cot", "ais", "adsb", "nmea", "gpx", "gtfs-rt"})
"""Plugins whose things move: where they were is kept for a day."""


BOUND_EVERY_MS = 600_000


class Broken(BeffroiError):
    """What came cannot take the place of what is known; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a delivery brought; `put` is None when it was byte for byte that of last time."""

    put: Put | None
    count: int = 0
    bytes: int = 0
    newest: int | None = None
    problem: str = ""
    digest: str = ""
    plugin: str = ""
    shape: Sequence[str] = ()
    snapshot: bool = False


class Intake:
    """One for all sources.  Slow: call it off the event loop; any thread may."""

    def __init__(
        self, observations: Observations, guard: Guard, zone: str = "Europe/Paris"
    ) -> None:
        self._observations = observations
        self._guard = guard
        self._zone = zone
        self._bounded: dict[str, int] = {}

    def take(self, source: Source, state: SourceState, fetched: Fetched, now: int) -> Taken:
        """Read one delivery and keep it as the latest.

        Raises:
            Broken: the source changed its shape.
            BeffroiError: nothing could be read of it, or kept.
        """
        digest = hashlib.sha256(fetched.data).hexdigest()
        if digest == state.digest:
            self._observations.confirm(source.uid, now)
            return Taken(put=None, bytes=len(fetched.data), digest=digest)
        found = self._guard.read(
            data=fetched.data, name=fetched.name, media_type=fetched.media_type,
            format=source.format, options=source.options, zone=self._zone, received=now,
        )  # fmt: skip
        first = list(itertools.islice(found.records, LOOKED_AT))
        if why := broken(first, state.schema, source.mapping, snapshot=found.snapshot):
            raise Broken(why)
        put = self._observations.put_rows(
            source.uid, rows_of(found, source.mapping, self._zone), snapshot=found.snapshot, now=now,
            ended=found.ended, moving=found.plugin in MOVING,
        )  # fmt: skip
        if found.plugin in MOVING:
            self._bound_trails(source.uid, now)
        return Taken(
            put=put, snapshot=found.snapshot, count=found.read, bytes=len(fetched.data), digest=digest, plugin=found.plugin,
            newest=_newest(found, source.mapping, self._zone, now), problem=_problem(found, put),
            shape=shape_of(first) if found.snapshot and first else state.schema,
        )  # fmt: skip

    def confirm(self, source: Source, now: int) -> None:
        """The source says that nothing changed since its last delivery."""
        self._observations.confirm(source.uid, now)

    def retain(self, source: Source, now: int) -> int:
        """Let go of what is older, or more, than the source's retention; how many went."""
        if not (source.retention_s or source.max_count):
            return 0
        return self._observations.retain(
            source.uid, max_age_ms=source.retention_s * 1000, max_count=source.max_count, now=now
        )

    def _bound_trails(self, uid: str, now: int) -> None:
        if now - self._bounded.get(uid, 0) >= BOUND_EVERY_MS:
            self._bounded[uid] = now
            self._observations.bound_trails(uid, now)


def _newest(found: Understood, roles: Roles, zone: str, now: int) -> int | None:
    """The latest moment told that is not in the future."""
    if found.columns is not None and roles == Roles():
        times: Iterable[int | None] = found.columns.times
    else:
        times = (record.time for record in mapped(found.records, roles, zone))
    return max((time for time in times if time is not None and time <= now), default=None)


def _problem(found: Understood, put: Put) -> str:
    """What is worth a look in a delivery that was read: its first problem, or repeated identities."""
    if found.problems:
        return found.problems[0].why
    if put.twice:
        return ngettext(
            "{n} objet porte l’identité d’un autre\u00a0: choisissez un autre champ d’identité.",
            "{n} objets portent l’identité d’un autre\u00a0: choisissez un autre champ d’identité.",
            put.twice,
        ).format(n=put.twice)
    return ""


def together(fetched: Sequence[Fetched]) -> Fetched | None:
    """Messages of a stream as one sample, a line each; None when they are no text."""
    if len(fetched) == 1:
        return fetched[0]
    if any(one.data[:1] not in b"{[!$<*\\" for one in fetched):
        return None
    whole = b"\n".join(one.data.rstrip(b"\r\n") for one in fetched) + b"\n"
    return msgspec.structs.replace(fetched[-1], data=whole)


__all__ = ["Broken", "Intake", "Record", "Taken", "together"]
