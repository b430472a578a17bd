"""What a stage came to: its legs planned and as they went, delays, stops, incidents, forces."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from beffroi.clock import to_datetime
from beffroi.text import _, ngettext
from beffroi.tracks.fix import Fix
from beffroi.tracks.rules import Rules
from beffroi.tracks.saying import duration
from beffroi.tracks.stage import Force, Leg, Stage
from beffroi.tracks.stops import Stop, stops


class LegReport(msgspec.Struct, frozen=True, kw_only=True):
    """A leg as it went; `delay_s` of its start against the plan, None when either is not known."""

    leg: Leg
    delay_s: int | None


class StageReport(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of it.  `longest` is the longest stop on the way; `fixes` how many positions came."""

    title: str
    legs: tuple[LegReport, ...]
    incidents: tuple[str, ...]
    longest: Stop | None
    forces: tuple[Force, ...]
    fixes: int
    closed_at: int | None


def report(
    stage: Stage, fixes: Sequence[Fix], incidents: Sequence[str], rules: Rules
) -> StageReport:
    """The report of a stage from the fixes of its track, in order, and the labels of incidents."""
    began = min((leg.start for leg in stage.legs if leg.start is not None), default=None)
    ended = stage.closed_at
    inside = [
        fix
        for fix in fixes
        if began is not None and fix.time >= began and (ended is None or fix.time <= ended)
    ]
    found = list(stops(inside, rules.still_m, rules.amber_s))
    return StageReport(
        title=stage.title,
        legs=tuple(LegReport(leg=leg, delay_s=_delay(leg)) for leg in stage.legs),
        incidents=tuple(incidents),
        longest=max(found, key=lambda stop: stop.seconds, default=None),
        forces=stage.forces,
        fixes=len(inside),
        closed_at=stage.closed_at,
    )


def _delay(leg: Leg) -> int | None:
    if leg.start is None or leg.planned_start is None:
        return None
    return round((leg.start - leg.planned_start) / 1000)


def words(told: StageReport, zone: ZoneInfo) -> str:
    """The report as the text of an entry, in the time of `zone`."""
    lines = [_("Compte rendu d’étape\u00a0: {title}").format(title=told.title)]
    lines += [_leg(one, zone) for one in told.legs]
    lines.append(_incidents(told))
    lines.append(_longest(told.longest, zone))
    if told.forces:
        some = ", ".join(f"{force.kind} {force.count}" for force in told.forces)
        lines.append(_("Forces engagées\u00a0: {forces}").format(forces=some))
    return "\n".join(lines)


def _leg(one: LegReport, zone: ZoneInfo) -> str:
    leg = one.leg
    if leg.start is None:
        return _("{leg}\u00a0: non parti (prévu {planned})").format(
            leg=leg.title, planned=_hour(leg.planned_start, zone)
        )
    return _("{leg}\u00a0: {start} – {end} (prévu {planned}, {delay})").format(
        leg=leg.title, start=_hour(leg.start, zone), end=_hour(leg.end, zone),
        planned=_hour(leg.planned_start, zone), delay=_delay_words(one.delay_s),
    )  # fmt: skip


def _delay_words(delay_s: int | None) -> str:
    if delay_s is None:
        return _("écart inconnu")
    minutes = round(abs(delay_s) / 60)
    if minutes == 0:
        return _("à l’heure")
    return (
        _("retard {n}\u00a0min").format(n=minutes)
        if delay_s > 0
        else _("avance {n}\u00a0min").format(n=minutes)
    )


def _incidents(told: StageReport) -> str:
    count = len(told.incidents)
    if not count:
        return _("Aucun incident.")
    said = ngettext("{n} incident\u00a0: {labels}", "{n} incidents\u00a0: {labels}", count)
    return said.format(n=count, labels=", ".join(told.incidents))


def _longest(stop: Stop | None, zone: ZoneInfo) -> str:
    if stop is None:
        return _("Aucun arrêt relevé.")
    return _("Arrêt le plus long\u00a0: {duration} à {hour}").format(
        duration=duration(stop.seconds), hour=_hour(stop.start, zone)
    )


def _hour(moment: int | None, zone: ZoneInfo) -> str:
    return "–" if moment is None else f"{to_datetime(moment, zone):%Hh%M}"
