"""What is watched for around a moving thing, and how far its bubble reaches."""

from collections.abc import Mapping
from typing import Any

import msgspec

from beffroi.errors import BeffroiError
from beffroi.text import _

KIND = "track"
"""The kind of sheet that a track's set-up is."""
MUTED_MS = 300_000


class Bubble(msgspec.Struct, frozen=True, kw_only=True):
    """Circles around the last fix and the convoy's corridor along the route, in metres.

    The corridor is `width_m` wide and reaches `ahead_m` and `behind_m` along the route.  A reach of
    0 is not drawn.
    """

    inner_m: float = 15.0
    middle_m: float = 50.0
    ahead_m: float = 500.0
    behind_m: float = 500.0
    width_m: float = 60.0


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """When to raise an alert; a threshold of 0 is never reached: that rule is off.

    `still_m` is how far a thing may drift and still be stopped.
    """

    ahead_m: float = 300.0
    off_route_m: float = 40.0
    stop_s: float = 180.0
    still_m: float = 15.0
    amber_s: float = 60.0
    red_s: float = 180.0
    zones: bool = True


class Setup(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one track is followed: its name, its bubble, its rules, and what it is measured against.

    `stage` is the uid of the stage whose route it follows, `points` and `zones` are uids of calques
    of sensitive points and of areas.
    """

    track: str
    title: str = ""
    bubble: Bubble = Bubble()
    rules: Rules = Rules()
    stage: str = ""
    points: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


_MOST_M = 100_000.0
_MOST_S = 86_400.0


def fields_of(setup: Setup) -> dict[str, Any]:
    """A set-up as the fields of a sheet."""
    plain: dict[str, Any] = msgspec.to_builtins(setup)
    return plain


def setup_of(fields: Mapping[str, Any]) -> Setup:
    """The set-up that these fields describe; fields of a later Beffroi are left alone.

    Raises:
        BeffroiError: one sentence on the first value that cannot be.
    """
    known = {name: fields[name] for name in Setup.__struct_fields__ if name in fields}
    try:
        setup = msgspec.convert(known, Setup)
    except (msgspec.ValidationError, ValueError) as error:
        raise BeffroiError(
            _("Le réglage de cette piste est illisible\u00a0: refaites-le.")
        ) from error
    return checked(setup)


def checked(setup: Setup) -> Setup:
    """The same set-up, when it can be followed.

    Raises:
        BeffroiError: no track, a reach or a delay that makes no sense.
    """
    if problem := _problem(setup):
        raise BeffroiError(problem)
    return setup


def _problem(setup: Setup) -> str:
    bubble, rules = setup.bubble, setup.rules
    reaches = (bubble.inner_m, bubble.middle_m, bubble.ahead_m, bubble.behind_m, bubble.width_m,
               rules.ahead_m, rules.off_route_m, rules.still_m)  # fmt: skip
    delays = (rules.stop_s, rules.amber_s, rules.red_s)
    if not setup.track:
        return _("Aucune piste n’est choisie\u00a0: choisissez-en une dans la liste.")
    if not all(0 <= reach <= _MOST_M for reach in reaches):
        return _("Une distance va de 0 (sans effet) à 100\u00a0km\u00a0: corrigez-la.")
    if not all(0 <= delay <= _MOST_S for delay in delays):
        return _("Un délai va de 0 (sans effet) à 24 heures\u00a0: corrigez-le.")
    if bubble.inner_m > bubble.middle_m > 0:
        return _("Le cercle intérieur dépasse l’autre\u00a0: échangez leurs rayons.")
    if 0 < rules.red_s <= rules.amber_s:
        return _("La position est perdue après avoir vieilli\u00a0: augmentez le second délai.")
    return ""
