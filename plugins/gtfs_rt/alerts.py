"""GTFS-RT alerts: words in French when there are some, what they touch, how grave they are."""

from collections.abc import Iterable
from typing import Any

from google.transit import gtfs_realtime_pb2 as pb

from beffroi.plugin import Scalar, times
from beffroi.plugin.html import plain
from beffroi.plugin.severity import GRAVE, MINOR, NOTHING, SIGNIFICANT
from beffroi.plugin.words import N_, _
from plugins.gtfs_rt.strings import words

EFFECTS = {
    "NO_SERVICE": (N_("service interrompu"), GRAVE),
    "REDUCED_SERVICE": (N_("service réduit"), SIGNIFICANT),
    "SIGNIFICANT_DELAYS": (N_("retards importants"), SIGNIFICANT),
    "DETOUR": (N_("déviation"), MINOR),
    "ADDITIONAL_SERVICE": (N_("service renforcé"), NOTHING),
    "MODIFIED_SERVICE": (N_("service modifié"), MINOR),
    "OTHER_EFFECT": (N_("autre effet"), MINOR),
    "UNKNOWN_EFFECT": (N_("effet inconnu"), MINOR),
    "STOP_MOVED": (N_("arrêt déplacé"), MINOR),
    "NO_EFFECT": (N_("sans effet"), NOTHING),
    "ACCESSIBILITY_ISSUE": (N_("accessibilité réduite"), MINOR),
}
LEVELS = {"INFO": NOTHING, "WARNING": SIGNIFICANT, "SEVERE": GRAVE}
_MOST = 80


def alert_fields(alert: Any) -> dict[str, Scalar | object]:
    """What an alert says."""
    effect = pb.Alert.Effect.Name(alert.effect)
    level = pb.Alert.SeverityLevel.Name(alert.severity_level)
    name, grade = EFFECTS.get(effect, (effect, MINOR))
    fields: dict[str, object] = {
        "kind": _("alerte"),
        "header": said(alert.header_text),
        "description": said(alert.description_text),
        "url": said(alert.url),
        "severity": LEVELS.get(level, grade),
        "severity_said": level if level in LEVELS else effect,
        "effect": _(name),
        "cause": pb.Alert.Cause.Name(alert.cause),
        "cause_detail": said(alert.cause_detail),
        "effect_detail": said(alert.effect_detail),
        "routes": _joined(e.route_id or e.trip.route_id for e in alert.informed_entity),
        "stops": _joined(e.stop_id for e in alert.informed_entity),
        "trips": _joined(e.trip.trip_id for e in alert.informed_entity),
        "agencies": _joined(e.agency_id for e in alert.informed_entity),
        "periods": len(alert.active_period),
    }
    for language, text in _translations(alert.header_text)[1:]:
        fields[f"header_{language or 'x'}"] = text
    return {name: value for name, value in fields.items() if value != ""}


def span(alert: Any) -> tuple[int | None, int | None]:
    """From the first moment to the last; no end when one period has none."""
    starts = [m for p in alert.active_period if (m := times.seconds(p.start)) is not None]
    ends = [times.seconds(period.end) for period in alert.active_period]
    known = [moment for moment in ends if moment is not None]
    return min(starts, default=None), max(known) if known and len(known) == len(ends) else None


def said(translated: Any) -> str:
    """The French words, else those without a language, else the first."""
    return next((text for _language, text in _translations(translated)), "")


def _translations(translated: Any) -> list[tuple[str, str]]:
    found = [
        (words(t.language).lower()[:2], plain(words(t.text)))
        for t in translated.translation
        if t.text
    ]
    return sorted(found, key=lambda pair: (pair[0] != "fr", pair[0] != ""))


def _joined(found: Iterable[object]) -> str:
    return ", ".join([word for word in dict.fromkeys(map(words, found)) if word][:_MOST])
