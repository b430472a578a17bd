"""A stage: the legs that something follows in a day, planned and as they went.

Source: domain dossier 5.B; a leg is a « tronçon », with its line, its planned and its actual times.
"""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from beffroi.errors import BeffroiError
from beffroi.layers.shapes import Position
from beffroi.text import N_, _

KIND = "stage"
"""The kind of sheet that a stage is."""
Status = Literal["planned", "started", "done"]
STATUS_WORDS: dict[Status, str] = {
    "planned": N_("prévue"),
    "started": N_("en cours"),
    "done": N_("close"),
}
MOST_LEGS = 200
MOST_POINTS = 20_000


class Leg(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One leg; times are UTC ms, None when not known."""

    title: str
    line: tuple[Position, ...] = ()
    planned_start: int | None = None
    planned_end: int | None = None
    start: int | None = None
    end: int | None = None

    @property
    def running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.start is not None and self.end is None


class Force(msgspec.Struct, frozen=True, kw_only=True):
    """How many of one kind are engaged."""

    kind: str
    count: int


class Stage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A day's way of `track`, in `zone` time (IANA name; empty for the workspace's)."""

    title: str
    track: str = ""
    zone: str = ""
    legs: tuple[Leg, ...] = ()
    forces: tuple[Force, ...] = ()
    closed_at: int | None = None

    @property
    def status(self) -> Status:
        """Whether it is planned, under way or done."""
        if self.closed_at is not None:
            return "done"
        return "started" if any(leg.start is not None for leg in self.legs) else "planned"

    @property
    def line(self) -> tuple[Position, ...]:
        """The whole way, leg after leg."""
        return tuple(position for leg in self.legs for position in leg.line)

    @property
    def current(self) -> int | None:
        """The place in `legs` of the leg under way."""
        return next((n for n, leg in enumerate(self.legs) if leg.running), None)

    @property
    def next(self) -> int | None:
        """The place in `legs` of the next leg to begin."""
        return next((n for n, leg in enumerate(self.legs) if leg.start is None), None)

    def leg_at(self, moment: int) -> str:
        """The title of the leg that was under way at a moment (UTC ms); empty between legs."""
        for leg in self.legs:
            if (
                leg.start is not None
                and leg.start <= moment
                and (leg.end is None or moment < leg.end)
            ):
                return leg.title
        return ""


def start_leg(stage: Stage, now: int) -> Stage:
    """The stage with its next leg begun at `now` (UTC ms); the one under way ends.

    Raises:
        BeffroiError: the stage is closed, or no leg is left.
    """
    _open(stage)
    coming = stage.next
    if coming is None:
        raise BeffroiError(_("Tous les tronçons sont partis\u00a0: clôturez l’étape."))
    legs = list(_ended(stage, now).legs)
    legs[coming] = msgspec.structs.replace(legs[coming], start=now)
    return msgspec.structs.replace(stage, legs=tuple(legs))


def close(stage: Stage, now: int) -> Stage:
    """The stage closed at `now` (UTC ms); the leg under way ends.

    Raises:
        BeffroiError: it is closed already, or never began.
    """
    _open(stage)
    if stage.status == "planned":
        raise BeffroiError(_("Cette étape n’a pas commencé\u00a0: démarrez un tronçon d’abord."))
    return msgspec.structs.replace(_ended(stage, now), closed_at=now)


def _open(stage: Stage) -> None:
    if stage.closed_at is not None:
        raise BeffroiError(_("Cette étape est close\u00a0: ouvrez-en une autre."))


def _ended(stage: Stage, now: int) -> Stage:
    legs = tuple(
        msgspec.structs.replace(leg, end=now) if leg.running else leg for leg in stage.legs
    )
    return msgspec.structs.replace(stage, legs=legs)


def fields_of(stage: Stage) -> dict[str, Any]:
    """A stage as the fields of a sheet."""
    plain: dict[str, Any] = msgspec.to_builtins(stage)
    return plain


def stage_of(fields: Mapping[str, Any]) -> Stage:
    """The stage that these fields describe; fields of a later Beffroi are left alone.

    Raises:
        BeffroiError: one sentence on the first value that cannot be.
    """
    known = {name: fields[name] for name in Stage.__struct_fields__ if name in fields}
    try:
        stage = msgspec.convert(known, Stage)
    except (msgspec.ValidationError, ValueError) as error:
        raise BeffroiError(_("Cette étape est illisible\u00a0: refaites-la.")) from error
    if not stage.title.strip():
        raise BeffroiError(_("Une étape a besoin d’un titre\u00a0: écrivez de quoi il s’agit."))
    if len(stage.legs) > MOST_LEGS or len(stage.line) > MOST_POINTS:
        raise BeffroiError(_("Cette étape est trop longue\u00a0: simplifiez son tracé."))
    return stage
