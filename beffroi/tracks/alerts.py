"""An alert: what a rule saw, since when, and what people did about it."""

from enum import StrEnum

import msgspec

from beffroi.layers.shapes import Position
from beffroi.text import N_, _, distance
from beffroi.tracks.saying import duration


class AlertKind(StrEnum):
    """Which rule raised it."""

    AHEAD = "ahead"
    OFF_ROUTE = "off_route"
    STOP = "stop"
    NO_FIX = "no_fix"
    LOST = "lost"
    ENTERS = "enters"
    LEAVES = "leaves"


ALERT_WORDS: dict[AlertKind, str] = {
    AlertKind.AHEAD: N_("Point sensible devant"),
    AlertKind.OFF_ROUTE: N_("Hors de l’itinéraire"),
    AlertKind.STOP: N_("À l’arrêt"),
    AlertKind.NO_FIX: N_("Position ancienne"),
    AlertKind.LOST: N_("Position perdue"),
    AlertKind.ENTERS: N_("Entrée dans une zone"),
    AlertKind.LEAVES: N_("Sortie d’une zone"),
}
SERIOUS = frozenset({AlertKind.OFF_ROUTE, AlertKind.LOST})
"""Those drawn in red; the others are amber."""
PASSING = frozenset({AlertKind.ENTERS, AlertKind.LEAVES})
"""Those that tell of a moment: they wait for somebody, nothing ends them."""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One alert of one track.  Times are UTC ms.

    `about` names the sensitive point or the zone, `value` is metres or seconds by its kind, `since`
    the time of the fix or silence that raised it, `at` where the track was.  `over` says that it is
    so no longer.
    """

    key: str
    track: str
    kind: AlertKind
    since: int
    at: Position
    about: str = ""
    value: float = 0.0
    taken_by: str = ""
    muted_until: int = 0
    entry: str = ""
    over: bool = False

    @property
    def serious(self) -> bool:
        """Whether it is drawn in red."""
        return self.kind in SERIOUS

    def waits(self, now: int) -> bool:
        """Whether somebody must look at it: not taken, not muted, not over (unless it passed)."""
        ended = self.over and self.kind not in PASSING
        return not (self.taken_by or self.entry or ended or now < self.muted_until)


def sentence(alert: Alert, callsign: str) -> str:
    """What happened, in words for the card and for the entry."""
    match alert.kind:
        case AlertKind.AHEAD:
            text = _("{track}\u00a0: {about} à {distance} devant.")
        case AlertKind.OFF_ROUTE:
            text = _("{track}\u00a0: à {distance} de l’itinéraire.")
        case AlertKind.STOP:
            text = _("{track}\u00a0: à l’arrêt depuis {duration}.")
        case AlertKind.NO_FIX:
            text = _("{track}\u00a0: pas de position depuis {duration}.")
        case AlertKind.LOST:
            text = _("{track}\u00a0: position perdue, rien depuis {duration}.")
        case AlertKind.ENTERS:
            text = _("{track}\u00a0: entre dans {about}.")
        case _:
            text = _("{track}\u00a0: sort de {about}.")
    return text.format(
        track=callsign,
        about=alert.about,
        distance=distance(alert.value),
        duration=duration(alert.value),
    )
