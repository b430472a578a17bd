"""Tracks in words: how old a position is, what hour it was there, what an alert's entry begins with."""

from zoneinfo import ZoneInfo

from beffroi.clock import to_datetime
from beffroi.text import _, ngettext
from beffroi.tracks.alerts import Alert, sentence
from beffroi.tracks.following import Moving
from beffroi.tracks.stage import Stage
from beffroi.tracks.state import STATE_WORDS, TrackState


def hour(moment: int, zone: ZoneInfo) -> str:
    """A moment (UTC ms) as the hour and minute of `zone`."""
    return f"{to_datetime(moment, zone):%Hh%M}"


def age(seconds: float) -> str:
    """How long ago: « 12 s », « 3 min », « 2 h »."""
    if seconds < 60:
        return _("{n}\u00a0s").format(n=round(seconds))
    if seconds < 3600:
        return _("{n}\u00a0min").format(n=int(seconds // 60))
    return _("{n}\u00a0h").format(n=int(seconds // 3600))


def state(one: Moving, zone: ZoneInfo) -> str:
    """What the position of a track is worth, in words."""
    if one.state is TrackState.LIVE:
        return _(STATE_WORDS[one.state])
    known = _("dernière position {hour} (il y a {age})").format(
        hour=hour(one.last.time, zone), age=age(one.age_s)
    )
    if one.state is TrackState.LOST:
        return f"{_(STATE_WORDS[one.state])}, {known}"
    return known


def brief(one: Moving) -> str:
    """The same where there is little room: « en direct, 9 s », « ancienne, 3 min »."""
    said = {
        TrackState.LIVE: _("en direct, {age}"),
        TrackState.STALE: _("ancienne, {age}"),
        TrackState.LOST: _("perdue, {age}"),
    }[one.state]
    return said.format(age=age(one.age_s))


def count(tracks: int, alerts: int) -> str:
    """How many move, how many alerts wait."""
    said = ngettext("{n} piste", "{n} pistes", tracks).format(n=tracks)
    if alerts:
        told = ngettext("{n} alerte en attente", "{n} alertes en attente", alerts)
        said = f"{said}, {told.format(n=alerts)}"
    return said


def entry_text(alert: Alert, callsign: str, stage: Stage | None, zone: ZoneInfo) -> str:
    """How the entry of an alert begins: the local hour, the leg, what happened."""
    begins = hour(alert.since, zone)
    leg = stage.leg_at(alert.since) if stage is not None else ""
    told = sentence(alert, callsign)
    return f"{begins} – {leg} – {told} " if leg else f"{begins} – {told} "
