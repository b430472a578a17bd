"""The words of sources on screens and in reports: families, reliability, health, periods, roles."""

from beffroi.logbook.entry import SOURCE_WORDS
from beffroi.text import N_, _, ngettext, number

FAMILIES = {
    "ministry": N_("Ministère de l’Intérieur"),
    "interministerial": N_("Autres ministères"),
    "organiser": N_("Organisateur"),
    "prefecture": N_("Préfectures"),
    "open_data": N_("Données ouvertes"),
    "media": N_("Médias et réseaux sociaux"),
    "operator": N_("Opérateurs"),
    "field": N_("Terrain"),
    "visov": N_("VISOV et bénévoles"),
}
"""Where information comes from (domain.md G2, with those that the field added)."""
RELIABILITY = SOURCE_WORDS
"""Letters and words of the reliability of a source, the same for entries."""
HEALTH = {
    "new": N_("En attente"),
    "ok": N_("À jour"),
    "late": N_("En retard"),
    "down": N_("En panne"),
    "suspended": N_("Suspendue"),
}
ROLES = {
    "id": N_("Identité"),
    "time": N_("Heure"),
    "until": N_("Fin de validité"),
    "title": N_("Titre"),
    "severity": N_("Gravité"),
    "lon": N_("Longitude"),
    "lat": N_("Latitude"),
}
"""What a column of a source may be for us."""
TRANSPORTS = {
    "file": N_("Fichier"),
    "folder": N_("Dossier surveillé"),
    "http": N_("Service web"),
    "websocket": N_("Flux WebSocket"),
    "tcp": N_("Flux TCP"),
    "udp": N_("Flux UDP"),
    "imap": N_("Boîte aux lettres IMAP"),
    "paste": N_("Texte collé"),
    "manual": N_("Saisie à la main"),
    "attachment": N_("Fichier partagé"),
}
MINUTE, HOUR, DAY = 60, 3600, 86_400
REFRESH = (0, 10, 30, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY)
"""Periods that are offered, in seconds; 0: only when somebody asks."""
RETENTION = (0, HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY)
"""How long what was observed is kept, in seconds; 0: as long as the source tells of it."""


def reliability(letter: str) -> str:
    """A letter with its word, as entries say it: « B – habituellement fiable »."""
    return f"{letter} – {_(RELIABILITY[letter])}"


def span(seconds: float) -> str:
    """A length of time in words, its largest unit: « 5 min », « 3 h », « 2 jours »."""
    whole = max(0, round(seconds))
    if whole < MINUTE:
        return _("{n}\u00a0s").format(n=whole)
    if whole < HOUR:
        return _("{n}\u00a0min").format(n=whole // MINUTE)
    if whole < 2 * DAY:
        return _("{n}\u00a0h").format(n=whole // HOUR)
    days = whole // DAY
    return ngettext("{n} jour", "{n} jours", days).format(n=days)


def ago(moment: int, now: int) -> str:
    """How long ago a moment (UTC ms) was: « à l’instant », « il y a 4 min »; 0 is never."""
    if not moment:
        return _("jamais")
    seconds = max(0, (now - moment) // 1000)
    return _("à l’instant") if seconds < 5 else _("il y a {span}").format(span=span(seconds))


def ahead(moment: int, now: int) -> str:
    """How long until a moment (UTC ms): « dans 30 s », « maintenant »; nothing for 0."""
    if not moment:
        return ""
    seconds = (moment - now) / 1000
    return _("maintenant") if seconds < 1 else _("dans {span}").format(span=span(seconds))


_EVERY = {
    MINUTE: N_("toutes les minutes"),
    HOUR: N_("toutes les heures"),
    DAY: N_("tous les jours"),
}


def every(seconds: int) -> str:
    """A period: « toutes les 5 min », « à la demande »."""
    if not seconds:
        return _("à la demande")
    if seconds in _EVERY:
        return _(_EVERY[seconds])
    return _("toutes les {span}").format(span=span(seconds))


def kept(seconds: int) -> str:
    """A retention: « 7 jours », « tant que la source en parle »."""
    return span(seconds) if seconds else _("tant que la source en parle")


def volume(size: int) -> str:
    """A size in bytes, in the units of files: « 12 ko », « 3,4 Mo »."""
    if size < 1000:
        return _("{n}\u00a0o").format(n=size)
    if size < 1_000_000:
        return _("{n}\u00a0ko").format(n=round(size / 1000))
    return _("{n}\u00a0Mo").format(n=number(size / 1_000_000, 1))
