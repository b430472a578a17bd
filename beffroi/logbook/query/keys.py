"""The names of filters and of their values, French first, English understood, accents optional."""

from beffroi.logbook.entry import Lifecycle, Nature, Qualification
from beffroi.logbook.words import fold

FILTERS: dict[str, tuple[str, ...]] = {
    "étiquette": ("etiq", "etiquettes", "tag", "tags", "theme"),
    "gravité": ("grav", "gravity", "severity"),
    "auteur": ("author", "par", "by"),
    "poste": ("post",),
    "org": ("organisation", "organization", "organisme", "service"),
    "nature": ("type",),
    "statut": ("status", "qualification", "qualif", "etat"),
    "depuis": ("since", "apres", "after"),
    "avant": ("before", "until"),
    "entre": ("between",),
    "le": ("on", "jour", "day"),
    "près": ("near", "autour"),
    "cadre": ("box", "bbox", "vue"),
    "dossier": ("case",),
    "suite": ("suites", "followup", "suivi"),
    "fait": ("key", "evenement"),
    "pj": ("attachment", "attachments", "piece", "pieces"),
    "lieu": ("place", "located", "position"),
    "lu": ("read",),
    "n": ("no", "num", "numero", "number"),
    "tri": ("sort", "order"),
}
_BY_NAME = {fold(n): key for key, others in FILTERS.items() for n in (key, *others)}

NATURES: dict[str, Nature] = {
    "information": Nature.INFO,
    "info": Nature.INFO,
    "renseignement": Nature.INTEL,
    "intel": Nature.INTEL,
    "demande": Nature.REQUEST,
    "request": Nature.REQUEST,
    "decision": Nature.DECISION,
    "mesure": Nature.MEASURE,
    "action": Nature.MEASURE,
    "measure": Nature.MEASURE,
    "compte-rendu": Nature.REPORT,
    "cr": Nature.REPORT,
    "report": Nature.REPORT,
    "releve": Nature.HANDOVER,
    "handover": Nature.HANDOVER,
    "communication": Nature.COMMS,
    "com": Nature.COMMS,
    "comms": Nature.COMMS,
    "centre": Nature.ADMIN,
    "admin": Nature.ADMIN,
}
QUALIFICATIONS: dict[str, Qualification] = {
    "brute": Qualification.RAW,
    "raw": Qualification.RAW,
    "a-qualifier": Qualification.TO_QUALIFY,
    "to_qualify": Qualification.TO_QUALIFY,
    "qualifiee": Qualification.QUALIFIED,
    "qualified": Qualification.QUALIFIED,
    "confirmee": Qualification.CONFIRMED,
    "confirmed": Qualification.CONFIRMED,
    "infirmee": Qualification.REFUTED,
    "refuted": Qualification.REFUTED,
    "doublon": Qualification.DUPLICATE,
    "duplicate": Qualification.DUPLICATE,
}
LIFECYCLES: dict[str, Lifecycle] = {
    "publiee": Lifecycle.PUBLISHED,
    "published": Lifecycle.PUBLISHED,
    "corrigee": Lifecycle.CORRECTED,
    "corrected": Lifecycle.CORRECTED,
    "annulee": Lifecycle.VOID,
    "void": Lifecycle.VOID,
}
FOLLOWUPS = {
    "ouverte": "open",
    "open": "open",
    "retard": "late",
    "late": "late",
    "faite": "done",
    "done": "done",
    "oui": "any",
    "any": "any",
}
YES = frozenset({"oui", "yes", "o", "y", "1", "vrai", "true", "marquant", "avec"})
NO = frozenset({"non", "no", "0", "faux", "false", "sans"})

SAID_NATURE = {value: word for word, value in reversed(NATURES.items())}
SAID_QUALIFICATION = {value: word for word, value in reversed(QUALIFICATIONS.items())}
SAID_LIFECYCLE = {value: word for word, value in reversed(LIFECYCLES.items())}
SAID_FOLLOWUP = {value: word for word, value in reversed(FOLLOWUPS.items())}


def filter_named(name: str) -> str | None:
    """The filter called `name`, whatever its accents, case or language."""
    return _BY_NAME.get(fold(name))


def choice(value: str) -> str:
    """`value` as the tables above spell it."""
    return "-".join(fold(value).replace("’", "'").split()).rstrip(".")
