"""The link in words: how it stands, since when, what waits, why the hub refused something."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from beffroi.clock import to_datetime
from beffroi.sync.status import LinkStatus
from beffroi.text import N_, _, ngettext, number

MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
FRESH_MS = 45_000
"""A contact this young is « à l’instant »."""
SKEW_SAID_MS = 2_000
"""From how much on a clock that disagrees with the hub's is spoken of."""

REFUSAL_WORDS: dict[str, tuple[str, str]] = {
    "signature": (
        N_("La signature de ce poste n’a pas été reconnue."),
        N_("Recopiez le texte dans une nouvelle entrée, et prévenez l’administrateur."),
    ),
    "device": (
        N_("Ce poste n’est plus enrôlé au centre."),
        N_("Prévenez l’administrateur\u00a0: il peut l’enrôler de nouveau."),
    ),
    "author": (
        N_("Cette personne ne s’est jamais connectée au centre depuis ce poste."),
        N_("Connectez-vous une fois en ligne, puis recopiez le texte dans une nouvelle entrée."),
    ),
    "rights": (
        N_("Votre rôle ne permet pas cet acte dans cet espace."),
        N_("Demandez ce droit à l’administrateur, ou confiez le texte à qui l’a."),
    ),
    "workspace": (
        N_("Cet acte appartient à un autre espace de travail."),
        N_("Recopiez le texte dans l’espace où il doit être."),
    ),
    "mode": (
        N_("Un acte d’exercice ne peut pas entrer dans le réel, ni l’inverse."),
        N_("Recopiez le texte du bon côté, s’il doit y être."),
    ),
    "payload": (
        N_("Le contenu n’a pas pu être lu par le centre."),
        N_("Recopiez le texte dans une nouvelle entrée."),
    ),
    "kind": (
        N_("Le centre ne connaît pas encore ce genre d’acte."),
        N_("Le centre doit être mis à jour\u00a0: prévenez l’administrateur."),
    ),
    "unknown_entity": (
        N_("L’entrée visée n’existe pas au centre, ou vous ne pouvez pas la voir."),
        N_("Recopiez le texte dans une nouvelle entrée."),
    ),
    "too_big": (
        N_("Ce contenu est trop grand pour le centre."),
        N_("Résumez-le dans une nouvelle entrée et joignez le reste en pièce jointe."),
    ),
    "marking": (
        N_("La mention ou les restrictions dépassent vos droits."),
        N_("Recopiez le texte avec une mention que vous pouvez écrire."),
    ),
    "clock": (
        N_("L’heure de ce poste est trop loin de celle du centre."),
        N_("Remettez ce poste à l’heure, puis recopiez le texte dans une nouvelle entrée."),
    ),
}
"""Why the hub set something aside, and what to do about it, by `beffroi.sync.wire.REFUSALS`."""
_UNKNOWN = (
    N_("Le centre a refusé cet acte."),
    N_("Recopiez le texte dans une nouvelle entrée, et prévenez l’administrateur."),
)


def refusal(why: str) -> tuple[str, str]:
    """The reason of a refusal and its remedy, each one sentence."""
    reason, remedy = REFUSAL_WORDS.get(why, _UNKNOWN)
    return _(reason), _(remedy)


def hour(moment: int, zone: ZoneInfo, now: int) -> str:
    """« 12h20 » today, « le 26/07 à 12h20 » otherwise."""
    at = to_datetime(moment, zone)
    if at.date() == to_datetime(now, zone).date():
        return f"{at:%Hh%M}"
    return _("le {day} à {hour}").format(day=f"{at:%d/%m}", hour=f"{at:%Hh%M}")


def span(millis: int) -> str:
    """A length of time in one unit: « 12 s », « 4 min », « 3 h », « 2 j »."""
    length = abs(millis)
    for unit, word in ((DAY_MS, _("{n} j")), (HOUR_MS, _("{n} h")), (MINUTE_MS, _("{n} min"))):
        if length >= unit:
            return word.format(n=length // unit)
    return _("{n} s").format(n=round(length / 1000))


def contact(status: LinkStatus, now: int) -> str:
    """How old the last word of the hub is."""
    if not status.last_contact:
        return _("aucun contact encore")
    age = max(0, now - status.last_contact)
    if age < FRESH_MS and status.state != "offline":
        return _("contact à l’instant")
    return _("dernier contact il y a {span}").format(span=span(age))


def waiting(count: int) -> str:
    """« 7 éléments en attente »."""
    said = ngettext("{n} élément en attente", "{n} éléments en attente", count)
    return said.format(n=number(count))


def refused(count: int) -> str:
    """« 1 refusé par le centre »."""
    return ngettext(
        "{n} élément refusé par le centre", "{n} éléments refusés par le centre", count
    ).format(n=count)


def skew(status: LinkStatus) -> str:
    """« horloge de ce poste\u00a0: 2 min d’avance », nothing when it agrees with the hub's."""
    if abs(status.skew_ms) <= SKEW_SAID_MS:
        return ""
    if status.skew_ms < 0:
        said = _("horloge de ce poste\u00a0: {span} d’avance")
    else:
        said = _("horloge de ce poste\u00a0: {span} de retard")
    return said.format(span=span(status.skew_ms))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWords:
    """What the bandeau says: a value, a small line above, an icon and an ink, the whole as one."""

    value: str
    above: str
    icon: str
    ink: str
    whole: str


_LOOKS = {
    "online": ("wifi", "ok"),
    "catching_up": ("refresh", "accent"),
    "offline": ("wifi-off", "warning"),
    "refused": ("lock", "danger"),
    "revoked": ("ban", "danger"),
}
"""Icon and ink of each state; the words say it too."""
_CALLING = ("refresh", "muted")


def state_words(status: LinkStatus, zone: ZoneInfo, now: int) -> str:
    """The state alone, in capitals what must be seen from afar."""
    match status.state:
        case "online":
            return _("EN LIGNE")
        case "catching_up" if status.total:
            share = min(99, status.done * 100 // status.total)
            return _("Rattrapage… {n}\u202f%").format(n=share)
        case "catching_up":
            return _("Rattrapage…")
        case "offline" if not status.since:
            return _("Appel du centre…")
        case "offline":
            return _("HORS LIGNE depuis {hour}").format(hour=hour(status.since, zone, now))
        case "refused":
            return _("ACCÈS REFUSÉ PAR LE CENTRE")
        case "revoked":
            return _("POSTE RÉVOQUÉ")


def link_words(status: LinkStatus, zone: ZoneInfo, now: int) -> LinkWords:
    """The link as the bandeau says it."""
    icon, ink = _LOOKS[status.state] if status.since else _CALLING
    value = state_words(status, zone, now)
    beside = waiting(status.waiting) if status.waiting else contact(status, now)
    warning = skew(status)
    return LinkWords(
        value=value,
        above=warning or beside,
        icon=icon,
        ink=ink,
        whole=" – ".join(part for part in (value, beside, warning) if part),
    )
