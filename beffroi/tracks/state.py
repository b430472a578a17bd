"""How much a position is still worth: live, stale (amber) or lost (red)."""

from enum import StrEnum

from beffroi.text import N_
from beffroi.tracks.fix import Fix
from beffroi.tracks.rules import Rules


class TrackState(StrEnum):
    """What a last fix is worth now."""

    LIVE = "live"
    STALE = "stale"
    LOST = "lost"


STATE_WORDS: dict[TrackState, str] = {
    TrackState.LIVE: N_("en direct"),
    TrackState.STALE: N_("position ancienne"),
    TrackState.LOST: N_("position perdue"),
}


def state_of(last: Fix, rules: Rules, now: int) -> TrackState:
    """The state of a thing whose last fix is `last`.

    It is stale when its source no longer vouches for it or when it is older than the rules allow,
    whichever comes first; only the age loses it.
    """
    age_s = (now - last.time) / 1000
    if 0 < rules.red_s < age_s:
        return TrackState.LOST
    if 0 < rules.amber_s < age_s or 0 < last.stale < now:
        return TrackState.STALE
    return TrackState.LIVE
