"""What people type of a stage, understood: planned hours of a day, forces, time zones."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from beffroi.errors import BeffroiError
from beffroi.text import N_, _
from beffroi.tracks.stage import Force

ZONES: dict[str, str] = {
    "Europe/Paris": N_("Paris"),
    "America/Guadeloupe": N_("Guadeloupe, Martinique"),
    "America/Cayenne": N_("Guyane"),
    "America/Miquelon": N_("Saint-Pierre-et-Miquelon"),
    "Indian/Reunion": N_("La Réunion"),
    "Indian/Mayotte": N_("Mayotte"),
    "Pacific/Noumea": N_("Nouvelle-Calédonie"),
    "Pacific/Wallis": N_("Wallis-et-Futuna"),
    "Pacific/Tahiti": N_("Polynésie française"),
    "Pacific/Marquesas": N_("Marquises"),
    "Pacific/Gambier": N_("Gambier"),
}
"""Where hours are said in France, by IANA name."""
_HOUR = re.compile(r"\s*(\d{1,2})\s*[h:]\s*(\d{2})?\s*", re.IGNORECASE)
_FORCE = re.compile(r"\s*(\S.*?)\s*[:×x]?\s+(\d{1,6})\s*")


def moment(text: str, day: date, zone: ZoneInfo) -> int | None:
    """« 06h30 » of a day as UTC ms; None for nothing.

    Raises:
        BeffroiError: it is no hour.
    """
    if not text.strip():
        return None
    found = _HOUR.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise BeffroiError(
            _(
                "Je ne comprends pas l’heure «\u202f{text}\u202f»\u00a0: écrivez par exemple 06h30."
            ).format(text=text.strip()[:20])
        )
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    return round(at.timestamp() * 1000)


def forces(text: str) -> tuple[Force, ...]:
    """« GIGN 18, gendarmerie 58 » as kinds with their counts.

    Raises:
        BeffroiError: a part has no count.
    """
    found = []
    for part in filter(str.strip, re.split(r"[,;\n]", text)):
        match = _FORCE.fullmatch(part)
        if match is None:
            raise BeffroiError(
                _("Combien pour «\u202f{part}\u202f»\u202f? Écrivez par exemple GIGN 18.").format(
                    part=part.strip()[:40]
                )
            )
        found.append(Force(kind=match[1][:80], count=int(match[2])))
    return tuple(found)


def said(some: tuple[Force, ...]) -> str:
    """Forces as they are typed."""
    return ", ".join(f"{force.kind} {force.count}" for force in some)
