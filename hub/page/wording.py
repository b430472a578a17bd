"""The words and numbers of the page."""

from zoneinfo import ZoneInfo

from beffroi.clock import PARIS, to_datetime
from beffroi.text import N_, _

_REFUSALS = {
    "signature": N_("signature fausse"),
    "device": N_("poste inconnu ou révoqué"),
    "author": N_("auteur jamais connecté sur ce poste"),
    "rights": N_("droits insuffisants"),
    "workspace": N_("autre espace de travail"),
    "mode": N_("exercice et réel mêlés"),
    "payload": N_("contenu illisible"),
    "kind": N_("acte inconnu"),
    "unknown_entity": N_("objet inconnu"),
    "too_big": N_("trop gros"),
    "marking": N_("mention trop haute"),
    "clock": N_("heure impossible"),
}
_NO_DIFFERENCE_MS = 50
_SECOND, _MINUTE, _HOUR, _DAY = 1, 60, 3600, 86_400


def moment(at: int, zone: ZoneInfo = PARIS) -> str:
    """`26/07/2024 05:32` in Paris, a dash for never."""
    return f"{to_datetime(at, zone):%d/%m/%Y %H:%M}" if at else "–"


def ago(at: int, now: int) -> str:
    """« il y a 3 min », a dash for never."""
    if not at:
        return "–"
    spent = max(0, (now - at) // 1000)
    for unit, size in ((_("j"), _DAY), (_("h"), _HOUR), (_("min"), _MINUTE)):
        if spent >= size:
            return _("il y a {n}\u00a0{unit}").format(n=spent // size, unit=unit)
    return _("il y a {n}\u00a0{unit}").format(n=spent, unit=_("s"))


def seconds(ms: int) -> str:
    """`+2,5 s`, `−61 min`, `+3 h`: a difference of clocks."""
    for unit, size in ((_("h"), _HOUR), (_("min"), _MINUTE)):
        if abs(ms) >= 2_000 * size:
            return f"{round(ms / 1000 / size):+d}\u00a0{unit}".replace("-", "−")
    if abs(ms) < _NO_DIFFERENCE_MS:
        return _("0\u00a0s")
    return f"{ms / 1000:+.1f}\u00a0s".replace(".", ",").replace("-", "−")


def size(count: int) -> str:
    """`1,4 Mo`."""
    value, units = float(count), ["o", "ko", "Mo", "Go", "To"]
    while value >= 1000 and len(units) > 1:
        value /= 1000
        units.pop(0)
    said = f"{value:.0f}" if units[0] == "o" or value >= 100 else f"{value:.1f}"
    return f"{said}\u00a0{units[0]}".replace(".", ",")


def refusal(why: str) -> str:
    """Why an operation lies in quarantine."""
    return _(_REFUSALS[why]) if why in _REFUSALS else why
