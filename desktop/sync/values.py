"""Contested values in words: what a field is called, and what each person gave for it."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from beffroi.clock import to_datetime
from beffroi.logbook.dossiers import DOSSIER_STATUS_WORDS
from beffroi.logbook.entry import (
    CHANNEL_WORDS,
    GEO_PRECISION_WORDS,
    GRAVITY_WORDS,
    IMPACT_WORDS,
    NATURE_WORDS,
    QUALIFICATION_WORDS,
    TIME_PRECISION_WORDS,
)
from beffroi.logbook.followups import FOLLOWUP_WORDS
from beffroi.text import N_, _, ngettext
from desktop.sync import sheet_values

FIELD_WORDS: dict[str, str] = {
    "text": N_("Texte"),
    "nature": N_("Nature"),
    "event_time": N_("Heure des faits"),
    "received_time": N_("Heure de réception"),
    "origin": N_("Origine"),
    "organisation": N_("Organisation"),
    "channel": N_("Moyen"),
    "on_behalf_of": N_("Au nom de"),
    "gravity": N_("Gravité"),
    "source_grade": N_("Cotation"),
    "impacts": N_("Impacts"),
    "place": N_("Lieu"),
    "key_event": N_("Fait marquant"),
    "qualification": N_("Qualification"),
    "title": N_("Titre"),
    "status": N_("État"),
    "owner_post": N_("Poste chargé"),
    "due": N_("Échéance"),
    "note": N_("Note"),
    "label": N_("Libellé"),
    "notes": N_("Notes"),
    "group": N_("Groupe"),
    "style": N_("Style"),
    "filter": N_("Filtre"),
    "attribution": N_("Source des données"),
    "points": N_("Tracé"),
    "colour": N_("Couleur"),
    "symbol": N_("Symbole"),
    "since": N_("Valable depuis"),
    "until": N_("Valable jusqu’à"),
    "address": N_("Adresse"),
    "refresh_s": N_("Fréquence"),
    "enabled": N_("En service"),
    "bubble": N_("Bulle"),
    "rules": N_("Règles d’alerte"),
    "legs": N_("Tronçons"),
}
_CODES: dict[str, Mapping[Any, str]] = {
    "nature": NATURE_WORDS,
    "channel": CHANNEL_WORDS,
    "qualification": QUALIFICATION_WORDS,
    "status": {**DOSSIER_STATUS_WORDS, **FOLLOWUP_WORDS},
}
_TIMES = ("received_time", "due", "since", "until", "closed_at")
_LONG = 200
WRITABLE = ("text", "origin", "organisation", "on_behalf_of", "title", "label", "notes", "group")
"""Fields for which another value is simply typed."""


def field_word(field: str) -> str:
    """What a field is called."""
    word = FIELD_WORDS.get(field) or sheet_values.FIELD_WORDS.get(field)
    return _(word) if word else field


def value_words(field: str, value: Any, zone: ZoneInfo) -> str:
    """A value as a person reads it; « vide » when there is none."""
    if value is None or value in ("", {}, []):
        return _("(vide)")
    if (said := sheet_values.sheet_value(field, value)) is not None:
        return said or _("(vide)")
    if field in _CODES:
        word = _CODES[field].get(value)
        return _(word) if word else str(value)
    if field in _TIMES and isinstance(value, int):
        return _moment(value, zone)
    match field, value:
        case "gravity", int() if 0 <= value < len(GRAVITY_WORDS):
            return f"{value} – {_(GRAVITY_WORDS[value])}"
        case "event_time", Mapping():
            return _period(value, zone)
        case "place", Mapping():
            return _place(value)
        case "source_grade", Mapping():
            return f"{value.get('source_grade', 'F')}{value.get('credibility', 6)}"
        case "impacts", Mapping():
            return _impacts(value)
        case _, bool():
            return _("oui") if value else _("non")
        case "points", list():
            return ngettext("{n} point", "{n} points", len(value)).format(n=len(value))
        case "legs", list():
            return ngettext("{n} tronçon", "{n} tronçons", len(value)).format(n=len(value))
        case _, Mapping() | list():
            return _brief(value)
        case _:
            return str(value)


def _brief(value: Any) -> str:
    """What has parts, on a line or two."""
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value, 1)
    said = ", ".join(f"{name} {part}" for name, part in pairs)
    return said if len(said) <= _LONG else f"{said[:_LONG]}…"


def _moment(moment: int, zone: ZoneInfo) -> str:
    return f"{to_datetime(moment, zone):%d/%m/%Y %Hh%M}"


def _period(value: Mapping[str, Any], zone: ZoneInfo) -> str:
    start, end = value.get("event_time"), value.get("event_end")
    if not isinstance(start, int):
        return _("(vide)")
    said = _moment(start, zone)
    if isinstance(end, int):
        said = f"{said} – {_moment(end, zone)}"
    precision = value.get("time_precision", "exact")
    word = {str(k): v for k, v in TIME_PRECISION_WORDS.items()}.get(str(precision), "")
    return said if precision == "exact" or not word else f"{said} ({_(word)})"


def _place(value: Mapping[str, Any]) -> str:
    name = value.get("place") or value.get("commune") or ""
    lon, lat = value.get("lon"), value.get("lat")
    where = f"{lat:.5f}, {lon:.5f}" if isinstance(lon, float) and isinstance(lat, float) else ""
    word = {str(k): v for k, v in GEO_PRECISION_WORDS.items()}.get(
        str(value.get("geo_precision", "unknown")), ""
    )
    vague = value.get("geo_precision", "unknown") == "unknown"
    parts = (str(name), where, _(word) if word and where and not vague else "")
    return ", ".join(part for part in parts if part) or _("(vide)")


def _impacts(value: Mapping[str, Any]) -> str:
    named = {str(axis): word for axis, word in IMPACT_WORDS.items()}
    return ", ".join(f"{_(named[a])} {n}/4" for a, n in value.items() if a in named and n)
